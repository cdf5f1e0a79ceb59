import { type Benefit, checkoutOf, entitlementsOf, type MemberEvent, type Program, type Reward } from '@laurel/engine'
import { describe, expect, test } from 'vitest'
import { adjusted, basketOf, line, on, paid, redeem, tick } from '../vectors/history-builder.ts'
import {
  days,
  everyone,
  level,
  paying,
  points,
  program,
  reward,
  standing,
  timelineOf,
} from '../vectors/program-builder.ts'
import { live } from '../vectors/reading.ts'

const gold = { ladder: 'standing', level: 'gold' }
const benefit = (id: string, parts: Partial<Benefit> = {}): Benefit => ({
  id,
  name: {},
  kind: { type: 'free-shipping', basket: null },
  levels: [gold],
  memberships: [],
  audience: everyone,
  when: null,
  during: null,
  worth: null,
  ...parts,
})
const withBenefits = (benefits: readonly Benefit[], parts: Partial<Program> = {}) =>
  timelineOf(
    program({
      onOrder: [],
      ladders: [standing(50_000, { levels: [level('silver', 0), level('gold', 50_000)] })],
      benefits: new Map(benefits.map((each) => [each.id, each])),
      ...parts,
    }),
  )

const lifted = paid('o1', on('2026-03-01'), 50_000)
const ask = (
  timeline: ReturnType<typeof withBenefits>,
  events: readonly MemberEvent[],
  at: string,
  parts: { benefit?: string; total?: number; opens?: string } = {},
) => {
  const { local, placeLocal } = on(at)
  const opens = parts.opens === undefined ? null : on(parts.opens).local
  const { benefit: id = null, total = null } = parts
  return entitlementsOf(timeline, live(timeline, events).member, { benefit: id, local, placeLocal, total, opens })
}

describe('TIER-7 standing benefits', () => {
  const timeline = withBenefits([
    benefit('free-shipping', { kind: { type: 'free-shipping', basket: { least: 2500, lines: null } } }),
    benefit('early', { kind: { type: 'access', earlier: { months: 0, days: 1, ms: 0 } } }),
    benefit('hotline', { kind: { type: 'service' }, levels: [] }),
    benefit('film', { kind: { type: 'service' }, levels: [], memberships: ['plus'] }),
  ])
  const shipping = (at: string, parts: object = {}, events: readonly MemberEvent[] = [lifted]) =>
    ask(timeline, events, at, { benefit: 'free-shipping', ...parts })[0]

  test('are had while the level is held, and say why and for how long', () => {
    expect(shipping('2026-02-01', {}, [])).toMatchObject({ entitled: false, because: { type: 'not-for-member' } })
    expect(shipping('2026-03-02')).toMatchObject({
      ...{ entitled: true, because: { type: 'level', ...gold }, kind: 'free-shipping', least: 2500 },
      until: on('2027-01-01').local,
    })
    expect(shipping('2027-01-02', {}, [lifted, tick(on('2027-01-01'))])).toMatchObject({ entitled: false })
  })

  test('for an order that is large enough', () => {
    expect(shipping('2026-03-02', { total: 2500 })).toMatchObject({ entitled: true })
    expect(shipping('2026-03-02', { total: 2499 })).toMatchObject({
      ...{ entitled: false, because: { type: 'below-least', missing: 1 } },
    })
  })

  test('to the end of an override', () => {
    const override: MemberEvent = {
      ...{ type: 'tier.overridden', source: 'staff', id: 't', stamp: on('2026-03-01'), actor: 'a', reason: 'guest' },
      ...{ ladder: 'standing', level: 'gold', endsOn: on('2026-05-01').local / 86_400_000 },
    }
    expect(shipping('2026-03-02', {}, [override])).toMatchObject({ entitled: true, until: on('2026-05-01').local })
  })

  test('a gate opens for Gold a day early, to the minute', () => {
    const early = (at: string) => ask(timeline, [lifted], at, { benefit: 'early', opens: '2026-04-10T09:00' })[0]
    expect(early('2026-04-09T08:59')).toMatchObject({
      ...{ entitled: false, because: { type: 'not-open', from: on('2026-04-09T09:00').local } },
    })
    expect(early('2026-04-09T09:00')).toMatchObject({ entitled: true })
  })

  test('that ask for no level are everybody’s; those of a membership are not', () => {
    expect(ask(timeline, [], '2026-03-01')).toMatchObject([
      { benefit: 'free-shipping', entitled: false },
      { benefit: 'early', entitled: false },
      { benefit: 'hotline', entitled: true, because: { type: 'audience' }, until: null },
      { benefit: 'film', entitled: false },
    ])
  })

  test('are nobody’s who is away', () => {
    const frozen: MemberEvent = {
      ...{ type: 'member.frozen', source: 'shop', id: 'f', stamp: on('2026-03-02') },
      ...{ frozen: true, actor: null, reason: 'loss' },
    }
    expect(shipping('2026-03-03', {}, [lifted, frozen])).toMatchObject({ because: { type: 'frozen' } })
  })
})

