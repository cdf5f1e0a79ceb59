import * as gifts from './gift-schemas.ts'
import { memberPath } from './member-schemas.ts'
import { route } from './route.ts'

/** What members give to each other (GIFT-1). */
export const giftRoutes = {
  givePoints: route({
    method: 'POST',
    address: '/v1/members/{member}/gifts',
    scope: 'redemptions:write',
    summary: 'Give points to another member',
    description: 'They leave the giver at once and keep their expiry; a receiver in debt repays it first.',
    path: memberPath,
    body: gifts.giftToGive,
    idempotencyKey: 'required',
    answer: gifts.giftAnswer,
    problems: [
      'unknown-member',
      'gift-to-oneself',
      'receiver-has-left',
      'identity-conflict',
      'event-rejected',
      'no-program',
    ],
  }),
}
