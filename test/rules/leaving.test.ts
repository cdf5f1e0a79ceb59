import type { MemberErased, MemberEvent, MemberFrozen, MemberJoined, MemberLeft, Stamp } from '@laurel/engine'
import { DAY_MS, noticesDue } from '@laurel/engine'
import { describe, expect, test } from 'vitest'
import {
  adjusted,
  burn,
  cancel,
  confirm,
  granted,
  on,
  paid,
  redeem,
  refund,
  reserve,
  short,
  tick,
} from '../vectors/history-builder.ts'
import {
  capOf,
  days,
  earning,
  everyone,
  points,
  program,
  reward,
  standing,
  timelineOf,
} from '../vectors/program-builder.ts'
import {
  answersOf,
  balanceOf,
  effectsOf,
  heldBy,
  levelOf,
  live,
  lotsOf,
  ofType,
  permutations,
  replayed,
} from '../vectors/reading.ts'

const frozen = (stamp: Stamp, is = true): MemberFrozen => ({
  type: 'member.frozen',
  source: 'shop',
  id: `${is ? 'freeze' : 'thaw'}-${stamp.at}`,
  stamp,
  frozen: is,
  actor: null,
  reason: 'chargebacks',
})
const left = (stamp: Stamp): MemberLeft => ({ type: 'member.left', source: 'shop', id: `left-${stamp.at}`, stamp })
const joined = (stamp: Stamp): MemberJoined => ({
  type: 'member.joined',
  source: 'shop',
  id: `join-${stamp.at}`,
  stamp,
})
const erased = (stamp: Stamp): MemberErased => ({
  type: 'member.erased',
  source: 'staff',
  id: 'erase',
  stamp,
  actor: 'staff-1',
  reason: 'asked',
})
const refused = (code: 'left' | 'frozen') => ({ granted: false, refusal: { code, shortBy: null } })

const timeline = timelineOf(program())
const order = paid('o1', on('2026-03-01T09:00'), 10_000)
const balance = (events: readonly MemberEvent[]) => balanceOf(replayed(timeline, events).member)

describe('END-1 a frozen member', () => {
  const freeze = frozen(on('2026-03-02'))

  test('earns nothing: the order is recorded, says why, and earns nothing later either', () => {
    const ignored = paid('o2', on('2026-03-03T09:00'), 5000)
    const edited: MemberEvent = { ...ignored, type: 'order.edited', id: 'edit', stamp: on('2026-03-06'), discount: 100 }
    const effects = effectsOf(timeline, [order, freeze, ignored])
    expect(ofType(effects, 'not-earning')).toEqual([{ type: 'not-earning', because: 'frozen' }])
    expect(balance([order, freeze, ignored]).active).toBe(100)
    expect(balance([order, freeze, ignored, frozen(on('2026-03-05'), false), edited]).active).toBe(100)
    expect(balance([order, freeze, ignored, refund('r1', 'o2', on('2026-03-07'), 5000)]).active).toBe(100)
  })

  test('redeems nothing, and is told so before anything else; what is held can be given back', () => {
    const held = reserve('r0', on('2026-03-01T23:59'), 10)
    const { decisions, member } = live(timeline, [
      order,
      held,
      freeze,
      reserve('r1', on('2026-03-02T00:01'), 5000),
      confirm('r0', on('2026-03-02T00:02')),
      cancel('r0', on('2026-03-02T00:03')),
    ])
    expect(answersOf(decisions)).toEqual([granted(10), refused('frozen'), refused('frozen'), granted(10)])
    expect(balanceOf(member)).toEqual({ pending: 0, active: 100, held: 0, debt: 0 })
  })

  test('has refunds, time and staff act on it all the same', () => {
    const lives = timelineOf(program({ assets: [points({ expiry: { type: 'life', life: days(10), endOf: null } })] }))
    const events = [order, freeze, refund('r1', 'o1', on('2026-03-03'), 4000), adjusted('gift', on('2026-03-04'), 7)]
    expect(balanceOf(replayed(lives, events).member).active).toBe(67)
    expect(balanceOf(replayed(lives, [...events, tick(on('2026-03-12'))]).member).active).toBe(7)
  })

  test('climbs no ladder, fills no cap, and does so again when it is over', () => {
    const ladder = standing(10_000)
    const capped = timelineOf(
      program({ ladders: [ladder], caps: [capOf('cap', 60)], onOrder: [earning({ caps: [0] })] }),
    )
    const events = [freeze, paid('o2', on('2026-03-03T09:00'), 10_000), frozen(on('2026-03-03T10:00'), false)]
    const before = replayed(capped, events).member
    expect([levelOf(before), before.counts]).toEqual([undefined, []])
    const after = replayed(capped, [...events, paid('o3', on('2026-03-03T11:00'), 10_000)]).member
    expect([levelOf(after), balanceOf(after).active]).toEqual(['gold', 60])
  })
})

