import { z } from 'zod'
import { instantAnswered, localAnswered, memberId, programWord, zoneAnswered } from './fields.ts'

/** Draws that anyone can run again (GAME-2). Hashes are lower-case hex. */

export const draw = z.strictObject({
  draw: z.string(),
  round: z.int().meta({ description: 'From 1; the program has opened it again for each further one.' }),
  asset: z.string().meta({ description: 'Each of its smallest units is a ticket.' }),
  zone: zoneAnswered,
  opens: localAnswered,
  closes: localAnswered,
  winners: z.int(),
  seedHash: z.string().meta({ description: 'SHA-256 of the seed: save it before the draw opens.' }),
  promisedAt: instantAnswered,
  closedAt: instantAnswered.nullable(),
  calledOff: z.boolean().meta({
    description: 'A version has dropped it before it closed: it is told as it was promised, and nobody draws.',
  }),
})
export type DrawAnswer = z.output<typeof draw>

export const drawRecord = z.strictObject({
  format: z.literal('laurel-draw/1'),
  program: z.string(),
  draw: z.string(),
  winners: z.int(),
  seedHash: z.string(),
  seed: z.string(),
  entriesHash: z.string(),
  entries: z.array(z.strictObject({ entrant: z.string(), tickets: z.int() })),
  drawn: z.array(z.string()).meta({ description: 'Entrants who won, the first first.' }),
})
export type DrawRecordAnswer = z.output<typeof drawRecord>

export const entrant = z.strictObject({
  member: z.string(),
  draw: z.string(),
  round: z.int(),
  entrant: z.string().meta({ description: 'The name of the member in this draw, and in no other.' }),
  tickets: z.int().nullable().meta({ description: 'Tickets at the closing moment; null: the draw is not over.' }),
  place: z.int().nullable().meta({ description: 'Which prize was won, from 1; null: none.' }),
})
export type EntrantAnswer = z.output<typeof entrant>

export const drawPath = z.strictObject({ draw: programWord })
/** Text, as everything in a query. */
export const roundQuery = z.strictObject({
  round: z
    .string()
    .regex(/^[1-9]\d{0,3}$/, 'must be a whole number from 1')
    .transform(Number)
    .optional()
    .meta({ description: 'Of a draw that was opened again; the last one where nothing is said.' }),
})
export const entrantPath = z.strictObject({ member: memberId, draw: programWord })
