import { describe, expect, test, vi } from 'vitest'
import { clubDocument, openTestServer, orderPaid } from '../server.fixture.ts'
import { type Browser, browserOf } from '../team/staff.fixture.ts'

// What members see and do for themselves, by the interface that their portal asks.

const document = clubDocument
  .replace(
    'rewards:\n',
    `rewards:
  cinema: { kind: experience, price: 40 points, sessions: [{ id: june, starts: 2026-06-01T18:00, seats: 1 seats }], cancel: { before: P1D }, waiting: { accept: P1D } }
  tree: { kind: donation, charity: woods, price: 10 points }
  cash: { kind: pay-with-points, least: 10 points, step: 10 points }
  few: { kind: product, sku: MUG, price: 10 points, stock: 1 items }
`,
  )
  .replace('kind: spendable', 'kind: spendable\n    worth: { 100 points: 1.00 GBP }')
  .replace('assets:\n', 'charities: { woods: { name: { en: The Woods } } }\nassets:\n')
const server = await openTestServer()
await server.publish(document)
await server.publish(clubDocument.replace('id: club', 'id: rival'), 'rival')
const { call } = server
const rival = { authorization: `Bearer ${await server.keyFor('rival')}` }

let made = 0
/** A member with so many pounds spent, signed in. */
async function member(spent: number, program = 'club'): Promise<Browser & { readonly id: string }> {
  const id = `own-${++made}`
  const headers = program === 'club' ? {} : rival
  const contact = `${id}@example.com`
  await call('POST', '/v1/members', { id, profile: { name: `Somebody ${made}`, email: contact } }, headers)
  if (spent > 0) await call('POST', '/v1/events', orderPaid(`e-${id}`, id, spent * 100), headers)
  const browser = browserOf(server)
  const before = server.mailer.box?.length ?? 0
  expect((await browser.post(`/v1/doors/${program}/codes`, { contact, language: 'de' })).statusCode).toBe(200)
  await vi.waitFor(() => expect(server.mailer.box?.length).toBe(before + 1))
  const code = /^(\d{6}) ist dein Code/.exec(server.mailer.box?.[0]?.subject ?? '')?.[1] ?? ''
  expect((await browser.post(`/v1/doors/${program}/sessions`, { contact, code })).statusCode).toBe(200)
  return { ...browser, id }
}
const read = async (browser: Browser, url: string) => (await browser.open(url)).json()
const redeem = async (browser: Browser, body: object, key: string) =>
  (await browser.post('/v1/self/redemptions', body, { 'sec-fetch-site': 'same-origin', 'idempotency-key': key })).json()
const rewardIn = async (browser: Browser, id: string) =>
  (await read(browser, '/v1/self/rewards')).rewards.find((each: { id: string }) => each.id === id)

