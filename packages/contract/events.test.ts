import { kindOf, type MemberEvent, type TimePassed } from '@laurel/engine'
import { describe, expect, test } from 'vitest'
import { event, parseEvent } from './events.ts'

const line = { id: '1', sku: 'kettle', quantity: 1, total: 4000 }
const order = { id: 'o1', currency: 'USD', lines: [line] }
const paid = {
  type: 'order.paid',
  id: 'e1',
  source: 'web',
  member: 'm1',
  occurredAt: '2026-03-14T09:26:53+01:00',
  order,
}

const withOrder = (change: object) => ({ ...paid, order: { ...order, ...change } })
const withLine = (change: object) => withOrder({ lines: [{ ...line, ...change }] })

function eventOf(value: unknown) {
  const parsed = parseEvent(value)
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.errors))
  return parsed.event
}
function orderOf(value: unknown) {
  const event = eventOf(value)
  if (!('order' in event) || typeof event.order !== 'object' || event.order === null) throw new Error('no order')
  return event.order
}
function pathsOf(value: unknown) {
  const parsed = parseEvent(value)
  return parsed.ok ? [] : parsed.errors.map(({ path }) => path).sort()
}

describe('an order', () => {
  test('comes out whole: defaults said, paid by money', () => {
    expect(eventOf(paid)).toEqual({
      ...paid,
      occurredAt: '2026-03-14T08:26:53.000Z',
      order: {
        ...order,
        ...{ rate: null, channel: null, place: null, tags: [], discount: 0, tip: 0, shipping: { total: 0, tax: 0 } },
        lines: [{ ...line, discount: 0, tax: 0, categories: [], brand: null, kind: 'goods' }],
        payments: [{ by: 'money', amount: 4000 }],
      },
    })
  })

  test.each([
    // price, quantity, currency, total: half-up, once, on the whole line
    ['12.95', 2, 'USD', 2590],
    ['0.005', 1, 'USD', 1],
    ['0.0049', 1, 'USD', 0],
    ['0.333333', 3, 'USD', 100],
    ['1.005', 1, 'JPY', 1],
    ['1.5', 1, 'JPY', 2],
    ['1.0005', 1, 'KWD', 1001],
    ['999999999999', 1, 'JPY', 999_999_999_999],
  ])('AMT-1 a price of %s for %i in %s makes %i', (unitPrice, quantity, currency, total) => {
    const { total: _, ...rest } = line
    expect(orderOf(withOrder({ currency, lines: [{ ...rest, unitPrice, quantity }] })).lines[0]?.total).toBe(total)
  })

  test('a total that agrees with the price may be said, one that does not is refused', () => {
    const said = { unitPrice: '10.00', quantity: 2, discount: 50 }
    expect(orderOf(withLine({ ...said, total: 1950 })).lines[0]?.total).toBe(1950)
    expect(pathsOf(withLine({ ...said, total: 1951 }))).toEqual(['/order/lines/0/total'])
  })

  test('payments add up to lines - discount + shipping + tip', () => {
    const sums = { discount: 500, shipping: { total: 300 }, tip: 200 }
    const payments = [
      { by: 'money', amount: 3000 },
      { by: 'points', amount: 1000, redemption: 'r1' },
    ]
    expect(orderOf(withOrder({ ...sums, payments })).payments).toEqual(payments)
    expect(pathsOf(withOrder({ ...sums, payments: payments.slice(1) }))).toEqual(['/order/payments'])
    expect(orderOf(withOrder(sums)).payments).toEqual([{ by: 'money', amount: 4000 }])
  })

  test('AMT-4 a rate becomes an exact fraction with its day', () => {
    const rate = { rate: '1.0832', on: '2026-03-13' }
    expect(orderOf(withOrder({ rate })).rate).toEqual({ numerator: 10_832, denominator: 1_000_000, on: '2026-03-13' })
    expect(pathsOf(withOrder({ rate: { ...rate, rate: '0.00' } }))).toEqual(['/order/rate/rate'])
  })

  test.each([
    ['a negative quantity', withLine({ quantity: -1 }), '/order/lines/0/quantity'],
    ['half an item', withLine({ quantity: 0.5 }), '/order/lines/0/quantity'],
    ['a negative amount', withLine({ total: -1 }), '/order/lines/0/total'],
    ['an amount with decimals', withLine({ total: 10.5 }), '/order/lines/0/total'],
    ['an amount beyond 2^53', withLine({ total: 2 ** 53 }), '/order/lines/0/total'],
    ['an amount as text', withLine({ total: '4000' }), '/order/lines/0/total'],
    ['a price as a number', withLine({ unitPrice: 40 }), '/order/lines/0/unitPrice'],
    ['a price with seven places', withLine({ unitPrice: '40.0000001' }), '/order/lines/0/unitPrice'],
    ['a discount above the price', withLine({ unitPrice: '1.00', total: 0, discount: 101 }), '/order/lines/0/discount'],
    ['more tax than total', withLine({ tax: 4001 }), '/order/lines/0/tax'],
    ['two lines of one id', withOrder({ lines: [line, line] }), '/order/lines'],
    ['an unknown currency', withOrder({ currency: 'USX' }), '/order/currency'],
    ['a lower-case currency', withOrder({ currency: 'usd' }), '/order/currency'],
    ['a discount above the lines', withOrder({ discount: 4001 }), '/order/discount'],
    [
      'points without their redemption',
      withOrder({ payments: [{ by: 'points', amount: 4000 }] }),
      '/order/payments/0/redemption',
    ],
    ['an id that no address can hold', { ...paid, id: '..' }, '/id'],
    ['a member of whom none can tell', { ...paid, member: '.' }, '/member'],
    ['an unknown field', { ...paid, voucher: 'x' }, '/voucher'],
    ['an unknown field of a line', withLine({ colour: 'red' }), '/order/lines/0/colour'],
    ['no instant', { ...paid, occurredAt: undefined }, '/occurredAt'],
    ['an instant without its offset', { ...paid, occurredAt: '2026-03-14T09:26:53' }, '/occurredAt'],
    ['31 February', { ...paid, occurredAt: '2026-02-31T09:26:53Z' }, '/occurredAt'],
    ['hour 24', { ...paid, occurredAt: '2026-03-14T24:00:00Z' }, '/occurredAt'],
    ['an offset of 25 hours', { ...paid, occurredAt: '2026-03-14T09:26:53+25:00' }, '/occurredAt'],
    ['a zero byte', { ...paid, member: 'm\u0000' }, '/member'],
    ['half a character', { ...paid, member: 'm\ud800' }, '/member'],
    ['a source with a slash', { ...paid, source: 'web/shop' }, '/source'],
    ['our own source', { ...paid, source: 'laurel' }, '/source'],
  ])('refuses %s, and says where', (_, value, path) => {
    expect(pathsOf(value)).toContain(path)
  })

  test('complains about everything at once', () => {
    const wrong = { ...paid, extra: 1, member: '', order: { ...order, lines: [{ ...line, quantity: 0, sku: 7 }] } }
    expect(pathsOf(wrong)).toEqual(['/extra', '/member', '/order/lines/0/quantity', '/order/lines/0/sku'])
  })

  test('AMT-1 refuses amounts that leave no room for sums', () => {
    const most = 1_000_000_000_000
    const paidWith = (total: number) =>
      withOrder({ lines: [{ ...line, total }], payments: [{ by: 'money', amount: total }] })
    expect(pathsOf(paidWith(most + 1))).toContain('/order/lines/0/total')
    expect(pathsOf(withOrder({ rate: { rate: '123456789.5', on: '2026-03-13' } }))).toEqual(['/order/rate/rate'])
  })

  test('AMT-4 a rate between currencies of other minor units is told by the minor unit of the order', () => {
    const yen = { currency: 'JPY', rate: { rate: '0.0067', on: '2026-03-13' } }
    expect(orderOf(withOrder(yen)).rate).toEqual({ numerator: 67, denominator: 10_000, on: '2026-03-13' })
  })
})

