import {
  compiled,
  type FieldError,
  fieldErrorsOf,
  Problem,
  parseJson,
  type Route,
  type RouteAnswer,
  type RouteInput,
  type RouteName,
  type RouteScope,
  type Routes,
  routes,
} from '@laurel/contract'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { z } from 'zod'

/** Who asks, and of which program: a key, a person on the staff, a member, or a till. */
export interface Actor {
  /** `key/<id>`, `staff/<id>`, `member/<id>` or `till/<id>`: how books and logs call them. */
  readonly name: string
  /** Id of the person; null: a key. */
  readonly person: string | null
  readonly program: string
  readonly scopes: ReadonlySet<RouteScope>
  /** Id of the member who asks for themselves; null: nobody does. */
  readonly member: string | null
  /** Of a partner's key; null: the program's own. */
  readonly partner: string | null
  /** Whose hands the key is in, of a person their own, and of a till the cashier's; null: nobody has said. */
  readonly holder: string | null
}

/** Everything a route's code is given: parsed, and allowed. */
export interface Call<Spec extends Route> extends RouteInput<Spec> {
  readonly actor: Actor
  readonly idempotencyKey: Spec extends { readonly idempotencyKey: 'required' } ? string : string | undefined
  readonly request: FastifyRequest
  readonly reply: FastifyReply
}

/** JSON that is sent as it is: an answer that was stored as text is given again byte for byte (EVT-1). */
export class JsonText {
  readonly text: string
  constructor(text: string) {
    this.text = text
  }
}

/** A table, for whoever asked for one with `Accept: text/csv`. */
export class CsvText {
  readonly text: string
  constructor(text: string) {
    this.text = text
  }
}

type Serve<Spec extends Route> = (call: Call<Spec>) => Promise<RouteAnswer<Spec> | JsonText | CsvText>

/** Puts code behind a route of the table. */
export type Bind = <Name extends RouteName>(name: Name, serve: Serve<Routes[Name]>) => void

export type Authenticate = (request: FastifyRequest) => Promise<Actor>

/** What a route's code is given that reads and answers the body by itself. */
export type RawCall<Spec extends Route> = Pick<Call<Spec>, 'actor' | 'query' | 'request' | 'reply'>

/** For streams. */
export type BindRaw = <Name extends RouteName>(
  name: Name,
  serve: (call: RawCall<Routes[Name]>) => Promise<FastifyReply>,
) => void

/** Writes down what a person does through a route; `request` is parsed. */
export type NoteAct = <Result>(
  actor: Actor,
  route: RouteName,
  request: FastifyRequest,
  work: () => Promise<Result>,
) => Promise<Result>

/** Who answers for a member of a program (MRG-1). */
export type Remaining = (program: string, member: string) => Promise<string>

/** These are about the one that was merged, whoever answers for it. */
const aboutMerged: ReadonlySet<RouteName> = new Set<RouteName>(['mergeMember', 'undoMerge'])

export function createBinder(
  server: FastifyInstance,
  authenticate: Authenticate,
  { self, till, founder }: { readonly self: Authenticate; readonly till: Authenticate; readonly founder: Authenticate },
  remaining: Remaining,
  noteAct: NoteAct,
): { bind: Bind; bindRaw: BindRaw } {
  const asked = (scope: RouteScope): Authenticate => {
    if (scope === 'self') return self
    if (scope === 'till') return till
    return scope === 'first-run' ? founder : authenticate
  }
  const register = (
    name: RouteName,
    serve: (actor: Actor, request: FastifyRequest, reply: FastifyReply) => unknown,
  ) => {
    const spec: Route = routes[name]
    const { scope } = spec
    server.route({
      method: spec.method,
      url: spec.address.replaceAll(/\{(\w+)\}/g, ':$1'),
      config: { route: name },
      // Before the body is read: a stranger's megabyte is not worth reading.
      onRequest: async (request) => {
        request.actor = scope === null ? nobody : allowed(await asked(scope)(request), scope)
      },
      handler: (request, reply) => serve(request.actor, request, reply),
    })
  }
  return {
    bind: (name, serve) => {
      const spec = routes[name]
      register(name, async (actor, request, reply) => {
        const input = inputOf(spec, request)
        if (hasMember(input.path) && !aboutMerged.has(name)) {
          input.path = { ...input.path, member: await remaining(actor.program, input.path.member) }
        }
        // The one place where the table's types meet what was parsed by the table's schemas.
        const call = { ...input, actor, request, reply } as Call<Routes[typeof name]>
        const answer = await noteAct(actor, name, request, () => serve(call))
        reply.code('status' in spec ? Number(spec.status) : 200)
        if (answer instanceof CsvText) return reply.type('text/csv; charset=utf-8').send(answer.text)
        reply.type('application/json; charset=utf-8')
        return reply.send(answer instanceof JsonText ? answer.text : JSON.stringify(answer))
      })
    },
    bindRaw: (name, serve) => {
      const spec: Route = routes[name]
      register(name, async (actor, request, reply) => {
        const errors: FieldError[] = []
        const query = queryOf(spec, request, errors)
        if (errors.length > 0) throw new Problem('invalid-request', { errors })
        const call = { actor, query, request, reply } as RawCall<Routes[typeof name]>
        return await noteAct(actor, name, request, () => serve(call))
      })
    },
  }
}

