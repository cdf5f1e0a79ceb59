import type { z } from 'zod'

/** What is wrong with one field of a request. A problem lists them all, so that nobody mends a request field by field. */
export interface FieldError {
  /** JSON pointer (RFC 6901) into the body, or `query/name`, `path/name`, `header/name`; '' is the whole body. */
  readonly path: string
  readonly message: string
}

/** How messages begin that are not of our own wording. */
const wordsOfOthers = 'Invalid input'

/** No answer lists more: a body of 500 wrong lines is not worth a megabyte of explanation. */
export const fieldErrorsMax = 50

/** `unknownKey` is what is said of a key that the schema does not know. */
export function fieldErrorsOf(
  issues: readonly z.core.$ZodIssue[],
  prefix = '',
  unknownKey = 'is no known field',
): FieldError[] {
  return issues.flatMap((issue) => fieldErrorsOfIssue(issue, prefix, unknownKey)).slice(0, fieldErrorsMax)
}

function fieldErrorsOfIssue(issue: z.core.$ZodIssue, prefix: string, unknownKey: string): FieldError[] {
  const path = prefix + pointerOf(issue.path)
  if (issue.code === 'unrecognized_keys') {
    return issue.keys.map((key) => ({ path: `${path}${pointerOf([key])}`, message: unknownKey }))
  }
  if (issue.code === 'invalid_union') {
    // The variant that failed least is the one that was meant.
    const variants = issue.errors.toSorted((a, b) => a.length - b.length)
    const nearest = issue.message === wordsOfOthers ? variants[0] : undefined
    if (nearest && nearest.length > 0) return fieldErrorsOf(nearest, path, unknownKey)
  }
  if (issue.code === 'invalid_type' && 'input' in issue && issue.input === undefined)
    return [{ path, message: 'is missing' }]
  if (issue.code === 'invalid_type' && issue.expected === 'int' && issue.message.startsWith(wordsOfOthers))
    return [{ path, message: 'must be a whole number' }]
  return [{ path, message: issue.message }]
}

/** JSON pointer of what these keys lead to. */
export const pointerOf = (path: readonly PropertyKey[]) =>
  path.map((part) => `/${String(part).replaceAll('~', '~0').replaceAll('/', '~1')}`).join('')
