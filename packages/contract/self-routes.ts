import { z } from 'zod'
import { instantAnswered, label, next, page } from './fields.ts'
import * as members from './member-schemas.ts'
import { route } from './route.ts'

const ownSession = z.strictObject({
  id: z.string(),
  startedAt: instantAnswered,
  expiresAt: instantAnswered,
  current: z.boolean().meta({ description: 'Whether it is the one that asks.' }),
})
export type OwnSession = z.output<typeof ownSession>

/** What members ask for themselves, signed in; their own address names nobody, so that nobody can name another. */
export const selfRoutes = {
  readSelf: route({
    method: 'GET',
    address: '/v1/self',
    scope: 'self',
    summary: 'Oneself: balance, levels, holds',
    answer: members.member,
    problems: ['unknown-member', 'no-program'],
  }),
  listSelfSessions: route({
    method: 'GET',
    address: '/v1/self/sessions',
    scope: 'self',
    summary: 'Where one is signed in as a member',
    query: z.strictObject(page(200, 50)),
    answer: z.strictObject({ sessions: z.array(ownSession), next }),
    problems: [],
  }),
  endSelfSession: route({
    method: 'DELETE',
    address: '/v1/self/sessions/{session}',
    scope: 'self',
    summary: 'End one of these sessions',
    path: z.strictObject({ session: label }),
    answer: z.strictObject({ ended: z.int() }),
    problems: [],
  }),
}
