import type { Assumption } from '@laurel/engine'
import { z } from 'zod'
import { draftId } from './draft-schemas.ts'
import { day, instant, instantAnswered, next, page } from './fields.ts'
import { storable } from './program-schemas.ts'

/** What a backtest comes to: one document for the command, the server and the page. Amounts are smallest units, money is minor units. */

const count = z.int().min(0)
const month = z.string().regex(/^\d{4}-\d\d$/)
const priced = z.strictObject({
  amount: z.int(),
  minor: z.int().nullable().meta({ description: 'What it is worth; null: the program states no worth.' }),
})

const assetReport = z.strictObject({
  asset: z.string(),
  scale: count.meta({ description: 'Decimals in which amounts of the asset are written.' }),
  earned: priced.meta({ description: 'Less what was taken back.' }),
  spent: priced.meta({
    description: 'Redeemed, given to a charity or burned at a partner’s, less what was given back.',
  }),
  broken: priced.meta({ description: 'Lapsed or forfeited: breakage as far as it was seen.' }),
  outstanding: priced.meta({ description: 'What members could still spend, or will be able to.' }),
  debt: priced,
  membersInDebt: count,
})

const ruleReport = z.strictObject({
  rule: z.string(),
  asset: z.string(),
  months: z
    .array(z.strictObject({ month, given: priced, takenBack: priced }))
    .meta({ description: 'Months of the program’s zone in which the rule gave or took back.' }),
})

const aimReport = z.strictObject({
  name: z.string().meta({ examples: ['tier:standing/gold', 'challenge:summer/goal', 'reward:coffee'] }),
  of: z.string().meta({ description: 'What has to come so far.', examples: ['tier:standing', 'asset:points'] }),
  target: z.number(),
  reached: count.meta({ description: 'Members who ever came to it.' }),
  near: count.meta({ description: 'Members who did not, but came within a fifth of it.' }),
  isTooFar: z.boolean().meta({ description: 'Fewer came to it or near it than `fewPercent` of all members.' }),
})

const roomReport = z.strictObject({
  room: z.string(),
  whole: z.int(),
  asked: z.int().meta({ description: 'What would have been asked of it.' }),
  ranOutOn: day.nullable().meta({ description: 'The first day on which there would have been too little.' }),
})

const fares = {
  gained: count.meta({ description: 'Members who have more of use than under the first candidate.' }),
  lost: count,
  same: count,
  up: count.meta({ description: 'What those who gain have more, added up.' }),
  down: count,
}
const gap = z.strictObject({ member: z.string(), before: z.int(), after: z.int() })

/** As many biggest gaps as a person reads. */
const gapsMax = 10

const againstReport = z.strictObject({
  asset: z.string(),
  ...fares,
  segments: z.array(z.strictObject({ segment: z.string(), ...fares })),
  sizes: z
    .array(z.strictObject({ from: z.int(), to: z.int(), members: count }))
    .meta({ description: 'Members by the size of the difference; both ends are included.' }),
  mostGained: z.array(gap).max(gapsMax),
  mostLost: z.array(gap).max(gapsMax),
})

const candidateReport = z.strictObject({
  members: count,
  assets: z.array(assetReport),
  rules: z.array(ruleReport),
  silent: z.array(z.string()).meta({ description: 'Rules and multipliers that gave nothing to anybody.' }),
  tiers: z.array(z.strictObject({ ladder: z.string(), level: z.string(), members: count })),
  tierChanges: z.array(z.strictObject({ ladder: z.string(), month, up: count, down: count })),
  aims: z.array(aimReport),
  cuts: z
    .array(z.strictObject({ cap: z.string(), rule: z.string(), times: count, amount: z.int() }))
    .meta({ description: 'How often a cap or budget cut what a rule gave, and by how much.' }),
  rooms: z.array(roomReport),
  vouchers: z.array(z.strictObject({ reward: z.string(), status: z.string(), count })),
  refused: z.array(z.strictObject({ code: z.string(), times: count })),
  against: z
    .array(againstReport)
    .nullable()
    .meta({ description: 'Against the first candidate; null: it is the first.' }),
})

/** An assumption or a part of the report that the engine learns does not compile before it stands here. */
const assumptions = { 'as-asked': 'as-asked', none: 'none', 'at-once': 'at-once' } as const satisfies {
  [Each in Assumption]: Each
}

const reproduction = z.strictObject({
  transfers: count.meta({
    description: 'Transfers of the ledger, those of one cause, rule and moment taken together.',
  }),
  differing: count,
  differences: z
    .array(
      z.strictObject({
        member: z.string(),
        cause: z.string(),
        rule: z.string(),
        asset: z.string(),
        from: z.string(),
        to: z.string(),
        amount: z.int().meta({ description: 'What would have to be posted on top of the ledger.' }),
      }),
    )
    .meta({ description: 'The first of them.' }),
})
export type Reproduction = Plain<z.output<typeof reproduction>>

