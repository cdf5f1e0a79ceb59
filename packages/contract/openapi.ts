import { z } from 'zod'
import { type ProblemCode, problems } from './problems.ts'
import { rejectionCode } from './rejections.ts'
import { problemsOf, type Route, scopes } from './route.ts'
import { routes } from './routes.ts'

type Json = { readonly [name: string]: unknown }

/** The description of the interface, OpenAPI 3.1, made from the route table and the problem table. */
export function describeInterface(version: string): Json & { readonly openapi: string } {
  const paths: Record<string, Record<string, Json>> = {}
  for (const [name, spec] of Object.entries<Route>(routes)) {
    paths[spec.address] = { ...paths[spec.address], [spec.method.toLowerCase()]: operationOf(name, spec) }
  }
  return {
    openapi: '3.1.0',
    info: {
      title: 'Laurel',
      version,
      description:
        'Amounts are whole numbers of the smallest unit. A key is bound to one program. An instant is sent with its offset and ' +
        'answered in UTC (`date-time`). What the program promises goes by its own clock and is answered as that reads, without ' +
        'an offset (`local-date-time`, `date`); `zone` says whose clock it is.',
      license: { name: 'Apache-2.0', identifier: 'Apache-2.0' },
    },
    servers: [{ url: '/' }],
    paths,
    components: {
      securitySchemes: {
        key: {
          type: 'http',
          scheme: 'bearer',
          bearerFormat: 'lrl_<id>_<secret>',
          description: `Scopes: ${scopes.join(', ')}`,
        },
        session: {
          type: 'apiKey',
          in: 'cookie',
          name: 'laurel_staff',
          description:
            'A person on the staff who is signed in (`__Host-laurel_staff` over TLS). Their role in the program has scopes; the header ' +
            'Laurel-Program names the program where they work in several. What writes must come from a page of Laurel itself.',
        },
        member: {
          type: 'apiKey',
          in: 'cookie',
          name: 'laurel_member',
          description: 'A member who is signed in (`__Host-laurel_member` over TLS), and sees what is their own.',
        },
        till: {
          type: 'apiKey',
          in: 'cookie',
          name: 'laurel_till',
          description:
            'A device that is enrolled as a till (`__Host-laurel_till` over TLS). What writes must come from its own page.',
        },
        firstRun: {
          type: 'http',
          scheme: 'bearer',
          description:
            'The token that the server prints when it starts on nothing. It works once, until there is an owner.',
        },
      },
      schemas: { Problem: problemSchema },
    },
  }
}

const problemSchema = {
  type: 'object',
  required: ['type', 'title', 'status', 'code', 'remedy', 'instance'],
  properties: {
    type: { type: 'string', format: 'uri' },
    title: { type: 'string' },
    status: { type: 'integer' },
    code: { type: 'string', enum: Object.keys(problems) },
    remedy: { type: 'string' },
    detail: { type: 'string' },
    rejection: { type: 'string', enum: rejectionCode.options, description: 'Why, for `event-rejected`.' },
    instance: { type: 'string', format: 'uri' },
    errors: {
      type: 'array',
      items: {
        type: 'object',
        required: ['path', 'message'],
        properties: { path: { type: 'string' }, message: { type: 'string' } },
      },
    },
  },
}

function operationOf(name: string, spec: Route): Json {
  return {
    operationId: name,
    summary: spec.summary,
    ...(spec.description === undefined ? {} : { description: spec.description }),
    ...securityOf(spec.scope),
    parameters: [...parametersOf(spec.path, 'path'), ...parametersOf(spec.query, 'query'), ...idempotencyOf(spec)],
    ...(spec.body === undefined ? {} : { requestBody: { required: true, content: contentOf(spec, spec.body) } }),
    responses: {
      [spec.status ?? 200]: {
        description: 'The answer.',
        content: {
          ...(spec.answerKind === 'lines'
            ? { 'application/x-ndjson': { schema: schemaOf(spec.answer, 'output') } }
            : { 'application/json': { schema: schemaOf(spec.answer, 'output') } }),
          ...(spec.bodyKind === 'events' ? { 'application/x-ndjson': { schema: { type: 'string' } } } : {}),
        },
      },
      ...problemAnswersOf(spec),
    },
  }
}

function securityOf(scope: Route['scope']): Json {
  if (scope === null) return { security: [] }
  if (scope === 'self') return { security: [{ member: [] }] }
  if (scope === 'till') return { security: [{ till: [] }] }
  if (scope === 'first-run') return { security: [{ firstRun: [] }] }
  return { security: [{ key: [] }, { session: [] }], 'x-scope': scope }
}

const schemaOf = (schema: z.ZodType, io: 'input' | 'output'): Json => {
  const { $schema: _, ...rest } = z.toJSONSchema(schema, { io, target: 'draft-2020-12', unrepresentable: 'any' })
  return rest
}

function parametersOf(schema: z.ZodObject | undefined, place: 'path' | 'query'): Json[] {
  return Object.entries<z.ZodType>(schema?.shape ?? {}).map(([name, field]) => {
    const { description, ...rest } = schemaOf(field, 'input')
    const required = place === 'path' || !field.safeParse(undefined).success
    return { name, in: place, required, ...(description === undefined ? {} : { description }), schema: rest }
  })
}

function idempotencyOf({ idempotencyKey }: Route): Json[] {
  if (idempotencyKey === undefined) return []
  return [
    {
      name: 'Idempotency-Key',
      in: 'header',
      required: idempotencyKey === 'required',
      description: 'The identity of the request: repeated with the same key, it is answered as at first and done once.',
      schema: { type: 'string', minLength: 1, maxLength: 200 },
    },
  ]
}

function contentOf({ bodyKind = 'json' }: Route, body: z.ZodType): Json {
  const schema = schemaOf(body, 'input')
  switch (bodyKind) {
    case 'document':
      return { 'application/yaml': { schema }, 'text/yaml': { schema }, 'application/json': { schema: {} } }
    case 'events':
      return { 'application/json': { schema }, 'application/x-ndjson': { schema: { type: 'string' } } }
    case 'json':
      return { 'application/json': { schema } }
  }
}

function problemAnswersOf(spec: Route): Json {
  const codesByStatus = Map.groupBy(problemsOf(spec), (code: ProblemCode) => problems[code].status)
  return Object.fromEntries(
    [...codesByStatus].map(([status, codes]) => [
      String(status),
      {
        description: codes.map((code) => `${code}: ${problems[code].title}.`).join(' '),
        content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } },
      },
    ]),
  )
}
