/** Corrections: from a date on another version should have judged. */
export const correctionWords = {
  correctionRoom: {
    empty: 'Corrections will stand here.',
    emptyRemedy:
      'Where a version has judged wrongly, another one can judge from a past day on: it is shown first what that would post, and for whom.',
    start: 'Correct from a past day',
    lead: 'First it is worked out what would be posted. Nothing is posted before somebody approves it.',
    version: 'Version that should have judged',
    from: 'From this day on',
    reason: 'Reason',
    reasonHint: 'A code or the number of a note. It stands in every member’s books for ever, so nothing personal.',
    look: 'Show what it would post',
    what: 'What is corrected',
    asked: 'Asked for',
    state: 'How far',
    title: (version: string, day: string) => `Version ${version} from ${day}`,
    askedBy: (by: string, ago: string) => `${by}, ${ago}`,
    approvedBy: (by: string, ago: string) => `approved by ${by}, ${ago}`,
    publishedAs: (version: string) => `published again as version ${version}, with the date`,
    states: {
      counting: 'Counts the members whose past is looked at.',
      looking: (done: string, all: string) => `Looks at what would be posted: ${done} of ${all} groups of members.`,
      shown: 'This is what would be posted. Nothing is posted before somebody approves it.',
      shownForNobody:
        'It concerns nobody so far. Approved, the version is published with the date, for whatever comes late.',
      nothing:
        'There is nothing to correct. Where later versions stand behind the one that you mean, roll back to it first, and correct with it under its new number.',
      posting: (done: string, all: string) => `Posts it: ${done} of ${all} members.`,
      done: (members: number, text: string) =>
        members === 0
          ? 'It concerned nobody. Whatever comes late is judged by it.'
          : members === 1
            ? 'The one member is corrected.'
            : `All ${text} members are corrected.`,
      cancelled: 'Cancelled. Nothing was posted.',
      cancelledAfter: (members: string) => `Cancelled. What was posted for ${members} members stays.`,
      failed: (why: string) => `Failed: ${why}`,
    },
    goesOn: 'You may go elsewhere: it goes on, and stands under Corrections.',
    approve: (members: number, text: string) =>
      members === 0
        ? 'Approve it for what comes late'
        : members === 1
          ? 'Approve it for the one member'
          : `Approve it for ${text} members`,
    somebodyElse: 'Somebody else must approve it: you asked for it.',
    basis: (members: string, facts: string, lines: string) =>
      `It concerns ${members} members with ${facts} orders and other facts, in ${lines} lines of the books.`,
    unknown: (facts: string) => `${facts} facts stay as they were judged, since the version knows nothing of them.`,
    onTrial: (facts: string) => `${facts} facts stay as a pilot judged them: what it gave its members is theirs.`,
    referrals: (count: number, text: string) =>
      `${text} ${count === 1 ? 'referral that the version would pay otherwise stays' : 'referrals that the version would pay otherwise stay'} as promised.`,
    sharing: (members: string) =>
      `${members} members are shown as if there were enough of what members share, such as a budget; that is asked for when it is posted.`,
    sums: 'What is posted in all',
    asset: 'What',
    directions: {
      up: 'More',
      down: 'Less',
      debt: 'Owed more',
      borne: 'Of that borne',
      pooled: 'Back out of pools',
      moved: 'Lapse on another day',
    },
    amountOfMembers: (amount: string, members: number, text: string) =>
      `${amount} (${text} ${members === 1 ? 'member' : 'members'})`,
    ofMembers: (what: string, members: number, text: string) =>
      `${what}: ${text} ${members === 1 ? 'member' : 'members'}`,
    levelKept: (level: string) => `${level} kept, as the version promises it`,
    levelBegun: (level: string) => `${level} from now on`,
    levelChanged: (from: string, to: string) => `${from} becomes ${to}`,
    vouchers: (reward: string, given: string, revoked: string) => `${reward}: ${given} given, ${revoked} revoked`,
    members: 'Member by member',
    member: 'Member',
    changes: 'What changes',
    posted: 'Posted',
    pagesOfMembers: 'Pages of members',
    onlyVersion: 'nothing but the version',
    owes: (amount: string) => `owes ${amount} more`,
    borne: (amount: string) => `${amount} borne by the program`,
    pooled: (amount: string) => `${amount} back out of pools`,
    neverLapse: 'that never lapse',
    byInactivity: 'that go by inactivity',
    lapseOn: (day: string) => `that lapse on ${day}`,
    becomes: { given: 'given', revoked: 'revoked' },
    notYet: 'not yet',
    decision: (number: string) => `decision ${number}`,
    nothingLeft: 'nothing was left to correct',
    failedHere: 'failed',
  },
} as const
