import type { z } from 'zod'
import type { ProblemCode } from './problems.ts'

/** What a key, or a role of staff, may be allowed to do. */
export const scopes = [
  'events:write',
  'events:history',
  'members:read',
  'members:write',
  'members:erase',
  'redemptions:write',
  'vouchers:use',
  'vouchers:write',
  'codes:write',
  'offers:write',
  'adjustments:write',
  'programs:read',
  'programs:write',
  'insights:read',
  'insights:run',
  'ledger:read',
  'ledger:export',
  'settlements:read',
  'keys:write',
  'team:read',
  'team:write',
  'tills:write',
  'audit:read',
  'account:own',
  'metrics:read',
] as const
export type Scope = (typeof scopes)[number]

/**
 * What a route asks for: a scope, to be the member whom it is about, to be a till, or to hold the token of the first run. None but
 * the first can be given to a key or a role.
 */
export type RouteScope = Scope | 'self' | 'till' | 'first-run'

/** How a body arrives: parsed JSON, the program's document as text, or events one by one. */
export type BodyKind = 'json' | 'document' | 'events'

export interface Route {
  readonly method: 'GET' | 'POST' | 'DELETE'
  /** With `{name}` for each field of `path`. */
  readonly address: string
  /** What whoever asks must be allowed; null: anybody may. */
  readonly scope: RouteScope | null
  readonly summary: string
  readonly description?: string
  readonly path?: z.ZodObject
  readonly query?: z.ZodObject
  readonly body?: z.ZodType
  readonly bodyKind?: BodyKind
  /** `required` where the request has no identity of its own: the header Idempotency-Key gives it one. */
  readonly idempotencyKey?: 'required' | 'optional'
  readonly status?: 200 | 201
  readonly answer: z.ZodType
  /** `lines`: NDJSON, as long as there is more; `answer` describes one line. */
  readonly answerKind?: 'json' | 'lines'
  /** Problems of this route beside those that any request can meet (`problemsOf`). */
  readonly problems: readonly ProblemCode[]
}

/** Keeps the exact type of a route, so that server and client know its input and its answer. */
export const route = <const Spec extends Route>(spec: Spec): Spec => spec

type Parsed<Schema> = Schema extends z.ZodType ? z.output<Schema> : undefined
type Sent<Schema> = Schema extends z.ZodType ? z.input<Schema> : undefined
type Part<Spec, Name extends string> = Spec extends Readonly<Record<Name, infer Schema>> ? Schema : undefined

/** What a route's code is given. */
export interface RouteInput<Spec extends Route> {
  readonly path: Parsed<Part<Spec, 'path'>>
  readonly query: Parsed<Part<Spec, 'query'>>
  readonly body: Parsed<Part<Spec, 'body'>>
}

/** What a client sends. */
export interface RouteRequest<Spec extends Route> {
  readonly path: Sent<Part<Spec, 'path'>>
  readonly query: Sent<Part<Spec, 'query'>>
  readonly body: Sent<Part<Spec, 'body'>>
}

export type RouteAnswer<Spec extends Route> = z.output<Spec['answer']>

const ofAnyRequest = [
  'malformed-request',
  // Also where a route takes nothing: a parameter that nobody asked for is refused.
  'invalid-request',
  'headers-too-large',
  'wrong-method',
  'too-slow',
  'too-many-requests',
  'fault',
  'took-too-long',
  'database-unavailable',
  'stopping',
] as const
const ofAnyKey = ['unauthenticated', 'missing-scope', 'program-unnamed', 'not-on-team', 'cross-site'] as const
const ofAnyBody = ['malformed-body', 'body-too-large', 'unknown-content-type', 'compressed-body'] as const

/** Every problem that the route may answer with. */
export function problemsOf(spec: Route): ProblemCode[] {
  return [
    ...new Set<ProblemCode>([
      ...ofAnyRequest,
      ...(spec.scope === null ? [] : ofAnyKey),
      // A body that nobody asked for is read as one, too.
      ...(spec.method === 'GET' ? [] : ofAnyBody),
      ...(spec.idempotencyKey === 'required' ? (['idempotency-key-missing'] as const) : []),
      ...spec.problems,
    ]),
  ]
}
