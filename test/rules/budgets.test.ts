import type { Budget, Challenge, Effect, Grant, MemberEvent, Offer, Timeline } from '@laurel/engine'
import { challengeProgressOf, offerProgressOf, sharesRoom, toldBy, wholeOf } from '@laurel/engine'
import { describe, expect, test } from 'vitest'
import { challenge, goal, offer } from '../vectors/goal-builder.ts'
import { on, paid, refund } from '../vectors/history-builder.ts'
import { days, earning, points, program, reward, timelineOf } from '../vectors/program-builder.ts'
import { balanceOf, live, ofType, replayed } from '../vectors/reading.ts'

const twice = goal({ target: 2 })
const amount = (units: number, asset = 'points') => ({ type: 'amount', asset, amount: units }) as const
const most = {
  points: { type: 'amount', asset: 'points', amount: 500 },
  money: { type: 'worth', minor: 1000 },
  times: { type: 'times', times: 3 },
} as const satisfies Record<string, Budget['most']>
const budget = (id: string, of: Budget['most'] = most.points): Budget => ({ id, most: of, edge: 'trim' })

const duo = (of: Budget['most'] = most.points): Offer =>
  offer(twice, {
    ...{ id: 'duo', window: { length: days(30), end: 'open' } },
    type: { awards: [amount(200), { type: 'reward', reward: 'cake' }], budget: budget('offer:duo', of) },
  })
const moods = (parts: Partial<Challenge> = {}): Challenge =>
  challenge('moods', {
    ...{ goal: twice, afterRefund: 'revoke' },
    milestones: [{ id: 'first', reach: 1, awards: [amount(50)] }],
    awards: [amount(100)],
    budget: budget('challenge:moods'),
    ...parts,
  })
const playing = (parts: { readonly offers?: readonly Offer[]; readonly challenges?: readonly Challenge[] }): Timeline =>
  timelineOf(
    program({
      assets: [points({ worth: { amount: 100, minor: 333 } }), points({ id: 'miles' })],
      onOrder: [earning({ asset: 'miles' })],
      rewards: new Map([['cake', reward('cake')]]),
      offers: new Map((parts.offers ?? []).map((each) => [each.id, each])),
      challenges: new Map((parts.challenges ?? []).map((each) => [each.id, each])),
    }),
  )

const sent: MemberEvent = { type: 'offer.sent', source: 'staff', id: 's1', offer: 'duo', stamp: on('2026-03-01') }
const order = (id: string, at: string) => paid(id, on(at), 1_000)
const back = (id: string, at: string) => refund(`back-${id}`, id, on(at), 1_000)
const granted = (event: MemberEvent, ...grants: Grant[]): MemberEvent => ({ ...event, grants }) as MemberEvent
const pot = (units: number): Grant => ({ room: 'budget:offer:duo/ever', amount: units })
const rooms = (effects: readonly Effect[]) => ofType(effects, 'room').map(({ room, change }) => [room, change])
const capped = (effects: readonly Effect[]) =>
  ofType(effects, 'capped').map(({ rule, cap, trimmed }) => [rule, cap, trimmed])
const [first, second] = [order('o1', '2026-03-02'), order('o2', '2026-03-03')]
const none = (event: MemberEvent): MemberEvent => granted(event)

