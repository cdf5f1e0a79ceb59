import { describe, expect, test } from 'vitest'
import { clubDocument, openTestServer, orderPaid } from '../server.fixture.ts'

const server = await openTestServer()
const { call, clock, memberWith, activeOf } = server
const rewards = `
rewards:
  five-off: { kind: money-off, value: 5.00 GBP, price: 50 points, expires: P30D }
  basket-off: { kind: money-off, value: 5.00 GBP, price: 50 points, basket: { least: 20.00 GBP } }
  kept: { kind: money-off, value: 10.00 GBP, price: 50 points, instead: { charity: green-city, value: 10.00 GBP } }
  trees: { kind: donation, charity: green-city, price: 50 points }
  card: { kind: gift-card, value: 25.00 GBP, price: 50 points }
  partner-code: { kind: custom, price: 50 points, codes: uploaded }
charities:
  green-city: { name: { en: Green City } }
benefits:
  free-shipping: { kind: free-shipping, basket: { least: 25.00 GBP } }
  hotline: { kind: service, worth: 2.00 GBP }
`
const document = `${clubDocument.slice(0, clubDocument.indexOf('rewards:'))}${rewards}`
  .replace('expires: { life: P12M }', 'expires: { life: P12M }\n    worth: { 100 points: 1.00 GBP }')
  .replace('{ id: gold, reach: 100 points }', '{ id: gold, reach: 100 points, benefits: [free-shipping] }')
await server.publish(document)

let made = 0
/** A member with points, on an open account of their own. */
async function redeem(member: string, reward: string): Promise<string> {
  const id = `r-${++made}`
  expect((await call('POST', '/v1/redemptions', { id, member, reward, confirm: true })).body).toMatchObject({
    granted: true,
  })
  return id
}
const of = (member: string, voucher: string) => `/v1/members/${member}/vouchers/${encodeURIComponent(voucher)}`
const reveal = async (member: string, voucher: string) => await call('POST', `${of(member, voucher)}/code`)
const use = (body: object, key: string) => call('POST', '/v1/vouchers/use', body, { 'idempotency-key': key })

