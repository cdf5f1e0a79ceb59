import {
  type Asset,
  type Card,
  type Effect,
  type Ladder,
  type MemberEvent,
  replay,
  type Timeline,
  toldBy,
  type VoucherUseAsked,
} from '@laurel/engine'
import { describe, expect, test } from 'vitest'
import { audit } from '../auditor/audit.ts'
import { compare } from '../auditor/compare.ts'
import { adjusted, on, paid, refund, tick } from '../vectors/history-builder.ts'
import {
  cardOf,
  days,
  earning,
  everyone,
  points,
  program,
  reward,
  standing,
  timelineOf,
} from '../vectors/program-builder.ts'
import { balanceOf, live, ofType, permutations, replayed, vouchersOf } from '../vectors/reading.ts'

const nothing = { pending: 0, active: 0, held: 0, debt: 0 }

interface Parts {
  readonly card?: Partial<Card>
  readonly asset?: Partial<Asset>
  readonly shortfall?: 'debt' | 'waive'
}

/** 500 spent give a gift card; what was spent is counted in an asset that nobody sees. */
function threshold({ card = {}, asset = {}, shortfall = 'debt' }: Parts = {}): Timeline {
  const fiveHundred = cardOf('five-hundred', 500, {
    ...{ asset: 'spent', awards: [{ type: 'reward', reward: 'gift-card' }], repeat: false },
    ...card,
  })
  return timelineOf(
    program({
      assets: [points({ id: 'spent', shown: false, ...asset }), points()],
      onOrder: [earning({ id: 'count', asset: 'spent' })],
      rewards: new Map([['gift-card', reward('gift-card', { kind: { type: 'gift-card', minor: 2500 } })]]),
      cards: new Map([['five-hundred', fiveHundred]]),
      refunds: { accept: days(180), shortfall, limit: new Map() },
    }),
  )
}

const first = [
  paid('o1', on('2026-03-01T09:00'), 20_000),
  paid('o2', on('2026-03-02T09:00'), 20_000),
  paid('o3', on('2026-03-03T09:00'), 10_000),
]
const second = paid('o4', on('2026-03-05T09:00'), 50_000)
const back = refund('back', 'o2', on('2026-03-04T09:00'), 20_000)

const use: VoucherUseAsked = {
  type: 'voucher.use',
  source: 'shop',
  id: 'use',
  stamp: on('2026-03-03T10:00'),
  voucher: 'card/five-hundred/1',
  orderKey: null,
  basket: null,
  amount: null,
  answer: null,
}

function after(timeline: Timeline, events: readonly MemberEvent[]) {
  const { member } = live(timeline, events)
  return {
    spent: balanceOf(member, 'spent'),
    vouchers: vouchersOf(member),
  }
}

describe('THRESHOLD-1', () => {
  test('orders of 200, 200 and 100 issue exactly one voucher, by the one that reaches it', () => {
    const { decisions } = live(threshold(), first)
    const issued = decisions.map(({ effects }) => ofType(effects, 'voucher').map(({ voucher }) => voucher.id))
    expect(issued).toEqual([[], [], ['card/five-hundred/1']])
    expect(after(threshold(), first).spent).toEqual(nothing)
  })

  test('a refund before it is used withdraws it, and it comes again when the amount is spent again', () => {
    expect(after(threshold(), [...first, back])).toEqual({
      spent: { ...nothing, active: 300 },
      vouchers: ['card/five-hundred/1 revoked'],
    })
    expect(after(threshold(), [...first, back, second])).toEqual({
      spent: { ...nothing, active: 300 },
      vouchers: ['card/five-hundred/1 open'],
    })
  })

  test('a refund after it was used leaves what is missing owed', () => {
    const events = [...first, use, back]
    expect(after(threshold(), events)).toEqual({
      spent: { ...nothing, debt: 200 },
      vouchers: ['card/five-hundred/1 used'],
    })
  })

  test('a second 500 issues a second one only where it repeats', () => {
    expect(after(threshold(), [...first, second]).vouchers).toEqual(['card/five-hundred/1 open'])
    expect(after(threshold({ card: { repeat: true } }), [...first, second]).vouchers).toEqual([
      'card/five-hundred/1 open',
      'card/five-hundred/2 open',
    ])
  })
})

