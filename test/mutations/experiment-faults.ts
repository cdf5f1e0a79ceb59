import type { Fault } from './fault.ts'

export const experimentFaults: readonly Fault[] = [
  {
    name: 'a member is held out by another number than before',
    rule: 'EXP-1',
    file: 'experiments/arms.ts',
    find: '(state ^ (state >>> 16)) >>> 0',
    replace: '(state ^ (state >>> 15)) >>> 0',
  },
  {
    name: 'whoever is of the firm is held out, too',
    rule: 'EXP-1',
    file: 'experiments/held-out.ts',
    find: '  if (isMarked(draft.member)) return false\n',
    replace: '',
  },
  {
    name: 'an order forgets which rules it found held out',
    rule: 'REF-1',
    file: 'orders/situation.ts',
    find: '    heldOut,\n',
    replace: '',
  },
  {
    name: 'an edit asks anew which rules its order has met',
    rule: 'EXP-1',
    file: 'experiments/held-out.ts',
    find: 'holdout === null || situation.treated?.includes(id)',
    replace: 'holdout === null',
  },
  {
    name: 'an arm changes with the share',
    rule: 'EXP-1',
    file: 'experiments/arms.ts',
    find: '  if (known) return known\n',
    replace: '',
  },
  {
    name: 'whoever is held out of a challenge counts for it',
    rule: 'EXP-1',
    file: 'challenges/count.ts',
    find: 'isHeldOut(draft, experiment, challenge.holdout) ? heldOut : treated',
    replace: '!isHeldOut(draft, experiment, challenge.holdout) || true ? treated : heldOut',
  },
  {
    name: 'an order forgets which challenges it has met',
    rule: 'EXP-1',
    file: 'orders/order.ts',
    find: 'counted.met ? { ...unmet',
    replace: 'counted === null ? { ...unmet',
  },
  {
    name: 'a refund asks anew of which challenge its member is held out',
    rule: 'EXP-1',
    file: 'challenges/count.ts',
    find: 'if (change.length === 0) continue',
    replace: 'if (change.length === 0 || isHeldOut(draft, experimentOf(challenge), challenge.holdout)) continue',
  },
]
