import { type Member, ownTimeline, WALLETS } from '@laurel/engine'
import type { ProgramTimeline } from '../programs/timeline.ts'
import { chanceOf } from './identity.ts'

/** The versions as they rule one member, who may be in a pilot (PIL-1). */
export function versionsForMember(found: ProgramTimeline, member: Pick<Member, 'chance'>): ProgramTimeline {
  const timeline = ownTimeline(found.timeline, member)
  return timeline === found.timeline ? found : { ...found, timeline }
}

/** The same for whoever has this id: nothing of theirs needs to be read. */
export const versionsForId = (found: ProgramTimeline, program: string, id: string): ProgramTimeline =>
  versionsForMember(found, drawnBy({ program, id }))

/** What pilots and experiments draw somebody by. A pool has no arm of its own: whoever is in it may be in any, and it goes by the version for all. */
export const drawnBy = ({ program, id }: { readonly program: string; readonly id: string }): Pick<Member, 'chance'> =>
  id.startsWith(WALLETS) ? {} : { chance: chanceOf(program, id) }
