import { z } from 'zod'
import { route } from './route.ts'
import * as self from './self-schemas.ts'

const asked = ['unknown-member', 'no-program'] as const

/** What members ask for themselves, signed in; their own address names nobody, so that nobody can name another. */
export const selfRoutes = {
  // ---- the door ----------------------------------------------------------------------------------------------------------
  readDoor: route({
    method: 'GET',
    address: '/v1/doors/{program}',
    scope: null,
    summary: 'Whether a member of the program is signed in here',
    description: 'Answered to everybody, so that a page need not be refused something to know.',
    path: self.doorPath,
    answer: self.door,
    problems: ['unknown-door'],
  }),
  sendOwnCode: route({
    method: 'POST',
    address: '/v1/doors/{program}/codes',
    scope: null,
    summary: 'Send a member a code to sign in with',
    description:
      'For a page of Laurel itself. Where it is not known whose contact it is, nothing is sent; the answer is the same.',
    path: self.doorPath,
    body: self.codeToSend,
    answer: self.codeSent,
    problems: ['unknown-door', 'cross-site'],
  }),
  enterOwnCode: route({
    method: 'POST',
    address: '/v1/doors/{program}/sessions',
    scope: null,
    summary: 'Sign in as a member with a code',
    description: 'For a page of Laurel itself: the session is a cookie that no script can read.',
    path: self.doorPath,
    body: self.codeToEnter,
    answer: self.entered,
    problems: ['unknown-door', 'wrong-code', 'cross-site'],
  }),

  // ---- the card ----------------------------------------------------------------------------------------------------------
  readSelf: route({
    method: 'GET',
    address: '/v1/self',
    scope: 'self',
    summary: 'Oneself: balance, levels, what lapses and when, cards, challenges, badges',
    answer: self.ownCard,
    problems: asked,
  }),
  readSelfVocabulary: route({
    method: 'GET',
    address: '/v1/self/vocabulary',
    scope: 'self',
    summary: 'What the program calls things, as far as members are told of them',
    answer: self.ownVocabulary,
    problems: asked,
  }),
  readSelfStatement: route({
    method: 'GET',
    address: '/v1/self/statement',
    scope: 'self',
    summary: 'Every movement of what one sees, latest first',
    query: z.strictObject(self.pages.history),
    answer: self.ownStatement,
    problems: asked,
  }),
  explainSelf: route({
    method: 'GET',
    address: '/v1/self/statement/{number}/why',
    scope: 'self',
    summary: 'Why a line of one’s statement stands there',
    path: self.linePath,
    query: z.strictObject(self.languageQuery),
    answer: self.why,
    problems: [...asked, 'unknown-line'],
  }),

  // ---- rewards -----------------------------------------------------------------------------------------------------------
  listSelfRewards: route({
    method: 'GET',
    address: '/v1/self/rewards',
    scope: 'self',
    summary: 'What one can redeem, what it costs, and what is missing',
    query: z.strictObject(self.languageQuery),
    answer: self.ownRewards,
    problems: asked,
  }),
  redeemSelf: route({
    method: 'POST',
    address: '/v1/self/redemptions',
    scope: 'self',
    summary: 'Redeem a reward, or book a seat',
    body: self.toRedeem,
    idempotencyKey: 'required',
    answer: self.redeemed,
    problems: [...asked, 'redemption-refused', 'identity-conflict'],
  }),
  listSelfVouchers: route({
    method: 'GET',
    address: '/v1/self/vouchers',
    scope: 'self',
    summary: 'What one has in hand, latest first',
    query: z.strictObject(self.pages.vouchers),
    answer: self.ownVouchers,
    problems: asked,
  }),
  revealSelfCode: route({
    method: 'POST',
    address: '/v1/self/vouchers/{voucher}/code',
    scope: 'self',
    summary: 'The code of an open voucher of one’s own',
    path: self.ownVoucherPath,
    answer: self.ownCode,
    problems: [...asked, 'unknown-voucher', 'voucher-ended', 'no-code-left'],
  }),

  // ---- sessions ----------------------------------------------------------------------------------------------------------
  listSelfSessions: route({
    method: 'GET',
    address: '/v1/self/sessions',
    scope: 'self',
    summary: 'Where one is signed in as a member',
    query: z.strictObject(self.pages.sessions),
    answer: self.ownSessions,
    problems: [],
  }),
  signOutSelf: route({
    method: 'POST',
    address: '/v1/self/sign-out',
    scope: 'self',
    summary: 'End the session that asks',
    answer: self.signedOut,
    problems: [],
  }),
  endSelfSession: route({
    method: 'DELETE',
    address: '/v1/self/sessions/{session}',
    scope: 'self',
    summary: 'End one of these sessions',
    path: self.sessionPath,
    answer: self.sessionsEnded,
    problems: [],
  }),
}
