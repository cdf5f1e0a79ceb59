/** Home, and what needs a person. */
export const homeWords = {
  homeRoom: {
    inForce: (program: string, version: string) => `${program} runs by version ${version}.`,
    notBegun: (program: string) => `${program} has not begun: no version is in force yet.`,
    noFigures: 'Your role sees members, not the figures of the program. Find a member with Ctrl K.',
    asOf: (ago: string) => `Counted ${ago}, at most every five minutes.`,
    joined: (count: number, text: string) =>
      `${text} ${count === 1 ? 'member' : 'members'} joined in the last four weeks.`,
    asMany: 'As many joined as in the four weeks before',
    more: (count: string) => `▲ ${count} more joined than in the four weeks before`,
    fewer: (count: string) => `▼ ${count} fewer joined than in the four weeks before`,
    outstanding: (asset: string) => `${asset} outstanding`,
    collected: (asset: string) => `${asset} collected`,
    with: (count: number, text: string) => `with ${text} ${count === 1 ? 'member' : 'members'}`,
    worth: (money: string) => `Worth ${money} if all were used.`,
    pending: (amount: string) => `${amount} of them pending.`,
    held: (amount: string) => `${amount} held for rewards.`,
    owed: (amount: string) => `${amount} owed by members.`,
    joinedByWeek: 'Joined by week',
    week: 'Week',
    joinedIn: 'Joined',
    weekFrom: (day: string) => `Week from ${day}`,
  },

  needs: {
    title: 'Needs you',
    nothing: 'All is well',
    nothingMore: 'No refund waits for its order, nothing came too late, and nothing waits for approval.',
    refunds: (count: number, text: string) =>
      count === 1 ? '1 refund matches no order' : `${text} refunds match no order`,
    refundsMore: (sum: string) =>
      `${sum === '' ? '' : `${sum} in all. `}Balances stay as they are until somebody says what they belong to.`,
    match: 'Match',
    overdue: (count: number, text: string) => (count === 1 ? '1 fact came too late' : `${text} facts came too late`),
    overdueMore: 'They are older than the program accepts, and count only if somebody says so.',
    decide: 'Decide',
    draft: (id: string) => `The draft ${id} waits for approval`,
    draftMore: (by: string, note: string) => (note === '' ? `Asked by ${by}.` : `Asked by ${by}: “${note}”.`),
    acts: (count: number, text: string) =>
      count === 1 ? '1 adjustment waits for a second person' : `${text} adjustments wait for a second person`,
    actsMore: 'They are more than one person may give or take alone. Nothing was given or taken yet.',
    correction: 'A correction waits for approval',
    correctionMore: 'What it would post has been computed; nothing is posted yet.',
    review: 'Review',
  },
} as const
