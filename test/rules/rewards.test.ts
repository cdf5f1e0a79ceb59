import type { MemberEvent, RedemptionReserve, Reward } from '@laurel/engine'
import { describe, expect, test } from 'vitest'
import {
  basketOf,
  cancel,
  confirm,
  line,
  on,
  paid,
  redeem,
  reserve,
  returnVoucher,
  tick,
  useVoucher,
} from '../vectors/history-builder.ts'
import {
  anyAmount,
  capOf,
  everyone,
  paying,
  points,
  program,
  reward,
  standing,
  timelineOf,
} from '../vectors/program-builder.ts'
import { balanceOf, live } from '../vectors/reading.ts'
import { lastAnswer, price, rich, tenOff, withRewards, worth } from './rewards.fixture.ts'

describe('RED-2 what a basket must hold', () => {
  const wine = line('wine', 2000, { categories: ['wine'] })
  const tea = line('tea', 1500, { categories: ['tea'] })
  const card = line('card', 5000, { kind: 'gift-card' })
  const onWine = {
    text: 'wine only',
    test: ({ line: it }: { line: { category: string } | null }) => it?.category === 'wine',
  }
  const basket = { least: 3000, lines: null }
  const rewards = [
    { ...tenOff, basket },
    reward('fifth-off', {
      kind: { type: 'percent-off', percent: { numerator: 1, denominator: 5 }, most: 300 },
      price: price(1),
      basket: { least: 0, lines: onWine },
    }),
    reward('ship', { kind: { type: 'free-shipping' }, price: price(1), together: true }),
    reward('tea', { kind: { type: 'product', sku: 'sku-tea' }, price: price(1), together: true }),
  ]
  const timeline = withRewards(rewards)
  const having = (id: string) => [rich, ...redeem('r1', id, on('2026-03-10'))]
  const used = (id: string, content: Parameters<typeof basketOf>[0] | null, parts = {}) =>
    lastAnswer(timeline, [
      ...having(id),
      useVoucher('u1', 'r1', on('2026-03-11'), { basket: content === null ? null : basketOf(content, parts) }),
    ]).answer

  test.each([
    ['ten-off', [wine, tea], 1000],
    ['fifth-off', [wine, tea], 300],
    ['fifth-off', [{ ...wine, total: 777 }, tea], 155],
    ['tea', [wine, { ...tea, quantity: 3 }], 500],
  ])('%s takes off what it goes with', (id, content, amount) => {
    expect(used(id, content)).toEqual({ granted: true, asset: 'USD', amount })
  })

  test('free shipping is what shipping costs', () => {
    expect(used('ship', [wine], { shipping: { total: 490, tax: 0 } })).toMatchObject({ amount: 490 })
    expect(used('ship', [wine])).toMatchObject({ refusal: { code: 'nothing-left' } })
  })

  test.each([
    ['ten-off', [wine], { code: 'below-least', shortBy: 1000 }],
    ['ten-off', [wine, card], { code: 'below-least', shortBy: 1000 }],
    ['ten-off', [card], { code: 'no-line', shortBy: null }],
    ['ten-off', null, { code: 'basket-missing', shortBy: null }],
    ['fifth-off', [tea], { code: 'no-line', shortBy: null }],
    ['fifth-off', null, { code: 'basket-missing', shortBy: null }],
    ['tea', [wine], { code: 'no-line', shortBy: null }],
  ])('%s is refused with its reason', (id, content, refusal) => {
    expect(used(id, content)).toEqual({ granted: false, refusal })
  })

  test('the least is what the lines cost after the discounts of the order', () => {
    expect(used('ten-off', [wine, tea], { discount: 500, payments: [] })).toMatchObject({ granted: true })
    expect(used('ten-off', [wine, tea], { discount: 501, payments: [] })).toMatchObject({ refusal: { shortBy: 1 } })
  })

  test('one of a reward on an order, and others only where each goes with others', () => {
    const all = [
      rich,
      ...['tea', 'tea', 'ship', 'ten-off'].flatMap((id, index) => redeem(`r${index}`, id, on('2026-03-10'))),
    ]
    const order = (id: string, voucher: string) =>
      useVoucher(id, voucher, on('2026-03-11'), {
        order: 'o1',
        basket: basketOf([wine, { ...tea, quantity: 3 }], { shipping: { total: 490, tax: 0 } }),
      })
    const two = [...all, order('u0', 'r0'), order('u1', 'r1')]
    expect(lastAnswer(timeline, two).refusal?.code).toBe('one-per-order')
    const three = [...two, order('u2', 'r2')]
    expect(lastAnswer(timeline, three).answer).toMatchObject({ granted: true, amount: 490 })
    expect(lastAnswer(timeline, [...three, order('u3', 'r3')]).refusal?.code).toBe('not-together')
    const paidFirst = [...all, paid('o1', on('2026-03-11'), 4000), order('u3', 'r3'), order('u2', 'r2')]
    expect(lastAnswer(timeline, paidFirst).refusal?.code).toBe('not-together')
  })
})

