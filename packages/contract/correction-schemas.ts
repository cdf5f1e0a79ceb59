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
  pooled: count.meta({
    description:
      'What goes back out of the member’s pools: what was not their share, and what would be owed. What a pool has spent by then is the member’s to pay, as after a refund.',
  }),
}

const level = {
  ladder: z.string(),
  from: z.string().nullable().meta({ description: 'Null: nothing counted on the ladder so far.' }),
  to: z.string(),
  kept: z.boolean().meta({
    description:
      'Whether the facts would hold up less: the version promises the level to whoever is on it (`transitions`).',
  }),
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
  referrals: count.meta({
    description:
      'Friends of that time for whom the version would pay otherwise: both sides get what was promised when the code was claimed.',
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
      pooled: changed.meta({
        description:
          'Members of whose part in pools something goes back: what was not their share, and what would be owed.',
      }),
      moved: changed.meta({ description: 'Members of whose points some lapse on another day, and how many.' }),
      biggest: z
        .array(z.strictObject({ member: z.string(), ...change }))
        .meta({ description: 'The ten for whom it changes most.' }),
    }),
  ),
  levels: z
    .array(z.strictObject({ ...level, members: count }))
    .meta({ description: 'How many come from which level to which.' }),
  vouchers: z
    .array(z.strictObject({ reward: z.string(), given: count, revoked: count }))
    .meta({ description: 'Vouchers that are given, and unused ones that are revoked, by reward.' }),
})

export const correction = z.strictObject({
  id: z.string(),
  status: z.enum(['looking', 'shown', 'nothing', 'posting', 'done', 'cancelled', 'failed']).meta({
    description:
      '`looking`: what would be posted is worked out; `shown`: it waits for approval, with nobody concerned where it is there for what comes late; `nothing`: there is nothing to correct.',
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
  levels: z.array(z.strictObject(level)),
  lots: z
    .array(
      z.strictObject({
        asset: z.string(),
        lastDay: z.string().meta({ description: 'A day, `never` or `inactivity`.' }),
        change: z.int(),
      }),
    )
    .meta({ description: 'Where points lapse on another day than before: how many more end when, or less.' }),
  vouchers: z.array(z.strictObject({ voucher: z.string(), reward: z.string(), becomes: z.enum(['given', 'revoked']) })),
  outcome: z.enum(['posted', 'nothing-left', 'failed']).nullable().meta({ description: 'Null: not yet.' }),
  decision: z.int().nullable().meta({ description: 'Number of the decision in the member’s chain that posted it.' }),
})
export type CorrectedMember = z.output<typeof correctedMember>
export const correctionMembers = z.strictObject({ members: z.array(correctedMember), next })
