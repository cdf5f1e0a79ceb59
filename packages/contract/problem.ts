import type { FieldError } from './field-errors.ts'
import { type ProblemCode, problems } from './problems.ts'

export interface ProblemDetails {
  /** Sentence about this occurrence. Never holds personal data or what the caller sent. */
  readonly detail?: string
  /** What to do about this occurrence, where it is something else than for all others of the kind. */
  readonly remedy?: string
  readonly errors?: readonly FieldError[]
  /** Members of the body beside those of RFC 9457, such as both hashes of a conflict. */
  readonly extensions?: Readonly<Record<string, unknown>>
  readonly retryAfterSeconds?: number
  /** How many requests the exceeded limit allows in its stretch of time. */
  readonly requestsMax?: number
  readonly cause?: unknown
}

/** A request that cannot be served. The one error class that becomes an answer; everything else is a fault. */
export class Problem extends Error {
  override readonly name = 'Problem'
  readonly code: ProblemCode
  readonly details: ProblemDetails

  constructor(code: ProblemCode, details: ProblemDetails = {}) {
    super(details.detail ?? problems[code].title, 'cause' in details ? { cause: details.cause } : undefined)
    this.code = code
    this.details = details
  }

  get status(): number {
    return problems[this.code].status
  }

  get remedy(): string {
    return this.details.remedy ?? problems[this.code].remedy
  }
}

/** The body of RFC 9457, with the stable code, the remedy and every bad field. */
export interface ProblemBody {
  readonly type: string
  readonly title: string
  readonly status: number
  readonly code: ProblemCode
  readonly remedy: string
  readonly detail?: string
  /** Names the request in the log. */
  readonly instance: string
  readonly errors?: readonly FieldError[]
  readonly [extension: string]: unknown
}

export function bodyOf(problem: Problem, requestId: string): ProblemBody {
  const { status, title } = problems[problem.code]
  const { detail, errors, extensions } = problem.details
  return {
    // First, lest one of them take the place of what RFC 9457 means by its name.
    ...extensions,
    type: `urn:laurel:problem:${problem.code}`,
    title,
    status,
    code: problem.code,
    remedy: problem.remedy,
    ...(detail === undefined ? {} : { detail }),
    instance: `urn:laurel:request:${requestId}`,
    ...(errors === undefined ? {} : { errors }),
  }
}
