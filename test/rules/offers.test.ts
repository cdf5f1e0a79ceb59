import type { Goal, MemberEvent, Offer, Program, Receipt, Timeline } from '@laurel/engine'
import { offerProgressOf } from '@laurel/engine'
import { describe, expect, test } from 'vitest'
import { goal, offer } from '../vectors/goal-builder.ts'
import { line, on, paid, refund, useVoucher } from '../vectors/history-builder.ts'
import { days, earning, points, program, reward, timelineOf } from '../vectors/program-builder.ts'
import { balanceOf, live, ofType, permutations, replayed } from '../vectors/reading.ts'

const spending = (target: number, parts: Partial<Goal> = {}): Goal =>
  goal({ measure: { type: 'spend' }, target, ...parts })

const comeBack = (wanted: Goal, { type, ...parts }: Parameters<typeof offer>[1] = {}): Offer =>
  offer(wanted, { type: { awards: [{ type: 'amount', asset: 'points', amount: 200 }], ...type }, ...parts })

/** Nothing is earned in points but what offers give. */
const sending = (offers: readonly Offer[], parts: Partial<Program> = {}): Timeline =>
  timelineOf(
    program({
      assets: [points(), points({ id: 'miles' })],
      onOrder: [earning({ asset: 'miles' })],
      rewards: new Map([['cake', reward('cake')]]),
      offers: new Map(offers.map((each) => [each.id, each])),
      ...parts,
    }),
  )

const sent = (id: string, at: string, name = 'come-back'): MemberEvent => ({
  ...{ type: 'offer.sent', source: 'staff', id, offer: name },
  stamp: on(at),
})
const seen = (at: string, receipt: string | null = null, name = 'come-back'): MemberEvent => ({
  ...{ type: 'offer.seen', source: 'app', id: `seen-${at}`, offer: name, receipt },
  stamp: on(at),
})

const receiptsAfter = (timeline: Timeline, ...events: MemberEvent[]): readonly Receipt[] =>
  live(timeline, events).member.offers ?? []
const pointsAfter = (timeline: Timeline, ...events: MemberEvent[]) => balanceOf(live(timeline, events).member).active
const doneAfter = (timeline: Timeline, ...events: MemberEvent[]) =>
  receiptsAfter(timeline, ...events).filter(({ completed }) => completed !== null).length

describe('OFF-1 an offer that is sent', () => {
  const timeline = sending([comeBack(spending(4000))])

  test('is a receipt with a window of its own, and completes once', () => {
    const order = [paid('1', on('2026-03-10'), 4000), paid('2', on('2026-03-11'), 9000)]
    expect(pointsAfter(timeline, sent('a', '2026-03-01'), ...order)).toBe(200)
    expect(pointsAfter(timeline, ...order)).toBe(0)
    expect(pointsAfter(timeline, sent('a', '2026-03-01'), paid('1', on('2026-03-16'), 4000))).toBe(0)
  })

  test('stands beside another receipt of the same offer: both count, each in its own window', () => {
    const both = [sent('a', '2026-03-01'), sent('b', '2026-03-10')]
    expect(pointsAfter(timeline, ...both, paid('1', on('2026-03-12'), 4000))).toBe(400)
    const later = [...both, paid('1', on('2026-03-20'), 4000)]
    expect(pointsAfter(timeline, ...later)).toBe(200)
    expect(receiptsAfter(timeline, ...later).map(({ id, completed }) => [id, completed !== null])).toEqual([
      ['staff/a', false],
      ['staff/b', true],
    ])
  })

  test('gives a voucher for each receipt', () => {
    const cake = sending([comeBack(spending(4000), { type: { awards: [{ type: 'reward', reward: 'cake' }] } })])
    const events = [sent('a', '2026-03-01'), sent('b', '2026-03-02'), paid('1', on('2026-03-12'), 4000)]
    expect(live(cake, events).member.vouchers?.map(({ id }) => id)).toEqual([
      'offer/come-back/staff/a',
      'offer/come-back/staff/b',
    ])
  })

  test('reaches nobody who is away, and no more than a hundred at a time', () => {
    const away: MemberEvent = { type: 'member.left', source: 'web', id: 'left', stamp: on('2026-02-01') }
    expect(receiptsAfter(timeline, away, sent('a', '2026-03-01'))).toEqual([])
    const many = Array.from({ length: 101 }, (_, i) => sent(`s${String(i).padStart(3, '0')}`, '2026-03-01'))
    const { member, decisions } = live(timeline, many)
    expect(member.offers).toHaveLength(100)
    expect(ofType(decisions[100]?.effects ?? [], 'refused')[0]?.refusal.code).toBe('limit-reached')
  })

  test('is forgotten when no refund can reach what it counted', () => {
    const short = sending([comeBack(spending(4000))], {
      refunds: { accept: days(60), shortfall: 'debt', limit: new Map() },
    })
    const first = [sent('a', '2026-03-01'), paid('1', on('2026-03-02'), 5000)]
    expect(receiptsAfter(short, ...first, sent('b', '2026-05-13'))).toHaveLength(2)
    expect(receiptsAfter(short, ...first, sent('b', '2026-05-14')).map(({ id }) => id)).toEqual(['staff/b'])
  })

  test('is kept on the terms on which it was sent, whatever later versions say', () => {
    const better = { ...sending([comeBack(spending(9000))])[0]?.program, version: 2 } as Program
    const [first] = sending([comeBack(spending(4000))])
    if (!first) throw new Error('a timeline has a version')
    const both = timelineOf(first.program, [Date.parse('2026-03-05T00:00:00Z'), better])
    const order = paid('1', on('2026-03-06', 2), 4000)
    expect(pointsAfter(both, sent('a', '2026-03-01'), order)).toBe(200)
  })
})