describe('STAMP-1 two cards of one asset', () => {
  const cards = (of: Iterable<readonly [string, number]>) =>
    new Map(
      Array.from(of, ([id, full]): [string, Card] => [
        id,
        {
          ...{ id, name: {}, asset: 'points', full, repeat: true, audience: everyone },
          awards: [{ type: 'reward', reward: id }],
        },
      ]),
    )
  const parts = { rewards: new Map(['five', 'three'].map((id) => [id, reward(id)])) }
  const timeline = timelineOf(
    program({
      ...parts,
      cards: cards([
        ['five', 5],
        ['three', 3],
      ]),
    }),
  )
  const given = (...amounts: readonly number[]) =>
    live(
      timeline,
      amounts.map((amount, i) => paid(`o${i}`, on(`2026-03-0${i + 1}`), amount * 100)),
    ).member.vouchers?.map(({ id }) => id)

  test('the first takes what it can, then the next, at each event', () => {
    expect(given(10)).toEqual(['card/five/1', 'card/five/2'])
    expect(given(3, 3, 4)).toEqual(['card/three/1', 'card/three/2', 'card/three/3'])
  })
})

describe('STAMP-1', () => {
  test('a card is full when what fills it becomes active, at that moment', () => {
    const timeline = threshold({ asset: { pending: { type: 'period', period: days(14) } } })
    const { member, decisions } = live(timeline, [...first, tick(on('2026-03-20'))])
    expect(member.vouchers).toMatchObject([{ issued: on('2026-03-17').local }])
    expect(ofType(decisions.at(-1)?.effects ?? [], 'move').find(({ to }) => to === 'redeemed')).toMatchObject({
      cause: 'pending/shop/o3/spent/0//20529',
      effective: on('2026-03-17').local,
    })
  })

  test('nothing is waived while an unused voucher can go back', () => {
    const { member, decisions } = live(threshold({ shortfall: 'waive' }), [...first, back])
    expect(balanceOf(member, 'spent')).toEqual({ ...nothing, active: 300 })
    expect(ofType(decisions.at(-1)?.effects ?? [], 'clawed-back')).toMatchObject([{ amount: 200, debt: 0, waived: 0 }])
  })

  test('points that a card has given go back like the points of a rule', () => {
    const awards = [{ type: 'amount', asset: 'points', amount: 100 }] as const
    const timeline = threshold({ card: { awards } })
    expect(balanceOf(live(timeline, first).member)).toEqual({ ...nothing, active: 100 })
    expect(balanceOf(live(timeline, [...first, back]).member)).toEqual(nothing)
  })

  test('a card is for those it is for', () => {
    const students = { ...everyone, segments: ['students'] }
    expect(after(threshold({ card: { audience: students } }), first).vouchers).toEqual([])
  })

  test('REF-7 a card opens for as long as a refund of what filled it is accepted', () => {
    const back = (date: string) => {
      const later = (clock: string) => on(`${date}T${clock}`)
      const taken = { ...adjusted('less', later('10:00'), -100), asset: 'spent' }
      return after(threshold(), [
        ...first,
        paid('late', later('09:00'), 10_000),
        taken,
        refund('r', 'late', later('11:00'), 10_000),
      ])
    }
    expect(back('2026-08-30')).toEqual({
      spent: { ...nothing, active: 400 },
      vouchers: ['card/five-hundred/1 revoked'],
    })
    expect(back('2026-08-31')).toEqual({ spent: { ...nothing, debt: 100 }, vouchers: ['card/five-hundred/1 open'] })
  })

  test('cards that no refund reaches any more are only counted', () => {
    const timeline = threshold({ card: { repeat: true } })
    const years = ['2026', '2027', '2028'].map((year) => paid(`in-${year}`, on(`${year}-03-01T09:00`), 60_000))
    expect(live(timeline, years).member.cards).toMatchObject([
      { card: 'five-hundred', settled: 2, filled: [{ number: 3 }] },
    ])
  })
})