describe('END-1 a member who has left', () => {
  const leave = left(on('2026-03-02T15:00'))

  test('keeps what is there through the grace and may not touch it; then it is forfeited', () => {
    const events = [order, leave, paid('o2', on('2026-03-03'), 5000), reserve('r1', on('2026-03-04'), 10)]
    const { decisions } = live(timeline, events)
    expect(answersOf(decisions)).toEqual([refused('left')])
    const upTo = (at: string) => [...events, tick(on(at))]
    expect(balance(upTo('2026-03-31T23:59')).active).toBe(100)
    expect(balance(upTo('2026-04-01')).active).toBe(0)
    const moved = ofType(effectsOf(timeline, upTo('2026-05-01')), 'move').filter((move) => move.to === 'forfeited')
    expect(moved).toMatchObject([{ cause: 'left/20544', effective: on('2026-04-01').local, amount: 100 }])
  })

  test('who comes back within the grace has what was held; later, nothing but the debt', () => {
    const back = (at: string) => [order, leave, joined(on(at)), tick(on('2026-06-01'))]
    expect(balance(back('2026-03-31T23:59')).active).toBe(100)
    expect(balance(back('2026-04-01')).active).toBe(0)
    const owing = [
      order,
      ...burn('r1', on('2026-03-01T10:00'), 100),
      refund('back', 'o1', on('2026-03-01T11:00'), 3000),
    ]
    expect(balance([...owing, leave, joined(on('2026-05-01'))]).debt).toBe(30)
    expect(balance([...owing, leave, joined(on('2026-05-01')), paid('o2', on('2026-05-02'), 5000)])).toMatchObject({
      active: 20,
      debt: 0,
    })
  })

  test('who comes back within the grace has never been away, later it is a new beginning', () => {
    const since = (at: string) => replayed(timeline, [joined(on('2026-01-15')), order, leave, joined(on(at))]).member
    expect(since('2026-03-20').joinedOn).toBe(on('2026-01-15').local / DAY_MS)
    expect(since('2026-04-20').joinedOn).toBe(on('2026-04-20').local / DAY_MS)
  })

  test('goes at once where the program says so: what is pending and what is held go, too', () => {
    const atOnce = timelineOf(
      program({
        leaving: { forfeitAfter: days(0) },
        assets: [points({ pending: { type: 'period', period: days(5) } })],
      }),
    )
    const events = [
      order,
      paid('o2', on('2026-03-08'), 3000),
      reserve('r1', on('2026-03-08'), 60),
      left(on('2026-03-08T15:00')),
    ]
    const effects = effectsOf(atOnce, events)
    expect(balanceOf(replayed(atOnce, events).member)).toEqual({ pending: 0, active: 0, held: 0, debt: 0 })
    expect(heldBy('forfeited', effects)).toBe(130)
  })

  test('whatever comes later is forfeited where it arrives, and staff cannot give', () => {
    const redeemed = [order, ...burn('r1', on('2026-03-01T10:00'), 40)]
    const paidWithPoints = paid('o2', on('2026-03-01T11:00'), 1000, {
      payments: [{ by: 'points', amount: 1000, redemption: 'r1' }],
    })
    const events = [...redeemed, paidWithPoints, leave, refund('back', 'o2', on('2026-04-05'), 1000)]
    expect(balance(events)).toEqual({ pending: 0, active: 0, held: 0, debt: 0 })
    expect(heldBy('forfeited', effectsOf(timeline, events))).toBe(100)
    const { decisions } = live(timeline, [...events, adjusted('gift', on('2026-04-06'), 5)])
    expect(answersOf(decisions).at(-1)).toEqual(refused('left'))
    expect(answersOf(live(timeline, [...events, adjusted('take', on('2026-04-06'), -5)]).decisions).at(-1)).toEqual(
      short(5),
    )
  })

  test('keeps caps and qualifying facts, so that nobody gains by leaving and coming back', () => {
    const ladder = standing(10_000)
    const once = timelineOf(
      program({
        ladders: [ladder],
        caps: [capOf('once', 1, { counts: 'times', span: { type: 'ever' }, edge: 'refuse' })],
        onOrder: [earning({ caps: [0] })],
      }),
    )
    const events = [order, leave, joined(on('2026-05-01')), paid('o2', on('2026-05-02'), 5000)]
    const { member } = replayed(once, events)
    expect([balanceOf(member).active, levelOf(member)]).toEqual([0, 'gold'])
  })

  test('is warned of nothing', () => {
    const warns = timelineOf(
      program({ assets: [points({ expiry: { type: 'life', life: days(10), endOf: null }, warn: [days(30)] })] }),
    )
    const due = (events: readonly MemberEvent[]) =>
      noticesDue(warns, replayed(warns, events).member, on('2026-03-03').local)
    expect(due([order])).toHaveLength(1)
    expect(due([order, leave])).toEqual([])
  })
})

