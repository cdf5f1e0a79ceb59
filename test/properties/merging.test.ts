import fc from 'fast-check'
import { test, vi } from 'vitest'
import { mergesAsAudited, mergesHoweverItArrives, mergesInAnyOrder, mergesWholly, undoesMerges } from './merging.ts'

// Few and always the same cases, as in the other properties; the long suite draws anew.
const seed = 20_260_301
const most = 10
vi.setConfig({ testTimeout: 60_000 })

test('MRG-1 of two members who become one nothing is made and nothing lost', () => {
  fc.assert(mergesWholly(most), { seed, numRuns: 150 })
})

test('MRG-1 EVT-2 a fact of the one who has gone says the same before the merge and after it, to the last entry', () => {
  fc.assert(mergesInAnyOrder(most), { seed, numRuns: 150 })
})

test('MRG-1 EVT-2 a merge and what comes via the one who has gone arrive in any order', () => {
  fc.assert(mergesHoweverItArrives(most), { seed, numRuns: 150 })
})

test('MRG-1 TIER-8 the second book agrees on what two members become', () => {
  fc.assert(mergesAsAudited(most), { seed, numRuns: 150 })
})

test('MRG-1 a merge that was undone is as if it had never been, for both', () => {
  fc.assert(undoesMerges(most), { seed, numRuns: 150 })
})
