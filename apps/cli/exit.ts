/** What the process says when it ends; scripts rely on it, so a number never changes its meaning. */
export const exitCodes = {
  /** Everything was done and nothing was found. */
  ok: 0,
  /** It ran to its end, and something was found, refused or rejected that a person should see. */
  findings: 1,
  /** The command was not understood: an unknown flag, a file that is not there, a mapping with an error. Nothing was written. */
  usage: 2,
  /** The database, the server, the port or the data folder could not be reached or opened. */
  unreachable: 3,
  /** Laurel itself is wrong; please report it. */
  fault: 4,
  /** Stopped by Ctrl-C. */
  interrupted: 130,
} as const
export type ExitCode = (typeof exitCodes)[keyof typeof exitCodes]

interface FailureDetail {
  readonly place?: string
  readonly remedy?: string
  readonly given?: Readonly<Record<string, unknown>>
  readonly cause?: unknown
}

/** Why a command ends early: what is wrong, where, and what would help. */
export class CommandFailure extends Error {
  readonly exit: ExitCode
  readonly place: string | null
  readonly remedy: string | null
  /** What the remedy points at, by the names that it uses; null where it points at nothing. */
  readonly given: Readonly<Record<string, unknown>> | null

  constructor(exit: ExitCode, message: string, detail: FailureDetail = {}) {
    super(message, { cause: detail.cause })
    this.name = 'CommandFailure'
    this.exit = exit
    this.place = detail.place ?? null
    this.remedy = detail.remedy ?? null
    this.given = detail.given ?? null
  }
}
