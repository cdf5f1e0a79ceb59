import { createClient, type ProblemCode, problems, type QueuedRefund } from '@laurel/contract'
import { expect, test } from 'vitest'
import { type Accepted, acceptRefunds } from './accept-refunds.ts'

const queued = (id: string): QueuedRefund => ({
  ...{ source: 'shop', id, member: `m-${id}`, order: null, amount: 420, currency: 'GBP' },
  ...{ reason: 'no-order', line: null, queuedAt: '2026-03-14T12:00:00.000Z' },
})
const nothing = (): Accepted => ({ accepted: 0, minor: {}, takenBack: {}, refused: [] })
const granted = { granted: true, decision: { earned: [{ asset: 'points', amount: -4 }] } }
const refused = { granted: false, refusal: { code: 'not-eligible' }, decision: {} }

function answerOf(status: number, body: object): Response {
  return new Response(JSON.stringify(body), {
    status,
    headers: { 'content-type': 'application/json', 'retry-after': '0' },
  })
}

const problem = (code: ProblemCode, more: object = {}) =>
  answerOf(problems[code].status, { ...problems[code], code, instance: '', ...more })

/** A server that knows refunds by their ids; how often it was asked for each. */
function serverOf(answers: Readonly<Record<string, () => Response>>) {
  const asked: string[] = []
  const client = createClient({
    url: 'http://laurel.test',
    key: 'lrl_test',
    fetch: async (input) => {
      const id = /shop\/([^/]+)\/accept$/.exec(String(input))?.[1] ?? ''
      asked.push(id)
      return answers[id]?.() ?? answerOf(200, granted)
    },
  })
  return { client, asked }
}

test('a refund that cannot be accepted is listed with why, and leaves the others be', async () => {
  const { client } = serverOf({
    a: () => problem('invalid-request', { errors: [{ path: '/amount', message: 'must be given' }] }),
    b: () => problem('event-rejected', { detail: 'The period is closed.' }),
    c: () => problem('identity-conflict'),
    d: () => problem('fault'),
    e: () => answerOf(200, refused),
  })
  const ids = ['a', 'b', 'c', 'd', 'e', ...Array.from({ length: 20 }, (_, index) => `good-${index}`)]
  const accepted = nothing()
  await acceptRefunds(client, ids.map(queued), { reason: 'test' }, accepted, () => undefined)
  expect(accepted).toMatchObject({ accepted: 20, minor: { GBP: 20 * 420 }, takenBack: { points: 80 } })
  expect(accepted.refused.toSorted((a, b) => (a.refund < b.refund ? -1 : 1))).toEqual([
    { refund: 'shop/a', member: 'm-a', reason: '/amount must be given' },
    { refund: 'shop/b', member: 'm-b', reason: expect.stringContaining('(event-rejected): The period is closed.') },
    { refund: 'shop/c', member: 'm-c', reason: expect.stringContaining('(identity-conflict)') },
    { refund: 'shop/d', member: 'm-d', reason: expect.stringContaining('(fault)') },
    { refund: 'shop/e', member: 'm-e', reason: 'not-eligible' },
  ])
})

test('what goes by is waited for', async () => {
  let isBusy = true
  const { client, asked } = serverOf({
    a: () => {
      if (!isBusy) return answerOf(200, granted)
      isBusy = false
      return problem('too-many-requests')
    },
  })
  const accepted = nothing()
  await acceptRefunds(client, [queued('a')], { reason: 'test' }, accepted, () => undefined)
  expect({ asked, accepted: accepted.accepted }).toEqual({ asked: ['a', 'a'], accepted: 1 })
})

test('what concerns all of them ends it, with what was accepted till then', async () => {
  const { client, asked } = serverOf({ 'r-10': () => problem('missing-scope') })
  const waiting = Array.from({ length: 100 }, (_, index) => queued(`r-${index}`))
  const accepted = nothing()
  const work = acceptRefunds(client, waiting, { reason: 'test' }, accepted, () => undefined)
  await expect(work).rejects.toMatchObject({ body: { code: 'missing-scope' } })
  expect(accepted.accepted).toBe(asked.length - 1)
  expect(asked.length).toBeLessThan(30)
})
