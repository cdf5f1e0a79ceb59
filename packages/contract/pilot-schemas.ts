import { z } from 'zod'
import { revision } from './draft-schemas.ts'
import { instantAnswered, next, page } from './fields.ts'
import { finding, storable, toRestore, versionPath } from './program-schemas.ts'

/** A version on trial: published to a share of the members, with a holdout. */

const share = z.int('must be a whole number of percent').min(1, 'must be at least 1 percent of members')

export const pilotToBegin = z
  .strictObject({
    revision,
    share: share
      .max(99, 'must be at most 99 percent: what is for all members is published')
      .meta({ description: 'Percent of members, drawn by chance.' }),
    holdout: z
      .int('must be a whole number of percent')
      .min(0, 'must not be below 0')
      .max(99, 'must be at most 99 percent of members')
      .optional()
      .meta({
        description:
          'Percent of members who stay out of it until it is for all; as many as are in it where nothing is said, ' +
          'and all others where the share is above 50.',
      }),
    comment: storable(500).default(''),
  })
  .refine(({ share, holdout = 0 }) => holdout === 0 || share + holdout <= 100, {
    path: ['holdout'],
    error: 'must leave room for the share: both together are at most 100 percent',
  })
export const pilotToWiden = z.strictObject({
  ...toRestore.shape,
  share: share.max(100, 'must be at most 100 percent of members'),
})

export const pilotPath = z.strictObject({ pilot: versionPath.shape.version })
export const arms = ['pilot', 'holdout', 'rest'] as const

export const pilot = z.strictObject({
  pilot: z.int().meta({ description: 'The version that began it, by which it is named.' }),
  status: z.enum(['running', 'stopped', 'for-all']),
  share: z.int().meta({ description: 'Percent of members who are in it; once it is over, who were last.' }),
  holdout: z.int().meta({ description: 'Percent of members who stay out of it.' }),
  inForceFrom: instantAnswered,
  steps: z
    .array(
      z.strictObject({
        version: z.int(),
        act: z.enum(['begun', 'widened', 'stopped', 'for-all']),
        share: z.int(),
        at: instantAnswered,
        author: z.string(),
        approvedBy: z.string().nullable(),
        note: z.string(),
      }),
    )
    .meta({ description: 'What was published for it, oldest first.' }),
})
export type PilotAnswer = z.output<typeof pilot>

const repeated = z.boolean().meta({ description: 'True where this was done before; nothing was written.' })
export const pilotBegun = z.strictObject({ ...pilot.shape, repeated, findings: z.array(finding) })
export type PilotBegun = z.output<typeof pilotBegun>
export const pilotMoved = z.strictObject({ ...pilot.shape, repeated })
export type PilotMoved = z.output<typeof pilotMoved>

export const pilots = z.strictObject({ pilots: z.array(pilot) })
export const pilotMembersQuery = z.strictObject({ ...page(1000, 200), arm: z.enum(arms).optional() })
export const pilotMembers = z.strictObject({
  members: z.array(z.strictObject({ member: z.string(), arm: z.enum(arms) })),
  next,
})
export type PilotMembers = z.output<typeof pilotMembers>
