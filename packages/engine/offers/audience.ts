import { barToReceiving } from '../footing/bars.ts'
import type { Member } from '../member.ts'
import type { Offer, Program } from '../program/program.ts'
import { isFor } from '../rules/applies.ts'
import { CapRoom } from '../rules/caps.ts'
import { foundBy, memberFactsOf } from '../rules/found-by.ts'
import type { LocalTime } from '../time/local.ts'

/** Whether an offer is sent to a member by its own rule, `sendTo`. Time must have been let pass up to now. */
export function isSentTo(program: Program, offer: Offer, member: Member, now: LocalTime): boolean {
  const { sendTo } = offer
  if (sendTo === null || member.wallet !== undefined || barToReceiving(program, offer, member, now) !== null)
    return false
  const found = foundBy(program, member, CapRoom.asFound(program, []), now)
  if (!isFor(sendTo.audience, { ...found, place: null, channel: null, partner: '', placeLocal: now })) return false
  const facts = memberFactsOf(found, now)
  return sendTo.when === null || sendTo.when.test({ order: null, line: null, activity: null, member: facts })
}