describe('the card', () => {
  test('is one answer: balance, level with what is missing, what lapses, and what things are called', async () => {
    const own = await member(70)
    expect(await read(own, '/v1/self')).toMatchObject({
      ...{ id: own.id, program: 'club', name: `Somebody ${made}`, status: 'member', bars: [] },
      balances: [{ asset: 'points', active: 70 }],
      tiers: [{ level: 'green', toRise: { level: 'gold', missing: 30 } }],
      lots: [{ asset: 'points', amount: 70 }],
    })
    expect(await read(own, '/v1/self/vocabulary')).toMatchObject({ name: { en: 'Club' }, charities: [{ id: 'woods' }] })
  })

  test('TIER-7 tells of no asset that is not shown and of no hidden level', async () => {
    const quiet = document
      .replace('id: club', 'id: quiet')
      .replace(
        'assets:\n',
        'assets:\n  shadow: { kind: qualifying, name: { en: shadow }, shown: no, expires: never }\n',
      )
      .replace('earn:\n', 'earn:\n  - { id: under, on: order.paid, give: 1 shadow, per: 1.00 GBP, round: floor }\n')
      .replace(
        '{ id: gold, reach: 100 points }',
        '{ id: gold, reach: 100 points }\n      - { id: black, reach: 900 points, hidden: yes }',
      )
    await server.publish(quiet, 'quiet')
    const headers = { authorization: `Bearer ${await server.keyFor('quiet')}` }
    await call('POST', '/v1/members', { id: 'q', profile: { name: 'Q', email: 'q@example.com' } }, headers)
    await call('POST', '/v1/events', orderPaid('q1', 'q', 20_000), headers)
    const browser = browserOf(server)
    const before = server.mailer.box?.length ?? 0
    await browser.post('/v1/doors/quiet/codes', { contact: 'q@example.com' })
    await vi.waitFor(() => expect(server.mailer.box?.length).toBe(before + 1))
    const code = /\d{6}/.exec(server.mailer.box?.[0]?.subject ?? '')?.[0]
    await browser.post('/v1/doors/quiet/sessions', { contact: 'q@example.com', code })
    for (const url of ['/v1/self', '/v1/self/vocabulary', '/v1/self/statement', '/v1/self/rewards']) {
      expect(JSON.stringify(await read(browser, url)), url).not.toMatch(/shadow|black/)
    }
    const { lines } = await read(browser, '/v1/self/statement')
    expect(lines).toMatchObject([{ kind: 'earned', asset: 'points', amount: 200, balance: 200 }])
    const why = await read(browser, `/v1/self/statement/${lines[0].number}/why`)
    expect(JSON.stringify(why)).not.toContain('under')
  })
})

describe('a line of the history', () => {
  test('EVT-7 says why in the language that is asked for, what gave and what did not', async () => {
    const own = await member(70)
    const { lines } = await read(own, '/v1/self/statement')
    expect(lines).toMatchObject([{ kind: 'earned', amount: 70, balance: 70, reward: null }])
    const why = await read(own, `/v1/self/statement/${lines[0].number}/why?language=tr`)
    expect(why.reasons).toMatchObject([{ rule: 'base', outcome: 'gave', asset: 'points', amount: 70 }])
    expect(why.reasons[0].sentence).toBe('Harcadığın her £1 için 1 points.')
  })

  test('is one’s own: the same number in another’s statement is another line', async () => {
    const [own, other] = [await member(70), await member(0)]
    const { lines } = await read(own, '/v1/self/statement')
    expect(await read(other, `/v1/self/statement/${lines[0].number}/why`)).toMatchObject({ code: 'unknown-line' })
  })

  test('is paged, latest first', async () => {
    const own = await member(10)
    for (const number of [1, 2, 3]) await call('POST', '/v1/events', orderPaid(`p${number}-${own.id}`, own.id, 100))
    const first = await read(own, '/v1/self/statement?limit=3')
    const second = await read(own, `/v1/self/statement?limit=3&cursor=${first.next}`)
    expect([...first.lines, ...second.lines].map(({ balance }) => balance)).toEqual([13, 12, 11, 10])
    expect(second.next).toBeNull()
  })
})

