import fc from 'fast-check'
import { afterAll } from 'vitest'
import { Coverage } from '../generators/coverage.ts'
import type { Suite } from './every-property.ts'

const seed = 20_260_301
/** Of the histories of each property: `npm run check` lives half of them, save where what they meet is counted. */
const shareOfHistories = Number(process.env['LAUREL_HISTORIES'] ?? 1)

/** Few and always the same cases, so that a check is quick and a failure is a change's own; the long suite draws anew. */
export function fewCases(most: number, share = shareOfHistories): Suite {
  const coverage = new Coverage()
  let properties = 0
  let histories = 0
  afterAll(() => {
    console.log(`${properties} properties held over ${histories} histories`)
  })
  return {
    most,
    everyStep: true,
    patience: { timeout: 30_000 }, // alone each takes a second; machines are shared
    coverage,
    holds(property, wholeRuns) {
      const numRuns = Math.ceil(wholeRuns * share)
      fc.assert(property, { seed, numRuns })
      properties += 1
      histories += numRuns
    },
  }
}
