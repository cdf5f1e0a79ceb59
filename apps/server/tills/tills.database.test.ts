import { addressOf, type Route, routes, scopes } from '@laurel/contract'
import { beforeAll, describe, expect, test, vi } from 'vitest'
import { clubDocument, openTestServer, orderPaid } from '../server.fixture.ts'
import { type Browser, browserOf, fromOurPage, signedIn, staffOf } from '../team/staff.fixture.ts'
import { atWork, enrolled, type TestTill } from './tills.fixture.ts'

const document = clubDocument
  .replace(
    'rewards:\n',
    `rewards:
  mug: { kind: product, sku: MUG, price: 20 points }
  tenth: { kind: percent-off, value: 10%, price: 10 points }
  gift: { kind: gift-card, value: 20.00 GBP, price: 30 points }
  cash: { kind: pay-with-points, least: 10 points, step: 10 points }
  loaf: { kind: product, sku: LOAF }
`,
  )
  .replace('kind: spendable', 'kind: spendable\n    worth: { 100 points: 1.00 GBP }')
  .replace('assets:\n', 'assets:\n  stamps: { kind: stamps, name: { en: stamps }, pending: none, expires: never }\n')
  .replace(
    'earn:\n',
    'earn:\n  - { id: bread, on: order.paid, lines: \'line.category == "bread"\', give: 1 stamps, per: item }\n',
  )
  .replace(
    'tiers:\n',
    'cards: { loaves: { of: stamps, full: 5 stamps, give: { reward: loaf }, repeat: yes } }\ntiers:\n',
  )
const server = await openTestServer()
await server.publish(document)
await server.publish(clubDocument.replace('id: club', 'id: rival'), 'rival')
const { call } = server
const rival = { authorization: `Bearer ${await server.keyFor('rival')}` }

let made = 0
/** A member with so many points and a phone, signed in nowhere. */
async function member(points: number) {
  const id = `guest-${++made}`
  const phone = `+4479460${String(made).padStart(5, '0')}`
  await call('POST', '/v1/members', { id, profile: { name: `Guest ${made}`, phone, email: `${id}@example.com` } })
  if (points > 0) await call('POST', '/v1/events', orderPaid(`fund-${id}`, id, points * 100))
  return { id, phone }
}
const found = async (till: TestTill, phone: string) => (await till.ask('guests', { phone })).body
const again = async (till: TestTill, visit: string) => (await till.ask('guests', { visit })).body
let acts = 0
const newAct = () => `act-${String(++acts).padStart(6, '0')}`
const priced = (total: number) => [{ sku: 'sale', quantity: 1, total }]

