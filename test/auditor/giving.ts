import type { GivingRule, LocalTime, Program } from '@laurel/engine'
import { assetOf, type Book, post } from './book.ts'
import type { Given } from './earning.ts'
import { credit, endOfPoints, expiryNamed } from './lots.ts'
import { activeSince, awaitedOf, dueOf } from './pending.ts'
import type { AuditedOrder, Found, GivenShare } from './records.ts'
import { dayAt } from './time.ts'

/** Where given points go: which class, which end, pending or active. */

export function shareOf(program: Program, given: Given, tiers: Found['tiers']): GivenShare {
  const { giving, rule, amount } = given
  return {
    rule,
    asset: giving.asset,
    first: amount,
    now: amount,
    received: amount > 0,
    waived: 0,
    priority: priorityOf(program, giving),
    expiryOf: expiryOf(program, giving, tiers),
    charity: giving.charity,
  }
}

/** LOT-4: the class a rule names, else the last place. */
function priorityOf(program: Program, rule: GivingRule): number {
  const classes = assetOf(program, rule.asset)?.burnOrder ?? []
  const position = rule.burnAs === null ? -1 : classes.indexOf(rule.burnAs)
  return position === -1 ? classes.length : position
}

/** LOT-2: the rule's own expiry, else that of the level held, else the asset's. */
function expiryOf(program: Program, rule: GivingRule, tiers: Found['tiers']): string {
  if (rule.expiry !== null) return `rule:${rule.id}`
  for (const { ladder, level } of tiers) {
    const held = program.ladders.find((each) => each.id === ladder)?.levels.find((each) => each.id === level)
    if (held?.expiry.has(rule.asset)) return `tier:${ladder}/${level}`
  }
  return ''
}

/** One share of an order (or activity): pending while the order's points wait, else active at the end they have by the order. */
export function giveShare(
  book: Book,
  program: Program,
  cause: string,
  order: AuditedOrder | null,
  share: GivenShare,
  amount: number,
  now: LocalTime,
): void {
  if (amount === 0) return
  const { asset, rule, priority, expiryOf: named } = share
  if (share.charity !== null) {
    post(book, { cause, rule, asset, from: 'issued', to: `charity:${share.charity}`, amount })
    return
  }
  share.received = true
  const earnedOn = dayAt(order?.local ?? now)
  const since = activeSince(program, asset, order?.deliveredOn ?? null, earnedOn, dayAt(now))
  const id = `${order?.key ?? cause}/${asset}/${priority}/${named}`
  const same = book.pendings.find((each) => each.id === id && each.amount > 0)
  // Of what comes in parts, only what lies on lines that have not come waits.
  const last = order?.cameOn.at(-1)
  const comesInParts = order !== null && last !== undefined && assetOf(program, asset)?.pending.type === 'event'
  const room = since === null && comesInParts ? awaitedOf(book, order, share) - (same?.amount ?? 0) : amount
  const waits = since === null ? Math.max(0, Math.min(amount, room)) : 0
  const from = since ?? last
  if (amount > waits && from !== undefined) {
    const lastDay = endOfPoints(book, order, asset, expiryNamed(program, asset, named), from)
    credit(book, { cause, rule, day: dayAt(now) }, 'issued', { asset, priority, lastDay, amount: amount - waits })
  }
  if (waits === 0) return
  post(book, { cause, rule, asset, from: 'issued', to: 'pending', amount: waits })
  if (same !== undefined) same.amount += waits
  else {
    book.pendings.push({
      id,
      order: order?.key ?? null,
      asset,
      dueOn: dueOf(program, asset, earnedOn),
      awaitsDelivery: assetOf(program, asset)?.pending.type === 'event',
      priority,
      expiryOf: named,
      version: program.version,
      amount: waits,
    })
  }
}
