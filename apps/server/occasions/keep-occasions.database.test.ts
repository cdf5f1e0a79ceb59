import { describe, expect, test } from 'vitest'
import { Outbox } from '../outbox/outbox.ts'
import { clubDocument, openTestServer } from '../server.fixture.ts'
import { keepOccasions } from './keep-occasions.ts'

const server = await openTestServer()
const { call, clock, context, activeOf } = server
await server.publish(
  clubDocument
    .replace(
      'tiers:',
      `  - { id: treat, on: member.birthday, give: { reward: five-off } }
  - { id: years, on: member.anniversary, give: 20 points }

tiers:`,
    )
    .replace('Europe/London', 'America/New_York'),
)

const create = (id: string, birthday: string | null, joinedAt = '2024-06-01T12:00:00Z') =>
  call('POST', '/v1/members', { id, joinedAt, profile: { birthday } })
const vouchersOf = async (member: string): Promise<string[]> =>
  (await call('GET', `/v1/members/${member}/vouchers?status=all`)).body.vouchers.map(({ id }: { id: string }) => id)
const at = (text: string) => {
  clock.now = Date.parse(text)
}

describe('EARN-7 the daily job', () => {
  test('tells each birthday once, when the day begins in the program’s zone', async () => {
    at('2026-03-14T12:00:00Z')
    await create('ada', '03-16')
    await create('bea', null)
    expect(await keepOccasions(context)).toBe(0)
    at('2026-03-16T03:59:00Z')
    expect(await keepOccasions(context)).toBe(0)
    at('2026-03-16T04:00:00Z')
    expect(await keepOccasions(context)).toBe(1)
    expect(await keepOccasions(context)).toBe(0)
    expect(await vouchersOf('ada')).toEqual(['rule/treat/2026'])
    expect(await vouchersOf('bea')).toEqual([])
    const { rows } = await context.database.migrator.query(
      `SELECT content::json ->> 'id' AS id, local FROM decision WHERE content LIKE '%member.birthday%'`,
    )
    expect(rows).toMatchObject([{ id: 'birthday/ada/2026' }])
  })

  test('a date that is changed brings no second one in its year, and counts in the next', async () => {
    const changed = await call('POST', '/v1/members/ada/profile', { birthday: '05-02' })
    expect(changed.body).toEqual({
      member: 'ada',
      profile: { name: null, email: null, phone: null, birthday: '05-02' },
    })
    at('2026-05-02T12:00:00Z')
    await keepOccasions(context)
    expect(await vouchersOf('ada')).toEqual(['rule/treat/2026'])
    at('2027-03-16T12:00:00Z')
    await keepOccasions(context)
    expect(await vouchersOf('ada')).toEqual(['rule/treat/2026'])
    at('2027-05-02T12:00:00Z')
    await keepOccasions(context)
    expect(await vouchersOf('ada')).toEqual(['rule/treat/2027', 'rule/treat/2026'])
  })

  test('who tells it on the day itself need not wait for a year', async () => {
    await create('cleo', '05-02', '2027-05-02T11:00:00Z')
    expect(await vouchersOf('cleo')).toEqual(['rule/treat/2027'])
    expect(await keepOccasions(context)).toBe(0)
  })

  test('what a server that was away has missed is told at its own day', async () => {
    await create('dora', '05-09', '2027-05-02T11:00:00Z')
    at('2027-05-20T12:00:00Z')
    await keepOccasions(context)
    const { rows } = await context.database.migrator.query(
      `SELECT local FROM decision WHERE member = 'dora' AND content LIKE '%member.birthday%'`,
    )
    expect(rows).toHaveLength(1)
    expect(new Date(rows[0].local).toISOString().slice(0, 10)).toBe('2027-05-09')
  })

  test('anniversaries of joining give their points, once a year', async () => {
    at('2027-06-01T12:00:00Z')
    await keepOccasions(context)
    await keepOccasions(context)
    // Ada’s first lay in the year in which nothing ran; Cleo has been there for a month.
    expect([await activeOf('ada'), await activeOf('cleo')]).toEqual([40, 0])
  })

  test('the date is a day of the year; it goes with the profile', async () => {
    for (const birthday of ['02-30', '13-01', '00-10', '3-1', '2000-03-01']) {
      expect((await call('POST', '/v1/members/ada/profile', { birthday })).body).toMatchObject({
        code: 'invalid-request',
        errors: [{ path: '/birthday' }],
      })
    }
    expect((await call('POST', '/v1/members/nobody/profile', { birthday: '01-01' })).status).toBe(404)
    await call('POST', '/v1/members/dora/profile', { birthday: null, name: 'Dora' })
    expect((await call('GET', '/v1/members/dora')).body.profile).toMatchObject({ name: 'Dora', birthday: null })
  })
})

test('MRG-1 who was merged has the birthday and the anniversary of whoever remains, and no second ones', async () => {
  at('2028-01-10T12:00:00Z')
  await create('gone', '02-03', '2026-02-04T12:00:00Z')
  await create('stays', '02-05', '2026-02-06T12:00:00Z')
  const body = { into: 'stays', reason: 'same-person' }
  expect((await call('POST', '/v1/members/gone/merge', body, { 'idempotency-key': 'm-1' })).status).toBe(200)
  const outbox = new Outbox(context)
  outbox.wake()
  await outbox.settled()
  await outbox.close()
  at('2028-02-04T12:00:00Z')
  await keepOccasions(context)
  expect([await vouchersOf('gone'), await activeOf('gone')]).toEqual([[], 0])
  at('2028-02-06T12:00:00Z')
  await keepOccasions(context)
  expect([await vouchersOf('gone'), await activeOf('gone')]).toEqual([['rule/treat/2028'], 20])
})

test('EARN-7 TIME-3 a server that was away for two years tells all of both, a year in a run, and goes on where it stopped', async () => {
  at('2028-02-07T12:00:00Z')
  await create('elsa', '04-20', '2028-02-07T12:00:00Z')
  await keepOccasions(context)
  at('2030-02-05T12:00:00Z')
  expect(await vouchersOf('elsa')).toEqual([])
  await keepOccasions(context)
  expect(await vouchersOf('elsa')).toEqual(['rule/treat/2028'])
  await keepOccasions(context)
  expect(await vouchersOf('elsa')).toEqual(['rule/treat/2029', 'rule/treat/2028'])
  expect(await keepOccasions(context)).toBe(0)
  const { rows } = await context.database.migrator.query(
    `SELECT local FROM decision WHERE member = 'elsa' AND content LIKE '%member.birthday%' ORDER BY local`,
  )
  expect(rows.map(({ local }) => new Date(local).toISOString().slice(0, 10))).toEqual(['2028-04-20', '2029-04-20'])
})