describe('a device', () => {
  test('is enrolled once with a code of an hour, and its key is a cookie that no script reads', async () => {
    const added = await call('POST', '/v1/tills', { name: 'left', place: 'mill-lane' })
    expect(added.body).toMatchObject({ status: 'waiting', place: 'mill-lane', cashier: null })
    const { code, id } = added.body
    expect(code).toMatch(/^[A-Z34679]{5}-[A-Z34679]{5}$/)
    expect((await call('POST', '/v1/tills', { name: 'left' })).body).toMatchObject({ code: 'till-name-taken' })
    // Read aloud, and typed as it was heard.
    const typed = { program: 'club', code: code.toLowerCase().replace('-', ' ') }
    const answers = await Promise.all(Array.from({ length: 6 }, () => browserOf(server).post('/v1/till/enrol', typed)))
    const [first, ...others] = answers.toSorted((a, b) => a.statusCode - b.statusCode)
    expect(first?.json()).toEqual({ till: id, program: 'club' })
    expect(String(first?.headers['set-cookie'])).toMatch(/^laurel_till=til_\S+; Path=\/; .*HttpOnly; SameSite=Strict/)
    for (const other of others) expect(other.json()).toMatchObject({ status: 401, code: 'wrong-till-code' })
    expect((await call('POST', `/v1/tills/${id}/code`)).body).toMatchObject({ code: 'till-enrolled' })
    const { rows } = await server.context.database.migrator.query('SELECT * FROM till WHERE id = $1', [id])
    const key = /laurel_till=til_[^_]+_([^;]+)/.exec(String(first?.headers['set-cookie']))?.[1] ?? '?'
    expect(JSON.stringify(rows)).not.toContain(key)
    expect((await browserOf(server).open('/v1/till/door')).json()).toEqual({ enrolled: false })
    expect((await (await enrolled(server)).open('/v1/till/door')).json()).toEqual({ enrolled: true })
  })

  test('is not enrolled with a code that is over, replaced, of another program, or from another site', async () => {
    const { id, code } = (await call('POST', '/v1/tills', { name: 'right' })).body
    const enrol = (body: object, headers: Record<string, string> = fromOurPage) =>
      browserOf(server).post('/v1/till/enrol', body, headers)
    expect((await enrol({ program: 'rival', code })).statusCode).toBe(401)
    expect((await enrol({ program: 'club', code }, { 'sec-fetch-site': 'cross-site' })).statusCode).toBe(403)
    const renewed = (await call('POST', `/v1/tills/${id}/code`)).body
    expect((await enrol({ program: 'club', code })).statusCode).toBe(401)
    server.clock.now += 3_600_000
    expect((await enrol({ program: 'club', code: renewed.code })).statusCode).toBe(401)
    server.clock.now -= 3_600_000
    expect((await enrol({ program: 'club', code: renewed.code })).statusCode).toBe(200)
  })

  test('guesses no code: after twenty wrong ones its address waits', async () => {
    vi.useFakeTimers({ toFake: ['Date'] })
    const browser = browserOf(server)
    for (let tries = 0; tries < 20; tries++) {
      expect((await browser.post('/v1/till/enrol', { program: 'club', code: `WRONG${tries}` })).statusCode).toBe(401)
    }
    const { code } = (await call('POST', '/v1/tills', { name: 'guessed' })).body
    expect((await browser.post('/v1/till/enrol', { program: 'club', code })).statusCode).toBe(429)
    vi.useRealTimers()
    expect((await browserOf(server).post('/v1/till/enrol', { program: 'club', code })).statusCode).toBe(200)
  })

  test('is out with its next request once it is revoked, and its name is free', async () => {
    const till = await atWork(server)
    const { name } = (await till.open('/v1/till')).json()
    const revoked = await call('POST', `/v1/tills/${till.id}/revoke`)
    expect(revoked.body).toMatchObject({ status: 'revoked', cashier: null })
    expect((await till.open('/v1/till')).statusCode).toBe(401)
    expect((await till.open('/v1/till/door')).json()).toEqual({ enrolled: false })
    expect((await till.ask('guests', { phone: '+44123' })).status).toBe(401)
    expect((await call('POST', `/v1/tills/${till.id}/revoke`)).body).toEqual(revoked.body)
    expect((await call('POST', '/v1/tills', { name })).status).toBe(200)
  })
})