describe('EVT-2', () => {
  test('facts in any order end with the same card and the same voucher', () => {
    const tidy = after(threshold(), [...first, back, second])
    for (const arrival of permutations([...first, back, second])) {
      const { member } = replay(
        threshold(),
        arrival.filter((event) => event.type === 'order.paid' || event === back),
      )
      expect(balanceOf(member, 'spent')).toEqual(tidy.spent)
      expect(member.vouchers?.map(({ id, status }) => `${id} ${status}`)).toEqual(tidy.vouchers)
    }
  })

  test('a late refund from before the card was full: the voucher that was announced goes back, unless it was used', () => {
    const early = refund('back', 'o1', on('2026-03-02T08:00'), 20_000)
    const told = live(threshold(), first).member
    const { member } = replay(threshold(), [...first, early], null, told)
    expect(balanceOf(member, 'spent')).toEqual({ ...nothing, active: 300 })
    expect(member.closed?.['card/five-hundred/1']?.status).toBe('revoked')

    const { member: user, decisions } = live(threshold(), [...first, use])
    const used: VoucherUseAsked = { ...use, answer: decisions.at(-1)?.answer ?? null }
    const { member: owing } = replay(threshold(), [...first, used, early], null, user)
    expect(balanceOf(owing, 'spent')).toEqual({ ...nothing, debt: 200 })
    expect(owing.closed?.['card/five-hundred/1']?.status).toBe('used')
  })
})

test('EVT-7 RED-5 a voucher that was taken back and issued anew is told of the past as it was then', () => {
  const timeline = threshold()
  const { decisions } = live(timeline, [...first, back, second])
  const told = toldBy(decisions.flatMap(({ effects }) => effects))
  expect(told.vouchers).toMatchObject([{ id: 'card/five-hundred/1', cause: 'shop/paid-o4' }])
  const { member } = replay(timeline, first, null, told)
  expect(member.vouchers).toEqual(live(timeline, first).member.vouchers)
})

test('EVT-3 STAMP-1 before a version has begun a card is filled by time as little as by events', () => {
  const [entry] = threshold({ asset: { expiry: { type: 'life', life: days(10), endOf: null } } })
  if (entry === undefined) throw new Error('a timeline has a version')
  const { at, local } = on('2026-05-01')
  const timeline: Timeline = [{ ...entry, fromAt: at, fromLocal: local }]
  const early = (id: string, date: string) => ({ ...adjusted(id, on(date, null), 300), asset: 'spent' })
  const granted = [early('a1', '2026-04-01'), early('a2', '2026-04-03'), early('a3', '2026-04-05')]
  // The first lot lapses, and what is left would fill it.
  const lapsed = after(timeline, [...granted, tick(on('2026-04-12', null))])
  expect(lapsed).toEqual({ spent: { ...nothing, active: 600 }, vouchers: [] })
  const begun = after(timeline, [...granted, paid('o1', on('2026-05-01T09:00'), 50_000)])
  expect(begun).toEqual({ spent: nothing, vouchers: ['card/five-hundred/1 open'] })
})

describe('STAMP-1 TIER-4 300 are there when a version brings a card of 200', () => {
  const spent = (parts: Partial<Ladder>) => standing(1_000_000, parts)
  const nothingCounts = spent({ measure: { type: 'activities', name: 'review' } })
  const monthly = { type: 'calendar', unit: 'month', keptThrough: false } as const
  const card = (audience: Card['audience']): Card =>
    cardOf('two-hundred', 200, { audience, repeat: false, awards: [{ type: 'reward', reward: 'coffee' }] })
  const filledOn = (ladder: Ladder, audience: Card['audience'], events: readonly MemberEvent[]) => {
    const parts = { ladders: [{ ...ladder, window: monthly }], rewards: new Map([['coffee', reward('coffee')]]) }
    const brings = program({ ...parts, version: 2, cards: new Map([['two-hundred', card(audience)]]) })
    const timeline = timelineOf(program(parts), [on('2026-03-20').at, brings])
    return live(timeline, events).member.cards?.map(({ filled }) => filled.map(({ on }) => on))
  }
  const there = paid('o1', on('2026-03-05T09:00'), 30_000)
  const looked = tick(on('2026-05-01'))
  const next = adjusted('next', on('2026-05-02T09:00', 2), 1)

  test.each([
    ['on which something counts', spent({})],
    ['on which nothing counts', nothingCounts],
  ])('a review of a ladder %s leaves the level and fills nothing; the next event does', (_title, ladder) => {
    expect(filledOn(ladder, everyone, [there, looked])).toBeUndefined()
    expect(filledOn(ladder, everyone, [there, looked, next])).toEqual([[next.stamp.local]])
  })

  test('a review by which the member is one of those it is for fills it', () => {
    const fallen = { ...everyone, not: { ...everyone.not, tiers: [{ ladder: 'standing', level: 'gold' }] } }
    const inMarch = adjusted('gold-still', on('2026-03-25T09:00', 2), 1)
    expect(filledOn(standing(30_000), fallen, [there, inMarch, looked])).toEqual([[on('2026-04-01').local]])
  })
})

