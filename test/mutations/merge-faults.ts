import type { Fault } from './fault.ts'

/** Wrong ways to make one member of two. */
export const mergeFaults: readonly Fault[] = [
  {
    name: 'a merge leaves the debt behind',
    rule: 'MRG-1',
    file: 'merging/receive.ts',
    find: "if (debt > 0) burn(draft, 'merge', asset, 'transit', debt)",
    replace: '',
  },
  {
    name: 'a merge gives lots a day more',
    rule: 'MRG-1',
    file: 'merging/receive.ts',
    find: 'of lots.map(here)) credit(draft, asset, amount, priority, lastDay)',
    replace:
      "of lots.map(here)) credit(draft, asset, amount, priority, typeof lastDay === 'number' ? lastDay + 1 : lastDay)",
  },
  {
    name: 'a merge forgets what caps have counted',
    rule: 'MRG-1',
    file: 'merging/receive.ts',
    find: 'change: used, dropBefore',
    replace: 'change: 0, dropBefore',
  },
  {
    name: 'a merge leaves orders behind',
    rule: 'MRG-1',
    file: 'merging/receive.ts',
    find: "emit(draft, { type: 'order', key, record: { ...record, ...vouchers, ...idleIn } })",
    replace: '',
  },
  {
    name: 'a merge drops what waits to become active',
    rule: 'MRG-1',
    file: 'merging/close.ts',
    find: "move(draft, 'merge', asset, 'pending', 'transit', pending)",
    replace: '',
  },
  {
    name: 'a merge keeps the lower level',
    rule: 'MRG-1',
    file: 'merging/progress.ts',
    find: 'if (held && indexOf(ladder, held.level) >= indexOf(ladder, brought.level)) return',
    replace: 'if (held) return',
  },
  {
    name: 'a merge lets levels be entered twice',
    rule: 'MRG-1',
    file: 'merging/awards.ts',
    find: "if (!known) emit(draft, { type: 'entered', level, given: true })",
    replace: '',
  },
  {
    name: 'an older fact via a merged member is judged with the other’s facts',
    rule: 'MRG-1',
    file: 'merging/told-again.ts',
    find: 'if (event.via === undefined || taken.has(event) || !ids.has(event.via)) continue',
    replace: 'continue',
  },
  {
    name: 'what an older fact changes in a merged member’s past is not posted',
    rule: 'MRG-1',
    file: 'merging/told-again.ts',
    find: 'const moves = movesBetween(movesIn(was), movesIn(is))',
    replace: 'const moves: Move[] = []',
  },
  {
    name: 'who was sent has bought only what was bought here',
    rule: 'MRG-1',
    file: 'merging/receive.ts',
    find: '  countOrders(draft, counted)\n',
    replace: '',
  },
  {
    name: 'a merge leaves the floor behind',
    rule: 'MRG-1',
    file: 'merging/progress.ts',
    find: 'const floor = higherOf(ladder, own?.floor ?? null, brought.floor)',
    replace: 'const floor = own?.floor ?? null',
  },
  {
    name: 'a merge ends what staff gave with the period',
    rule: 'MRG-1',
    file: 'merging/progress.ts',
    find: 'override ? override.until : nextReview',
    replace: 'nextReview',
  },
  {
    name: 'a merge judges the last window of a challenge alone',
    rule: 'MRG-1',
    file: 'merging/progress.ts',
    find: 'for (const { from } of windows) emit',
    replace: 'for (const { from } of windows.slice(-1)) emit',
  },
]
