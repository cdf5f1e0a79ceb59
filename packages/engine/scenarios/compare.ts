import { type Expected, isAside, type Outcome } from './outcomes.ts'
import type { StandingRow } from './scenario.ts'

/** One cell that is otherwise than it was said. */
export interface Difference {
  readonly line: number
  readonly column: number
  /** `gives`, or the column of a table of what stands and whose row it is. */
  readonly what: string
  readonly expected: string
  readonly actual: string
}

/** What a row was said to give, and gave; null where both agree. */
export function compareOutcomes(
  { cell, outcomes, open }: Expected,
  actual: readonly Outcome[],
  member: string,
): Difference | null {
  const left = actual.slice()
  const missing: Outcome[] = []
  for (const outcome of outcomes) {
    const index = left.findIndex(({ who, text }) => who === outcome.who && text === outcome.text)
    if (index === -1) missing.push(outcome)
    else left.splice(index, 1)
  }
  const surplus = left.filter(({ text }) => !isAside(text))
  if (missing.length === 0 && (open || surplus.length === 0)) return null
  const { line, column } = cell
  // What was said aside is shown where something said aside is missed.
  const shown = missing.some(({ text }) => isAside(text)) ? actual : actual.filter(({ text }) => !isAside(text))
  return { line, column, what: 'gives', expected: listText(outcomes, member), actual: listText(shown, member) }
}

const listText = (outcomes: readonly Outcome[], member: string): string =>
  outcomes.length === 0
    ? 'nothing'
    : outcomes.map(({ who, text }) => (who === member ? text : `${who}: ${text}`)).join(', ')

/** The cells of one row of what stands that are otherwise. */
export function compareStanding<Of>({ of, cells }: StandingRow<Of>, standing: Of): Difference[] {
  return cells.flatMap(({ column, cell, expected }) => {
    const actual = column.actual(standing)
    if (actual === expected) return []
    return [{ line: cell.line, column: cell.column, what: `${column.name} of ${of}`, expected, actual }]
  })
}
