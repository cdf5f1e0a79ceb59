import { createHmac } from 'node:crypto'
import { expect, test } from 'vitest'
import { letTimePass } from '../decisions/let-time-pass.ts'
import { Outbox } from '../outbox/outbox.ts'
import { clubDocument, openTestServer, orderPaid } from '../server.fixture.ts'

const server = await openTestServer()
const { call, context, clock, activeOf } = server
await server.publish(
  `${clubDocument.replace('reach: 100 points', 'reach: 100000 points')}
referral:
  friend: 100 points
  advocate: 300 points
  goal: { order: { atLeast: 30.00 GBP } }
  hold: P15D
  review: { velocity: 3 times, within: P1D }
`,
)
const day0 = clock.now
const outbox = new Outbox(context)
/** Lets so many days pass since the beginning, and the outbox do its work. */
async function onDay(days: number): Promise<void> {
  clock.now = day0 + days * 86_400_000
  await letTimePass(context)
  outbox.wake()
  await outbox.settled()
}
const hashOf = (text: string) => createHmac('sha256', 'the shop’s key').update(text).digest('hex')
const join = (id: string) => call('POST', '/v1/members', { id, joinedAt: new Date(clock.now).toISOString() })
const codeOf = async (member: string) => (await call('POST', `/v1/members/${member}/referral-code`)).body.code
const claim = (member: string, code: string, fingerprints: object = {}, key = `claim-${member}`) =>
  call('POST', `/v1/members/${member}/referral`, { code, fingerprints }, { 'idempotency-key': key })
const buy = (id: string, member: string, total: number) =>
  call('POST', '/v1/events', orderPaid(id, member, total, { occurredAt: new Date(clock.now).toISOString() }))
const statusOf = async (member: string) => (await call('GET', `/v1/members/${member}/referral`)).body.sentBy?.status
async function advocate(id: string): Promise<string> {
  await join(id)
  return await codeOf(id)
}
async function friendOf(code: string, id: string, fingerprints: object = {}): Promise<void> {
  await join(id)
  expect((await claim(id, code, fingerprints)).body).toMatchObject({ granted: true })
}

test('RFL-1 a code is the member’s own, however often and by whom it is asked for', async () => {
  const code = await advocate('anna')
  expect(code).toMatch(/^[A-Z3-9]{4}-[A-Z3-9]{4}$/)
  expect(await Promise.all([codeOf('anna'), codeOf('anna')])).toEqual([code, code])
  expect(await advocate('another')).not.toBe(code)
  const typed = code.toLowerCase().replace('-', ' ')
  expect((await call('POST', '/v1/referral-clicks', { code: typed })).body).toEqual({ code, clicks: 1 })
  expect((await call('POST', '/v1/referral-clicks', { code })).body).toEqual({ code, clicks: 2 })
  expect(await call('POST', '/v1/referral-clicks', { code: 'nobody' })).toMatchObject({ status: 404 })
  expect((await call('GET', '/v1/members/anna/referral')).body).toEqual({
    ...{ member: 'anna', zone: 'Europe/London', sentBy: null, friends: [], clicks: 2 },
  })
  expect((await claim('anna', code)).body).toMatchObject({ code: 'referral-of-oneself' })
})

test('RFL-1 both are paid once when the hold is over, and both pay back what is returned later', async () => {
  const code = await advocate('ada')
  await friendOf(code, 'ben')
  expect((await claim('ben', code)).body).toMatchObject({ granted: true, repeated: true })
  expect((await claim('ben', code, {}, 'again')).body).toMatchObject({ refusal: { code: 'already-referred' } })
  await buy('ben-1', 'ben', 4000)
  expect(await statusOf('ben')).toBe('held')
  await onDay(14)
  expect([await activeOf('ada'), await activeOf('ben')]).toEqual([0, 40])
  await onDay(15)
  await onDay(15)
  expect([await activeOf('ada'), await activeOf('ben')]).toEqual([300, 140])
  expect((await call('GET', '/v1/members/ada/referral')).body.friends).toMatchObject([
    { friend: 'ben', outcome: 'paid' },
  ])
  // The refund was made within the hold and is told after it: a late fact (EVT-2).
  const refund = { type: 'refund.made', id: 'ben-r1', source: 'web', member: 'ben', order: 'order-ben-1', lines: [] }
  const made = new Date(day0 + 12 * 86_400_000).toISOString()
  const lines = [{ line: '1', quantity: 1 }]
  expect((await call('POST', '/v1/events', { ...refund, lines, occurredAt: made })).status).toBe(200)
  await onDay(16)
  expect([await activeOf('ada'), await activeOf('ben'), await statusOf('ben')]).toEqual([0, 0, 'waiting'])
  expect((await call('POST', '/v1/ledger/verify')).body).toMatchObject({ clean: true })
})

