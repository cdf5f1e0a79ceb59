import { z } from 'zod'
import { currencyExponentOf } from './currencies.ts'
import { ownSource } from './own-ids.ts'

/** Fields that many requests have. Every limit is generous for real data and keeps one request's cost bounded. */

// Control characters and lone surrogates cannot be stored as text, and no id needs them.
const writable = /^[^\p{Cc}\p{Cs}]*$/u

const writableText = (lengthMax: number) =>
  z
    .string()
    .min(1, 'must not be empty')
    .max(lengthMax, `has more than ${lengthMax} characters`)
    .regex(writable, 'has characters that cannot be written')

const emailAddress = /^[^\s@]+@[^\s@]+\.[^\s@]+$/
const isEmailAddress = (text: string) => text.includes('@') && emailAddress.test(text)
/** What the books hold outlasts the erasure of a member (LED-9), so nothing personal may come into them. */
const staysInTheBooks = 'stays in the books when its member is erased'

/** An id that the sender chose. 200 characters hold every id of the field's big systems twice. */
export const foreignId = writableText(200)
  // An address that ends with either is read as another one, by every client and proxy.
  .refine((id) => id !== '.' && id !== '..', 'must not be "." or "..", which no address can hold')
  .refine((id) => !isEmailAddress(id), `must not be an e-mail address: an id ${staysInTheBooks}`)
/** No slash: an event is named `source/id`, and everything before the first slash is its source. */
export const source = z
  .string()
  .regex(/^[A-Za-z0-9][A-Za-z0-9._:-]{0,63}$/, 'must be up to 64 letters, digits, ".", "_", ":" or "-"')
  .refine((name) => name !== ownSource, `must not be "${ownSource}", which stands for Laurel itself`)
/** What is wrong with the name of a source; null: nothing. */
export const wrongInSource = (name: string): string | null => source.safeParse(name).error?.issues[0]?.message ?? null
/** How the ids begin under which the books have the wallets of pools (POOL-1). */
const wallets = 'pool:'
/** The business's own id of the member. Never a name: ids outlive an erasure (LED-9). */
export const memberId = foreignId.refine(
  (id) => !id.startsWith(wallets),
  `must not begin with "${wallets}": that is how the books name pools`,
)
/** Tag, category, channel, place, segment. */
export const label = writableText(100)
/** What the program itself names: kebab-case. */
export const programWord = z
  .string()
  .regex(/^[a-z0-9]+(-[a-z0-9]+)*$/, 'must be lower-case words joined by "-"')
  .max(100, 'has more than 100 characters')
/** A reason code or a note's id, or whose hand it was: kept with the ledger for ever. */
export const reason = writableText(200).refine(
  // People write sentences here.
  (text) => !text.split(/\s/).some((word) => isEmailAddress(word)),
  `must hold no e-mail address: it ${staysInTheBooks}; say a code, or the id of a note`,
)
/** What a fact of an activity may not be: it outlasts its member, too. */
export const namesNobody = (text: string): boolean => !isEmailAddress(text)

/**
 * Minor units of money, or the smallest units of an asset. A million million leaves room for what one order or one member comes
 * to; sums over members are exact however large they are, and text where a number would not be (LED-6).
 */
export const amount = z
  .int('must be a whole number of the smallest unit')
  .min(0, 'must be 0 or more')
  .max(1_000_000_000_000, 'is beyond 1,000,000,000,000 smallest units')
export const positiveAmount = amount.min(1, 'must be 1 or more')

/** A sum over members as it is answered: there is one way to write each. */
export const sumAnswered = z
  .union([z.int(), z.string().regex(/^-?[1-9]\d*$/)])
  .meta({ description: 'A whole number; its decimal digits as text where it is beyond 2^53 - 1.' })

const instantPattern =
  /^(\d{4})-(\d{2})-(\d{2})[Tt](\d{2}):(\d{2}):(\d{2})(\.\d{1,9})?([Zz]|[+-](?:[01]\d|2[0-3]):[0-5]\d)$/

const noInstant = 'must be a date and time with its offset, like 2026-03-14T09:26:53+01:00'

/** Nobody's orders are older, and a year of two digits is a mistake. */
const firstYear = 1900

/**
 * RFC 3339 with its offset. Arrives as the same instant in UTC with milliseconds: two spellings of one moment are one content.
 * Digits beyond the millisecond are cut: shops write micro- and nanoseconds as a matter of course, and what falls into one
 * millisecond has its order by TIME-3.
 */
