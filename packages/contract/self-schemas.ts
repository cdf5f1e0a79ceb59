import { z } from 'zod'
import { refusal } from './event-answers.ts'
import { foreignId, instantAnswered, label, localAnswered, next, page, programWord, zoneAnswered } from './fields.ts'
import * as members from './member-schemas.ts'
import { vocabulary } from './program-schemas.ts'
import * as progress from './progress-schemas.ts'
import { seats } from './seat-schemas.ts'
import { memberImpact } from './settlement-schemas.ts'
import { voucher } from './voucher-schemas.ts'

/** What members ask for themselves, and are told: nothing that is hidden from them, and nobody else by name. */

/** Those in which a program can be said. */
export const languages = ['en', 'tr', 'de', 'es', 'ar'] as const
const language = z.enum(languages).default('en').meta({ description: 'In which the sentences of the answer are said.' })
export const languageQuery = { language }

// ---- the door ------------------------------------------------------------------------------------------------------------

export const doorPath = z.strictObject({ program: programWord })
export const door = z.strictObject({ program: z.string(), signedIn: z.boolean() })
const contact = z
  .string()
  .trim()
  .min(1, 'must not be empty')
  .max(254, 'has more than 254 characters')
  .meta({ description: 'The e-mail address or the phone number that the shop has of the member.' })
export const codeToSend = z.strictObject({ contact, language })
export const codeSent = z.strictObject({
  sent: z.literal(true).meta({ description: 'The same answer whether it is known whose contact it is or not.' }),
})
export const codeToEnter = z.strictObject({
  contact,
  code: z
    .string()
    .max(20, 'has more than 20 characters')
    .transform((text) => text.replaceAll(/\s/g, '')),
})
export const entered = z.strictObject({ program: z.string() })

// ---- the card ------------------------------------------------------------------------------------------------------------

const { member, lots } = members
export const ownCard = z.strictObject({
  program: z.string(),
  at: instantAnswered,
  ...member.pick({ id: true, zone: true, joinedOn: true, balances: true, tiers: true, memberships: true }).shape,
  ...member.pick({ status: true, closing: true, left: true }).shape,
  name: z.string().nullable(),
  birthday: z.string().nullable().meta({ description: 'Month and day.' }),
  seen: z.boolean().meta({ description: 'Whether one is named on leaderboards.' }),
  bars: z
    .array(z.strictObject({ deed: z.enum(['earn', 'redeem']), because: z.string() }))
    .meta({ description: 'What stands against earning and redeeming now; empty: nothing.' }),
  lots: lots.shape.lots,
  pending: lots.shape.pending,
  seats,
  cards: progress.progress.shape.cards,
  challenges: progress.progress.shape.challenges,
  offers: progress.progress.shape.offers,
  badges: progress.badges.shape.badges,
  notices: members.notices.shape.notices,
})
export type OwnCard = z.output<typeof ownCard>

const named = z.array(z.strictObject({ id: z.string(), name: z.record(z.string(), z.string()) }))
export const ownVocabulary = z.strictObject({
  ...vocabulary.shape,
  badges: named,
  charities: named,
  memberships: named,
  offers: named,
  refers: z.boolean().meta({ description: 'Whether members can send others.' }),
  ranks: z.boolean().meta({ description: 'Whether there are leaderboards to be seen on.' }),
})
export type OwnVocabulary = z.output<typeof ownVocabulary>

// ---- history -------------------------------------------------------------------------------------------------------------

/** What a line means to the member, whatever accounts it stands in. */
const lineKind = z.enum([
  ...([
    'earned',
    'waiting',
    'usable',
    'held',
    'released',
    'used',
    'returned',
    'taken-back',
    'lapsed',
    'forfeited',
  ] as const),
  ...(['repaid', 'given', 'taken', 'waived', 'sent', 'received', 'donated', 'brought', 'else'] as const),
])
export type LineKind = z.output<typeof lineKind>

/** What it came of, where a person knows it by name. */
const lineOccasion = z.enum([
  ...(['birthday', 'anniversary', 'joined', 'referral', 'offer', 'leaderboard', 'draw', 'gift', 'pool'] as const),
  ...(['staff', 'correction', 'merge'] as const),
])
export type LineOccasion = z.output<typeof lineOccasion>

const ownLine = z.strictObject({
  number: z.int(),
  kind: lineKind,
  occasion: lineOccasion.nullable(),
  reward: z.string().nullable().meta({ description: 'What it was held, used or returned for.' }),
  card: z.string().nullable().meta({ description: 'The card that took it when it was full.' }),
  asset: z.string(),
  amount: z
    .int()
    .meta({ description: 'Change of what can be spent, with its sign; 0 where it only waits or is held.' }),
  moved: z.int().meta({ description: 'How much it is about, without a sign.' }),
  balance: z.int().meta({ description: 'What can be spent after it; below zero: owed.' }),
  effective: localAnswered,
})
export type OwnLine = z.output<typeof ownLine>
export const ownStatement = z.strictObject({ zone: zoneAnswered, lines: z.array(ownLine), next })

