import type { MemberAnswer, Profile, Seats } from '@laurel/contract'
import { awayOf, currentPool, dayText, localText, segmentsOf } from '@laurel/engine'
import { rowOf } from '../db/transaction.ts'
import { balancesOf } from '../decisions/balances.ts'
import type { ProgramContext } from '../programs/timeline.ts'
import { closingAnswerOf, footingAnswerOf } from './describe-footing.ts'
import { holdsOf, membershipsOf, tiersOf } from './describe-member.ts'
import { type GatheredMember, gatherMember } from './gather-member.ts'
import { profileOfMember } from './queries.ts'
import { readSeats } from './read-seats.ts'

export async function readMember(context: ProgramContext, program: string, id: string): Promise<MemberAnswer> {
  const gathered = await gatherMember(context, program, id)
  const profile = await readProfile(context, gathered.bucket, program, gathered.id)
  const seats = await readSeats(context, program, gathered)
  return memberAnswerOf(gathered.id, gathered, profile, seats)
}

export async function readProfile(
  context: ProgramContext,
  bucket: number,
  program: string,
  id: string,
): Promise<Profile> {
  const row = await rowOf(context.database.application, profileOfMember(bucket, program, id))
  return {
    name: row?.name ?? null,
    email: row?.email ?? null,
    phone: row?.phone ?? null,
    birthday: row?.birthday ?? null,
  }
}

function memberAnswerOf(id: string, gathered: GatheredMember, profile: Profile, seats: Seats): MemberAnswer {
  const { member, timeline, stamp } = gathered
  return {
    id,
    zone: gathered.zone,
    joinedOn: member.joinedOn === null ? null : dayText(member.joinedOn),
    profile,
    segments: [...segmentsOf(timeline, member, stamp.local)],
    tags: [...member.tags],
    balances: balancesOf(member.assets, timeline, stamp.version),
    tiers: tiersOf(gathered),
    holds: holdsOf(member),
    memberships: membershipsOf(member),
    status: awayOf(member) ?? 'member',
    ...footingAnswerOf(gathered),
    closing: closingAnswerOf(gathered),
    left:
      member.left === null
        ? null
        : {
            since: localText(member.left.at),
            forfeitsOn: member.left.forfeitOn === null ? null : dayText(member.left.forfeitOn),
          },
    pool: currentPool(member)?.pool ?? null,
    seats,
    decisions: gathered.decisions,
  }
}
