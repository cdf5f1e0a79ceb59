import { type DestinationStream, type Logger, pino } from 'pino'
import { codeOf, messageOf } from '../db/database-failure.ts'

export const logLevels = ['debug', 'info', 'warn', 'error', 'silent'] as const
export type LogLevel = (typeof logLevels)[number]

/**
 * The server's log: one JSON object a line. Of a request it knows the method, the route and the id; never an address, a query,
 * a header or a body, since all of them hold personal data or keys.
 */
export function createLog(level: LogLevel, destination?: DestinationStream): Logger {
  const options = {
    level,
    base: null,
    timestamp: pino.stdTimeFunctions.isoTime,
    serializers: { req: requestFields, res: answerFields, err: errorFields },
  }
  return destination === undefined ? pino(options) : pino(options, destination)
}

interface LoggedRequest {
  readonly id: string
  readonly method: string
  readonly routeOptions?: { readonly url?: string | undefined }
}

const requestFields = ({ id, method, routeOptions }: LoggedRequest) => ({ id, method, route: routeOptions?.url })
const answerFields = ({ statusCode }: { statusCode: number }) => ({ statusCode })

/** An error of PostgreSQL repeats the values it did not like, so only what names the place is kept. */
function errorFields(error: unknown): object {
  if (!(error instanceof Error)) return { message: messageOf(error) }
  const code = codeOf(error)
  const ofDatabase = 'severity' in error && code !== undefined
  const cause = error.cause === undefined ? {} : { cause: errorFields(error.cause) }
  if (ofDatabase) {
    const place = Object.fromEntries(databaseFields.map((name) => [name, Reflect.get(error, name)]))
    return { type: error.name, code, ...place, stack: framesOf(error), ...cause }
  }
  return { type: error.name, code, message: error.message, stack: framesOf(error), ...cause }
}

const databaseFields = ['schema', 'table', 'column', 'constraint', 'routine'] as const

/** A stack begins with the message. */
const framesOf = ({ stack = '' }: Error) => stack.slice(Math.max(0, stack.indexOf('\n    at ')))
