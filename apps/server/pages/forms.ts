import type { FastifyReply, FastifyRequest } from 'fastify'

/** For the two pages that ask a browser for a passkey: `passkey.mjs` of ours, and what it asks of us. */
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

/** Where to go on after signing in: an invitation, or the first page; never anywhere else. */
export const safeNext = (text: string | null | undefined): string =>
  /^\/invitation\/[A-Za-z0-9_-]{43}$/.test(text ?? '') ? (text ?? '/') : '/'

export const nextIn = ({ query }: FastifyRequest): string => safeNext(textsOf(query)['next'])
