import type { Fault } from './fault.ts'

/** Wrong ways to ask of members, and to end a program. */
export const endingFaults: readonly Fault[] = [
  {
    name: 'the first moment after the last earn still earns',
    rule: 'END-4',
    file: 'closing/closing.ts',
    find: 'closing !== null && local >= closing.earnsUntil',
    replace: 'closing !== null && local > closing.earnsUntil',
  },
  {
    name: 'the first moment after the last burn still burns',
    rule: 'END-4',
    file: 'closing/closing.ts',
    find: 'closing !== null && local >= closing.burnsUntil',
    replace: 'closing !== null && local > closing.burnsUntil',
  },
  {
    name: 'a version that says the same ends the program again',
    rule: 'END-4',
    file: 'closing/closing.ts',
    find: 'due < to && !isClosedAlready',
    replace: 'due < to',
  },
  {
    name: 'a charity gets what is worth nothing',
    rule: 'END-4',
    file: 'closing/close.ts',
    find: '(worthOf(asset) === null ? null : charity)',
    replace: '(worthOf(asset) === null ? charity : charity)',
  },
  {
    name: 'what comes after the end stays',
    rule: 'END-4',
    file: 'closing/close.ts',
    find: '|| draft.member.ended === undefined) return',
    replace: '|| draft.member.ended !== null) return',
  },
  {
    name: 'a refund takes from nobody what a charity got',
    rule: 'END-4',
    file: 'points/clawback.ts',
    find: "=> (charity === undefined ? 'forfeited'",
    replace: "=> (charity !== '' ? 'forfeited'",
  },
  {
    name: 'an order grows after the last earn',
    rule: 'END-4',
    file: 'orders/given-now.ts',
    find: 'mayGrow ? whole : Math.min(whole, known.first)',
    replace: 'mayGrow ? whole : whole',
  },
  {
    name: 'staff earn',
    rule: 'END-3',
    file: 'footing/bars.ts',
    find: "if (!program.staffEarn && footingOf(member).mark !== null) return 'staff-or-test'",
    replace: '',
  },
  {
    name: 'any terms will do',
    rule: 'END-2',
    file: 'footing/bars.ts',
    find: '!footing.terms.includes(terms.current)',
    replace: 'footing.terms.length === 0',
  },
  {
    name: 'of age is older than asked',
    rule: 'END-2',
    file: 'footing/bars.ts',
    find: 'footing.ageAtLeast < minimumAge.years',
    replace: 'footing.ageAtLeast <= minimumAge.years',
  },
  {
    name: 'a card pays whom nothing may be paid',
    rule: 'END-2',
    file: 'cards/fill.ts',
    find: 'if (bar !== null) {',
    replace: 'if (bar !== null && (draft.member.frozen || draft.member.left !== null)) {',
  },
]