test('RFL-1 what two have in common sends the referral to a person, who pays it or ends it', async () => {
  const code = await advocate('cleo')
  const device = hashOf('a phone')
  await call('POST', '/v1/members/cleo/fingerprints', { device, address: hashOf('a street') })
  await friendOf(code, 'dirk', { device })
  await friendOf(code, 'emil', { device: hashOf('another phone') })
  const queue = async () => (await call('GET', '/v1/referrals')).body.referrals
  expect(await queue()).toMatchObject([{ friend: 'dirk', advocate: 'cleo', signals: ['same-device'] }])
  for (const friend of ['dirk', 'emil']) await buy(`${friend}-1`, friend, 4000)
  // The payment is known with the order only: it is that of another friend.
  const payment = hashOf('a card')
  await call('POST', '/v1/members/dirk/fingerprints', { payment })
  const told = await call('POST', '/v1/members/emil/fingerprints', { payment })
  expect(told.body).toEqual({ member: 'emil', suspected: ['emil'] })
  expect((await call('POST', '/v1/members/emil/fingerprints', { payment })).body).toEqual(told.body)
  expect(
    (await queue()).map(({ friend, signals }: { friend: string; signals: string[] }) => [friend, signals]),
  ).toEqual([
    ['dirk', ['same-device']],
    ['emil', ['same-payment']],
  ])
  await onDay(40)
  expect([await activeOf('cleo'), await activeOf('dirk')]).toEqual([0, 40])
  const review = (friend: string, approved: boolean) =>
    call(
      'POST',
      `/v1/members/${friend}/referral/review`,
      { approved, reason: 'asked them' },
      { 'idempotency-key': `review-${friend}` },
    )
  expect((await review('dirk', true)).body).toMatchObject({ granted: true })
  expect((await review('emil', false)).body).toMatchObject({ granted: true })
  await onDay(40)
  expect([await activeOf('cleo'), await activeOf('dirk'), await activeOf('emil')]).toEqual([300, 140, 40])
  expect([await queue(), await statusOf('emil')]).toEqual([[], 'rejected'])
  expect(await review('cleo', true)).toMatchObject({ status: 404, body: { code: 'no-referral' } })
})

test('RFL-1 too many friends in a span send the next one to a person; a page goes on where the last ended', async () => {
  const code = await advocate('fritz')
  for (const friend of ['f1', 'f2', 'f3', 'f4', 'f5']) await friendOf(code, friend)
  expect(await Promise.all(['f3', 'f4'].map(statusOf))).toEqual(['waiting', 'review'])
  const first = (await call('GET', '/v1/referrals?limit=1')).body
  const second = (await call('GET', `/v1/referrals?limit=1&cursor=${first.next}`)).body
  expect([first.referrals[0].friend, second.referrals[0].friend]).toEqual(['f4', 'f5'])
  clock.now += 86_400_000
  await friendOf(code, 'f6')
  expect(await statusOf('f6')).toBe('waiting')
})

test('RFL-1 twenty claims of one friend at once are one referral', async () => {
  const codes = await Promise.all(Array.from({ length: 4 }, (_, n) => advocate(`g${n}`)))
  await join('gus')
  const answers = await Promise.all(
    Array.from({ length: 20 }, (_, n) => claim('gus', codes[n % 4] ?? '', {}, `race-${n}`)),
  )
  expect(answers.filter(({ body }) => body.granted)).toHaveLength(1)
  expect(answers.filter(({ body }) => body.refusal?.code === 'already-referred')).toHaveLength(19)
})

