import { z } from 'zod'
import { byStaff } from './act-schemas.ts'
import { decision } from './event-answers.ts'
import { instantAnswered, next } from './fields.ts'

/** A member's coming and going: frozen, gone, back, and erased for good. */

export const toFreeze = z.strictObject({
  frozen: z.boolean().default(true).meta({ description: 'False: no longer.' }),
  ...byStaff,
})

/** What was recorded, as for an event that was sent. */
export const cameOrWent = z.strictObject({ member: z.string(), repeated: z.boolean(), decision })
export type CameOrWent = z.output<typeof cameOrWent>

export const erasureQuery = z.strictObject(byStaff)
const amounts = z.array(z.strictObject({ asset: z.string(), amount: z.int() }))
export const erased = z.strictObject({
  member: z.string(),
  erasedAt: instantAnswered,
  repeated: z.boolean().meta({ description: 'It had been done before.' }),
  forfeited: amounts,
  writtenOff: amounts.meta({ description: 'Debt that nobody will pay any more.' }),
})
export type Erased = z.output<typeof erased>

export const erasedMembers = z.strictObject({
  members: z.array(
    z.strictObject({
      program: z.string(),
      member: z.string(),
      erasedAt: instantAnswered,
      sweptAt: instantAnswered.nullable().meta({
        description: 'When the files were rewritten in which deleted rows remain for a while; null: not yet.',
      }),
    }),
  ),
  next,
})
