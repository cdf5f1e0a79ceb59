import { isAccount } from './accounts.ts'
import { BOOKS_FORMAT, type BookRecord, type PublishedRoot } from './export.ts'
import { isSum } from './trial-balance.ts'

/** Says what is wrong with a value, or null. */
type Shape = (value: unknown) => string | null

/**
 * The border of `verifyBooks`: lines come from outside, and whoever tampers may write anything. Answers the record, or what is
 * wrong with it. Of the effects only those that the books count (`move`, `lot`) are looked into; the rest is hashed as it is.
 */
export function bookRecordOf(value: unknown): BookRecord | string {
  if (!isObject(value)) return 'a record is an object'
  const shape = typeof value['type'] === 'string' ? records.get(value['type']) : undefined
  if (shape === undefined) return 'a record has a known "type"'
  return shape(value) ?? (value as unknown as BookRecord)
}

/** A line of the file of published roots, parsed; else what is wrong with it. */
export const publishedRootOf = (value: unknown): PublishedRoot | string =>
  publishedRoot(value) ?? (value as PublishedRoot)

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

const say = (holds: boolean, expected: string): string | null => (holds ? null : `${expected} is expected`)

const anything: Shape = (value) => say(value !== undefined, 'a value')
const text: Shape = (value) => say(typeof value === 'string', 'text')
const whole: Shape = (value) => say(Number.isSafeInteger(value), 'a whole number')
const sum: Shape = (value) => say(isSum(value), 'a whole number, as text where it is beyond 2^53 - 1,')
const count: Shape = (value) => say(Number.isSafeInteger(value) && Number(value) >= 0, 'a whole number from 0')
const hash: Shape = (value) => say(typeof value === 'string' && /^[0-9a-f]{64}$/.test(value), 'a SHA-256 in hex')
const account: Shape = (value) => say(isAccount(value), 'an account')
const lotEnd: Shape = (value) =>
  say(
    value === 'never' || Number.isSafeInteger(value) || (typeof value === 'string' && /^idle--?\d+(@.+)?$/.test(value)),
    'a day, "never" or a stretch of inactivity',
  )

const literal =
  (expected: string): Shape =>
  (value) =>
    say(value === expected, `"${expected}"`)

const orNull =
  (shape: Shape): Shape =>
  (value) =>
    value === null ? null : shape(value)

const list =
  (shape: Shape): Shape =>
  (value) => {
    if (!Array.isArray(value)) return 'a list is expected'
    for (const [index, item] of value.entries()) {
      const wrong = shape(item)
      if (wrong !== null) return `[${index}]: ${wrong}`
    }
    return null
  }

/** Exactly these keys: an unknown one would be a field that no check covers. */
const object =
  (shapes: Readonly<Record<string, Shape>>): Shape =>
  (value) => {
    if (!isObject(value)) return 'an object is expected'
    for (const key of Object.keys(value)) if (!Object.hasOwn(shapes, key)) return `"${key}" is unknown`
    for (const [key, shape] of Object.entries(shapes)) {
      const wrong = shape(value[key])
      if (wrong !== null) return `"${key}": ${wrong}`
    }
    return null
  }

const line = { cause: text, rule: text, asset: text, from: account, to: account, amount: whole, effective: whole }

const effects = new Map<string, Shape>([
  ['move', object({ type: text, ...line, version: whole })],
  ['lot', object({ type: text, asset: text, priority: whole, lastDay: lotEnd, change: whole })],
])

const effect: Shape = (value) => {
  if (!isObject(value) || typeof value['type'] !== 'string') return 'an effect is expected'
  return effects.get(value['type'])?.(value) ?? null
}

const amounts = { pending: whole, active: whole, held: whole, debt: whole }

const publishedRoot = object({ program: text, day: text, cutAt: whole, root: hash, members: count })

const records = new Map<string, Shape>([
  [
    'header',
    object({
      type: text,
      format: literal(BOOKS_FORMAT),
      program: text,
      exportedAt: whole,
      closings: list(
        object({ day: text, cutAt: whole, root: hash, buckets: list(object({ bucket: count, root: hash })) }),
      ),
    }),
  ],
  ['member', object({ type: text, bucket: count, member: text })],
  [
    'decision',
    object({
      type: text,
      seq: count,
      event: orNull(object({ source: text, id: text, hash: text })),
      recordedAt: whole,
      engine: count,
      because: orNull(text),
      content: anything,
      effects: list(effect),
      hash,
    }),
  ],
  [
    'transfer',
    object({
      type: text,
      effectId: text,
      revision: count,
      ...line,
      version: whole,
      number: count,
      because: orNull(text),
      after: object(amounts),
    }),
  ],
  [
    'state',
    object({
      type: text,
      seq: count,
      hash,
      transferCount: count,
      balances: list(object({ asset: text, ...amounts })),
      lots: list(object({ asset: text, priority: whole, lastDay: lotEnd, amount: whole })),
    }),
  ],
  [
    'footer',
    object({
      type: text,
      members: count,
      decisions: count,
      transfers: count,
      totals: list(object({ asset: text, account, position: sum })),
    }),
  ],
])
