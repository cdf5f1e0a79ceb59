import { describe, expect, test } from 'vitest'
import type { LadderState } from '../member.ts'
import type { Ladder, Level } from '../program/program.ts'
import { dayFromCivil, dayOf, dayText, startOf } from '../time/local.ts'
import { supportOf } from './judge.ts'
import { leavesRolling, periodOf, spansAt } from './window.ts'

const at = (text: string): number => {
  const { year, month, day } = Temporal.PlainDate.from(text)
  return startOf(dayFromCivil(year, month, day))
}
const level = (id: string, reach: number): Level => ({
  id,
  reach,
  name: {},
  expiry: new Map(),
  benefits: [],
  entry: [],
  hidden: false,
  invitation: false,
})
const year = { months: 12, days: 0, ms: 0 }

const ladder = (parts: Partial<Ladder> = {}): Ladder => ({
  id: 'standing',
  measure: { type: 'earned', asset: 'status' },
  window: { type: 'calendar', unit: 'year', keptThrough: false },
  rise: 'at-once',
  fall: { to: 'earned', grace: null, warn: [] },
  afterRefund: 'keep-to-window-end',
  levels: [level('member', 0), level('silver', 300), level('gold', 500)],
  ...parts,
})

const state = (entries: LadderState['entries']): LadderState => ({
  ladder: 'standing',
  level: 'member',
  since: 0,
  floor: null,
  override: null,
  periodStart: null,
  entries,
  folded: { net: 0, highest: 0 },
})

describe('TIER-3: windows', () => {
  test.each([
    [{ type: 'calendar', unit: 'year', keptThrough: false }, '2026-01-01', '2027-01-01'],
    [{ type: 'calendar', unit: 'quarter', keptThrough: false }, '2026-04-01', '2026-07-01'],
    [{ type: 'fixed-date', month: 5, day: 1, keptThrough: false }, '2026-05-01', '2027-05-01'],
    [{ type: 'fixed-date', month: 6, day: 1, keptThrough: false }, '2025-06-01', '2026-06-01'],
    [{ type: 'anniversary', keptThrough: false }, '2026-02-28', '2027-02-28'],
  ] as const)('%j on 15 May 2026 of a member who joined on 29 February 2024', (window, from, to) => {
    const period = periodOf(window, dayOf(at('2024-02-29')), at('2026-05-15'))
    expect(period && [dayText(dayOf(period.from)), dayText(dayOf(period.to))]).toEqual([from, to])
  })

  test('a rolling year on day D looks at the days after D - P12M through D, also across a leap day', () => {
    const rolling = { type: 'rolling', length: year } as const
    expect(dayText(dayOf(spansAt(rolling, 0, at('2025-02-28')).current.from))).toBe('2024-02-29')
    expect(dayText(dayOf(leavesRolling(year, at('2024-02-29'))))).toBe('2025-03-01')
    expect(dayText(dayOf(leavesRolling(year, at('2023-02-28'))))).toBe('2024-02-28')
  })

  test('a result kept through the next period holds through it and not a moment longer', () => {
    const kept = ladder({ window: { type: 'calendar', unit: 'year', keptThrough: true } })
    const earned = state([[at('2026-06-01'), 600]])
    expect(supportOf(kept, earned, 0, at('2026-06-02')).index).toBe(2)
    expect(supportOf(kept, earned, 0, at('2028-01-01') - 1).index).toBe(2)
    expect(supportOf(kept, earned, 0, at('2028-01-01')).index).toBe(0)
    expect(supportOf(ladder(), earned, 0, at('2027-01-01')).index).toBe(0)
  })
})

describe('TIER-6: what a refund leaves of a tier', () => {
  const [first, second, third] = [at('2026-02-01'), at('2026-03-01'), at('2026-04-01')]

  test('a partial refund keeps the highest level reached, and what is left says how far it is at risk', () => {
    const support = supportOf(
      ladder(),
      state([
        [first, 520],
        [second, -40, first],
      ]),
      0,
      third,
    )
    expect(support).toMatchObject({ index: 2, netIndex: 1, net: 480 })
  })

  test('what was refunded before counts for no level that was never reached', () => {
    // 300 less 100, then 250, then 60 reached 510; the last order is refunded in full and its entry is gone.
    const entries: LadderState['entries'] = [
      [first, 300],
      [first + 1, -100, first],
      [second, 250],
    ]
    expect(supportOf(ladder(), state([...entries, [third, 60]]), 0, third).index).toBe(2)
    expect(supportOf(ladder(), state(entries), 0, third).index).toBe(1)
  })

  test('with revoke what is left decides', () => {
    const strict = ladder({ afterRefund: 'revoke' })
    expect(
      supportOf(
        strict,
        state([
          [first, 520],
          [second, -40, first],
        ]),
        0,
        third,
      ).index,
    ).toBe(1)
  })

  test('a refund belongs to the window of its order', () => {
    const entries: LadderState['entries'] = [
      [at('2026-12-30'), 600],
      [at('2027-01-03'), -200, at('2026-12-30')],
      [at('2027-01-04'), 350],
    ]
    expect(
      supportOf(
        ladder({ window: { type: 'calendar', unit: 'year', keptThrough: false } }),
        state(entries),
        0,
        at('2027-01-05'),
      ).net,
    ).toBe(350)
  })
})

test('TIER-2: two orders of one day are one visit', () => {
  const visits = ladder({ measure: { type: 'visits' } })
  const day = at('2026-02-01')
  expect(
    supportOf(
      visits,
      state([
        [day, 1],
        [day + 3_600_000, 1],
        [day + 90_000_000, 1],
      ]),
      0,
      at('2026-02-03'),
    ).net,
  ).toBe(2)
})
