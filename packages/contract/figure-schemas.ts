import { z } from 'zod'
import { day, instantAnswered, sumAnswered, zoneAnswered } from './fields.ts'

/** How a program stands as a whole: what can be counted without reading anybody's past. */

const outstanding = z.strictObject({
  asset: z.string(),
  active: sumAnswered,
  pending: sumAnswered,
  held: sumAnswered,
  inAll: sumAnswered.meta({ description: 'Active, pending and held.' }),
  debt: sumAnswered,
  members: z.int().meta({ description: 'Who has some of it, or owes some.' }),
  worth: sumAnswered.nullable().meta({
    description:
      'Minor units that what is active, pending and held would be if all of it were used; null: the program states no worth.',
  }),
})

export const figures = z.strictObject({
  zone: zoneAnswered,
  asOf: instantAnswered.meta({
    description:
      'When it was counted: at most five minutes ago. Points that have lapsed since their members were last looked at still count.',
  }),
  members: z.int().meta({ description: 'Without those who were merged into another or are erased.' }),
  joined: z
    .array(z.strictObject({ from: day, until: day, members: z.int() }))
    .meta({ description: 'Who joined in each of the last 26 weeks of seven days, oldest first; the last ends today.' }),
  outstanding: z.array(outstanding).meta({ description: 'In the order of the program.' }),
})
export type FiguresAnswer = z.output<typeof figures>
