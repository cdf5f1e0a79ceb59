import fc from 'fast-check'
import { afterAll, expect, test } from 'vitest'
import { Coverage, gapsIn } from '../generators/coverage.ts'
import { cases } from './cases.ts'
import {
  backtests,
  corrections,
  differences,
  histories,
  merges,
  pools,
  refunds,
  retellings,
  rooms,
  type Suite,
  transitions,
} from './every-property.ts'
import { livingThrough } from './living.ts'

// Some faults of such systems needed ten thousand histories to show. Each run draws anew; a failure names its seed.
const numRuns = Number(process.env['LAUREL_RUNS'] ?? 100_000)
const most = 24
const reportEvery = 10_000

let held = 0
function holds(property: fc.IPropertyWithHooks<unknown>): void {
  const startedAt = performance.now()
  let runs = 0
  const watched = property.beforeEach((before) => {
    before()
    runs += 1
    if (runs % reportEvery !== 0) return
    const seconds = ((performance.now() - startedAt) / 1000).toFixed(0)
    console.log(`${expect.getState().currentTestName}: ${runs} histories, ${seconds} s`)
  })
  fc.assert(watched, { numRuns })
  held += 1
}

afterAll(() => {
  console.log(`${held} properties held over ${held * numRuns} histories`)
})

// Each a hundred times where properties are tried a hundred thousand times; the rarest comes once in some three thousand histories.
test('the generators leave no event, refusal and pair of mechanics out', () => {
  const coverage = new Coverage()
  const drawn = fc.property(cases({ most }), ({ timeline, events }) => {
    coverage.open(timeline)
    livingThrough(timeline, events, (decision, event) => coverage.see(event, decision.effects))
    coverage.close()
  })
  fc.assert(drawn, { numRuns: numRuns * 5 })
  console.log(coverage.table())
  expect(gapsIn(coverage, numRuns / 1_000)).toEqual([])
})

const suite: Suite = { most, everyStep: false, coverage: new Coverage(), patience: {}, holds }
for (const group of [
  histories,
  refunds,
  retellings,
  backtests,
  merges,
  pools,
  rooms,
  differences,
  transitions,
  corrections,
]) {
  group(suite)
}

afterAll(() => console.log(suite.coverage.table()))
