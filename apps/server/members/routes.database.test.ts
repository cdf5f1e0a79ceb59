import { describe, expect, test } from 'vitest'
import { clubDocument, openTestServer, orderPaid } from '../server.fixture.ts'

const server = await openTestServer()
const { call } = server

test('before a program is published, every answer says so', async () => {
  expect(await call('POST', '/v1/members', { id: 'early' })).toMatchObject({
    status: 409,
    body: { code: 'no-program' },
  })
  expect(await call('GET', '/v1/members/early')).toMatchObject({ status: 409, body: { code: 'no-program' } })
  await server.publish()
})

const nothing = (asset: string) => ({ asset, pending: 0, active: 0, held: 0, debt: 0 })

const maren = {
  id: 'maren',
  profile: { name: 'Maren Vos', email: 'Maren@Example.net', phone: '+31612345678' },
  segments: ['regulars'],
  tags: ['vip'],
}

describe('creating a member', () => {
  test('lets it join, with its profile beside', async () => {
    const created = await call('POST', '/v1/members', maren)
    expect(created).toMatchObject({
      status: 200,
      body: {
        ...maren,
        joinedOn: '2026-03-14',
        balances: [nothing('points')],
        holds: [],
        tiers: [{ level: 'green', sum: 0 }],
      },
    })
    expect(await call('GET', '/v1/members/maren')).toEqual(created)
  })

  test('keeps a phone number as it is dialled', async () => {
    const { body } = await call('POST', '/v1/members', { id: 'dialled', profile: { phone: '+31 6 (98) 34-56.79' } })
    expect(body.profile.phone).toBe('+31698345679')
  })

  test('again is the same, later too; with another profile it is refused', async () => {
    server.clock.now += 60_000
    const { decisions } = (await call('GET', '/v1/members/maren')).body
    expect(await call('POST', '/v1/members', maren)).toMatchObject({ status: 200, body: { decisions } })
    const other = { ...maren, profile: { ...maren.profile, name: 'Someone Else' } }
    expect(await call('POST', '/v1/members', other)).toMatchObject({ status: 409, body: { code: 'member-exists' } })
  })

  test('again with other content is refused, and says what is otherwise; the same is the same a minute later', async () => {
    const said = { id: 'cem', tags: ['x'], segments: ['s1'], mark: 'staff' }
    const first = await call('POST', '/v1/members', said)
    expect(first.status).toBe(200)
    server.clock.now += 60_000
    expect(await call('POST', '/v1/members', said)).toEqual(first)
    for (const [other, what] of [
      [{ ...said, tags: ['y'] }, 'tags'],
      [{ ...said, mark: 'test' }, 'mark'],
      [{ ...said, joinedAt: '2020-01-01T00:00:00Z' }, 'when it joined'],
      [{ id: 'cem' }, 'segments'],
    ] as const) {
      const { status, body } = await call('POST', '/v1/members', other)
      expect([status, body.code]).toEqual([409, 'member-exists'])
      expect(body.detail).toContain(what)
    }
    expect(await call('GET', '/v1/members/cem')).toEqual(first)
  })

  test('ten at once with different names make one member, and nine are told so', async () => {
    const names = Array.from({ length: 10 }, (_, index) => `n${index}`)
    const answers = await Promise.all(
      names.map((name) => call('POST', '/v1/members', { id: 'newbie', profile: { name } })),
    )
    expect(answers.map(({ status }) => status).toSorted()).toEqual([200, ...Array.from({ length: 9 }, () => 409)])
    const { body } = await call('GET', '/v1/members/newbie')
    expect(answers.find(({ status }) => status === 200)?.body.profile.name).toBe(body.profile.name)
  })

  test('who bought before is registered with the day of joining that is said', async () => {
    await call('POST', '/v1/events', orderPaid('early', 'bought-first', 1000))
    const body = { id: 'bought-first', joinedAt: '2025-05-05T10:00:00Z' }
    expect(await call('POST', '/v1/members', body)).toMatchObject({ status: 200, body: { joinedOn: '2025-05-05' } })
    expect(await call('POST', '/v1/members', body)).toMatchObject({ status: 200, body: { joinedOn: '2025-05-05' } })
  })

  test('twenty at once make one member', async () => {
    const answers = await Promise.all(Array.from({ length: 20 }, () => call('POST', '/v1/members', { id: 'crowd' })))
    expect(answers.map(({ status }) => status)).toEqual(Array.from({ length: 20 }, () => 200))
    expect(answers.at(-1)?.body.decisions).toBe(1)
  })

  test('nothing personal reaches events, decisions or the log', async () => {
    const { rows } = await server.context.database.migrator.query(
      `SELECT count(*)::int AS found FROM decision WHERE concat(content, effects, answer) ILIKE ANY (ARRAY['%vos%', '%example.net%', '%1234%'])`,
    )
    expect(rows).toEqual([{ found: 0 }])
    expect(server.log.join('')).not.toMatch(/vos|example\.net/i)
  })

  test.each([
    [{ id: 'x', profile: { email: 'nobody' } }, '/profile/email'],
    [{ id: 'x', joinedAt: 'yesterday' }, '/joinedAt'],
    [{ id: '' }, '/id'],
    [{}, '/id'],
    [{ id: 'x', name: 'top level' }, '/name'],
  ])('refuses %j', async (body, path) => {
    const answer = await call('POST', '/v1/members', body)
    expect(answer).toMatchObject({ status: 400, body: { code: 'invalid-request' } })
    expect(answer.body.errors.map((field: { path: string }) => field.path)).toContain(path)
  })
})

