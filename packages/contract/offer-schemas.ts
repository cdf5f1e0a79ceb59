import { z } from 'zod'
import { instantAnswered, memberId, programWord } from './fields.ts'

/** Offers sent to many at once. */

/** What one body may hold; whoever has more sends several, or says by `sendTo` who is meant. */
const membersMax = 10_000

export const offerPath = z.strictObject({ offer: programWord })
export const sendingPath = z.strictObject({
  offer: programWord,
  sending: z.string().regex(/^[0-9a-f]{32}$/, 'is no id of a sending'),
})
export const toSend = z.strictObject({
  members: z
    .array(memberId)
    .min(1, 'names nobody')
    .max(membersMax, `has more than ${membersMax} members`)
    .nullable()
    .default(null)
    .meta({ description: 'Who gets it; null: whoever `sendTo` of the offer says.' }),
})

export const sending = z.strictObject({
  id: z.string(),
  offer: z.string(),
  status: z.enum(['running', 'done', 'cancelled']),
  startedAt: instantAnswered,
  endedAt: instantAnswered.nullable(),
  of: z.int().nullable().meta({ description: 'How many members were named; null: the offer’s own rule says who.' }),
  looked: z.int().meta({ description: 'Members that were looked at so far.' }),
  sent: z.int(),
  already: z.int().meta({ description: 'Who had got it before under the same key.' }),
  leftOut: z.int().meta({ description: 'Who is not meant, not known, or erased.' }),
})
export type SendingAnswer = z.output<typeof sending>
