import type { AwardingRule, MemberEvent, OrderPaid, Program } from '@laurel/engine'
import { describe, expect, test } from 'vitest'
import { dayNumber, on, paid, refund, tick, useVoucher } from '../vectors/history-builder.ts'
import { cardOf, days, earning, everyone, points, program, reward, timelineOf } from '../vectors/program-builder.ts'
import { answersOf, balanceOf, live, permutations, replayed } from '../vectors/reading.ts'

const ofFive = { id: 'gift-card', parts: { kind: { type: 'gift-card', minor: 2500 } } } as const

/** 500 spent give a gift card over 25.00, good for thirty days. */
const club = (parts: Partial<Program> = {}) =>
  timelineOf(
    program({
      assets: [points({ id: 'spent' })],
      onOrder: [earning({ id: 'count', asset: 'spent' })],
      rewards: new Map([
        [ofFive.id, reward(ofFive.id, { ...ofFive.parts, expiry: { type: 'life', life: days(30), endOf: null } })],
      ]),
      cards: new Map([
        ['big', cardOf('big', 500, { asset: 'spent', awards: [{ type: 'reward', reward: ofFive.id }] })],
      ]),
      ...parts,
    }),
  )

const order = paid('o1', on('2026-03-01T09:00'), 50_000)
const pay = (id: string, day: string, amount: number, voucher = 'card/big/1') =>
  useVoucher(id, voucher, on(`${day}T10:00`), { order: 'o2', amount })
const back = refund('r1', 'o1', on('2026-03-03T09:00'), 50_000)
const failed: MemberEvent = {
  ...{ type: 'refund.failed', source: 'shop', id: 'f1', stamp: on('2026-03-04T09:00'), order: 'o1', refund: 'r1' },
}
/** What the card paid, and that it goes back. */
const bought: OrderPaid = {
  ...paid('o2', on('2026-03-05T09:00'), 100, { payments: [{ by: 'gift-card', amount: 100 }] }),
}
const notBought: MemberEvent = {
  ...{ type: 'order.cancelled', source: 'shop', id: 'c2', stamp: on('2026-03-06T09:00'), order: 'o2', by: 'shop' },
}

/** What is on the card, active and owed. */
function standing(events: readonly MemberEvent[], timeline = club(), voucher = 'card/big/1') {
  const { member } = live(timeline, events)
  const { active, debt } = balanceOf(member, 'spent')
  const { left, status } = [...(member.vouchers ?? []), ...Object.values(member.closed ?? {})].find(
    ({ id }) => id === voucher,
  ) ?? { left: null, status: null }
  return { left, status, active, debt }
}

describe('REF-5 STAMP-1 a gift card that was used in part before what filled it is given back', () => {
  const used = pay('u1', '2026-03-02', 100)

  test('loses what is left on it, and only the share that was used is owed', () => {
    expect(standing([order, used])).toEqual({ left: 2400, status: 'open', active: 0, debt: 0 })
    expect(standing([order, used, back])).toEqual({ left: 0, status: 'open', active: 0, debt: 20 })
    const { decisions } = live(club(), [order, used, back, pay('u2', '2026-03-03', 2400)])
    expect(answersOf(decisions).at(-1)).toEqual({ granted: false, refusal: { code: 'short', shortBy: 2400 } })
  })

  test('owes nothing for less than the smallest unit', () => {
    expect(standing([order, pay('u1', '2026-03-02', 4), back])).toMatchObject({ left: 0, debt: 0 })
    expect(standing([order, pay('u1', '2026-03-02', 5), back])).toMatchObject({ left: 0, debt: 1 })
  })

  test('gives back all but that share, and what of it nobody asks for waits to fill it again', () => {
    const half = refund('r1', 'o1', on('2026-03-03T09:00'), 10_000)
    expect(standing([order, used, half])).toEqual({ left: 0, status: 'open', active: 380, debt: 0 })
  })

  test('has it again where the refund fails, and as soon as so much is there again, before the next is filled', () => {
    expect(standing([order, used, back, failed])).toEqual({ left: 2400, status: 'open', active: 0, debt: 0 })
    const more = paid('o3', on('2026-03-08T09:00'), 70_000)
    expect(standing([order, used, back, more])).toEqual({ left: 2400, status: 'open', active: 200, debt: 0 })
    const { member } = live(club(), [order, used, back, more, failed])
    expect(member.vouchers?.map(({ id, left }) => [id, left])).toEqual([
      ['card/big/1', 2400],
      ['card/big/2', 2500],
    ])
    expect(member.cards?.[0]?.filled.map(({ cameBack }) => cameBack)).toEqual([undefined, undefined])
  })

  test('owes nothing any more once what it paid goes back', () => {
    expect(standing([order, used, back, bought, notBought])).toMatchObject({ left: 0, active: 0, debt: 0 })
    expect(standing([order, used, bought, notBought, { ...back, stamp: on('2026-03-07') }])).toMatchObject({
      ...{ left: 0, active: 0, debt: 0 },
    })
  })

  test('does not lapse while it may come again, and is then as good as a new one', () => {
    const later = { ...failed, stamp: on('2026-04-20T09:00') } as MemberEvent
    const { member } = live(club(), [order, used, back, tick(on('2026-04-10')), later])
    expect(member.vouchers).toMatchObject([{ left: 2400, lastDay: dayNumber('2026-05-20') }])
  })

  test('comes out the same in whichever order the facts arrive', () => {
    const { member: told, decisions } = live(club(), [order, used, back, failed])
    const answered = { ...used, answer: decisions[1]?.answer ?? null }
    for (const facts of permutations<MemberEvent>([order, back, failed])) {
      expect(replayed(club(), [...facts, answered], told).member).toEqual(told)
    }
  })
})

