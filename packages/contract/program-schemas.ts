import { z } from 'zod'
import { effects } from './event-answers.ts'
import { day, instantAnswered, next, zoneAnswered } from './fields.ts'

/** Programs: documents that are published as versions, never changed. */

export const finding = z.looseObject({})

export const version = z.strictObject({
  program: z.string(),
  version: z.int(),
  hash: z.string().meta({ description: 'SHA-256 of the canonical document.' }),
  inForceFrom: z.union([instantAnswered, z.literal('always')]),
  publishedAt: instantAnswered,
  author: z.string().nullable(),
  note: z.string().nullable(),
  approvedBy: z.string().nullable().meta({ description: 'Who consented as a second person; null: nobody was asked.' }),
  restores: z.int().nullable().meta({ description: 'The version whose document this is once more.' }),
  withdraws: z.int().nullable().meta({ description: 'The version that never begins because of this one.' }),
  pilot: z.int().nullable().meta({
    description: 'The version that began the pilot of which this one is a step; null: it is for all members.',
  }),
  share: z.int().nullable().meta({ description: 'Percent of members whom it is for; null where `pilot` is.' }),
  holdout: z
    .int()
    .nullable()
    .meta({ description: 'Percent of members who stay out of the pilot; null where `pilot` is.' }),
})
export type VersionAnswer = z.output<typeof version>

export const published = z.strictObject({
  ...version.shape,
  repeated: z
    .boolean()
    .meta({ description: 'True where the latest version is this very document; nothing was written.' }),
  findings: z
    .array(finding)
    .meta({ description: 'Warnings and notes: of the checker, and of what the versions before make of it.' }),
})

export const publishQuery = z.strictObject({
  note: z.string().min(1).max(500, 'has more than 500 characters').optional(),
})

export const versions = z.strictObject({ versions: z.array(version) })
export const versionPath = z.strictObject({
  version: z
    .string()
    .regex(/^[1-9]\d{0,8}$/, 'must be a whole number')
    .transform(Number),
})
/** Text that can be stored: PostgreSQL takes no zero byte, and UTF-8 no half of a pair. */
export const storable = (most: number) =>
  z
    .string()
    .max(most, `has more than ${most} characters`)
    .regex(/^[^\0\p{Cs}]*$/u, 'has characters that cannot be written')
const note = storable(500)
/** Restoring asks for the number of the latest version, so that sent twice it happens once, and never over something unseen. */
export const toRestore = z.strictObject({
  after: z.int().min(1).max(999_999_999).meta({ description: 'The latest version, as you know it.' }),
  note: note.default(''),
})
export const restored = z.strictObject({
  versions: z.array(version).meta({ description: 'What was published, oldest first.' }),
  neverBegin: z
    .array(z.int())
    .meta({ description: 'Versions that were to begin, and never will because of what was published.' }),
  repeated: z.boolean().meta({ description: 'True where this was done before; nothing was written.' }),
})
/** Days that any program can have seen, or can have set a version to. */
const dayOfHistory = day.refine((text) => text >= '1900-01-01' && text < '3000-01-01', 'must lie between 1900 and 2999')
export const historyQuery = z.strictObject({
  on: dayOfHistory.meta({ description: 'By the program’s clock.' }),
  known: dayOfHistory
    .optional()
    .meta({ description: 'As it was known at the end of this day; today where nothing is said.' }),
})
export const history = z.strictObject({
  zone: zoneAnswered,
  on: day,
  knownAt: instantAnswered,
  reigns: z
    .array(
      z.strictObject({
        version: z.int().nullable().meta({ description: 'Null: before the first start, when nothing is earned.' }),
        fromAt: instantAnswered,
        untilAt: instantAnswered,
      }),
    )
    .meta({ description: 'Which version judges what occurs on that day, in order of time, without a gap.' }),
})
export type HistoryAnswer = z.output<typeof history>

export const versionDocument = z.strictObject({ ...version.shape, document: z.string() })

const named = {
  id: z.string(),
  name: z.record(z.string(), z.string()).meta({ description: 'By language; empty: it has none.' }),
}
export const vocabulary = z.strictObject({
  program: z.string(),
  name: z.record(z.string(), z.string()),
  zone: zoneAnswered,
  currency: z.strictObject({
    code: z.string(),
    exponent: z.int().meta({ description: 'Decimals of its minor unit.' }),
  }),
  version: z.int().nullable().meta({ description: 'In force now for all; null before the first start.' }),
  sandbox: z.boolean(),
  assets: z.array(
    z.strictObject({
      ...named,
      kind: z.enum(['spendable', 'qualifying', 'money', 'stamps', 'tickets']),
      scale: z.int().meta({ description: 'Decimals: 1250 of scale 2 reads 12.50.' }),
      counted: z.record(z.string(), z.record(z.string(), z.string())).meta({
        description: 'By language and plural category, what so many of it are called where that is not the name.',
      }),
    }),
  ),
  ladders: z.array(
    z.strictObject({
      id: z.string(),
      measure: z.enum(['earned', 'spend', 'orders', 'visits', 'activities', 'referrals']).meta({
        description: 'What its sums count: of `spend` minor units, of `earned` units of `of`, else how many.',
      }),
      of: z.string().nullable().meta({ description: 'The asset or activity that is counted.' }),
      levels: z.array(z.strictObject({ ...named, reach: z.int() })),
    }),
  ),
  rewards: z.array(z.strictObject(named)),
  cards: z.array(z.strictObject(named)),
  challenges: z.array(z.strictObject(named)),
})
export type Vocabulary = z.output<typeof vocabulary>

// ---- what the ledger shows -----------------------------------------------------------------------------------------------

export const verification = z.strictObject({
  clean: z.boolean(),
  checked: z.strictObject({ members: z.int(), decisions: z.int(), transfers: z.int(), closings: z.int() }),
  disagreements: z
    .array(z.looseObject({ code: z.string(), member: z.string().nullable(), entry: z.string(), message: z.string() }))
    .meta({ description: 'The first disagreement of each member.' }),
  disagreementsLeftOut: z.int(),
})

/** What stands in a line is said in the ledger's specification. */
export const bookLine = z.looseObject({})

export const roots = z.strictObject({
  roots: z.array(z.strictObject({ day, root: z.string(), members: z.int(), closedAt: instantAnswered })),
  next,
})

export const feedDecision = z.strictObject({
  position: z.string(),
  member: z.string(),
  seq: z.int(),
  recordedAt: instantAnswered,
  event: z
    .strictObject({ source: z.string(), id: z.string(), occurredAt: instantAnswered })
    .nullable()
    .meta({ description: 'Null: time has passed, and what was due has happened.' }),
  effects,
  hash: z.string(),
})
export const feedPage = z.strictObject({
  zone: zoneAnswered.nullable().meta({ description: 'Null: no program is published yet.' }),
  decisions: z.array(feedDecision),
  roots: z
    .array(
      z.strictObject({
        position: z.string(),
        day,
        root: z.string(),
        members: z.int(),
        closedAt: instantAnswered,
      }),
    )
    .meta({ description: 'Roots of days that were closed between these decisions: evidence, once you have them.' }),
  next: z.string().meta({ description: 'Send it as `after` to read on; the same while nothing new was recorded.' }),
})
export const feedQuery = {
  after: z
    .string()
    .regex(/^\d{1,18}$/, 'is no position that the feed named')
    .optional()
    .meta({ description: 'The `next` of the answer before; from the beginning where nothing is said.' }),
}
