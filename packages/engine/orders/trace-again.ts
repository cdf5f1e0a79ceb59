import type { Trace, TraceEntry } from '../trace.ts'

/** Why no rule is due anything of an order that was refunded in full (REF-6). */
export const nothingLeft = (rule: string, asset: string | null): TraceEntry => ({
  rule,
  outcome: 'nothing-left',
  because: null,
  asset,
  amount: 0,
  exact: null,
  perLine: null,
})

/** Takes out of what a rule is said to give what it would be due beyond what it was due at first. */
export function traceBound(trace: Trace, rule: string, more: number): void {
  const at = trace.findLastIndex((entry) => entry.rule === rule && isGiven(entry))
  const entry = trace[at]
  if (entry === undefined) return
  const bound: TraceEntry = {
    ...entry,
    outcome: 'not-above-first',
    because: null,
    amount: more,
    exact: null,
    perLine: null,
  }
  const rest = { ...entry, amount: entry.amount - more, perLine: null }
  trace.splice(at, 1, ...(rest.amount > 0 ? [rest] : []), bound)
}

const isGiven = ({ outcome }: TraceEntry): boolean => outcome === 'gave' || outcome === 'multiplied'
