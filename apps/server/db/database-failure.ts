// The one error class of the database's plumbing. Callers match `code`, never the text.

export type DatabaseFailureCode =
  | 'data-folder-in-use'
  | 'data-folder-unreachable'
  | 'data-folder-unusable'
  | 'data-folder-version'
  | 'embedded-postgres-missing'
  | 'embedded-postgres-failed'
  | 'database-too-old'
  | 'database-encoding'
  | 'database-schema'
  | 'database-connections'
  | 'database-read-only'
  | 'database-unavailable'
  | 'database-full'
  | 'database-newer'
  | 'database-older'
  | 'database-without-laurel'
  | 'migration-changed'
  | 'migration-failed'
  | 'migration-misnamed'

export class DatabaseFailure extends Error {
  override readonly name = 'DatabaseFailure'
  readonly code: DatabaseFailureCode
  /**
   * True when the connection was lost while COMMIT was under way: the work may or may not be durable, so only work
   * with an identity of its own (an idempotency key) may be sent again.
   */
  readonly outcomeUnknown: boolean

  constructor(code: DatabaseFailureCode, message: string, options: { cause?: unknown; outcomeUnknown?: boolean } = {}) {
    super(message, 'cause' in options ? { cause: options.cause } : undefined)
    this.code = code
    this.outcomeUnknown = options.outcomeUnknown ?? false
  }
}

/** What the database's plumbing asks of a log; Fastify's (pino's) fits. */
export interface DatabaseLog {
  info(fields: object, message: string): void
  warn(fields: object, message: string): void
  error(fields: object, message: string): void
}

/** The code of a system error (`ENOENT`) or of PostgreSQL (`40001`), if the error carries one. */
export function codeOf(error: unknown): string | undefined {
  if (typeof error !== 'object' || error === null || !('code' in error)) return undefined
  return typeof error.code === 'string' ? error.code : undefined
}

export function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error)
}
