import type { Fault } from './fault.ts'

export const planFaults: readonly Fault[] = [
  {
    name: 'a fee that comes in the grace pays from now on',
    rule: 'MEM-1',
    file: 'plans/plan.ts',
    find: '...oneMore(held, plan.every)',
    replace: '...oneMore(held.until > now ? held : { ...held, until: now }, plan.every)',
  },
  {
    name: 'a membership that was cancelled has its grace',
    rule: 'MEM-1',
    file: 'plans/plan.ts',
    find: 'Math.max(now, held.until)',
    replace: 'Math.max(now, held.endsAt)',
  },
  {
    name: 'a trial comes as often as somebody begins without a fee',
    rule: 'MEM-1',
    file: 'plans/plan.ts',
    find: "known.ended !== null && fee === null ? 'fee-needed' : null",
    replace: 'null',
  },
  {
    name: 'a fee at the moment of the end comes too late',
    rule: 'MEM-1',
    file: 'plans/plan.ts',
    find: 'known.ended === null || (known.ended === now && !known.cancelled)',
    replace: 'known.ended === null',
  },
  {
    name: 'a month that is shorter moves the day for good',
    rule: 'MEM-1',
    file: 'plans/plan.ts',
    find: 'until: onDayOfMonth(end, day), day',
    replace: 'until: end, day',
  },
  {
    name: 'whoever begins again is given the entry award again',
    rule: 'MEM-1',
    file: 'plans/plan.ts',
    find: 'if (known === null && plan.entry.length > 0 &&',
    replace: 'if (running === null && plan.entry.length > 0 &&',
  },
  {
    name: 'an order forgets which memberships ran when it happened',
    rule: 'REF-1',
    file: 'orders/situation.ts',
    find: '    memberships,\n',
    replace: '',
  },
  {
    name: 'a membership runs for one moment too long',
    rule: 'TIME-2',
    file: 'time/timers.ts',
    find: 'held.ended === null && held.endsAt <= now.local',
    replace: 'held.ended === null && held.endsAt < now.local',
  },
]