describe('a PIN', () => {
  test('is locked by five wrong ones, however many are tried at once, until a manager sets another', async () => {
    const till = await enrolled(server)
    const { id } = (await call('POST', '/v1/cashiers', { name: 'Locked', pin: '1234' })).body
    const show = (pin: string) => till.ask('shift', { cashier: id, pin })
    const answers = await Promise.all(Array.from({ length: 9 }, (_, n) => show(`99${n}9`)))
    expect(answers.filter(({ body }) => body.code === 'wrong-pin')).toHaveLength(4)
    expect(answers.filter(({ body }) => body.code === 'pin-locked')).toHaveLength(5)
    expect((await show('1234')).body).toMatchObject({ code: 'pin-locked', lockedUntil: '2026-03-14T12:15:00.000Z' })
    server.clock.now += 900_000
    expect((await show('0000')).body).toMatchObject({ code: 'wrong-pin' })
    server.clock.now -= 900_000
    await call('POST', `/v1/cashiers/${id}/pin`, { pin: '87654321' })
    expect((await show('1234')).body).toMatchObject({ code: 'wrong-pin' })
    expect((await show('87654321')).body).toMatchObject({ shift: { id, name: 'Locked' } })
    const { rows } = await server.context.database.migrator.query('SELECT * FROM cashier WHERE id = $1', [id])
    expect(JSON.stringify(rows)).not.toContain('87654321')
    const { entries } = (await call('GET', '/v1/audit?act=cashier.locked')).body
    expect(entries).toMatchObject([{ subject: id, actor: `till/${till.id}` }])
  })

  test('opens twelve hours, until it is locked, or its cashier has left', async () => {
    const till = await atWork(server)
    const { phone } = await member(0)
    expect((await till.ask('guests', { phone })).status).toBe(200)
    server.clock.now += 12 * 3_600_000
    expect((await till.ask('guests', { phone })).body).toMatchObject({ status: 403, code: 'pin-first' })
    server.clock.now -= 12 * 3_600_000
    const { shift } = (await till.open('/v1/till')).json()
    const other = await enrolled(server)
    expect((await other.ask('shift', { cashier: shift.id, pin: '4711' })).status).toBe(200)
    await server.inject({
      ...{ method: 'DELETE', url: '/v1/till/shift', headers: { cookie: other.cookie(), ...fromOurPage } },
    })
    for (const route of ['guests', 'undo']) {
      expect((await other.ask(route, { phone, act: 'act-none' })).status).not.toBe(200)
    }
    expect((await other.ask('guests', { phone })).body).toMatchObject({ code: 'pin-first' })
    await call('POST', `/v1/cashiers/${shift.id}/end`)
    expect((await till.ask('guests', { phone })).body).toMatchObject({ code: 'pin-first' })
    expect((await till.open('/v1/till')).json()).toMatchObject({ shift: null })
    expect((await till.ask('shift', { cashier: shift.id, pin: '4711' })).body).toMatchObject({
      code: 'unknown-cashier',
    })
  })

  test('of another program opens nothing here', async () => {
    const { id } = (await call('POST', '/v1/cashiers', { name: 'Rival', pin: '4711' }, rival)).body
    const till = await enrolled(server)
    expect((await till.ask('shift', { cashier: id, pin: '4711' })).body).toMatchObject({ code: 'unknown-cashier' })
  })
})

describe('a guest', () => {
  test('is found by a number, with what they have and can have, and no id of theirs is told', async () => {
    const till = await atWork(server)
    const { id, phone } = await member(40)
    const guest = await found(till, phone)
    expect(guest).toMatchObject({
      ...{ name: `Guest ${made}`, status: 'member', levels: [{ ladder: 'standing', level: 'green' }], vouchers: [] },
      cards: [{ card: 'loaves', collected: 0, full: 5 }],
    })
    expect(guest.balances).toEqual(expect.arrayContaining([expect.objectContaining({ asset: 'points', active: 40 })]))
    const rewardIn = (reward: string) => guest.rewards.find((each: { id: string }) => each.id === reward)
    expect(rewardIn('mug')).toMatchObject({ refusal: null, missing: 0, price: { asset: 'points', amount: 20 } })
    expect(rewardIn('five-off')).toMatchObject({ refusal: 'short', missing: 10 })
    expect(JSON.stringify(guest)).not.toContain(id)
    expect((await till.ask('guests', { phone: '+440000000' })).body).toMatchObject({ code: 'nobody-found' })
    // Of a number that two share it is nobody's.
    await call('POST', '/v1/members', { id: `${id}-too`, profile: { phone } })
    expect((await till.ask('guests', { phone })).body).toMatchObject({ code: 'nobody-found' })
  })

  test('is found by the code of a card, which counts once, at whichever till', async () => {
    const [here, there] = [await atWork(server), await atWork(server)]
    const { id } = await member(0)
    const own = browserOf(server)
    const before = server.mailer.box?.length ?? 0
    await own.post('/v1/doors/club/codes', { contact: `${id}@example.com` })
    await vi.waitFor(() => expect(server.mailer.box?.length).toBe(before + 1))
    const code = /\d{6}/.exec(server.mailer.box?.[0]?.subject ?? '')?.[0]
    await own.post('/v1/doors/club/sessions', { contact: `${id}@example.com`, code })
    const card = (await own.post('/v1/self/card-code', {})).json().code
    expect((await here.ask('guests', { card }, 'once')).body).toMatchObject({ name: `Guest ${made}` })
    // The answer was lost: the same request is answered again, any other is told.
    expect((await here.ask('guests', { card }, 'once')).status).toBe(200)
    expect((await here.ask('guests', { card }, 'twice')).body).toMatchObject({ code: 'card-code-used' })
    expect((await there.ask('guests', { card }, 'once')).body).toMatchObject({ code: 'card-code-used' })
  })

  test('is named by a visit of a quarter of an hour that is worth nothing elsewhere', async () => {
    const [till, other] = [await atWork(server), await atWork(server)]
    const elsewhere = await atWork(server, rival, 'rival')
    const { phone } = await member(40)
    const { visit } = await found(till, phone)
    expect((await till.ask('guests', { visit })).status).toBe(200)
    for (const stranger of [other, elsewhere]) {
      expect((await stranger.ask('guests', { visit })).body).toMatchObject({ code: 'visit-over' })
      const sale = { sale: newAct(), visit, lines: priced(100) }
      expect((await stranger.ask('sales', sale)).body).toMatchObject({ code: 'visit-over' })
    }
    server.clock.now += 900_000
    expect((await till.ask('guests', { visit })).body).toMatchObject({ code: 'visit-over' })
    server.clock.now -= 900_000
  })

  test('of another program is not found', async () => {
    const elsewhere = await atWork(server, rival, 'rival')
    const { phone } = await member(40)
    expect((await elsewhere.ask('guests', { phone })).body).toMatchObject({ code: 'nobody-found' })
  })

  test('cannot be looked for without an end', async () => {
    vi.useFakeTimers({ toFake: ['Date'] })
    const till = await atWork(server)
    for (let tries = 0; tries < 30; tries++) {
      expect((await till.ask('guests', { phone: `+99000${tries}` })).status).toBe(404)
    }
    expect((await till.ask('guests', { phone: '+9900099' })).status).toBe(429)
    vi.useRealTimers()
  })
})