describe('RED-2 how often a member can have it', () => {
  const cap = capOf('reward:ten-off', 2, { counts: 'times', span: { type: 'calendar', unit: 'month' }, edge: 'refuse' })
  const timeline = withRewards([{ ...tenOff, cap }])
  const twice = [rich, ...redeem('r1', 'ten-off', on('2026-03-10')), ...redeem('r2', 'ten-off', on('2026-03-11'))]
  const third = (at: string) => ({ ...reserve('r3', on(at), 1), reward: 'ten-off', points: null })

  test('a reservation counts at once; the next month has room again', () => {
    expect(lastAnswer(timeline, [...twice, third('2026-03-31T23:59')]).refusal?.code).toBe('limit-reached')
    expect(lastAnswer(timeline, [...twice, third('2026-04-01')]).answer?.granted).toBe(true)
  })

  test('what came to nothing or went back gives its room back', () => {
    expect(
      lastAnswer(timeline, [...twice.slice(0, 4), tick(on('2026-03-12')), third('2026-03-13')]).answer?.granted,
    ).toBe(true)
    expect(
      lastAnswer(timeline, [...twice, returnVoucher('b1', 'r1', on('2026-03-12')), third('2026-03-13')]).answer
        ?.granted,
    ).toBe(true)
  })

  test('a confirmation after the time-out needs room, too', () => {
    const timedOut = [...twice.slice(0, 3), { ...reserve('r2', on('2026-03-11'), 1), reward: 'ten-off', points: null }]
    const filled = [...timedOut, tick(on('2026-03-12')), third('2026-03-13'), confirm('r2', on('2026-03-13T00:10'))]
    expect(lastAnswer(timeline, filled).refusal?.code).toBe('limit-reached')
  })
})

test('RED-2 an exchange gives another asset for its price', () => {
  const tickets = points({ id: 'tickets', kind: 'tickets' })
  const swap = reward('swap', { kind: { type: 'exchange', asset: 'tickets', amount: 10 }, price: price(200) })
  const timeline = withRewards([swap], { assets: [worth, tickets] })
  const { member } = live(timeline, [rich, ...redeem('s1', 'swap', on('2026-03-10'))])
  expect([balanceOf(member).active, balanceOf(member, 'tickets').active]).toEqual([9800, 10])
  expect(member.vouchers).toBeUndefined()
})

test('RED-4 points that nothing is left to be paid with are refused', () => {
  const pay = paying('pay', 'points', 100)
  const timeline = withRewards([pay])
  const asked = (points: number, payable: number | null) =>
    lastAnswer(timeline, [rich, { ...reserve('p1', on('2026-03-10'), points), reward: 'pay', payable }]).answer
  expect(asked(800, 735)).toMatchObject({ refusal: { code: 'above-payable' } })
  expect(asked(700, 735)).toEqual({ granted: true, asset: 'points', amount: 700 })
  expect(asked(800, null)).toEqual({ granted: true, asset: 'points', amount: 800 })
})

