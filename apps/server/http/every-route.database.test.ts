import {
  addressOf,
  describeInterface,
  problems,
  problemsOf,
  type Route,
  type RouteName,
  routes,
  scopes,
} from '@laurel/contract'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { openTestServer, orderPaid } from '../server.fixture.ts'
import { type Actor, createBinder } from './bind.ts'
import { openHttp } from './open-http.ts'

const server = await openTestServer()
await server.publish()
await server.call('POST', '/v1/events', [orderPaid('e1', 'maren', 20_000), orderPaid('e2', 'maren', 500)])
await server.call('POST', '/v1/redemptions', { id: 'red', member: 'maren', reward: 'five-off' })
const key = `Bearer ${await server.keyFor('club')}`

// ---- inputs ------------------------------------------------------------------------------------------------------------

/** Values that meant trouble somewhere before. */
const nasty = fc.constantFrom<unknown>(
  ...[
    '',
    ' ',
    '\0',
    '\ud800',
    '../..',
    '%00',
    "'; DROP TABLE member; --",
    '__proto__',
    'constructor',
    '9'.repeat(400),
    '𝄞'.repeat(100),
  ],
  ...[0, -1, 0.1, 1e308, -0, 2 ** 53, 2 ** 31, Number.MIN_SAFE_INTEGER],
  ...[null, true, [], {}, [[]], { length: 1 }, ['maren'], { $gt: '' }],
  ...[
    'maren',
    'web',
    'e1',
    'red',
    'points',
    'gold',
    'standing',
    'five-off',
    '2026-02-30',
    '2026-03-14T10:00:00Z',
    '0000-01-01T00:00:00Z',
  ],
)

/** Something that a JSON schema of the description lets through, mostly; now and then something else. */
function fitting(schema: unknown, depth = 0): fc.Arbitrary<unknown> {
  const {
    type,
    enum: choices,
    const: only,
    anyOf,
    oneOf,
    properties,
    required,
    items,
    format,
    pattern,
  } = partsOf(schema)
  const own = (): fc.Arbitrary<unknown> => {
    if (only !== undefined) return fc.constant(only)
    if (choices !== undefined) return fc.constantFrom(...choices)
    const variants = anyOf ?? oneOf
    if (variants !== undefined) return fc.oneof(...variants.map((each) => fitting(each, depth + 1)))
    switch (type) {
      case 'object': {
        const fields = Object.entries(properties ?? {}).map(
          ([name, field]) => [name, fitting(field, depth + 1)] as const,
        )
        return fc.record(Object.fromEntries(fields), {
          requiredKeys: [...(required ?? [])],
        })
      }
      case 'array':
        return fc.array(fitting(items, depth + 1), { maxLength: 3 })
      case 'integer':
      case 'number':
        return fc.oneof(fc.nat(10_000), fc.maxSafeInteger())
      case 'boolean':
        return fc.boolean()
      case 'null':
        return fc.constant(null)
      case undefined:
      case 'string':
        return textFor(format, pattern)
      default:
        return nasty
    }
  }
  return fc.oneof({ weight: 12, arbitrary: own() }, { weight: 1, arbitrary: nasty })
}

function textFor(format: string | undefined, pattern: string | undefined): fc.Arbitrary<unknown> {
  const known = fc.constantFrom(
    'maren',
    'web',
    'e1',
    'order-e1',
    'red',
    'points',
    'gold',
    'standing',
    'five-off',
    'GBP',
    '1',
    '12.95',
  )
  if (format === 'date-time') {
    const near = fc.date({ min: new Date('2026-02-01'), max: new Date('2026-04-01'), noInvalidDate: true })
    return fc.oneof(
      near.map((date) => date.toISOString()),
      fc.constant('2026-03-14T10:00:00+01:00'),
    )
  }
  if (format === 'date') return fc.constantFrom('2026-03-14', '2027-03-14', '2028-02-29', '9999-12-31')
  if (pattern !== undefined) {
    try {
      return fc.oneof(known, fc.stringMatching(new RegExp(pattern)))
    } catch {
      // Patterns with classes of Unicode are beyond the generator.
    }
  }
  return fc.oneof(known, fc.string({ unit: 'binary', maxLength: 30 }))
}

interface Schema {
  readonly type?: string
  readonly enum?: readonly unknown[]
  readonly const?: unknown
  readonly anyOf?: readonly unknown[]
  readonly oneOf?: readonly unknown[]
  readonly properties?: Readonly<Record<string, unknown>>
  readonly required?: readonly string[]
  readonly items?: unknown
  readonly format?: string
  readonly pattern?: string
}
const partsOf = (schema: unknown): Schema => (typeof schema === 'object' && schema !== null ? schema : {})

// ---- requests ----------------------------------------------------------------------------------------------------------

interface Operation {
  readonly parameters: readonly { readonly name: string; readonly in: string; readonly schema: unknown }[]
  readonly requestBody?: { readonly content: Readonly<Record<string, { readonly schema: unknown }>> }
}
const description: { paths: Record<string, Record<string, Operation>> } = JSON.parse(
  JSON.stringify(describeInterface('0')),
)

