import type { Given } from '../member.ts'
import type { Earned } from '../points/pending.ts'
import type { Program } from '../program/program.ts'
import { usedRoom } from '../rules/caps.ts'
import type { Trace } from '../trace.ts'
import { traceBound } from './trace-again.ts'

/**
 * What each rule gives on what is left of an order: what is due (REF-1), but of no asset more in all, and no more room of a cap,
 * than the order took at first. So a rule may give what it had left to another before, nobody gains by giving back, and room that
 * others were granted since is not used twice. What a bound leaves over goes to rules in the order of the document, as `given`
 * and what comes out are.
 */
export function givenNow(
  program: Program,
  given: readonly Given[],
  due: readonly Earned[],
  trace: Trace | null,
): Given[] {
  const now = idsOf(program).flatMap((id): Given[] => {
    const known = given.find(({ rule }) => rule === id)
    if (known !== undefined) return [{ ...known, now: Math.min(known.first, dueOf(due, known)) }]
    const more = due.find(({ rule }) => rule === id)
    return more === undefined ? [] : [nothingOf(more)]
  })
  raise(program, now, due)
  if (trace !== null) traceBounds(trace, now, due)
  return now
}

/** What an order need not remember: that a rule once gave what another had left to it, and gives it no more. */
export const isForgotten = ({ first, now, waived }: Given): boolean => first === 0 && now === 0 && waived === 0

/** Where a rule is due more than it gave at first, and what the others gave leaves room for it. */
function raise(program: Program, given: Given[], due: readonly Earned[]): void {
  if (given.every((each) => each.now >= dueOf(due, each))) return
  const most = usedRoom(
    program,
    program.onOrder,
    given.map((each) => ({ ...each, now: each.first })),
  )
  for (const [index, each] of given.entries()) {
    let more = Math.min(dueOf(due, each) - each.now, leftOf(given, each.asset))
    if (more <= 0) continue
    const used = usedRoom(program, program.onOrder, given)
    const withOneMore = usedRoom(program, program.onOrder, given.with(index, { ...each, now: each.now + 1 }))
    for (const { id, counts } of program.caps) {
      const [taken = 0, would = 0, left = 0] = [used.get(id), withOneMore.get(id), most.get(id)]
      if (would === taken) continue
      // A cap that counts times is touched once, by any amount.
      if (counts === 'amount') more = Math.min(more, left - taken)
      else if (would > left) more = 0
    }
    given[index] = { ...each, now: each.now + more }
  }
}

const idsOf = ({ onOrder }: Program): readonly string[] =>
  onOrder.flatMap(({ id, multipliers }) => [id, ...multipliers.map((multiplier) => multiplier.id)])

const nothingOf = ({ rule, asset, priority, expiryOf }: Earned): Given => ({
  ...{ rule, asset, priority, expiryOf },
  ...{ first: 0, now: 0, received: false, waived: 0 },
})

const dueOf = (due: readonly Earned[], { rule, asset }: Pick<Given, 'rule' | 'asset'>): number =>
  due.find((each) => each.rule === rule && each.asset === asset)?.amount ?? 0

const leftOf = (given: readonly Given[], asset: string): number =>
  given.reduce((left, each) => (each.asset === asset ? left + each.first - each.now : left), 0)

/** What a rule would be due and is not, because the order was not due it at first. */
function traceBounds(trace: Trace, given: readonly Given[], due: readonly Earned[]): void {
  for (const { rule, asset, amount } of due) {
    const now = given.find((each) => each.rule === rule && each.asset === asset)?.now ?? 0
    if (amount > now) traceBound(trace, rule, amount - now)
  }
}

/**
 * An edit makes a new first time of it, for rules that gave before and for others; after the last day of earning no rule gives
 * more by it than it did at first (END-1). `asNew` is what the new content would be given before any refund.
 */
export function givenByEdit(
  program: Program,
  given: readonly Given[],
  asNew: readonly Earned[],
  mayGrow: boolean,
): Given[] {
  return idsOf(program).flatMap((id): Given[] => {
    const known = given.find(({ rule }) => rule === id)
    const gift = asNew.find(({ rule }) => rule === id)
    if (known !== undefined) {
      const whole = gift?.amount ?? 0
      return [{ ...known, first: mayGrow ? whole : Math.min(whole, known.first) }]
    }
    return mayGrow && gift !== undefined ? [{ ...nothingOf(gift), first: gift.amount }] : []
  })
}
