import { randomBytes } from 'node:crypto'
import { Problem } from '@laurel/contract'
import Fastify, { type FastifyInstance, LogController } from 'fastify'
import { answerMisaddressed, answerUnreadable, headersOfAll, registerProblems } from './answer-problems.ts'
import { type LogLevel, logOptions } from './log.ts'
import { registerBodies } from './read-body.ts'

export interface HttpOptions {
  readonly logLevel: LogLevel
  /** Where log lines go; standard output where nothing is said. */
  readonly logStream?: { write(line: string): void }
  /** True behind a proxy that sets X-Forwarded-For: the address of a request is then what the proxy says. */
  readonly trustProxy: boolean
}

/** A route's address is looked up by what stands in it; ids are up to 200 characters, each up to 12 when escaped. */
const parameterLengthMax = 2400
const headersMsMax = 10_000
/** Silence on a connection, in either direction: longer than any answer of ours is silent. */
const silenceMsMax = 300_000

/** An HTTP server with our limits, our answers to what goes wrong, and no routes yet. */
export function openHttp({ logLevel, logStream, trustProxy }: HttpOptions): FastifyInstance {
  const nextRequestId = countRequests()
  const server = Fastify({
    logger: logStream === undefined ? logOptions(logLevel) : { ...logOptions(logLevel), stream: logStream },
    // Requests are counted in the metrics; a line for each would cost more than the decision. Those that fail have one.
    logController: new LogController({ disableRequestLogging: true }),
    genReqId: nextRequestId,
    trustProxy,
    connectionTimeout: silenceMsMax,
    http: { headersTimeout: headersMsMax, requestTimeout: 0, requireHostHeader: false },
    frameworkErrors: answerMisaddressed,
    clientErrorHandler: (error, socket) => answerUnreadable(error, socket, nextRequestId()),
    routerOptions: { maxParamLength: parameterLengthMax, ignoreDuplicateSlashes: false },
    // The answer to a request during the stop is our own problem, with a Retry-After.
    return503OnClosing: false,
    forceCloseConnections: 'idle',
  })
  // Node refuses an expectation that it does not know, with nothing said; one may as well pass it over (RFC 9110, 10.1.1).
  server.server.on('checkExpectation', (request, response) => server.server.emit('request', request, response))
  // Stays null until a route says who asks; declared so that every request has one shape.
  server.decorateRequest('actor', null, [])
  registerBodies(server)
  registerProblems(server)
  server.addHook('onRequest', async (request, reply) => {
    reply.headers(headersOfAll(request.id))
    // Node's own check would answer with nothing in it.
    if (request.headers.host === undefined && request.raw.httpVersion === '1.1') throw new Problem('malformed-request')
  })
  return server
}

/** Names of requests: as unique as a random name for each, and made in no time. */
function countRequests(): () => string {
  const server = randomBytes(9).toString('base64url')
  let count = 0
  return () => {
    count += 1
    return `${server}-${count}`
  }
}
