import { scopes } from '@laurel/contract'
import { describe, expect, test } from 'vitest'
import { createKey } from '../access/create-key.ts'
import { clubDocument, openTestServer } from '../server.fixture.ts'

const server = await openTestServer()
const { clock, context } = server
/** Versions take turns, so that each starts after the one before. */
const later = () => (clock.now += 60_000)

const plain = clubDocument.replace('inForce: { from: always }', '')
const document = (id: string, words = '') => plain.replace('id: club', `id: ${id}`) + words
const giving = (points: number, text: string) => text.replace('give: 1 points', `give: ${points} points`)
const demand = '\npublishing: { approval: second-person }\n'

async function keyOf(program: string, holder?: string): Promise<Record<string, string>> {
  const wanted = { program, name: 'test', scopes, expiresAt: null, ...(holder === undefined ? {} : { holder }) }
  return { authorization: `Bearer ${(await createKey(context, 'test', wanted)).key}` }
}

/** A program of its own with one version, and somebody who writes drafts in it. */
async function programOf(id: string, words = '') {
  await server.publish(document(id, words), id)
  later()
  const key = await keyOf(id, 'ada')
  const call = (method: 'GET' | 'POST', url: string, body?: unknown, headers = key) =>
    server.call(method, `/v1/${url}`, body, headers)
  const save = (text: string, revision: number, more: object = {}, headers = key) =>
    call('POST', 'drafts/spring', { revision, document: text, ...more }, headers)
  const step = (name: string, revision: number, more: object = {}, headers = key) =>
    call('POST', `drafts/spring/${name}`, { revision, ...more }, headers)
  const versions = async () => (await call('GET', 'programs')).body.versions.length
  return { text: document(id, words), call, save, step, versions }
}

describe('a draft', () => {
  test('is written, checked, compared in sentences and published, and every step is written down', async () => {
    const { text, call, save, step } = await programOf('alpha')
    expect(await save('just words', 0)).toMatchObject({
      status: 200,
      body: { revision: 1, status: 'open', basedOn: 1, latest: 1, needsApproval: false },
    })
    expect((await call('GET', 'drafts/spring')).body.findings.length).toBeGreaterThan(0)
    expect((await save(giving(2, text), 1, { note: 'twice as much' })).body).toMatchObject({ revision: 2 })
    const { body } = await call('GET', 'drafts/spring/differences?language=de')
    expect(body).toMatchObject({ version: 1, differences: [{ path: 'earn.base', kind: 'changed' }] })
    expect(body.differences[0].text).toMatch(/Punkt|points/)
    const published = await step('publish', 2)
    expect(published.body).toMatchObject({ version: 2, note: 'twice as much', repeated: false, approvedBy: null })
    expect((await step('publish', 2)).body).toMatchObject({ version: 2, repeated: true })
    expect((await call('GET', 'drafts')).body.drafts).toMatchObject([{ id: 'spring', status: 'published', version: 2 }])
    const { steps } = (await call('GET', 'drafts/spring/steps?limit=2')).body
    expect(steps.map(({ act }: { act: string }) => act)).toEqual(['published', 'saved'])
    const { rows } = await context.database.migrator.query(
      "SELECT act FROM audit_log WHERE program = 'alpha' AND act NOT LIKE 'key.%' ORDER BY at, id",
    )
    const acts = rows.map(({ act }) => act)
    expect(acts.slice(0, 3)).toEqual(['program.published', 'draft.saved', 'draft.saved'])
    // Of one transaction, and of one millisecond or two.
    expect(acts.slice(3).sort()).toEqual(['draft.published', 'program.published'])
  })

  test('of two people who write at once, the second is told and nothing of the first is lost', async () => {
    const { text, call, save } = await programOf('beta')
    await save(text, 0)
    const both = await Promise.all([save(giving(2, text), 1), save(giving(3, text), 1)])
    expect(both.map(({ status }) => status).sort()).toEqual([200, 409])
    expect(both.find(({ status }) => status === 409)?.body).toMatchObject({ code: 'draft-changed', revision: 2 })
    const kept = both.findIndex(({ status }) => status === 200)
    const { body } = await call('GET', 'drafts/spring')
    expect(body).toMatchObject({ revision: 2, document: giving(kept + 2, text) })
    // The same saving, sent again since the answer was lost, is no second one.
    expect(await save(giving(kept + 2, text), 1)).toMatchObject({ status: 200, body: { revision: 2 } })
  })

  test.each<[string, number, (text: string) => string]>([
    ['program-not-accepted', 422, (text) => text.replace('round: floor', 'round: flour')],
    ['same-document', 409, (text) => text.replace('P12M', 'P1Y')],
    ['other-program', 403, (text) => text.replace(/^id: .*/m, 'id: elsewhere')],
    [
      'program-not-accepted',
      422,
      (text) => giving(2, text).replace('laurel: 1', 'laurel: 1\ninForce: { from: 2026-01-01 }'),
    ],
    ['program-not-accepted', 422, (text) => text.replace('Europe/London', 'Europe/Paris')],
  ])('is refused as %s at every step, and nothing is written', async (code, status, change) => {
    const { text, call, save, step, versions } = await programOf(`refused-${Math.trunc(later() / 60_000)}`)
    await save(change(text), 0)
    for (const name of ['submit', 'publish']) expect(await step(name, 1)).toMatchObject({ status, body: { code } })
    expect(await versions()).toBe(1)
    expect((await call('GET', 'drafts/spring')).body).toMatchObject({ status: 'open', version: null })
  })

  test('that somebody overtook is refused until it is based on what is there', async () => {
    const { text, call, save, step, versions } = await programOf('gamma')
    await save(giving(3, text), 0)
    await call('POST', 'drafts/quick', { revision: 0, document: giving(2, text) })
    await call('POST', 'drafts/quick/publish', { revision: 1 })
    later()
    expect(await step('submit', 1)).toMatchObject({ status: 409, body: { code: 'draft-overtaken', latest: 2 } })
    expect(await step('publish', 1)).toMatchObject({ status: 409, body: { code: 'draft-overtaken' } })
    expect(await versions()).toBe(2)
    expect(await save(giving(3, text), 1, { basedOn: 9 })).toMatchObject({ body: { code: 'unknown-version' } })
    await save(giving(3, text), 1, { basedOn: 2 })
    expect((await step('publish', 2)).body).toMatchObject({ version: 3 })
  })
})

