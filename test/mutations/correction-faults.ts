import type { Fault } from './fault.ts'

export const correctionFaults: readonly Fault[] = [
  {
    name: 'of several corrections the first one holds',
    rule: 'COR-1',
    file: 'corrections/repin.ts',
    find: 'comparePositions(positionOf(a), positionOf(b))',
    replace: 'comparePositions(positionOf(b), positionOf(a))',
  },
  {
    name: 'what a merge has brought is corrected for nobody',
    rule: 'COR-1',
    file: 'corrections/repin.ts',
    find: 'return brings(event, pins) ? { ...event, brought: { ...event.brought, pins } } : event',
    replace: 'return event',
  },
  {
    name: 'what a merge has brought was never posted otherwise',
    rule: 'COR-1',
    file: 'corrections/repin.ts',
    find: 'return { ...merge, brought }',
    replace: 'return merge',
  },
  {
    name: 'what was corrected is still to be corrected',
    rule: 'COR-1',
    file: 'corrections/facts-to-correct.ts',
    find: 'const known = repinned(event, pins)',
    replace: 'const known = event',
  },
  {
    name: 'what was asked is judged by another version, too',
    rule: 'COR-1',
    file: 'corrections/facts-to-correct.ts',
    find: "kindOf(known) !== 'fact' || ",
    replace: '',
  },
  {
    name: 'what happened at the very date is not corrected',
    rule: 'COR-1',
    file: 'corrections/facts-to-correct.ts',
    find: 'stamp.at < fromAt',
    replace: 'stamp.at <= fromAt',
  },
  {
    name: 'a fact that the version does not know is judged by it',
    rule: 'COR-1',
    file: 'corrections/facts-to-correct.ts',
    find: 'if (declares(program, known)) facts.push(known)',
    replace: 'if (program !== null) facts.push(known)',
  },
  {
    name: 'a correction fills what waits for an event',
    rule: 'COR-1',
    file: 'decide.ts',
    find: "type === 'merge.undone' || type === 'version.corrected'",
    replace: "type === 'merge.undone'",
  },
  {
    name: 'more is borne than is owed',
    rule: 'COR-3',
    file: 'corrections/bear.ts',
    find: 'Math.min(amount, assetOf(draft.member, asset).debt)',
    replace: 'amount',
  },
]
