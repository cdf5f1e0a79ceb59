interface ProblemKind {
  /** HTTP status. */
  readonly status: number
  /** What is the matter, the same for every occurrence. */
  readonly title: string
  /** What the caller can do about it. */
  readonly remedy: string
}

/**
 * Every problem that a request can meet. Codes are stable; clients match them and never a text. A refusal of the program is no
 * problem: it is an answer.
 */
export const problems = {
  'malformed-request': {
    status: 400,
    title: 'This is no HTTP request that can be read',
    remedy: 'Send HTTP/1.1 with a Host header, no stray bytes, and an address whose every "%" begins an escape.',
  },
  'malformed-body': {
    status: 400,
    title: 'The body cannot be read',
    remedy: 'Send what the Content-Type says: JSON in UTF-8, with no more than 64 levels of nesting.',
  },
  'invalid-request': {
    status: 400,
    title: 'The request has fields that are missing, unknown or out of bounds',
    remedy: 'Mend every field that is listed under "errors". Nothing was written.',
  },
  'idempotency-key-missing': {
    status: 400,
    title: 'The request has no identity of its own',
    remedy: 'Send an Idempotency-Key header, and the same one when you repeat the request.',
  },
  unauthenticated: {
    status: 401,
    title: 'The key is missing, unknown, expired or revoked',
    remedy:
      'Send "Authorization: Bearer lrl_…" with a key that is in force. "laurel key create" makes one, while no server runs on the data folder.',
  },
  'missing-scope': {
    status: 403,
    title: 'The key may not do this',
    remedy: 'Use a key that has the scope named under "scope".',
  },
  'other-program': {
    status: 403,
    title: 'The key is bound to another program',
    remedy:
      'Use a key of the program that the document names, or give the document to this one with "laurel publish --as".',
  },
  'unknown-route': {
    status: 404,
    title: 'There is nothing at this address',
    remedy: 'See /v1/openapi.json for what there is.',
  },
  'unknown-member': {
    status: 404,
    title: 'The program has no such member',
    remedy: 'Check the id, or create the member with POST /v1/members.',
  },
  'unknown-event': {
    status: 404,
    title: 'No such event is recorded for this member',
    remedy: 'Check source and id of the event, and whose it is.',
  },
  'unknown-redemption': {
    status: 404,
    title: 'There is no such redemption',
    remedy: 'Check the id of the redemption.',
  },
  'unknown-pool': {
    status: 404,
    title: 'Nobody has founded such a pool',
    remedy: 'Check the id, or found it with POST /v1/pools.',
  },
  'no-pool-to-pay': {
    status: 409,
    title: 'The member is in no pool that could pay for this',
    remedy: 'Leave `from` out, or let the member join a pool of the asset that the reward is paid with.',
  },
  'unknown-pool-plan': {
    status: 404,
    title: 'The program has no such kind of pool',
    remedy: 'Check the plan against `pools` of the program.',
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
  'unknown-voucher': {
    status: 404,
    title: 'The member has no such voucher',
    remedy: 'List them with GET /v1/members/{member}/vouchers?status=all.',
  },
  'unknown-code': {
    status: 404,
    title: 'No voucher has this code',
    remedy: 'Type the code again; after 30 wrong ones in a minute the key has to wait.',
  },
  'unknown-reward': {
    status: 404,
    title: 'The program has no such reward, or its codes are not uploaded',
    remedy: 'Check the id of the reward, and whether it says "codes: uploaded".',
  },
  'unknown-benefit': {
    status: 404,
    title: 'The program has no such benefit',
    remedy: 'Ask without "benefit" for all of them.',
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
  'unknown-key': {
    status: 404,
    title: 'The program has no such key',
    remedy: 'List the keys with GET /v1/keys; name one by its id, not by its secret.',
  },
  'unknown-leaderboard': {
    status: 404,
    title: 'The program has no such leaderboard',
    remedy: 'Name a leaderboard of the latest version; GET /v1/programs shows them all.',
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
  'unknown-version': {
    status: 404,
    title: 'The program has no such version',
    remedy: 'List the versions with GET /v1/programs.',
  },
  'unknown-draft': {
    status: 404,
    title: 'The program has no such draft',
    remedy: 'List the drafts with GET /v1/drafts, or save a new one with revision 0.',
  },
  'unknown-pilot': {
    status: 404,
    title: 'No pilot of the program began with this version',
    remedy: 'List the pilots with GET /v1/pilots.',
  },
  'unknown-backtest': {
    status: 404,
    title: 'The program has no such backtest',
    remedy: 'List them with GET /v1/backtests. The oldest are deleted when new ones begin.',
  },
  'unknown-sandbox': {
    status: 404,
    title: 'The program has no such sandbox',
    remedy: 'List them with GET /v1/sandboxes, or begin one with POST /v1/sandboxes.',
  },
  'unknown-advance': {
    status: 404,
    title: 'Time was never let pass so in this sandbox',
    remedy: 'List the advances with GET /v1/sandbox/advances.',
  },
  'unknown-correction': {
    status: 404,
    title: 'The program has no such correction',
    remedy: 'List them with GET /v1/corrections.',
  },
  'wrong-method': {
    status: 405,
    title: 'This address does not know the method',
    remedy: 'Use one of the methods named in the Allow header.',
  },
  'correction-open': {
    status: 409,
    title: 'Another correction of this program is open',
    remedy: 'Let the one named under "correction" be approved, or cancel it.',
  },
  'correction-status': {
    status: 409,
    title: 'The correction is not at the step for that',
    remedy: 'Read it again: its status is named under "state". Only one that is "shown" is approved.',
  },
  'correction-overtaken': {
    status: 409,
    title: 'A version was published since the correction was shown',
    remedy: 'Cancel it and ask again: what would be posted may be otherwise now.',
  },
  'correction-too-early': {
    status: 409,
    title: 'Nothing can be corrected from that date on',
    remedy: 'Name a later date: "from" says from when on something can be corrected.',
  },
  'correction-too-late': {
    status: 409,
    title: 'A correction begins in the past',
    remedy: 'Name a date that is over. What is to change from now on is published.',
  },
  'version-not-begun': {
    status: 409,
    title: 'The version has not begun',
    remedy: 'Wait for its start, or publish it again without one: only what counts today is said of the past.',
  },
  'version-on-trial': {
    status: 409,
    title: 'The version is for a share of the members only',
    remedy: 'Name a version for all. What a pilot gave its members is theirs; widen it to all, and correct with that.',
  },
  'version-overtaken': {
    status: 409,
    title: 'The version does not reach back to that date, and later ones stand behind it',
    remedy:
      'Name the version under "latest". Is another one meant, roll back to it, and name the version that this makes: what judges the past is published again with its date. After a correction that was cancelled, "latest" goes on with what is left.',
  },
  'backtest-running': {
    status: 409,
    title: 'Another backtest of this program is under way',
    remedy: 'Wait for the one named under "backtest", or cancel it.',
  },
  'backtest-not-done': {
    status: 409,
    title: 'The backtest has no report',
    remedy: 'Ask again when its status is "done"; one that was cancelled or has failed never has one.',
  },
  'no-sandbox': {
    status: 409,
    title: 'The key is of no sandbox: time passes there by itself',
    remedy: 'Begin a sandbox with POST /v1/sandboxes, and use the key of POST /v1/sandboxes/{sandbox}/key.',
  },
  'sandbox-of-sandbox': {
    status: 409,
    title: 'A sandbox has no sandboxes',
    remedy: 'Use a key of the program that this sandbox is of.',
  },
  'sandbox-id-taken': {
    status: 409,
    title: 'There is a program of this id already, or a sandbox that began otherwise',
    remedy: 'Choose another id, or go on with what is there. Nothing was written.',
  },
  'advance-running': {
    status: 409,
    title: 'Time is passing in this sandbox already',
    remedy: 'Wait for the one named under "advance", or cancel it.',
  },
  'advance-backwards': {
    status: 409,
    title: 'The clock of the sandbox shows this moment or a later one',
    remedy: 'Name a moment after "clock"; no clock goes back. For an earlier time begin another sandbox with startsAt.',
  },
  'advance-too-far': {
    status: 409,
    title: 'That is more than ten years ahead, or after the year 2999',
    remedy: 'Name a moment up to "latest", and go on from there.',
  },
  'too-slow': {
    status: 408,
    title: 'The request did not arrive in time',
    remedy: 'Send the request again; it is repeated safely under the same identity.',
  },
  'draw-not-over': {
    status: 409,
    title: 'The draw is not over yet',
    remedy: 'Ask again a few minutes after it has closed; GET /v1/draws/{draw} says when that is.',
  },
  'draft-changed': {
    status: 409,
    title: 'The draft is not the one that you have read',
    remedy:
      'Read it with GET /v1/drafts/{draft}, bring both together, and save under the revision that is named. Nothing was written.',
  },
  'draft-status': {
    status: 409,
    title: 'This is not the draft’s next step',
    remedy: 'See "state": open ones are submitted, submitted ones reviewed; of a published one, begin a new draft.',
  },
  'draft-overtaken': {
    status: 409,
    title: 'A version was published since the draft was begun',
    remedy:
      'Compare the draft with the version under "latest", and save it with that number as basedOn. Nothing was written.',
  },
  'same-document': {
    status: 409,
    title: 'The latest version is this very document',
    remedy: 'Change something, or leave it: nothing was written.',
  },
  'approval-missing': {
    status: 409,
    title: 'The program publishes nothing that a second person has not approved',
    remedy: 'Save it as a draft, submit it, and let somebody else approve it with POST /v1/drafts/{draft}/review.',
  },
  'second-person-needed': {
    status: 409,
    title: 'Nobody approves what they have written themselves',
    remedy:
      'Let all who write and approve use keys of their own, made with "laurel key create --holder", and somebody else approve.',
  },
  'versions-moved-on': {
    status: 409,
    title: 'A version was published since you looked',
    remedy:
      'Look at the version under "latest", and send its number as `after` where you still want it. Nothing was written.',
  },
  'version-not-waiting': {
    status: 409,
    title: 'The version has begun, or will not begin anyway',
    remedy: 'Roll back to an older one with POST /v1/programs/{version}/roll-back.',
  },
  'version-waiting': {
    status: 409,
    title: 'A version for all is still to begin',
    remedy:
      'Begin the pilot after the version under "version" has begun, or withdraw that one with POST /v1/programs/{version}/withdraw.',
  },
  'pilot-running': {
    status: 409,
    title: 'A pilot runs, and what is published for all would end it unsaid',
    remedy:
      'Stop the pilot under "pilot" with POST /v1/pilots/{pilot}/stop, or let it be for all: widen it with a share of 100. Nothing was written.',
  },
  'pilot-over': {
    status: 409,
    title: 'The pilot is over',
    remedy: 'See "ended": stopped, or for all. Begin another one with a new draft. Nothing was written.',
  },
  'pilot-share': {
    status: 409,
    title: 'A pilot only grows, and not into its holdout',
    remedy: 'Send a share above "share" and up to "most", or 100 to let it be for all. Nothing was written.',
  },
  'redemption-refused': {
    status: 409,
    title: 'The redemption of this id was refused',
    remedy: 'See "refusal". A refused id stays refused: ask again under a new id. Nothing was held or burnt.',
  },
  'identity-conflict': {
    status: 409,
    title: 'This identity stands for other content',
    remedy: 'Send the content that was sent first, or another id. Nothing was written.',
  },
  'voucher-ended': {
    status: 409,
    title: 'The voucher is no longer open',
    remedy: 'Read it with GET /v1/members/{member}/vouchers/{voucher}: its status says how it ended.',
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
  'no-program': {
    status: 409,
    title: 'No version of the program is published yet',
    remedy: 'Publish one with POST /v1/programs or "laurel start --program FILE".',
  },
  'body-too-large': {
    status: 413,
    title: 'The body or one of its lines is too large',
    remedy: 'Send at most 1 MB of JSON, or NDJSON with lines of at most 256 kB.',
  },
  'headers-too-large': {
    status: 431,
    title: 'The headers are too large',
    remedy: 'Send at most 16 kB of address and headers; what is long goes into the body.',
  },
  'unknown-content-type': {
    status: 415,
    title: 'This kind of body is not understood',
    remedy: 'Send application/json, or application/x-ndjson where the route says so.',
  },
  'compressed-body': {
    status: 415,
    title: 'Compressed bodies are not taken',
    remedy: 'Send the body as it is, without Content-Encoding: what is much goes as NDJSON, in one stream.',
  },
  'event-rejected': {
    status: 422,
    title: 'The event is not accepted',
    remedy: 'See "rejection" for the reason. Nothing was written.',
  },
  'program-not-accepted': {
    status: 422,
    title: 'The program document has errors',
    remedy: 'Mend every finding that is listed; "laurel check" finds all but those that earlier versions make.',
  },
  'too-many-requests': {
    status: 429,
    title: 'Too many requests',
    remedy: 'Wait as many seconds as Retry-After says.',
  },
  fault: {
    status: 500,
    title: 'Laurel made a mistake',
    remedy: 'Send the request again under the same identity. If it stays, report the request id: the log knows more.',
  },
  'took-too-long': {
    status: 500,
    title: 'To decide this event took longer than the database waits',
    remedy:
      'Send the request again under the same identity: nothing of it was written. If it stays, report the reference: the log knows more.',
  },
  'database-unavailable': {
    status: 503,
    title: 'The database cannot be reached',
    remedy:
      'Send the request again after as many seconds as Retry-After says; the same identity is never counted twice.',
  },
  stopping: {
    status: 503,
    title: 'The server is being stopped',
    remedy: 'Send the request again after as many seconds as Retry-After says.',
  },
} as const satisfies Record<string, ProblemKind>

export type ProblemCode = keyof typeof problems
