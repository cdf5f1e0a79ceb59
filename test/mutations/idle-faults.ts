import type { Fault } from './fault.ts'

/** Wrong ways to tell stretches of inactivity apart, and points of one order from those of another. */
export const idleFaults: readonly Fault[] = [
  {
    name: 'every stretch shares its name',
    rule: 'REF-2',
    file: 'points/asset-state.ts',
    find: 'return firstDayOf(a.lastDay) - firstDayOf(b.lastDay) || byText(a.lastDay, b.lastDay)',
    replace: 'return 0',
  },
  {
    name: 'what was idle for too long goes on',
    rule: 'LOT-2',
    file: 'points/idle.ts',
    find: 'isBefore(startOf(day), lapseAfter(timeline, asset, activeOn))',
    replace: 'true',
  },
  {
    name: 'points that have lapsed come back to the stretch that runs',
    rule: 'LOT-5',
    file: 'points/lots.ts',
    find: 'return grace ? addToDay(today, grace) : end',
    replace: 'return grace ? addToDay(today, grace) : isIdle(end) ? idleEndOn(draft, asset, today) : end',
  },
  {
    name: 'two members who began on one day have one stretch',
    rule: 'MRG-1',
    file: 'points/idle.ts',
    find: 'known?.theirs === end ? known.ours :',
    replace: 'known === undefined ? end :',
  },
  {
    name: 'a merge forgets where the points of an order were',
    rule: 'MRG-1',
    file: 'merging/receive.ts',
    find: 'record: { ...record, ...vouchers, ...idleIn } })',
    replace: 'record: { ...record, ...vouchers } })',
  },
  {
    name: 'a rule takes back what others gave before what it gave',
    rule: 'REF-2',
    file: 'points/clawback.ts',
    find: 'for (const take of left) pooled += takeOwn(draft, { owner, asset, own: take.own, toCome }, [take])',
    replace: '',
  },
]
