import { type Ladder, type MemberEvent, progressOf, type TimePassed } from '@laurel/engine'
import { describe, expect, test } from 'vitest'
import { on, paid, refund, tick } from '../vectors/history-builder.ts'
import { level, program, standing, timelineOf } from '../vectors/program-builder.ts'
import { effectsOf, levelOf, live, ofType, permutations, replayed } from '../vectors/reading.ts'

/** TIER-3: what is beyond a level at the end of its period counts in the next one, where the program says so. */

const levels = [level('bronze', 0), level('silver', 30_000), level('gold', 50_000)]
const rolling = (most: number | null, parts: Partial<Ladder> = {}, keptThrough = false) => {
  const window = { type: 'calendar', unit: 'year', keptThrough, rollOver: { most } } as const
  return timelineOf(program({ ladders: [standing(0, { levels, window, ...parts })] }))
}
const all = rolling(null)
const december = (amount: number) => paid('o1', on('2026-12-01T09:00'), amount)
type Fact = Exclude<MemberEvent, TimePassed>

function stands(timeline: typeof all, at: string, ...events: readonly MemberEvent[]) {
  const { member } = live(timeline, [...events, tick(on(at))])
  const [progress] = progressOf(timeline, member, on(at).local)
  return { level: levelOf(member), sum: progress?.sum, atRisk: progress?.atRisk, toStay: progress?.toStay }
}

describe('TIER-3 surplus', () => {
  test('is what is beyond the highest level, and is there from the first moment of the next period', () => {
    expect(stands(all, '2026-12-31T23:59', december(62_000))).toMatchObject({ level: 'gold', sum: 62_000 })
    expect(stands(all, '2027-01-01', december(62_000))).toMatchObject({ level: 'bronze', sum: 12_000 })
    expect(stands(all, '2027-01-01', december(90_000))).toMatchObject({ level: 'silver', sum: 40_000 })
  })

  test('is bounded where the program says how much, and nothing without a level', () => {
    expect(stands(rolling(10_000), '2027-01-01', december(90_000)).sum).toBe(10_000)
    expect(stands(all, '2027-01-01', december(29_000)).sum).toBe(0)
    expect(stands(all, '2027-01-01', december(35_000)).sum).toBe(5000)
    const plain = timelineOf(program({ ladders: [standing(0, { levels })] }))
    expect(stands(plain, '2027-01-01', december(90_000)).sum).toBe(0)
  })

  test('counts with what is earned, and what is beyond again rolls on', () => {
    const next = paid('o2', on('2027-05-01T09:00'), 40_000)
    expect(stands(all, '2027-12-31', december(62_000), next)).toMatchObject({ level: 'gold', sum: 52_000 })
    expect(stands(all, '2028-01-01', december(62_000), next)).toMatchObject({ level: 'bronze', sum: 2000 })
    expect(stands(all, '2029-01-01', december(62_000), next)).toMatchObject({ level: 'bronze', sum: 0 })
  })

  test('a level that it holds up has no surplus of its own until it is beyond it', () => {
    // 140,000 leave 90,000, which are Gold again and leave 40,000, which are Silver and leave 10,000.
    const levelsOn = (at: string) => stands(all, at, december(140_000))
    expect(levelsOn('2027-01-01')).toMatchObject({ level: 'gold', sum: 90_000 })
    expect(levelsOn('2028-01-01')).toMatchObject({ level: 'silver', sum: 40_000 })
    expect(levelsOn('2029-01-01')).toMatchObject({ level: 'bronze', sum: 10_000 })
    expect(levelsOn('2030-01-01')).toMatchObject({ level: 'bronze', sum: 0 })
  })

  test('stands beside a level that is kept through the next period', () => {
    const kept = rolling(null, {}, true)
    const next = paid('o2', on('2027-05-01T09:00'), 40_000)
    expect(stands(kept, '2027-06-01', december(62_000), next)).toMatchObject({ level: 'gold', sum: 52_000 })
    expect(stands(kept, '2028-06-01', december(62_000), next)).toMatchObject({ level: 'gold', sum: 2000 })
    expect(stands(kept, '2029-01-01', december(62_000), next)).toMatchObject({ level: 'bronze' })
  })

  test('TIER-5 what must still come to stay is less what rolls over', () => {
    const until = on('2027-01-01').local
    expect(stands(all, '2026-12-31', december(62_000)).toStay).toMatchObject({ missing: 38_000, until })
    expect(stands(all, '2026-12-31', december(45_000)).toStay).toMatchObject({ missing: 15_000, until })
  })
})

