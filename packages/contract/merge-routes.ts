import { memberPath } from './member-schemas.ts'
import * as merges from './merge-schemas.ts'
import { route } from './route.ts'

/** Two members that are one person (MRG-1). */
export const mergeRoutes = {
  mergeMember: route({
    method: 'POST',
    address: '/v1/members/{member}/merge',
    scope: 'adjustments:write',
    summary: 'Let a member go on as another: they are one person',
    description:
      'Points go over lot by lot with their ends, orders and progress as dated, within a second or so. From then on what comes ' +
      'for this member is recorded for the other.',
    path: memberPath,
    body: merges.toMerge,
    idempotencyKey: 'required',
    answer: merges.mergeAnswer,
    problems: [
      'unknown-member',
      'merge-with-oneself',
      'member-in-pool',
      'merged-already',
      'member-away',
      'identity-conflict',
      'event-rejected',
      'no-program',
    ],
  }),
  undoMerge: route({
    method: 'POST',
    address: '/v1/members/{member}/merge/undo',
    scope: 'adjustments:write',
    summary: 'Let a merged member go its own way again',
    description:
      'As long as the one that remains has neither earned nor spent since: both are again what they would be.',
    path: memberPath,
    body: merges.mergeToUndo,
    idempotencyKey: 'required',
    answer: merges.mergeAnswer,
    problems: ['unknown-member', 'merge-not-undoable', 'identity-conflict', 'event-rejected', 'no-program'],
  }),
}
