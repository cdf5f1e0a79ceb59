import * as offers from './offer-schemas.ts'
import { route } from './route.ts'

/** Offers sent to one, to a list, or to whoever the program says. */
export const offerRoutes = {
  sendOffer: route({
    method: 'POST',
    address: '/v1/offers/{offer}/send',
    scope: 'offers:write',
    summary: 'Sends an offer to a list of members, or to whoever its own rule says; goes on after the answer',
    description:
      'A member gets it once under one Idempotency-Key, and once where none is given, whatever else it is sent with; a new key ' +
      'sends it again. The same call answers how far the sending is.',
    path: offers.offerPath,
    body: offers.toSend,
    idempotencyKey: 'optional',
    answer: offers.sending,
    problems: ['unknown-offer', 'offer-for-nobody', 'no-program'],
  }),
  readSending: route({
    method: 'GET',
    address: '/v1/offers/{offer}/sendings/{sending}',
    scope: 'members:read',
    summary: 'How far a sending is',
    path: offers.sendingPath,
    answer: offers.sending,
    problems: ['unknown-sending', 'no-program'],
  }),
  cancelSending: route({
    method: 'POST',
    address: '/v1/offers/{offer}/sendings/{sending}/cancel',
    scope: 'offers:write',
    summary: 'Stops a sending: whoever has got the offer keeps it',
    path: offers.sendingPath,
    answer: offers.sending,
    problems: ['unknown-sending', 'no-program'],
  }),
}
