import {
  Allowance,
  type Award,
  type Card,
  type Effect,
  type Grant,
  type MemberEvent,
  noticesDue,
  type Program,
  replay,
  toldBy,
} from '@laurel/engine'
import { canonicalText } from '@laurel/ledger'
import { describe, expect, test } from 'vitest'
import { on, paid, refund, tick } from '../vectors/history-builder.ts'
import { cardOf, days, earning, points, program, reward, timelineOf } from '../vectors/program-builder.ts'
import { balanceOf, live, ofType } from '../vectors/reading.ts'

/** STAMP-1 EARN-5: cards whose reward there are only so many of. One stamp for each 10.00, and a card of five. */

const loaf = reward('loaf', { stock: 3, expiry: { type: 'life', life: days(30), endOf: null } })
const fiveWith = (awards: readonly Award[]): Card => cardOf('five', 5, { asset: 'stamps', awards })
const bakery = (parts: Partial<Program> = {}) =>
  timelineOf(
    program({
      assets: [points({ id: 'stamps', kind: 'stamps' }), points()],
      onOrder: [earning({ id: 'stamp', asset: 'stamps', per: { type: 'spend', minor: 1000 } })],
      rewards: new Map([['loaf', loaf]]),
      cards: new Map([['five', fiveWith([{ type: 'reward', reward: 'loaf' }])]]),
      ...parts,
    }),
  )
const timeline = bakery()

const granted = <Event extends MemberEvent>(event: Event, loaves: number): Event => ({
  ...event,
  grants: loaves < 0 ? [] : [{ room: 'stock/loaf', amount: loaves }],
})
const stamps = (id: string, date: string, count: number, loaves: number) =>
  granted(paid(id, on(date), count * 1000), loaves)
const afterAll = (events: readonly MemberEvent[]) => {
  const { member, decisions } = live(timeline, events)
  const { active, debt } = balanceOf(member, 'stamps')
  return {
    stamps: active - debt,
    loaves: (member.vouchers ?? []).map(({ id }) => id),
    said: decisions.map(({ effects }) =>
      ofType(effects, 'card-waiting').map(({ card, because }) => `${card} ${because}`),
    ),
  }
}

const none = stamps('o1', '2026-03-01', 5, 0)
const one = stamps('o2', '2026-03-02', 1, 1)

