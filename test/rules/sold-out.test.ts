import {
  Allowance,
  type Award,
  type Effect,
  type Grant,
  type MemberEvent,
  noticesDue,
  replay,
  toldBy,
} from '@laurel/engine'
import { canonicalText } from '@laurel/ledger'
import { describe, expect, test } from 'vitest'
import { mergeOf, on, paid, refund, tick } from '../vectors/history-builder.ts'
import { level, program, reward, standing, timelineOf } from '../vectors/program-builder.ts'
import { balanceOf, live, ofType } from '../vectors/reading.ts'

const mug = reward('mug', { kind: { type: 'product', sku: 'MUG' }, stock: 3 })
const entry: Award[] = [
  { type: 'reward', reward: 'mug' },
  { type: 'amount', asset: 'points', amount: 200 },
]
const ladders = [standing(50_000, { levels: [level('silver', 0), level('gold', 50_000, { entry })] })]
const timeline = timelineOf(program({ onOrder: [], rewards: new Map([[mug.id, mug]]), ladders }))

const granted = <Event extends MemberEvent>(event: Event, ...grants: Grant[]): Event => ({ ...event, grants })
const piece = (amount: number): Grant => ({ room: 'stock/mug', amount })
const taken = (effects: readonly Effect[]) => ofType(effects, 'room').map(({ room, change }) => [room, change])
const soldOut = (effects: readonly Effect[]) => ofType(effects, 'sold-out').map(({ rule, reward }) => [rule, reward])
const lifted = paid('o1', on('2026-03-01'), 50_000)
const undone = refund('r1', 'o1', on('2026-03-02'), 50_000)
const again = paid('o2', on('2026-04-01'), 50_000)
const award = 'entry/standing/gold'

describe('EARN-5 RED-3 an award takes of the stock of its reward', () => {
  test('as much as it gives, which a refund that takes it back gives back', () => {
    const { decisions } = live(timeline, [lifted, undone])
    expect(decisions.map(({ effects }) => taken(effects))).toEqual([[['stock/mug', 1]], [['stock/mug', -1]]])
  })

  test('and where none is left it is not given, and says so; what else is awarded is', () => {
    const { member, decisions } = live(timeline, [granted(lifted, piece(0))])
    const effects = decisions[0]?.effects ?? []
    expect([member.vouchers, balanceOf(member).active]).toEqual([undefined, 200])
    expect([taken(effects), soldOut(effects)]).toEqual([[], [['entry:gold', 'mug']]])
    expect(member.missed).toEqual([{ id: award, reward: 'mug', on: on('2026-03-01').local }])
  })

  test('nor later, under the same name; a refund takes what else it gave', () => {
    const missed = granted(lifted, piece(0))
    const { member, decisions } = live(timeline, [missed, granted(undone), granted(again, piece(1))])
    expect(balanceOf(decisions[1]?.member ?? member).active).toBe(0)
    expect([member.vouchers, balanceOf(member).active]).toEqual([undefined, 200])
    expect(soldOut(decisions[2]?.effects ?? [])).toEqual([['entry:gold', 'mug']])
  })

  test('one that was taken back asks anew when it comes again', () => {
    const { member, decisions } = live(timeline, [lifted, undone, granted(again)])
    expect(member.vouchers).toBeUndefined()
    expect(soldOut(decisions[2]?.effects ?? [])).toEqual([['entry:gold', 'mug']])
  })

  test('by time as by an event (TIME-4)', () => {
    const atEnd = [standing(50_000, { ...ladders[0], rise: 'period-end' })]
    const yearly = timelineOf(program({ onOrder: [], rewards: new Map([[mug.id, mug]]), ladders: atEnd }))
    const january = tick(on('2027-01-02'))
    const given = live(yearly, [lifted, { ...january, grants: [piece(1)] }])
    expect([given.member.vouchers?.length, taken(given.decisions[1]?.effects ?? [])]).toEqual([1, [['stock/mug', 1]]])
    const missed = live(yearly, [lifted, { ...january, grants: [] }])
    expect([missed.member.vouchers, missed.member.missed?.length]).toEqual([undefined, 1])
  })

  test('LOT-7 the member is told for a month', () => {
    const { member } = live(timeline, [granted(lifted, piece(0))])
    const keysOn = (date: string) => noticesDue(timeline, member, on(date).local).map(({ key }) => key)
    expect(keysOn('2026-03-31')).toEqual([`award-sold-out/${award}`])
    expect(keysOn('2026-04-01')).toEqual([])
  })
})