test('TIER-7 uses are counted by year with what they were worth', () => {
  const timeline = withBenefits([benefit('film', { kind: { type: 'service' }, levels: [], worth: 800 })])
  const use = (id: string, at: string, worth: number | null): MemberEvent => ({
    ...{ type: 'benefit.used', source: 'shop', id, stamp: on(at), benefit: 'film', worth },
  })
  const events = [use('a', '2026-03-01', null), use('b', '2026-03-02', 300), use('c', '2027-01-01', null)]
  expect(live(timeline, events).member.benefitUses).toEqual([
    { benefit: 'film', year: 2026, times: 2, worth: 1100 },
    { benefit: 'film', year: 2027, times: 1, worth: 800 },
  ])
})

describe('RED-2 what applies to a cart', () => {
  const price: Reward['price'] = { type: 'fixed', asset: 'points', choices: [{ audience: everyone, amount: 1 }] }
  const priced = (id: string, parts: Partial<Reward>) => reward(id, { price, ...parts })
  const rewards = [
    priced('ten', { kind: { type: 'money-off', minor: 1000 }, expiry: { type: 'life', life: days(10), endOf: null } }),
    priced('six', { kind: { type: 'money-off', minor: 600 }, together: true }),
    priced('tenth', {
      kind: { type: 'percent-off', percent: { numerator: 1, denominator: 10 }, most: null },
      together: true,
    }),
    priced('ship', { kind: { type: 'free-shipping' }, together: true }),
    priced('card', { kind: { type: 'gift-card', minor: 2500 } }),
    priced('mug', { kind: { type: 'custom' } }),
    paying('pay', 'points', 100),
  ]
  const member5 = benefit('member-price', {
    kind: { type: 'percent-off', percent: { numerator: 1, denominator: 20 }, basket: { least: 0, lines: wine() } },
    levels: [],
  })
  const timeline = withBenefits([member5], {
    assets: [points()],
    ladders: [],
    rewards: new Map(rewards.map((each) => [each.id, each])),
  })
  function wine() {
    return { text: 'wine', test: ({ line: it }: { line: { category: string } | null }) => it?.category === 'wine' }
  }
  const having = (...ids: string[]) => [
    adjusted('gift', on('2026-01-01'), 1000),
    ...ids.flatMap((id, index) => redeem(`${id}-${index}`, id, on(`2026-03-01T0${index}:00`))),
  ]
  const basket = basketOf([line('1', 2000, { categories: ['wine'] }), line('2', 1001)], {
    shipping: { total: 490, tax: 0 },
  })
  const checkout = (ids: readonly string[], wished: readonly string[] | null = null, content = basket) =>
    checkoutOf(timeline, live(timeline, having(...ids)).member, content, on('2026-03-02'), wished)

  test('benefits first, then all that go together, line by line', () => {
    const found = checkout(['six', 'tenth', 'ship'])
    expect(found.benefits).toEqual([{ benefit: 'member-price', perLine: [100, 0], shipping: 0 }])
    expect(found.vouchers).toEqual([
      { voucher: 'six-0', reward: 'six', perLine: [393, 207], shipping: 0 },
      // A tenth of 2901 - 600, half up.
      { voucher: 'tenth-1', reward: 'tenth', perLine: [151, 79], shipping: 0 },
      { voucher: 'ship-2', reward: 'ship', perLine: [0, 0], shipping: 490 },
    ])
    expect(found.payable).toBe(2001 + 1000 + 490 - 100 - 600 - 230 - 490)
    expect(found.lost).toEqual([])
  })

  test('one that goes alone wins where it takes off more, and the losers are told why', () => {
    expect(checkout(['ten', 'six', 'mug'])).toMatchObject({
      vouchers: [{ voucher: 'ten-0' }],
      lost: [{ voucher: 'six-1', refusal: { code: 'not-together' } }],
    })
    expect(checkout(['ten', 'six', 'ship'])).toMatchObject({
      vouchers: [{ voucher: 'six-1' }, { voucher: 'ship-2' }],
      lost: [{ voucher: 'ten-0', refusal: { code: 'not-together' } }],
    })
    expect(checkout(['six', 'six'])).toMatchObject({
      vouchers: [{ voucher: 'six-0' }],
      lost: [{ voucher: 'six-1', refusal: { code: 'one-per-order' } }],
    })
  })

  test('what the member picked, and no more; what cannot be picked is told', () => {
    expect(checkout(['ten', 'six'], ['six-1', 'nothing'])).toMatchObject({
      vouchers: [{ voucher: 'six-1' }],
      lost: [{ voucher: 'nothing', refusal: { code: 'unknown-voucher' } }],
    })
  })

  test('gift cards pay the rest as far as it goes', () => {
    const found = checkout(['card', 'card'])
    const rest = 2901 + 490
    expect(found.giftCards).toEqual([
      { voucher: 'card-0', reward: 'card', pays: 2500 },
      { voucher: 'card-1', reward: 'card', pays: rest - 2500 },
    ])
    expect([found.payable, found.points]).toEqual([0, []])
  })

  test('RED-4 points in steps, never worth more than what is payable, never more than the member has', () => {
    const small = (total: number) => checkout([], null, basketOf(total)).points
    expect(small(735)).toEqual([{ reward: 'pay', asset: 'points', least: 100, most: 700, step: 100, worth: 700 }])
    expect(small(99)).toEqual([])
    expect(small(5000)).toMatchObject([{ most: 1000, worth: 1000 }])
  })
})