describe('searching', () => {
  const found = async (q: string) =>
    (await call('GET', `/v1/members?q=${encodeURIComponent(q)}`)).body.members.map((each: { id: string }) => each.id)

  test.each([
    ['maren', ['maren']],
    ['Maren V', ['maren']],
    ['maren@ex', ['maren']],
    ['MAREN@EXAMPLE.NET', ['maren']],
    ['+316 1234-567', ['maren']],
    ['vos', ['maren']],
    ['os', []],
    ['%', []],
    ['_aren', []],
    ['\\', []],
    ["' OR true --", []],
  ])('%j finds %j', async (q, ids) => {
    expect(await found(q)).toEqual(ids)
  })

  test('pages through all members', async () => {
    for (let index = 0; index < 7; index++) await call('POST', '/v1/members', { id: `page-${index}` })
    const ids: string[] = []
    let cursor: string | null = ''
    while (cursor !== null) {
      const { body } = await call('GET', `/v1/members?limit=3${cursor === '' ? '' : `&cursor=${cursor}`}`)
      ids.push(...body.members.map((each: { id: string }) => each.id))
      cursor = body.next
    }
    expect(new Set(ids).size).toBe(ids.length)
    expect(ids).toEqual(expect.arrayContaining(['maren', 'crowd', 'page-0', 'page-6']))
  })

  test.each(['limit=0', 'limit=101', 'limit=x', 'cursor=%00', 'cursor=bm8', 'colour=red', 'limit=1&limit=2'])(
    'refuses %s',
    async (query) => {
      expect(await call('GET', `/v1/members?${query}`)).toMatchObject({
        status: 400,
        body: { code: 'invalid-request' },
      })
    },
  )
})

describe('a member with orders', () => {
  test('shows balances, lots and tiers with what is missing both ways', async () => {
    await call('POST', '/v1/events', orderPaid('b1', 'buyer', 6000))
    expect((await call('GET', '/v1/members/buyer/tiers')).body).toMatchObject({
      tiers: [{ level: 'green', sum: 60, toRise: { level: 'gold', missing: 40 }, toStay: null, heldBy: 'facts' }],
    })
    await call('POST', '/v1/events', orderPaid('b2', 'buyer', 6050))
    expect((await call('GET', '/v1/members/buyer/tiers')).body).toMatchObject({
      tiers: [{ level: 'gold', sum: 120, toRise: null, toStay: { missing: 100, until: '2027-01-01T00:00:00.000' } }],
    })
    expect((await call('GET', '/v1/members/buyer/lots')).body).toMatchObject({
      lots: [{ asset: 'points', amount: 120, lastDay: '2027-03-14', lapsesAfter: '2027-03-14' }],
      pending: [],
    })
    expect((await call('GET', '/v1/members/buyer/notices')).body).toMatchObject({ notices: [] })
  })

  test('TIME-4 a reader lets time pass without writing', async () => {
    const before = server.clock.now
    server.clock.now = Date.parse('2027-03-01T12:00:00Z')
    expect((await call('GET', '/v1/members/buyer/notices')).body.notices).toMatchObject([
      { kind: 'points-will-lapse', asset: 'points', lots: [{ lastDay: '2027-03-14', amount: 120 }] },
    ])
    // 14 March 2027 is the last day: in London the points are there until its midnight.
    server.clock.now = Date.parse('2027-03-14T23:59:59.999Z')
    expect((await call('GET', '/v1/members/buyer')).body.balances).toMatchObject([{ active: 120 }])
    server.clock.now = Date.parse('2027-03-15T00:00:00Z')
    expect((await call('GET', '/v1/members/buyer')).body.balances).toMatchObject([{ active: 0 }])
    const { rows } = await server.context.database.migrator.query(
      `SELECT seq, (SELECT active FROM balance WHERE member = 'buyer') AS active FROM member WHERE id = 'buyer'`,
    )
    expect(rows).toMatchObject([{ seq: 2, active: 120 }])
    server.clock.now = before
  })

  test('an id with slashes and signs is found by its escaped address', async () => {
    const id = 'a/b ?#ü%'
    await call('POST', '/v1/members', { id })
    expect((await call('GET', `/v1/members/${encodeURIComponent(id)}`)).body).toMatchObject({ id })
  })

  test('a member that is not there is not found, by every route', async () => {
    for (const end of ['', '/balance', '/lots', '/tiers', '/statement', '/notices']) {
      expect(await call('GET', `/v1/members/ghost${end}`)).toMatchObject({
        status: 404,
        body: { code: 'unknown-member' },
      })
    }
  })
})

