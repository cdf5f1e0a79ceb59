import type { Draft } from '../draft.ts'
import type { Audience, Program, Reward } from '../program/program.ts'
import { isFor, type Situation } from '../rules/applies.ts'
import { CapRoom, roomLeft } from '../rules/caps.ts'
import { foundBy, memberFactsOf, pastOf } from '../rules/found-by.ts'
import type { Stamp } from '../stamp.ts'

/** Whether a reward is for a member at a moment, whatever it costs and however much of it is left. */

export function situationOf({ member }: Draft, program: Program, { local, placeLocal }: Stamp): Situation {
  const found = foundBy(program, member, CapRoom.asFound(program, []), local)
  return { ...found, place: null, channel: null, placeLocal }
}

export const isForMember = (draft: Draft, reward: Reward, situation: Situation, stamp: Stamp): boolean =>
  isFor(wherever(reward), situation) && holds(draft, reward, situation, stamp)

/** It was had as often as it may be (RED-2). */
export const isLimitReached = ({ member }: Draft, { cap }: Reward, { local }: Stamp): boolean =>
  cap !== null && roomLeft(cap, member, local) < 1

/** A partner's reward is theirs wherever it is asked for: nobody says at which till a reservation is made (PART-1). */
const wherever = ({ audience }: Reward): Audience =>
  audience.partners.length === 0 ? audience : { ...audience, partners: [] }

function holds({ member }: Draft, { when }: Reward, situation: Situation, { local }: Stamp): boolean {
  if (!when) return true
  const found = { ...situation, past: pastOf(member) }
  return when.test({ order: null, line: null, activity: null, member: memberFactsOf(found, local) })
}
