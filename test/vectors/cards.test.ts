import type { Asset, Card, MemberEvent, RefundMade, Timeline, VoucherUseAsked } from '@laurel/engine'
import { expect, test } from 'vitest'
import { line, on, paid, refund } from './history-builder.ts'
import { cardOf, earning, points, program, reward, timelineOf } from './program-builder.ts'
import { balanceOf, live, vouchersOf } from './reading.ts'

const stamps: Asset = points({ id: 'stamps', kind: 'stamps' })
const nothing = { pending: 0, active: 0, held: 0, debt: 0 }

const card = (parts: Partial<Card> = {}): Card =>
  cardOf('coffee', 10, { asset: 'stamps', awards: [{ type: 'reward', reward: 'free-coffee' }], ...parts })

/** One stamp for each item, ten stamps for a free coffee. */
const coffee = (parts: Partial<Card> = {}): Timeline => {
  const rewards = new Map([['free-coffee', reward('free-coffee')]])
  const onOrder = [earning({ asset: 'stamps', per: { type: 'item' } })]
  return timelineOf(program({ assets: [stamps], onOrder, rewards, cards: new Map([['coffee', card(parts)]]) }))
}

const buys = (order: string, date: string, items: number) =>
  paid(order, on(date), [line('cups', items * 300, { quantity: items })])

const givesBack = (order: string, date: string, items: number): RefundMade => ({
  ...refund(`back-${order}`, order, on(date), 0),
  lines: [{ line: 'cups', quantity: items, amount: null }],
})

const uses = (voucher: string, date: string): VoucherUseAsked => ({
  type: 'voucher.use',
  source: 'shop',
  id: `use-${voucher}`,
  stamp: on(date),
  voucher,
  orderKey: null,
  basket: null,
  amount: null,
  answer: null,
})

/** Stamps, and what has become of each voucher. */
function after(timeline: Timeline, events: readonly MemberEvent[]) {
  const { member } = live(timeline, events)
  return {
    stamps: balanceOf(member, 'stamps'),
    vouchers: vouchersOf(member),
  }
}

test('vector 8: STAMP-1 REF-5 a card of ten and twelve items: one reward, and two stamps', () => {
  expect(after(coffee(), [buys('o1', '2026-03-01T09:00', 12)])).toEqual({
    stamps: { ...nothing, active: 2 },
    vouchers: ['card/coffee/1 open'],
  })
})

test('vector 8: STAMP-1 REF-5 three items returned, reward unused: it is revoked, nine stamps', () => {
  const events = [buys('o1', '2026-03-01T09:00', 12), givesBack('o1', '2026-03-02T09:00', 3)]
  expect(after(coffee(), events)).toEqual({
    stamps: { ...nothing, active: 9 },
    vouchers: ['card/coffee/1 revoked'],
  })
})

test('vector 8: STAMP-1 REF-5 three items returned, reward used: one stamp is owed, and the next ones repay it', () => {
  const events = [
    buys('o1', '2026-03-01T09:00', 12),
    uses('card/coffee/1', '2026-03-01T10:00'),
    givesBack('o1', '2026-03-02T09:00', 3),
  ]
  expect(after(coffee(), events)).toEqual({ stamps: { ...nothing, debt: 1 }, vouchers: ['card/coffee/1 used'] })
  expect(after(coffee(), [...events, buys('o2', '2026-03-03T09:00', 12)])).toEqual({
    stamps: { ...nothing, active: 1 },
    vouchers: ['card/coffee/1 used', 'card/coffee/2 open'],
  })
})

test('STAMP-1 one order fills as many cards as it can', () => {
  expect(after(coffee(), [buys('o1', '2026-03-01T09:00', 37)])).toEqual({
    stamps: { ...nothing, active: 7 },
    vouchers: ['card/coffee/1 open', 'card/coffee/2 open', 'card/coffee/3 open'],
  })
})
