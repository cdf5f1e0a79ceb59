import { z } from 'zod'
import { instantAnswered, memberId, programWord } from './fields.ts'

/** Leaderboards: ids only, and only of members who have chosen to be seen. */

export const leaderboard = z.strictObject({
  leaderboard: z.string(),
  window: z.string().nullable().meta({ description: 'First day of the window; null: none has begun.' }),
  takenAt: instantAnswered.nullable().meta({ description: 'When this stood; null: nothing was taken yet.' }),
  ended: z.boolean().meta({ description: 'The result: it changes no more.' }),
  ranks: z.array(
    z.strictObject({
      rank: z.int(),
      member: z.string().nullable().meta({ description: 'null: who does not want to be seen.' }),
      score: z.int(),
    }),
  ),
})
export type LeaderboardAnswer = z.output<typeof leaderboard>

export const leaderboardPath = z.strictObject({ leaderboard: programWord })
export const leaderboardQuery = z.strictObject({
  window: z.iso
    .date()
    .optional()
    .meta({ description: 'First day of the window; the running one where nothing is said.' }),
})

export const toBeSeen = z.strictObject({ shown: z.boolean() })
export const shown = z.strictObject({ member: z.string(), shown: z.boolean() })
export type ShownAnswer = z.output<typeof shown>
export const shownPath = z.strictObject({ member: memberId })
