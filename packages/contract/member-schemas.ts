import { z } from 'zod'
import { foreignId, instant, label, labels, memberId, next } from './fields.ts'

/** Members: what is sent to create one, and what can be read of one. Amounts are smallest units of their asset. */

const profileText = z
  .string()
  .trim()
  .min(1, 'must not be empty')
  .max(200, 'has more than 200 characters')
  .regex(/^[^\p{Cc}\p{Cs}]+$/u, 'has characters that cannot be written')

/** Personal data: kept apart from everything that is decided, deleted at erasure (LED-9). */
export const profile = z.strictObject({
  name: profileText.nullable().default(null),
  email: profileText
    .regex(/^[^\s@]+@[^\s@]+$/, 'is no e-mail address')
    .nullable()
    .default(null),
  phone: profileText
    .regex(/^\+?[\d\s()./-]{4,40}$/, 'is no phone number')
    .nullable()
    .default(null),
})
export type Profile = z.output<typeof profile>

const emptyProfile = { name: null, email: null, phone: null }

export const memberToCreate = z.strictObject({
  id: memberId,
  joinedAt: instant.optional().meta({ description: 'When the member joined; now where nothing is said.' }),
  profile: profile.default(emptyProfile),
  segments: labels(500).default([]),
  tags: labels(500).default([]),
})

export const balance = z.strictObject({
  asset: z.string(),
  pending: z.int(),
  active: z.int(),
  held: z.int(),
  debt: z.int(),
})
export type Balance = z.output<typeof balance>

/** What is missing for a level, and when it is judged. */
const step = z.strictObject({ level: z.string(), reach: z.int(), missing: z.int() })

const tier = z.strictObject({
  ladder: z.string(),
  level: z.string(),
  since: z.string(),
  /** What counts for the ladder in the window that is running. */
  value: z.int(),
  /** The window's last moment, program-local; null where it has no end of its own. */
  windowEnds: z.string().nullable(),
  toRise: step.nullable().meta({ description: 'Null on the highest level.' }),
  toStay: step.nullable().meta({ description: 'Null where the level cannot be lost.' }),
  keptUntil: z.string().nullable().meta({ description: 'Not below this level before then.' }),
  override: z.strictObject({ level: z.string(), until: z.string().nullable() }).nullable(),
})
export type Tier = z.output<typeof tier>

const hold = z.strictObject({
  redemption: z.string(),
  reward: z.string(),
  asset: z.string(),
  amount: z.int(),
  until: z.string(),
})

export const member = z.strictObject({
  id: z.string(),
  joinedOn: z.string().nullable(),
  profile,
  segments: z.array(z.string()),
  tags: z.array(z.string()),
  balances: z.array(balance),
  tiers: z.array(tier),
  holds: z.array(hold),
  decisions: z.int().meta({ description: 'How many decisions stand in the member’s chain.' }),
})
export type MemberAnswer = z.output<typeof member>

export const memberPage = z.strictObject({
  members: z.array(z.strictObject({ id: z.string(), profile })),
  next,
})

export const balances = z.strictObject({
  member: z.string(),
  at: z.string().meta({ description: 'The instant whose balance this is: what counted for the member then.' }),
  knownAt: z.string().meta({ description: 'With what was recorded by then (LED-8).' }),
  balances: z.array(balance),
})

const lotEnd = z.string().meta({ description: 'The last day, `never`, or `idle` where it goes by the last activity.' })
const lot = z.strictObject({
  asset: z.string(),
  amount: z.int(),
  lastDay: lotEnd,
  lapsesAfter: z.string().nullable().meta({ description: 'The last day as things are now; null: never.' }),
  priority: z.int(),
})
export const lots = z.strictObject({
  member: z.string(),
  lots: z.array(lot),
  pending: z.array(
    z.strictObject({
      asset: z.string(),
      amount: z.int(),
      order: z.string().nullable(),
      activeOn: z.string(),
      awaits: z.string().nullable(),
    }),
  ),
})
export type Lots = z.output<typeof lots>

export const tiers = z.strictObject({ member: z.string(), tiers: z.array(tier) })

const statementLine = z.strictObject({
  sequence: z.int(),
  asset: z.string(),
  amount: z
    .int()
    .meta({ description: 'Change of the active balance, with its sign; 0 where only other accounts moved.' }),
  moved: z.int(),
  from: z.string(),
  to: z.string(),
  rule: z.string(),
  cause: z.string(),
  revision: z.int(),
  version: z.int(),
  effective: z.string(),
  recordedAt: z.string(),
  after: z.strictObject({ pending: z.int(), active: z.int(), held: z.int(), debt: z.int() }),
})
export type StatementLine = z.output<typeof statementLine>
export const statement = z.strictObject({ member: z.string(), lines: z.array(statementLine), next })

/** What the state calls for telling the member (LOT-7, TIER-5). */
const notice = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('lapse'), asset: z.string(), amount: z.int(), lastDay: z.string() }),
  z.strictObject({
    kind: z.literal('tier-at-risk'),
    ladder: z.string(),
    level: z.string(),
    missing: z.int(),
    until: z.string().nullable(),
  }),
])
export type NoticeAnswer = z.output<typeof notice>
export const notices = z.strictObject({ member: z.string(), notices: z.array(notice) })

export const memberPath = z.strictObject({ member: memberId })
export const memberQuery = {
  q: label.optional().meta({ description: 'Id, name, e-mail or phone, or the beginning of one.' }),
}
export const eventPath = z.strictObject({ member: memberId, source: foreignId, id: foreignId })
