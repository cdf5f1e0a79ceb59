import type { Timeline, TraceEntry } from '@laurel/engine'
import { amountText } from './html.ts'
import { amountOf, scaleIn, wordsOf } from './words.ts'

/** What became of one rule (EVT-7), with the condition as the program says it and everything else in words. */
export function outcomeText({ outcome, because, asset, amount }: TraceEntry, timeline: Timeline): string {
  const detail = because === null ? '' : `: ${because}`
  switch (outcome) {
    case 'gave':
      return 'Gave'
    case 'multiplied':
      return 'Multiplied'
    case 'not-for-member':
      return `Not given: not for this member${because === null ? '' : `, ${wordsOf(because).toLowerCase()}`}`
    case 'held-out':
      return 'Not given: left out, to see what it brings'
    case 'not-now':
      return 'Not given: not at this time'
    case 'condition-false':
      return `Not given: the condition did not hold${detail}`
    case 'no-line':
      return `Not given: no line fits${detail}`
    case 'group-lost':
      return `Not given: another of ${because === null ? 'its group' : `the group ${wordsOf(because)}`} gave`
    case 'rounded-to-zero':
      return `Not given: less than one${because === null ? '' : `, rounded ${roundingText(because)}`}`
    case 'capped':
      return `Trimmed by ${capText(because)}${asset === null ? '' : `: ${amountOf(timeline, asset, amount)} less`}`
    case 'cap-refused':
      return isVisit(because) ? 'Not given: it gave on this visit already' : `Not given: ${capText(because)} was full`
    case 'nothing-left':
      return 'Due no longer: nothing of the order is left'
    case 'not-above-first':
      return `Due no more than at first${asset === null ? '' : `: ${amountOf(timeline, asset, amount)} less`}`
  }
}

/** What the rule gave. A cap's line counts what it took, which the rule's own line no longer has. */
export function givenText({ outcome, asset, amount }: TraceEntry, timeline: Timeline): string {
  const scale = asset === null ? 0 : scaleIn(timeline, asset)
  switch (outcome) {
    case 'capped':
    case 'not-above-first':
      return ''
    case 'cap-refused':
    case 'nothing-left':
      return amountText(0, scale)
    case 'gave':
    case 'multiplied':
    case 'not-for-member':
    case 'held-out':
    case 'not-now':
    case 'condition-false':
    case 'no-line':
    case 'group-lost':
    case 'rounded-to-zero':
      return amountText(amount, scale, true)
  }
}

const isVisit = (cap: string | null): boolean => cap?.startsWith('visit:') === true

/** A cap is known by what it belongs to: a rule, a group of rules, or the budget of a rule. */
function capText(cap: string | null): string {
  const [of, name = ''] = cap?.split(':') ?? []
  if (of === 'group') return `the cap of the group ${wordsOf(name)}`
  return of === 'budget' ? 'its budget' : 'its cap'
}

const wordsByRounding: Readonly<Record<string, string>> = {
  floor: 'down',
  ceil: 'up',
  'half-up': 'to the nearest',
  'half-even': 'to the nearest',
}
const roundingText = (rounding: string): string => wordsByRounding[rounding] ?? wordsOf(rounding).toLowerCase()
