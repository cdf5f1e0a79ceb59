import type { Database } from './db/connect.ts'
import type { DatabaseLog } from './db/database-failure.ts'

/**
 * What a use case needs from outside, and what tests replace. Folders extend it with what they open: `ProgramContext` has the
 * compiled programs, `RecordingContext` the recorder.
 */
export interface Context extends Clocks {
  readonly database: Database
  readonly log: DatabaseLog
  /** A new id that no other server makes: `newId('rdm')` is `rdm_` and a UUIDv7 without its dashes. */
  readonly newId: (kind: IdKind) => string
}

export type IdKind = 'mem' | 'evt' | 'rdm' | 'key' | 'act' | 'per' | 'inv' | 'til' | 'csh'

/** Epoch milliseconds. What happens in a program is dated by the clock of that program, what happens to Laurel by the wall clock. */
export interface Clocks {
  /** Of keys, sessions, leases and the audit log. */
  readonly wallNow: () => number
  /**
   * Of one program: the wall clock, or that of a sandbox as it was last read here (SBX-1). Of a sandbox whose clock was never read
   * here it would be the wall clock: requests read it with their key, batches with their programs, long work before it begins.
   */
  readonly now: (program: string) => number
  /** Whether it is a sandbox, as far as its clock was ever read here. */
  readonly isSandbox: (program: string) => boolean
  /** What was just read of the clock of a sandbox. */
  readonly noteClock: (sandbox: string, at: number) => void
}

export function createClocks(wallNow: () => number): Clocks {
  const sandboxes = new Map<string, number>()
  return {
    wallNow,
    now: (program) => sandboxes.get(program) ?? wallNow(),
    isSandbox: (program) => sandboxes.has(program),
    noteClock: (sandbox, at) => {
      // Two readings may arrive in the other order, and no clock goes back.
      sandboxes.set(sandbox, Math.max(at, sandboxes.get(sandbox) ?? at))
    },
  }
}