describe('RED-5 a voucher of a redemption', () => {
  test('is in hand, its code revealed once it is asked for, and the same ever after', async () => {
    const member = await memberWith(100)
    const id = await redeem(member, 'five-off')
    const listed = (await call('GET', `/v1/members/${member}/vouchers`)).body
    expect(listed).toMatchObject({
      ...{ member, next: null },
      vouchers: [{ id, reward: 'five-off', kind: 'money-off', status: 'open', lastDay: '2026-04-13', lastFour: null }],
    })
    const first = await reveal(member, id)
    expect(first.body.code).toMatch(/^\w{4}-\w{4}-\w{4}$/)
    expect((await reveal(member, id)).body).toEqual(first.body)
    expect((await call('GET', of(member, id))).body.lastFour).toBe(first.body.code.slice(-4))
    const { rows } = await server.context.database.migrator.query('SELECT * FROM voucher_code')
    expect(JSON.stringify(rows)).not.toContain(first.body.code)
    const typed = first.body.code.toLowerCase().replaceAll('-', ' ')
    const found = await call('POST', '/v1/vouchers/look-up', { code: typed })
    expect(found.body).toMatchObject({ member, voucher: { id, status: 'open', reward: 'five-off' } })
  })

  test('is used once by its code, at the till or in the shop, and every repetition is answered as at first', async () => {
    const member = await memberWith(100)
    const { code } = (await reveal(member, await redeem(member, 'five-off'))).body
    const first = await use({ code }, 'till-1')
    expect(first.body).toMatchObject({ member, granted: true, amount: 500, use: 'laurel/use/till-1', repeated: false })
    expect((await use({ code }, 'till-1')).body).toEqual({ ...first.body, repeated: true })
    expect((await use({ code }, 'till-2')).body).toMatchObject({ granted: false, refusal: { code: 'already-used' } })
    const { voucher } = (await call('POST', '/v1/vouchers/look-up', { code })).body
    expect(voucher).toMatchObject({ status: 'used', uses: [{ id: 'laurel/use/till-1', amount: 500 }] })
  })

  test('of forty who use it at once one succeeds', async () => {
    const member = await memberWith(100)
    const voucher = await redeem(member, 'five-off')
    const answers = await Promise.all(
      Array.from({ length: 40 }, (_, index) => use({ member, voucher }, `rush-${voucher}-${index}`)),
    )
    expect(answers.filter(({ body }) => body.granted)).toHaveLength(1)
    const { rows } = await server.context.database.migrator.query('SELECT status FROM voucher WHERE id = $1', [voucher])
    expect(rows).toEqual([{ status: 'used' }])
  })

  test('whose use came to nothing is open again', async () => {
    const member = await memberWith(100)
    const voucher = await redeem(member, 'five-off')
    const { body } = await use({ member, voucher }, 'failed-checkout')
    const restored = await call('POST', `${of(member, voucher)}/restore`, { use: body.use })
    expect(restored.body).toMatchObject({ granted: true, amount: 500 })
    expect((await call('GET', of(member, voucher))).body).toMatchObject({ status: 'open', uses: [] })
  })

  test('can be used anew for the order that had it, once that use came to nothing', async () => {
    const member = await memberWith(100)
    const voucher = await redeem(member, 'five-off')
    const named = { member, voucher, order: { source: 'web', id: `order-of-${voucher}` } }
    const { body } = await use(named, `first-${voucher}`)
    clock.now += 60_000
    const occurredAt = new Date(clock.now).toISOString()
    await call('POST', '/v1/events', orderPaid(`of-${voucher}`, member, 1500, { occurredAt }))
    expect((await use(named, `second-${voucher}`)).body.refusal.code).toBe('already-used')
    expect((await call('POST', `${of(member, voucher)}/restore`, { use: body.use })).body).toMatchObject({
      granted: true,
    })
    expect((await use(named, `third-${voucher}`)).body).toMatchObject({ granted: true, amount: 500 })
  })

  test('lapses by the clock, before anybody writes it down; its code is not revealed any more', async () => {
    const member = await memberWith(100)
    const voucher = await redeem(member, 'five-off')
    const now = clock.now
    clock.now = Date.parse('2026-04-14T00:00:00+01:00')
    expect((await call('GET', of(member, voucher))).body.status).toBe('expired')
    expect((await call('GET', `/v1/members/${member}/vouchers`)).body.vouchers).toEqual([])
    expect(await reveal(member, voucher)).toMatchObject({ status: 409, body: { code: 'voucher-ended' } })
    clock.now = now
  })

  test('revoked by staff, with a reason, is not used', async () => {
    const member = await memberWith(100)
    const voucher = await redeem(member, 'five-off')
    const body = { reason: 'stolen', actor: 'staff-7' }
    const revoked = await call('POST', `${of(member, voucher)}/revoke`, body, { 'idempotency-key': `rv-${voucher}` })
    expect(revoked.body).toMatchObject({ granted: true, decision: { vouchers: [{ id: voucher, status: 'revoked' }] } })
    expect((await use({ member, voucher }, `u-${voucher}`)).body.refusal).toEqual({ code: 'revoked', shortBy: null })
  })

  test('is listed with all others page by page', async () => {
    const member = await memberWith(300)
    const ids: string[] = []
    for (let index = 0; index < 5; index++) {
      clock.now += 1000
      ids.unshift(await redeem(member, index % 2 === 0 ? 'five-off' : 'card'))
    }
    await use({ member, voucher: ids[0] }, `page-${ids[0]}`)
    const first = (await call('GET', `/v1/members/${member}/vouchers?status=all&limit=3`)).body
    const second = (await call('GET', `/v1/members/${member}/vouchers?status=all&limit=3&cursor=${first.next}`)).body
    expect([...first.vouchers, ...second.vouchers].map(({ id }) => id)).toEqual(ids)
    expect(second.next).toBeNull()
    expect((await call('GET', `/v1/members/${member}/vouchers`)).body.vouchers).toHaveLength(4)
  })
})

