import { z } from 'zod'
import { refusal } from './event-answers.ts'
import { memberId, positiveAmount, programWord } from './fields.ts'

/** What members give to each other (GIFT-1). A program's refusal is an answer, not a problem. */

export const giftToGive = z.strictObject({
  to: memberId.meta({ description: 'Who gets it.' }),
  asset: programWord,
  amount: positiveAmount.meta({ description: 'Smallest units of the asset.' }),
})

export const giftAnswer = z.strictObject({
  member: z.string().meta({ description: 'Who gives.' }),
  to: z.string(),
  asset: z.string(),
  amount: z.int(),
  granted: z.boolean().meta({ description: 'It has left the giver, and is delivered within a second or so.' }),
  refusal: refusal.nullable(),
  repeated: z.boolean(),
})
export type GiftAnswer = z.output<typeof giftAnswer>
