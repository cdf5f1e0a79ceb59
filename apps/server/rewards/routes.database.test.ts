import { describe, expect, test } from 'vitest'
import { openTestServer, orderPaid } from '../server.fixture.ts'

const server = await openTestServer()
await server.publish()
const { call, memberWith, activeOf } = server

describe('RED-1 a redemption', () => {
  test('is reserved, confirmed, and each is repeated safely', async () => {
    const member = await memberWith(120)
    const body = { id: 'red-1', member, reward: 'five-off' }
    const reserved = await call('POST', '/v1/redemptions', body)
    expect(reserved.body).toEqual({
      ...{
        id: 'red-1',
        member,
        granted: true,
        asset: 'points',
        amount: 50,
        refusal: null,
        waiting: null,
        waitingAs: null,
        repeated: false,
      },
    })
    expect((await call('POST', '/v1/redemptions', body)).body).toEqual({ ...reserved.body, repeated: true })
    expect((await call('GET', '/v1/redemptions/red-1')).body).toMatchObject({
      status: 'held',
      until: '2026-03-14T12:15:00.000Z',
    })
    expect(await activeOf(member)).toBe(70)

    const confirmed = await call('POST', '/v1/redemptions/red-1/confirm')
    expect(confirmed.body).toMatchObject({ granted: true, amount: 50, repeated: false })
    expect((await call('POST', '/v1/redemptions/red-1/confirm')).body).toMatchObject({ granted: true, repeated: true })
    expect((await call('GET', '/v1/redemptions/red-1')).body).toMatchObject({ status: 'confirmed', reward: 'five-off' })
    expect((await call('POST', '/v1/redemptions/red-1/cancel')).body).toMatchObject({
      granted: false,
      refusal: { code: 'already-confirmed' },
    })
    expect(await activeOf(member)).toBe(70)
  })

  test('takes its id from the Idempotency-Key, and needs one of both', async () => {
    const member = await memberWith(60)
    const body = { member, reward: 'five-off', confirm: true }
    const first = await call('POST', '/v1/redemptions', body, { 'idempotency-key': 'checkout-7' })
    expect(first.body).toMatchObject({ granted: true, id: expect.stringMatching(/^rdm_[0-9a-f]{32}$/) })
    const again = await call('POST', '/v1/redemptions', body, { 'idempotency-key': 'checkout-7' })
    expect(again.body).toMatchObject({ id: first.body.id, granted: true, repeated: true })
    expect(await activeOf(member)).toBe(10)
    expect(await call('POST', '/v1/redemptions', body)).toMatchObject({
      status: 400,
      body: { code: 'idempotency-key-missing' },
    })
    const spaced = await call('POST', '/v1/redemptions', body, { 'idempotency-key': 'two words' })
    expect(spaced).toMatchObject({ status: 400, body: { errors: [{ path: 'header/idempotency-key' }] } })
  })

  test('is refused with what is missing, and stays refused', async () => {
    const member = await memberWith(30)
    const body = { id: 'red-short', member, reward: 'five-off' }
    expect((await call('POST', '/v1/redemptions', body)).body).toMatchObject({
      granted: false,
      refusal: { code: 'short', shortBy: 20 },
    })
    await call('POST', '/v1/events', orderPaid('more', member, 10_000))
    expect((await call('POST', '/v1/redemptions', body)).body).toMatchObject({ granted: false, repeated: true })
    expect((await call('GET', '/v1/redemptions/red-short')).body).toMatchObject({
      ...{ status: 'refused', member, reward: 'five-off', refusal: { code: 'short', shortBy: 20 } },
    })
  })

  test('vector 7: the first times out, and confirming it is short by 20', async () => {
    const member = await memberWith(100)
    const reserve = (id: string) => call('POST', '/v1/redemptions', { id, member, reward: 'five-off', lasts: 'PT1M' })
    expect((await reserve('seven-1')).body.granted).toBe(true)
    expect((await reserve('seven-2')).body.granted).toBe(true)
    expect((await reserve('seven-3')).body).toMatchObject({ granted: false, refusal: { shortBy: 50 } })
    server.clock.now += 60_000
    expect((await call('GET', '/v1/redemptions/seven-1')).body).toMatchObject({ status: 'timed-out' })
    expect((await reserve('seven-4')).body.granted).toBe(true)
    expect((await reserve('seven-5')).body.granted).toBe(true)
    expect((await call('POST', '/v1/redemptions/seven-1/confirm')).body).toMatchObject({
      granted: false,
      refusal: { code: 'expired', shortBy: 50 },
    })
    await call('POST', '/v1/redemptions/seven-4/cancel')
    // The first answer stands; a new identity asks anew.
    expect((await call('POST', '/v1/redemptions/seven-1/confirm')).body).toMatchObject({
      granted: false,
      repeated: true,
    })
    const anew = await call('POST', '/v1/redemptions/seven-1/confirm', undefined, { 'idempotency-key': 'again' })
    expect(anew.body).toMatchObject({ granted: true, repeated: false })
  })

  test('EVT-6 R3 of forty at once, exactly what the balance covers is granted', async () => {
    const member = await memberWith(500)
    const answers = await Promise.all(
      Array.from({ length: 40 }, (_, index) =>
        call('POST', '/v1/redemptions', { id: `rush-${index}`, member, reward: 'five-off', confirm: true }),
      ),
    )
    expect(answers.filter(({ body }) => body.granted)).toHaveLength(10)
    expect(await activeOf(member)).toBe(0)
  })

  test('RED-1 an id that was refused says so, and that another is needed, whatever is asked under it', async () => {
    const member = await memberWith(100)
    const asked = { id: 'dead', member, reward: 'yacht' }
    const first = await call('POST', '/v1/redemptions', asked)
    expect(first.body).toMatchObject({ granted: false, refusal: { code: 'unknown-reward' } })
    expect((await call('POST', '/v1/redemptions', asked)).body).toMatchObject({ repeated: true, granted: false })
    const refused = { code: 'redemption-refused', redemption: 'dead', refusal: 'unknown-reward' }
    const anew = await call('POST', '/v1/redemptions', { ...asked, reward: 'five-off', confirm: true })
    expect(anew).toMatchObject({ status: 409, body: { ...refused, detail: 'dead was refused: unknown-reward' } })
    expect(anew.body.remedy).toContain('a new id')
    for (const how of ['confirm', 'cancel']) {
      expect(await call('POST', `/v1/redemptions/dead/${how}`)).toMatchObject({ status: 409, body: refused })
    }
    const under = await call('POST', '/v1/redemptions', { ...asked, id: 'alive', reward: 'five-off' })
    expect(under.body).toMatchObject({ granted: true })
  })

  test('RED-4 with points or an amount to pay, of a reward whose price is fixed, takes nothing', async () => {
    const member = await memberWith(200)
    for (const said of [{ points: 10 }, { payable: 1 }, { points: 10, payable: 1 }]) {
      const body = { id: `fixed-${Object.keys(said).join('-')}`, member, reward: 'five-off', ...said, confirm: true }
      expect((await call('POST', '/v1/redemptions', body)).body).toMatchObject({
        ...{ granted: false, amount: 0, refusal: { code: 'price-fixed' } },
      })
    }
    expect(await activeOf(member)).toBe(200)
  })

  test('of another id, member or reward is refused in its own way', async () => {
    const member = await memberWith(100)
    expect(await call('GET', '/v1/redemptions/ghost')).toMatchObject({
      status: 404,
      body: { code: 'unknown-redemption' },
    })
    expect(await call('POST', '/v1/redemptions/ghost/confirm')).toMatchObject({ status: 404 })
    expect((await call('POST', '/v1/redemptions', { id: 'u1', member, reward: 'yacht' })).body).toMatchObject({
      granted: false,
      refusal: { code: 'unknown-reward' },
    })
    const nobody = await call('POST', '/v1/redemptions', { id: 'u2', member: 'nobody-at-all', reward: 'five-off' })
    expect(nobody).toMatchObject({ status: 404, body: { code: 'unknown-member' } })
    await call('POST', '/v1/redemptions', { id: 'u3', member, reward: 'five-off' })
    const other = await call('POST', '/v1/redemptions', { id: 'u3', member, reward: 'five-off', lasts: 'PT2M' })
    expect(other).toMatchObject({ status: 409, body: { code: 'identity-conflict' } })
    expect(
      await call('POST', '/v1/redemptions', { id: 'u4', member, reward: 'five-off', lasts: 'PT0S' }),
    ).toMatchObject({ status: 400 })
  })
})
