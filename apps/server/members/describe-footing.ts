import type { MemberAnswer } from '@laurel/contract'
import {
  barToEarning,
  barToRedeeming,
  closingTold,
  footingOf,
  localText,
  type NotEarning,
  type NotRedeeming,
  type Program,
} from '@laurel/engine'
import type { GatheredMember } from './gather-member.ts'

/** On what footing a member is, and what stands against earning and redeeming, in the words of the interface (END-1). */

export function footingAnswerOf(
  gathered: GatheredMember,
): Pick<MemberAnswer, 'mark' | 'ageAtLeast' | 'terms' | 'bars'> {
  const { member, timeline, stamp } = gathered
  const { mark, ageAtLeast, terms } = footingOf(member)
  const program = timeline.find(({ program: { version } }) => version === stamp.version)?.program
  const bars = program === undefined ? [] : barsOf(gathered, program)
  return { mark, ageAtLeast, terms: [...terms], bars }
}

function barsOf({ member, stamp }: GatheredMember, program: Program): MemberAnswer['bars'] {
  const told = (deed: 'earn' | 'redeem', because: NotEarning | NotRedeeming | null): MemberAnswer['bars'] =>
    because === null ? [] : [{ deed, because, remedy: remedyOf(because, program) }]
  return [
    ...told('earn', barToEarning(program, member, stamp.local)),
    ...told('redeem', barToRedeeming(program, member, stamp.local)),
  ]
}

function remedyOf(because: NotEarning | NotRedeeming, { terms, minimumAge, closing }: Program): string {
  switch (because) {
    case 'left':
      return 'Send member.joined: who comes back before what is left is forfeited has it again.'
    case 'frozen':
      return 'Send member.frozen with frozen: false once it is cleared up.'
    case 'closed':
      return `The program has ended${closing === null ? '' : ` on ${localText(closing.earnsUntil)}`}; a new version without \`closing\` opens it again.`
    case 'staff-or-test':
      return 'Send member.changed with mark: none if this is a customer.'
    case 'terms-not-accepted':
      return `Let the member accept the terms, and send member.changed with terms: ${terms?.current ?? ''}.`
    case 'too-young':
      return `Look at a proof of age, and send member.changed with ageAtLeast: ${minimumAge?.years ?? 0}.`
  }
}

/** How the program ends, from its notice on. */
export function closingAnswerOf({ timeline, stamp }: GatheredMember): MemberAnswer['closing'] {
  const closing = closingTold(timeline, stamp.local)
  if (closing === null) return null
  const { earnsUntil, burnsUntil, left } = closing
  return {
    earnsUntil: localText(earnsUntil),
    burnsUntil: localText(burnsUntil),
    left: left.type === 'charity' ? { charity: left.charity } : 'forfeit',
    isOver: stamp.local >= burnsUntil,
  }
}