describe('STAMP-1 EARN-5 a full card whose reward is sold out', () => {
  test('takes nothing, gives nothing, and says that it waits', () => {
    expect(afterAll([none])).toEqual({ stamps: 5, loaves: [], said: [['five sold-out']] })
    const [decision] = live(timeline, [none]).decisions
    expect(ofType(decision?.effects ?? [], 'room')).toEqual([])
    expect(ofType(decision?.effects ?? [], 'sold-out')).toEqual([])
  })

  test('is given with the next event that finds one, from which its life counts', () => {
    expect(afterAll([none, one])).toEqual({ stamps: 1, loaves: ['card/five/1'], said: [['five sold-out'], []] })
    const { member } = live(timeline, [none, one])
    expect(member.vouchers).toMatchObject([{ issued: one.stamp.local, waited: none.stamp.local }])
    expect(member.missed).toBeUndefined()
  })

  test('is given by what time does, too', () => {
    const lapsing = bakery({
      assets: [
        points({ id: 'stamps', kind: 'stamps' }),
        points({ expiry: { type: 'life', life: days(3), endOf: null } }),
      ],
      onOrder: [
        earning({ id: 'stamp', asset: 'stamps', per: { type: 'spend', minor: 1000 } }),
        earning({ id: 'point' }),
      ],
    })
    const { member } = live(lapsing, [none, granted(tick(on('2026-03-10')), 1)])
    expect(member.vouchers).toMatchObject([
      { issued: on('2026-03-05T00:00').local, cause: expect.stringMatching(/^lot/) },
    ])
  })

  test('goes on waiting, and so do those behind it; as room comes they fill', () => {
    const thirteen = stamps('o1', '2026-03-01', 13, 0)
    expect(afterAll([thirteen, stamps('o2', '2026-03-02', 1, 0)])).toMatchObject({ stamps: 14, loaves: [] })
    expect(afterAll([thirteen, stamps('o2', '2026-03-02', 1, 1)])).toMatchObject({
      ...{ stamps: 9, loaves: ['card/five/1'] },
      said: [['five sold-out'], ['five sold-out']],
    })
    expect(afterAll([thirteen, stamps('o2', '2026-03-02', 1, 2)])).toMatchObject({
      ...{ stamps: 4, loaves: ['card/five/1', 'card/five/2'] },
      said: [['five sold-out'], []],
    })
  })

  test('is not full any more after a refund, which owes nothing', () => {
    const back = granted(refund('back', 'o1', on('2026-03-02'), 5_000), -1)
    expect(afterAll([none, back])).toMatchObject({ stamps: 0, loaves: [] })
    expect(afterAll([none, back, stamps('o2', '2026-03-03', 4, 1)])).toMatchObject({ stamps: 4, loaves: [] })
  })

  test('gives all that it gives or nothing', () => {
    const both = bakery({
      rewards: new Map([
        ['loaf', loaf],
        ['cup', reward('cup', { stock: 1 })],
      ]),
      cards: new Map([
        [
          'five',
          fiveWith([
            { type: 'amount', asset: 'points', amount: 50 },
            { type: 'reward', reward: 'cup' },
            { type: 'reward', reward: 'loaf' },
          ]),
        ],
      ]),
    })
    const cupOnly: Grant[] = [{ room: 'stock/cup', amount: 1 }]
    const { member } = live(both, [{ ...none, grants: cupOnly }])
    expect([balanceOf(member).active, member.vouchers, balanceOf(member, 'stamps').active]).toEqual([0, undefined, 5])
    const grants = [...cupOnly, { room: 'stock/loaf', amount: 1 }]
    const given = live(both, [
      { ...none, grants: cupOnly },
      { ...one, grants },
    ]).member
    expect([balanceOf(given).active, given.vouchers?.map(({ id }) => id)]).toEqual([
      50,
      ['card/five/1/2', 'card/five/1/3'],
    ])
    expect(balanceOf(given, 'stamps').active).toBe(1)
  })

  test('two of one reward need two of it', () => {
    const twice = bakery({
      cards: new Map([
        [
          'five',
          fiveWith([
            { type: 'reward', reward: 'loaf' },
            { type: 'reward', reward: 'loaf' },
          ]),
        ],
      ]),
    })
    expect(live(twice, [stamps('o1', '2026-03-01', 5, 1)]).member.vouchers).toBeUndefined()
    expect(live(twice, [stamps('o1', '2026-03-01', 5, 2)]).member.vouchers).toHaveLength(2)
  })

  test('LOT-7 is told to the member, until it is given', () => {
    const keysOf = (events: readonly MemberEvent[]) =>
      noticesDue(timeline, live(timeline, events).member, on('2026-03-03').local).map(({ key }) => key)
    expect(keysOf([none])).toEqual(['award-sold-out/card/five/1'])
    expect(keysOf([none, one])).toEqual([])
  })
})

