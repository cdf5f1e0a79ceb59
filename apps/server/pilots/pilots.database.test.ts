import { describe, expect, test } from 'vitest'
import { beginVersions } from '../decisions/begin-versions.ts'
import { clubDocument, openTestServer, orderPaid } from '../server.fixture.ts'
import { expectSoundClub } from '../statements/sound-club.fixture.ts'

const server = await openTestServer()
const { call, clock, context } = server
const plain = clubDocument.replace('inForce: { from: always }', '')
const dearer = plain.replace('give: 1 points', 'give: 3 points')
/** What the version in force does not know: a card, a voucher, a level and an easier gold. */
const richer = dearer
  .replace(
    '{ id: gold, reach: 100 points }',
    '{ id: silver, reach: 20 points }\n      - { id: gold, reach: 60 points }',
  )
  .replace('rewards:\n', 'rewards:\n  tea: { kind: custom, price: 10 points }\n')
  .concat('\ncards:\n  tea-card: { of: points, full: 80 points, give: { reward: tea }, repeat: yes }\n')
const members = Array.from({ length: 60 }, (_, index) => `m${String(index).padStart(2, '0')}`)
let serial = 0

await server.publish()

const save = (draft: string, document: string, basedOn: number) =>
  call('POST', `/v1/drafts/${draft}`, { revision: 0, document, note: draft, basedOn })
const begin = (draft: string, body: object) => call('POST', `/v1/drafts/${draft}/pilot`, { revision: 1, ...body })
const move = (pilot: number, step: 'widen' | 'stop', body: object) => call('POST', `/v1/pilots/${pilot}/${step}`, body)
const versions = async () => (await call('GET', '/v1/programs')).body.versions
const later = () => (clock.now += 60_000)

async function buys(member: string, total = 1_000, at = clock.now, id = `o-${serial++}`) {
  const order = orderPaid(id, member, total, { occurredAt: new Date(at).toISOString() })
  const { body } = await call('POST', '/v1/events', order)
  expect(body).toMatchObject({ status: 'recorded' })
  return body.decision
}

/** Members by arm, as the interface tells it, page by page. */
async function armsOf(pilot: number): Promise<Record<'pilot' | 'holdout' | 'rest', string[]>> {
  const arms: Record<string, string[]> = { pilot: [], holdout: [], rest: [] }
  for (let cursor: string | null = ''; cursor !== null; ) {
    const query: string = cursor === '' ? '' : `&cursor=${cursor}`
    const { body } = await call('GET', `/v1/pilots/${pilot}/members?limit=7${query}`)
    for (const { member, arm } of body.members) arms[arm]?.push(member)
    cursor = body.next
  }
  return arms as Record<'pilot' | 'holdout' | 'rest', string[]>
}

/** Which version judged the next order of each. */
async function judgedBy(some: readonly string[]): Promise<number[]> {
  const judged: number[] = []
  for (const member of some) judged.push((await buys(member)).version)
  return [...new Set(judged)].sort()
}

/** Also of those whom nobody has seen since a version began. */
async function everythingAgrees() {
  await beginVersions(context, new Set())
  await expectSoundClub(server)
}