describe('RED-5 codes', () => {
  test('that there are not can be asked for thirty times a minute', async () => {
    const key = await server.keyFor('club', ['vouchers:use'])
    const guess = () =>
      call('POST', '/v1/vouchers/look-up', { code: 'AAAA-AAAA-AAAA' }, { authorization: `Bearer ${key}` })
    const answers = []
    for (let index = 0; index < 31; index++) answers.push(await guess())
    expect(answers.slice(0, 30).map(({ status }) => status)).toEqual(Array(30).fill(404))
    expect(answers[30]).toMatchObject({ status: 429, body: { code: 'too-many-requests' } })
  })

  test('of another program are nobody’s', async () => {
    const member = await memberWith(100)
    const { code } = (await reveal(member, await redeem(member, 'five-off'))).body
    await server.publish(clubDocument.replace('id: club', 'id: rival'), 'rival')
    const rival = { authorization: `Bearer ${await server.keyFor('rival')}` }
    expect((await call('POST', '/v1/vouchers/look-up', { code }, rival)).body.code).toBe('unknown-code')
  })

  test('that are uploaded are given out one by one until none is left, each once, however many ask', async () => {
    const upload = (codes: readonly string[], reward = 'partner-code') =>
      call('POST', `/v1/rewards/${reward}/codes`, { codes })
    expect(await upload(['X'], 'five-off')).toMatchObject({ status: 400 })
    expect((await upload(['SPA-0001'], 'five-off')).body.code).toBe('unknown-reward')
    expect((await upload(['SPA-0001', 'SPA-0002', 'spa 0001'])).body).toMatchObject({ added: 2, known: 1 })
    expect((await upload(['SPA-0001', 'SPA-0003'])).body).toMatchObject({ added: 1, known: 1 })
    const members = await Promise.all(Array.from({ length: 4 }, () => memberWith(60)))
    const ask = (id: string, member: string) =>
      call('POST', '/v1/redemptions', { id, member, reward: 'partner-code', confirm: true })
    const asked = await Promise.all(members.map((member, i) => ask(`spa-${i}`, member)))
    expect(asked.flatMap(({ body }) => body.refusal?.code ?? [])).toEqual(['sold-out'])
    expect((await call('GET', '/v1/rewards/partner-code/codes')).body).toMatchObject({ free: 3, revealed: 0, left: 0 })
    const held = members.flatMap((member, i) => (asked[i]?.body.granted ? [[member, `spa-${i}`] as const] : []))
    const answers = await Promise.all(held.map(([member, voucher]) => reveal(member, voucher)))
    expect(answers.map(({ body }) => body.code).sort()).toEqual(['SPA-0001', 'SPA-0002', 'SPA-0003'])
    expect((await call('GET', '/v1/rewards/partner-code/codes')).body).toMatchObject({ free: 0, revealed: 3, left: 0 })
    await upload(['SPA-0004'])
    const without = members.find((_, i) => !asked[i]?.body.granted) ?? ''
    expect((await ask('spa-again', without)).body).toMatchObject({ granted: true })
    expect((await reveal(without, 'spa-again')).body.code).toBe('SPA-0004')
  })

  test('RED-3 a voucher that goes back frees its code where nobody has seen it, and takes it along where somebody has', async () => {
    await call('POST', '/v1/rewards/partner-code/codes', { codes: ['TWO-0001', 'TWO-0002'] })
    const leftOf = async () => (await call('GET', '/v1/rewards/partner-code/codes')).body.left
    const member = await memberWith(200)
    const [seen, unseen] = [await redeem(member, 'partner-code'), await redeem(member, 'partner-code')]
    const gone = (await reveal(member, seen)).body.code
    expect(await leftOf()).toBe(0)
    expect((await call('POST', `${of(member, unseen)}/return`)).body).toMatchObject({ granted: true })
    expect(await leftOf()).toBe(1)
    expect((await call('POST', `${of(member, seen)}/return`)).body).toMatchObject({ granted: true })
    expect(await leftOf()).toBe(1)
    const other = (await reveal(member, await redeem(member, 'partner-code'))).body.code
    expect([gone, other].sort()).toEqual(['TWO-0001', 'TWO-0002'])
    const one = await memberWith(60)
    const refused = await call('POST', '/v1/redemptions', { id: 'none', member: one, reward: 'partner-code' })
    expect(refused.body.refusal.code).toBe('sold-out')
  })
})

