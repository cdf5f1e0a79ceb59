import type { FastifyRequest } from 'fastify'
import { addressHeader, isOwnName } from './addresses.ts'

/** What Better Auth is to us: it answers requests. */
interface Answering {
  readonly handler: (request: Request) => Promise<Response>
}

/** Better Auth, bound to each address under which the server is reached. */
export interface AuthByOrigin<Auth> {
  /** Under which address this request came; null: under a name that nobody has said is ours. */
  originOf(request: FastifyRequest): string | null
  at(origin: string): Promise<Auth>
  /** Asks it, with its limits and its cookies, in the name of the request; the caller knows that one of our pages sent it. */
  ask(request: FastifyRequest, path: string, body?: object): Promise<Response>
  /** What a browser's own script or another site sends to it itself. */
  forward(request: FastifyRequest): Promise<Response>
}

/** Addresses under which one server is reached at once, where none is said; the bound is against made-up ports. */
const originsMax = 16

/** `url`: as people reach Laurel; undefined: each as they do, as far as that is this machine or an address. */
export function createAuthByOrigin<Auth extends Answering>(
  url: string | undefined,
  path: string,
  make: (origin: string) => Promise<Auth>,
): AuthByOrigin<Auth> {
  const byOrigin = new Map<string, Promise<Auth>>()
  const fixed = url === undefined ? null : new URL(url).origin
  const at = (origin: string): Promise<Auth> => {
    const known = byOrigin.get(origin)
    if (known !== undefined) return known
    if (byOrigin.size >= originsMax) byOrigin.delete(byOrigin.keys().next().value ?? '')
    const made = make(origin)
    byOrigin.set(origin, made)
    return made
  }
  const originOf = (request: FastifyRequest): string | null => {
    if (fixed !== null) return fixed
    if (!isOwnName(request.hostname)) return null
    return `${request.protocol === 'https' ? 'https' : 'http'}://${request.host}`
  }
  const send = async (request: FastifyRequest, isOurs: boolean, to: string, body: string | null) => {
    const origin = originOf(request)
    if (origin === null) throw new Error('invariant: the address was looked at before')
    const headers = headersOf(request)
    if (isOurs) headers.set('origin', origin)
    if (body !== null) headers.set('content-type', 'application/json')
    const auth = await at(origin)
    return await auth.handler(
      new Request(`${origin}${to}`, body === null ? { headers } : { method: 'POST', headers, body }),
    )
  }
  return {
    originOf,
    at,
    ask: (request, within, body) =>
      send(request, true, `${path}${within}`, body === undefined ? null : JSON.stringify(body)),
    forward: (request) =>
      send(request, false, request.url, request.method === 'GET' ? null : String(request.body ?? '')),
  }
}

/** What is passed on of a request: no more than Better Auth needs, and its address as the connection says it. */
export function headersOf({ headers, ip }: FastifyRequest): Headers {
  const passed = new Headers({ [addressHeader]: ip })
  for (const name of ['cookie', 'user-agent', 'accept', 'origin'] as const) {
    const value = headers[name]
    if (value !== undefined) passed.set(name, value)
  }
  return passed
}

export const hasCookie = ({ headers }: FastifyRequest, name: string): boolean =>
  headers.cookie?.split(/;\s*/).some((each) => each.startsWith(`${name}=`)) === true