describe('rewards', () => {
  test('RED-1 are told with price, what is missing, and why one cannot be had', async () => {
    const own = await member(38)
    expect(await rewardIn(own, 'five-off')).toMatchObject({
      ...{ price: { asset: 'points', amount: 50 }, missing: 12, refusal: 'short', left: null },
    })
    expect(await rewardIn(own, 'few')).toMatchObject({ missing: 0, refusal: null, left: 1 })
    expect(await rewardIn(own, 'tree')).toMatchObject({ price: { amount: 10 }, charity: 'woods' })
    expect(await rewardIn(own, 'cash')).toMatchObject({ price: { amount: 10 }, refusal: 'at-checkout' })
    expect(await redeem(own, { reward: 'cash' }, 'cash')).toMatchObject({ granted: false, amount: 0 })
    expect(await rewardIn(own, 'cinema')).toMatchObject({
      ...{ missing: 2, refusal: 'short', waitingList: true },
      sessions: [{ id: 'june', starts: '2026-06-01T18:00:00.000', left: 1, refusal: 'short' }],
    })
    const german = await read(own, '/v1/self/rewards?language=de')
    expect(german.rewards.find((each: { id: string }) => each.id === 'five-off').sentences.join(' ')).toMatch(
      /Punkte|points/,
    )
  })

  test('RED-1 are redeemed once under one key, and the voucher shows its code to nobody else', async () => {
    const [own, other] = [await member(60), await member(60)]
    const key = 'k-1'
    const answer = await redeem(own, { reward: 'five-off' }, key)
    expect(answer).toMatchObject({ granted: true, amount: 50 })
    expect(await redeem(own, { reward: 'five-off' }, key)).toEqual(answer)
    // The same key of another member is another redemption.
    expect((await redeem(other, { reward: 'five-off' }, key)).redemption).not.toBe(answer.redemption)
    expect((await read(own, '/v1/self')).balances).toMatchObject([{ active: 10, held: 0 }])
    const { vouchers } = await read(own, '/v1/self/vouchers')
    expect(vouchers).toMatchObject([{ reward: 'five-off', status: 'open', lastFour: null }])
    const [{ id }] = vouchers
    const stranger = await member(0, 'rival')
    for (const nosy of [other, stranger]) {
      expect((await nosy.post(`/v1/self/vouchers/${id}/code`, {})).json()).toMatchObject({ code: 'unknown-voucher' })
    }
    const { code } = (await own.post(`/v1/self/vouchers/${id}/code`, {})).json()
    expect(code).toMatch(/^\w{4}-\w{4}-\w{4}$/)
    expect((await call('POST', '/v1/vouchers/look-up', { code })).body).toMatchObject({ member: own.id })
  })

  test('RED-3 tell what is sold out, and a full session leads to the line', async () => {
    const [first, second] = [await member(60), await member(60)]
    expect(await redeem(first, { reward: 'few' }, 'few')).toMatchObject({ granted: true })
    expect(await rewardIn(second, 'few')).toMatchObject({ left: 0, refusal: 'sold-out' })
    expect(await redeem(second, { reward: 'few' }, 'few')).toMatchObject({
      granted: false,
      refusal: { code: 'sold-out' },
    })
    expect(await redeem(first, { reward: 'cinema', session: 'june' }, 'june')).toMatchObject({ granted: true })
    expect(await rewardIn(second, 'cinema')).toMatchObject({ sessions: [{ left: 0, refusal: 'sold-out' }] })
    expect(await redeem(second, { reward: 'cinema', session: 'june', wait: true }, 'june')).toMatchObject({
      ...{ granted: false, waiting: 1 },
    })
    expect((await read(second, '/v1/self')).seats.waiting).toMatchObject([{ reward: 'cinema', place: 1 }])
  })
})

describe('the code on a card', () => {
  const scan = (code: string, key: string, headers = {}) =>
    call('POST', '/v1/cards/scan', { code }, { 'idempotency-key': key, ...headers })
  const codeOf = async (browser: Browser) => (await browser.post('/v1/self/card-code', {})).json()

  test('tells a till whose it is, once; the same request again is answered again', async () => {
    const own = await member(0)
    const { code, seconds } = await codeOf(own)
    expect(seconds).toBe(60)
    expect(Buffer.from(code.slice(4), 'base64url').toString('latin1')).not.toContain(own.id)
    expect(await scan(code, 's1')).toMatchObject({ status: 200, body: { member: own.id } })
    expect(await scan(code, 's1')).toMatchObject({ status: 200, body: { member: own.id } })
    expect(await scan(code, 's2')).toMatchObject({ status: 409, body: { code: 'card-code-used' } })
    // Another till that hits on the same key is another request.
    const other = { authorization: `Bearer ${await server.keyFor('club')}` }
    expect((await scan(code, 's1', other)).body).toMatchObject({ code: 'card-code-used' })
    expect((await scan((await codeOf(own)).code, 's3')).status).toBe(200)
  })

  test('of two tills at once one has it', async () => {
    const { code } = await codeOf(await member(0))
    const answers = await Promise.all(Array.from({ length: 8 }, (_, till) => scan(code, `till-${till}`)))
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(1)
  })

  test('is over after a minute, and none of another program or of anybody’s making', async () => {
    const own = await member(0)
    const { code } = await codeOf(own)
    expect((await scan(code, 'r1', rival)).body).toMatchObject({ code: 'unknown-card-code' })
    const changed = `${code.slice(0, -3)}${code.endsWith('AAA') ? 'BBB' : 'AAA'}`
    for (const wrong of [changed, 'lc1.', 'hello', code.slice(4), own.id]) {
      expect((await scan(wrong, 'r2')).body, wrong).toMatchObject({ code: 'unknown-card-code' })
    }
    const before = server.clock.now
    server.clock.now += 60_000
    expect((await scan(code, 'r3')).body).toMatchObject({ code: 'card-code-over' })
    server.clock.now = before
  })
})

