import { type Draft, emit } from '../draft.ts'
import type { OrderKey } from '../event.ts'
import { settleEarned } from '../partners/settle.ts'
import { give } from '../points/pending.ts'
import type { GivingRule, Program } from '../program/program.ts'
import type { LocalDay } from '../time/local.ts'
import { count, type Room, usedRoom } from './caps.ts'
import { charityOf, earnedByMember, giveToCharity } from './charity.ts'
import type { Earning } from './earn.ts'

/** What rules gave on an order or an activity of `day` is given, what caps cut off is said, and their room is counted. */
export function postEarning(
  draft: Draft,
  program: Program,
  rules: readonly GivingRule[],
  { awards, capped }: Earning,
  room: Room,
  order: OrderKey | null,
  day: LocalDay,
  place: string | null,
): void {
  settleEarned(draft, program, { place, given: [] }, { place, given: earnedByMember(program, awards) })
  for (const award of awards) {
    const charity = charityOf(program, award.rule)
    if (charity === null) give(draft, program, award, order, day, null)
    else giveToCharity(draft, charity, award.rule, award.asset, award.amount)
  }
  for (const { rule, cap, trimmed } of capped) emit(draft, { cap, rule, trimmed, type: 'capped' })
  if (room.found.length === 0) return
  const used = usedRoom(
    program,
    rules,
    awards.map(({ rule, amount }) => ({ rule, now: amount })),
  )
  for (const found of room.found) count(draft, program, found, used.get(found.cap) ?? 0)
}