export const backtestReport = z.strictObject({
  events: count.meta({ description: 'Of the history, with those that were repeated or rejected.' }),
  repeated: count,
  rejected: count,
  rejections: z.array(z.string()).meta({ description: 'The first of them: which event, and why.' }),
  leftOut: count.optional().meta({
    description: 'Events after the end that was asked for, of which nothing is decided. Of a file alone.',
  }),
  refundsAlone: z
    .strictObject({ count, first: z.array(z.string()) })
    .optional()
    .meta({ description: 'Refunds whose order the history does not have, and the first of them. Of a file alone.' }),
  gaps: z.array(month).meta({ description: 'Months without an order between the first and the last that have one.' }),
  assumption: z.enum(assumptions).meta({
    description:
      'What members do with their points: ask for what they did ask for, nothing, or take the cheapest reward at once.',
  }),
  until: instantAnswered.meta({ description: 'Where every member stands in the end.' }),
  fewPercent: count.max(100),
  currency: z.strictObject({ code: z.string(), exponent: count }),
  reproduction: reproduction.nullable().meta({
    description:
      'Whether the program that ran, lived again, comes to the ledger as it stands; null: there is no ledger.',
  }),
  peakMegabytes: count.meta({ description: 'The most memory that the process held.' }),
  candidates: z
    .array(z.strictObject({ name: z.string(), program: z.string(), report: candidateReport }))
    .min(1)
    .max(5)
    .meta({ description: 'The first is what the others are compared with.' }),
})
export type BacktestReport = Plain<z.output<typeof backtestReport>>
export type CandidateReport = BacktestReport['candidates'][number]

/** As the engine gives it: nobody writes to a report. */
type Plain<T> = T extends readonly (infer Each)[]
  ? readonly Plain<Each>[]
  : T extends object
    ? { readonly [Key in keyof T]: Plain<T[Key]> }
    : T

// ---- of what a server has stored ----------------------------------------------------------------------------------------

/** As many drafts as a report tells apart beside what ran. */
const draftsMax = 4

export const backtestToStart = z.strictObject({
  drafts: z
    .array(
      z.union([
        z.strictObject({ draft: draftId }),
        z.strictObject({ name: storable(200).min(1), document: storable(500_000) }),
      ]),
    )
    .max(draftsMax, `has more than ${draftsMax} entries`)
    .default([])
    .meta({
      description:
        'Drafts by their id, or documents with a name for the report. Without one it is only seen whether what ran comes to the ledger as it stands.',
    }),
  assumption: z.enum(assumptions).default('as-asked'),
  until: instant.optional().meta({ description: 'Where every member stands in the end; now where nothing is said.' }),
  fewPercent: z.int().min(0).max(100).default(10),
})

export const backtestPath = z.strictObject({ backtest: z.string().regex(/^[0-9a-f]{32}$/, 'is no id of a backtest') })

export const backtest = z.strictObject({
  id: z.string(),
  status: z.enum(['running', 'done', 'cancelled', 'failed']),
  drafts: z.array(
    z.strictObject({
      name: z.string(),
      revision: z.int().nullable().meta({ description: 'Of the draft; null: it came as a document.' }),
    }),
  ),
  assumption: z.enum(assumptions),
  until: instantAnswered,
  versions: z.int().meta({ description: 'How many versions of the program are what ran.' }),
  parts: z.strictObject({ done: count, all: count }),
  startedAt: instantAnswered,
  startedBy: z.string(),
  endedAt: instantAnswered.nullable(),
  failure: z.string().nullable(),
})
export type BacktestAnswer = z.output<typeof backtest>

export const backtestsQuery = z.strictObject(page(100, 20))
export const backtests = z.strictObject({ backtests: z.array(backtest), next })

/** With two years of weekly orders some ten megabytes; it is read within a second or two. */
const sampleMax = 200

export const backtestSampleQuery = z.strictObject({
  members: z
    .string()
    .regex(/^[1-9]\d{0,2}$/, 'must be a whole number')
    .transform(Number)
    .refine((members) => members <= sampleMax, `must be at most ${sampleMax}`)
    .default(100)
    .meta({ description: 'How many at most.' }),
})
export const backtestSample = z.strictObject({
  orders: count,
  until: z.looseObject({ at: z.int() }).meta({ description: 'The moment in which every member stands in the end.' }),
  recordings: z
    .array(z.strictObject({ member: z.string(), events: z.array(z.looseObject({})), told: z.looseObject({}) }))
    .meta({
      description: 'What the engine calls a recording: events with stamps and answers, and what they were told beside.',
    }),
})

/** The JSON Schema of the report, for whoever reads it elsewhere. */
export const backtestReportSchema = () => ({
  ...z.toJSONSchema(backtestReport),
  title: 'What a backtest comes to',
})