describe('a pilot from its draft to its end', () => {
  test('PIL-1 PIL-2 members in it are judged by it, the others by the version in force, and who is where is readable', async () => {
    for (const member of members) await buys(member)
    await save('dearer', dearer, 1)
    later()
    const begun = await begin('dearer', { share: 30, comment: 'three for one' })
    expect(begun).toMatchObject({
      ...{ status: 200 },
      body: {
        pilot: 2,
        status: 'running',
        share: 30,
        holdout: 30,
        repeated: false,
        steps: [{ version: 2, act: 'begun' }],
      },
    })
    expect((await begin('dearer', { share: 30 })).body).toMatchObject({ pilot: 2, repeated: true })
    later()
    const arms = await armsOf(2)
    expect(Object.values(arms).flat().sort()).toEqual(members)
    for (const some of Object.values(arms)) expect(some.length).toBeGreaterThan(5)
    expect(await judgedBy(arms.pilot)).toEqual([2])
    expect(await judgedBy([...arms.holdout, ...arms.rest])).toEqual([1])
    const only = await call('GET', '/v1/pilots/2/members?arm=holdout&limit=1000')
    expect(only.body.members.map(({ member }: { member: string }) => member)).toEqual(arms.holdout)
    const [member = ''] = arms.pilot
    const cart = { member, order: orderPaid('cart', member, 1_000).order }
    expect((await call('POST', '/v1/carts/preview', cart)).body).toMatchObject({ version: 2, earned: [{ amount: 30 }] })
    await everythingAgrees()
  })

  test('PIL-1 EVT-3 a late fact from before the pilot is judged by what was in force then', async () => {
    const {
      pilot: [member = ''],
    } = await armsOf(2)
    expect(await buys(member, 2_000, Date.parse('2026-03-14T11:59:00Z'))).toMatchObject({ late: true, version: 1 })
    await everythingAgrees()
  })

  test('PIL-2 widened, nobody leaves it and the holdout stays out of it', async () => {
    const before = await armsOf(2)
    expect(await move(2, 'widen', { after: 2, share: 60 })).toMatchObject({
      body: { share: 60, holdout: 30, repeated: false, steps: [{}, { version: 3, act: 'widened', share: 60 }] },
    })
    expect((await move(2, 'widen', { after: 2, share: 60 })).body).toMatchObject({ repeated: true })
    later()
    const after = await armsOf(2)
    expect(after.pilot).toEqual(expect.arrayContaining(before.pilot))
    expect(after.pilot.length).toBeGreaterThan(before.pilot.length)
    expect(after.holdout).toEqual(before.holdout)
    expect(await judgedBy(after.pilot)).toEqual([3])
    expect(await judgedBy([...after.holdout, ...after.rest])).toEqual([1])
    await everythingAgrees()
  })

  test('PIL-5 stopped, its members fall back at that moment and keep what they earned', async () => {
    const { pilot, holdout } = await armsOf(2)
    const active = async (member: string) => (await call('GET', `/v1/members/${member}`)).body.balances[0].active
    const [member = ''] = pilot
    const earned = await active(member)
    const moment = clock.now
    expect(await move(2, 'stop', { after: 3, note: 'too dear' })).toMatchObject({
      body: { status: 'stopped', share: 60, steps: [{}, {}, { version: 4, act: 'stopped', note: 'too dear' }] },
    })
    expect((await move(2, 'stop', { after: 3, note: 'too dear' })).body).toMatchObject({ repeated: true })
    expect((await versions()).at(-1)).toMatchObject({ version: 4, restores: 1, pilot: 2, share: 60 })
    later()
    expect(await active(member)).toBe(earned)
    expect(await judgedBy(pilot)).toEqual([4])
    expect(await judgedBy(holdout)).toEqual([1])
    expect(await active(member)).toBe(earned + 10)
    // What happened while it ran is judged by it, however late it comes.
    expect(await buys(member, 1_000, moment - 1)).toMatchObject({ late: true, version: 3 })
    expect((await buys(member, 1_000, moment)).version).toBe(4)
    await everythingAgrees()
  })

  test('PIL-3 published for all afterwards, a version is for all again', async () => {
    const { status, body } = await call('POST', '/v1/programs', plain.replace('give: 1 points', 'give: 2 points'), {
      'content-type': 'text/yaml',
    })
    expect([status, body.version]).toEqual([200, 5])
    later()
    expect(await judgedBy(members)).toEqual([5])
  })

  test('PIL-5 what only the pilot knew of stays in the hands of whoever has it, and levels for half a year', async () => {
    await save('richer', richer, 5)
    later()
    expect((await begin('richer', { share: 50, holdout: 0 })).body).toMatchObject({
      pilot: 6,
      holdout: 0,
      status: 'running',
    })
    later()
    const { pilot } = await armsOf(6)
    const [member = '', other = ''] = pilot
    await buys(member, 4_000)
    await call('POST', '/v1/redemptions', { id: 'tea-1', member, reward: 'tea', confirm: true })
    await buys(other)
    const standing = async (id: string) => (await call('GET', `/v1/members/${id}`)).body
    // In the very instant of the stop: what is recorded before it was judged without it (EVT-3).
    const before = await standing(member)
    expect(before.tiers).toMatchObject([{ level: 'gold' }])
    expect((await move(6, 'stop', { after: 6 })).body).toMatchObject({ status: 'stopped' })
    const { body: fallen } = await call('GET', '/v1/programs/7')
    expect(JSON.parse(fallen.document).transitions).toMatchObject({
      rewards: { tea: 'keep' },
      cards: { 'tea-card': 'keep' },
      tiers: { 'standing/gold': { through: '2026-09-14' }, 'standing/silver': { to: 'green', through: '2026-09-14' } },
    })
    later()
    expect((await standing(member)).tiers).toMatchObject([{ level: 'gold' }])
    expect((await standing(member)).balances).toEqual(before.balances)
    // The card goes on to fill: 30 points, and by the version in force 20 and 40.
    await buys(other)
    await buys(other, 2_000)
    const { body } = await call('GET', `/v1/members/${other}/vouchers`)
    expect(body.vouchers).toMatchObject([{ reward: 'tea' }])
    await everythingAgrees()
  })

  test('PIL-2 with a share of 100 it is for all, the holdout too, and over', async () => {
    const document = plain.replace('give: 1 points', 'give: 4 points')
    const kept = 'transitions: { rewards: { tea: keep }, cards: { tea-card: keep } }\n'
    await save('four', `${document}${kept}`, 7)
    expect(await begin('four', { share: 10 })).toMatchObject({ body: { pilot: 8 } })
    later()
    expect((await move(8, 'widen', { after: 8, share: 100 })).body).toMatchObject({ status: 'for-all', share: 10 })
    later()
    expect(await judgedBy(members)).toEqual([9])
    await everythingAgrees()
  })
})