describe('EVT-2 how long a card has waited is an answer', () => {
  const back = granted(refund('back', 'o2', on('2026-03-03'), 1_000), -1)
  const histories: readonly (readonly [string, readonly MemberEvent[]])[] = [
    ['waits', [none]],
    ['waits through another event', [none, stamps('o2', '2026-03-02', 1, 0)]],
    ['has waited', [none, one, stamps('o3', '2026-03-03', 1, -1)]],
    ['has waited, and was filled by one of two events of a moment', [none, stamps('n2', '2026-03-02', 1, 0), one]],
    ['waited and was not full any more', [none, granted(refund('back', 'o1', on('2026-03-02'), 1_000), -1)]],
    [
      'was given, taken back, waited and was given again',
      [
        stamps('o1', '2026-03-01', 4, -1),
        stamps('o2', '2026-03-02', 1, 1),
        back,
        stamps('o3', '2026-03-04', 1, 0),
        stamps('o4', '2026-03-05', 1, 1),
      ],
    ],
    [
      'was given, taken back and waits',
      [stamps('o1', '2026-03-01', 4, -1), stamps('o2', '2026-03-02', 1, 1), back, stamps('o3', '2026-03-04', 1, 0)],
    ],
    [
      'was given and taken back twice, and waits',
      [
        stamps('o1', '2026-03-01', 4, -1),
        stamps('o2', '2026-03-02', 1, 1),
        back,
        stamps('o3', '2026-03-04', 1, 1),
        granted(refund('again', 'o3', on('2026-03-05'), 1_000), -1),
        stamps('o4', '2026-03-06', 1, 0),
      ],
    ],
    [
      'was taken back and filled again with another',
      [
        stamps('o1', '2026-03-01', 5, 1),
        stamps('o2', '2026-03-02', 5, 1),
        granted(refund('back', 'o2', on('2026-03-03'), 5_000), -1),
        stamps('o3', '2026-03-04', 10, 2),
      ],
    ],
    [
      'was filled with others, taken back after them, and filled again',
      [
        stamps('o1', '2026-03-01', 15, 3),
        granted(refund('third', 'o1', on('2026-03-02'), 5_000), -1),
        granted(refund('second', 'o1', on('2026-03-03'), 5_000), -1),
        stamps('o2', '2026-03-04', 5, 1),
      ],
    ],
    ['waits as one of several', [stamps('o1', '2026-03-01', 13, 1), one, stamps('o3', '2026-03-03', 3, 0)]],
  ]
  const sorted = (effects: readonly Effect[]) => effects.map((effect) => canonicalText(effect)).sort()

  test.each(histories)('a replay of a card that %s', (_, events) => {
    const { member, decisions } = live(timeline, events)
    const recorded = events.filter((event) => event.type !== 'time.passed')
    for (const left of [new Allowance([]), new Allowance(null)]) {
      const told = toldBy(decisions.flatMap(({ effects }) => effects))
      const again = replay(timeline, recorded, null, told, { allowance: left })
      expect(again.member).toEqual(member)
      expect(again.decisions.map(({ effects }) => sorted(effects))).toEqual(
        decisions.map(({ effects }) => sorted(effects)),
      )
      expect(left.asked).toEqual([])
    }
    // As the slow road tells it: by the member as it stands.
    expect(replay(timeline, recorded, null, member, { allowance: new Allowance([]) }).member).toEqual(member)
  })

  test('EARN-5 what was taken back is new when its card is full again, and asks whether one is left', () => {
    const events = [stamps('o1', '2026-03-01', 4, -1), stamps('o2', '2026-03-02', 1, 1), back]
    const { member } = live(timeline, events)
    const again = stamps('o3', '2026-03-04', 1, 0)
    const asked = new Allowance(null)
    expect(replay(timeline, [...events, again], null, member, { allowance: asked }).member.vouchers).toHaveLength(1)
    expect(asked.asked).toEqual([{ room: 'stock/loaf', amount: 1 }])
    const found = replay(timeline, [...events, again], null, member, { allowance: new Allowance([]) }).member
    expect(found).toEqual(live(timeline, [...events, again]).member)
  })

  test('a late fact fills what it has made full, as far as there is something when it comes', () => {
    const late = paid('o0', on('2026-02-01'), 5_000)
    const { member } = live(timeline, [none])
    const afterLate = (allowance: Allowance) => replay(timeline, [none, late], null, member, { allowance }).member
    const asked = new Allowance(null)
    afterLate(asked)
    expect(asked.asked).toEqual([{ room: 'stock/loaf', amount: 2 }])
    const ends = [0, 1, 2].map((amount) => afterLate(new Allowance([{ room: 'stock/loaf', amount }])))
    expect(ends.map((end) => [balanceOf(end, 'stamps').active, end.vouchers?.map(({ id }) => id)])).toEqual([
      [10, undefined],
      [5, ['card/five/1']],
      [0, ['card/five/1', 'card/five/2']],
    ])
    expect(ends[1]?.vouchers).toMatchObject([{ issued: late.stamp.local }])
    // And what it came to is an answer in its turn.
    for (const told of ends) expect(replay(timeline, [none, late], null, told).member).toEqual(told)
  })
})
