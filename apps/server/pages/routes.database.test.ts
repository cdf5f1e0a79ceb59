import { readFile } from 'node:fs/promises'
import { describe, expect, test } from 'vitest'
import { clubDocument, openTestServer, orderPaid } from '../server.fixture.ts'

const server = await openTestServer()
await server.publish()
const { call } = server
const evil = `<script>alert("x")</script>`
const profile = { name: `Maren ${evil}`, email: 'maren@example.net', phone: null }
await call('POST', '/v1/members', { id: 'maren', profile, segments: [evil] })
await call('POST', '/v1/events', orderPaid('o/1', 'maren', 12_000))
await call('POST', '/v1/redemptions', { id: 'r1', member: 'maren', reward: 'five-off', confirm: true })
await call('POST', '/v1/events', orderPaid('o2', 'maren', 99))

const fromOurPage = { 'sec-fetch-site': 'same-origin' }
const form = { 'content-type': 'application/x-www-form-urlencoded' }

async function signIn(key: string, headers: Record<string, string> = fromOurPage) {
  const body = new URLSearchParams({ key }).toString()
  return await server.inject({ method: 'POST', url: '/sign-in', headers: { ...form, ...headers }, body })
}
const cookieOf = (response: { headers: { 'set-cookie'?: unknown } }) =>
  String(response.headers['set-cookie'] ?? '').split(';')[0] ?? ''

const cookie = cookieOf(await signIn(await server.keyFor('club', ['members:read'])))
const show = async (url: string, headers: Record<string, string> = { cookie }) => {
  const response = await server.inject({ method: 'GET', url, headers })
  return { status: response.statusCode, headers: response.headers, text: response.body }
}

describe('the way in', () => {
  test.each(['/', '/members/maren', '/?q=maren'])('%s shows a stranger the form and nothing else', async (url) => {
    const { text } = await show(url, {})
    expect(text).toContain('<form method="post" action="/sign-in">')
    expect(text).not.toContain('maren')
  })

  test('a key lets in, by a cookie that scripts and other sites cannot use', async () => {
    const response = await signIn(await server.keyFor('club', ['members:read']))
    expect(response.statusCode).toBe(303)
    expect(response.headers['set-cookie']).toMatch(
      /^laurel_session=[^;]+; Max-Age=43200; Path=\/; HttpOnly; SameSite=Strict$/,
    )
    expect(response.headers['set-cookie']).not.toContain('lrl_')
  })

  test('behind a proxy that speaks TLS the cookie is for TLS only, and only a trusted proxy may say so', async () => {
    const response = await signIn(await server.keyFor('club'), { ...fromOurPage, 'x-forwarded-proto': 'https' })
    expect(response.headers['set-cookie']).not.toContain('Secure')
  })

  test('a wrong key, or one without the scope, stays outside', async () => {
    const wrong = await signIn(`lrl_abcdefghijkm_${'a'.repeat(43)}`)
    expect(wrong.statusCode).toBe(401)
    expect(wrong.headers['set-cookie']).toBe(undefined)
    const poor = await signIn(await server.keyFor('club', ['events:write']))
    expect(poor.statusCode).toBe(403)
    expect(poor.headers['set-cookie']).toBe(undefined)
  })

  test.each([
    ['another site', { 'sec-fetch-site': 'cross-site' }],
    ['a sister site', { 'sec-fetch-site': 'same-site' }],
    ['another origin', { origin: 'https://evil.example', host: 'laurel.test' }],
    ['nowhere', {}],
  ])('a form sent from %s signs nobody in', async (_, headers) => {
    const response = await signIn(await server.keyFor('club'), headers)
    expect(response.statusCode).toBe(403)
    expect(response.headers['set-cookie']).toBe(undefined)
  })

  test('a forged, changed or old session is none', async () => {
    const [id = '', end = '', signature = ''] = cookie.replace('laurel_session=', '').split('.')
    const forged = [
      `laurel_session=${id}.${Number(end) + 1}.${signature}`,
      `laurel_session=${id}.${end}.${'A'.repeat(43)}`,
      `laurel_session=abcdefghijkm.${end}.${signature}`,
      'laurel_session=',
      `x=${'a'.repeat(5000)}`,
    ]
    for (const each of forged) expect((await show('/', { cookie: each })).text).toContain('action="/sign-in"')
    const before = server.clock.now
    server.clock.now += 12 * 3_600_000
    expect((await show('/')).text).toContain('action="/sign-in"')
    server.clock.now = before
  })

  test('signing out ends it', async () => {
    const response = await server.inject({ method: 'POST', url: '/sign-out', headers: { cookie, ...form }, body: '' })
    expect(response.headers['set-cookie']).toMatch(/^laurel_session=; Max-Age=0;/)
  })
})

