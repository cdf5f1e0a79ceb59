import { type FieldError, fieldErrorsMax, pointerOf } from './field-errors.ts'
import { Problem } from './problem.ts'

/** No request of ours nests deeper than ten levels; what does is an attack on whoever walks it. */
const depthMax = 64

/**
 * JSON of a request, as I-JSON has it (RFC 7493): no object says a key twice, since which of the two was meant nobody knows. Throws
 * a Problem for what is none or nests too deep.
 */
export function parseJson(text: string): unknown {
  const keys = countKeys(text)
  if (keys === null) throw new Problem('malformed-body', { detail: `It nests deeper than ${depthMax} levels.` })
  const parsed = parsedJson(text)
  // Of a key that is said twice one is left. Which, is looked for only where one is missing: to count is cheap, to remember is not.
  if (keysIn(parsed) !== keys) throw new Problem('invalid-request', { errors: doubledKeysIn(text) })
  if (manyDigits.test(text)) requireExactNumbers(text)
  return parsed
}

function parsedJson(text: string): unknown {
  // A document from a Windows tool may begin with a byte order mark, which JSON does not know.
  const json = text.charCodeAt(0) === 0xfeff ? text.slice(1) : text
  try {
    return JSON.parse(json)
  } catch (cause) {
    throw new Problem('malformed-body', { detail: `It is no JSON${placeOf(cause)}.`, cause })
  }
}

/** A double keeps fifteen digits as they are written; with more, 100.00000000000000001 would be taken for 100. */
const manyDigits = /(?:\d\.?){16}/

/** Throws a Problem that names every number which is kept as another one than is written. */
function requireExactNumbers(text: string): void {
  const rounded = Symbol('rounded')
  const marked: unknown = JSON.parse(text.replace('\ufeff', ''), (_, value: unknown, { source = '' }: Source = {}) =>
    typeof value === 'number' && digitsOf(String(value)) !== digitsOf(source) ? rounded : value,
  )
  const errors: FieldError[] = []
  const look = (value: unknown, path: readonly string[]): void => {
    if (value === rounded) errors.push({ path: pointerOf(path), message: 'has more digits than a number can keep' })
    else if (typeof value === 'object' && value !== null) {
      for (const [name, each] of Object.entries(value)) look(each, [...path, name])
    }
  }
  look(marked, [])
  if (errors.length > 0) throw new Problem('invalid-request', { errors: errors.slice(0, fieldErrorsMax) })
}

/** What JSON.parse tells of a value: the text that it was read from (ECMAScript 2026); none of an object. */
interface Source {
  readonly source?: string
}

/** The digits that count, without the zeros at either end: the same for 1e2, 100 and 100.0. */
const digitsOf = (number: string): string =>
  number
    .replace(/e.*/i, '')
    .replace(/[-.]/g, '')
    .replace(/^0+|0+$/g, '')

const quote = 0x22
const backslash = 0x5c
// [ and ] differ from { and } in one bit.
const openings = 0x5b
const closings = 0x5d
const bothKinds = 0xdf

const colon = 0x3a
const comma = 0x2c

/** How many keys a text of JSON says; null where it nests too deep. */
function countKeys(text: string): number | null {
  let depth = 0
  let keys = 0
  for (let index = 0; index < text.length; index++) {
    const character = text.charCodeAt(index)
    if (character === quote) index = endOfString(text, index)
    else if (character === colon) keys += 1
    else if ((character & bothKinds) === openings) {
      depth += 1
      if (depth > depthMax) return null
    } else if ((character & bothKinds) === closings) depth -= 1
  }
  return keys
}

/** How many keys are left of them. */
function keysIn(value: unknown): number {
  if (typeof value !== 'object' || value === null) return 0
  let keys = 0
  if (Array.isArray(value)) {
    for (const each of value) keys += keysIn(each)
    return keys
  }
  const fields = value as Readonly<Record<string, unknown>>
  for (const name in fields) keys += 1 + keysIn(fields[name])
  return keys
}

interface Level {
  /** Those seen so far; null in a list. */
  readonly keys: Set<string> | null
  at: string | number
  /** Between a key and the comma after its value. */
  awaitsValue: boolean
}

/** Each key that an object says again, in a text that is JSON. */
function doubledKeysIn(text: string): FieldError[] {
  const paths = new Set<string>()
  const levels: Level[] = []
  for (let index = 0; index < text.length; index++) {
    const character = text.charCodeAt(index)
    const level = levels.at(-1)
    if (character === quote) {
      const end = endOfString(text, index)
      if (level?.keys && !level.awaitsValue) {
        level.at = String(JSON.parse(text.slice(index, end + 1)))
        if (level.keys.has(level.at)) paths.add(pointerOf(levels.map(({ at }) => at)))
        level.keys.add(level.at)
      }
      index = end
    } else if (level !== undefined && (character === colon || character === comma)) {
      level.awaitsValue = character === colon
      if (typeof level.at === 'number') level.at += 1
    } else if ((character & bothKinds) === openings) {
      const isList = character === openings
      levels.push({ keys: isList ? null : new Set(), at: isList ? 0 : '', awaitsValue: false })
    } else if ((character & bothKinds) === closings) levels.pop()
  }
  return Array.from(paths, (path) => ({ path, message: 'is said more than once' })).slice(0, fieldErrorsMax)
}

function endOfString(text: string, start: number): number {
  let end = text.indexOf('"', start + 1)
  while (end !== -1 && isEscaped(text, end)) end = text.indexOf('"', end + 1)
  return end === -1 ? text.length : end
}

function isEscaped(text: string, quoteAt: number): boolean {
  let before = quoteAt
  while (text.charCodeAt(before - 1) === backslash) before -= 1
  return (quoteAt - before) % 2 === 1
}

/** Where it went wrong, without a word of what was sent: bodies hold personal data, and problems are logged. */
function placeOf(error: unknown): string {
  const position = error instanceof Error ? /at position (\d+)/.exec(error.message)?.[1] : undefined
  return position === undefined ? '' : ` from character ${position} on`
}
