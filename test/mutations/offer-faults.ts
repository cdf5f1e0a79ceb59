import type { Fault } from './fault.ts'

/** Wrong ways to count for offers. */
export const offerFaults: readonly Fault[] = [
  {
    name: 'a closed window is half-open',
    rule: 'OFF-2',
    file: 'offers/receive.ts',
    find: "return window.end === 'closed' ? end + 1 : end",
    replace: 'return end',
  },
  {
    name: 'orders together do for a single one',
    rule: 'OFF-2',
    file: 'goals/contribution.ts',
    find: 'return reaches(goal, spendOf(goal, of)) ? sumTally(1) : NOTHING',
    replace: 'return sumTally(spendOf(goal, of) / goal.target)',
  },
  {
    name: 'as much is more',
    rule: 'OFF-2',
    file: 'goals/reach.ts',
    find: 'return target * times + 1',
    replace: 'return target * times',
  },
  {
    name: 'a single order of as much is more',
    rule: 'OFF-2',
    file: 'goals/reach.ts',
    find: 'return amount > target',
    replace: 'return amount >= target',
  },
  {
    name: 'a second receipt is ignored',
    rule: 'OFF-1',
    file: 'offers/receive.ts',
    find: 'if (!offer) return',
    replace: 'if (!offer || draft.member.offers?.some((receipt) => receipt.offer === event.offer)) return',
  },
  {
    name: 'an exclusive offer shares its orders',
    rule: 'OFF-3',
    file: 'offers/count.ts',
    find: 'if (type.exclusive && tally.length > 0) return',
    replace: 'if (false) return',
  },
  {
    name: 'a completed exclusive offer goes on taking orders',
    rule: 'OFF-3',
    file: 'offers/terms.ts',
    find: 'type.exclusive && receipt.completed !== null ? []',
    replace: 'false ? []',
  },
  {
    name: 'what was not seen counts',
    rule: 'OFF-2',
    file: 'offers/terms.ts',
    find: "if (seen === 'required' && receipt.seen === null) return []",
    replace: '',
  },
  {
    name: 'a refund un-completes after the window',
    rule: 'OFF-3',
    file: 'offers/judge.ts',
    find: 'if (receipt.until !== null && draft.effective >= receipt.until) return',
    replace: '',
  },
]