test('RED-4 points, or what is payable, are refused where the price is not the member’s choice', () => {
  const tagged = { ...everyone, tags: ['gold'] }
  const timeline = withRewards([
    { ...tenOff, price: price(60) },
    reward('free', { price: { type: 'free' } }),
    reward('golden', { price: { type: 'fixed', asset: 'points', choices: [{ audience: tagged, amount: 60 }] } }),
  ])
  const asked = (id: string, points: number | null, payable: number | null) => {
    const { answer, refusal } = lastAnswer(timeline, [
      rich,
      { ...reserve('p1', on('2026-03-10'), 0), reward: id, points, payable },
    ])
    return refusal?.code ?? (answer?.granted ? answer.amount : null)
  }
  expect([asked('ten-off', null, null), asked('free', null, null)]).toEqual([60, 0])
  for (const id of ['ten-off', 'free']) {
    const said = [asked(id, 10, null), asked(id, 60, null), asked(id, null, 1), asked(id, 10, 1)]
    expect(said).toEqual(['price-fixed', 'price-fixed', 'price-fixed', 'price-fixed'])
  }
  // Found in the declared order: who may not have it at all hears that, and what is missing comes last.
  expect(asked('golden', 10, null)).toBe('not-for-member')
  const poor = lastAnswer(timeline, [{ ...reserve('p1', on('2026-03-10'), 10), reward: 'ten-off' }])
  expect(poor.refusal?.code).toBe('price-fixed')
})

test('RED-2 a free reward is had by whoever it is for, and costs nothing', () => {
  const timeline = withRewards([{ ...tenOff, price: { type: 'free' } }])
  const { member } = live(timeline, redeem('f1', 'ten-off', on('2026-03-10')))
  expect(member.vouchers).toMatchObject([{ id: 'f1', status: 'open' }])
  expect(member.assets.filter(({ active, held, debt }) => active + held + debt !== 0)).toEqual([])
})

/** A hundred points. */
const order = paid('o1', on('2026-03-01T09:00'), 10_000)

describe('RED-4 a price', () => {
  const gold = { ...everyone, tiers: [{ ladder: 'standing', level: 'gold' }] }
  const mask: Reward = {
    ...anyAmount(),
    id: 'mask',
    price: {
      type: 'fixed',
      asset: 'points',
      choices: [
        { audience: gold, amount: 80 },
        { audience: everyone, amount: 100 },
      ],
    },
  }
  const some: Reward = {
    ...anyAmount(),
    price: { type: 'chosen', asset: 'points', least: 20, most: 60, step: 20, worth: { amount: 1, minor: 1 } },
  }
  const timeline = timelineOf(
    program({
      ladders: [standing(20_000)],
      rewards: new Map([
        [mask.id, mask],
        [some.id, some],
      ]),
    }),
  )
  const asked = (events: readonly MemberEvent[], request: RedemptionReserve) =>
    live(timeline, [...events, request]).decisions.at(-1)?.answer
  const later = on('2026-03-05T09:00')

  test('may differ by tier: the first audience that holds names it', () => {
    const forMask = { ...reserve('m', later, 0), reward: 'mask', points: null }
    expect(asked([order], forMask)).toMatchObject({ granted: true, amount: 100 })
    expect(asked([order, paid('o2', on('2026-03-02T09:00'), 10_000)], forMask)).toMatchObject({
      granted: true,
      amount: 80,
    })
  })

  test('that is chosen has a least, a most and a step', () => {
    const codeOf = (amount: number) => {
      const answer = asked([order], reserve('s', later, amount))
      return answer?.granted ? answer.amount : answer?.refusal.code
    }
    expect([10, 20, 30, 60, 80].map(codeOf)).toEqual(['below-least', 20, 'off-step', 60, 'above-most'])
  })
})

test('RED-1 what is cancelled after its time-out stays cancelled', () => {
  const timeline = timelineOf(program())
  const held = reserve('m', on('2026-03-02T09:00'), 60, { lastsMs: 1000 })
  const decisions = live(timeline, [
    order,
    held,
    cancel('m', on('2026-03-02T09:01')),
    confirm('m', on('2026-03-02T09:02')),
  ])
  expect(decisions.decisions.at(-1)?.answer).toEqual({
    granted: false,
    refusal: { code: 'already-cancelled', shortBy: null },
  })
  expect(balanceOf(decisions.member).active).toBe(100)
})
