import { describe, expect, test } from 'vitest'
import { z } from 'zod'
import { accessProblems } from './access-problems.ts'
import { addressOf } from './client.ts'
import { eventAnswers } from './event-answers.ts'
import { longWorkProblems } from './long-work-problems.ts'
import { memberProblems } from './member-problems.ts'
import { describeInterface } from './openapi.ts'
import { bodyOf, Problem } from './problem.ts'
import { problems } from './problems.ts'
import { programProblems } from './program-problems.ts'
import { rejectionCode } from './rejections.ts'
import { requestProblems } from './request-problems.ts'
import { rewardProblems } from './reward-problems.ts'
import { problemsOf, type Route } from './route.ts'
import { routes } from './routes.ts'
import { tillProblems } from './till-problems.ts'

const table = Object.entries<Route>(routes)

describe('the route table', () => {
  test('no two routes have one method and address', () => {
    const places = table.map(([, { method, address }]) => `${method} ${address.replaceAll(/\{\w+\}/g, '{}')}`)
    expect(new Set(places).size).toBe(places.length)
  })

  test.each(table)('%s names each part of its address', (_, { address, path }) => {
    const named = [...address.matchAll(/\{(\w+)\}/g)].map(([, name]) => name)
    expect(Object.keys(path?.shape ?? {})).toEqual(named)
  })

  test.each(table)('%s says what may go wrong', (_, spec) => {
    const codes = problemsOf(spec)
    expect(codes).toEqual(expect.arrayContaining(['fault', 'database-unavailable', 'too-many-requests']))
    expect(codes.includes('unauthenticated')).toBe(spec.scope !== null)
  })

  test('each code of a problem stands in one subject’s table', () => {
    const subjects = [
      requestProblems,
      accessProblems,
      programProblems,
      memberProblems,
      rewardProblems,
      longWorkProblems,
      tillProblems,
    ]
    expect(subjects.flatMap((subject) => Object.keys(subject))).toEqual(Object.keys(problems))
  })

  test('every problem can happen somewhere', () => {
    const answered = new Set(table.flatMap(([, spec]) => problemsOf(spec)))
    // An address that is no route's has no row in the table.
    answered.add('unknown-route')
    expect(Object.keys(problems).filter((code) => !answered.has(code as keyof typeof problems))).toEqual([])
  })
})

/** How moments and days are named. */
const isMoment = /(At|^at|[uU]ntil|since|opens|closes|effective|On|^on|^day)$/

/** Keys of a schema that are not names of properties. */
const isNaming = new Set(['anyOf', 'oneOf', 'items', 'properties', '0', '1', '2', '3'])

describe('the description', () => {
  const description = describeInterface('1.2.3')

  test('TIME-1 says of every moment that is answered whether it is an instant or a reading of the program’s clock', () => {
    const told: [string, string | undefined][] = []
    const walk = (node: unknown, name: string) => {
      if (typeof node !== 'object' || node === null) return
      const { type, format } = node as { type?: string; format?: string }
      if (type === 'string' && (isMoment.test(name) || format?.endsWith('date-time'))) told.push([name, format])
      for (const [key, value] of Object.entries(node)) walk(value, isNaming.has(key) ? name : key)
    }
    for (const [, { answer }] of table) walk(z.toJSONSchema(answer, { unrepresentable: 'any' }), '')
    expect(told.length).toBeGreaterThan(50)
    expect(told.filter(([name, format]) => /(At|^at)$/.test(name) && format !== 'date-time')).toEqual([])
    expect(told.filter(([, format]) => format === undefined)).toEqual([])
    // What runs by the calendar has another kind of name.
    expect(told.filter(([name, format]) => format === 'local-date-time' && /At$/.test(name))).toEqual([])
    for (const format of ['date-time', 'local-date-time']) expect(told.some((each) => each[1] === format)).toBe(true)
  })

  test('holds every route with its answers', () => {
    for (const [name, { address, method }] of table) {
      const found: unknown = description['paths']
      expect(found).toHaveProperty([address, method.toLowerCase(), 'operationId'], name)
      expect(found).toHaveProperty([address, method.toLowerCase(), 'responses', '200'])
    }
  })

  test('names every code that an event can be rejected for, in its answer and in the problem', () => {
    const place = ['components', 'schemas', 'Problem', 'properties', 'rejection', 'enum']
    expect(description).toHaveProperty(place, rejectionCode.options)
    const answer = (code: string) => ({ status: 'rejected', source: 'web', id: 'e1', code, detail: 'why' })
    const isAnswer = (code: string) => eventAnswers.safeParse(answer(code)).success
    expect(rejectionCode.options.filter((code) => !isAnswer(code))).toEqual([])
    expect(isAnswer('no-such-reason')).toBe(false)
  })

  test('is plain JSON', () => {
    expect(JSON.parse(JSON.stringify(description))).toEqual(description)
  })
})

test('an address is filled in and escaped', () => {
  expect(addressOf('/v1/members/{member}/lots', { member: 'a/b ü' })).toBe('/v1/members/a%2Fb%20%C3%BC/lots')
  expect(addressOf('/v1/members', {}, { q: 'a&b', limit: undefined })).toBe('/v1/members?q=a%26b')
})

test('a problem becomes the body of RFC 9457', () => {
  const problem = new Problem('identity-conflict', { detail: 'It is not the same.', extensions: { sentHash: 'aa' } })
  expect(bodyOf(problem, 'req-1')).toEqual({
    type: 'urn:laurel:problem:identity-conflict',
    title: problems['identity-conflict'].title,
    status: 409,
    code: 'identity-conflict',
    remedy: problems['identity-conflict'].remedy,
    detail: 'It is not the same.',
    instance: 'urn:laurel:request:req-1',
    sentHash: 'aa',
  })
  const own = new Problem('identity-conflict', { remedy: 'Leave it.' })
  expect(bodyOf(own, 'req-1')).toMatchObject({ remedy: 'Leave it.' })
})
