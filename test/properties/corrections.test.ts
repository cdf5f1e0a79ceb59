import { expect, test } from 'vitest'
import { corrected } from './correcting.ts'
import { corrections } from './every-property.ts'
import { fewCases } from './few-cases.ts'
import { keptPromises } from './promised-levels.ts'
import { cameLate } from './reaching-back.ts'

const suite = fewCases(24, 1)
corrections(suite)

test('these histories have something to correct, and promises to keep', () => {
  expect(suite.coverage.of(corrected)).toBeGreaterThan(10)
  expect(suite.coverage.of(keptPromises)).toBeGreaterThan(0)
  expect(suite.coverage.of(cameLate)).toBeGreaterThan(5)
})
