import {
  type Member,
  type MemberEvent,
  type Move,
  type OrderPaid,
  type OtherMoney,
  prorate,
  type RefundMade,
  type Timeline,
} from '@laurel/engine'
import fc from 'fast-check'
import { expect } from 'vitest'
import { stampAt } from '../generators/stamp.ts'
import { cases } from './cases.ts'
import { effectsOf, livingThrough } from './living.ts'

/** Burning and refunding: in parts or at once, forth and back. */

export const lastInstant = (events: readonly MemberEvent[]): number =>
  Math.max(0, ...events.map((event) => event.stamp.at))
export const after = (timeline: Timeline, events: readonly MemberEvent[]) => stampAt(timeline, lastInstant(events) + 1)

export const burnsInParts = (most: number) =>
  fc.property(cases({ most }), fc.double({ min: 0, max: 1, noNaN: true }), ({ timeline, events }, where) => {
    const stamp = after(timeline, events)
    const before = livingThrough(timeline, [...events, { type: 'time.passed', stamp }])
    const active = before.assets.find((state) => state.asset === 'points')?.active ?? 0
    // The reward takes 5 to 60 points, in steps of 5.
    const units = Math.min(12, Math.floor(active / 5))
    if (units < 2) return
    const first = 1 + Math.floor(where * (units - 1.0001))
    if (stamp.version === null) return
    const burn = (name: string, points: number): MemberEvent[] => [
      {
        type: 'redemption.reserve',
        source: 'shop',
        id: `z-reserve-${name}`,
        stamp,
        redemption: name,
        reward: 'any',
        points,
        until: { at: stamp.at + 60_000, local: stamp.local + 60_000 },
        answer: null,
      },
      { type: 'redemption.confirm', source: 'shop', id: `z-confirm-${name}`, stamp, redemption: name, answer: null },
    ]
    const once = livingThrough(timeline, [...events, ...burn('whole', 5 * units)])
    const twice = livingThrough(timeline, [...events, ...burn('one', 5 * first), ...burn('two', 5 * (units - first))])
    expect(twice.assets).toEqual(once.assets)
  })

export const refundsInParts = (most: number) =>
  fc.property(
    cases({ most }),
    fc.nat(20),
    fc.array(fc.nat(1000), { minLength: 2, maxLength: 6 }),
    fc.nat(1000),
    ({ timeline, events }, which, weights, share) => {
      const orders = events.filter((event): event is OrderPaid => event.type === 'order.paid')
      const order = orders[which % Math.max(1, orders.length)]
      if (order === undefined) return
      const whole = Math.floor((order.lines.reduce((sum, line) => sum + line.total, 0) * share) / 1000)
      const stamp = after(timeline, events)
      const refund = (id: string, amount: number): RefundMade => ({
        type: 'refund.made',
        source: 'shop',
        id,
        stamp,
        order: order.order,
        lines: [],
        amount,
        by: 'shop',
      })
      const parts = prorate(whole, weights).map((amount, i) => refund(`z-part-${i}`, amount))
      const once = [...events, refund('z-whole', whole)]
      const split = [...events, ...parts]
      const [member, other] = [livingThrough(timeline, once), livingThrough(timeline, split)]
      const key = `shop/${order.order}`
      expect(givenOf(other, key)).toEqual(givenOf(member, key))
      const [onceMoved, splitMoved] = [refundEffects(timeline, once), refundEffects(timeline, split)]
      expect(netOf(other, splitMoved)).toEqual(netOf(member, onceMoved))
      // What was taken and given again on the way (a group's best changed), taken and returned in turns, or taken by a card, leaves
      // other lots.
      if (splitMoved.some(({ from, to }) => from === 'issued' || from === 'redeemed' || to === 'redeemed')) return
      expect(other.assets).toEqual(member.assets)
      expect(other.pending).toEqual(member.pending)
      expect(other.counts).toEqual(member.counts)
      expect(other.ladders.map((state) => state.level)).toEqual(member.ladders.map((state) => state.level))
    },
  )

/**
 * Which of its rules a shortfall is waived for depends on when what paid comes back, and on what rules had left to each other on the
 * way; how much it is in all does not.
 */
const givenOf = (member: Member, key: string) =>
  member.orders[key]?.given
    .filter(({ first, now }) => first > 0 || now > 0)
    .map(({ waived: _waived, ...given }) => given)

const otherMoney = fc.record({ shipping: fc.nat(600), tip: fc.nat(300), tax: fc.nat(3000) })

