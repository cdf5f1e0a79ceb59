import { beforeEach, describe, expect, test } from 'vitest'
import { clubDocument, openTestServer, orderPaid } from '../server.fixture.ts'
import { type Browser, fromOurPage, signedIn, staffOf } from '../team/staff.fixture.ts'
import { staffJobs } from './jobs.ts'

const server = await openTestServer()
await server.publish()
await server.publish(clubDocument.replace('id: club', 'id: rival'), 'rival')
const { clock, context } = server
const ida = await staffOf(server, 'ida@example.com', { club: 'support' })
await staffOf(server, 'jon@example.com', { club: 'support' })
const kai = await staffOf(server, 'kai@example.com', { club: 'owner' })
await staffOf(server, 'lou@example.com', { rival: 'owner' })
const [ida1, jon1, kai1, lou1] = [
  await signedIn(server, 'ida@example.com'),
  await signedIn(server, 'jon@example.com'),
  await signedIn(server, 'kai@example.com'),
  await signedIn(server, 'lou@example.com'),
]

let keys = 0
const post = async (browser: Browser, url: string, body: object, key = `key-${++keys}`) => {
  const response = await server.inject({
    ...{ method: 'POST', url, body: JSON.stringify(body) },
    headers: { cookie: browser.cookie(), ...fromOurPage, 'content-type': 'application/json', 'idempotency-key': key },
  })
  return { status: response.statusCode, body: response.json() }
}
const adjust = (browser: Browser, member: string, amount: number, key?: string) =>
  post(browser, `/v1/members/${member}/adjustments`, { asset: 'points', amount, reason: 'goodwill' }, key)
const waiting = async () => (await server.call('GET', '/v1/waiting-acts')).body.acts
const audited = async (act: string) => (await server.call('GET', `/v1/audit?act=${act}`)).body.entries
/** Each test begins with nothing used up. */
beforeEach(() => {
  clock.now += 2 * 86_400_000
})

test('without a limit a person adjusts as much as they like', async () => {
  const member = await server.memberWith(10)
  expect((await adjust(ida1, member, 1_000_000)).body).toMatchObject({ granted: true })
})

