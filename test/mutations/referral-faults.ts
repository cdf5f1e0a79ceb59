import type { Fault } from './fault.ts'

/** Wrong ways to pay for friends. */
export const referralFaults: readonly Fault[] = [
  {
    name: 'who kept what a friend brought gets it again',
    rule: 'RFL-1',
    file: 'referral/refer.ts',
    find: 'const isDue = referral.given === null && away === null',
    replace: 'const isDue = away === null',
  },
  {
    name: 'a friend owes what was never given',
    rule: 'RFL-1',
    file: 'referral/refer.ts',
    find: '  const { given: on } = referral\n',
    replace: '  const on = referral.qualified\n',
  },
  {
    name: 'a referral is due without its hold',
    rule: 'RFL-1',
    file: 'referral/refer.ts',
    find: 'startOf(addToDay(dayOf(last.local), termsOf(timeline, referral.version).hold))',
    replace: 'startOf(dayOf(last.local))',
  },
  {
    name: 'what speaks against a referral is not waited for',
    rule: 'RFL-1',
    file: 'referral/referral-state.ts',
    find: "  if (approved === null && signals.length > 0) return 'review'\n",
    replace: '',
  },
  {
    name: 'what comes after a friend has qualified counts, too',
    rule: 'RFL-1',
    file: 'referral/refer.ts',
    find: 'const counted = referral.counted.slice(0, last + 1)',
    replace: 'const counted = referral.counted',
  },
  {
    name: 'an older word undoes a newer one',
    rule: 'RFL-1',
    file: 'referral/advocate.ts',
    find: 'if (known && known.round >= round) return',
    replace: '',
  },
  {
    name: 'an advocate is thanked beyond the cap',
    rule: 'RFL-1',
    file: 'referral/advocate.ts',
    find: 'roomLeft(cap, draft.member, draft.effective) > 0',
    replace: 'true',
  },
  {
    name: 'a reversal gives no room back',
    rule: 'RFL-1',
    file: 'referral/advocate.ts',
    find: 'countTimes(draft, agreed.referral, on, -1)',
    replace: 'void on',
  },
]
