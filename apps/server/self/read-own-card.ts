import type { OwnCard } from '@laurel/contract'
import { dayText, localText } from '@laurel/engine'
import { rowsOf } from '../db/transaction.ts'
import { balancesOf } from '../decisions/balances.ts'
import { shownAmong } from '../leaderboards/queries.ts'
import { closingAnswerOf, footingAnswerOf } from '../members/describe-footing.ts'
import { lotsOf, membershipsOf, noticesOf, tiersOf } from '../members/describe-member.ts'
import { badgesAnswerOf, progressAnswerOf } from '../members/describe-progress.ts'
import { type GatheredMember, gatherMember } from '../members/gather-member.ts'
import { readProfile } from '../members/read-member.ts'
import { readSeats } from '../members/read-seats.ts'
import type { ProgramContext } from '../programs/timeline.ts'
import { isSeen } from './told.ts'

/** Everything that a member's first page shows, in one answer: a phone on a bad line asks once. */
export async function readOwnCard(context: ProgramContext, program: string, id: string): Promise<OwnCard> {
  const gathered = await gatherMember(context, program, id)
  const [profile, seats, seen] = await Promise.all([
    readProfile(context, gathered.bucket, program, gathered.id),
    readSeats(context, program, gathered),
    rowsOf(context.database.application, shownAmong([gathered.bucket], program, [gathered.id])),
  ])
  return {
    program,
    name: profile.name,
    birthday: profile.birthday,
    seen: seen.length > 0,
    seats,
    ...toldOf(gathered),
  }
}

/** What is not shown to members stays out (TIER-7); a level that is hidden is seen by whoever holds it. */
function toldOf(gathered: GatheredMember): Omit<OwnCard, 'program' | 'name' | 'birthday' | 'seen' | 'seats'> {
  const { id, zone, member, timeline, stamp } = gathered
  const sees = ({ asset }: { readonly asset: string }) => isSeen(timeline, asset)
  const { lots, pending } = lotsOf(gathered)
  const { cards, challenges, offers } = progressAnswerOf(gathered)
  return {
    id,
    at: new Date(stamp.at).toISOString(),
    zone,
    joinedOn: member.joinedOn === null ? null : dayText(member.joinedOn),
    balances: balancesOf(member.assets, timeline, stamp.version).filter(sees),
    tiers: tiersOf(gathered),
    memberships: membershipsOf(member),
    status: member.left !== null ? 'left' : member.frozen ? 'frozen' : 'member',
    closing: closingAnswerOf(gathered),
    left:
      member.left === null
        ? null
        : {
            since: localText(member.left.at),
            forfeitsOn: member.left.forfeitOn === null ? null : dayText(member.left.forfeitOn),
          },
    bars: footingAnswerOf(gathered).bars.map(({ deed, because }) => ({ deed, because })),
    lots: lots.filter(sees),
    pending: pending.filter(sees),
    cards,
    challenges,
    offers,
    badges: badgesAnswerOf(gathered).badges,
    notices: noticesOf(gathered).filter((notice) => notice.kind !== 'points-will-lapse' || sees(notice)),
  }
}
