import type { Program } from '@laurel/engine'
import type { Given } from './earning.ts'
import { sum } from './exact.ts'
import { shareOf } from './giving.ts'
import type { AuditedOrder, GivenShare } from './records.ts'

/**
 * REF-1: what is due, though never more of an asset, and never more of a cap, than the order got at first. Up to what it gave at
 * first each rule gives what it is due; beyond that point by point, earlier rules first, while both hold.
 */
export function standAsDue(program: Program, order: AuditedOrder, due: readonly Given[]): void {
  const dueOf = (rule: string) => due.find((each) => each.rule === rule)?.amount ?? 0
  for (const given of order.given) given.now = Math.min(given.first, dueOf(given.rule))
  for (const each of due) {
    if (order.given.some((given) => given.rule === each.rule)) continue
    order.given.push({ ...shareOf(program, each, order.found.tiers), first: 0, now: 0, received: false })
  }
  const document = program.onOrder.flatMap((rule) => [rule.id, ...rule.multipliers.map((each) => each.id)])
  order.given.sort((a, b) => document.indexOf(a.rule) - document.indexOf(b.rule))
  const atFirst = usedOfCaps(program, order.given, ({ first }) => first)
  const allowed = (asset: string) => {
    const own = order.given.filter((given) => given.asset === asset)
    if (sum(own.map(({ now }) => now)) > sum(own.map(({ first }) => first))) return false
    const used = usedOfCaps(program, order.given, ({ now }) => now)
    return [...used].every(([cap, now]) => now <= (atFirst.get(cap) ?? 0))
  }
  for (const given of order.given) {
    // Whether so much more is allowed holds up to some amount and no further: halved until it is found.
    let [fits, tooMuch] = [given.now, Math.max(given.now, dueOf(given.rule)) + 1]
    while (tooMuch - fits > 1) {
      const middle = Math.floor((fits + tooMuch) / 2)
      given.now = middle
      if (allowed(given.asset)) fits = middle
      else tooMuch = middle
    }
    given.now = fits
  }
}

/** What some of each share uses of each cap: an amount, or one time for a rule with its multipliers. */
export function usedOfCaps(
  program: Program,
  given: readonly GivenShare[],
  amountOf: (share: GivenShare) => number,
): Map<string, number> {
  const used = new Map<string, number>()
  for (const rule of program.onOrder) {
    const ids = [rule.id, ...rule.multipliers.map((each) => each.id)]
    const amount = sum(given.filter((each) => ids.includes(each.rule)).map(amountOf))
    for (const position of rule.caps) {
      const cap = program.caps[position]
      if (cap === undefined) continue
      used.set(cap.id, (used.get(cap.id) ?? 0) + (cap.counts === 'amount' ? amount : Math.min(1, amount)))
    }
  }
  return used
}
