import { expect, test } from 'vitest'
import { brandColoursOf, contrastLeast, contrastOf } from './brand.ts'

test('contrast is that of WCAG: its ends, and figures that others have computed', () => {
  expect(contrastOf('#000000', '#ffffff')).toBe(21)
  expect(contrastOf('#777777', '#777777')).toBe(1)
  // The grey that everybody quotes as just failing, and the next that passes.
  expect(contrastOf('#777777', '#ffffff')).toBeCloseTo(4.48, 2)
  expect(contrastOf('#767676', '#ffffff')).toBeCloseTo(4.54, 2)
  expect(contrastOf('#1b6b49', '#ffffff')).toBeCloseTo(6.5, 1)
})

test('whatever colour is chosen, text can be read on it, and it can be read on every ground', () => {
  const parts = [0, 51, 102, 153, 204, 255]
  const grounds = { onLight: ['#ffffff', '#f6f7f4', '#eef0eb'], onDark: ['#171c19', '#101412', '#0b0e0d'] } as const
  for (const red of parts) {
    for (const green of parts) {
      for (const blue of parts) {
        const colour = `#${[red, green, blue].map((part) => part.toString(16).padStart(2, '0')).join('')}`
        const colours = brandColoursOf(colour)
        expect(contrastOf(colour, colours.onColour), colour).toBeGreaterThanOrEqual(contrastLeast)
        for (const side of ['onLight', 'onDark'] as const) {
          for (const ground of grounds[side]) {
            expect(contrastOf(colours[side], ground), `${colour} ${side} ${ground}`).toBeGreaterThanOrEqual(
              contrastLeast,
            )
          }
        }
      }
    }
  }
})

test('a colour is moved no further than it must be, keeps its hue, and one that can be read stays', () => {
  expect(brandColoursOf('#1B6B49')).toEqual({
    ...{ colour: '#1b6b49', onColour: '#ffffff', onLight: '#1b6b49' },
    onDark: expect.stringMatching(/^#[0-9a-f]{6}$/),
  })
  const yellow = brandColoursOf('#ffcc00')
  expect([yellow.onColour, yellow.onDark]).toEqual(['#000000', '#ffcc00'])
  expect(contrastOf(yellow.onLight, '#eef0eb')).toBeLessThan(contrastLeast + 0.15)
  expect(yellow.onLight).toMatch(/00$/)
})
