import type { Seats } from '@laurel/contract'
import { localText } from '@laurel/engine'
import { rowsOf } from '../db/transaction.ts'
import type { ProgramContext } from '../programs/timeline.ts'
import type { GatheredMember } from './gather-member.ts'
import { linesOfMember } from './queries.ts'

/** Nobody waits for more sessions at a time than a page has lines. */
const LINES_MAX = 100

/** What a member has booked, what is kept for it, and the lines it stands in (RED-3). */
export async function readSeats(
  context: ProgramContext,
  program: string,
  { id, member, timeline }: GatheredMember,
): Promise<Seats> {
  const { vouchers = [], holds, keptSeats = [], aliases = [] } = member
  const booked = [
    ...holds.map(({ redemption, reward, session }) => ({ redemption, reward, session, confirmed: false })),
    ...vouchers.map(({ id: redemption, reward, session }) => ({ redemption, reward, session, confirmed: true })),
  ]
  const hasLines = timeline.some((version) =>
    [...version.program.rewards.values()].some(({ kind }) => kind.type === 'experience' && kind.waitingAccept !== null),
  )
  const lines = hasLines
    ? await rowsOf(context.database.application, linesOfMember(program, [id, ...aliases], LINES_MAX))
    : []
  return {
    booked: booked.flatMap(({ session, ...seat }) => (session == null ? [] : [{ ...seat, session }])),
    kept: keptSeats.map(({ reward, session, untilLocal }) => ({
      reward,
      session,
      until: localText(untilLocal),
    })),
    waiting: lines.map(({ redemption, reward, session, place }) => ({
      redemption,
      reward,
      session,
      place: Number(place),
    })),
  }
}
