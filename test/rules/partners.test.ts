import type { Audience, MemberEvent, Partner, Program, Reward, Timeline } from '@laurel/engine'
import { expect, test } from 'vitest'
import {
  burn,
  dayNumber,
  line,
  on,
  paid,
  redeem,
  refund,
  refundOfLine,
  reserve,
  returnVoucher,
} from '../vectors/history-builder.ts'
import { earning, everyone, program, reward, timelineOf } from '../vectors/program-builder.ts'
import { balanceOf, effectsOf, heldBy, issuedNet, live, ofType, permutations } from '../vectors/reading.ts'

const settles = { asset: 'points', amount: 100, minor: 80 }
const partner = (id: string, parts: Partial<Partner> = {}): [string, Partner] => [
  id,
  { id, name: {}, settles, earn: true, burn: true, ...parts },
]
const place = (of: string | null) => ({ zone: 'UTC', name: {}, partner: of })
const street = (parts: Partial<Program> = {}): Timeline =>
  timelineOf(
    program({
      onOrder: [earning()],
      partners: new Map([partner('bakery'), partner('cinema'), partner('kiosk', { settles: null })]),
      places: new Map([
        ['bread', place('bakery')],
        ['film', place('cinema')],
        ['papers', place('kiosk')],
        ['ours', place(null)],
      ]),
      ...parts,
    }),
  )
const buys = (order: string, at: string, amount: number, where: string | null, redemption?: string): MemberEvent => {
  const payments = redemption === undefined ? undefined : [{ by: 'points' as const, amount, redemption }]
  return { ...paid(order, on(at), amount, payments ? { payments } : {}), place: where }
}
/** What each partner stands for: below zero it owes the program for what was earned, above zero it is owed. */
function standing(timeline: Timeline, ...events: MemberEvent[]) {
  const effects = live(timeline, events).decisions.flatMap((decision) => decision.effects)
  return { bakery: heldBy('partner:bakery', effects), cinema: heldBy('partner:cinema', effects) }
}
const day = '2026-03-01T10:00'

test('PART-1 what is earned at a partner’s place is paid for by the partner, and back by its refund', () => {
  const order = buys('o1', day, 10_000, 'bread')
  expect(standing(street(), order)).toEqual({ bakery: -100, cinema: 0 })
  expect(standing(street(), order, refund('r1', 'o1', on('2026-03-02'), 3_000))).toEqual({ bakery: -70, cinema: 0 })
  expect(standing(street(), order, refund('r1', 'o1', on('2026-03-02'), 10_000))).toEqual({ bakery: 0, cinema: 0 })
  const { member, decisions } = live(street(), [order])
  expect(balanceOf(member).active).toBe(100)
  // Of the program's own issue nothing is left: the partner has paid for it.
  expect(issuedNet(decisions.flatMap(({ effects }) => effects))).toBe(0)
})

test.each([
  ['a place of the program’s own', 'ours'],
  ['no place', null],
  ['a partner with whom nothing is settled', 'papers'],
])('PART-1 of %s nothing is settled', (_title, where) => {
  expect(standing(street(), buys('o1', day, 10_000, where))).toEqual({ bakery: 0, cinema: 0 })
})

test('PART-1 an order that is edited to another partner’s place is the other one’s', () => {
  const edited = { ...buys('o1', '2026-03-02', 12_000, 'film'), type: 'order.edited', id: 'e1' } as MemberEvent
  expect(standing(street(), buys('o1', day, 10_000, 'bread'), edited)).toEqual({ bakery: 0, cinema: -120 })
})

test('PART-1 points that pay at a partner’s place are the partner’s, whichever comes first, and go back with the refund', () => {
  const earned = buys('o1', day, 50_000, 'ours')
  const [held, confirmed] = burn('r1', on('2026-03-02'), 200)
  const order = buys('o2', '2026-03-02', 2_000, 'film', 'r1')
  if (!held || !confirmed) throw new Error('a burn is two requests')
  for (const events of permutations([held, order, confirmed])) {
    if (events.indexOf(held) > events.indexOf(confirmed)) continue
    expect(standing(street(), earned, ...events)).toEqual({ bakery: 0, cinema: 200 })
  }
  const events = [earned, held, confirmed, order]
  expect(standing(street(), ...events, refund('b1', 'o2', on('2026-03-05'), 500))).toEqual({ bakery: 0, cinema: 150 })
  const effects = effectsOf(street(), [...events, refund('b1', 'o2', on('2026-03-05'), 2_000)])
  expect([heldBy('partner:cinema', effects), heldBy('redeemed', effects)]).toEqual([0, 0])
})

test('PART-1 a reservation that nobody confirms is settled with nobody', () => {
  const earned = buys('o1', day, 50_000, 'ours')
  const order = buys('o2', '2026-03-02', 2_000, 'film', 'r1')
  expect(standing(street(), earned, reserve('r1', on('2026-03-02'), 200), order)).toEqual({ bakery: 0, cinema: 0 })
})