describe('EVT-2 STAMP-1 what was announced is honoured where it was given', () => {
  /** The lines of the ledger, event by event: as they were lived, and as a replay that is told of the vouchers says. */
  const twice = (timeline: Timeline, events: readonly MemberEvent[]) => {
    const lived = live(timeline, events)
    const again = replayed(timeline, events, lived.member)
    const lines = ({ decisions }: { decisions: readonly { effects: readonly Effect[] }[] }) =>
      decisions.map(({ effects }) => ofType(effects, 'move').map(({ cause, to, amount }) => ({ cause, to, amount })))
    return { lived: lines(lived), again: lines(again), member: again.member, same: lived.member }
  }

  test('by the later of two orders of one moment', () => {
    const at = on('2026-03-01T09:00')
    const { lived, again, member, same } = twice(threshold(), [paid('o1', at, 30_000), paid('o2', at, 20_000)])
    expect(again).toEqual(lived)
    expect(again[1]).toContainEqual({ cause: 'shop/paid-o2', to: 'redeemed', amount: 500 })
    expect(member).toEqual(same)
  })

  test('by what waited for the later of two orders of one moment', () => {
    const pending = { type: 'event', event: 'order.delivered', longest: days(30) } as const
    const delivered: MemberEvent = {
      ...{ type: 'order.delivered', source: 'shop', id: 'd2', stamp: on('2026-02-28T09:00'), order: 'o2' },
    }
    const at = on('2026-03-01T09:00')
    const events = [delivered, paid('o1', at, 30_000), paid('o2', at, 50_000), paid('o3', on('2026-03-02'), 100)]
    const { lived, again, member, same } = twice(threshold({ asset: { pending } }), events)
    expect(again).toEqual(lived)
    expect(again[2]).toContainEqual({ cause: 'shop/d2', to: 'redeemed', amount: 500 })
    expect(member).toEqual(same)
  })

  test('and at its own moment still where a late refund leaves nothing that could give it', () => {
    const at = on('2026-03-01T09:00')
    const orders = [paid('o1', at, 30_000), paid('o2', at, 20_000)]
    const { member: told, decisions } = live(threshold(), [...orders, use])
    const used = { ...use, answer: decisions.at(-1)?.answer ?? null } as MemberEvent
    const { member } = replayed(threshold(), [...orders, refund('back', 'o1', at, 30_000), used], told)
    expect(Object.values(member.closed ?? {}).map(({ id, status }) => `${id} ${status}`)).toEqual([
      'card/five-hundred/1 used',
    ])
    expect(balanceOf(member, 'spent')).toEqual({ ...nothing, debt: 300 })
  })
})

test('STAMP-1 EVT-2 ten cards that one event fills are full in the same order when they were announced', () => {
  const timeline = threshold({ card: { full: 50, repeat: true } })
  const { member, decisions } = live(timeline, [paid('o1', on('2026-03-01T09:00'), 50_000)])
  const told = toldBy(decisions.flatMap(({ effects }) => effects))
  const again = replay(timeline, [paid('o1', on('2026-03-01T09:00'), 50_000)], null, told)
  expect(again.member.cards).toEqual(member.cards)
})

test('STAMP-1 with one event a card is filled a thousand times at most, and the rest with the next', () => {
  const timeline = threshold({ card: { full: 1, repeat: true, awards: [] } })
  const history = [paid('o1', on('2026-03-01T09:00'), 100_300), paid('o2', on('2026-03-02T09:00'), 0)]
  const { member, decisions } = live(timeline, history)
  const filled = decisions.map(({ effects }) => ofType(effects, 'card').length)
  expect([filled, member.cards?.[0]?.filled.length]).toEqual([[1_000, 3], 1_003])
  expect(compare(audit(timeline, history), member)).toEqual([])
})
