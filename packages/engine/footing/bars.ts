import { isClosed, isEarningOver } from '../closing/closing.ts'
import { awayOf, type Member } from '../member.ts'
import type { Deed, Offer, Program } from '../program/program.ts'
import type { NotEarning, NotRedeeming } from '../rules/found.ts'
import type { LocalTime } from '../time/local.ts'
import { footingOf } from './footing.ts'

/** Why a member earns nothing at a moment of the program's clock; null: nothing stands against it (END-1). */
export function barToEarning(program: Program, member: Member, local: LocalTime): NotEarning | null {
  const away = awayOf(member)
  if (away !== null) return away
  if (isEarningOver(program, local)) return 'closed'
  if (!program.staffEarn && footingOf(member).mark !== null) return 'staff-or-test'
  return barOf(program, member, 'earn')
}

/** Why no offer comes to a member: what only informs asks for nothing. */
export const barToReceiving = (
  program: Program,
  { type }: Offer,
  member: Member,
  local: LocalTime,
): NotEarning | null => (type.type === 'informs' ? awayOf(member) : barToEarning(program, member, local))

/** Nothing that is in play is the member's to follow: not for want of terms or years, which can be mended. */
export function isOutOfPlay(program: Program, member: Member, local: LocalTime): boolean {
  const bar = barToEarning(program, member, local)
  return bar !== null && bar !== 'terms-not-accepted' && bar !== 'too-young'
}

/** And why nothing is spent. */
export function barToRedeeming(program: Program, member: Member, local: LocalTime): NotRedeeming | null {
  const away = awayOf(member)
  if (away !== null) return away
  return isClosed(program, local) ? 'closed' : barOf(program, member, 'redeem')
}

/** What the program asks of a member before they may. */
function barOf({ terms, minimumAge }: Program, member: Member, deed: Deed): 'terms-not-accepted' | 'too-young' | null {
  if (terms === null && minimumAge === null) return null
  const footing = footingOf(member)
  if (terms?.for.has(deed) && !footing.terms.includes(terms.current)) return 'terms-not-accepted'
  return minimumAge?.for.has(deed) && footing.ageAtLeast < minimumAge.years ? 'too-young' : null
}