describe('the pages', () => {
  test('find members', async () => {
    expect((await show('/')).text).toContain('href="/members/maren"')
    expect((await show('/?q=maren%40')).text).toContain('href="/members/maren"')
    const none = await show(`/?q=${encodeURIComponent(`${evil} nobody`)}`)
    expect(none.text).toContain('Nobody has this id')
    expect(none.text).not.toContain('<script')
  })

  test('show a member: balance, tier with what is missing, lots, statement', async () => {
    const { status, text } = await show('/members/maren')
    expect(status).toBe(200)
    expect(text).toContain('<p class="figure">70</p>')
    expect(text).toContain('Standing: Gold')
    expect(text).toContain('100 points more keep Gold beyond 1 January 2027.')
    expect(text).toContain('14 March 2027')
    expect(text).toContain('Held for a reward')
    expect(text).not.toContain('<script')
    expect(text).toContain('Maren &lt;script&gt;')
  })

  test('LOT-4 show all that lapses on the next day, and tell lots of one day apart by what they are burnt as', async () => {
    const classes = clubDocument
      .replace('id: club', 'id: classes')
      .replace('    pending: none', '    pending: none\n    burnOrder: [promo]')
      .replace('    give: 50 points', '    give: 50 points\n    burnAs: promo')
    await server.publish(classes, 'classes')
    const key = await server.keyFor('classes', ['members:read', 'events:write'])
    const at = { source: 'shop', member: 'lotte', occurredAt: '2026-03-10T12:00:00Z' }
    const review = { ...at, type: 'activity.review', id: 'r1', facts: { words: 40 } }
    await call('POST', '/v1/events', { ...orderPaid('o1', 'lotte', 7000), ...at }, { authorization: `Bearer ${key}` })
    await call('POST', '/v1/events', review, { authorization: `Bearer ${key}` })
    const { text } = await show('/members/lotte', { cookie: cookieOf(await signIn(key)) })
    expect(text).toMatch(/Lapses next<\/p><p class="figure">120<\/p><p class="second">after 10 March 2027/)
    expect(text).toMatch(/10 March 2027 <span class="third">Promo<\/span><\/span>[\s\S]*>50</)
    expect(text.match(/>Promo</g)).toHaveLength(1)
  })

  test('END-1 say who is frozen and who has left, and until when what is left is kept', async () => {
    const key = (id: string) => ({ 'idempotency-key': id })
    await call('POST', '/v1/members', { id: 'nina' })
    expect((await show('/members/nina')).text).not.toMatch(/Frozen|Has left/)
    await call('POST', '/v1/members/nina/freeze', { reason: 'test' }, key('f'))
    expect((await show('/members/nina')).text).toContain('>Frozen<')
    await call('POST', '/v1/members/nina/leave', undefined, key('l'))
    expect((await show('/members/nina')).text).toContain('Has left, kept until 13 April 2026')
    await call('DELETE', '/v1/members/nina?reason=test')
    expect((await show('/members/nina')).status).toBe(404)
  })

  test('EVT-7 say why a line stands there', async () => {
    const { text } = await show('/members/maren?why=1')
    expect(text).toContain('<strong>order.paid</strong>')
    expect(text).toMatch(/<td>Base <span class="id">base<\/span><\/td>\s*<td class="second">Gave/)
    expect(text).toMatch(/\+120/)
    expect((await show('/members/maren?why=2')).text).toContain('redemption.reserve')
  })

  test('EVT-7 say what a cap took, in words and apart from what was given', async () => {
    const cap = 'cap: { most: 10 points, each: calendar-month, whose: member, edge: trim }'
    const capped = clubDocument.replace('id: club', 'id: capped').replace('round: floor', `round: floor\n    ${cap}`)
    await server.publish(capped, 'capped')
    const key = await server.keyFor('capped')
    await call('POST', '/v1/events', orderPaid('o1', 'cara', 2500), { authorization: `Bearer ${key}` })
    const { text } = await show('/members/cara?why=1', { cookie: cookieOf(await signIn(key)) })
    expect(text).toMatch(/Trimmed by its cap: 15 points less<\/td>\s*<td class="number"><\/td>/)
    expect(text).toMatch(/Gave<\/td>\s*<td class="number">\+10<\/td>/)
    expect(text).not.toContain('rule:base')
  })

  test('EVT-7 REF-1 say of a refund what each rule is due of its order now', async () => {
    const paid = orderPaid('half', 'runa', 10_000)
    await call('POST', '/v1/events', paid)
    const refund = { type: 'refund.made', id: 'half-back', source: 'web', member: 'runa', order: paid.order.id }
    await call('POST', '/v1/events', { ...refund, occurredAt: '2026-03-14T11:00:00Z', amount: 4000 })
    const { text } = await show('/members/runa?why=2')
    expect(text).toContain('<strong>refund.made</strong>')
    expect(text).toContain('What each rule is due of it now')
    expect(text).toMatch(
      /<td>Base <span class="id">base<\/span><\/td>\s*<td class="second">Gave<\/td>\s*<td class="number">\+60</,
    )
    expect(text).not.toContain('No rule of the program was asked')
    expect((await show('/members/runa?why=1')).text).not.toContain('judged again')
  })

  test('EVT-7 AMT-1 say why in the decimals of what was given', async () => {
    const cashback = await readFile(new URL('../../../programs/cashback/program.yaml', import.meta.url), 'utf8')
    await server.publish(cashback, 'cashback')
    const key = await server.keyFor('cashback')
    const paid = orderPaid('dinar', 'layla', 41_667)
    const bearer = { authorization: `Bearer ${key}` }
    await call('POST', '/v1/events', { ...paid, order: { ...paid.order, currency: 'KWD' } }, bearer)
    const own = { cookie: cookieOf(await signIn(key)) }
    const { text } = await show('/members/layla?why=1', own)
    expect(text.match(/\+1[.,]250/g)).toEqual(['+1.250'])
    expect(text.match(/0\.000|>\+?0</g)).toContain('0.000')
  })

  test('EVT-7 say of each amount what it is, where an event gave several things', async () => {
    const glow = await readFile(new URL('../../../programs/glow-club/program.yaml', import.meta.url), 'utf8')
    await server.publish(glow, 'glow-club')
    const key = await server.keyFor('glow-club')
    const paid = orderPaid('o1', 'gwen', 2500)
    const dollars = { ...paid, order: { ...paid.order, currency: 'USD' } }
    await call('POST', '/v1/events', dollars, { authorization: `Bearer ${key}` })
    const { text } = await show('/members/gwen?why=1', { cookie: cookieOf(await signIn(key)) })
    expect(text).toMatch(/Gave<\/td>\s*<td class="number">\+25 <span class="third">[^<]*points/i)
    expect(text).toMatch(/Gave<\/td>\s*<td class="number">\+25 <span class="third">[^<]*status/i)
  })

  test('allow no script, no frame and nothing from elsewhere', async () => {
    for (const url of ['/', '/members/maren', '/members/nobody', '/style.css']) {
      const { headers } = await show(url)
      expect(headers['content-security-policy']).toBe(
        "default-src 'none';style-src 'self';form-action 'self';base-uri 'none';frame-ancestors 'none'",
      )
      expect(headers['x-content-type-options']).toBe('nosniff')
    }
    expect((await show('/members/maren')).text).not.toMatch(/ style=| on\w+=/)
  })

  test('say what happened and what to do', async () => {
    const unknown = await show('/members/nobody')
    expect(unknown).toMatchObject({ status: 404, text: expect.stringContaining('The program has no such member.') })
    expect((await show('/?cursor=bm8')).status).toBe(400)
  })

  test('say it at an address where nothing is, too, to whoever reads pages', async () => {
    for (const headers of [{ accept: 'text/html,application/xhtml+xml' }, { accept: 'text/html', cookie }]) {
      const { status, text, headers: answered } = await show('/nothing/here', headers)
      expect([status, answered['content-type']]).toEqual([404, 'text/html; charset=utf-8'])
      expect(text).toContain('<h1>There is nothing at this address.</h1>')
      expect(answered['content-security-policy']).toContain("default-src 'none'")
    }
    for (const [url, headers, code] of [
      ['/nothing/here', {}, 'unknown-route'],
      ['/nothing/here', { accept: 'application/json' }, 'unknown-route'],
      ['/v1/nothing', { accept: 'text/html' }, 'unknown-route'],
      ['/v1/redemptions', { accept: 'text/html' }, 'wrong-method'],
    ] as const) {
      const { headers: answered, text } = await show(url, headers)
      expect(answered['content-type']).toContain('application/problem+json')
      expect(JSON.parse(text).code).toBe(code)
    }
  })

  test('show nothing of another program', async () => {
    const rival = cookieOf(await signIn(await server.keyFor('rival')))
    expect((await show('/members/maren', { cookie: rival })).status).toBe(409)
    expect((await show('/', { cookie: rival })).text).not.toContain('maren')
  })
})
