import { z } from 'zod'
import { instantAnswered, label, localAnswered, next, page, programWord, zoneAnswered } from './fields.ts'
import { sending } from './offer-schemas.ts'
import { route } from './route.ts'

/** What a program has for its members, and how much of it is left: what the document says, beside what was counted. */

const named = {
  id: z.string(),
  name: z.record(z.string(), z.string()).meta({ description: 'By language; empty: it has none.' }),
}
const holdout = z.number().nullable().meta({
  description: 'Percent of members who do not get it, so that its effect can be told; null: everybody may.',
})
const budget = z
  .strictObject({
    of: z.enum(['amount', 'worth', 'times']),
    asset: z.string().nullable(),
    most: z.int(),
    used: z.int(),
  })
  .nullable()
  .meta({ description: 'Of `amount` smallest units of the asset, of `worth` minor units, else how often.' })

const session = z.strictObject({
  id: z.string(),
  starts: localAnswered,
  place: z.string().nullable(),
  seats: z.int(),
  taken: z.int(),
  waiting: z.int().meta({ description: 'Members in the line for a seat.' }),
})

const rewardKinds = [
  ...(['money-off', 'percent-off', 'free-shipping', 'product', 'pay-with-points', 'custom', 'gift-card'] as const),
  ...(['experience', 'access', 'donation', 'exchange', 'partner-exchange'] as const),
] as const

const reward = z.strictObject({
  ...named,
  kind: z.enum(rewardKinds),
  price: z
    .strictObject({
      asset: z.string(),
      least: z.int().meta({ description: 'The lowest price that somebody pays.' }),
      most: z.int().nullable().meta({ description: 'The highest; null: members say how much.' }),
    })
    .nullable()
    .meta({ description: 'Null: it is free, or only awarded.' }),
  codes: z.enum(['made', 'uploaded']),
  of: z.int().nullable().meta({ description: 'How many there are in all; null: as many as are asked for.' }),
  left: z.int().nullable().meta({ description: 'How many of them are left.' }),
  sessions: z.array(session).meta({ description: 'Of an experience; else none.' }),
})

const catalogue = z.strictObject({
  zone: zoneAnswered,
  rewards: z.array(reward),
  offers: z.array(
    z.strictObject({
      ...named,
      kind: z.enum(['goal', 'informs']),
      holdout,
      byRule: z.boolean().meta({ description: 'Whether the program itself says who gets it.' }),
      budget,
      lastSending: sending.nullable(),
    }),
  ),
  challenges: z.array(
    z.strictObject({
      ...named,
      each: z
        .enum(['day', 'week', 'month', 'quarter', 'year'])
        .nullable()
        .meta({ description: 'Its window; null: dates.' }),
      opens: localAnswered.nullable(),
      closes: localAnswered.nullable().meta({ description: 'First moment after it; null: it has no end.' }),
      holdout,
      budget,
    }),
  ),
  partners: z.array(
    z.strictObject({
      ...named,
      earn: z.boolean(),
      burn: z.boolean(),
      settles: z
        .strictObject({ asset: z.string(), amount: z.int(), minor: z.int() })
        .nullable()
        .meta({ description: 'So many minor units for so much of the asset; null: nothing is settled.' }),
    }),
  ),
  charities: z.array(z.strictObject(named)),
})
export type Catalogue = z.output<typeof catalogue>

const waiting = z.strictObject({
  place: z.int(),
  member: z.string(),
  redemption: z.string(),
  since: instantAnswered,
})

export const catalogueRoutes = {
  readCatalogue: route({
    method: 'GET',
    address: '/v1/catalogue',
    scope: 'programs:read',
    summary: 'Rewards, offers, challenges, partners and charities of the program in force, and what is left of them',
    answer: catalogue,
    problems: ['no-program'],
  }),
  listWaiting: route({
    method: 'GET',
    address: '/v1/rewards/{reward}/sessions/{session}/waiting',
    scope: 'members:read',
    summary: 'Who waits for a seat, in the order of the line',
    path: z.strictObject({ reward: programWord, session: programWord }),
    query: z.strictObject(page(200, 50)),
    answer: z.strictObject({ waiting: z.array(waiting), next }),
    problems: [],
  }),
  listHeldOut: route({
    method: 'GET',
    address: '/v1/held-out',
    scope: 'members:read',
    summary: 'Who has met an offer, a challenge or a rule and is held out of it',
    description:
      'A member’s part is drawn when they first meet it, and stays. Members are looked at some thousands at a time, so that a page ' +
      'may name few or nobody although another follows.',
    query: z.strictObject({
      experiment: label.meta({ description: '`offer:…`, `challenge:…`, `rule:…` or `membership:…`.' }),
      cursor: page(1, 1).cursor,
    }),
    answer: z.strictObject({ members: z.array(z.string()), next }),
    problems: [],
  }),
}
