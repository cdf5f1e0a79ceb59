import type { Gifting, MemberEvent, RequestAnswer, Timeline } from '@laurel/engine'
import { describe, expect, test } from 'vitest'
import { burn, dayNumber, on, paid, refund, tick } from '../vectors/history-builder.ts'
import { days, earning, points, program, timelineOf } from '../vectors/program-builder.ts'
import { answersOf, balanceOf, heldBy, live, lotsOf, ofType, replayed } from '../vectors/reading.ts'

const gifting: Gifting = { least: 10, most: 200, each: 'month' }
const sharing = (parts: Partial<Gifting> | null = {}): Timeline =>
  timelineOf(
    program({
      assets: [
        points({ expiry: { type: 'life', life: days(30), endOf: null }, gifting: parts && { ...gifting, ...parts } }),
      ],
      onOrder: [earning()],
    }),
  )
const give = (id: string, at: string, amount: number, answer: RequestAnswer | null = null): MemberEvent => ({
  ...{ type: 'gift.send', source: 'laurel', id, stamp: on(at), to: 'ada', asset: 'points', amount, answer },
})
/** What the giver sent, as the receiver gets it. */
const receive = (timeline: Timeline, events: readonly MemberEvent[], at: string): MemberEvent[] =>
  live(timeline, events)
    .decisions.flatMap(({ effects }) => ofType(effects, 'send'))
    .flatMap(({ id, event }) =>
      event.type === 'gift.received'
        ? [{ ...event, from: 'ben', source: 'laurel', id: `ben/${id}`, stamp: on(at) }]
        : [],
    )
const [jan, feb] = ['2026-01-10', '2026-02-05']

describe('GIFT-1 points from one member to another', () => {
  test('leave the giver at once, stand in transit, and keep their ends with the receiver', () => {
    const timeline = sharing()
    const giver = [paid('o1', on(jan), 6_000), paid('o2', on('2026-01-20'), 8_000), give('g1', '2026-01-25', 100)]
    const { member, decisions } = live(timeline, giver)
    expect(balanceOf(member)).toEqual({ pending: 0, active: 40, held: 0, debt: 0 })
    expect(
      heldBy(
        'transit',
        decisions.flatMap(({ effects }) => effects),
      ),
    ).toBe(100)
    const received = live(timeline, receive(timeline, giver, '2026-01-26'))
    expect(lotsOf(received.member)).toEqual([
      { priority: 0, lastDay: dayNumber('2026-02-09'), amount: 60 },
      { priority: 0, lastDay: dayNumber('2026-02-19'), amount: 40 },
    ])
    expect(
      heldBy(
        'transit',
        received.decisions.flatMap(({ effects }) => effects),
      ),
    ).toBe(-100)
  })

  test('lapse with the receiver on the day on which they would have lapsed with the giver', () => {
    const timeline = sharing()
    const giver = [paid('o1', on(jan), 10_000), give('g1', '2026-01-25', 100)]
    const late = live(timeline, [...receive(timeline, giver, '2026-02-20'), tick(on('2026-02-20'))]).member
    expect(balanceOf(late).active).toBe(0)
  })

  test('repay what the receiver owes first (REF-3)', () => {
    const timeline = sharing()
    const giver = [paid('o1', on(jan), 10_000), give('g1', '2026-01-25', 100)]
    const debtor = [
      paid('o2', on(jan), 3_000),
      ...burn('b1', on('2026-01-11'), 30),
      refund('r1', 'o2', on('2026-01-12'), 3_000),
    ]
    const { member } = live(timeline, [...debtor, ...receive(timeline, giver, '2026-01-26')])
    expect(balanceOf(member)).toEqual({ pending: 0, active: 70, held: 0, debt: 0 })
  })

  test.each<[string, Timeline, number, object]>([
    ['where the program does not let members give', sharing(null), 50, { code: 'not-giftable', shortBy: null }],
    ['below the least', sharing(), 9, { code: 'below-least', shortBy: 1 }],
    ['beyond what one may give in a month', sharing({ most: 40 }), 50, { code: 'limit-reached', shortBy: null }],
    ['beyond what is there', sharing(), 120, { code: 'short', shortBy: 20 }],
  ])('are refused %s', (_title, timeline, amount, refusal) => {
    const { decisions } = live(timeline, [paid('o1', on(jan), 10_000), give('g1', '2026-01-25', amount)])
    expect(answersOf(decisions)).toEqual([{ granted: false, refusal }])
    expect(decisions.flatMap(({ effects }) => ofType(effects, 'send'))).toEqual([])
  })

  test('are counted by the calendar of the giver, and the room is back in the next month', () => {
    const timeline = sharing({ most: 60 })
    const gifts = [give('g1', '2026-01-25', 50), give('g2', '2026-01-26', 20), give('g3', feb, 60)]
    const { decisions } = live(timeline, [paid('o1', on(jan), 20_000), ...gifts])
    expect(answersOf(decisions).map(({ granted }) => granted)).toEqual([true, false, true])
  })

  test('stay given when a late refund says they were not there: the giver owes them (EVT-2)', () => {
    const timeline = sharing()
    const granted: RequestAnswer = { granted: true, asset: 'points', amount: 100 }
    const events = [paid('o1', on(jan), 10_000), refund('r1', 'o1', on('2026-01-12'), 10_000)]
    const { member } = replayed(timeline, [...events, give('g1', '2026-01-25', 100, granted)])
    expect(balanceOf(member)).toEqual({ pending: 0, active: 0, held: 0, debt: 100 })
  })

  test('come back to the lots they came from when nobody is there to receive them', () => {
    const timeline = sharing()
    const giver = [paid('o1', on(jan), 10_000), give('g1', '2026-01-25', 100)]
    const [sent] = live(timeline, giver).decisions.flatMap(({ effects }) => ofType(effects, 'send'))
    if (!sent || !('gift' in sent.event)) throw new Error('nothing was sent')
    const { gift, asset, parts } = sent.event
    const back: MemberEvent = {
      ...{ type: 'gift.returned', source: 'laurel', id: 'back', stamp: on('2026-01-27') },
      gift,
      asset,
      parts,
    }
    const { member } = live(timeline, [...giver, back])
    expect(lotsOf(member)).toEqual([{ priority: 0, lastDay: dayNumber('2026-02-09'), amount: 100 }])
  })
})
