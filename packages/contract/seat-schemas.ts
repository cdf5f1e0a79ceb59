import { z } from 'zod'
import { localAnswered } from './fields.ts'

/** A member's seats: what is booked or held, what is kept after waiting, and the lines that the member stands in (RED-3). */
export const seats = z.strictObject({
  booked: z.array(
    z.strictObject({
      redemption: z.string(),
      reward: z.string(),
      session: z.string(),
      confirmed: z.boolean().meta({ description: 'false: it is reserved, and goes when its points do.' }),
    }),
  ),
  kept: z.array(z.strictObject({ reward: z.string(), session: z.string(), until: localAnswered })),
  waiting: z.array(
    z.strictObject({
      redemption: z.string().meta({ description: 'Under which the member asked, and leaves the line.' }),
      reward: z.string(),
      session: z.string(),
      place: z.int().meta({ description: 'From 1.' }),
    }),
  ),
})
export type Seats = z.output<typeof seats>