describe('TIME-3 an instant counts to the millisecond, and finer digits are cut off', () => {
  test.each([
    ['2026-03-14T09:26:53Z', '2026-03-14T09:26:53.000Z'],
    ['2026-03-14t09:26:53z', '2026-03-14T09:26:53.000Z'],
    ['2026-03-14T09:26:53.5+01:00', '2026-03-14T08:26:53.500Z'],
    ['2026-03-14T09:26:53.123456789-05:30', '2026-03-14T14:56:53.123Z'],
    ['2024-02-29T00:00:00+14:00', '2024-02-28T10:00:00.000Z'],
  ])('%s is %s', (sent, instant) => {
    expect(eventOf({ ...paid, occurredAt: sent }).occurredAt).toBe(instant)
  })
})

describe('a refund', () => {
  const refund = { type: 'refund.made', id: 'r1', source: 'web', member: 'm1', occurredAt: '2026-03-15T10:00:00Z' }

  test('names lines or an amount, never both or neither', () => {
    const lines = [{ line: '1', quantity: 1 }]
    expect(eventOf({ ...refund, order: 'o1', lines })).toMatchObject({
      amount: 0,
      by: 'member',
      lines: [{ line: '1', quantity: 1, amount: null }],
    })
    expect(eventOf({ ...refund, order: 'o1', amount: 100 })).toMatchObject({ amount: 100, lines: [] })
    expect(pathsOf({ ...refund, order: 'o1', lines, amount: 100 })).toEqual(['/amount'])
    expect(pathsOf({ ...refund, order: 'o1' })).toEqual(['/amount'])
  })

  test('REF-1 may give back shipping, tip or tax, by itself or beside the rest', () => {
    const other = { shipping: 490, tip: 0, tax: 0 }
    expect(eventOf({ ...refund, order: 'o1', other: { shipping: 490 } })).toMatchObject({ amount: 0, lines: [], other })
    expect(eventOf({ ...refund, order: 'o1', amount: 100, other })).toMatchObject({ amount: 100, other })
    expect(eventOf({ ...refund, order: 'o1', amount: 100 })).toMatchObject({ other: null })
    expect(pathsOf({ ...refund, order: 'o1', other: { tip: 0 } })).toEqual(['/other'])
    expect(pathsOf({ ...refund, order: 'o1', other: { gift: 1 } })).toContain('/other/gift')
    expect(pathsOf({ ...refund, order: null, other })).toEqual(['/other'])
  })

  test('says that it names no order', () => {
    expect(eventOf({ ...refund, order: null, amount: 100 })).toMatchObject({ order: null, amount: 100 })
    expect(pathsOf({ ...refund, amount: 100 })).toEqual(['/order'])
    expect(pathsOf({ ...refund, order: null, lines: [{ line: '1', quantity: 1 }] })).toContain('/lines')
  })

  test('a line says how many, how much or both', () => {
    expect(pathsOf({ ...refund, order: 'o1', lines: [{ line: '1' }] })).toEqual(['/lines/0'])
  })
})

