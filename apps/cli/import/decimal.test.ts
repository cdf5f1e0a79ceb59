import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { lineTotal, parseDecimal } from './decimal.ts'

describe('exact numbers', () => {
  test('a line total is rounded half-up once', () => {
    const price = (text: string) => parseDecimal(text, { point: '.', group: null }) ?? { digits: NaN, scale: 0 }
    expect(lineTotal(3, price('0.125'), 2)).toBe(38)
    expect(lineTotal(1, price('4.35'), 2)).toBe(435)
    expect(lineTotal(80995, price('2.08'), 2)).toBe(16846960)
    expect(lineTotal(4, price('0.001'), 2)).toBe(0)
    expect(lineTotal(5, price('0.001'), 2)).toBe(1)
    expect(lineTotal(7, price('120'), 0)).toBe(840)
  })

  test('decimals are read as the file writes them, and nothing else passes', () => {
    const german = { point: ',', group: '.' } as const
    expect(parseDecimal('1.234,50', german)).toEqual({ digits: 12345, scale: 1 })
    for (const wrong of ['', '.', '1,', '1e3', 'NaN', '0x10', '1,2,3', ' 1', '0,0000001', '99999999999999999999']) {
      expect(parseDecimal(wrong, german), wrong).toBeNull()
    }
  })

  test('any decimal of up to six places survives text and back', () => {
    fc.assert(
      fc.property(fc.integer({ min: -1e12, max: 1e12 }), fc.integer({ min: 0, max: 6 }), (digits, scale) => {
        const places = String(Math.abs(digits)).padStart(scale + 1, '0')
        const text = `${digits < 0 ? '-' : ''}${places.slice(0, places.length - scale)}.${places.slice(-scale) || '0'}`
        const parsed = parseDecimal(scale === 0 ? String(digits) : text, { point: '.', group: null })
        expect(parsed && BigInt(parsed.digits) * 10n ** BigInt(scale - parsed.scale)).toBe(BigInt(digits))
      }),
    )
  })
})
