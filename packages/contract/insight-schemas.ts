import { z } from 'zod'
import { day, instantAnswered, next, page, programWord } from './fields.ts'

/** What the records tell: reports that a run has made of the tallies, and what is expected of each member. */

/** What can be asked for, in the order in which a shop would ask. */
export const reportNames = [
  'home',
  'retention',
  'rfm',
  'lifetime-value',
  'experiments',
  'profit-and-loss',
  'liability',
  'breakage',
] as const
export type ReportName = (typeof reportNames)[number]

const count = z.int().min(0)

/** How a number is meant. `minor`: minor units of the currency; `points`: smallest units of an asset; `share`: 0 to 1. */
const unit = z.enum(['members', 'orders', 'days', 'points', 'minor', 'share', 'number'])

const untold = z.strictObject({
  reason: z
    .string()
    .meta({ description: 'Why it cannot be told: a code that does not change.', examples: ['few-came-back'] }),
  sentence: z.string().meta({ description: 'The same for whoever runs the shop, in English.' }),
})

const figure = z.strictObject({
  id: z.string(),
  label: z.string(),
  unit,
  definition: z.string(),
  value: z
    .number()
    .nullable()
    .meta({ description: 'Null: there is nothing that it could be of, or `untold` says why.' }),
  low: z.number().nullable().meta({
    description: 'Where the truth lies between `low` and `high` in 95 of 100 such cases; null: it is counted.',
  }),
  high: z.number().nullable(),
  trend: z.array(z.strictObject({ from: day, until: day, value: z.number().nullable() })).meta({
    description: 'The same in the periods before, oldest first; the last is the one of the figure. Empty: it has none.',
  }),
  untold: untold.nullable(),
})

const cell = z.union([z.string(), z.number(), z.null()])

const table = z.strictObject({
  id: z.string(),
  label: z.string(),
  columns: z.array(
    z.strictObject({ id: z.string(), label: z.string(), unit: unit.nullable().meta({ description: 'Null: text.' }) }),
  ),
  rows: z
    .array(z.array(cell))
    .meta({ description: 'A cell for each column; null: there is nothing that it could be of.' }),
  untold: untold
    .nullable()
    .meta({ description: 'Why there is no row; null: there are, or there is nothing to be listed.' }),
})

export const report = z.strictObject({
  report: z.enum(reportNames),
  question: z.string().meta({ description: 'What it answers: the title of its page.' }),
  definition: z.string().meta({ description: 'How it is counted, and what is not in it.' }),
  reading: z.string().nullable().meta({ description: 'The answer in a sentence; null: the figures say it.' }),
  asOf: day.nullable().meta({ description: 'The last day that was looked at; null: nothing was ever counted.' }),
  madeAt: instantAnswered.nullable(),
  currency: z.string().meta({ description: 'Of what is in minor units.' }),
  exponent: count.meta({ description: 'Decimals of the currency.' }),
  figures: z.array(figure),
  tables: z.array(table),
})
export type ReportAnswer = z.output<typeof report>
export type ReportFigure = z.output<typeof figure>
export type ReportTable = z.output<typeof table>
export type ReportUnit = z.output<typeof unit>

export const reportPath = z.strictObject({ report: z.enum(reportNames) })

export const reportQuery = z.strictObject({
  margin: z
    .string()
    .regex(/^(0(\.\d{1,6})?|1(\.0{1,6})?)$/, 'must be a share from 0 to 1, as 0.4')
    .transform(Number)
    .optional()
    .meta({
      description:
        'The share of what is spent that remains to the shop, as 0.4. For `profit-and-loss`; else it changes nothing.',
    }),
  table: programWord.optional().meta({
    description: 'Which table is answered as CSV, by its id; the first where nothing is said. JSON has all of them.',
  }),
})

// ---- runs ----------------------------------------------------------------------------------------------------------------

export const runToStart = z.strictObject({
  until: day
    .optional()
    .meta({ description: 'The last day to look at, in the program’s zone; today where nothing is said.' }),
})

export const insightRunPath = z.strictObject({ run: z.string().regex(/^[0-9a-f]{32}$/, 'is no id of a run') })

export const insightRun = z.strictObject({
  id: z.string(),
  status: z.enum(['running', 'done', 'cancelled', 'failed']),
  asOf: day,
  parts: z.strictObject({
    done: count,
    all: count.meta({ description: '0: decisions are still being counted, or how members buy is being fitted.' }),
  }),
  startedAt: instantAnswered,
  startedBy: z.string(),
  endedAt: instantAnswered.nullable(),
  failure: z.string().nullable(),
})
export type InsightRunAnswer = z.output<typeof insightRun>

export const reports = z.strictObject({
  asOf: day.nullable(),
  madeAt: instantAnswered.nullable(),
  run: insightRun.nullable().meta({
    description: 'The one that is under way, or else the latest that has ended; null: there was none yet.',
  }),
  reports: z.array(z.strictObject({ report: z.enum(reportNames), question: z.string(), definition: z.string() })),
})

// ---- members -------------------------------------------------------------------------------------------------------------

const score = z.union([z.literal(1), z.literal(2), z.literal(3), z.literal(4), z.literal(5)]).nullable()

export const scoresQuery = z.strictObject({
  segment: programWord.optional().meta({ description: 'Only members of this segment.', examples: ['must-not-lose'] }),
  ...page(1000, 100),
})

export const memberScores = z.strictObject({
  members: z.array(
    z.strictObject({
      member: z.string(),
      asOf: day,
      alive: z
        .number()
        .nullable()
        .meta({ description: 'The chance that the member is still there, 0 to 1; null: it cannot be told.' }),
      next90: z.number().nullable().meta({ description: 'Expected days with a purchase among the next 90.' }),
      next365: z.number().nullable(),
      lifetimeValue: z
        .int()
        .nullable()
        .meta({ description: 'Minor units expected to be spent within three years, as they are worth today.' }),
      recency: score.meta({ description: '1 to 5, five being the best fifth of those who bought.' }),
      frequency: score,
      monetary: score,
      segment: z.string().nullable(),
      engagement: z
        .number()
        .meta({ description: 'What the member did, each day half as much for every 30 days since.' }),
    }),
  ),
  next,
})
export type MemberScoresAnswer = z.output<typeof memberScores>