describe('what is one’s own', () => {
  test('is changed by oneself as far as no code goes there', async () => {
    const own = await member(0)
    const answer = await own.post('/v1/self/profile', { name: 'Ada', birthday: '02-29', seen: true })
    expect(answer.json()).toEqual({ name: 'Ada', birthday: '02-29' })
    expect(await read(own, '/v1/self')).toMatchObject({ name: 'Ada', seen: true })
    expect((await own.post('/v1/self/profile', { email: 'ada@example.com' })).statusCode).toBe(400)
    expect((await own.post('/v1/self/profile', {})).statusCode).toBe(400)
    expect((await call('GET', `/v1/members/${own.id}`)).body.profile).toMatchObject({
      name: 'Ada',
      email: `${own.id}@example.com`,
    })
  })

  test('is taken along whole, and nothing of anybody else is in it', async () => {
    const [own, other] = [await member(70), await member(30)]
    await redeem(own, { reward: 'five-off' }, 'taken-along')
    const lines = (await own.open('/v1/self/export')).body
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line))
    expect(new Set(lines.map(({ kind }) => kind))).toEqual(
      new Set(['profile', 'marks', 'card', 'impact', 'friends', 'voucher', 'movement']),
    )
    expect(JSON.stringify(lines)).toContain(own.id)
    expect(JSON.stringify(lines)).not.toContain(other.id)
  })

  test('LED-9 is forgotten where one asks for it, in a session that has just begun', async () => {
    const own = await member(70)
    const before = server.clock.now
    server.clock.now = Date.now() + 900_001
    const refused = await server.inject({
      ...{ method: 'DELETE', url: '/v1/self' },
      headers: { cookie: own.cookie(), 'sec-fetch-site': 'same-origin' },
    })
    expect(refused.json()).toMatchObject({ code: 'sign-in-again' })
    server.clock.now = Date.now()
    const done = await server.inject({
      ...{ method: 'DELETE', url: '/v1/self' },
      headers: { cookie: own.cookie(), 'sec-fetch-site': 'same-origin' },
    })
    expect(done.statusCode, done.body).toBe(200)
    server.clock.now = before
    expect((await call('GET', `/v1/members/${own.id}`)).status).toBe(404)
    expect((await own.open('/v1/self')).statusCode).toBe(401)
  })

  test('vouchers and places in a line are given back by whoever has them alone', async () => {
    const [own, other] = [await member(100), await member(100)]
    const { redemption } = await redeem(own, { reward: 'five-off' }, 'back')
    expect((await other.post(`/v1/self/vouchers/${redemption}/return`, {})).json()).toMatchObject({ granted: false })
    const line = await redeem(own, { reward: 'cinema', session: 'june', wait: true }, 'line')
    expect(line).toMatchObject({ waiting: expect.any(Number) })
    expect((await other.post(`/v1/self/redemptions/${line.redemption}/leave-line`, {})).json()).toMatchObject({
      code: 'unknown-redemption',
    })
    expect((await own.post(`/v1/self/redemptions/${line.redemption}/leave-line`, {})).json()).toEqual({ left: true })
    const { code, friends } = await read(own, '/v1/self/friends')
    expect([code, friends]).toEqual([expect.stringMatching(/^[\w-]+$/), []])
    await redeem(own, { reward: 'tree' }, 'tree')
    expect(await read(own, '/v1/self/impact')).toMatchObject({ charities: [{ charity: 'woods' }] })
  })
})
