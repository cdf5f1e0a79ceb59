import { z } from 'zod'
import { foreignId, instant, instantAnswered, memberId } from './fields.ts'
import { assetBalances } from './member-schemas.ts'
import { orderContent } from './order-content.ts'
import { rejectionCode } from './rejections.ts'

/** What the program says about an event: the answer to a recorded one, and to a preview. */

const assetAmount = { asset: z.string(), amount: z.int() }

export const refusal = z.strictObject({
  code: z.string().meta({ description: 'Stable.' }),
  shortBy: z.int().nullable().default(null).meta({ description: 'What is missing, for `short`.' }),
})

const noteType = z.enum([
  'undeclared-place',
  'unknown-redemption',
  'cancelled-redemption',
  'redemption-returned',
  'redemption-pays-another-order',
  'worth-differs',
])
export type NoteType = z.output<typeof noteType>

const notes = z.array(z.strictObject({ type: noteType, about: z.string(), remedy: z.string() })).meta({
  description: 'What was probably meant otherwise, as a place that the program does not declare, and what to do.',
})

/** What was decided, the same bytes however often it is asked for. Lists that are empty are left out. */
export const decision = z.strictObject({
  member: z.string(),
  source: z.string(),
  id: z.string(),
  type: z.string(),
  decision: z.int().meta({ description: 'Number of the decision in the member’s chain.' }),
  at: instantAnswered.meta({ description: 'When it counts.' }),
  version: z.int().nullable().meta({ description: 'Version that judged; null before the program’s first start.' }),
  refusal: refusal.optional().meta({
    description: 'Why the program says no: to a request, or to a fact that it cannot take, such as a second trial.',
  }),
  amount: z.int().optional().meta({
    description: 'How much a request or an act of staff was granted, smallest units; it may be less than asked.',
  }),
  late: z
    .literal(true)
    .optional()
    .meta({ description: 'It came late: the member’s facts were judged again in order.' }),
  waits: z.literal(true).optional().meta({ description: 'It came before its order, and waits for it.' }),
  earned: z.array(z.strictObject({ rule: z.string(), ...assetAmount })).optional(),
  forfeited: z
    .array(z.strictObject(assetAmount))
    .optional()
    .meta({ description: 'What went to nobody, because the member has left or the program has ended.' }),
  remarks: z.array(z.looseObject({ type: z.string() })).optional(),
  notes: notes.optional(),
  tiers: z
    .array(z.strictObject({ ladder: z.string(), from: z.string().nullable(), to: z.string(), reason: z.string() }))
    .optional(),
  vouchers: z
    .array(z.strictObject({ id: z.string(), reward: z.string(), status: z.string(), left: z.int().nullable() }))
    .optional()
    .meta({ description: 'Issued or changed by it, as they stand now. Codes are revealed apart.' }),
  badges: z.array(z.string()).optional(),
  balances: assetBalances,
})

const identity = { source: z.string(), id: z.string() }

/** One event of many is answered on its own, by its status. Only `recorded` writes. */
const eventAnswer = z.discriminatedUnion('status', [
  z.strictObject({ status: z.literal('recorded'), decision }),
  z
    .strictObject({ status: z.literal('repeated'), decision })
    .meta({ description: 'Recorded before with equal content: the first answer, byte for byte.' }),
  z.strictObject({ status: z.literal('rejected'), ...identity, code: rejectionCode, detail: z.string() }).meta({
    description: 'Not accepted, for the reason with this stable code. What is `overdue` is kept for a person.',
  }),
  z
    .strictObject({
      status: z.literal('conflict'),
      ...identity,
      code: z.enum(['other-content', 'other-member']),
      sentHash: z.string(),
      storedHash: z.string().meta({
        description: 'Hashes are of contents without their member: of `other-member` both may be equal.',
      }),
    })
    .meta({
      description:
        'The identity stands for something else: for other content of this member, or for another member. Of events of ' +
        'different members the order within an array or a stream does not decide which is recorded.',
    }),
  z.strictObject({
    status: z.literal('invalid'),
    line: z.int().optional().meta({ description: 'Which line of a stream, from 1 on, empty ones counted.' }),
    errors: z.array(z.strictObject({ path: z.string(), message: z.string() })),
  }),
  z
    .strictObject({ status: z.literal('failed'), ...identity, code: z.string() })
    .meta({ description: 'Not served, for the problem with this code; send it again.' }),
])
export type EventAnswer = z.output<typeof eventAnswer>

