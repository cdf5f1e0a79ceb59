import { z } from 'zod'
import { localAnswered, zoneAnswered } from './fields.ts'
import { closing } from './member-schemas.ts'

/** How far a member is: cards, challenges, badges. Amounts are in the unit of what is counted. */

const cardProgress = z.strictObject({
  card: z.string(),
  asset: z.string(),
  collected: z.int(),
  full: z.int().meta({ description: 'What a full card takes.' }),
  missing: z.int().nullable().meta({ description: 'What the next full one needs; null: there is no next one.' }),
  times: z.int().meta({ description: 'How often it was full.' }),
})

const challengeProgress = z.strictObject({
  challenge: z.string(),
  from: localAnswered,
  until: localAnswered.nullable().meta({ description: 'First moment after the window; null: it does not end.' }),
  progress: z.int(),
  target: z.int().nullable().meta({ description: 'Where the goal is met next; null: not again in this window.' }),
  missing: z.int().nullable(),
  met: z.int().meta({ description: 'How often it was met in this window.' }),
  milestones: z.array(z.strictObject({ id: z.string(), reach: z.int(), reached: z.boolean() })),
  streak: z
    .strictObject({
      count: z.int().meta({ description: 'Windows in a row in which the goal was met.' }),
      reach: z.int(),
      freezesLeft: z.int().meta({ description: 'How many windows may yet be missed.' }),
    })
    .nullable(),
})

const offerProgress = z.strictObject({
  receipt: z.string().meta({ description: '`source/id` of what sent it.' }),
  offer: z.string(),
  since: localAnswered,
  until: localAnswered.nullable().meta({ description: 'The first moment that no longer counts; null: without end.' }),
  seen: localAnswered.nullable().meta({ description: 'Null: the member has not seen it yet.' }),
  status: z.enum(['open', 'completed', 'over']),
  progress: z.int(),
  target: z.int().nullable().meta({ description: 'Where it is completed; null: it only informs.' }),
  missing: z.int().nullable(),
})

export const progress = z.strictObject({
  member: z.string(),
  zone: zoneAnswered,
  cards: z.array(cardProgress),
  challenges: z.array(challengeProgress),
  offers: z.array(offerProgress).meta({ description: 'In the order in which they were received.' }),
  closing: closing.nullable().meta({ description: 'How the program ends, once members are told; null: it goes on.' }),
})
export type ProgressAnswer = z.output<typeof progress>

export const badges = z.strictObject({
  member: z.string(),
  zone: zoneAnswered,
  badges: z.array(
    z.strictObject({
      badge: z.string(),
      since: localAnswered,
      period: z
        .string()
        .nullable()
        .meta({ description: 'First day of the period for which it is held; null: for ever.' }),
    }),
  ),
})
export type BadgesAnswer = z.output<typeof badges>
