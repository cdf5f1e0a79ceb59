import type { ProblemKind } from './problem-kind.ts'

/** Of members: their facts, and what they do among themselves. */
export const memberProblems = {
  'unknown-member': {
    status: 404,
    title: 'The program has no such member',
    remedy: 'Check the id, or create the member with POST /v1/members.',
  },
  'unknown-line': {
    status: 404,
    title: 'No such line stands in the statement',
    remedy: 'List the lines with GET /v1/self/statement; name one by its number.',
  },
  'member-exists': {
    status: 409,
    title: 'The member exists with other content',
    remedy:
      'Read the member with GET /v1/members/{member}; change the profile at /v1/members/{member}/profile, segments, tags and marks with a member.changed event.',
  },
  'member-erased': {
    status: 410,
    title: 'The member is erased',
    remedy: 'Give whoever comes another id: this one belonged to somebody who is forgotten for good.',
  },
  'unknown-event': {
    status: 404,
    title: 'No such event is recorded for this member',
    remedy: 'Check source and id of the event, and whose it is.',
  },
  'event-rejected': {
    status: 422,
    title: 'The event is not accepted',
    remedy: 'See "rejection" for the reason. Nothing was written.',
  },
  'unknown-refund': {
    status: 404,
    title: 'The queue holds no such refund',
    remedy: 'List the queue with GET /v1/unmatched-refunds; it may have been answered already.',
  },
  'unknown-overdue-fact': {
    status: 404,
    title: 'The queue holds no such overdue fact',
    remedy: 'List the queue with GET /v1/overdue-facts; it may have been answered already.',
  },
  'unknown-pool': {
    status: 404,
    title: 'Nobody has founded such a pool',
    remedy: 'Check the id, or found it with POST /v1/pools.',
  },
  'unknown-pool-plan': {
    status: 404,
    title: 'The program has no such kind of pool',
    remedy: 'Check the plan against `pools` of the program.',
  },
  'no-pool-to-pay': {
    status: 409,
    title: 'The member is in no pool that could pay for this',
    remedy: 'Leave `from` out, or let the member join a pool of the asset that the reward is paid with.',
  },
  'gift-to-oneself': {
    status: 409,
    title: 'A gift goes to somebody else',
    remedy: 'Say the id of another member under `to`.',
  },
  'receiver-has-left': {
    status: 409,
    title: 'Who would receive it has left the program',
    remedy: 'Nothing was given. Name a member who is there, or wait until this one has come back.',
  },
  'unknown-charity': {
    status: 404,
    title: 'The program gives to no such charity',
    remedy: 'Check the id against `charities` of the program.',
  },
  'merge-with-oneself': {
    status: 409,
    title: 'A member cannot go into itself',
    remedy: 'Say the id of the member that remains under `into`.',
  },
  'member-in-pool': {
    status: 409,
    title: 'The member is still in a pool',
    remedy: 'Let the member leave it first, with POST /v1/pools/{pool}/members/{member}/leave.',
  },
  'merged-already': {
    status: 409,
    title: 'The member has gone into another one already',
    remedy: 'See under "into" which one: it answers for this member, and can be merged itself.',
  },
  'member-away': {
    status: 409,
    title: 'One of the two is frozen, or has left',
    remedy: 'Unfreeze the member, or let it rejoin, before the two are merged.',
  },
  'merge-not-undoable': {
    status: 409,
    title: 'The merge cannot be undone any more, or there is none',
    remedy: 'Adjust points by hand: the member has earned or spent since, or something has come via the merged one.',
  },
  'unknown-referral-code': {
    status: 404,
    title: 'No member has this code',
    remedy: 'Check the link, or ask for the code with POST /v1/members/{member}/referral-code.',
  },
  'referral-of-oneself': {
    status: 409,
    title: 'The code is the member’s own',
    remedy: 'Leave the code out: nobody sends oneself.',
  },
  'no-referral': {
    status: 404,
    title: 'Nobody has sent this member',
    remedy: 'Check the id: a review names the friend, not the advocate.',
  },
} as const satisfies Record<string, ProblemKind>
