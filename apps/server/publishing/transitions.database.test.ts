import { describe, expect, test } from 'vitest'
import { beginVersions } from '../decisions/begin-versions.ts'
import { letTimePass } from '../decisions/let-time-pass.ts'
import { clubDocument, openTestServer, orderPaid } from '../server.fixture.ts'
import { expectSoundClub } from '../statements/sound-club.fixture.ts'

const server = await openTestServer()
const { call, clock, context } = server
const plain = clubDocument.replace('inForce: { from: always }', '')
const yaml = { 'content-type': 'text/yaml' }
const publish = (document: string) => call('POST', '/v1/programs', document, yaml)
const later = () => (clock.now += 60_000)

/** The same club, whose members collect stars. */
const starry = plain.replaceAll(/\bpoints\b/g, 'stars').replace('give: 50 stars', 'give: 5 stars')
const answering = (answers: string) => `${starry}transitions: ${answers}\n`
const converted =
  '{ assets: { points: { give: 1 stars, per: 10 points } }, tiers: { standing/gold: { through: 2026-12-31 } } }'

await server.publish()
for (const [member, total] of [
  ['ada', 10_500],
  ['ben', 5_500],
  ['cem', 900],
] as const) {
  await call('POST', '/v1/events', orderPaid(`of-${member}`, member, total))
}
await call('POST', '/v1/redemptions', { id: 'v-1', member: 'ben', reward: 'five-off', confirm: true })
later()

describe('TRN-1 a version that gives up what members hold', () => {
  test('is refused with every loss, the lines that answer it, and how many members each concerns', async () => {
    const refused = await publish(starry.replace('five-off', 'ten-off'))
    expect(refused).toMatchObject({ status: 422, body: { code: 'program-not-accepted' } })
    const losses = refused.body.findings.filter(({ code }: { code: string }) => code === 'transition-missing')
    expect(losses).toMatchObject([
      {
        ...{ path: 'assets.points', severity: 'error', concerns: { members: 3, amount: 119, isAtLeast: false } },
        instead: expect.stringContaining(
          'Add `transitions: { assets: { points: keep } }`, or `{ through: 2026-09-14 }`',
        ),
      },
      { path: 'tiers.standing.gold', concerns: { members: 1, amount: null } },
      { path: 'rewards.five-off', concerns: { members: 1, amount: 1 } },
    ])
    expect((await call('GET', '/v1/programs')).body.versions).toHaveLength(1)
  })

  test('is told so as a draft, and with one answer is told what still lacks', async () => {
    const document = answering('{ assets: { points: keep, beans: keep } }')
    const { findings } = (await call('POST', '/v1/drafts/stars', { revision: 0, document })).body
    expect(findings.filter(({ severity }: { severity: string }) => severity === 'error')).toMatchObject([
      { code: 'transition-missing', path: 'tiers.standing.gold', instead: expect.stringContaining('to `transitions`') },
      {
        code: 'transition-unneeded',
        path: 'transitions.assets.beans',
        line: document.split('\n').findIndex((line) => line.startsWith('transitions')) + 1,
      },
    ])
  })
})

test('TRN-2 what members hold becomes what was said, also of whom nobody sees again, and the books verify', async () => {
  expect(await publish(answering(converted))).toMatchObject({ status: 200, body: { version: 2 } })
  later()
  const balances = async (member: string) => (await call('GET', `/v1/members/${member}`)).body.balances
  const stars = (active: number) => expect.arrayContaining([expect.objectContaining({ asset: 'stars', active })])
  expect(await balances('ada')).toEqual(stars(11))
  // Nobody has seen them since: their timers know nothing of the version.
  expect(await letTimePass(context)).toBe(0)
  const walked = new Set<string>()
  expect(await beginVersions(context, walked)).toBe(3)
  expect(await beginVersions(context, walked)).toBe(0)
  expect(await beginVersions(context, new Set())).toBe(0)
  expect([await balances('ben'), await balances('cem')]).toEqual([stars(1), stars(1)])
  const back = { type: 'refund.made', source: 'web', id: 'back', member: 'ada', order: 'order-of-ada', amount: 5_500 }
  const at = new Date(clock.now).toISOString()
  expect((await call('POST', '/v1/events', { ...back, occurredAt: at })).body).toMatchObject({ status: 'recorded' })
  expect(await balances('ada')).toEqual(stars(5))
  // An order from before the version, told after it.
  later()
  const old = orderPaid('old', 'cem', 4_000, { occurredAt: '2026-03-13T12:00:00Z' })
  expect((await call('POST', '/v1/events', old)).body).toMatchObject({ status: 'recorded', decision: { late: true } })
  expect(await balances('cem')).toEqual(stars(5))
  await expectSoundClub(server)
})

test('TRN-1 what was given up is not taken again, and rolling back would', async () => {
  const revived = await publish(plain)
  expect(revived.body.findings).toContainEqual(
    expect.objectContaining({ code: 'version-rewrites', path: 'assets.points' }),
  )
  const back = await call('POST', '/v1/programs/1/roll-back', { after: 2, note: 'why' })
  expect(back).toMatchObject({ status: 422, body: { code: 'program-not-accepted' } })
  // What stood there may stand there on, or go.
  later()
  expect(await publish(answering(converted).replace('give: 5 stars', 'give: 6 stars'))).toMatchObject({ status: 200 })
  later()
  expect(await publish(starry.replace('give: 5 stars', 'give: 7 stars'))).toMatchObject({ status: 200 })
})