/** A single event is answered by itself, a list by a list in its order. */
export const eventAnswers = z.union([eventAnswer, z.array(eventAnswer)])

export const cart = z.strictObject({
  member: memberId,
  at: instant.optional().meta({ description: 'As if at this instant; now where nothing is said.' }),
  order: orderContent,
  vouchers: z
    .array(foreignId)
    .max(100, 'has more than 100 vouchers')
    .nullable()
    .default(null)
    .meta({ description: 'Vouchers that the member has picked; all that are open where nothing is said.' }),
})

const off = {
  perLine: z.array(z.int()).meta({ description: 'Minor units off each line.' }),
  shipping: z.int().meta({ description: 'Minor units off the shipping.' }),
}
const checkout = z.strictObject({
  benefits: z.array(z.strictObject({ benefit: z.string(), ...off })),
  vouchers: z.array(z.strictObject({ voucher: z.string(), reward: z.string(), ...off })),
  lost: z
    .array(
      z.union([
        z.strictObject({ voucher: z.string(), reward: z.string(), refusal }),
        z.strictObject({ benefit: z.string(), refusal }),
      ]),
    )
    .meta({ description: 'What does not go with this order, and why.' }),
  giftCards: z.array(z.strictObject({ voucher: z.string(), reward: z.string(), pays: z.int() })),
  points: z
    .array(
      z.strictObject({
        reward: z.string(),
        asset: z.string(),
        least: z.int(),
        most: z.int(),
        step: z.int(),
        worth: z.int().meta({ description: 'Minor units that `most` pays.' }),
      }),
    )
    .meta({ description: 'What points could pay of the rest.' }),
  payable: z.int().meta({ description: 'Minor units left to pay with money, before points.' }),
})

export const effects = z.array(z.looseObject({ type: z.string() })).meta({
  description:
    'Everything that changes: movements of the ledger, lots, tiers, records. A `move` is a line of the ledger, and its ' +
    '`effective` a local date-time; all else is the state as the engine keeps it, where `…At` is an instant in epoch ' +
    'milliseconds, other times are readings of the program’s clock counted as if its zone were UTC, and days are counted ' +
    'from 1970-01-01.',
})

/** Why a rule gave or did not (EVT-7). */
const reasons = z
  .array(
    z.strictObject({
      rule: z.string(),
      outcome: z.string().meta({ description: '`gave`, `multiplied`, or why not.' }),
      because: z.string().nullable().meta({ description: 'The condition, cap or group that decided.' }),
      asset: z.string().nullable().meta({ description: 'Of the amount; null for what is no amount.' }),
      amount: z.int(),
      exact: z.string().nullable().meta({ description: 'Before rounding, as a fraction.' }),
      perLine: z.array(z.int()).nullable(),
    }),
  )
  .meta({
    description:
      'What each rule gave, or why it gave nothing; of what changes an order, what each is due as it stands then.',
  })

export const preview = z.strictObject({
  member: z.string(),
  at: instantAnswered,
  version: z.int().nullable(),
  earned: z.array(z.strictObject({ rule: z.string(), ...assetAmount })),
  remarks: z.array(z.looseObject({ type: z.string() })),
  notes,
  balances: assetBalances.meta({ description: 'As they would stand: of every asset that the version declares.' }),
  effects,
  rules: reasons,
  checkout: checkout
    .nullable()
    .meta({ description: 'Benefits and vouchers that apply; null before the program’s first start.' }),
})

export const explanation = z.strictObject({
  member: z.string(),
  event: z.looseObject({ type: z.string(), source: z.string(), id: z.string() }),
  decision: z.int(),
  recordedAt: instantAnswered,
  engine: z.int().meta({ description: 'Semantic revision of the engine that decided.' }),
  hash: z.string(),
  answer: decision,
  effects,
  rules: reasons,
  now: z
    .strictObject({ effects, rules: reasons })
    .nullable()
    .meta({ description: 'How it reads with everything that came since, where that is otherwise.' }),
})
