import { expect, test } from 'vitest'
import { borneByProgram, corrected } from './correcting.ts'
import { corrections } from './every-property.ts'
import { fewCases } from './few-cases.ts'

const suite = fewCases(24, 2)
corrections(suite)

test.each([corrected, borneByProgram])('these histories meet: %s', (what) => {
  expect(suite.coverage.of(what)).toBeGreaterThan(0)
})
