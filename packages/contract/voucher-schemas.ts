import { z } from 'zod'
import { actAnswer, byStaff } from './act-schemas.ts'
import { refusal } from './event-answers.ts'
import {
  day,
  foreignId,
  instantAnswered,
  localAnswered,
  memberId,
  next,
  positiveAmount,
  programWord,
  zoneAnswered,
} from './fields.ts'
import { orderContent } from './order-content.ts'

/** Vouchers: rewards in a member's hand. A program's refusal is an answer, not a problem. */

const status = z.enum(['open', 'used', 'returned', 'given', 'expired', 'revoked'])

export const voucher = z.strictObject({
  id: z.string(),
  reward: z.string(),
  kind: z.string().meta({ description: 'Of the reward: money-off, gift-card …' }),
  status,
  from: z.enum(['redemption', 'award']),
  issued: localAnswered,
  lastDay: day.nullable().meta({ description: 'Last day on which it can be used; null: it never lapses.' }),
  left: z.int().nullable().meta({ description: 'Minor units that a gift card still holds.' }),
  uses: z.array(
    z.strictObject({
      id: z.string().meta({ description: 'Names the use, for whoever restores it.' }),
      order: z.string().nullable().meta({ description: '`source/order id`.' }),
      amount: z.int(),
      returned: z.int().meta({ description: 'What refunds have put back since.' }),
    }),
  ),
  lastFour: z.string().nullable().meta({ description: 'Of its code, once that was revealed.' }),
})
export type VoucherAnswer = z.output<typeof voucher>

export const voucherPage = z.strictObject({
  member: z.string(),
  zone: zoneAnswered,
  vouchers: z.array(voucher),
  next,
})
export const vouchersQuery = {
  status: z.enum(['open', 'all']).default('open').meta({ description: 'The open ones where nothing is said.' }),
}

export const voucherPath = z.strictObject({ member: memberId, voucher: foreignId })

// ---- codes ---------------------------------------------------------------------------------------------------------------

/** As a person types it: case, spaces and hyphens do not matter. */
const code = z
  .string()
  .min(4, 'has fewer than 4 characters')
  .max(100, 'has more than 100 characters')
  .regex(/^[\x21-\x7e ]+$/, 'must be letters, digits and signs of ASCII')

export const revealed = z.strictObject({ member: z.string(), voucher: z.string(), code: z.string() })

export const codeToLookUp = z.strictObject({ code })
export const lookedUp = z.strictObject({ member: z.string(), voucher })

// One request's body is bounded; a longer list comes in several.
const codesMax = 10_000

export const codesToUpload = z.strictObject({
  codes: z.array(code).min(1, 'must name a code').max(codesMax, `has more than ${codesMax} codes`),
})
export const codesUploaded = z.strictObject({
  reward: z.string(),
  added: z.int(),
  known: z.int().meta({ description: 'That were there before; sending a list twice adds nothing.' }),
})
export const codesCount = z.strictObject({
  reward: z.string(),
  free: z.int().meta({ description: 'Uploaded, and not given out yet.' }),
  revealed: z.int(),
  left: z
    .int()
    .meta({ description: 'How many vouchers more can be issued: what is free, less what is promised already.' }),
})
export const rewardPath = z.strictObject({ reward: programWord })

// ---- what is asked about one ---------------------------------------------------------------------------------------------

export const voucherToUse = z
  .strictObject({
    code: code.optional().meta({ description: 'Instead of member and voucher.' }),
    member: memberId.optional(),
    voucher: foreignId.optional(),
    order: z
      .strictObject({ source: foreignId, id: foreignId })
      .nullable()
      .default(null)
      .meta({ description: 'The order it is used for, by who knows it and the id there; null: without one.' }),
    basket: orderContent
      .nullable()
      .default(null)
      .meta({ description: 'The order as it would be paid: needed where the reward asks something of it.' }),
    amount: positiveAmount
      .nullable()
      .default(null)
      .meta({ description: 'Minor units that a gift card pays; all it holds, or the whole basket, where not said.' }),
  })
  .refine((use) => (use.code === undefined) === (use.member !== undefined && use.voucher !== undefined), {
    message: 'must say a code, or member and voucher',
    path: ['code'],
  })

export const useToRestore = z.strictObject({
  use: foreignId.meta({ description: 'The `id` of the use that came to nothing.' }),
})
export const voucherToRevoke = z.strictObject({
  ...byStaff,
  priceBack: z.boolean().default(false).meta({
    description:
      'Whether what was paid for it goes back, too, whatever the policy says to the member: of an unused one, a booked seat for instance. The answer’s `amount` is what went back.',
  }),
})

export const voucherRequestAnswer = z.strictObject({
  member: z.string(),
  voucher: z.string(),
  granted: z.boolean(),
  amount: z.int().meta({
    description:
      'Minor units that it took off or paid, or that the charity gets; of a return the points that are back.',
  }),
  use: z.string().nullable().meta({ description: 'Of a use: its id.' }),
  refusal: refusal.nullable(),
  repeated: z.boolean(),
})
export type VoucherRequestAnswer = z.output<typeof voucherRequestAnswer>
export const voucherRevoked = actAnswer

// ---- entitlements --------------------------------------------------------------------------------------------------------

const because = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('level'), ladder: z.string(), level: z.string() }),
  z.strictObject({ type: z.literal('membership'), plan: z.string() }),
  z.strictObject({ type: z.literal('audience') }),
  z.strictObject({ type: z.enum(['not-for-member', 'not-now', 'left', 'frozen', 'closed']) }),
  z.strictObject({ type: z.literal('below-least'), missing: z.int() }),
  z.strictObject({ type: z.literal('not-open'), from: localAnswered }),
])

const entitlement = z.strictObject({
  benefit: z.string(),
  kind: z.string(),
  name: z.record(z.string(), z.string()),
  entitled: z.boolean(),
  because,
  until: localAnswered.nullable().meta({
    description:
      'First moment by the program’s clock at which it is over if nothing else happens; null: nothing ends it.',
  }),
  least: z.int().nullable().meta({ description: 'Minor units that an order must reach.' }),
})
export const entitlements = z.strictObject({
  member: z.string(),
  at: instantAnswered,
  zone: zoneAnswered,
  entitlements: z.array(entitlement),
})
export type Entitlements = z.output<typeof entitlements>
