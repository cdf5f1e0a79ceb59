import { z } from 'zod'
import { instant, memberId } from './fields.ts'
import { orderContent } from './order-content.ts'

/** What the program says about an event: the answer to a recorded one, and to a preview. */

const assetAmount = { asset: z.string(), amount: z.int() }

export const decision = z.looseObject({})
export const refusal = z.strictObject({
  code: z.string().meta({ description: 'Stable.' }),
  shortBy: z.int().nullable().default(null).meta({ description: 'What is missing, for `short`.' }),
})

const identity = { source: z.string(), id: z.string() }

/** One event of many is answered on its own, by its status. */
export const eventAnswer = z.discriminatedUnion('status', [
  z.strictObject({ status: z.literal('recorded'), ...identity, decision }),
  z
    .strictObject({ status: z.literal('repeated'), ...identity, decision })
    .meta({ description: 'Recorded before with equal content; the decision is the first answer, byte for byte.' }),
  z
    .strictObject({
      status: z.literal('refused'),
      ...identity,
      refusal: z.strictObject({ code: z.string(), detail: z.string() }),
    })
    .meta({ description: 'Nothing was written.' }),
  z
    .strictObject({ status: z.literal('conflict'), ...identity, storedHash: z.string(), sentHash: z.string() })
    .meta({ description: 'The identity stands for other content. Nothing was written.' }),
  z
    .strictObject({
      status: z.literal('invalid'),
      faults: z.array(z.strictObject({ path: z.string(), message: z.string() })),
    })
    .meta({ description: 'Nothing was written.' }),
  z
    .strictObject({ status: z.literal('failed'), ...identity, code: z.string() })
    .meta({ description: 'Not served now, for the problem with this code; send it again.' }),
])
export type EventAnswer = z.output<typeof eventAnswer>

/** A single event is answered by itself, a list by a list in its order. */
export const eventAnswers = z.union([eventAnswer, z.array(eventAnswer)])

export const cart = z.strictObject({
  member: memberId,
  at: instant.optional().meta({ description: 'As if at this instant; now where nothing is said.' }),
  order: orderContent,
})

export const preview = z.strictObject({
  member: z.string(),
  at: z.string(),
  version: z.int().nullable(),
  earned: z.array(z.strictObject({ rule: z.string(), ...assetAmount })),
  effects: z.array(z.looseObject({ type: z.string() })),
  rules: z.array(z.looseObject({})).meta({ description: 'What each rule gave, or why it gave nothing.' }),
})

export const explanation = z.looseObject({ effects: z.array(z.looseObject({ type: z.string() })) })
