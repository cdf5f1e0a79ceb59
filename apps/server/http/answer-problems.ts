import { type ServerResponse, STATUS_CODES } from 'node:http'
import type { Socket } from 'node:net'
import { bodyOf, Problem, type Route, routes } from '@laurel/contract'
import type { FastifyError, FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { codeOf, DatabaseFailure } from '../db/database-failure.ts'

/** Long enough for a restart of the database, short enough that nobody goes away. */
const retryAfterSeconds = 2

/** The one catch of the whole server: everything that is thrown becomes an answer of RFC 9457 here. */
export function registerProblems(server: FastifyInstance): void {
  server.setErrorHandler((error: FastifyError, request, reply) => sendProblem(problemOf(error), request, reply))
  server.setNotFoundHandler((request, reply) => {
    const methods = methodsAt(request.url.split('?')[0] ?? '')
    if (methods.length === 0) return sendProblem(new Problem('unknown-route'), request, reply)
    return sendProblem(new Problem('wrong-method'), request, reply.header('allow', methods.join(', ')))
  })
}

/** A request whose address the router cannot read: it comes before every hook, and is answered by the same road. */
export function answerMisaddressed(error: FastifyError, request: FastifyRequest, reply: FastifyReply): void {
  sendProblem(problemOf(error), request, reply.headers(headersOfAll(request.id)))
}

/** What every answer carries. */
export const headersOfAll = (requestId: string) => ({
  'x-request-id': requestId,
  'x-content-type-options': 'nosniff',
  'cache-control': 'no-store',
})

/** Bytes that are no request reach no route and have no reply: the answer is written by hand, and the connection ends. */
export function answerUnreadable(error: Error, socket: Socket & { _httpMessage?: ServerResponse }, requestId: string) {
  // In the middle of another answer it would be taken for a part of that.
  if (socket.writable && socket._httpMessage?.headersSent !== true) {
    const problem = problemOfBytes(error)
    const body = JSON.stringify(bodyOf(problem, requestId))
    const headers = {
      ...headersOfAll(requestId),
      'content-type': problemType,
      'content-length': Buffer.byteLength(body),
      connection: 'close',
    }
    const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}\r\n`)
    socket.write(`HTTP/1.1 ${problem.status} ${STATUS_CODES[problem.status]}\r\n${lines.join('')}\r\n${body}`)
  }
  socket.destroy(error)
}

function problemOfBytes(error: Error): Problem {
  switch (codeOf(error)) {
    case 'ERR_HTTP_REQUEST_TIMEOUT':
      return new Problem('too-slow')
    case 'HPE_HEADER_OVERFLOW':
      return new Problem('headers-too-large')
    default:
      return new Problem('malformed-request')
  }
}

const problemType = 'application/problem+json; charset=utf-8'

function sendProblem(problem: Problem, request: FastifyRequest, reply: FastifyReply): FastifyReply {
  const { code, status, cause } = problem
  const met = { req: request, code, status, ms: Math.round(reply.elapsedTime) }
  if (code === 'fault') request.log.error({ ...met, err: cause }, 'a request met a fault of ours')
  else if (status >= 500) request.log.warn({ ...met, err: cause }, 'a request was not served')
  else request.log.info(met, 'a request was refused')
  const { retryAfterSeconds: seconds, requestsMax } = problem.details
  if (seconds !== undefined) reply.header('retry-after', String(seconds))
  if (requestsMax !== undefined) {
    reply.headers({ 'ratelimit-limit': requestsMax, 'ratelimit-remaining': 0, 'ratelimit-reset': seconds })
  }
  if (problem.status === 401) reply.header('www-authenticate', 'Bearer realm="laurel"')
  if (code === 'compressed-body') reply.header('accept-encoding', 'identity')
  // The rest of a body that was not read would be taken for the next request.
  if (!request.raw.complete) reply.header('connection', 'close')
  return reply
    .code(problem.status)
    .type(problemType)
    .send(JSON.stringify(bodyOf(problem, request.id)))
}

/** What was thrown, as a problem of the table. What nobody foresaw is a fault of ours. */
export function problemOf(error: unknown): Problem {
  if (error instanceof Problem) return error
  if (error instanceof DatabaseFailure) return problemOfDatabase(error)
  // The recorder's folder lies above this one.
  if (error instanceof Error && error.name === 'RecorderClosed') {
    return new Problem('stopping', { retryAfterSeconds, cause: error })
  }
  switch (codeOf(error)) {
    case 'FST_ERR_CTP_BODY_TOO_LARGE':
      return new Problem('body-too-large', { cause: error })
    case 'FST_ERR_CTP_INVALID_MEDIA_TYPE':
      return new Problem('unknown-content-type', { cause: error })
    case 'FST_ERR_BAD_URL':
      return new Problem('malformed-request', { cause: error })
    case 'FST_ERR_MAX_PARAM_LENGTH':
      return new Problem('unknown-route', { cause: error })
    case 'FST_ERR_CTP_INVALID_CONTENT_LENGTH':
    case 'FST_ERR_CTP_EMPTY_TYPE':
    case 'ECONNRESET':
    case 'ERR_STREAM_PREMATURE_CLOSE':
      return new Problem('malformed-body', { detail: 'It is not as long as it says.', cause: error })
    default:
      return new Problem('fault', { cause: error })
  }
}

function problemOfDatabase(failure: DatabaseFailure): Problem {
  switch (failure.code) {
    case 'database-unavailable':
    case 'database-full':
      return new Problem('database-unavailable', { retryAfterSeconds, cause: failure })
    case 'data-folder-in-use':
    case 'data-folder-unreachable':
    case 'data-folder-unusable':
    case 'data-folder-version':
    case 'embedded-postgres-missing':
    case 'embedded-postgres-failed':
    case 'database-too-old':
    case 'database-encoding':
    case 'database-schema':
    case 'database-connections':
    case 'database-read-only':
    case 'database-newer':
    case 'database-older':
    case 'database-without-laurel':
    case 'migration-changed':
    case 'migration-failed':
    case 'migration-misnamed':
      // They end a start, and cannot happen to a request.
      return new Problem('fault', { cause: failure })
  }
}

const patterns = Object.values<Route>(routes).map(({ method, address }) => ({
  method,
  pattern: new RegExp(`^${address.replaceAll('.', '\\.').replaceAll(/\{\w+\}/g, '[^/]+')}$`),
}))

const methodsAt = (path: string): string[] => [
  ...new Set(patterns.filter(({ pattern }) => pattern.test(path)).map(({ method }) => method)),
]
