import { z } from 'zod'
import { day, instant, instantAnswered, next, page, reason } from './fields.ts'

/** What a wrong version has given and taken, and what is posted to put it right. Amounts are smallest units. */

const count = z.int().min(0)
const version = z.int().min(1).max(999_999_999)

export const correctionPath = z.strictObject({
  correction: z.string().regex(/^[0-9a-f]{32}$/, 'is no id of a correction'),
})

export const correctionToStart = z.strictObject({
  version: version.meta({ description: 'The version that should have judged; it is published.' }),
  from: z.union([day, instant]).meta({
    description: 'From when on: a day of the program’s calendar, from its first moment, or an instant. It is over.',
  }),
  reason: reason.meta({
    description:
      'Why, as every member’s books say it: a code or the id of a note; no personal data, it is kept for ever.',
  }),
})

const changed = z.strictObject({ members: count, amount: count })
const change = {
  change: z
    .int()
    .meta({ description: 'What the member has more of it, or less: pending, active and held, less debt.' }),
  debt: z.int().meta({ description: 'How much more is owed, or less.' }),
  borne: count.meta({ description: 'What the program bears of that, as `refunds` says of any shortfall.' }),
}

const summary = z.strictObject({
  members: count.meta({ description: 'Whom it concerns.' }),
  facts: count.meta({ description: 'Orders and other facts that the version judges from now on.' }),
  unknown: count.meta({
    description: 'Facts of which the version knows nothing: they stay with the one that judged them.',
  }),
  onTrial: count.meta({
    description: 'Facts that a version on trial has judged: what a pilot gave its members is theirs.',
  }),
  transfers: count.meta({ description: 'Lines that are posted.' }),
  sharing: count.meta({
    description:
      'Members shown as if there were enough of a room that members share (a budget): what is left of it is asked for when it is posted.',
  }),
  assets: z.array(
    z.strictObject({
      asset: z.string(),
      scale: count.meta({ description: 'Decimals in which amounts of the asset are written.' }),
      up: changed.meta({ description: 'Members who have more of it, and how much more in all.' }),
      down: changed.meta({ description: 'Members who have less of it, and how much less in all.' }),
      debt: changed.meta({ description: 'Members who owe more by it.' }),
      borne: changed.meta({ description: 'Members of whose debt the program bears something.' }),
      biggest: z
        .array(z.strictObject({ member: z.string(), ...change }))
        .meta({ description: 'The ten for whom it changes most.' }),
    }),
  ),
})

export const correction = z.strictObject({
  id: z.string(),
  status: z.enum(['looking', 'shown', 'nothing', 'posting', 'done', 'cancelled', 'failed']).meta({
    description:
      '`looking`: what would be posted is worked out; `shown`: it waits for approval; `nothing`: there is nothing to correct.',
  }),
  version,
  from: instantAnswered,
  reason: z.string(),
  postsAs: version.meta({
    description: 'The version that judges from now on: this one, or its document published again with the date.',
  }),
  publishes: z.boolean().meta({
    description: 'Whether approval publishes the version again, in force from the date, for whatever comes late.',
  }),
  needsApproval: z.boolean().meta({ description: 'Whether somebody else must approve it than who has asked.' }),
  startedAt: instantAnswered,
  startedBy: z.string(),
  approvedAt: instantAnswered.nullable(),
  approvedBy: z.string().nullable(),
  endedAt: instantAnswered.nullable(),
  failure: z.string().nullable(),
  levelsStay: z.boolean().meta({
    description:
      'Whether a version that ruled since the date has another ladder: levels are judged by the ladder that ruled at the time, and stay as they were held.',
  }),
  parts: z.strictObject({ done: count, all: count }).meta({ description: 'How far it has looked.' }),
  members: z.strictObject({ posted: count, all: count }).meta({ description: 'How far it has posted.' }),
  summary: summary
    .nullable()
    .meta({ description: 'What would be posted; once it has ended, what was. Null: it is still looking.' }),
})
export type CorrectionAnswer = z.output<typeof correction>
export type CorrectionSummary = z.output<typeof summary>

export const correctionsQuery = z.strictObject(page(100, 20))
export const corrections = z.strictObject({ corrections: z.array(correction), next })

export const correctionMembersQuery = z.strictObject(page(1000, 100))
const correctedMember = z.strictObject({
  member: z.string(),
  facts: count,
  changes: z.array(z.strictObject({ asset: z.string(), ...change })),
  outcome: z.enum(['posted', 'nothing-left', 'failed']).nullable().meta({ description: 'Null: not yet.' }),
  decision: z.int().nullable().meta({ description: 'Number of the decision in the member’s chain that posted it.' }),
})
export type CorrectedMember = z.output<typeof correctedMember>
export const correctionMembers = z.strictObject({ members: z.array(correctedMember), next })
