import type { FastifyReply, FastifyRequest } from 'fastify'

/** For the page that asks a browser for a passkey: `passkey.mjs` of ours, and what it asks of us. */
export const allowScript = (reply: FastifyReply): FastifyReply =>
  reply.header(
    'content-security-policy',
    "default-src 'none';style-src 'self';script-src 'self';connect-src 'self';form-action 'self';base-uri 'none';frame-ancestors 'none'",
  )

/** What a form of ours sent. */
export const formOf = (request: FastifyRequest): URLSearchParams => new URLSearchParams(String(request.body ?? ''))

/** Of a query or of an address: what was said once. */
export function textsOf(values: unknown): Record<string, string | undefined> {
  const entries = typeof values === 'object' && values !== null ? Object.entries(values) : []
  return Object.fromEntries(entries.filter(([, value]) => typeof value === 'string'))
}

const nextPattern = /^\/(invitation\/[A-Za-z0-9_-]{43}|console(\/[\w.~%/-]*)?(\?[\w.~%=&+-]*)?)$/

/** Where to go on after signing in: an invitation, a page of the console, or the first page; never anywhere else. */
export const safeNext = (text: string | null | undefined): string =>
  nextPattern.test(text ?? '') ? (text ?? '/') : '/'

/** As the address says, or the form that was sent in vain. */
export const nextIn = (request: FastifyRequest): string =>
  safeNext(textsOf(request.query)['next'] ?? formOf(request).get('next'))