describe('a sale', () => {
  test('earns once, however often it is sent and whenever, and other content under its name is refused', async () => {
    const till = await atWork(server)
    const { id, phone } = await member(0)
    const { visit } = await found(till, phone)
    const sale = { sale: newAct(), visit, lines: priced(1250) }
    const first = await till.ask('sales', sale)
    expect(first.body).toMatchObject({ total: 1250, off: 0, earned: [{ asset: 'points', amount: 12 }] })
    server.clock.now += 60_000
    expect((await till.ask('sales', sale)).body).toEqual(first.body)
    server.clock.now -= 60_000
    expect((await till.ask('sales', { ...sale, lines: priced(9000) })).body).toMatchObject({
      code: 'identity-conflict',
    })
    expect(await server.activeOf(id)).toBe(12)
  })

  test('STAMP-1 fills a card by its items', async () => {
    const till = await atWork(server)
    const items = [{ sku: 'LOAF', name: 'Loaf', price: 320, category: 'bread' }]
    expect((await call('POST', '/v1/till-items', { items })).body).toEqual({ items, offlineMost: 0 })
    expect((await till.open('/v1/till')).json()).toMatchObject({ items })
    const { visit } = await found(till, (await member(0)).phone)
    const bread = { sku: 'LOAF', quantity: 6, total: 1920, category: 'bread' }
    await till.ask('sales', { sale: newAct(), visit, lines: [bread, { sku: 'JAM', quantity: 1, total: 400 }] })
    const guest = await again(till, visit)
    expect(guest.cards).toMatchObject([{ card: 'loaves', collected: 1, times: 1 }])
    expect(guest.vouchers).toMatchObject([{ reward: 'loaf', status: 'open' }])
  })

  test('has taken off what vouchers took off, and a gift card pays its part', async () => {
    const till = await atWork(server)
    const { id, phone } = await member(300)
    const { visit } = await found(till, phone)
    const [sale, lines] = [newAct(), priced(6000)]
    const redeem = async (reward: string) =>
      (await till.ask('redemptions', { act: newAct(), visit, sale, lines, reward })).body
    expect(await redeem('five-off')).toMatchObject({ granted: true, amount: 50, used: { granted: true, amount: 500 } })
    expect(await redeem('gift')).toMatchObject({ granted: true, amount: 30, used: { granted: true, amount: 2000 } })
    expect(await redeem('five-off')).toMatchObject({ used: { granted: false, refusal: { code: 'one-per-order' } } })
    const sold = (await till.ask('sales', { sale, visit, lines })).body
    expect(sold).toMatchObject({ total: 6000, off: 500, byGiftCard: 2000 })
    expect((await again(till, visit)).vouchers).toMatchObject([{ reward: 'five-off', status: 'open' }])
    const { vouchers } = (await call('GET', `/v1/members/${id}/vouchers?status=all`)).body
    const uses = vouchers.flatMap((each: { uses: { order: string; amount: number }[] }) => each.uses)
    expect(new Set(uses.map(({ order }: { order: string }) => order))).toEqual(new Set([`${till.id}/${sale}`]))
  })
})

