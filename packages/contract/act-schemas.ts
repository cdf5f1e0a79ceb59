import { z } from 'zod'
import { decision, refusal } from './event-answers.ts'
import {
  amount,
  currencyCode,
  day,
  foreignId,
  instantAnswered,
  memberId,
  next,
  positiveAmount,
  programWord,
  reason,
  sumAnswered,
} from './fields.ts'
import { exchangeRate, otherMoney } from './order-content.ts'

/** Acts of staff: each with a reason and an actor, recorded for ever, judged at the member's head (EVT-2). */

export const byStaff = {
  reason: reason.meta({ description: 'A reason code or the id of a note; no personal data, it is kept for ever.' }),
  actor: reason.optional().meta({ description: 'Opaque id of whoever acts; the key itself where nothing is said.' }),
}

export const adjustment = z.strictObject({
  asset: programWord,
  amount: z
    .int('must be a whole number of the smallest unit')
    .min(-1_000_000_000_000, 'is beyond 1,000,000,000,000 smallest units')
    .max(1_000_000_000_000, 'is beyond 1,000,000,000,000 smallest units')
    .refine((units) => units !== 0, 'must not be 0')
    .meta({
      description: 'Above zero gives, below takes.',
    }),
  ...byStaff,
})

/** As the language does: what ends later is meant never to end, and a day of five digits is none that a clock shows. */
const lastOfDays = '2200-12-31'
const dayToCome = day.refine((each) => each <= lastOfDays, `must not be after ${lastOfDays}`)

export const lotsToExtend = z.strictObject({
  asset: programWord,
  lastDay: day.meta({ description: 'Of the points that are to last longer; where none end then it is refused.' }),
  newLastDay: dayToCome.meta({ description: 'A later one.' }),
  ...byStaff,
})

export const lotsToReinstate = z.strictObject({
  asset: programWord,
  lastDay: day,
  amount: positiveAmount,
  newLastDay: dayToCome.meta({ description: 'Today or later: what is over already is refused.' }),
  ...byStaff,
})

export const tierToOverride = z
  .strictObject({
    level: programWord.nullable().meta({ description: 'Null ends the override.' }),
    endsOn: dayToCome
      .nullable()
      .default(null)
      .meta({ description: 'First day on which it no longer holds, tomorrow or later; null: until another act.' }),
    ...byStaff,
  })
  .refine(({ level, endsOn }) => level !== null || endsOn === null, {
    path: ['endsOn'],
    error: 'ends nothing: leave it out where the level is null, which ends the override at once',
  })

export const ladderPath = z.strictObject({ member: memberId, ladder: programWord })

export const actAnswer = z.strictObject({
  member: z.string(),
  granted: z.boolean(),
  refusal: refusal.nullable(),
  amount: z.int().nullable().meta({
    description:
      'How much was given, taken or made to last longer, smallest units; null where the act moves no amount.',
  }),
  repeated: z.boolean(),
  decision,
})
export type ActAnswer = z.output<typeof actAnswer>

// ---- overdue facts -------------------------------------------------------------------------------------------------------

const overdueFact = z.strictObject({
  source: z.string(),
  id: z.string(),
  member: z.string(),
  keptAt: instantAnswered.meta({ description: 'When it was sent.' }),
  event: z
    .looseObject({ type: z.string(), occurredAt: instantAnswered })
    .meta({ description: 'As it would be recorded, with all that it left to be filled in.' }),
})
export const overdueFacts = z.strictObject({
  facts: z.array(overdueFact),
  total: z.strictObject({ count: z.int() }),
  next,
})
export type OverdueFact = z.output<typeof overdueFact>

export const overdueFactAnswer = z.strictObject(byStaff)
export const overdueFactDismissed = z.strictObject({ source: z.string(), id: z.string() })

// ---- refunds that match no order ---------------------------------------------------------------------------------------

const queuedRefund = z.strictObject({
  source: z.string(),
  id: z.string(),
  member: z.string(),
  order: z.string().nullable(),
  amount: z.int().nullable().meta({ description: 'Null: it names items, and nobody knows what they cost.' }),
  currency: z.string().nullable().meta({ description: 'Null: that of its order, which nobody knows yet.' }),
  reason: z.string().meta({
    description: '`no-order-named`, `order-unknown`, `more-than-left`, `unknown-line` or `overdue`.',
  }),
  line: z
    .string()
    .nullable()
    .meta({ description: 'The first that its order does not have, where that is the reason.' }),
  queuedAt: instantAnswered,
})
export type QueuedRefund = z.output<typeof queuedRefund>
export const queuedRefunds = z.strictObject({
  refunds: z.array(queuedRefund),
  total: z.strictObject({
    count: z.int(),
    amounts: z
      .array(z.strictObject({ currency: z.string().nullable(), count: z.int(), amount: sumAnswered }))
      .meta({ description: 'Currency by currency: what is in several is never added up.' }),
  }),
  next,
})

/** An event in a queue. */
export const queuedPath = z.strictObject({ source: foreignId, id: foreignId })
export const refundToAccept = z.strictObject({
  order: z
    .strictObject({ source: foreignId, id: foreignId })
    .nullable()
    .default(null)
    .meta({
      description:
        'The order that it counts against; null: the one that it names, as far as that still holds anything. Where nobody ' +
        'knows that one, or it names none: what the amount would have earned is taken.',
    }),
  amount: amount.optional().meta({
    description:
      'The whole queued amount where nothing is said. An edit of an order counts whole, up or down: of one that takes something ' +
      'only its own amount may be said, and of one that takes nothing the amount is not looked at.',
  }),
  currency: currencyCode.optional().meta({
    description: 'Of the amount, where the queue does not know it and no order is named.',
  }),
  rate: exchangeRate.optional().meta({
    description: 'Of that currency, where it is not the program’s and no order is named.',
  }),
  other: otherMoney.optional().meta({
    description:
      'How much of the amount is shipping, tip or tax and touches no line; what the refund itself said where nothing is said, ' +
      'goods first.',
  }),
  ...byStaff,
})
export const refundToDismiss = z.strictObject(byStaff)
export const dismissed = z.strictObject({
  source: z.string(),
  id: z.string(),
  amount: z.int().nullable(),
  currency: z.string().nullable(),
})