describe('RED-6 RED-7 an unused voucher', () => {
  test('goes back for its points in one step', async () => {
    const member = await memberWith(100)
    const voucher = await redeem(member, 'five-off')
    expect(await activeOf(member)).toBe(50)
    expect((await call('POST', `${of(member, voucher)}/return`)).body).toMatchObject({ granted: true, amount: 50 })
    expect(await activeOf(member)).toBe(100)
    expect((await call('POST', `${of(member, voucher)}/return`)).body).toMatchObject({ granted: true, repeated: true })
    expect((await use({ member, voucher }, `x-${voucher}`)).body.refusal.code).toBe('already-returned')
  })

  test('goes to the charity, and then to nobody else; points that are donated go there, too', async () => {
    const member = await memberWith(150)
    const voucher = await redeem(member, 'kept')
    expect((await call('POST', `${of(member, voucher)}/give`)).body).toMatchObject({ granted: true, amount: 1000 })
    expect((await call('POST', `${of(member, voucher)}/return`)).body.refusal.code).toBe('already-given')
    await redeem(member, 'trees')
    const { rows } = await server.context.database.migrator.query(
      `SELECT asset, amount FROM transfer WHERE member = $1 AND to_account = 'charity:green-city' ORDER BY asset`,
      [member],
    )
    expect(rows).toEqual([
      { asset: 'GBP', amount: 1000 },
      { asset: 'points', amount: 50 },
    ])
  })
})

describe('RED-2 at the checkout', () => {
  const order = (total: number) => ({
    ...{ id: 'cart-1', currency: 'GBP', shipping: { total: 399, tax: 0 } },
    lines: [{ id: '1', sku: 'kettle', quantity: 1, total }],
  })

  test('a cart is told what comes off, what does not and why, and what points could pay', async () => {
    const member = await memberWith(250)
    const [five, least, card] = [
      await redeem(member, 'five-off'),
      await redeem(member, 'basket-off'),
      await redeem(member, 'card'),
    ]
    clock.now += 1000
    const small = (await call('POST', '/v1/carts/preview', { member, order: order(1500) })).body.checkout
    expect(small).toMatchObject({
      vouchers: [{ voucher: five, perLine: [500], shipping: 0 }],
      lost: [
        { benefit: 'free-shipping', refusal: { code: 'below-least', shortBy: 1000 } },
        { voucher: least, refusal: { code: 'below-least', shortBy: 500 } },
      ],
      giftCards: [{ voucher: card, pays: 1399 }],
      payable: 0,
    })
    const picked = { member, order: order(3000), vouchers: [least] }
    expect((await call('POST', '/v1/carts/preview', picked)).body.checkout).toMatchObject({
      ...{ benefits: [{ benefit: 'free-shipping', shipping: 399 }], giftCards: [], payable: 2500 },
      vouchers: [{ voucher: least, perLine: [500] }],
    })
  })

  test('a use is judged against the basket, and its order gives it back', async () => {
    const member = await memberWith(100)
    const voucher = await redeem(member, 'basket-off')
    const named = { member, voucher, order: { source: 'web', id: 'order-big' } }
    expect((await use(named, 'no-basket')).body.refusal.code).toBe('basket-missing')
    const low = await use({ ...named, basket: order(1999) }, 'low')
    expect(low.body.refusal).toEqual({ code: 'below-least', shortBy: 1 })
    expect((await use({ ...named, basket: order(2000) }, 'high')).body).toMatchObject({ granted: true, amount: 500 })
    clock.now += 60_000
    const occurredAt = new Date(clock.now).toISOString()
    await call('POST', '/v1/events', orderPaid('big', member, 1500, { occurredAt }))
    const cancelled = { type: 'order.cancelled', id: 'c', source: 'web', member, occurredAt }
    await call('POST', '/v1/events', { ...cancelled, order: 'order-big', by: 'shop' })
    expect((await call('GET', of(member, voucher))).body).toMatchObject({ status: 'open' })
  })

  test('a gift card pays in parts', async () => {
    const member = await memberWith(100)
    const voucher = await redeem(member, 'card')
    expect((await use({ member, voucher, amount: 1000 }, `p1-${voucher}`)).body.amount).toBe(1000)
    expect((await use({ member, voucher, amount: 1501 }, `p2-${voucher}`)).body.refusal).toEqual({
      code: 'short',
      shortBy: 1,
    })
    expect((await call('GET', of(member, voucher))).body).toMatchObject({ status: 'open', left: 1500 })
  })

  test('REF-4 a gift card that is used after a refund of its order has its part of that refund at once', async () => {
    const member = await memberWith(100)
    const voucher = await redeem(member, 'card')
    const sold = orderPaid(`half-${voucher}`, member, 2000)
    const payments = [
      { by: 'gift-card', amount: 600 },
      { by: 'money', amount: 1400 },
    ]
    await call('POST', '/v1/events', { ...sold, order: { ...sold.order, payments } })
    const back = { type: 'refund.made', id: `half-back-${voucher}`, order: sold.order.id, amount: 1000 }
    const at = { source: 'web', member, occurredAt: '2026-03-14T11:00:00Z' }
    expect((await call('POST', '/v1/events', { ...back, ...at })).body.status).toBe('recorded')
    const order = { source: 'web', id: sold.order.id }
    expect((await use({ member, voucher, amount: 600, order }, `u-${voucher}`)).body).toMatchObject({ amount: 600 })
    const { left, uses } = (await call('GET', of(member, voucher))).body
    expect([left, uses]).toMatchObject([2200, [{ amount: 600, returned: 300 }]])
  })
})