describe('a reward', () => {
  test('RED-1 is redeemed and used at once, once under one name', async () => {
    const till = await atWork(server)
    const { phone } = await member(25)
    const { visit } = await found(till, phone)
    const wish = { act: newAct(), visit, sale: newAct(), reward: 'mug' }
    const first = await till.ask('redemptions', wish)
    expect(first.body).toMatchObject({ granted: true, asset: 'points', amount: 20, used: { granted: true, amount: 0 } })
    expect((await till.ask('redemptions', wish)).body).toEqual(first.body)
    const more = { ...wish, act: newAct() }
    expect((await till.ask('redemptions', more)).body).toMatchObject({
      ...{ granted: false, refusal: { code: 'short', shortBy: 15 }, used: null },
    })
    const cash = { ...wish, act: newAct(), reward: 'cash' }
    expect((await till.ask('redemptions', cash)).body).toMatchObject({
      granted: false,
      refusal: { code: 'at-checkout' },
    })
  })

  test('RED-2 that is a thing is handed over beside what is bought, and costs nothing where it is among it', async () => {
    const till = await atWork(server)
    const { visit } = await found(till, (await member(60)).phone)
    const redeem = async (lines: object[]) =>
      (await till.ask('redemptions', { act: newAct(), visit, sale: newAct(), reward: 'mug', lines })).body.used
    expect(await redeem(priced(500))).toMatchObject({ granted: true, amount: 0 })
    expect(await redeem([...priced(500), { sku: 'MUG', quantity: 2, total: 1800 }])).toMatchObject({
      ...{ granted: true, amount: 900 },
    })
  })

  test('RED-2 that asks something of the basket stays in hand where no basket is told, and is used with one', async () => {
    const till = await atWork(server)
    const { visit } = await found(till, (await member(25)).phone)
    const sale = newAct()
    const redeemed = (await till.ask('redemptions', { act: newAct(), visit, sale, reward: 'tenth' })).body
    expect(redeemed).toMatchObject({ granted: true, used: { granted: false, refusal: { code: 'basket-missing' } } })
    const [{ id: voucher }] = (await again(till, visit)).vouchers
    const use = { act: newAct(), visit, sale, voucher, lines: priced(3000) }
    const first = await till.ask('uses', use)
    expect(first.body).toMatchObject({ granted: true, amount: 300, refusal: null })
    expect((await till.ask('uses', use)).body).toEqual(first.body)
    expect((await till.ask('uses', { ...use, act: newAct() })).body).toMatchObject({
      ...{ granted: false, amount: 0, refusal: { code: 'already-used' } },
    })
    expect((await till.ask('sales', { sale, visit, lines: priced(3000) })).body).toMatchObject({
      total: 3000,
      off: 300,
    })
  })
})