/** Shipping, tip and tax: any split of a refund equals one (AMT-3), and no rule that leaves them out gives less (REF-1). */
export const refundsOtherMoney = (most: number) =>
  fc.property(
    cases({ most }),
    fc.nat(20),
    fc.array(otherMoney, { maxLength: 5 }),
    ({ timeline, events }, which, parts) => {
      const orders = events.filter((event): event is OrderPaid => event.type === 'order.paid')
      const order = orders[which % Math.max(1, orders.length)]
      if (order === undefined) return
      const stamp = after(timeline, events)
      const refund = (id: string, other: OtherMoney): RefundMade => ({
        ...{
          type: 'refund.made',
          source: 'shop',
          id,
          stamp,
          order: order.order,
          lines: [],
          amount: 0,
          other,
          by: 'shop',
        },
      })
      const sumOf = (of: keyof OtherMoney) => parts.reduce((sum, part) => sum + part[of], 0)
      // Of one kind after another, as the whole one counts them: tax last.
      const kinds = (['shipping', 'tip', 'tax'] as const).flatMap((of) =>
        parts.map((part, i) => refund(`z-${of}-${i}`, { shipping: 0, tip: 0, tax: 0, [of]: part[of] })),
      )
      const whole = refund('z-whole', { shipping: sumOf('shipping'), tip: sumOf('tip'), tax: sumOf('tax') })
      const [once, split] = [
        livingThrough(timeline, [...events, whole]),
        livingThrough(timeline, [...events, ...kinds]),
      ]
      const given = (member: Member) => member.orders[`shop/${order.order}`]?.given ?? []
      expect(given(split)).toEqual(given(once))
      const before = given(livingThrough(timeline, events))
      for (const { program } of timeline) {
        const included = new Set(program.onOrder.flatMap((rule) => [...rule.include]))
        if (
          program.onOrder.some((rule) => rule.group) ||
          included.has('tax') ||
          included.has('shipping') ||
          included.has('tip')
        )
          return
      }
      expect(given(once).map(({ now }) => now)).toEqual(before.map(({ now }) => now))
    },
  )

const refundEffects = (timeline: Timeline, events: readonly MemberEvent[]): Move[] =>
  effectsOf(timeline, events).filter(
    (effect): effect is Move => effect.type === 'move' && effect.cause.startsWith('shop/z-'),
  )

/**
 * What a member has in hand and has let go, less what is owed and what was waived: the same on every path. Let go is also what
 * a card took that is for a level on the way.
 */
const netOf = (member: Member, moves: readonly Move[]) =>
  member.assets.map(({ asset, pending, active, held, debt }) => {
    const own = moves.filter((move) => move.asset === asset)
    const through = (account: Move['from']) =>
      own.reduce((sum, { from, to, amount }) => sum + (to === account ? amount : from === account ? -amount : 0), 0)
    const gone = through('expired') + through('forfeited') + through('redeemed')
    return [asset, pending + active + held - debt + gone + through('adjusted')]
  })

/** A refund that a person let count, against an order or alone, and that fails then, has moved nothing in the end (EVT-8). */
export const failsToNothing = (most: number) =>
  fc.property(cases({ most }), fc.nat(20), fc.nat(200), ({ timeline, events }, which, share) => {
    const { frozen, left, orders: known } = livingThrough(timeline, events)
    // A card that a refund has opened is filled again once the member is back (END-1).
    if (frozen || left !== null) return
    const orders = Object.keys(known)
    const orderKey = orders[which] ?? null
    const stamp = after(timeline, events)
    const common = { source: 'shop', stamp: { ...stamp } }
    const staff = { source: 'staff', actor: 'staff-1', reason: 'property' }
    const later = (ms: number) => stampAt(timeline, stamp.at + ms)
    const history: MemberEvent[] = [
      ...events,
      { ...common, type: 'refund.made', id: 'z-back', order: null, lines: [], amount: 50 * share, by: 'member' },
      {
        ...staff,
        type: 'refund.accepted',
        id: 'z-accept',
        stamp: later(1),
        refund: 'shop/z-back',
        name: 'shop/z-back',
        waited: false,
        orderKey,
        amount: 50 * share,
      },
      { ...common, type: 'refund.failed', id: 'z-failed', stamp: later(2), order: null, refund: 'z-back' },
    ]
    const moved = new Map<string, number>()
    for (const effect of effectsOf(timeline, history)) {
      // What a card that opened again did with its points meanwhile is the card's own affair (REF-5); what levels give comes
      // and goes with them, and a level may be risen to on the way back that was jumped over on the way there (TIER-7).
      if (effect.type !== 'move' || !/^(shop|staff)\/z-/.test(effect.cause)) continue
      if (effect.rule.startsWith('card:') || effect.rule.startsWith('entry:')) continue
      for (const [account, amount] of [
        [effect.to, effect.amount],
        [effect.from, -effect.amount],
      ] as const) {
        if (account !== 'issued' && account !== 'adjusted' && account !== 'redeemed') continue
        moved.set(`${effect.asset} ${account}`, (moved.get(`${effect.asset} ${account}`) ?? 0) + amount)
      }
    }
    expect([...moved].filter(([, amount]) => amount !== 0)).toEqual([])
    const given = (told: readonly MemberEvent[]) =>
      Object.values(livingThrough(timeline, told).orders).map((record) => record.given)
    expect(given(history).map((all) => all.map(({ now, waived }) => [now, waived]))).toEqual(
      given(events).map((all) => all.map(({ now, waived }) => [now, waived])),
    )
  })
