import { expect, test } from 'vitest'
import { on } from '../../../test/vectors/history-builder.ts'
import type { LadderEntry } from '../member.ts'
import type { Ladder } from '../program/program.ts'
import { startOf } from '../time/local.ts'
import { changedEntries } from './entries.ts'
import { earliestHome, sumsOf } from './tally.ts'
import { ALWAYS } from './window.ts'

const start = on('2026-01-01T00:00').local
const HOUR = 3_600_000
const ladder = (type: 'spend' | 'visits'): Ladder => ({ measure: { type } }) as Ladder
const year = { from: start + 50 * HOUR, to: start + 4_000 * HOUR }
const folded = { net: 7, highest: 9 }

/** Written as it is meant, entry by entry. */
function plainly(type: 'spend' | 'visits', entries: readonly LadderEntry[]) {
  let [net, highest] = [folded.net, folded.highest]
  const days = new Set<number>()
  for (const [at, change, home = at] of entries) {
    const day = Math.floor(home / 86_400_000)
    if (home < year.from || home >= year.to || (type === 'visits' && days.has(day))) continue
    days.add(day)
    net += change
    highest = Math.max(highest, net)
  }
  return { net, highest }
}

test('TIER-2 TIER-6 a list that grows entry by entry comes to what it comes to when it is counted anew', () => {
  let entries: readonly LadderEntry[] = []
  for (let n = 0; n < 400; n++) {
    const at = start + n * 9 * HOUR
    // A refund counts at the home of its order.
    const entry: LadderEntry = n % 7 === 3 ? [at, -5, at - 60 * HOUR] : [at, 1 + (n % 11)]
    // As one does who judges it and then writes it down.
    const judged = changedEntries(entries, [], [entry])
    const spend = sumsOf(ladder('spend'), judged, year, folded)
    expect(spend).toEqual(plainly('spend', judged))
    entries = changedEntries(entries, [], [entry])
    expect(entries).toEqual(judged)
    expect(earliestHome(entries)).toBe(Math.min(...entries.map(([moment, , home = moment]) => home)))
    if (n % 50 === 0) expect(sumsOf(ladder('spend'), entries, ALWAYS, folded).net).toBeGreaterThan(spend.net - 1)
  }
})

test('TIER-2 visits of one day count once, however long the list', () => {
  let entries: readonly LadderEntry[] = []
  for (let n = 0; n < 300; n++) {
    entries = changedEntries(entries, [], [[start + n * 9 * HOUR, 1]])
    expect(sumsOf(ladder('visits'), entries, year, folded)).toEqual(plainly('visits', entries))
  }
})

test('TIER-6 of equal entries of one moment the first goes, and one in the middle goes where it belongs', () => {
  const many = Array.from({ length: 100 }, (_, n): LadderEntry => [startOf(n), 1])
  const moment = startOf(50)
  const three = changedEntries(
    many,
    [],
    [
      [moment, 5],
      [moment, 3],
      [moment, 5],
    ],
  )
  expect(three.slice(50, 54).map(([, change]) => change)).toEqual([1, 5, 3, 5])
  const left = changedEntries(three, [[moment, 5]], [])
  expect(left.slice(50, 53).map(([, change]) => change)).toEqual([1, 3, 5])
  expect(changedEntries(left, [[moment, 9]], [])).toEqual(left)
})
