import type { Fault } from './fault.ts'

/** Wrong ways to let members give to each other. */
export const giftFaults: readonly Fault[] = [
  {
    name: 'what is given lives anew',
    rule: 'GIFT-1',
    file: 'points/lots.ts',
    find: 'credit(draft, asset, amount, priority, end)',
    replace: "credit(draft, asset, amount, priority, 'never')",
  },
  {
    name: 'gifts are counted for no period',
    rule: 'GIFT-1',
    file: 'gifts/gift.ts',
    find: 'if (cap) countCap(draft, cap, periodStart(cap, event.stamp.local), amount)',
    replace: '',
  },
  {
    name: 'more is given than is there',
    rule: 'GIFT-1',
    file: 'gifts/gift.ts',
    find: "if (event.amount > active) return no('short', event.amount - active)",
    replace: '',
  },
  {
    name: 'a gift that nobody got has the grace of a return',
    rule: 'LOT-3',
    file: 'gifts/gift.ts',
    find: "giveBack(draft, asset, { parts, version: draft.version, cameBack: 0 }, total, { type: 'hold-ended' })",
    replace:
      "giveBack(draft, asset, { parts, version: draft.version, cameBack: 0 }, total, { type: 'returned', by: 'member' })",
  },
]