export const linePath = z.strictObject({
  number: z
    .string()
    .regex(/^[1-9]\d{0,8}$/, 'must be a whole number')
    .transform(Number),
})
export const why = z.strictObject({
  number: z.int(),
  reasons: z
    .array(
      z.strictObject({
        rule: z.string(),
        sentence: z.string().nullable().meta({ description: 'The rule, as members are told of it.' }),
        outcome: z.string().meta({ description: '`gave`, `multiplied`, or why not.' }),
        asset: z.string().nullable(),
        amount: z.int(),
      }),
    )
    .meta({ description: 'What each rule gave, or why it gave nothing; empty where no rule was asked.' }),
})
export type WhyAnswer = z.output<typeof why>

// ---- rewards -------------------------------------------------------------------------------------------------------------

const price = z.strictObject({ asset: z.string(), amount: z.int() })
const ownReward = z.strictObject({
  id: z.string(),
  kind: z.string(),
  name: z.record(z.string(), z.string()),
  sentences: z.array(z.string()),
  price: price.nullable().meta({ description: 'For this member; of what pays a part, the least. Null: it is free.' }),
  missing: z.int().meta({ description: 'How much more is needed; 0: nothing.' }),
  refusal: z
    .string()
    .nullable()
    .meta({ description: 'Why it cannot be had now, `at-checkout` where it pays a part of an order; null: it can.' }),
  left: z.int().nullable().meta({ description: 'How many are left for everybody; null: it does not run out.' }),
  sessions: z.array(
    z.strictObject({
      id: z.string(),
      starts: localAnswered,
      place: z.record(z.string(), z.string()).nullable(),
      left: z.int(),
      refusal: z.string().nullable(),
    }),
  ),
  waitingList: z.boolean(),
  charity: z.string().nullable().meta({ description: 'Who gets what it costs; null: nobody does.' }),
})
export type OwnReward = z.output<typeof ownReward>
export const ownRewards = z.strictObject({ zone: zoneAnswered, rewards: z.array(ownReward) })

export const toRedeem = z.strictObject({
  reward: programWord,
  session: programWord.nullable().default(null),
  wait: z.boolean().default(false),
})
export const redeemed = z.strictObject({
  redemption: z.string(),
  granted: z.boolean(),
  asset: z.string().nullable(),
  amount: z.int(),
  refusal: refusal.nullable(),
  waiting: z.int().nullable().meta({ description: 'Place in the line for a seat, from 1.' }),
})
export type RedeemedAnswer = z.output<typeof redeemed>

const ownVoucher = z.strictObject({
  ...voucher.pick({ id: true, reward: true, kind: true, status: true, issued: true, lastDay: true, left: true }).shape,
  lastFour: voucher.shape.lastFour,
})
export type OwnVoucher = z.output<typeof ownVoucher>
export const ownVouchers = z.strictObject({ zone: zoneAnswered, vouchers: z.array(ownVoucher), next })
export const ownVoucherPath = z.strictObject({ voucher: foreignId })
export const ownCode = z.strictObject({ voucher: z.string(), code: z.string() })

// ---- the code on the card ------------------------------------------------------------------------------------------------

export const cardCode = z.strictObject({
  code: z.string().meta({ description: 'For the eye of a till: sealed, good once.' }),
  seconds: z.int().meta({ description: 'How long it is good for.' }),
  overAt: instantAnswered,
})
export const codeToScan = z.strictObject({
  code: z.string().min(1, 'must not be empty').max(1000, 'has more than 1000 characters'),
})
export const scanned = z.strictObject({ member: z.string(), name: z.string().nullable() })

// ---- oneself -------------------------------------------------------------------------------------------------------------

export const ownProfileToChange = z
  .strictObject({
    name: members.profileToChange.shape.name,
    birthday: members.profileToChange.shape.birthday,
    seen: z.boolean().optional().meta({ description: 'Whether one is named on leaderboards.' }),
  })
  .refine((change) => Object.values(change).some((value) => value !== undefined), 'must change something')
export const ownProfile = z.strictObject({ name: z.string().nullable(), birthday: z.string().nullable() })
export const ownFriends = z.strictObject({
  code: z.string().meta({ description: 'With which one sends others; always the same.' }),
  clicks: z.int(),
  friends: z.array(z.strictObject({ outcome: z.string(), on: localAnswered })),
})
export const ownImpact = z.strictObject({ charities: memberImpact.shape.charities })
export const ownAnswer = z.strictObject({
  granted: z.boolean(),
  amount: z.int().meta({ description: 'Points that are back, or minor units that the charity gets.' }),
  refusal: refusal.nullable(),
})
export const ownErased = z.strictObject({ erasedAt: instantAnswered })
/** What stands in a line is named by its `kind`. */
export const ownDataLine = z.strictObject({ kind: z.string(), content: z.looseObject({}) })
export const redemptionPath = z.strictObject({ redemption: foreignId })
export const leftLine = z.strictObject({ left: z.literal(true) })

// ---- sessions ------------------------------------------------------------------------------------------------------------

const ownSession = z.strictObject({
  id: z.string(),
  startedAt: instantAnswered,
  expiresAt: instantAnswered,
  current: z.boolean().meta({ description: 'Whether it is the one that asks.' }),
})
export type OwnSession = z.output<typeof ownSession>
export const ownSessions = z.strictObject({ sessions: z.array(ownSession), next })
export const sessionPath = z.strictObject({ session: label })
export const signedOut = z.strictObject({ signedOut: z.literal(true) })
export const sessionsEnded = z.strictObject({ ended: z.int() })
export const pages = { history: page(100, 20), vouchers: page(100, 50), sessions: page(200, 50) }
