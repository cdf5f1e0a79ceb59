import { z } from 'zod'
import {
  day,
  footing,
  foreignId,
  instant,
  instantAnswered,
  label,
  labels,
  localAnswered,
  memberId,
  next,
  zoneAnswered,
} from './fields.ts'
import { seats } from './seat-schemas.ts'

/** Members: what is sent to create one, and what can be read of one. Amounts are smallest units of their asset. */

const profileText = z
  .string()
  .trim()
  .min(1, 'must not be empty')
  .max(200, 'has more than 200 characters')
  .regex(/^[^\p{Cc}\p{Cs}]+$/u, 'has characters that cannot be written')

/** 29 February is one. */
const isDayOfYear = (text: string): boolean => {
  const [, month, day] = /^(\d{2})-(\d{2})$/.exec(text) ?? []
  if (Number(month) < 1 || Number(month) > 12) return false
  return Number(day) >= 1 && Number(day) <= new Date(Date.UTC(2024, Number(month), 0)).getUTCDate()
}

/** Personal data: kept apart from everything that is decided, deleted at erasure (LED-9). */
export const profile = z.strictObject({
  name: profileText.nullable().default(null),
  email: profileText
    .regex(/^[^\s@]+@[^\s@]+$/, 'is no e-mail address')
    .nullable()
    .default(null),
  phone: profileText
    .regex(/^\+?[\d\s()./-]{4,40}$/, 'is no phone number')
    // One spelling for what is dialled, so that it is found however it is typed.
    .transform((text) => text.replaceAll(/[^\d+]/g, ''))
    .nullable()
    .default(null),
  birthday: z
    .string()
    .refine(isDayOfYear, 'must be a day of the year like 02-29, month first')
    .nullable()
    .default(null)
    .meta({ description: 'Month and day. One that is changed counts from the next year.' }),
})
export type Profile = z.output<typeof profile>

const emptyProfile = { name: null, email: null, phone: null, birthday: null }

/** What is said is changed; what is null is removed, what is left out stays. */
export const profileToChange = z
  .strictObject({
    name: profile.shape.name.unwrap().optional(),
    email: profile.shape.email.unwrap().optional(),
    phone: profile.shape.phone.unwrap().optional(),
    birthday: profile.shape.birthday.unwrap().optional(),
  })
  .refine((change) => Object.values(change).some((value) => value !== undefined), 'must change something')

export const memberToCreate = z.strictObject({
  id: memberId,
  joinedAt: instant.optional().meta({ description: 'When the member joined; now where nothing is said.' }),
  profile: profile.default(emptyProfile),
  segments: labels(500).default([]),
  tags: labels(500).default([]),
  ...footing,
})

const balance = z.strictObject({
  asset: z.string(),
  pending: z.int(),
  active: z.int(),
  held: z.int(),
  debt: z.int(),
})
export type Balance = z.output<typeof balance>

export const assetBalances = z.array(balance).meta({
  description:
    'Every asset that the version in force declares, in its order, also where nothing is there, then any other of which ' +
    'something is.',
})

const tier = z.strictObject({
  ladder: z.string(),
  level: z.string(),
  since: localAnswered.nullable(),
  sum: z.int().meta({ description: 'What counts in the running window, after refunds.' }),
  toRise: z.strictObject({ level: z.string(), missing: z.int(), until: localAnswered.nullable() }).nullable().meta({
    description: 'What is missing for the next level; null on the highest, and while an act of staff holds the level.',
  }),
  toStay: z
    .strictObject({
      missing: z.int(),
      until: localAnswered.meta({ description: 'When the level goes if it does not come, its grace included.' }),
      countsUntil: localAnswered.meta({ description: 'What is missing counts for it before this moment.' }),
    })
    .nullable()
    .meta({
      description: 'What must still come for the level to be held beyond `until`; null: nothing takes it away.',
    }),
  atRisk: z.boolean().meta({ description: 'What is left after refunds would not reach the level.' }),
  heldBy: z.enum(['facts', 'grace', 'promise', 'override']).meta({
    description:
      'What holds the level; `promise`: what a version says of whoever was on it when it began, or was corrected by it.',
  }),
})
export type Tier = z.output<typeof tier>

const hold = z.strictObject({
  redemption: z.string(),
  reward: z.string(),
  asset: z.string(),
  amount: z.int(),
  until: instantAnswered,
})

const membership = z.strictObject({
  plan: z.string(),
  since: localAnswered,
  until: localAnswered.meta({ description: 'End of what is paid for, or of the trial.' }),
  ends: localAnswered.meta({ description: 'When it ends if nothing is paid: `until`, or the end of the grace.' }),
  trial: z.boolean(),
  failing: z.boolean().meta({ description: 'The fee could not be taken when it was tried last.' }),
  cancelled: z.boolean(),
  ended: localAnswered.nullable().meta({ description: 'Null: it runs.' }),
  fees: z.int().meta({ description: 'Minor units paid in all.' }),
})

const bar = z.strictObject({
  deed: z.enum(['earn', 'redeem']),
  because: z.enum(['left', 'frozen', 'closed', 'staff-or-test', 'terms-not-accepted', 'too-young']),
  remedy: z.string(),
})

export const closing = z.strictObject({
  earnsUntil: localAnswered.meta({ description: 'The first moment at which nothing is earned any more.' }),
  burnsUntil: localAnswered.meta({ description: 'The same for spending; vouchers run to their own end.' }),
  left: z.union([z.literal('forfeit'), z.strictObject({ charity: z.string() })]).meta({
    description: 'What becomes of what is left then.',
  }),
  isOver: z.boolean(),
})

