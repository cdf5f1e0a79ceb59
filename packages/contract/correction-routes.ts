import * as corrections from './correction-schemas.ts'
import { route } from './route.ts'

/** From a date on another version should have judged: shown first, then approved, then posted member by member. */
export const correctionRoutes = {
  startCorrection: route({
    method: 'POST',
    address: '/v1/corrections',
    scope: 'programs:write',
    summary: 'See what it takes to let another version judge from a past date',
    description:
      'Nothing is posted before it is approved. It is worked out beside the traffic, one at a time for each program. ' +
      'The same Idempotency-Key names the same correction.',
    idempotencyKey: 'required',
    body: corrections.correctionToStart,
    answer: corrections.correction,
    problems: [
      'no-program',
      'unknown-version',
      'version-not-begun',
      'version-overtaken',
      'version-on-trial',
      'pilot-running',
      'correction-too-early',
      'correction-too-late',
      'correction-open',
    ],
  }),
  listCorrections: route({
    method: 'GET',
    address: '/v1/corrections',
    scope: 'programs:read',
    summary: 'Corrections, the latest first',
    query: corrections.correctionsQuery,
    answer: corrections.corrections,
    problems: [],
  }),
  readCorrection: route({
    method: 'GET',
    address: '/v1/corrections/{correction}',
    scope: 'programs:read',
    summary: 'What a correction would post, or how far it has come',
    description: 'It names members by their ids.',
    path: corrections.correctionPath,
    answer: corrections.correction,
    problems: ['unknown-correction'],
  }),
  listCorrectedMembers: route({
    method: 'GET',
    address: '/v1/corrections/{correction}/members',
    scope: 'ledger:read',
    summary: 'What a correction would post, member by member',
    path: corrections.correctionPath,
    query: corrections.correctionMembersQuery,
    answer: corrections.correctionMembers,
    problems: ['unknown-correction'],
  }),
  approveCorrection: route({
    method: 'POST',
    address: '/v1/corrections/{correction}/approve',
    scope: 'programs:write',
    summary: 'Let a correction be posted as it was shown',
    description:
      'Where the program demands a second person (`publishing.approval`), whoever approves holds another key than who has asked ' +
      'for it. Keys of one holder are one person.',
    path: corrections.correctionPath,
    answer: corrections.correction,
    problems: ['unknown-correction', 'correction-status', 'correction-overtaken', 'second-person-needed'],
  }),
  cancelCorrection: route({
    method: 'POST',
    address: '/v1/corrections/{correction}/cancel',
    scope: 'programs:write',
    summary: 'Give a correction up',
    description: 'It ends between two members: what is posted stays. One that has ended stays as it is.',
    path: corrections.correctionPath,
    answer: corrections.correction,
    problems: ['unknown-correction'],
  }),
}
