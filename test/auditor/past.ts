import type { LocalTime, MemberFacts } from '@laurel/engine'
import type { Book, Found, Past } from './book.ts'
import { eligibleOf, isGone, remainsOf } from './money.ts'
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

export function memberFactsOf(
  { tiers, segments, tags, past }: Pick<Found, 'tiers' | 'segments' | 'tags' | 'past'>,
  local: LocalTime,
): MemberFacts {
  const since = (day: number | null) => (day === null ? null : dayAt(local) - day)
  return {
    tiers: tiers.map((each) => each.level),
    segments,
    tags,
    badges: [], // no generated program gives any, nor sells memberships
    memberships: [],
    orders: past.orders,
    spend: past.spend,
    daysSinceOrder: since(past.lastOn),
    daysSinceJoined: since(past.joinedOn),
  }
}