export const instant = z
  .string(noInstant)
  .meta({
    format: 'date-time',
    description:
      'RFC 3339 with its offset, to the millisecond: finer digits are cut off, and facts of one millisecond are ordered by ' +
      'their kind, source and id.',
    examples: ['2026-03-14T09:26:53+01:00'],
  })
  .transform((text, context): string => {
    const found = instantPattern.exec(text)
    const ms = found === null ? Number.NaN : Date.parse(cutToMilliseconds(text, found[7] ?? ''))
    const isInstant = found !== null && !Number.isNaN(ms) && isRealDate(found)
    if (!isInstant || Number(found[1]) < firstYear) {
      const message = isInstant ? `must be of the year ${firstYear} or later` : noInstant
      context.issues.push({ code: 'custom', input: text, message })
      return z.NEVER
    }
    return new Date(ms).toISOString()
  })

const cutToMilliseconds = (text: string, fraction: string) =>
  fraction.length <= 4 ? text.toUpperCase() : text.replace(fraction, fraction.slice(0, 4)).toUpperCase()

/** `Date.parse` rolls 31 February over into March. */
function isRealDate(found: RegExpExecArray): boolean {
  const [year, month, day, hour] = [Number(found[1]), Number(found[2]), Number(found[3]), Number(found[4])]
  return hour < 24 && day >= 1 && day <= new Date(Date.UTC(year, month, 0)).getUTCDate()
}

/** An instant as it is answered: UTC with milliseconds. */
export const instantAnswered = z
  .string()
  .regex(/^\d{4,6}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/)
  .meta({ format: 'date-time', examples: ['2026-03-14T08:26:53.000Z'] })

/**
 * A reading of the program's wall clock: a promise about a calendar, which no change of zone rules moves (TIME-1). Without an
 * offset, so that nobody takes it for an instant; the answer names the zone.
 */
export const localAnswered = z
  .string()
  .regex(/^-?\d{4,6}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}$/)
  .meta({
    format: 'local-date-time',
    description: 'By the program’s clock, without an offset.',
    examples: ['2026-03-14T09:26:53.000'],
  })

export const zoneAnswered = z.string().meta({
  description: 'Of the program’s clock, by which local date-times and days are told.',
  examples: ['Europe/London'],
})

/** A day of a calendar, without a zone. */
export const day = z.iso.date('must be a date like 2026-03-14').meta({ examples: ['2026-03-14'] })

export const currencyCode = z
  .string()
  .refine((code) => currencyExponentOf(code) !== undefined, 'is no ISO 4217 currency code')

/** A list in which nothing is said twice. */
export const labels = (most: number) =>
  z
    .array(label)
    .max(most, `has more than ${most} entries`)
    .refine((list) => new Set(list).size === list.length, 'names something twice')
    .refine((list) => !list.some(isEmailAddress), `must name no e-mail address: it ${staysInTheBooks}`)

/** Nobody is older; a year of birth in this place is refused. */
const ageMax = 150

/** On what footing a member is (END-1); null: nothing is said of it. */
export const footing = {
  mark: z
    .enum(['staff', 'test', 'none'])
    .nullable()
    .default(null)
    .meta({ description: 'Of the firm, or no person at all; `none`: a customer after all.' }),
  ageAtLeast: z.int().min(0).max(ageMax, 'is no age').nullable().default(null).meta({
    description: 'The member is shown to be at least so many years old; 0 takes it back. Never a birth date.',
  }),
  terms: label.nullable().default(null).meta({ description: 'The version of the terms that the member has accepted.' }),
}

/** A number in a query, where everything arrives as text. */
const countInQuery = (most: number, fallback: number) =>
  z
    .string()
    .regex(/^\d{1,9}$/, 'must be a whole number')
    .default(String(fallback))
    .transform(Number)
    .pipe(z.int().min(1, 'must be 1 or more').max(most, `must be at most ${most}`))

/** Paged lists: `limit` entries after an opaque `cursor` that the page before named as `next`. */
export const page = (most: number, fallback: number) => ({
  limit: countInQuery(most, fallback).meta({ description: `At most ${most}; ${fallback} where nothing is said.` }),
  cursor: z
    .string()
    .regex(/^[A-Za-z0-9_-]{1,600}$/, 'is no cursor that an earlier page named')
    .optional()
    .meta({ description: 'The `next` of the page before.' }),
})

export const next = z.string().nullable().meta({ description: 'Cursor of the next page; null on the last.' })

/** A switch in a query: `true` or `false`. */
export const flag = z
  .enum(['true', 'false'], 'must be true or false')
  .default('false')
  .transform((text) => text === 'true')
