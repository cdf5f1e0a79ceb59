import type { z } from 'zod'

/** What is wrong with one field of a request. A problem lists them all, so that nobody mends a request field by field. */
export interface FieldError {
  /** JSON pointer (RFC 6901) into the body, or `query/name`, `path/name`, `header/name`; '' is the whole body. */
  readonly path: string
  readonly message: string
}

/** How messages begin that are not of our own wording. */
const wordsOfOthers = /^(?:Invalid|Too big|Too small|Unrecognized)\b/

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
    const nearest = wordsOfOthers.test(issue.message) ? variants[0] : undefined
    if (nearest && nearest.length > 0) return fieldErrorsOf(nearest, path, unknownKey)
  }
  if (issue.code === 'invalid_type' && 'input' in issue && issue.input === undefined)
    return [{ path, message: 'is missing' }]
  return [{ path, message: wordsOfOthers.test(issue.message) ? ownWordsFor(issue) : issue.message }]
}

type Others = Exclude<z.core.$ZodIssue, { code: 'unrecognized_keys' }>

/** Where a schema says nothing of its own: what must be there instead, without what was sent. */
function ownWordsFor(issue: Others): string {
  switch (issue.code) {
    case 'invalid_type':
      return wordsByKind[issue.expected] ?? 'is of another kind than it must be'
    case 'too_big':
      return `${limited(issue.origin)} at most ${issue.maximum}${unitOf(issue.origin)}`
    case 'too_small':
      return `${limited(issue.origin)} at least ${issue.minimum}${unitOf(issue.origin)}`
    case 'invalid_value':
      return `must be ${issue.values.length === 1 ? '' : 'one of '}${issue.values.join(', ')}`
    case 'invalid_union':
      return 'options' in issue && Array.isArray(issue.options)
        ? `must be one of ${issue.options.join(', ')}`
        : 'is none of what it may be'
    case 'invalid_format':
      return 'is not written as it must be'
    case 'not_multiple_of':
      return `must be a multiple of ${issue.divisor}`
    case 'invalid_key':
    case 'invalid_element':
      return 'has an entry that may not be there'
    case 'custom':
      return issue.message
  }
}

const wordsByKind: Readonly<Record<string, string>> = {
  string: 'must be a text',
  number: 'must be a number',
  int: 'must be a whole number',
  boolean: 'must be true or false',
  object: 'must be an object',
  record: 'must be an object',
  array: 'must be a list',
}

const limited = (origin: string) => (unitOf(origin) === '' ? 'must be' : 'must have')
const unitOf = (origin: string) => (origin === 'string' ? ' characters' : origin === 'array' ? ' entries' : '')

/** JSON pointer of what these keys lead to. */
export const pointerOf = (path: readonly PropertyKey[]) =>
  path.map((part) => `/${String(part).replaceAll('~', '~0').replaceAll('/', '~1')}`).join('')