test('of two drafts that are published at once, the second is told that it was overtaken', async () => {
  const { text, call, versions } = await programOf('race')
  for (const [id, points] of [
    ['one', 2],
    ['two', 3],
  ] as const) {
    await call('POST', `drafts/${id}`, { revision: 0, document: giving(points, text) })
  }
  const both = await Promise.all(['one', 'two'].map((id) => call('POST', `drafts/${id}/publish`, { revision: 1 })))
  expect(both.map(({ status }) => status).sort()).toEqual([200, 409])
  expect(both.find(({ status }) => status === 409)?.body).toMatchObject({ code: 'draft-overtaken', latest: 2 })
  expect(await versions()).toBe(2)
})

describe('where the program demands a second person', () => {
  const started = programOf('guarded', demand)

  test('nothing is published without one, neither at once nor as a draft, not even what lifts the demand', async () => {
    const { text, call, save, step, versions } = await started
    const yaml = { ...(await keyOf('guarded', 'ada')), 'content-type': 'application/yaml' }
    const lifted = text.replace(demand, '')
    expect(await call('POST', 'programs', lifted, yaml)).toMatchObject({
      status: 409,
      body: { code: 'approval-missing' },
    })
    expect((await save(lifted, 0)).body).toMatchObject({ needsApproval: true })
    expect(await step('publish', 1)).toMatchObject({ status: 409, body: { code: 'approval-missing' } })
    expect(await step('review', 1, { verdict: 'approve' })).toMatchObject({
      body: { code: 'draft-status', status: 409, state: 'open' },
    })
    expect(await versions()).toBe(1)
  })

  test('nobody approves what they wrote, not with another key of theirs, nor with one that nobody holds', async () => {
    const { text, call, save, step } = await started
    await save(giving(2, text), 1)
    const bob = await keyOf('guarded', 'bob')
    expect((await step('submit', 2)).body).toMatchObject({ status: 'submitted' })
    for (const key of [await keyOf('guarded', 'ada'), await keyOf('guarded')]) {
      const refused = await step('review', 2, { verdict: 'approve' }, key)
      expect(refused).toMatchObject({ status: 409, body: { code: 'second-person-needed' } })
    }
    expect(await step('review', 2, { verdict: 'send-back' }, bob)).toMatchObject({ status: 400 })
    const back = await step('review', 2, { verdict: 'send-back', comment: 'too dear' }, bob)
    expect(back.body).toMatchObject({ status: 'open' })
    expect((await call('GET', 'drafts/spring/steps')).body.steps[0]).toMatchObject({
      act: 'sent-back',
      comment: 'too dear',
    })
  })

  test('who has written any part of it approves nothing of it, and a change after the approval takes it back', async () => {
    const { text, save, step, versions } = await started
    const [bob, cleo] = [await keyOf('guarded', 'bob'), await keyOf('guarded', 'cleo')]
    await save(giving(3, text), 2, {}, bob)
    await step('submit', 3)
    expect((await step('review', 3, { verdict: 'approve' }, bob)).body).toMatchObject({ code: 'second-person-needed' })
    expect((await step('review', 3, { verdict: 'approve' }, cleo)).body).toMatchObject({ status: 'approved' })
    await save(giving(4, text), 3)
    expect((await step('publish', 4)).body).toMatchObject({ code: 'approval-missing' })
    expect(await versions()).toBe(1)
    await step('submit', 4)
    await step('review', 4, { verdict: 'approve' }, cleo)
    const published = await step('publish', 4)
    expect(published.body).toMatchObject({ version: 2, approvedBy: expect.stringMatching(/^key\//) })
    expect(published.body.approvedBy).not.toBe(published.body.author)
  })

  test('a draft that a key without a holder has written is approved by nobody', async () => {
    const { text, call } = await started
    const [nobody, bob] = [await keyOf('guarded'), await keyOf('guarded', 'bob')]
    await call('POST', 'drafts/orphan', { revision: 0, document: giving(9, text) }, nobody)
    await call('POST', 'drafts/orphan/submit', { revision: 1 })
    const refused = await call('POST', 'drafts/orphan/review', { revision: 1, verdict: 'approve' }, bob)
    expect(refused).toMatchObject({ status: 409, body: { code: 'second-person-needed' } })
  })
})

test('drafts are listed page by page, and another program sees none of them', async () => {
  const { text, call } = await programOf('paged')
  for (const id of ['a', 'b', 'c']) await call('POST', `drafts/${id}`, { revision: 0, document: text })
  const first = (await call('GET', 'drafts?limit=2')).body
  expect(first.drafts.map(({ id }: { id: string }) => id)).toEqual(['a', 'b'])
  const second = (await call('GET', `drafts?limit=2&cursor=${first.next}`)).body
  expect(second).toMatchObject({ drafts: [{ id: 'c' }], next: null })
  const stranger = await keyOf('other')
  expect((await call('GET', 'drafts', undefined, stranger)).body.drafts).toEqual([])
  expect(await call('GET', 'drafts/a', undefined, stranger)).toMatchObject({ body: { code: 'unknown-draft' } })
})
