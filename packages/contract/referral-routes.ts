import * as acts from './act-schemas.ts'
import * as members from './member-schemas.ts'
import * as referrals from './referral-schemas.ts'
import { route } from './route.ts'

/** Who sent whom, from the link to the review (RFL-1). */
export const referralRoutes = {
  makeReferralCode: route({
    method: 'POST',
    address: '/v1/members/{member}/referral-code',
    scope: 'members:write',
    summary: 'The code with which a member sends others',
    description: 'One for each member, and always the same.',
    path: members.memberPath,
    answer: referrals.referralCode,
    problems: ['unknown-member', 'no-program'],
  }),
  countReferralClick: route({
    method: 'POST',
    address: '/v1/referral-clicks',
    scope: 'members:write',
    summary: 'Count that somebody followed a link with a code',
    body: referrals.codeToCount,
    answer: referrals.codeCounted,
    problems: ['unknown-referral-code', 'no-program'],
  }),
  claimReferral: route({
    method: 'POST',
    address: '/v1/members/{member}/referral',
    scope: 'members:write',
    summary: 'Say that a new member was sent by another',
    path: members.memberPath,
    body: referrals.referralToClaim,
    idempotencyKey: 'required',
    answer: referrals.referralClaimed,
    problems: [
      ...(['unknown-member', 'unknown-referral-code', 'referral-of-oneself'] as const),
      ...(['identity-conflict', 'event-rejected', 'no-program'] as const),
    ],
  }),
  readReferral: route({
    method: 'GET',
    address: '/v1/members/{member}/referral',
    scope: 'members:read',
    summary: 'Who sent a member, and whom the member sent',
    path: members.memberPath,
    answer: referrals.referral,
    problems: ['unknown-member', 'no-program'],
  }),
  tellFingerprints: route({
    method: 'POST',
    address: '/v1/members/{member}/fingerprints',
    scope: 'members:write',
    summary: 'Tell keyed fingerprints of a member, such as that of a payment',
    description: 'Where a friend and an advocate, or two friends of one, have one in common, a person looks at it.',
    path: members.memberPath,
    body: referrals.fingerprints,
    answer: referrals.fingerprintsTold,
    problems: ['unknown-member', 'event-rejected', 'no-program'],
  }),
  listReferrals: route({
    method: 'GET',
    address: '/v1/referrals',
    scope: 'members:read',
    summary: 'Referrals by where they are, those that wait for a person where nothing is said; oldest first',
    query: referrals.referralsQuery,
    answer: referrals.referrals,
    problems: [],
  }),
  reviewReferral: route({
    method: 'POST',
    address: '/v1/members/{member}/referral/review',
    scope: 'adjustments:write',
    summary: 'Let a referral go on, or end it',
    path: members.memberPath,
    body: referrals.referralToReview,
    idempotencyKey: 'required',
    answer: acts.actAnswer,
    problems: ['unknown-member', 'no-referral', 'identity-conflict', 'event-rejected', 'no-program'],
  }),
}
