import type { LocalTime, MemberFacts, Program } from '@laurel/engine'
import { type Book, plansRunning } from './book.ts'
import { eligibleOf, isGone, remainsOf } from './money.ts'
import type { Found, Past } from './records.ts'
import { tiersHeld } from './tiers.ts'
import { dayAt } from './time.ts'

/** What a member bought before, told by the orders themselves. */
export function pastOf(book: Book): Past {
  let [orders, spend, lastOn] = [0, 0, Number.NEGATIVE_INFINITY]
  for (const order of book.orders.values()) {
    if (order.version === null || order.found.away !== null) continue
    lastOn = Math.max(lastOn, dayAt(order.local))
    const remains = remainsOf(order.content, order.refunds)
    if (isGone(remains)) continue
    orders += 1
    for (const eligible of eligibleOf(order.content, remains, new Set(), false).byLine) spend += eligible
  }
  return { orders, spend, lastOn: Number.isFinite(lastOn) ? lastOn : null, joinedOn: book.joinedOn }
}

/** The groups of a member now: a program that says by a condition who is in one does not listen to what is told of it. */
function segmentsOf(book: Book, program: Program, local: LocalTime): readonly string[] {
  const told = book.segments.filter((id) => (program.segments.get(id)?.when ?? null) === null)
  const judged = [...program.segments.values()].filter(({ when }) => when !== null)
  if (judged.length === 0) return told
  const found = {
    ...{ tiers: tiersHeld(book, program), segments: told, tags: book.tags },
    ...{ memberships: plansRunning(book), past: pastOf(book) },
  }
  const scope = { order: null, line: null, activity: null, member: memberFactsOf(found, local) }
  return [...told, ...judged.filter(({ when }) => when?.test(scope)).map(({ id }) => id)]
}

/** What rules ask of a member. */
export const traitsOf = (book: Book, program: Program, local: LocalTime) => ({
  tiers: tiersHeld(book, program),
  segments: segmentsOf(book, program, local),
  tags: book.tags,
  memberships: plansRunning(book),
})

export function memberFactsOf(
  { tiers, segments, tags, memberships, past }: Pick<Found, 'tiers' | 'segments' | 'tags' | 'memberships' | 'past'>,
  local: LocalTime,
): MemberFacts {
  const since = (day: number | null) => (day === null ? null : dayAt(local) - day)
  return {
    tiers: tiers.map((each) => each.level),
    segments,
    tags,
    badges: [], // no generated rule asks for any
    memberships,
    orders: past.orders,
    spend: past.spend,
    daysSinceOrder: since(past.lastOn),
    daysSinceJoined: since(past.joinedOn),
  }
}
