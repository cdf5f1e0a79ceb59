import type { FastifyRequest } from 'fastify'

/**
 * Did one of our own pages send this? SameSite keeps a session from being used by another site; this keeps another site from
 * signing somebody in, and a sister site from writing in somebody's name. Every browser of the last years says where a request
 * comes from.
 */
export function isFromOurPage(request: FastifyRequest): boolean {
  const site = request.headers['sec-fetch-site']
  if (site !== undefined) return site === 'same-origin'
  const { origin } = request.headers
  return origin !== undefined && URL.canParse(origin) && new URL(origin).host === request.host
}
