import { type Draft, emit } from '../draft.ts'
import type { OrderKey } from '../event.ts'
import { settleEarned } from '../partners/settle.ts'
import { give } from '../points/pending.ts'
import type { GivingRule, Program } from '../program/program.ts'
import type { LocalDay } from '../time/local.ts'
import { type CapRoom, count, usedRoom } from './caps.ts'
import { charityOf, earnedByMember, giveToCharity } from './charity.ts'
import type { Earning } from './earn.ts'

/** What earned: by which rules, in which room, where and when; `order` is null for what is no order. */
interface EarnedBy {
  readonly rules: readonly GivingRule[]
  readonly room: CapRoom
  readonly order: OrderKey | null
  readonly day: LocalDay
  readonly place: string | null
}

/** What rules gave on an order or an activity of `day` is given, what caps cut off is said, and their room is counted. */
export function postEarning(
  draft: Draft,
  program: Program,
  { earned, capped }: Earning,
  { rules, room, order, day, place }: EarnedBy,
): void {
  settleEarned(draft, program, { place, given: [] }, { place, given: earnedByMember(program, earned) })
  for (const part of earned) {
    const charity = charityOf(program, part.rule)
    if (charity === null) give(draft, program, part, order, day, null)
    else giveToCharity(draft, charity, part.rule, part.asset, part.amount)
  }
  for (const { rule, cap, trimmed } of capped) emit(draft, { cap, rule, trimmed, type: 'capped' })
  if (room.found.length === 0) return
  const used = usedRoom(
    program,
    rules,
    earned.map(({ rule, amount }) => ({ rule, now: amount })),
  )
  for (const found of room.found) count(draft, program, found, used.get(found.cap) ?? 0)
}