describe('other events', () => {
  test('LED-9 an e-mail address is no id of a member: ids outlive an erasure', () => {
    const joined = { type: 'member.joined', id: '1', source: 'web', occurredAt: '2026-03-14T10:00:00Z' }
    expect(parseEvent({ ...joined, member: 'ann@example.net' })).toMatchObject({
      ok: false,
      errors: [{ path: '/member', message: expect.stringContaining('must not be an e-mail address') }],
    })
    for (const member of ['ann', '@ann', 'shop@17', 'a@b c.d']) {
      expect(parseEvent({ ...joined, member })).toMatchObject({ ok: true })
    }
  })

  const sent = { id: 'x', source: 'web', member: 'm1', occurredAt: '2026-03-15T10:00:00Z' }

  test('an activity brings facts: true or false, whole numbers, texts', () => {
    const facts = { words: 40, photo: true, place: 'shop' }
    expect(eventOf({ ...sent, type: 'activity.review', facts })).toEqual({
      ...sent,
      occurredAt: '2026-03-15T10:00:00.000Z',
      type: 'activity.review',
      place: null,
      channel: null,
      facts,
    })
    expect(pathsOf({ ...sent, type: 'activity.review', facts: { words: 1.5 } })).toEqual(['/facts/words'])
    expect(pathsOf({ ...sent, type: 'activity.Not Kebab' })).toEqual(['/type'])
  })

  test('a change of the member says what is replaced', () => {
    expect(eventOf({ ...sent, type: 'member.changed', tags: ['vip'] })).toMatchObject({ tags: ['vip'], segments: null })
    expect(pathsOf({ ...sent, type: 'member.changed', tags: ['vip', 'vip'] })).toEqual(['/tags'])
  })

  test.each([[null], [[]], ['text'], [7], [{}], [{ type: 'order.payed' }], [{ type: 7 }]])(
    '%j is no event',
    (value) => {
      expect(parseEvent(value)).toMatchObject({ ok: false, errors: [{ path: expect.stringMatching(/^$|^\/type$/) }] })
    },
  )
})

test('EVT-2 whatever can be sent with a moment of its own is a fact: it may be late', () => {
  const types = event.options.flatMap((option) => {
    const { type } = ('shape' in option ? option : option.in).shape
    return 'value' in type ? [type.value] : ['activity'] // a pattern is no literal: `activity.<name>`
  })
  expect(types).toEqual(expect.arrayContaining(['order.paid', 'refund.made', 'member.left', 'activity']))
  const others = types.filter((type) => kindOf({ type } as Exclude<MemberEvent, TimePassed>) !== 'fact')
  expect(others).toEqual([])
})

test('LED-9 what stays in the books is no e-mail address, wherever somebody may write one', () => {
  const fact = { id: 'e1', source: 'web', member: 'm1', occurredAt: '2026-03-14T09:26:53+01:00' }
  const saidOf = (value: object) => {
    const parsed = parseEvent({ ...fact, ...value })
    return parsed.ok ? [] : parsed.errors
  }
  const address = 'mia@example.com'
  const frozen = { type: 'member.frozen', frozen: true, reason: 'claim-7' }
  for (const [path, value] of [
    ['/id', { ...frozen, id: address }],
    ['/member', { ...frozen, member: address }],
    ['/reason', { ...frozen, reason: `asked by ${address} in May` }],
    ['/actor', { ...frozen, actor: address }],
    ['/tags', { type: 'member.changed', tags: ['vip', address] }],
    ['/facts/who', { type: 'activity.review', facts: { who: address } }],
  ] as const) {
    const books = expect.stringContaining('stays in the books when its member is erased')
    expect(saidOf(value)).toEqual([{ path, message: books }])
  }
  for (const value of [
    frozen,
    { ...frozen, reason: 'sold 3 @ 2.50' },
    { type: 'activity.review', facts: { who: '@mia' } },
  ]) {
    expect(saidOf(value)).toEqual([])
  }
})

test.each([1_700_000_000, true, 'yesterday', null])('a moment that is %j is told how one is written', (occurredAt) => {
  const parsed = parseEvent({ ...paid, occurredAt })
  const message = 'must be a date and time with its offset, like 2026-03-14T09:26:53+01:00'
  expect(parsed).toEqual({ ok: false, errors: [{ path: '/occurredAt', message }] })
})