export const member = z.strictObject({
  id: z.string(),
  zone: zoneAnswered,
  joinedOn: day.nullable(),
  profile,
  segments: z.array(z.string()),
  tags: z.array(z.string()),
  balances: assetBalances,
  tiers: z.array(tier),
  holds: z.array(hold),
  memberships: z.array(membership).meta({ description: 'Paid memberships, also those that have ended (MEM-1).' }),
  status: z
    .enum(['member', 'frozen', 'left'])
    .meta({ description: 'Who is frozen or has left earns and redeems nothing.' }),
  mark: z.enum(['staff', 'test']).nullable().meta({ description: 'Null: a customer. Others are left out of reports.' }),
  ageAtLeast: z.int().meta({ description: 'Years that the member is known to have reached; 0: nothing is known.' }),
  terms: z.array(z.string()).meta({ description: 'Versions of the terms that were accepted, the latest last.' }),
  bars: z.array(bar).meta({ description: 'What stands against earning and redeeming now; empty: nothing.' }),
  closing: closing.nullable().meta({ description: 'How the program ends, once members are told; null: it goes on.' }),
  left: z
    .strictObject({
      since: localAnswered,
      forfeitsOn: day
        .nullable()
        .meta({ description: 'The day at whose start what is left is forfeited; null: it has been.' }),
    })
    .nullable(),
  pool: z.string().nullable().meta({ description: 'The pool that the member is in; null: none.' }),
  seats,
  decisions: z.int().meta({ description: 'How many decisions stand in the member’s chain.' }),
})
export type MemberAnswer = z.output<typeof member>

export const memberPage = z.strictObject({
  members: z.array(z.strictObject({ id: z.string(), profile })),
  next,
})

export const balances = z.strictObject({
  member: z.string(),
  at: instantAnswered.meta({ description: 'The instant whose balance this is: what counted for the member then.' }),
  knownAt: instantAnswered.meta({ description: 'With what was recorded by then (LED-8).' }),
  balances: assetBalances,
})

const lotEnd = z.string().meta({ description: 'The last day, `never`, or `idle` where it goes by the last activity.' })
const lot = z.strictObject({
  asset: z.string(),
  amount: z.int(),
  lastDay: lotEnd,
  lapsesAfter: day.nullable().meta({ description: 'The last day as things are now; null: never.' }),
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
      activeOn: day,
      awaits: z.string().nullable(),
    }),
  ),
})
export type Lots = z.output<typeof lots>

export const tiers = z.strictObject({ member: z.string(), zone: zoneAnswered, tiers: z.array(tier) })

const statementLine = z.strictObject({
  number: z.int(),
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
  effective: localAnswered.meta({ description: 'When it counts for the member, by the clock of the program.' }),
  at: instantAnswered.meta({ description: 'The same as an instant: a clock that is set back shows an hour twice.' }),
  recordedAt: instantAnswered,
  after: z.strictObject({ pending: z.int(), active: z.int(), held: z.int(), debt: z.int() }),
})
export type StatementLine = z.output<typeof statementLine>
export const statement = z.strictObject({ member: z.string(), zone: zoneAnswered, lines: z.array(statementLine), next })

/** What the state calls for telling the member (LOT-7, TIER-5); whoever sends remembers the keys of what was sent. */
const notice = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('points-will-lapse'),
    key: z.string(),
    asset: z.string(),
    lots: z.array(z.strictObject({ lastDay: day, amount: z.int() })),
  }),
  z.strictObject({
    kind: z.enum(['tier-will-fall', 'tier-at-risk']),
    key: z.string(),
    ladder: z.string(),
    level: z.string(),
    missing: z.int(),
    on: day.meta({ description: 'The day on which the level goes, its grace included.' }),
    countsUntil: localAnswered.meta({ description: 'What is missing counts for it before this moment.' }),
  }),
  z.strictObject({
    kind: z.literal('award-sold-out'),
    key: z.string(),
    award: z.string().meta({ description: 'Whose award it was: `rule/birthday/2026`.' }),
    reward: z.string().meta({ description: 'What it would have been, had any been left.' }),
    on: day,
  }),
  z.strictObject({
    kind: z.literal('seat-kept'),
    key: z.string(),
    reward: z.string(),
    session: z.string(),
    until: localAnswered.meta({ description: 'Until then the member can take it.' }),
  }),
  z.strictObject({
    kind: z.literal('session-called-off'),
    key: z.string(),
    reward: z.string(),
    session: z.string(),
    back: z
      .strictObject({ asset: z.string(), amount: z.int() })
      .nullable()
      .meta({ description: 'What was paid for the seat, and is back; null: nothing was, as in a line.' }),
    on: day,
  }),
  z.strictObject({
    kind: z.literal('session-moved'),
    key: z.string(),
    reward: z.string(),
    session: z.string(),
    starts: localAnswered.meta({ description: 'When it begins now, by the clock of its place.' }),
    place: z.string().nullable(),
  }),
  z.strictObject({
    kind: z.literal('program-closes'),
    key: z.string(),
    earnsUntil: localAnswered,
    burnsUntil: localAnswered,
  }),
])
export type NoticeAnswer = z.output<typeof notice>
export const notices = z.strictObject({ member: z.string(), notices: z.array(notice) })

export const profileOfMember = z.strictObject({ member: z.string(), profile })

export const memberPath = z.strictObject({ member: memberId })
export const memberQuery = {
  q: label
    .optional()
    .meta({ description: 'A whole id, or the beginning of a name, an e-mail address or a phone number.' }),
}
export const eventPath = z.strictObject({ member: memberId, source: foreignId, id: foreignId })
