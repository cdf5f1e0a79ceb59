import { z } from 'zod'
import { actAnswer } from './act-schemas.ts'
import { amount, instantAnswered, label, next, page, programWord } from './fields.ts'
import { route } from './route.ts'
import { role } from './team-schemas.ts'

const limit = z.strictObject({
  role,
  asset: programWord,
  mostPerDay: amount.nullable().meta({
    description: 'In any 24 hours, given and taken together, by one person alone. Null: as much as they like.',
  }),
})
export type StaffLimit = z.output<typeof limit>

const waitingAct = z.strictObject({
  id: z.string(),
  member: z.string(),
  kind: z.enum(['adjustment', 'reinstatement']),
  asset: z.string(),
  amount: z.int().meta({ description: 'Above zero gives, below takes.' }),
  reason: z.string(),
  askedBy: z.string(),
  askedAt: instantAnswered,
})
export type WaitingAct = z.output<typeof waitingAct>

const actPath = z.strictObject({ act: label })

/** How much a person may give and take by hand alone, and what waits for a second one. */
export const secondPersonRoutes = {
  listLimits: route({
    method: 'GET',
    address: '/v1/team/limits',
    scope: 'team:read',
    summary: 'How much people of each role may adjust without a second person',
    description:
      'What is not listed has no limit. Keys have none: whoever makes a key says by its scopes what it is for.',
    answer: z.strictObject({ limits: z.array(limit) }),
    problems: [],
  }),
  setLimit: route({
    method: 'POST',
    address: '/v1/team/limits',
    scope: 'team:write',
    summary: 'Set such a limit, or take it away',
    description: 'What people have adjusted in the last 24 hours counts against it.',
    body: limit,
    answer: limit,
    problems: [],
  }),
  listWaitingActs: route({
    method: 'GET',
    address: '/v1/waiting-acts',
    scope: 'adjustments:write',
    summary: 'What waits for a second person, oldest first',
    query: z.strictObject(page(200, 50)),
    answer: z.strictObject({ acts: z.array(waitingAct), next }),
    problems: [],
  }),
  approveAct: route({
    method: 'POST',
    address: '/v1/waiting-acts/{act}/approve',
    scope: 'adjustments:write',
    summary: 'Let it be done, as a second person',
    description:
      'It is judged at the member as it stands now, and recorded in the name of whoever asked for it; who approved stands in the ' +
      'audit log. Approved once more, it answers the same.',
    path: actPath,
    answer: actAnswer,
    problems: ['unknown-act', 'act-rejected', 'second-person-needed', 'unknown-member', 'event-rejected', 'no-program'],
  }),
  rejectAct: route({
    method: 'POST',
    address: '/v1/waiting-acts/{act}/reject',
    scope: 'adjustments:write',
    summary: 'Let it not be done; whoever asked may do so themselves',
    path: actPath,
    answer: z.strictObject({ id: z.string(), rejected: z.boolean() }),
    problems: ['unknown-act'],
  }),
}
