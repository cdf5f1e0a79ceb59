import type { Database } from './db/connect.ts'
import type { DatabaseLog } from './db/database-failure.ts'

/**
 * What a use case needs from outside, and what tests replace. Folders extend it with what they open: `ProgramContext` has the
 * compiled programs, `RecordingContext` the recorder.
 */
export interface Context {
  readonly database: Database
  readonly log: DatabaseLog
  /** The wall clock, epoch milliseconds. */
  readonly now: () => number
  /** A new id that no other server makes: `newId('rdm')` is `rdm_` and a UUIDv7 without its dashes. */
  readonly newId: (kind: IdKind) => string
}

export type IdKind = 'mem' | 'evt' | 'rdm' | 'key' | 'act'