describe('REF-2 END-1 a refund after the member has left', () => {
  const leave = left(on('2026-03-02T15:00'))

  test('takes what the order had given back from what was forfeited, and the rest is owed', () => {
    const spent = burn('r1', on('2026-03-01T10:00'), 40)
    const events = [order, ...spent, leave, refund('back', 'o1', on('2026-04-05'), 10_000)]
    const effects = effectsOf(timeline, events)
    expect([heldBy('forfeited', effects), heldBy('issued', effects)]).toEqual([0, 0])
    expect(balance(events)).toEqual({ pending: 0, active: 0, held: 0, debt: 40 })
  })

  test('finds what was pending, whatever has become of the member since', () => {
    const waits = timelineOf(program({ assets: [points({ pending: { type: 'period', period: days(60) } })] }))
    const events = [
      order,
      leave,
      joined(on('2026-05-01')),
      paid('o2', on('2026-05-02'), 2000),
      refund('back', 'o1', on('2026-05-03'), 10_000),
    ]
    const { member } = replayed(waits, events)
    expect(balanceOf(member)).toEqual({ pending: 20, active: 0, held: 0, debt: 0 })
    expect(member.forfeited).toEqual([])
  })
})

describe('EVT-2 END-1 in any order of arrival', () => {
  test('leaving, joining and freezing act at their own moment', () => {
    const facts = [
      order,
      left(on('2026-03-02')),
      joined(on('2026-03-10')),
      frozen(on('2026-03-12')),
      paid('o2', on('2026-03-11'), 5000),
      paid('o3', on('2026-03-13'), 5000),
    ]
    for (const arrivals of permutations(facts)) expect(balance(arrivals).active).toBe(150)
  })

  test('a reservation that was granted is honoured, whatever is known of the member by now', () => {
    const events = [
      order,
      frozen(on('2026-03-02')),
      reserve('r1', on('2026-03-03'), 40, { answer: granted(40) }),
      confirm('r1', on('2026-03-03T00:10'), granted(40)),
    ]
    expect(balance(events).active).toBe(60)
  })
})

describe('LED-9 an erased member', () => {
  test('leaves nothing pending, active, held or owed, in any asset, and no label', () => {
    const two = timelineOf(
      program({
        assets: [points({ pending: { type: 'period', period: days(5) } }), points({ id: 'status' })],
        onOrder: [earning(), earning({ id: 'climb', asset: 'status' })],
      }),
    )
    const events: MemberEvent[] = [
      order,
      { type: 'member.changed', source: 'shop', id: 'c1', stamp: on('2026-03-02'), segments: ['fan'], tags: ['vip'] },
      paid('o2', on('2026-03-08'), 3000),
      reserve('r1', on('2026-03-08'), 60),
      erased(on('2026-03-08T15:00')),
    ]
    const { member } = replayed(two, events)
    const effects = effectsOf(two, events)
    expect(member.assets.map(({ pending, active, held, debt }) => pending + active + held + debt)).toEqual([0, 0])
    expect([heldBy('forfeited', effects), heldBy('forfeited', effects, 'status')]).toEqual([130, 130])
    expect([member.segments, member.tags, member.holds, lotsOf(member), member.forfeited]).toEqual([[], [], [], [], []])
  })

  test('owes nothing any more: the debt is written off through `adjusted`', () => {
    const events = [
      order,
      ...burn('r1', on('2026-03-01T10:00'), 100),
      refund('back', 'o1', on('2026-03-01T11:00'), 3000),
      erased(on('2026-03-08')),
    ]
    const effects = effectsOf(timeline, events)
    expect(balance(events).debt).toBe(0)
    expect([heldBy('adjusted', effects), heldBy('forfeited', effects)]).toEqual([-30, 0])
  })

  test('has no voucher any more, open or lapsing', () => {
    const off = reward('off', {
      kind: { type: 'money-off', minor: 500 },
      price: { type: 'fixed', asset: 'points', choices: [{ audience: everyone, amount: 50 }] },
      expiry: { type: 'life', life: days(30), endOf: null },
    })
    const shop = timelineOf(program({ rewards: new Map([[off.id, off]]) }))
    const events = [order, ...redeem('r1', 'off', on('2026-03-02')), erased(on('2026-03-08'))]
    const { member, decisions } = live(shop, [...events, tick(on('2027-03-08'))])
    expect([member.vouchers, member.closed?.['r1']?.status]).toEqual([undefined, 'revoked'])
    expect(decisions.at(-1)?.effects).toEqual([])
  })

  test('is not woken up any more', () => {
    const ladder = standing(10_000, {
      window: { type: 'rolling', length: days(10) },
    })
    const climbing = timelineOf(program({ ladders: [ladder] }))
    const { decisions } = live(climbing, [order, erased(on('2026-03-08')), tick(on('2027-03-08'))])
    expect(decisions.at(-1)?.effects).toEqual([])
  })
})
