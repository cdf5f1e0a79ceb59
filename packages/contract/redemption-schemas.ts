import { z } from 'zod'
import { refusal } from './event-answers.ts'
import { foreignId, instantAnswered, memberId, positiveAmount, programWord } from './fields.ts'

/** Redemptions: reserve, confirm, cancel (RED-1). A program's refusal is an answer with status `refused`, not a problem. */

const durationPattern = /^PT(?=\d)(?:(\d{1,3})H)?(?:(\d{1,4})M)?(?:(\d{1,5})S)?$/
const lastsMsMax = 7 * 86_400_000 // A hold is for a checkout; whoever needs longer confirms and cancels.

const duration = z
  .string()
  .regex(durationPattern, 'must be a duration of hours, minutes and seconds, like PT15M')
  .transform((text, context): number => {
    const [, hours = '0', minutes = '0', seconds = '0'] = durationPattern.exec(text) ?? []
    const ms = (Number(hours) * 3600 + Number(minutes) * 60 + Number(seconds)) * 1000
    if (ms >= 1000 && ms <= lastsMsMax) return ms
    context.issues.push({ code: 'custom', input: text, message: 'must be between PT1S and PT168H' })
    return z.NEVER
  })

export const redemptionToReserve = z.strictObject({
  id: foreignId
    .refine((id) => !id.includes('/'), 'must not have a slash: vouchers that are awarded have ids with slashes')
    .optional()
    .meta({ description: 'Your own id of the redemption; made from the Idempotency-Key where nothing is said.' }),
  member: memberId,
  reward: programWord,
  points: positiveAmount
    .nullable()
    .default(null)
    .meta({ description: 'For a reward whose price the member chooses; of any other it is refused.' }),
  payable: positiveAmount.nullable().default(null).meta({
    description:
      'Minor units that are to be paid with the chosen points: more than that is refused, and so is a price that is not chosen.',
  }),
  session: programWord.nullable().default(null).meta({ description: 'Of an experience: which one.' }),
  wait: z.boolean().default(false).meta({
    description: 'Where every seat of the session is taken: wait in line for one. Waiting holds no points.',
  }),
  lasts: duration
    .optional()
    .meta({ description: 'How long the points are held; the program’s own time where nothing is said.' }),
  from: z.enum(['own', 'pool']).nullable().default(null).meta({
    description:
      'Whose points pay: the member’s own or their pool’s. Where nothing is said, their own if these suffice, else the pool’s.',
  }),
  confirm: z.boolean().default(false).meta({ description: 'Reserve and confirm in one step.' }),
})

export const redemption = z.strictObject({
  id: z.string(),
  member: z.string(),
  reward: z.string(),
  status: z.enum(['held', 'confirmed', 'cancelled', 'timed-out', 'refused']),
  asset: z.string().nullable(),
  amount: z.int(),
  until: instantAnswered.nullable().meta({ description: 'Until when the points are held.' }),
  returned: z.int().meta({ description: 'What refunds have given back since.' }),
  pool: z.string().nullable().meta({ description: 'The pool that pays; null: the member does.' }),
  refusal: refusal.nullable(),
  session: z.string().nullable().meta({ description: 'Of an experience: which one.' }),
  waiting: z.int().nullable().meta({ description: 'Its place in the line for a seat, from 1; null: it is in none.' }),
  keptUntil: instantAnswered.nullable().meta({
    description: 'A seat in the session is kept for the member until then: ask for it under a new id. Null: none is.',
  }),
})
export type Redemption = z.output<typeof redemption>

/** What a request about a redemption was answered: the first answer, however often it is asked again. */
export const redemptionAnswer = z.strictObject({
  id: z.string(),
  member: z.string(),
  granted: z.boolean(),
  asset: z.string().nullable(),
  amount: z.int(),
  refusal: refusal.nullable(),
  waiting: z.int().nullable().meta({
    description: 'Place in the line for a seat, from 1. When one is kept, ask for the session again under a new id.',
  }),
  waitingAs: z.string().nullable().meta({
    description:
      'Under which redemption the place is held. One place for each member: whoever asks for another is told `already-waiting`, and this is the one they have.',
  }),
  remedy: z.string().optional().meta({ description: 'What to ask instead, where another request does it.' }),
  repeated: z.boolean(),
})
export type RedemptionAnswer = z.output<typeof redemptionAnswer>

export const redemptionPath = z.strictObject({ redemption: foreignId })