test('PART-1 the price of a partner’s own reward goes to the partner, and back with the voucher', () => {
  const only: Audience = { ...everyone, partners: ['cinema'] }
  const film: Reward = reward('film', {
    audience: only,
    price: { type: 'fixed', asset: 'points', choices: [{ audience: everyone, amount: 90 }] },
  })
  const timeline = street({ rewards: new Map([['film', film]]) })
  const events = [buys('o1', day, 50_000, 'ours'), ...redeem('r1', 'film', on('2026-03-02'))]
  const { member, decisions } = live(timeline, events)
  expect(decisions.flatMap(({ effects }) => effects).filter(({ type }) => type === 'refused')).toEqual([])
  expect(balanceOf(member).active).toBe(410)
  expect(standing(timeline, ...events)).toEqual({ bakery: 0, cinema: 90 })
  const back = returnVoucher('v1', 'r1', on('2026-03-03'))
  expect(standing(timeline, ...events, back)).toEqual({ bakery: 0, cinema: 0 })
})

test('PART-1 twenty small refunds settle what one large one does (AMT-3)', () => {
  const order = { ...paid('o1', on(day), [line('a', 10_000), line('b', 3_333)]), place: 'bread' }
  const small = Array.from({ length: 20 }, (_, n) =>
    refund(`r${n}`, 'o1', on(`2026-03-0${2 + Math.floor(n / 10)}`), 500),
  )
  const one = standing(street(), order, refundOfLine('r', 'o1', on('2026-03-02'), 'a'))
  expect(one).toEqual({ bakery: -33, cinema: 0 })
  const many = standing(street(), order, ...small.toSorted((a, b) => a.stamp.at - b.stamp.at || (a.id < b.id ? -1 : 1)))
  expect(many.bakery).toBe(-33)
})

test('PART-1 an order that paid with a redemption nobody asks for is remembered as long as a late fact may come', () => {
  const ahead = (...events: MemberEvent[]) =>
    live(street(), events).member.paidAhead?.map(({ redemption, on: paidOn }) => [
      redemption,
      paidOn - dayNumber(day.slice(0, 10)),
    ])
  const early = [buys('o1', day, 100, 'bread', 'r1'), buys('o2', '2026-03-31T10:00', 100, 'film', 'r2')]
  expect(ahead(...early)).toEqual([
    ['r1', 0],
    ['r2', 30],
  ])
  expect(ahead(...early, buys('o3', '2026-04-01T10:00', 100, 'film', 'r3'))).toEqual([
    ['r2', 30],
    ['r3', 31],
  ])
  const erased: MemberEvent = {
    ...{
      type: 'member.erased',
      source: 'staff',
      id: 'erased',
      stamp: on('2026-04-02'),
      actor: 'staff-1',
      reason: 'asked',
    },
  }
  expect(ahead(...early, erased)).toBeUndefined()
})

test('PART-1 RED-7 what a member has given to a charity is no partner’s, wherever an order names it as its payment', () => {
  const price = { type: 'fixed', asset: 'points', choices: [{ audience: everyone, amount: 50 }] } as const
  const cause: Reward = reward('cause', { kind: { type: 'donation', charity: 'trees', minor: null }, price })
  const timeline = street({
    rewards: new Map([[cause.id, cause]]),
    charities: new Map([['trees', { id: 'trees', name: {}, impact: null }]]),
  })
  const earned = buys('o1', day, 10_000, 'ours')
  const gift = redeem('r1', 'cause', on('2026-03-02'))
  const named = buys('o2', '2026-03-03', 50, 'bread', 'r1')
  expect(standing(timeline, earned, ...gift, named)).toEqual({ bakery: 0, cinema: 0 })
  const before = { ...named, stamp: on('2026-03-01T12:00') } as MemberEvent
  expect(standing(timeline, earned, before, ...gift)).toEqual({ bakery: 0, cinema: 0 })
})

test('PART-1 points that pay where the partner takes none are settled with nobody, and the answer says so', () => {
  const closed = street({ partners: new Map([partner('bakery', { burn: false }), partner('cinema')]) })
  const earned = buys('o1', day, 50_000, 'ours')
  const order = buys('o2', '2026-03-03', 200, 'bread', 'r1')
  const history = [earned, ...burn('r1', on('2026-03-02'), 200), order]
  expect(standing(closed, ...history)).toEqual({ bakery: 0, cinema: 0 })
  expect(ofType(effectsOf(closed, history), 'not-settled')).toEqual([
    { type: 'not-settled', redemption: 'r1', partner: 'bakery', asset: 'points', amount: 200 },
  ])
  // Where they are settled, and at a place of the program's own, there is nothing to say.
  for (const where of ['film', 'ours']) {
    const paidThere = [earned, ...burn('r1', on('2026-03-02'), 200), buys('o2', '2026-03-03', 200, where, 'r1')]
    expect(ofType(effectsOf(closed, paidThere), 'not-settled')).toEqual([])
  }
})
