import type { Fault } from './fault.ts'

export const versionFaults: readonly Fault[] = [
  {
    name: 'an event is judged by what is in force when it is recorded',
    rule: 'EVT-3',
    file: 'program/timeline.ts',
    find: 'entry.fromAt <= at',
    replace: 'entry.fromAt <= decidedAt',
  },
  {
    name: 'an event is judged by the newest version',
    rule: 'EVT-3',
    file: 'program/timeline.ts',
    find: ' && entry.fromAt <= at',
    replace: '',
  },
  {
    name: 'an event is judged by a version that came after it was decided',
    rule: 'EVT-3',
    file: 'program/timeline.ts',
    find: 'entry.publishedAt <= decidedAt && ',
    replace: '',
  },
  {
    name: 'what an event fills is judged by what is in force at its moment',
    rule: 'EVT-3',
    file: 'decide.ts',
    find: 'ruling : programOf(timeline, stamp.version)',
    replace: 'ruling : ruling',
  },
  {
    name: 'what an event fills is judged by the newest version',
    rule: 'EVT-3',
    file: 'decide.ts',
    find: 'ruling : programOf(timeline, stamp.version)',
    replace: 'ruling : (timeline.at(-1)?.program ?? null)',
  },
  {
    name: 'a refund is judged by the version of its own moment',
    rule: 'EVT-3',
    file: 'orders/restate.ts',
    find: 'const program = programOf(draft.timeline, record.version)',
    replace: 'const program = programAt(draft.timeline, draft.effective)',
  },
  {
    name: 'a version on trial begins for everybody',
    rule: 'PIL-1',
    file: 'experiments/pilot.ts',
    find: 'if (!isIn(pilot)) return',
    replace: 'if (false) return',
  },
  {
    name: 'a version on trial begins for nobody',
    rule: 'PIL-1',
    file: 'decide.ts',
    find: 'const drawn = drawnTimeline(published, member)',
    replace: 'const drawn = published',
  },
  {
    name: 'whoever is in one pilot is in all',
    rule: 'PIL-2',
    file: 'experiments/pilot.ts',
    find: 'const nameOf = (begun: number) =>',
    replace: "const nameOf = (begun: number) => 'pilot' ||",
  },
]