test('RED-3 codes that are uploaded are taken by an award as pieces of stock are', () => {
  const coded = timelineOf(
    program({ onOrder: [], rewards: new Map([['mug', reward('mug', { codes: 'uploaded' })]]), ladders }),
  )
  const { decisions } = live(coded, [lifted, undone])
  expect(decisions.map(({ effects }) => taken(effects))).toEqual([[['codes/mug', 1]], [['codes/mug', -1]]])
  const missed = live(coded, [granted(lifted)])
  expect(soldOut(missed.decisions[0]?.effects ?? [])).toEqual([['entry:gold', 'mug']])
})

describe('EVT-2 what an award came to is an answer', () => {
  const histories: readonly (readonly [string, readonly MemberEvent[]])[] = [
    ['given', [granted(lifted, piece(1))]],
    ['not given', [granted(lifted, piece(0))]],
    ['given, taken back and given again', [granted(lifted, piece(1)), granted(undone), granted(again, piece(1))]],
    ['given, taken back and then not given', [granted(lifted, piece(1)), granted(undone), granted(again, piece(0))]],
    ['not given, although there is one later', [granted(lifted, piece(0)), granted(undone), granted(again, piece(1))]],
  ]
  test.each(histories)('a replay gives what was %s', (_, events) => {
    const { member, decisions } = live(timeline, events)
    const allowance = new Allowance([])
    const recorded = events.filter((event) => event.type !== 'time.passed')
    const told = replay(timeline, recorded, null, toldBy(decisions.flatMap(({ effects }) => effects)), { allowance })
    expect(told.member).toEqual(member)
    // What was announced comes first.
    const sorted = (effects: readonly Effect[]) => effects.map((effect) => canonicalText(effect)).sort()
    expect(told.decisions.map(({ effects }) => sorted(effects))).toEqual(
      decisions.map(({ effects }) => sorted(effects)),
    )
    expect(allowance.asked).toEqual([])
  })

  test('a late fact takes nothing from whoever has it, and what is new with it takes what it may', () => {
    // The order that comes late is the one that lifts; the one that did has its voucher by then.
    const first = granted(lifted, piece(1))
    const late = paid('o0', on('2026-02-01'), 50_000)
    const { member } = live(timeline, [first])
    const honoured = replay(timeline, [first, late], null, member, { allowance: new Allowance([]) }).member
    expect(honoured.vouchers).toMatchObject([{ id: award, status: 'open' }])

    const small = granted(paid('o1', on('2026-03-01'), 100))
    const before = live(timeline, [small]).member
    const madeWith = (allowance: Allowance) => replay(timeline, [small, late], null, before, { allowance }).member
    const asked = new Allowance(null)
    expect([madeWith(asked).vouchers?.length, asked.asked]).toEqual([1, [piece(1)]])
    expect(madeWith(new Allowance([piece(1)])).vouchers).toHaveLength(1)
    expect([madeWith(new Allowance([])).vouchers, madeWith(new Allowance([])).missed?.length]).toEqual([undefined, 1])
  })

  test('MRG-1 the past of a member that has gone takes nothing new where it is counted', () => {
    const merged = mergeOf(on('2026-03-05'), granted(paid('o1', on('2026-03-01'), 100)))
    const late = { ...paid('o0', on('2026-02-01'), 50_000), via: 'ben' }
    const before = live(timeline, [merged]).member
    const madeWith = (allowance: Allowance) => replay(timeline, [merged, late], null, before, { allowance }).member
    const one = new Allowance([piece(1)])
    expect([madeWith(one).vouchers, one.asked]).toEqual([undefined, []])
    expect(madeWith(new Allowance(null)).vouchers).toHaveLength(1)
  })
})
