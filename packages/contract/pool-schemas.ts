import { z } from 'zod'
import { refusal } from './event-answers.ts'
import { day, foreignId, localAnswered, memberId, programWord, zoneAnswered } from './fields.ts'

/** Pools: a purse that several members fill (POOL-1). A program's refusal is an answer, not a problem. */

export const poolToFound = z.strictObject({
  id: foreignId
    .optional()
    .meta({ description: 'Your own id of the pool; made from the Idempotency-Key where nothing is said.' }),
  plan: programWord.meta({ description: 'Under `pools` of the program.' }),
  founder: memberId.meta({ description: 'Is in it from the start.' }),
})

export const poolToJoin = z.strictObject({ member: memberId.meta({ description: 'Who comes in.' }) })

export const poolAnswer = z.strictObject({
  pool: z.string(),
  member: z.string().nullable().meta({ description: 'Whom it is about; null: the pool as a whole.' }),
  granted: z.boolean(),
  refusal: refusal.nullable(),
  repeated: z.boolean(),
})
export type PoolAnswer = z.output<typeof poolAnswer>

export const pool = z.strictObject({
  id: z.string(),
  plan: z.string(),
  asset: z.string(),
  zone: zoneAnswered,
  active: z.int().meta({ description: 'Smallest units that can be spent.' }),
  lots: z
    .array(z.strictObject({ amount: z.int(), lapsesAfter: day.nullable() }))
    .meta({ description: 'In the order in which they are spent; null: they do not lapse by themselves.' }),
  founder: z.string().nullable().meta({ description: 'Who has been in it longest; null: nobody is.' }),
  closed: localAnswered.nullable(),
  people: z
    .array(
      z.strictObject({
        member: z.string(),
        since: localAnswered,
        until: localAnswered.nullable().meta({ description: 'Null: is in it.' }),
        put: z.int().meta({ description: 'Put in by earning, in all.' }),
        claimed: z.int().meta({ description: 'Claimed back of it by refunds.' }),
        short: z.int().meta({ description: 'Of that, what was spent already and the member had to pay.' }),
        took: z.int().meta({ description: 'Spent, less what came back.' }),
        along: z.int().meta({ description: 'What would go along on leaving now.' }),
      }),
    )
    .meta({ description: 'Everybody who was ever in it, in the order of coming in; at most 500.' }),
})
export type PoolDescription = z.output<typeof pool>

export const poolPath = z.strictObject({ pool: foreignId })
export const poolMemberPath = z.strictObject({ pool: foreignId, member: memberId })