test('a member may be brought along who joined years ago, but not one who joins tomorrow', async () => {
  const old = await call('POST', '/v1/members', { id: 'old', joinedAt: '2019-05-01T09:00:00Z', tags: ['founder'] })
  expect(old).toMatchObject({ status: 200, body: { joinedOn: '2019-05-01', tags: ['founder'] } })
  const early = await call('POST', '/v1/members', { id: 'early-bird', joinedAt: '2026-03-15T12:00:00Z' })
  expect(early).toMatchObject({ status: 422, body: { rejection: 'from-the-future' } })
})

test('EVT-2 what is told of a member is every asset that is declared, whatever facts have moved it and back, in any order', async () => {
  const twoKinds = (id: string, more: string) =>
    clubDocument.replace('id: club', `id: ${id}`).replace('\nearn:', `${more}\nearn:`)
  const credit = '  credit: { kind: spendable, name: { en: credit }, pending: none, expires: never }\n'
  await server.publish(twoKinds('bare', credit), 'bare')
  const authorization = `Bearer ${await server.keyFor('bare')}`
  const send = async (event: object) =>
    (await call('POST', '/v1/events', event, { authorization })).body.decision.balances
  const at = (minute: number) => ({
    occurredAt: new Date(server.clock.now - 3_600_000 + minute * 60_000).toISOString(),
  })
  const order = (member: string) => orderPaid(`any-${member}`, member, 500, at(1))
  const refund = (member: string) => ({
    ...{ type: 'refund.made', source: 'web', id: `any-back-${member}`, member, order: order(member).order.id },
    ...{ amount: 500, ...at(2) },
  })
  const none = [nothing('credit'), nothing('points')]
  await send(order('one'))
  expect(await send(refund('one'))).toEqual(none)
  expect(await send(refund('two'))).toEqual(none)
  expect(await send(order('two'))).toEqual(none)
  expect((await call('POST', '/v1/members', { id: 'new' }, { authorization })).body.balances).toEqual(none)
  for (const member of ['one', 'two', 'new']) {
    for (const path of ['', '/balance', `/balance?at=${at(0).occurredAt}`]) {
      const { body } = await call('GET', `/v1/members/${member}${path}`, undefined, { authorization })
      expect(body.balances).toEqual(none)
    }
    const cart = { member, order: { ...order(member).order, lines: [], payments: [] } }
    expect((await call('POST', '/v1/carts/preview', cart, { authorization })).body.balances).toEqual(none)
  }
})

test('EVT-2 assets stand in the order of the program, whichever of them moved first', async () => {
  const document = clubDocument
    .replace('id: club', 'id: twofold')
    .replace('\nearn:', '  status: { kind: qualifying, name: { en: status }, expires: never }\n\nearn:')
    .replace('give: 50 points', 'give: 50 status')
  await server.publish(document, 'twofold')
  const authorization = `Bearer ${await server.keyFor('twofold')}`
  const review = (member: string) => ({
    ...{ type: 'activity.review', id: `review-${member}`, source: 'web', member, occurredAt: '2026-03-14T09:00:00Z' },
    facts: { words: 40 },
  })
  const order = (member: string) => orderPaid(`order-${member}`, member, 500)
  for (const event of [order('ida'), review('ida'), review('jon'), order('jon')]) {
    expect((await call('POST', '/v1/events', event, { authorization })).status).toBe(200)
  }
  const assetsOf = (list: { asset: string }[]) => list.map(({ asset }) => asset)
  for (const member of ['ida', 'jon']) {
    const read = async (what: string) =>
      (await call('GET', `/v1/members/${member}${what}`, undefined, { authorization })).body
    expect(assetsOf((await read('')).balances)).toEqual(['points', 'status'])
    expect(assetsOf((await read('/balance')).balances)).toEqual(['points', 'status'])
    expect(assetsOf((await read('/balance?at=2026-03-14T11:00:00Z')).balances)).toEqual(['points', 'status'])
    expect(assetsOf((await read('/lots')).lots)).toEqual(['points', 'status'])
  }
})
