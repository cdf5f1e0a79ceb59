import { z } from 'zod'
import * as acts from './act-schemas.ts'
import { backtestRoutes } from './backtest-routes.ts'
import { catalogueRoutes } from './catalogue-routes.ts'
import { correctionRoutes } from './correction-routes.ts'
import { draftRoutes } from './draft-routes.ts'
import { cart, eventAnswers, preview } from './event-answers.ts'
import { event } from './events.ts'
import { flag, page } from './fields.ts'
import { figureRoutes } from './figure-routes.ts'
import { firstRunRoutes } from './first-run-routes.ts'
import { gameRoutes } from './game-routes.ts'
import { giftRoutes } from './gift-routes.ts'
import { insightRoutes } from './insight-routes.ts'
import * as keys from './key-schemas.ts'
import * as leaving from './leaving-schemas.ts'
import { memberRoutes } from './member-routes.ts'
import * as members from './member-schemas.ts'
import { mergeRoutes } from './merge-routes.ts'
import { offerRoutes } from './offer-routes.ts'
import { pilotRoutes } from './pilot-routes.ts'
import { poolRoutes } from './pool-routes.ts'
import { programRoutes } from './program-routes.ts'
import * as programs from './program-schemas.ts'
import * as redemptions from './redemption-schemas.ts'
import { referralRoutes } from './referral-routes.ts'
import { type Route, route } from './route.ts'
import { sandboxRoutes } from './sandbox-routes.ts'
import { secondPersonRoutes } from './second-person-routes.ts'
import { selfRoutes } from './self-routes.ts'
import { settingsRoutes } from './settings-routes.ts'
import { settlementRoutes } from './settlement-routes.ts'
import { teamRoutes } from './team-routes.ts'
import { tillRoutes } from './till-routes.ts'
import { voucherRoutes } from './voucher-routes.ts'