describe('OFF-2 what completes it', () => {
  const events = (...orders: MemberEvent[]) => [sent('a', '2026-03-01T10:00'), ...orders]

  test('cumulative spend adds orders up, a single order does not', () => {
    const halves = [paid('1', on('2026-03-02'), 2000), paid('2', on('2026-03-03'), 2000)]
    const single = sending([comeBack(spending(4000, { measure: { type: 'order' } }))])
    expect(pointsAfter(sending([comeBack(spending(4000))]), ...events(...halves))).toBe(200)
    expect(pointsAfter(single, ...events(...halves))).toBe(0)
    expect(pointsAfter(single, ...events(...halves, paid('3', on('2026-03-04'), 4000)))).toBe(200)
  })

  test('at least counts the amount itself, more than does not', () => {
    const exactly = paid('1', on('2026-03-02'), 4000)
    const cent = paid('2', on('2026-03-02T01:00'), 1)
    const more = sending([comeBack(spending(4000, { comparison: 'moreThan' }))])
    expect(pointsAfter(sending([comeBack(spending(4000))]), ...events(exactly))).toBe(200)
    expect(pointsAfter(more, ...events(exactly))).toBe(0)
    expect(pointsAfter(more, ...events(exactly, cent))).toBe(200)
    const single = sending([comeBack(spending(4000, { comparison: 'moreThan', measure: { type: 'order' } }))])
    expect(pointsAfter(single, ...events(exactly))).toBe(0)
  })

  test('items and visits are counted', () => {
    const three = paid('1', on('2026-03-02'), [line('1', 900, { quantity: 3 })])
    const items = sending([comeBack(spending(3, { measure: { type: 'items' } }))])
    expect(pointsAfter(items, ...events(three))).toBe(200)
    const visits = sending([comeBack(spending(2, { measure: { type: 'visits' } }))])
    expect(pointsAfter(visits, ...events(three, paid('2', on('2026-03-02T20:00'), 100)))).toBe(0)
    expect(pointsAfter(visits, ...events(three, paid('2', on('2026-03-03'), 100)))).toBe(200)
  })

  test('an activity can be asked for', () => {
    const review = sending([comeBack(spending(1, { measure: { type: 'activities', name: 'review' } }))])
    const does = (name: string): MemberEvent => ({
      ...{ type: 'activity', source: 'web', id: name, name, place: null, channel: null, facts: {} },
      stamp: on('2026-03-02'),
    })
    expect(pointsAfter(review, ...events(does('visit')))).toBe(0)
    expect(pointsAfter(review, ...events(does('review')))).toBe(200)
  })

  test('an open window ends before its last moment, a closed one with it', () => {
    const [open, closed] = (['open', 'closed'] as const).map((end) =>
      sending([comeBack(spending(4000), { window: { length: days(14), end } })]),
    )
    if (!open || !closed) throw new Error('two programs')
    const at = (moment: string) => events(paid('1', on(moment), 4000))
    expect(pointsAfter(open, ...at('2026-03-15T09:59:59.999'))).toBe(200)
    expect(pointsAfter(open, ...at('2026-03-15T10:00'))).toBe(0)
    expect(pointsAfter(closed, ...at('2026-03-15T10:00'))).toBe(200)
    expect(pointsAfter(closed, ...at('2026-03-15T10:00:00.001'))).toBe(0)
  })

  test('where it must be seen, only what follows counts; else it need not be', () => {
    const asked = sending([comeBack(spending(4000), { seen: 'required' })])
    const [before, after] = [paid('1', on('2026-03-03'), 4000), paid('2', on('2026-03-05'), 4000)]
    expect(pointsAfter(asked, ...events(before, after))).toBe(0)
    expect(pointsAfter(asked, ...events(before, seen('2026-03-04')))).toBe(0)
    expect(pointsAfter(asked, ...events(before, seen('2026-03-04'), after))).toBe(200)
    expect(pointsAfter(sending([comeBack(spending(4000))]), ...events(before))).toBe(200)
  })

  test('one receipt can be seen and another not', () => {
    const asked = sending([comeBack(spending(4000), { seen: 'required' })])
    const both = [sent('a', '2026-03-01'), sent('b', '2026-03-01T12:00'), seen('2026-03-02', 'staff/b')]
    expect(doneAfter(asked, ...both, paid('1', on('2026-03-05'), 4000))).toBe(1)
  })

  test('one that only informs never completes, and the next of its kind takes its place', () => {
    const news: Offer = { ...comeBack(spending(1)), id: 'news', type: { type: 'informs', text: {} }, window: null }
    const timeline = sending([news])
    const both = [sent('a', '2026-03-01', 'news'), sent('b', '2026-03-05', 'news'), paid('1', on('2026-03-06'), 9000)]
    expect(receiptsAfter(timeline, ...both).map(({ id, completed }) => [id, completed])).toEqual([['staff/b', null]])
  })
})

