import type { Member, OrderRecord } from '../member.ts'
import { dayOf } from '../time/local.ts'

/** An order counts, counts differently or no longer: what its record says, against what it said before. */
export function applyHistory(member: Member, before: OrderRecord | undefined, after: OrderRecord): void {
  const was = before?.spend ?? null
  const is = after.spend
  if (was === is) return
  const day = dayOf(after.local)
  const { orders, spend, lastOn } = member.history ?? { orders: 0, spend: 0, lastOn: day }
  member.history = {
    lastOn: is === null ? lastOn : Math.max(lastOn, day),
    orders: orders + (is === null ? 0 : 1) - (was === null ? 0 : 1),
    spend: spend + (is ?? 0) - (was ?? 0),
  }
}