/** The whole interface. A key is bound to one program and staff name theirs in a header, so no address names one. */
export const routes = {
  // ---- events ------------------------------------------------------------------------------------------------------------
  recordEvents: route({
    method: 'POST',
    address: '/v1/events',
    scope: 'events:write',
    summary: 'Record what happened',
    description:
      'One event, an array of up to 1,000, or application/x-ndjson without an end. Each is answered on its own: recorded, ' +
      'repeated, rejected, conflict or invalid. NDJSON is answered as NDJSON, one line for each that is not empty, in order; a line has at most 256 kB.',
    query: z.strictObject({
      history: flag.meta({
        description:
          'An import of the past, sorted by time for each member: nothing of it is overdue, and a request is judged at the moment ' +
          'that it names. What lies before `late.historyFrom` of the program is rejected as `closed-period`. Needs the scope ' +
          'events:history.',
      }),
    }),
    body: z.union([event, z.array(event).max(1000)]),
    bodyKind: 'events',
    answer: eventAnswers,
    problems: ['identity-conflict', 'event-rejected', 'no-program'],
  }),
  previewCart: route({
    method: 'POST',
    address: '/v1/carts/preview',
    scope: 'members:read',
    summary: 'What an order would give',
    description: 'The same decision as for a paid order; nothing is written.',
    body: cart,
    answer: preview,
    problems: ['unknown-member', 'event-rejected', 'no-program'],
  }),

  // ---- redemptions -------------------------------------------------------------------------------------------------------
  reserveRedemption: route({
    method: 'POST',
    address: '/v1/redemptions',
    scope: 'redemptions:write',
    summary: 'Hold points for a reward',
    body: redemptions.redemptionToReserve,
    idempotencyKey: 'optional',
    answer: redemptions.redemptionAnswer,
    problems: [
      'unknown-member',
      'no-pool-to-pay',
      'redemption-refused',
      'identity-conflict',
      'idempotency-key-missing',
      'no-program',
    ],
  }),
  readRedemption: route({
    method: 'GET',
    address: '/v1/redemptions/{redemption}',
    scope: 'members:read',
    summary: 'One redemption as it stands',
    path: redemptions.redemptionPath,
    answer: redemptions.redemption,
    problems: ['unknown-redemption'],
  }),
  confirmRedemption: route({
    method: 'POST',
    address: '/v1/redemptions/{redemption}/confirm',
    scope: 'redemptions:write',
    summary: 'Burn the held points',
    description: 'Succeeds after the time-out, too, where the points are still free; else it is refused as expired.',
    path: redemptions.redemptionPath,
    idempotencyKey: 'optional',
    answer: redemptions.redemptionAnswer,
    problems: ['unknown-redemption', 'redemption-refused', 'identity-conflict'],
  }),
  cancelRedemption: route({
    method: 'POST',
    address: '/v1/redemptions/{redemption}/cancel',
    scope: 'redemptions:write',
    summary: 'Give the held points back',
    description:
      'Of what is reserved and not confirmed. A voucher or a booked seat goes back with `POST /v1/members/{member}/vouchers/{redemption}/return`.',
    path: redemptions.redemptionPath,
    idempotencyKey: 'optional',
    answer: redemptions.redemptionAnswer,
    problems: ['unknown-redemption', 'redemption-refused', 'identity-conflict'],
  }),

  leaveLine: route({
    method: 'POST',
    address: '/v1/redemptions/{redemption}/leave-line',
    scope: 'redemptions:write',
    summary: 'Leave the line for a seat that a full session has put the member in',
    description:
      'Whoever is behind moves up; left once or twice is the same. A seat that is kept already goes to the next when its time is over.',
    path: redemptions.redemptionPath,
    answer: redemptions.redemption,
    problems: ['unknown-redemption', 'unknown-member', 'no-program'],
  }),

  ...voucherRoutes,
  ...memberRoutes,
  ...selfRoutes,

  // ---- tills -------------------------------------------------------------------------------------------------------------
  ...tillRoutes,
  ...gameRoutes,
  ...offerRoutes,

  // ---- members among themselves ------------------------------------------------------------------------------------------
  ...giftRoutes,
  ...mergeRoutes,
  ...poolRoutes,
  ...referralRoutes,
  ...settlementRoutes,
  ...figureRoutes,
  ...insightRoutes,

  // ---- coming and going --------------------------------------------------------------------------------------------------
  freezeMember: route({
    method: 'POST',
    address: '/v1/members/{member}/freeze',
    scope: 'adjustments:write',
    summary: 'Freeze a member from now on, or no longer',
    description: 'Who is frozen earns and redeems nothing. Refunds, time and acts of staff go on.',
    path: members.memberPath,
    body: leaving.toFreeze,
    idempotencyKey: 'required',
    answer: leaving.cameOrWent,
    problems: ['unknown-member', 'identity-conflict', 'event-rejected', 'no-program'],
  }),
  leaveProgram: route({
    method: 'POST',
    address: '/v1/members/{member}/leave',
    scope: 'members:write',
    summary: 'Let a member go',
    description: 'What is left waits for as long as the program says, and is forfeited then.',
    path: members.memberPath,
    idempotencyKey: 'required',
    answer: leaving.cameOrWent,
    problems: ['unknown-member', 'identity-conflict', 'event-rejected', 'no-program'],
  }),
  rejoinProgram: route({
    method: 'POST',
    address: '/v1/members/{member}/rejoin',
    scope: 'members:write',
    summary: 'Let a member who has left come back',
    path: members.memberPath,
    idempotencyKey: 'required',
    answer: leaving.cameOrWent,
    problems: ['unknown-member', 'identity-conflict', 'event-rejected', 'no-program'],
  }),

  // ---- acts of staff -----------------------------------------------------------------------------------------------------
  adjustPoints: route({
    method: 'POST',
    address: '/v1/members/{member}/adjustments',
    scope: 'adjustments:write',
    summary: 'Give or take by hand',
    path: members.memberPath,
    body: acts.adjustment,
    idempotencyKey: 'required',
    answer: acts.actAnswer,
    problems: [
      'second-person-first',
      'act-rejected',
      'unknown-member',
      'identity-conflict',
      'event-rejected',
      'no-program',
    ],
  }),
  extendLots: route({
    method: 'POST',
    address: '/v1/members/{member}/lots/extensions',
    scope: 'adjustments:write',
    summary: 'Move the last day of lots that have not lapsed, also of what open reservations hold of them',
    path: members.memberPath,
    body: acts.lotsToExtend,
    idempotencyKey: 'required',
    answer: acts.actAnswer,
    problems: ['unknown-member', 'identity-conflict', 'event-rejected', 'no-program'],
  }),
  reinstateLots: route({
    method: 'POST',
    address: '/v1/members/{member}/lots/reinstatements',
    scope: 'adjustments:write',
    summary: 'Give lapsed points back',
    path: members.memberPath,
    body: acts.lotsToReinstate,
    idempotencyKey: 'required',
    answer: acts.actAnswer,
    problems: [
      'second-person-first',
      'act-rejected',
      'unknown-member',
      'identity-conflict',
      'event-rejected',
      'no-program',
    ],
  }),
  overrideTier: route({
    method: 'POST',
    address: '/v1/members/{member}/tiers/{ladder}/override',
    scope: 'adjustments:write',
    summary: 'Hold a level whatever was earned, or end that',
    path: acts.ladderPath,
    body: acts.tierToOverride,
    idempotencyKey: 'required',
    answer: acts.actAnswer,
    problems: ['unknown-member', 'identity-conflict', 'event-rejected', 'no-program'],
  }),
  listUnmatchedRefunds: route({
    method: 'GET',
    address: '/v1/unmatched-refunds',
    scope: 'members:read',
    summary: 'Refunds that match no order, oldest first',
    query: z.strictObject(page(200, 50)),
    answer: acts.queuedRefunds,
    problems: [],
  }),
  acceptRefund: route({
    method: 'POST',
    address: '/v1/unmatched-refunds/{source}/{id}/accept',
    scope: 'adjustments:write',
    summary: 'Count a queued refund after all',
    path: acts.queuedPath,
    body: acts.refundToAccept,
    answer: acts.actAnswer,
    problems: ['unknown-refund', 'identity-conflict', 'event-rejected', 'no-program'],
  }),
  dismissRefund: route({
    method: 'POST',
    address: '/v1/unmatched-refunds/{source}/{id}/dismiss',
    scope: 'adjustments:write',
    summary: 'Take a refund off the queue without counting it',
    description: 'One that names an order still counts once that order comes: what happened is not a matter of order.',
    path: acts.queuedPath,
    body: acts.refundToDismiss,
    answer: acts.dismissed,
    problems: ['unknown-refund'],
  }),
  listOverdueFacts: route({
    method: 'GET',
    address: '/v1/overdue-facts',
    scope: 'members:read',
    summary: 'Facts that came later than the program accepts, oldest first',
    query: z.strictObject(page(200, 50)),
    answer: acts.overdueFacts,
    problems: [],
  }),
  acceptOverdueFact: route({
    method: 'POST',
    address: '/v1/overdue-facts/{source}/{id}/accept',
    scope: 'adjustments:write',
    summary: 'Record an overdue fact after all',
    description: 'It is judged at its own moment, as an import of what is long past would be.',
    path: acts.queuedPath,
    body: acts.overdueFactAnswer,
    answer: acts.actAnswer,
    problems: ['unknown-overdue-fact', 'unknown-member', 'identity-conflict', 'event-rejected', 'no-program'],
  }),
  dismissOverdueFact: route({
    method: 'POST',
    address: '/v1/overdue-facts/{source}/{id}/dismiss',
    scope: 'adjustments:write',
    summary: 'Take an overdue fact off the queue without recording it',
    path: acts.queuedPath,
    body: acts.overdueFactAnswer,
    answer: acts.overdueFactDismissed,
    problems: ['unknown-overdue-fact'],
  }),

  ...programRoutes,
  ...draftRoutes,
  ...pilotRoutes,
  ...backtestRoutes,
  ...sandboxRoutes,
  ...correctionRoutes,

  // ---- ledger ------------------------------------------------------------------------------------------------------------
  verifyLedger: route({
    method: 'POST',
    address: '/v1/ledger/verify',
    scope: 'ledger:read',
    summary: 'Recompute the books from what is stored',
    answer: programs.verification,
    problems: [],
  }),
  exportLedger: route({
    method: 'GET',
    address: '/v1/ledger/export',
    scope: 'ledger:export',
    summary: 'The whole books, line by line',
    description:
      'Everything that was decided, with its transfers, balances, lots, chains and roots, as `laurel export` writes it and ' +
      '`laurel verify --export` checks it anywhere. Books without their last line are cut off. One export of a program at a time.',
    answer: programs.bookLine,
    answerKind: 'lines',
    problems: [],
  }),
  listRoots: route({
    method: 'GET',
    address: '/v1/ledger/roots',
    scope: 'ledger:read',
    summary: 'Daily roots over all chains, latest first',
    query: z.strictObject(page(366, 31)),
    answer: programs.roots,
    problems: [],
  }),
  readDecisions: route({
    method: 'GET',
    address: '/v1/decisions',
    scope: 'ledger:read',
    summary: 'Every decision and every root of a day, from a position',
    query: z.strictObject({ ...programs.feedQuery, limit: page(1000, 100).limit }),
    answer: programs.feedPage,
    problems: [],
  }),

  // ---- staff -------------------------------------------------------------------------------------------------------------
  ...teamRoutes,

  // ---- the shop ----------------------------------------------------------------------------------------------------------
  ...catalogueRoutes,
  ...firstRunRoutes,
  ...settingsRoutes,
  ...secondPersonRoutes,

  // ---- keys --------------------------------------------------------------------------------------------------------------
  listKeys: route({
    method: 'GET',
    address: '/v1/keys',
    scope: 'keys:write',
    summary: 'Who may come in, latest first',
    query: keys.keysQuery,
    answer: keys.keyPage,
    problems: [],
  }),
  makeKey: route({
    method: 'POST',
    address: '/v1/keys',
    scope: 'keys:write',
    summary: 'Make a key of the program, and show it once',
    description:
      'It may do what its scopes say, and no more than whoever makes it. It counts as theirs: what they ask for with the one they ' +
      'cannot approve with the other. Sent again, it is refused, since the first answer cannot be given a second time.',
    body: keys.keyToMake,
    answer: keys.keyMade,
    problems: ['key-name-taken'],
  }),
  revokeKey: route({
    method: 'POST',
    address: '/v1/keys/{key}/revoke',
    scope: 'keys:write',
    summary: 'End a key, for good',
    description: 'At once on this server, within ten seconds on every other. A key may end itself.',
    path: keys.keyPath,
    answer: keys.apiKey,
    problems: ['unknown-key'],
  }),

  // ---- erasure -----------------------------------------------------------------------------------------------------------
  listErased: route({
    method: 'GET',
    address: '/v1/erased-members',
    scope: 'members:erase',
    summary: 'Who is erased, in order of ids',
    description: 'Keep it outside: a backup from before is told it again, as erased.ndjson in the data folder.',
    query: z.strictObject(page(1000, 100)),
    answer: leaving.erasedMembers,
    problems: [],
  }),
  eraseMember: route({
    method: 'DELETE',
    address: '/v1/members/{member}',
    scope: 'members:erase',
    summary: 'Forget a member for good',
    description:
      'What is left is forfeited, debt is written off, and whatever is personal is deleted. The books stay, and verify as before. ' +
      'Asked again, it answers the same. There is no way back.',
    path: members.memberPath,
    query: leaving.erasureQuery,
    answer: leaving.erased,
    problems: ['unknown-member', 'no-program'],
  }),

  // ---- the interface itself ----------------------------------------------------------------------------------------------
  readDescription: route({
    method: 'GET',
    address: '/v1/openapi.json',
    scope: null,
    summary: 'This description',
    answer: z.looseObject({ openapi: z.string() }),
    problems: [],
  }),
} as const satisfies Record<string, Route>

export type Routes = typeof routes
export type RouteName = keyof Routes
