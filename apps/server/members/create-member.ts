import { type MemberAnswer, ownIdentity, Problem, type Profile } from '@laurel/contract'
import { countOf, rowOf } from '../db/transaction.ts'
import { requireRecorded } from '../decisions/answer-events.ts'
import { bucketOf } from '../decisions/identity.ts'
import type { RecordingContext } from '../decisions/recorder.ts'
import { keepBirthdayToday, todayOf } from '../occasions/birthday.ts'
import { deleteProfile, erasureOfMember, insertProfile, memberById, profileOfMember } from './queries.ts'
import { readMember } from './read-member.ts'

export interface MemberToCreate {
  readonly id: string
  /** ISO 8601; now where nothing is said. */
  readonly joinedAt?: string | undefined
  readonly profile: Profile
  readonly segments: string[]
  readonly tags: string[]
  readonly mark?: 'staff' | 'test' | 'none' | null
  readonly ageAtLeast?: number | null
  readonly terms?: string | null
}

/**
 * Lets a member join: what rules may know becomes events, what is personal a profile beside them (LED-9). Asked again with the
 * same content it answers the same, also where an earlier attempt ended half-way; with another profile it is a conflict.
 */
export async function createMember(
  context: RecordingContext,
  program: string,
  input: MemberToCreate,
): Promise<MemberAnswer> {
  const { id, profile, segments, tags, mark = null, ageAtLeast = null, terms = null } = input
  const bucket = bucketOf(program, id)
  const { application } = context.database
  if (await isErased(context, bucket, program, id)) throw new Problem('member-erased')
  const before = await rowOf(application, profileOfMember(bucket, program, id))
  if (before !== undefined && !isSame(before, profile)) throw new Problem('member-exists')

  const occurredAt = input.joinedAt ?? new Date(context.now(program)).toISOString()
  const named = { member: id, occurredAt }
  // Members are brought along from elsewhere, years after they joined; joining gives nothing that lateness could abuse.
  const history = input.joinedAt !== undefined
  // Whoever bought before joining is a member already, and one who is created twice has joined once.
  if ((await rowOf(application, memberById(bucket, program, id))) === undefined) {
    const event = { type: 'member.joined' as const, ...ownIdentity(`joined/${id}`), ...named }
    const answer = await context.recorder.record({ program, member: id, event, history })
    // A conflict is another request for the same member, a moment earlier.
    if (answer.status !== 'conflict') requireRecorded(answer)
  }
  const isTold = mark !== null || ageAtLeast !== null || terms !== null
  if (segments.length > 0 || tags.length > 0 || isTold) {
    const told = { segments, tags, mark, ageAtLeast, terms }
    const event = { type: 'member.changed' as const, ...ownIdentity(`created/${id}`), ...named, ...told }
    const answer = await context.recorder.record({ program, member: id, event, history })
    if (answer.status !== 'conflict') requireRecorded(answer)
  }
  const { name, email, phone, birthday } = profile
  const writtenAt = new Date(context.now(program)).toISOString()
  const from = birthday === null ? null : (await todayOf(context, program)).year
  await countOf(application, insertProfile(bucket, program, id, name, email, phone, birthday, from, writtenAt))
  // Who is erased meanwhile is erased twice: what was written in between would be found by the second time, or is seen here.
  if (await isErased(context, bucket, program, id)) {
    await countOf(application, deleteProfile(bucket, program, id))
    throw new Problem('member-erased')
  }
  await keepBirthdayToday(context, program, id)
  return await readMember(context, program, id)
}

const isErased = async ({ database }: RecordingContext, bucket: number, program: string, id: string) =>
  (await rowOf(database.application, erasureOfMember(bucket, program, id))) !== undefined

const isSame = (a: Pick<Profile, keyof Profile>, b: Profile): boolean =>
  a.name === b.name && a.email === b.email && a.phone === b.phone && a.birthday === b.birthday