describe('with a limit', () => {
  beforeEach(async () => {
    const limit = { role: 'support', asset: 'points', mostPerDay: 100 }
    expect((await post(kai1, '/v1/team/limits', limit)).body).toEqual(limit)
  })

  test('what is beyond it waits, and is done once somebody else has approved', async () => {
    const member = await server.memberWith(10)
    expect((await adjust(ida1, member, 100)).body).toMatchObject({ granted: true })
    const asked = await adjust(ida1, member, 1, 'more')
    expect(asked).toMatchObject({
      status: 409,
      body: { code: 'second-person-first', act: expect.stringMatching(/^act_/) },
    })
    expect(await adjust(ida1, member, 1, 'more')).toMatchObject({ status: 409, body: { act: asked.body.act } })
    expect(await server.activeOf(member)).toBe(110)
    expect(await waiting()).toMatchObject([
      { id: asked.body.act, member, kind: 'adjustment', asset: 'points', amount: 1, askedBy: `staff/${ida}` },
    ])
    const approve = (browser: Browser) => post(browser, `/v1/waiting-acts/${asked.body.act}/approve`, {})
    expect(await approve(ida1)).toMatchObject({ status: 409, body: { code: 'second-person-needed' } })
    expect(await approve(jon1)).toMatchObject({ status: 200, body: { granted: true, repeated: false } })
    expect(await approve(jon1)).toMatchObject({ status: 200, body: { repeated: true } })
    expect(await server.activeOf(member)).toBe(111)
    expect((await adjust(ida1, member, 1, 'more')).body).toMatchObject({ granted: true, repeated: true })
    expect(await waiting()).toEqual([])
    const { rows } = await context.database.migrator.query(
      `SELECT content::jsonb ->> 'actor' AS actor FROM decision WHERE member = $1 AND content LIKE '%points.adjusted%'`,
      [member],
    )
    expect(rows.map(({ actor }) => actor)).toEqual([`staff/${ida}`, `staff/${ida}`])
    const [approved] = await audited('act.approved')
    expect(approved).toMatchObject({ subject: asked.body.act, detail: { askedBy: `staff/${ida}` } })
    expect(approved.actor).not.toBe(`staff/${ida}`)
  })

  test('many small ones count together, given and taken, for 24 hours', async () => {
    const member = await server.memberWith(200)
    for (const amount of [40, -40, 20]) expect((await adjust(ida1, member, amount)).status).toBe(200)
    expect((await adjust(ida1, member, 1)).status).toBe(409)
    clock.now += 86_399_000
    expect((await adjust(ida1, member, 1)).status).toBe(409)
    clock.now += 1_000
    expect((await adjust(ida1, member, 100)).status).toBe(200)
    expect((await adjust(jon1, member, 100)).status).toBe(200)
  })

  test('at once they are counted one after another', async () => {
    const member = await server.memberWith(10)
    const answers = await Promise.all(Array.from({ length: 20 }, () => adjust(ida1, member, 10)))
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(10)
    expect(await server.activeOf(member)).toBe(110)
  })

  test('what is rejected is not done, nor when it is asked for again', async () => {
    const member = await server.memberWith(10)
    const { act } = (await adjust(ida1, member, 500, 'much')).body
    expect((await post(jon1, `/v1/waiting-acts/${act}/reject`, {})).body).toEqual({ id: act, rejected: true })
    expect((await post(jon1, `/v1/waiting-acts/${act}/reject`, {})).body).toEqual({ id: act, rejected: false })
    expect(await post(kai1, `/v1/waiting-acts/${act}/approve`, {})).toMatchObject({ body: { code: 'act-rejected' } })
    expect(await adjust(ida1, member, 500, 'much')).toMatchObject({ status: 409, body: { code: 'act-rejected' } })
    expect(await server.activeOf(member)).toBe(10)
  })

  test('one identity is one act: other content, or another person, is a conflict', async () => {
    const member = await server.memberWith(10)
    await adjust(ida1, member, 500, 'same')
    expect(await adjust(ida1, member, 501, 'same')).toMatchObject({ body: { code: 'identity-conflict' } })
    expect(await adjust(jon1, member, 500, 'same')).toMatchObject({ body: { code: 'identity-conflict' } })
  })

  test('staff of another program see and approve nothing of it', async () => {
    const member = await server.memberWith(10)
    const { act } = (await adjust(ida1, member, 500)).body
    for (const answer of ['approve', 'reject']) {
      expect(await post(lou1, `/v1/waiting-acts/${act}/${answer}`, {})).toMatchObject({
        ...{ status: 404, body: { code: 'unknown-act' } },
      })
    }
    const theirs = await server.inject({ method: 'GET', url: '/v1/waiting-acts', headers: { cookie: lou1.cookie() } })
    expect(theirs.json().acts).toEqual([])
  })

  test('a key has no limit; it approves where it is known who holds it', async () => {
    const member = await server.memberWith(10)
    const adjustment = { asset: 'points', amount: 5_000, reason: 'goodwill' }
    const byKey = await server.call('POST', `/v1/members/${member}/adjustments`, adjustment, {
      'idempotency-key': 'by key',
    })
    expect(byKey.status).toBe(400)
    const again = await server.call('POST', `/v1/members/${member}/adjustments`, adjustment, {
      'idempotency-key': 'by-key',
    })
    expect(again.body).toMatchObject({ granted: true })
    const { act } = (await adjust(ida1, member, 500)).body
    expect(await server.call('POST', `/v1/waiting-acts/${act}/approve`)).toMatchObject({
      ...{ status: 409, body: { code: 'second-person-needed' } },
    })
  })

  test('lapsed points that are given back count as well', async () => {
    await server.call('POST', '/v1/events', orderPaid('old', 'lapsing', 30_000))
    const before = clock.now
    clock.now = Date.parse('2027-03-20T12:00:00Z')
    const reinstate = {
      asset: 'points',
      lastDay: '2027-03-14',
      amount: 200,
      newLastDay: '2027-06-30',
      reason: 'goodwill',
    }
    const asked = await post(ida1, '/v1/members/lapsing/lots/reinstatements', reinstate)
    expect(asked).toMatchObject({ status: 409, body: { code: 'second-person-first' } })
    expect((await waiting()).find(({ id }: { id: string }) => id === asked.body.act)).toMatchObject({
      kind: 'reinstatement',
    })
    const done = await post(jon1, `/v1/waiting-acts/${asked.body.act}/approve`, {})
    expect(done.body).toMatchObject({ granted: true, amount: 200 })
    clock.now = before
  })

  test('the database itself lets nobody approve their own', async () => {
    const member = await server.memberWith(10)
    const { act } = (await adjust(ida1, member, 500)).body
    await expect(
      context.database.application.query(
        `UPDATE staff_act SET status = 'approved', answered_at = now(), answered_by = $2 WHERE id = $1`,
        [act, `staff/${ida}`],
      ),
    ).rejects.toMatchObject({ code: '23514' })
  })

  test('is set and taken away by owners, listed, and written down', async () => {
    expect((await server.call('GET', '/v1/team/limits')).body.limits).toEqual([
      { role: 'support', asset: 'points', mostPerDay: 100 },
    ])
    const away = { role: 'support', asset: 'points', mostPerDay: null }
    expect((await post(jon1, '/v1/team/limits', away)).status).toBe(403)
    expect((await post(kai1, '/v1/team/limits', away)).body).toEqual(away)
    expect((await server.call('GET', '/v1/team/limits')).body.limits).toEqual([])
    expect((await audited('limit.set'))[0]).toMatchObject({
      actor: `staff/${kai}`,
      subject: 'support/points',
      detail: { mostPerDay: null },
    })
  })
})

test('what was done alone is kept as long as it counts, what took two for good', async () => {
  const [sweep] = staffJobs(context)
  clock.now += 30 * 86_400_000
  await sweep?.run()
  const { rows } = await context.database.migrator.query('SELECT DISTINCT status FROM staff_act ORDER BY status')
  expect(rows.map(({ status }) => status)).toEqual(['approved', 'rejected', 'waiting'])
})