describe('undoing', () => {
  test('gives all back: a sale with what it earned and used, a use, a redemption with its price', async () => {
    const till = await atWork(server)
    const { phone } = await member(100)
    const { visit, balances } = await found(till, phone)
    const [mug, sale, off] = [newAct(), newAct(), newAct()]
    await till.ask('redemptions', { act: mug, visit, sale: newAct(), reward: 'mug' })
    await till.ask('redemptions', { act: off, visit, sale, lines: priced(2000), reward: 'five-off' })
    await till.ask('sales', { sale, visit, lines: priced(2000) })
    const { acts } = (await till.open('/v1/till/acts')).json()
    expect(acts.map(({ act }: { act: string }) => act).toSorted()).toEqual([mug, sale, off].toSorted())
    const undo = async (act: string) => (await till.ask('undo', { act })).body
    expect(await undo(mug)).toEqual({ act: mug, undone: true, refusal: null })
    server.clock.now += 1000
    expect(await undo(sale)).toEqual({ act: sale, undone: true, refusal: null })
    server.clock.now += 1000
    expect(await undo(sale)).toEqual({ act: sale, undone: true, refusal: null })
    // The sale has given its voucher back already: it lies in the hand of the member again.
    expect((await again(till, visit)).vouchers).toMatchObject([{ reward: 'five-off', status: 'open' }])
    expect(
      (await till.open('/v1/till/acts')).json().acts.filter(({ undone }: { undone: boolean }) => undone),
    ).toHaveLength(2)
    server.clock.now -= 2000
    const pointsOf = (all: { asset: string; active: number }[]) => all.find(({ asset }) => asset === 'points')?.active
    expect(pointsOf((await again(till, visit)).balances)).toBe((pointsOf(balances) ?? 0) - 50)
  })

  test('is for what was done at this till, in the last half hour, by whoever has shown a PIN', async () => {
    const [till, other] = [await atWork(server), await atWork(server)]
    const { visit } = await found(till, (await member(0)).phone)
    const sale = newAct()
    await till.ask('sales', { sale, visit, lines: priced(2000) })
    expect((await other.ask('undo', { act: sale })).body).toMatchObject({ code: 'unknown-act-at-till' })
    expect((await other.open('/v1/till/acts')).json()).toEqual({ acts: [] })
    server.clock.now += 1_800_001
    expect((await till.ask('undo', { act: sale })).body).toMatchObject({ code: 'too-late-to-undo' })
    server.clock.now -= 1_800_001
    const { entries } = (await call('GET', '/v1/audit?act=till-act.undone&limit=50')).body
    expect(entries.map(({ subject }: { subject: string }) => subject)).not.toContain(sale)
  })
})

describe('R10 what a till may', () => {
  const parts = { member: 'nobody', number: '1' }
  const all = Object.entries<Route>(routes).filter(([name, { scope }]) => scope !== null && name !== 'endShift')
  const own = all.filter(([, { scope }]) => scope === 'till')
  let till: TestTill
  let owner: Browser

  beforeAll(async () => {
    till = await atWork(server)
    await staffOf(server, 'owner@example.com', { club: 'owner' })
    owner = await signedIn(server, 'owner@example.com')
  })

  const send = async ({ method, address }: Route, headers: Record<string, string>) => {
    const url = address.includes('{')
      ? address.replaceAll(/\{(\w+)\}/g, (_, name) => (parts as Record<string, string>)[name] ?? 'x')
      : addressOf(address, {})
    const json = method === 'POST' ? { 'content-type': 'application/json' } : {}
    const body = method === 'POST' ? { body: '{}' } : {}
    return await server.inject({ method, url, headers: { ...json, ...headers }, ...body })
  }

  test.each(all)('%s is open to it only where it is its own', async (_, spec) => {
    const { statusCode } = await send(spec, { cookie: till.cookie(), ...fromOurPage })
    if (spec.scope === 'till') expect([200, 400]).toContain(statusCode)
    else expect(statusCode).toBe(401)
  })

  test.each(own)('%s is open to nobody else, and to no other site', async (_, spec) => {
    const key = await server.keyFor('club', scopes)
    expect((await send(spec, { authorization: `Bearer ${key}`, ...fromOurPage })).statusCode).toBe(401)
    expect((await send(spec, { cookie: owner.cookie(), ...fromOurPage })).statusCode).toBe(401)
    expect((await send(spec, { cookie: `laurel_till=${till.id}_${'A'.repeat(43)}`, ...fromOurPage })).statusCode).toBe(
      401,
    )
    if (spec.method === 'GET') return
    for (const site of ['cross-site', 'same-site']) {
      expect((await send(spec, { cookie: till.cookie(), 'sec-fetch-site': site })).statusCode).toBe(403)
    }
  })
})