function requestsFor(spec: Route): fc.Arbitrary<{ url: string; headers: Record<string, string>; body?: string }> {
  const operation = description.paths[spec.address]?.[spec.method.toLowerCase()]
  if (operation === undefined) throw new Error(`${spec.address} is not described`)
  const values = (place: string) =>
    fc.record(
      Object.fromEntries(
        operation.parameters.filter((each) => each.in === place).map(({ name, schema }) => [name, fitting(schema)]),
      ),
      place === 'path' ? {} : { requiredKeys: [] },
    )
  const json = fitting(operation.requestBody?.content['application/json']?.schema).map((value) => JSON.stringify(value))
  const body = fc.oneof(
    { weight: 10, arbitrary: json },
    { weight: 1, arbitrary: fc.constantFrom('', '{', '[[]', '\0', '"x"', 'null') },
  )
  const type = fc.oneof(
    { weight: 10, arbitrary: fc.constant('application/json') },
    {
      weight: 1,
      arbitrary: fc.constantFrom(
        'application/x-ndjson',
        'application/yaml',
        'text/plain',
        'application/json; charset=latin1',
        '',
      ),
    },
  )
  return fc
    .record({ path: values('path'), query: values('query'), header: values('header'), body, type })
    .map(({ path, query, header, body, type }) => ({
      url: addressOf(spec.address, textsOf(path), textsOf(query)),
      headers: {
        ...(spec.method === 'POST' ? { 'content-type': type } : {}),
        // What cannot stand in a header is refused before it is sent.
        ...(/^[\x20-\x7e]*$/.test(String(header['Idempotency-Key'] ?? '')) && header['Idempotency-Key'] !== undefined
          ? { 'idempotency-key': String(header['Idempotency-Key']) }
          : {}),
      },
      ...(spec.method === 'POST' ? { body } : {}),
    }))
}

/** Of a value that cannot be written into an address, what can: a segment of dots leads to another one (RFC 3986, 5.2.4). */
const textsOf = (values: object) =>
  Object.fromEntries(Object.entries(values).map(([name, value]) => [name, textOf(value)]))

function textOf(value: unknown): string {
  const text = String(value).toWellFormed()
  return /^\.{0,2}$/.test(text) ? '-' : text
}

// ---- the test ----------------------------------------------------------------------------------------------------------

test.each(Object.entries<Route>(routes))(
  'R9 %s: any input is answered as described, and never with a fault',
  async (_, spec) => {
    const allowed = new Set<string>([...problemsOf(spec), 'unknown-route'])
    const statuses = new Set<number>()
    await fc.assert(
      fc.asyncProperty(requestsFor(spec), async ({ url, headers, body }) => {
        const response = await server.inject({
          method: spec.method,
          url,
          headers: { authorization: key, ...headers },
          ...(body === undefined ? {} : { body }),
        })
        const label = `${spec.method} ${url} ${body ?? ''} -> ${response.statusCode} ${response.body.slice(0, 500)}`
        statuses.add(response.statusCode)
        expect(response.statusCode, label).not.toBe(500)
        if (response.statusCode === 200) {
          if (String(response.headers['content-type']).includes('ndjson')) return
          const parsed = spec.answer.safeParse(JSON.parse(response.body))
          expect(parsed.success, `${label} ${JSON.stringify(parsed.error?.issues)}`).toBe(true)
          return
        }
        const problem = JSON.parse(response.body)
        expect([...allowed], label).toContain(problem.code)
        expect(problem.status, label).toBe(response.statusCode)
        expect(Object.keys(problems), label).toContain(problem.code)
      }),
      { numRuns: 60, interruptAfterTimeLimit: 20_000 },
    )
  },
)

test('after all that, the books are clean', async () => {
  expect((await server.call('POST', '/v1/ledger/verify')).body).toMatchObject({ clean: true, disagreements: [] })
})

// ---- parameters --------------------------------------------------------------------------------------------------------

const anybody: Actor = {
  name: 'key/test',
  person: null,
  program: 'club',
  scopes: new Set([...scopes, 'self', 'till', 'first-run']),
  member: 'maren',
  partner: null,
  holder: null,
}

const whoever = async () => anybody
const anyone = { self: whoever, till: whoever, founder: whoever }
const neverServed = () => Promise.reject(new Error('was served'))

/** Every route of the table, with no code behind any, bound in the named way. */
function serverOf(way: 'bind' | 'bindRaw') {
  const server = openHttp({ logLevel: 'silent', trustProxy: false })
  const stays = async (_: string, member: string) => member
  const binder = createBinder(server, whoever, anyone, stays, (_actor, _route, _request, work) => work())
  for (const name of Object.keys(routes) as RouteName[]) binder[way](name, neverServed)
  return server
}

test.each(['bind', 'bindRaw'] as const)('every route refuses a parameter that it does not take: %s', async (way) => {
  const bare = serverOf(way)
  for (const [name, spec] of Object.entries<Route>(routes)) {
    const path = Object.fromEntries(Object.keys(spec.path?.shape ?? {}).map((each) => [each, 'x']))
    const response = await bare.inject({
      method: spec.method,
      url: addressOf(spec.address, path, { surprise: '1' }),
      headers: { 'idempotency-key': 'once' },
      ...(spec.method === 'GET' ? {} : { body: {} }),
    })
    const { code, errors } = JSON.parse(response.body)
    expect({ name, code }).toEqual({ name, code: 'invalid-request' })
    const taken = Object.keys(spec.query?.shape ?? {}).join(', ')
    expect(errors, name).toContainEqual({
      path: 'query/surprise',
      message: `is no parameter of this address, which takes ${taken === '' ? 'none' : taken}`,
    })
  }
  await bare.close()
})

test('a question about another moment is not answered with today', async () => {
  const url = '/v1/members/maren/lots?at=2026-01-01T00:00:00Z'
  expect(await server.call('GET', url)).toMatchObject({
    status: 400,
    body: {
      code: 'invalid-request',
      errors: [{ path: 'query/at', message: 'is no parameter of this address, which takes none' }],
    },
  })
})