test('EVT-2 RED-5 what has lapsed on a gift card that was awarded, and what came back, comes about again in a replay', () => {
  const bought = paid('o2', on('2026-03-02T11:00'), 100, { payments: [{ by: 'gift-card', amount: 100 }] })
  const used = pay('u1', '2026-03-02', 100)
  const [lapses, notBought] = [tick(on('2026-04-10')), refund('r2', 'o2', on('2026-04-11T09:00'), 100)]
  const { member: told, decisions } = live(club(), [order, used, bought, lapses, notBought])
  expect(told.vouchers).toMatchObject([{ left: 100, lapsed: 2400, lastDay: dayNumber('2026-05-11') }])
  const answered = { ...used, answer: decisions[1]?.answer ?? null }
  const again = replayed(club(), [order, answered, bought, notBought], told).member
  expect(again.vouchers).toEqual(told.vouchers)
})

describe('REF-5 a gift card that a rule gave and that was used in part', () => {
  const rule: AwardingRule = {
    ...{
      id: 'treat',
      audience: everyone,
      when: null,
      lines: null,
      during: null,
      caps: [],
      budget: null,
      holdout: null,
    },
    ...{ group: null, exclusive: false },
    awards: [
      { type: 'reward', reward: ofFive.id },
      { type: 'amount', asset: 'spent', amount: 7 },
    ],
  }
  const timeline = club({
    onOrder: [],
    cards: new Map(),
    awardsOn: { order: [rule], activity: new Map(), occasion: new Map() },
  })
  const voucher = 'rule/treat/shop/o1'
  const used = pay('u1', '2026-03-02', 100, voucher)
  const stands = (...events: readonly MemberEvent[]) => standing([order, used, ...events], timeline, voucher)

  test('loses what is left on it with all else that the rule gave; nothing is owed for the rest, which had no price', () => {
    expect(stands()).toEqual({ left: 2400, status: 'open', active: 7, debt: 0 })
    expect(stands(back)).toEqual({ left: 0, status: 'open', active: 0, debt: 0 })
    expect(stands(back, bought, notBought)).toMatchObject({ left: 0 })
  })

  test('has it again where the refund fails, what it paid and got back included', () => {
    expect(stands(back, failed)).toEqual({ left: 2400, status: 'open', active: 7, debt: 0 })
    const late = { ...failed, stamp: on('2026-03-08T09:00') } as MemberEvent
    expect(stands(back, bought, notBought, late)).toMatchObject({ left: 2500, active: 7 })
  })

  test('keeps all of it where nothing is left on the card: that was enjoyed', () => {
    const all = pay('u2', '2026-03-02', 2400, voucher)
    expect(stands(all, back)).toEqual({ left: 0, status: 'used', active: 7, debt: 0 })
  })
})
