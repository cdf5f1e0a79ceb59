import { z } from 'zod'
import { byStaff } from './act-schemas.ts'
import { refusal } from './event-answers.ts'
import { instantAnswered, localAnswered, next, page, zoneAnswered } from './fields.ts'

/** Who sent whom (RFL-1). Fingerprints are keyed hashes that the shop makes: what they were made of never comes here. */

const hash = z
  .string()
  .regex(/^[0-9a-f]{32,128}$/, 'must be a keyed hash: 32 to 128 lower-case hexadecimal digits')
  .meta({ examples: ['9f86d081884c7d659a2feaa0c55ad015'] })

export const fingerprints = z.strictObject({
  person: hash.optional(),
  device: hash.optional(),
  address: hash.optional(),
  payment: hash.optional(),
})
export type Fingerprints = z.output<typeof fingerprints>

const code = z
  .string()
  .regex(/^[A-Za-z0-9 -]{1,40}$/, 'must be letters, digits, spaces and hyphens, at most 40')
  .meta({ description: 'Case, spaces and hyphens do not matter.' })

export const referralCode = z.strictObject({ member: z.string(), code: z.string() })
export const codeToCount = z.strictObject({ code })
export const codeCounted = z.strictObject({ code: z.string(), clicks: z.int() })
export type ReferralCode = z.output<typeof referralCode>

export const referralToClaim = z.strictObject({
  code,
  fingerprints: fingerprints
    .default({})
    .meta({ description: 'Compared with those of the advocate and of other friends.' }),
})
export const referralClaimed = z.strictObject({
  member: z.string().meta({ description: 'The friend.' }),
  granted: z.boolean(),
  refusal: refusal.nullable(),
  repeated: z.boolean(),
})
export type ReferralClaimed = z.output<typeof referralClaimed>

const status = z.enum(['waiting', 'held', 'review', 'paid', 'reversed', 'rejected', 'over'])
const signals = z.array(z.enum(['same-person', 'same-device', 'same-address', 'same-payment', 'velocity']))

export const referral = z.strictObject({
  member: z.string(),
  zone: zoneAnswered,
  sentBy: z
    .strictObject({ advocate: z.string(), status, signals, since: localAnswered })
    .nullable()
    .meta({ description: 'Who sent this member; null: nobody.' }),
  friends: z
    .array(
      z.strictObject({
        friend: z.string(),
        outcome: z.enum(['paid', 'capped', 'away', 'reversed']),
        on: localAnswered,
      }),
    )
    .meta({ description: 'Whose referral qualified, for as long as that may be reversed.' }),
  clicks: z.int().meta({ description: 'On the links with the member’s code.' }),
})
export type ReferralAnswer = z.output<typeof referral>

export const fingerprintsTold = z.strictObject({
  member: z.string(),
  suspected: z.array(z.string()).meta({ description: 'Friends whose referral they speak against.' }),
})

export const referralsQuery = z.strictObject({ ...page(200, 50), status: status.default('review') })
export const referrals = z.strictObject({
  referrals: z.array(
    z.strictObject({ friend: z.string(), advocate: z.string(), status, signals, changedAt: instantAnswered }),
  ),
  next,
})
export type ReferralsAnswer = z.output<typeof referrals>

export const referralToReview = z.strictObject({ approved: z.boolean(), ...byStaff })