test('LED-9 of a member who is erased no code and no fingerprint is left', async () => {
  const code = await advocate('hanna')
  await friendOf(code, 'ida', { device: hashOf('a tablet') })
  for (const member of ['hanna', 'ida']) {
    expect(await call('DELETE', `/v1/members/${member}?reason=asked`)).toMatchObject({ status: 200 })
  }
  // RFL-1: nobody waits for a friend who cannot qualify any more.
  const over = (await call('GET', '/v1/referrals?status=over')).body.referrals
  expect(over.map(({ friend }: { friend: string }) => friend)).toEqual(['ida'])
  for (const table of ['referral_code', 'fingerprint']) {
    const { rows } = await context.database.application.query(
      `SELECT count(*)::int AS n FROM ${table} WHERE member IN ('hanna', 'ida')`,
    )
    expect([table, rows[0].n]).toEqual([table, 0])
  }
  expect(await call('POST', '/v1/referral-clicks', { code })).toMatchObject({ status: 404 })
})

async function merge(from: string, into: string): Promise<void> {
  clock.now += 1_000
  const said = { into, reason: 'same-person' }
  const { status } = await call('POST', `/v1/members/${from}/merge`, said, { 'idempotency-key': `m-${from}` })
  expect(status).toBe(200)
  outbox.wake()
  await outbox.settled()
}

test('MRG-1 RFL-1 a merged member’s code, referral and fingerprints are those of the one that remains', async () => {
  const device = hashOf('a watch')
  const code = await advocate('old-jan')
  await call('POST', '/v1/members/old-jan/fingerprints', { device })
  await friendOf(code, 'old-kai')
  for (const member of ['jan', 'kai']) await join(member)
  await merge('old-jan', 'jan')
  await merge('old-kai', 'kai')
  // Oneself under another name, and a friend by a code of old.
  expect((await claim('jan', code)).body).toMatchObject({ code: 'referral-of-oneself' })
  await friendOf(code, 'lea')
  expect((await call('GET', '/v1/members/lea/referral')).body.sentBy).toMatchObject({ advocate: 'jan' })
  expect(await statusOf('kai')).toBe('waiting')
  // Kept of each before the merge and told of the other after it: both were known by other names when it was claimed.
  const told = await call('POST', '/v1/members/old-kai/fingerprints', { device })
  expect(told.body).toEqual({ member: 'kai', suspected: ['kai'] })
  expect(await statusOf('kai')).toBe('review')
  expect((await call('POST', '/v1/members/jan/fingerprints', { device })).body).toEqual({
    member: 'jan',
    suspected: ['kai'],
  })
  // What the member had under another name speaks against nobody.
  await friendOf(code, 'mia', { device: hashOf('a clock') })
  expect(await statusOf('mia')).toBe('waiting')
  expect((await call('POST', '/v1/ledger/verify')).body).toMatchObject({ clean: true })
})

test('MRG-1 RFL-1 clicks and friends of every name count, and a friend of two names is one', async () => {
  const old = await advocate('old-nora')
  const own = await advocate('nora')
  for (const code of [old, old, own]) await call('POST', '/v1/referral-clicks', { code })
  await friendOf(old, 'n1')
  await friendOf(old, 'n2')
  await merge('old-nora', 'nora')
  expect((await call('GET', '/v1/members/nora/referral')).body).toMatchObject({ member: 'nora', clicks: 3 })
  expect((await call('GET', '/v1/members/old-nora/referral')).body).toMatchObject({ clicks: 3 })
  await friendOf(own, 'n3')
  // The fourth within a day, though by this name it is the second.
  await friendOf(own, 'n4')
  expect(await Promise.all(['n3', 'n4'].map(statusOf))).toEqual(['waiting', 'review'])

  const code = await advocate('olga')
  for (const friend of ['o1', 'o2', 'o3']) await friendOf(code, friend)
  await merge('o2', 'o1')
  await friendOf(code, 'o4')
  expect(await statusOf('o4')).toBe('waiting')
  await friendOf(code, 'o5')
  expect(await statusOf('o5')).toBe('review')
})

test('MRG-1 EVT-1 a claim that is sent again after both were merged is the same claim', async () => {
  const code = await advocate('old-pia')
  await friendOf(code, 'p1')
  await friendOf(code, 'old-quin', { device: hashOf('a phone') })
  for (const member of ['pia', 'quin']) await join(member)
  await merge('old-pia', 'pia')
  await merge('old-quin', 'quin')
  const again = await claim('quin', code, { device: hashOf('a phone') }, 'claim-old-quin')
  expect(again).toMatchObject({ status: 200, body: { granted: true, repeated: true } })
  expect((await claim('quin', code, {}, 'anew')).body).toMatchObject({ refusal: { code: 'already-referred' } })
})