const hasMember = (path: unknown): path is { readonly member: string } =>
  typeof path === 'object' && path !== null && 'member' in path

const nobody: Actor = {
  name: '',
  person: null,
  program: '',
  scopes: new Set(),
  member: null,
  partner: null,
  holder: null,
}

function allowed(actor: Actor, scope: RouteScope): Actor {
  if (!actor.scopes.has(scope)) throw new Problem('missing-scope', { extensions: { scope } })
  return actor
}

/** Parses all parts of a request, and complains about all of them at once. */
function inputOf(spec: Route, request: FastifyRequest) {
  const errors: FieldError[] = []
  const part = (schema: Route['body'], value: unknown, prefix: string): unknown => {
    if (schema === undefined) return undefined
    const parsed = compiled(schema).safeParse(value, { reportInput: true })
    if (parsed.success) return parsed.data
    errors.push(...fieldErrorsOf(parsed.error.issues, prefix))
    return undefined
  }
  const body = spec.body === undefined ? undefined : bodyOf(spec, request.body)
  const input = {
    path: part(spec.path, request.params, 'path'),
    query: queryOf(spec, request, errors),
    body: part(spec.body, body, ''),
    idempotencyKey: idempotencyKeyOf(spec, request, errors),
  }
  if (errors.length > 0) throw new Problem('invalid-request', { errors })
  return input
}

/** Of a route that takes no parameters: whoever sends one asks for something else than they would be answered. */
const noQuery = z.strictObject({})

function queryOf(spec: Route, request: FastifyRequest, errors: FieldError[]): unknown {
  const schema = spec.query ?? noQuery
  const parsed = compiled(schema).safeParse(request.query, { reportInput: true })
  if (parsed.success) return spec.query === undefined ? undefined : parsed.data
  const taken = Object.keys(schema.shape).join(', ')
  const unknownKey = `is no parameter of this address, which takes ${taken === '' ? 'none' : taken}`
  errors.push(...fieldErrorsOf(parsed.error.issues, 'query', unknownKey))
  return undefined
}

function bodyOf(spec: Route, body: unknown): unknown {
  if (typeof body !== 'string') throw new Problem('malformed-body', { detail: 'The request has no body.' })
  return spec.bodyKind === 'document' ? body : parseJson(body)
}

// As long as the ids of events, which it becomes.
const idempotencyKeyPattern = /^[\x21-\x7e]{1,200}$/

function idempotencyKeyOf(spec: Route, request: FastifyRequest, errors: FieldError[]): string | undefined {
  if (spec.idempotencyKey === undefined) return undefined
  const header = request.headers['idempotency-key']
  if (header === undefined) {
    if (spec.idempotencyKey === 'required') throw new Problem('idempotency-key-missing')
    return undefined
  }
  if (typeof header === 'string' && idempotencyKeyPattern.test(header)) return header
  errors.push({ path: 'header/idempotency-key', message: 'must be 1 to 200 printable characters without spaces' })
  return undefined
}

declare module 'fastify' {
  interface FastifyRequest {
    actor: Actor
  }
  interface FastifyContextConfig {
    route?: string
  }
}