describe('OFF-3 an order', () => {
  const other = { ...comeBack(spending(3000)), id: 'this-week' }
  const each = [sent('a', '2026-03-01'), sent('b', '2026-03-02', 'this-week')]

  test('counts in full for every offer that runs', () => {
    const timeline = sending([comeBack(spending(4000)), other])
    expect(pointsAfter(timeline, ...each, paid('1', on('2026-03-03'), 4000))).toBe(400)
  })

  test('counts for an exclusive offer alone, until that is done', () => {
    const timeline = sending([comeBack(spending(4000), { type: { exclusive: true } }), other])
    const [first, second] = [paid('1', on('2026-03-03'), 4000), paid('2', on('2026-03-04'), 3000)]
    expect(pointsAfter(timeline, ...each, first)).toBe(200)
    expect(receiptsAfter(timeline, ...each, first)[1]?.tally).toEqual([])
    expect(pointsAfter(timeline, ...each, first, second)).toBe(400)
  })

  test('of an exclusive offer that came twice does one after the other', () => {
    const timeline = sending([comeBack(spending(4000), { type: { exclusive: true } })])
    const both = [sent('a', '2026-03-01'), sent('b', '2026-03-02'), paid('1', on('2026-03-03'), 9000)]
    expect(doneAfter(timeline, ...both)).toBe(1)
    expect(doneAfter(timeline, ...both, paid('2', on('2026-03-04'), 4000))).toBe(2)
  })

  test('that is given back un-completes it while the window is open', () => {
    const timeline = sending([comeBack(spending(4000))])
    const done = [sent('a', '2026-03-01'), paid('1', on('2026-03-10'), 4000)]
    expect(pointsAfter(timeline, ...done, refund('r', '1', on('2026-03-14'), 100))).toBe(0)
    expect(pointsAfter(timeline, ...done, refund('r', '1', on('2026-03-15'), 100))).toBe(200)
    const again = [refund('r', '1', on('2026-03-11'), 4000), paid('2', on('2026-03-12'), 4000)]
    expect(pointsAfter(timeline, ...done, ...again)).toBe(200)
  })

  test('that is given back undoes nothing that other orders in the window hold', () => {
    const timeline = sending([comeBack(spending(4000))])
    const done = [sent('a', '2026-03-01'), paid('1', on('2026-03-10'), 4000), paid('2', on('2026-03-11'), 4000)]
    expect(pointsAfter(timeline, ...done, refund('r', '1', on('2026-03-12'), 4000))).toBe(200)
  })

  test('whose award was used leaves it completed', () => {
    const cake = sending([comeBack(spending(4000), { type: { awards: [{ type: 'reward', reward: 'cake' }] } })])
    const done = [sent('a', '2026-03-01'), paid('1', on('2026-03-10'), 4000)]
    const back = refund('r', '1', on('2026-03-12'), 4000)
    const used = useVoucher('u', 'offer/come-back/staff/a', on('2026-03-11'))
    expect(live(cake, [...done, back]).member.vouchers ?? []).toEqual([])
    expect(doneAfter(cake, ...done, back)).toBe(0)
    expect(doneAfter(cake, ...done, used, back)).toBe(1)
  })

  test('completes it at its own time, however late it comes', () => {
    const timeline = sending([comeBack(spending(4000), { seen: 'required' })])
    const events = [
      sent('a', '2026-03-01'),
      seen('2026-03-02'),
      paid('1', on('2026-03-10'), 2500),
      paid('2', on('2026-03-12'), 2500),
      refund('r', '1', on('2026-03-13'), 500),
    ]
    const tidy = live(timeline, events).member
    expect(tidy.offers?.[0]?.completed).toBe(on('2026-03-12').local)
    for (const arrival of permutations(events)) expect(replayed(timeline, arrival).member).toEqual(tidy)
  })

  test('shows how far a member is', () => {
    const timeline = sending([comeBack(spending(4000))])
    const { member } = live(timeline, [sent('a', '2026-03-01'), paid('1', on('2026-03-10'), 2500)])
    const told = { receipt: 'staff/a', progress: 2500, target: 4000, missing: 1500, seen: null }
    expect(offerProgressOf(timeline, member, on('2026-03-11').local)).toMatchObject([{ ...told, status: 'open' }])
    expect(offerProgressOf(timeline, member, on('2026-03-15').local)).toMatchObject([{ ...told, status: 'over' }])
  })
})