describe('TIER-7 entitlements', () => {
  const ask = async (member: string, query: string) =>
    (await call('GET', `/v1/members/${member}/entitlements${query}`)).body
  test('yes or no, because, until when', async () => {
    const [gold, green] = [await memberWith(100), await memberWith(1)]
    expect((await ask(gold, '?benefit=free-shipping&total=2500')).entitlements).toEqual([
      {
        ...{ benefit: 'free-shipping', kind: 'free-shipping', name: {}, entitled: true, least: 2500 },
        ...{ because: { type: 'level', ladder: 'standing', level: 'gold' }, until: '2027-01-01T00:00:00.000' },
      },
    ])
    expect((await ask(gold, '?benefit=free-shipping&total=2400')).entitlements[0]).toMatchObject({
      ...{ entitled: false, because: { type: 'below-least', missing: 100 } },
    })
    expect((await ask(green, '')).entitlements).toMatchObject([
      { benefit: 'free-shipping', entitled: false, because: { type: 'not-for-member' } },
      { benefit: 'hotline', entitled: true, because: { type: 'audience' }, until: null },
    ])
    expect((await ask(gold, '?benefit=valet')).code).toBe('unknown-benefit')
    expect((await ask('nobody-here', '')).code).toBe('unknown-member')
  })

  test('a use of a benefit is recorded with its worth; of one that there is not, rejected', async () => {
    const member = await memberWith(1)
    const used = { type: 'benefit.used', id: `b-${member}`, source: 'web', member, occurredAt: '2026-03-14T11:00:00Z' }
    expect((await call('POST', '/v1/events', { ...used, benefit: 'hotline' })).body.status).toBe('recorded')
    const unknown = await call('POST', '/v1/events', { ...used, id: `b2-${member}`, benefit: 'valet' })
    expect(unknown.body).toMatchObject({ code: 'event-rejected', rejection: 'unknown-benefit' })
  })
})

test('and the books are clean, decided again as well', async () => {
  expect((await call('POST', '/v1/ledger/verify')).body).toMatchObject({ clean: true, disagreements: [] })
})
