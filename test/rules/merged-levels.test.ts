import type { Ladder, MemberEvent } from '@laurel/engine'
import { describe, expect, test } from 'vitest'
import { audit } from '../auditor/audit.ts'
import { compare } from '../auditor/compare.ts'
import { dayNumber, mergeOf, on, paid, refund, tick } from '../vectors/history-builder.ts'
import { days, level, points, program, standing, timelineOf } from '../vectors/program-builder.ts'
import { balanceOf, levelOf, replayed } from '../vectors/reading.ts'

type Recorded = Exclude<MemberEvent, { type: 'time.passed' }>

const three = [level('bronze', 0), level('silver', 30_000), level('gold', 50_000)]
const never = { to: 'never', grace: null, warn: [] } as const
const quarters = { type: 'calendar', unit: 'quarter', keptThrough: false } as const
const ladder = (parts: Partial<Ladder>) =>
  timelineOf(program({ assets: [points()], ladders: [standing(0, { levels: three, window: quarters, ...parts })] }))
const nobodyFalls = ladder({ fall: never })

const order = (id: string, at: string, total: number) => paid(id, on(at), total) as Recorded
const given = (to: string, at: string, endsOn: string | null): Recorded => ({
  ...{ type: 'tier.overridden', source: 'laurel', id: `to-${to}-${at}`, stamp: on(at), actor: 'staff-1' },
  ...{ reason: 'status-match', ladder: 'standing', level: to, endsOn: endsOn === null ? null : dayNumber(endsOn) },
})
const ben = (at: string, ...past: readonly Recorded[]): Recorded => mergeOf(on(at), ...past)

/** Level on each day; both books say the same. */
const levels = (timeline: typeof nobodyFalls, events: readonly Recorded[], dates: readonly string[]) =>
  dates.map((date) => {
    const known = [...events.filter(({ stamp }) => stamp.at <= on(date).at), tick(on(date))]
    const { member } = replayed(timeline, known)
    expect(compare(audit(timeline, known), member)).toEqual([])
    return levelOf(member)
  })

describe('MRG-1 TIER-8 the level of a member who goes into another', () => {
  const silver = order('o1', '2026-01-10', 35_000)
  const small = order('o2', '2026-04-10', 1_000)

  test('TIER-4 where nobody falls what was earned once is held for good, as if all had been of one member', () => {
    const dates = ['2026-05-02', '2026-07-01', '2031-01-01']
    expect(levels(nobodyFalls, [silver, small], dates)).toEqual(['silver', 'silver', 'silver'])
    // His quarter has more than the floor to be looked at: what would end for neither of them ends for her no more.
    expect(levels(nobodyFalls, [ben('2026-05-01', silver, small)], dates)).toEqual(['silver', 'silver', 'silver'])
    expect(levels(nobodyFalls, [ben('2026-05-01', silver)], dates)).toEqual(['silver', 'silver', 'silver'])
  })

  test('TIER-4 where nobody falls the higher floor stays, whoever had it', () => {
    const gold = order('o3', '2026-01-11', 60_000)
    const dates = ['2026-05-02', '2031-01-01']
    expect(levels(nobodyFalls, [gold, ben('2026-05-01', silver)], dates)).toEqual(['gold', 'gold'])
    expect(levels(nobodyFalls, [order('o4', '2026-01-11', 31_000), ben('2026-05-01', gold)], dates)).toEqual([
      'gold',
      'gold',
    ])
  })

  test('TIER-4 a level that staff gave is no floor: it ends when it would have ended, and what was earned is beneath it', () => {
    const dates = ['2026-05-02', '2026-07-01', '2026-08-31', '2026-09-01', '2031-01-01']
    const matched = given('gold', '2026-04-20', '2026-09-01')
    const held = ['gold', 'gold', 'gold', 'bronze', 'bronze']
    expect(levels(nobodyFalls, [ben('2026-05-01', small, matched)], dates)).toEqual(held)
    expect(levels(ladder({}), [ben('2026-05-01', small, matched)], dates)).toEqual(held)
    const beneath = ['gold', 'gold', 'gold', 'silver', 'silver']
    expect(levels(nobodyFalls, [ben('2026-05-01', silver, matched)], dates)).toEqual(beneath)
  })

  test('TIER-4 where she is held lower by staff and nobody falls, what he has earned for good is higher', () => {
    const lowered = given('bronze', '2026-02-01', '2026-09-01')
    const dates = ['2026-05-02', '2026-09-02']
    expect(levels(nobodyFalls, [lowered, ben('2026-05-01', silver)], dates)).toEqual(['silver', 'silver'])
  })

  test('TIER-7 whoever rises by the facts of both enters the level, also with a floor beneath it', () => {
    const entry = [{ type: 'amount', asset: 'points', amount: 9 }] as const
    const giving = ladder({
      fall: never,
      levels: [level('bronze', 0), level('silver', 30_000), level('gold', 50_000, { entry })],
    })
    const bens = ben('2026-05-01', silver, order('o3', '2026-04-11', 30_000))
    const { member } = replayed(giving, [order('o4', '2026-04-12', 20_000), bens])
    expect([levelOf(member), balanceOf(member).active]).toEqual(['gold', 850 + 9])
  })

  test('TIER-4 a grace goes on as it was', () => {
    const graced = ladder({ fall: { to: 'earned', grace: days(60), warn: [] } })
    const dates = ['2026-05-02', '2026-05-30T23:59', '2026-05-31']
    expect(levels(graced, [silver], dates)).toEqual(['silver', 'silver', 'bronze'])
    expect(levels(graced, [ben('2026-05-01', silver)], dates)).toEqual(['silver', 'silver', 'bronze'])
    // One that outlasts a quarter, too.
    const long = ladder({ fall: { to: 'earned', grace: days(120), warn: [] } })
    const later = ['2026-07-29T23:59:59.999', '2026-07-30']
    expect(levels(long, [ben('2026-05-01', silver)], later)).toEqual(['silver', 'bronze'])
  })
})

test('MRG-1 TIER-3 what was earned before his year began counts in hers, as dated', () => {
  const years = ladder({ window: { type: 'anniversary', keptThrough: false }, afterRefund: 'revoke' })
  const joined = (at: string): Recorded => ({ type: 'member.joined', source: 'crm', id: `j-${at}`, stamp: on(at) })
  const gone = ben('2026-03-20', order('o1', '2026-03-07', 35_000), joined('2026-03-08'))
  const dates = ['2026-03-21', '2027-03-04T23:59', '2027-03-05']
  expect(levels(years, [joined('2026-03-05'), gone], dates)).toEqual(['silver', 'silver', 'bronze'])
  const back = refund('r1', 'o1', on('2026-04-20'), 35_000) as Recorded
  expect(levels(years, [joined('2026-03-05'), gone, back], ['2026-04-19', '2026-04-21'])).toEqual(['silver', 'bronze'])
})

test('TIER-4 TIER-6 what is held for good is held, though an order that held it up again is refunded', () => {
  const again = order('o2', '2026-04-10', 35_000)
  const back = refund('r1', 'o2', on('2026-04-20'), 35_000) as Recorded
  const first = order('o1', '2026-01-10', 35_000)
  const dates = ['2026-04-01', '2026-04-11', '2026-04-21', '2031-01-01']
  expect(levels(nobodyFalls, [first, again, back], dates)).toEqual(['silver', 'silver', 'silver', 'silver'])
  const more = order('o3', '2026-04-12', 20_000)
  expect(levels(nobodyFalls, [first, again, more, back], ['2026-04-13', '2026-04-21'])).toEqual(['gold', 'silver'])
})
