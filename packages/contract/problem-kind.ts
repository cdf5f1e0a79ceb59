/** A row of the table of problems, which `problems.ts` puts together from one file a subject. */
export interface ProblemKind {
  /** HTTP status. */
  readonly status: number
  /** What is the matter, the same for every occurrence. */
  readonly title: string
  /** What the caller can do about it. */
  readonly remedy: string
}