describe('TIER-6 a refund of the period before', () => {
  const order = december(90_000)
  const back = (amount: number, at = '2027-02-01T09:00') => refund('r1', 'o1', on(at), amount)

  test('takes from the surplus at its own moment: the level that it held up is kept, at risk', () => {
    expect(stands(all, '2027-01-31', order)).toMatchObject({ level: 'silver', atRisk: false })
    expect(stands(all, '2027-02-02', order, back(20_000))).toMatchObject({ level: 'silver', sum: 20_000, atRisk: true })
    expect(stands(all, '2028-01-01', order, back(20_000))).toMatchObject({ level: 'bronze', sum: 0 })
    const revoking = rolling(null, { afterRefund: 'revoke' })
    expect(stands(revoking, '2027-02-02', order, back(20_000))).toMatchObject({ level: 'bronze', sum: 20_000 })
  })

  test('in full takes the order out of every period', () => {
    expect(stands(all, '2027-02-02', order, back(90_000))).toMatchObject({ level: 'bronze', sum: 0 })
    const other = paid('o0', on('2026-11-01T09:00'), 35_000)
    expect(stands(all, '2027-02-02', other, order, back(90_000))).toMatchObject({ level: 'bronze', sum: 5000 })
  })

  test('EVT-2 whatever arrives first, and whether time was let pass between or not', () => {
    const next = paid('o2', on('2027-03-01T09:00'), 20_000)
    const facts: readonly Fact[] = [order, back(20_000), next]
    const [first, ...others] = permutations<Fact>(facts).map((arrival) => replayed(all, arrival).member)
    expect(levelOf(first ?? replayed(all, []).member)).toBe('silver')
    for (const member of others) expect(member).toEqual(first)
    const passed = live(all, [order, tick(on('2027-01-15')), back(20_000), tick(on('2027-02-15')), next]).member
    expect(passed.ladders[0]).toEqual(first?.ladders[0])
  })

  test('REF-7 what no refund can reach any more is kept as one entry of the period that took it over', () => {
    const next = paid('o2', on('2027-08-01T09:00'), 1000)
    const { member } = live(all, [order, next])
    expect(member.ladders[0]?.entries).toEqual([
      [on('2027-01-01').local, 40_000, on('2027-01-01').local],
      [on('2027-08-01T09:00').local, 1000],
    ])
    expect(stands(all, '2027-08-02', order, next)).toMatchObject({ level: 'silver', sum: 41_000 })
    expect(stands(all, '2028-01-01', order, next)).toMatchObject({ level: 'bronze', sum: 11_000 })
    expect(stands(all, '2029-09-01', order, next)).toMatchObject({ level: 'bronze', sum: 0 })
  })

  test('REF-7 and how refunds changed it, for the highest sum was what it was', () => {
    const next = paid('o2', on('2027-08-01T09:00'), 1000)
    const events = [order, back(20_000), next]
    expect(live(all, events).member.ladders[0]?.entries).toEqual([
      [on('2027-01-01').local, 40_000, on('2027-01-01').local],
      [on('2027-02-01T09:00').local, -20_000, on('2027-01-01').local],
      [on('2027-08-01T09:00').local, 1000],
    ])
    expect(stands(all, '2027-08-02', ...events)).toMatchObject({ level: 'silver', sum: 21_000, atRisk: true })
  })
})

