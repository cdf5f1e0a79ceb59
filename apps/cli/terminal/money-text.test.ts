import { expect, test } from 'vitest'
import { addMoney, type MoneyByCurrency, minorText, moneyText, plainMoney } from './money-text.ts'

test('AMT-4 money of several currencies is told side by side, each with its own decimals, and never added up', () => {
  const sums: MoneyByCurrency = {}
  for (const [currency, minor] of [
    ['GBP', 420],
    ['JPY', 1000],
    ['GBP', 80],
    [null, 900],
  ] as const) {
    addMoney(sums, currency, minor)
  }
  expect(sums).toEqual({ GBP: 500, JPY: 1000, unknown: 900 })
  expect(moneyText(sums)).toBe('5.00 GBP and 1,000 JPY and 900 minor units of a currency that nobody knows')
  expect(moneyText({})).toBe('nothing')
})

test('smallest units are written with their places', () => {
  expect(minorText(13737363, 2)).toBe('137,373.63')
  expect([minorText(5, 2), minorText(-1234, 2), minorText(1000, 0)]).toEqual(['0.05', '-12.34', '1,000'])
})

test('as a table has them, also where a sum is beyond what a number holds', () => {
  expect([plainMoney(-40, 'GBP'), plainMoney(1000, 'JPY')]).toEqual(['-0.40', '1000'])
  expect(plainMoney('-16212958658533783', 'GBP')).toBe('-162129586585337.83')
  expect(plainMoney('16212958658533783', 'JPY')).toBe('16212958658533783')
})
