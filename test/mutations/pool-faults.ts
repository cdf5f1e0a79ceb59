import type { Fault } from './fault.ts'

/** Faults of pools: one member's books cannot show them, so they are looked for among members and a pool. */
export const poolFaults: readonly Fault[] = [
  {
    name: 'a pool pays with points that it has not',
    rule: 'POOL-1',
    file: 'pools/fund.ts',
    find: "if (asks.asset !== wallet.asset || missing > 0) return no('short'",
    replace: "if (asks.asset !== wallet.asset || missing > 5) return no('short'",
  },
  {
    name: 'a pool lets one too many in',
    rule: 'POOL-1',
    file: 'pools/fund.ts',
    find: 'wallet.people.filter(isIn).length < plan.membersMax',
    replace: 'wallet.people.filter(isIn).length <= plan.membersMax',
  },
  {
    name: 'an older word of what refunds claim undoes a newer',
    rule: 'POOL-1',
    file: 'pools/fund.ts',
    find: 'if (from === known.from && round <= known.round) return\n',
    replace: '',
  },
  {
    name: 'what a redemption gave back comes back again',
    rule: 'POOL-1',
    file: 'pools/fund.ts',
    find: 'const amount = total - returned\n',
    replace: 'const amount = total - 0 * returned\n',
  },
  {
    name: 'a share is larger than what is there',
    rule: 'POOL-1',
    file: 'pools/share.ts',
    find: 'Math.min(known.due - known.put, assetOf(member, known.asset).active)',
    replace: 'known.due - known.put',
  },
  {
    name: 'a late refund does not tell the pool',
    rule: 'POOL-1',
    file: 'pools/share.ts',
    find: 'return [...claimsChanged(toldBefore, after.belongings, decision), ...given,',
    replace: 'return [...given,',
  },
  {
    name: 'what a pool paid comes back to the member',
    rule: 'POOL-1',
    file: 'pools/share.ts',
    find: 'if (paidBy !== undefined) move(draft',
    replace: 'if (paidBy === undefined) move(draft',
  },
  {
    name: 'what was waived for a pool is missing',
    rule: 'POOL-1',
    file: 'pools/share.ts',
    find: "  move(draft, 'shortfall-waived', asset, 'adjusted', 'active', amount)\n",
    replace: '',
  },
  {
    name: 'what a correction leaves owed is not looked for in pools',
    rule: 'POOL-1',
    file: 'corrections/bear.ts',
    find: 'of claimed) {',
    replace: 'of claimed.slice(claimed.length)) {',
  },
]
