import { z } from 'zod'
import { foreignId, instant, instantAnswered, next, page } from './fields.ts'
import { actId, saleLines, visit } from './till-schemas.ts'

/** What a till did without a line. */

const signed = z.strictObject({
  text: z.string().min(2, 'must not be empty').max(20_000, 'has more than 20,000 characters'),
  signature: z
    .string()
    .regex(/^[A-Za-z0-9_-]{86}$/, 'must be an ECDSA signature of 64 bytes, as base64url')
    .meta({ description: 'Over the text as UTF-8: ECDSA with P-256 and SHA-256, r and s beside each other.' }),
})
export type Signed = z.output<typeof signed>

/** What a copy says, signed by the server: this till may honour this voucher without a line. */
export const copyOfVoucher = z.strictObject({
  program: z.string(),
  till: z.string(),
  member: z.string(),
  voucher: z.string(),
  reward: z.string(),
  worth: z.int().meta({ description: 'Minor units that count for what may be honoured without a line.' }),
  off: z.int().meta({ description: 'Minor units that it takes off; 0: something is handed over.' }),
  until: z.string(),
})
export type CopyOfVoucher = z.output<typeof copyOfVoucher>

/** What stands in the text of an entry. */
export const outboxEntry = z.strictObject({
  number: z.int().min(1, 'must be 1 or more').max(1_000_000_000, 'is beyond 1,000,000,000'),
  previous: z.string().regex(/^[0-9a-f]{64}$/, 'must be a SHA-256 in hex'),
  at: instant,
  /** The last time of the server that the device has seen: its own clock is bounded by that. */
  seen: instant,
  sale: actId,
  guest: z.union([z.strictObject({ card: visit }), z.strictObject({ phone: visit }), z.strictObject({ visit })]),
  lines: saleLines,
  copies: z.array(signed).max(10, 'has more than 10 vouchers'),
})
export type OutboxEntry = z.output<typeof outboxEntry>

export const entriesToTell = z.strictObject({
  entries: z
    .array(signed)
    .min(1, 'must name an entry')
    .max(50, 'has more than 50 entries')
    .meta({ description: 'In the order of their numbers; each is a sale that was made without a line.' }),
})
export const entriesTold = z.strictObject({
  entries: z.array(
    z.strictObject({
      number: z.int().meta({ description: '0: the text cannot be read.' }),
      outcome: z.enum(['recorded', 'nobody', 'not-recorded', 'refused']).meta({
        description:
          '`nobody`: no member has this card or number, and `not-recorded`: the program rejects it; staff are told of both. ' +
          '`refused`: it bears no signature of this device, or another entry has its number.',
      }),
    }),
  ),
  number: z.int().meta({ description: 'The highest that is known of this till; 0: none.' }),
})

const alarm = z.strictObject({
  id: z.string(),
  till: z.string(),
  kind: z.enum(['gap', 'chain', 'signature', 'clock', 'nobody', 'not-recorded', 'shortfall', 'beyond-limit']),
  firstNumber: z.int(),
  lastNumber: z.int(),
  amount: z.int().nullable().meta({ description: 'Minor units that it is about.' }),
  reason: z.string().nullable(),
  raisedAt: instantAnswered,
  settledAt: instantAnswered.nullable(),
  settledBy: z
    .string()
    .nullable()
    .meta({ description: '`laurel`: what was missing has come, or was within the limit.' }),
})
export type TillAlarm = z.output<typeof alarm>
export const alarmsQuery = z.strictObject(page(200, 50))
export const alarmPage = z.strictObject({ alarms: z.array(alarm), next })
export const alarmPath = z.strictObject({ alarm: foreignId })
export const alarmAnswer = alarm