test('REF-7 a refund that a person accepts later than refunds are judged changes no surplus', () => {
  const accepted: MemberEvent = {
    ...{ type: 'refund.accepted', source: 'laurel', id: 'a', stamp: on('2027-09-01T09:00'), actor: 'staff-1' },
    ...{ reason: 'seen', refund: 'shop/r1', name: 'shop/r1', waited: false, orderKey: 'shop/o1', amount: 90_000 },
  }
  const late = refund('r1', 'o1', on('2027-08-31T09:00'), 90_000)
  const order = december(90_000)
  expect(stands(all, '2027-09-02', order, late, accepted)).toMatchObject({ level: 'silver', sum: 40_000 })
  const touched = paid('o2', on('2027-08-01T09:00'), 1000)
  expect(stands(all, '2027-09-02', order, touched, late, accepted)).toMatchObject({ level: 'silver', sum: 41_000 })
})

test('MRG-1 what one member leaves to another counts as dated, and what is too old for a refund as the surplus it left', () => {
  const merged: Fact = {
    ...{ type: 'member.merged', source: 'laurel', id: 'm1', stamp: on('2027-09-01T09:00'), to: 'ada', head: '' },
    ...{ actor: 'staff-1', reason: 'same-person' },
  }
  const gone: readonly Fact[] = [december(90_000), paid('o2', on('2027-06-01T09:00'), 1000), merged]
  const { decisions } = live(all, gone)
  const [sent] = ofType(
    decisions.flatMap(({ effects }) => effects),
    'send',
  )
  if (sent?.event.type !== 'merge.received') throw new Error('nothing was sent')
  const identity = { source: 'laurel', id: `ben/${sent.id}`, stamp: merged.stamp }
  const received: MemberEvent = {
    ...{ ...sent.event, ...identity, from: 'ben', into: 'ada' },
    brought: { events: gone, told: {} },
  }
  const own = paid('o3', on('2027-08-01T09:00'), 5000)
  expect(stands(all, '2027-09-02', own, received)).toMatchObject({ level: 'silver', sum: 46_000 })
})

test('TIER-3 surplus alone lifts at the first moment of a period, as time does, and says why', () => {
  const timeline = rolling(null)
  const changes = ofType(effectsOf(timeline, [december(90_000), tick(on('2027-01-01'))]), 'tier')
  expect(changes.map(({ from, to, reason }) => [from, to, reason])).toEqual([
    [null, 'gold', 'reached'],
    ['gold', 'silver', 'period-end'],
  ])
})

test('TIER-3 on ladders of visits, orders and other windows alike', () => {
  const few = [level('bronze', 0), level('silver', 2)]
  const visit = (id: string, at: string) => paid(id, on(at), 1000)
  const visits = ['2026-12-01', '2026-12-02', '2026-12-03'].map((day, index) => visit(`o${index}`, `${day}T09:00`))
  const window = { type: 'fixed-date', month: 2, day: 1, keptThrough: false, rollOver: { most: null } } as const
  for (const type of ['visits', 'orders'] as const) {
    const timeline = rolling(null, { measure: { type }, levels: few, window })
    expect(stands(timeline, '2027-01-31', ...visits)).toMatchObject({ level: 'silver', sum: 3 })
    expect(stands(timeline, '2027-02-01', ...visits)).toMatchObject({ level: 'bronze', sum: 1 })
    const again = visit('o9', '2027-02-01T00:00')
    expect(stands(timeline, '2027-02-02', ...visits, again)).toMatchObject({ level: 'silver', sum: 2 })
    const later = visit('o8', '2028-01-31T09:00')
    expect(stands(timeline, '2028-01-31T10:00', ...visits, again, later)).toMatchObject({ level: 'silver', sum: 3 })
    expect(live(timeline, [...visits, again, later]).member.ladders[0]?.entries).toHaveLength(3)
  }
})
