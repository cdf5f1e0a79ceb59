import { addresses } from './addresses.ts'
import type { ProblemBody } from './problem.ts'
import { problems } from './problems.ts'
import type { RouteAnswer, RouteRequest } from './route.ts'
import type { RouteName, Routes } from './routes.ts'

export interface ClientOptions {
  /** Such as `http://127.0.0.1:3000`, with the path under which a proxy has it, if it has one. */
  readonly url: string
  /** Null: none, but the session of whoever is signed in on the page that asks. */
  readonly key: string | null
  /** For tests; the platform's own where nothing is said. */
  readonly fetch?: typeof fetch
}

/** An answer that was a problem: the body as it came. */
export class RequestProblem extends Error {
  override readonly name = 'RequestProblem'
  readonly body: ProblemBody
  readonly retryAfterSeconds: number | null

  constructor(body: ProblemBody, retryAfterSeconds: number | null) {
    super(`${body.title} (${body.code})${body.detail === undefined ? '' : `: ${body.detail}`}`)
    this.body = body
    this.retryAfterSeconds = retryAfterSeconds
  }
}

/** Only what the route asks for must be said. */
type Defined<Parts> = { readonly [Name in keyof Parts as Parts[Name] extends undefined ? never : Name]: Parts[Name] }
type CallOf<Name extends RouteName> = Omit<Defined<RouteRequest<Routes[Name]>>, 'query'> & {
  readonly query?: Partial<NonNullable<RouteRequest<Routes[Name]>['query']>>
  readonly idempotencyKey?: string
  readonly signal?: AbortSignal
}

export interface Client {
  /** Calls a route by its name in the table. Throws `RequestProblem` for a problem, and what `fetch` throws. */
  call<Name extends RouteName>(name: Name, call: CallOf<Name>): Promise<RouteAnswer<Routes[Name]>>
  /** The text of an answer of lines, as it comes. Throws as `call` does, and also where it breaks off. */
  lines<Name extends RouteName>(name: Name, call: CallOf<Name>): AsyncIterable<string>
}

export function createClient({ url, key, fetch: send = fetch }: ClientOptions): Client {
  // Every address begins with it; so do those in the documents, whose beginning somebody may copy.
  const base = url.replace(/\/(v1\/?)?$/, '')
  const ask = async (name: RouteName, parts: AnyCall): Promise<Response> => {
    const [method, address] = addresses[name]
    const response = await send(new URL(`${base}${addressOf(address, parts.path, parts.query)}`), {
      method,
      headers: headersOf(key, parts),
      ...(parts.body === undefined ? {} : { body: textOf(parts.body) }),
      ...(parts.signal === undefined ? {} : { signal: parts.signal }),
    })
    if (response.ok) {
      if (isOurs(response)) return response
      await response.body?.cancel()
      throw new RequestProblem(noLaurel, null)
    }
    const retryAfter = response.headers.get('retry-after')
    const problem = problemOf(await response.text(), response.status)
    throw new RequestProblem(problem, retryAfter === null ? null : Number(retryAfter))
  }
  return {
    call: async (name, call) => JSON.parse(await (await ask(name, call)).text()),
    lines: async function* (name, call) {
      const { body } = await ask(name, call)
      if (body !== null) yield* body.pipeThrough(new TextDecoderStream())
    },
  }
}

interface AnyCall {
  readonly path?: object
  readonly query?: object
  readonly body?: unknown
  readonly idempotencyKey?: string
  readonly signal?: AbortSignal
}

/** A body of text is a program's document; everything else is JSON. */
const textOf = (body: unknown) => (typeof body === 'string' ? body : JSON.stringify(body))

function headersOf(key: string | null, { body, idempotencyKey }: AnyCall): Record<string, string> {
  return {
    ...(key === null ? {} : { authorization: `Bearer ${key}` }),
    ...(body === undefined
      ? {}
      : { 'content-type': typeof body === 'string' ? 'application/yaml' : 'application/json' }),
    ...(idempotencyKey === undefined ? {} : { 'idempotency-key': idempotencyKey }),
  }
}

/** The address with its `{names}` filled in. */
export function addressOf(address: string, path: object = {}, query: object = {}): string {
  const values = new Map(Object.entries(path))
  const filled = address.replaceAll(/\{(\w+)\}/g, (_, name) => encodeURIComponent(String(values.get(name))))
  const search = new URLSearchParams(
    Object.entries(query).flatMap(([name, value]) => (value === undefined ? [] : [[name, String(value)]])),
  ).toString()
  return search === '' ? filled : `${filled}?${search}`
}

/** Or else a page of a proxy, or of anything that answers at that address. */
const isOurs = ({ headers }: Response): boolean =>
  /^application\/(json|x-ndjson)\b/.test(headers.get('content-type') ?? '')

const noLaurel: ProblemBody = {
  ...problems.fault,
  ...{ type: 'about:blank', status: 502, code: 'fault', title: 'What answers there is no Laurel', instance: '' },
  remedy: 'Check the address.',
}

/** Whatever stands between client and server may answer, too, and not in our words. */
function problemOf(text: string, status: number): ProblemBody {
  try {
    const body: ProblemBody = JSON.parse(text)
    if (typeof body === 'object' && body !== null && Object.hasOwn(problems, body.code)) return body
  } catch {
    // Not JSON: described below.
  }
  const code = status === 503 ? 'database-unavailable' : 'fault'
  return { ...problems[code], type: 'about:blank', status, code, title: `The server answered ${status}`, instance: '' }
}