describe('EARN-5 the budget of an offer', () => {
  const timeline = playing({ offers: [duo()] })

  test.each([
    ['points', most.points, 200, 500],
    ['money, by what they are worth, rounded up', most.money, 666, 1000],
    ['times', most.times, 1, 3],
  ] as const)('in %s: so much is asked for, and there is so much of it', (_, of, cost, whole) => {
    const counted = playing({ offers: [duo(of)] })
    const { decisions } = live(counted, [sent, first, second])
    expect(rooms(decisions[2]?.effects ?? [])).toEqual([['budget:offer:duo/ever', cost]])
    const latest = counted[0]?.program
    expect(latest && [sharesRoom(latest), wholeOf(latest, 'budget:offer:duo/ever')]).toEqual([true, whole])
  })

  test('lets awards through whole or not at all, and says why not', () => {
    const full = live(timeline, [sent, none(first), granted(second, pot(200))])
    expect([balanceOf(full.member).active, full.member.vouchers?.length]).toEqual([200, 1])
    const empty = live(timeline, [sent, none(first), granted(second, pot(199))])
    expect([balanceOf(empty.member).active, empty.member.vouchers]).toEqual([0, undefined])
    const effects = empty.decisions[2]?.effects ?? []
    expect([rooms(effects), capped(effects)]).toEqual([[], [['offer:duo', 'budget:offer:duo', 200]]])
    expect(ofType(effects, 'offer-told')).toEqual([])
    expect(offerProgressOf(timeline, empty.member, on('2026-03-04').local)).toMatchObject([{ status: 'over' }])
  })

  test('what was not given is not given later, nor taken back; met anew it is asked for anew', () => {
    const empty = [sent, none(first), granted(second, pot(0))]
    const third = granted(order('o3', '2026-03-04'), pot(500))
    expect(balanceOf(live(timeline, [...empty, third]).member).active).toBe(0)
    const undone = live(timeline, [...empty, none(back('o2', '2026-03-05'))])
    expect([balanceOf(undone.member).debt, rooms(undone.decisions[3]?.effects ?? [])]).toEqual([0, []])
    const anew = live(timeline, [
      ...empty,
      none(back('o2', '2026-03-05')),
      granted(order('o4', '2026-03-06'), pot(200)),
    ])
    expect(balanceOf(anew.member).active).toBe(200)
  })

  test('a refund that undoes it gives its room back', () => {
    const { member, decisions } = live(timeline, [
      sent,
      none(first),
      granted(second, pot(200)),
      none(back('o2', '2026-03-05')),
    ])
    expect(balanceOf(member).active).toBe(0)
    expect(rooms(decisions[3]?.effects ?? [])).toEqual([['budget:offer:duo/ever', -200]])
  })

  test('EVT-2 a late fact that lets an earlier order complete it takes nothing from who has it', () => {
    const history = [sent, granted(order('o2', '2026-03-04'), pot(200)), none(order('o3', '2026-03-05'))]
    const stood = live(timeline, [history[0] ?? sent, none(order('o1', '2026-03-03')), ...history.slice(1)])
    expect(balanceOf(stood.member).active).toBe(200)
    // What came first and paid for it is refunded as of its own day: the third order completes it, and was never asked.
    const late = [sent, none(order('o1', '2026-03-03')), none(back('o1', '2026-03-03T10:00')), ...history.slice(1)]
    expect(balanceOf(replayed(timeline, late, stood.member).member).active).toBe(200)
    expect(balanceOf(replayed(timeline, late).member).active).toBe(0)
    const told = toldBy(stood.decisions.flatMap(({ effects }) => effects))
    expect(told.offers?.map(({ completed }) => completed)).toEqual([on('2026-03-04').local])
  })

  test('EVT-2 and what was refused stays refused, although it was given later', () => {
    const history = [
      ...[sent, none(first), granted(second, pot(0)), none(back('o2', '2026-03-05'))],
      granted(order('o4', '2026-03-06'), pot(200)),
    ]
    const { member, decisions } = live(timeline, history)
    const again = replayed(timeline, history, member)
    const moved = (effects: readonly Effect[]) => [ofType(effects, 'move'), rooms(effects), capped(effects)]
    expect(again.decisions.map(({ effects }) => moved(effects))).toEqual(decisions.map(({ effects }) => moved(effects)))
  })
})

describe('EARN-5 the budget of a challenge', () => {
  const purse = (units: number): Grant => ({ room: 'budget:challenge:moods/ever', amount: units })

  test('is one for its milestones, its goal and its streaks', () => {
    const streak = { reach: 1, freeze: 0, awards: [amount(70)] }
    const timeline = playing({ challenges: [moods({ streak })] })
    const { decisions, member } = live(timeline, [granted(first, purse(50)), granted(second, purse(170))])
    expect(decisions.map(({ effects }) => rooms(effects).map(([, change]) => change))).toEqual([[50], [100, 70]])
    expect(balanceOf(member).active).toBe(220)
    const less = live(timeline, [granted(first, purse(50)), granted(second, purse(169))])
    expect(balanceOf(less.member).active).toBe(150)
    expect(capped(less.decisions[1]?.effects ?? [])).toEqual([['challenge:moods', 'budget:challenge:moods', 70]])
  })

  test('what is reached without it is reached, and nothing is taken for it later', () => {
    const timeline = playing({ challenges: [moods()] })
    const { decisions, member } = live(timeline, [
      granted(first, purse(50)),
      none(second),
      none(back('o2', '2026-03-05')),
    ])
    expect(ofType(decisions[1]?.effects ?? [], 'challenge-reached')).toEqual([])
    expect([balanceOf(member).active, balanceOf(member).debt]).toEqual([50, 0])
    const met = live(timeline, [granted(first, purse(50)), none(second)]).member
    expect(challengeProgressOf(timeline, met, on('2026-03-04').local)).toMatchObject([{ met: 1 }])
  })

  test('is given back with what a refund takes, and what costs nothing of it needs nothing', () => {
    const badge = { type: 'badge', badge: 'explorer' } as const
    const timeline = playing({ challenges: [moods({ awards: [badge], streak: null })] })
    const { decisions } = live(timeline, [
      granted(first, purse(50)),
      none(second),
      none(back('o1', '2026-03-05')),
      none(back('o2', '2026-03-06')),
    ])
    expect(decisions.map(({ effects }) => rooms(effects).map(([, change]) => change))).toEqual([[50], [], [], [-50]])
    expect(ofType(decisions[1]?.effects ?? [], 'challenge-reached')).toHaveLength(1)
  })
})
