import type { ProblemKind } from './problem-kind.ts'

/** Of what a program has for its members: rewards, vouchers and their codes, benefits, offers, draws and leaderboards. */
export const rewardProblems = {
  'unknown-reward': {
    status: 404,
    title: 'The program has no such reward, or its codes are not uploaded',
    remedy: 'Check the id of the reward, and whether it says "codes: uploaded".',
  },
  'unknown-redemption': {
    status: 404,
    title: 'There is no such redemption',
    remedy: 'Check the id of the redemption.',
  },
  'redemption-refused': {
    status: 409,
    title: 'The redemption of this id was refused',
    remedy: 'See "refusal". A refused id stays refused: ask again under a new id. Nothing was held or burnt.',
  },
  'unknown-voucher': {
    status: 404,
    title: 'The member has no such voucher',
    remedy: 'List them with GET /v1/members/{member}/vouchers?status=all.',
  },
  'voucher-ended': {
    status: 409,
    title: 'The voucher is no longer open',
    remedy: 'Read it with GET /v1/members/{member}/vouchers/{voucher}: its status says how it ended.',
  },
  'unknown-code': {
    status: 404,
    title: 'No voucher has this code',
    remedy: 'Type the code again; after 30 wrong ones in a minute the key has to wait.',
  },
  'no-code-left': {
    status: 409,
    title: 'All uploaded codes of the reward are given out',
    remedy: 'Upload more with POST /v1/rewards/{reward}/codes, then ask again: the voucher stays good.',
  },
  'code-of-another-reward': {
    status: 409,
    title: 'A code belongs to another reward already',
    remedy: 'Remove the codes at the places named under "indexes". Nothing was written.',
  },
  'unknown-benefit': {
    status: 404,
    title: 'The program has no such benefit',
    remedy: 'Ask without "benefit" for all of them.',
  },
  'unknown-offer': {
    status: 404,
    title: 'The program has no such offer',
    remedy: 'Name an offer of the latest version; GET /v1/programs shows them all.',
  },
  'unknown-sending': {
    status: 404,
    title: 'The offer was never sent so',
    remedy: 'Use the id that POST /v1/offers/{offer}/send answered, with the same offer.',
  },
  'offer-for-nobody': {
    status: 409,
    title: 'Neither the request nor the offer says who gets it',
    remedy: 'Name members, or publish a version in which the offer has sendTo.',
  },
  'unknown-draw': {
    status: 404,
    title: 'The program has no such draw',
    remedy: 'Name a draw of the latest version; its seed is promised within a minute of publication.',
  },
  'draw-not-over': {
    status: 409,
    title: 'The draw is not over yet',
    remedy: 'Ask again a few minutes after it has closed; GET /v1/draws/{draw} says when that is.',
  },
  'unknown-leaderboard': {
    status: 404,
    title: 'The program has no such leaderboard',
    remedy: 'Name a leaderboard of the latest version; GET /v1/programs shows them all.',
  },
} as const satisfies Record<string, ProblemKind>
