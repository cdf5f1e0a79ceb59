import { codeOf, messageOf } from '../db/database-failure.ts'

export const logLevels = ['debug', 'info', 'warn', 'error', 'silent'] as const
export type LogLevel = (typeof logLevels)[number]

/**
 * The server's log: one JSON object a line. Of a request it knows the method, the route and the id; never an address, a query,
 * a header or a body, since all of them hold personal data or keys.
 */
export const logOptions = (level: LogLevel) => ({
  level,
  base: null,
  timestamp: () => `,"time":"${new Date().toISOString()}"`,
  serializers: { req: requestFields, res: answerFields, err: errorFields },
})

interface LoggedRequest {
  readonly id: string
  readonly method: string
  readonly routeOptions?: { readonly url?: string | undefined }
}

const requestFields = ({ id, method, routeOptions }: LoggedRequest) => ({ id, method, route: routeOptions?.url })
const answerFields = ({ statusCode }: { statusCode: number }) => ({ statusCode })

interface LoggedError {
  readonly [name: string]: unknown
  readonly type: string
  readonly message: string
  readonly stack: string
}

/** An error of PostgreSQL repeats the values it did not like, so of it only what names the place is kept. */
function errorFields(error: unknown): LoggedError {
  if (!(error instanceof Error)) return { type: typeof error, message: messageOf(error), stack: '' }
  const code = codeOf(error)
  const cause = error.cause === undefined ? {} : { cause: errorFields(error.cause) }
  const known = { type: error.name, code, stack: framesOf(error), ...cause }
  if (!('severity' in error)) return { ...known, message: error.message }
  const place = Object.fromEntries(databaseFields.map((name) => [name, Reflect.get(error, name)]))
  return { ...known, ...place, message: 'an error of the database' }
}

const databaseFields = ['schema', 'table', 'column', 'constraint', 'routine'] as const

/** A stack begins with the message. */
const framesOf = ({ stack = '' }: Error) => stack.slice(Math.max(0, stack.indexOf('\n    at ')))
