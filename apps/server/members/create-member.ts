import { type EventInput, type MemberAnswer, ownIdentity, Problem, type Profile } from '@laurel/contract'
import { bucketOf } from '@laurel/ledger'
import { countOf, rowOf } from '../db/transaction.ts'
import { requireRecorded } from '../decisions/answer-events.ts'
import { firstAnswer } from '../decisions/first-answer.ts'
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
 * same content it answers the same, also where an earlier attempt ended half-way; with any other it is a conflict.
 */
export async function createMember(
  context: RecordingContext,
  program: string,
  input: MemberToCreate,
): Promise<MemberAnswer> {
  const { id, profile } = input
  const bucket = bucketOf(program, id)
  const { application } = context.database
  const requireSameProfile = async () => {
    const kept = await rowOf(application, profileOfMember(bucket, program, id))
    if (kept !== undefined && !isSame(kept, profile)) throw existsOtherwise('its profile')
  }
  if (await isErased(context, bucket, program, id)) throw new Problem('member-erased')
  await requireSameProfile()
  // Whoever bought before joining is a member already.
  const isMember = (await rowOf(application, memberById(bucket, program, id))) !== undefined
  if (!isMember || input.joinedAt !== undefined) await tellJoined(context, program, input)
  await tellTheRest(context, program, input)
  const { name, email, phone, birthday } = profile
  const writtenAt = new Date(context.now(program)).toISOString()
  const from = birthday === null ? null : (await todayOf(context, program)).year
  await countOf(application, insertProfile(bucket, program, id, name, email, phone, birthday, from, writtenAt))
  // Another request for the same member may have been a moment earlier.
  await requireSameProfile()
  // Who is erased meanwhile is erased twice: what was written in between would be found by the second time, or is seen here.
  if (await isErased(context, bucket, program, id)) {
    await countOf(application, deleteProfile(bucket, program, id))
    throw new Problem('member-erased')
  }
  await keepBirthdayToday(context, program, id)
  return await readMember(context, program, id)
}

const existsOtherwise = (what: string) =>
  new Problem('member-exists', { detail: `What is known of the member is not what was sent: ${what}.` })

async function tellJoined(context: RecordingContext, program: string, input: MemberToCreate): Promise<void> {
  const joined = { type: 'member.joined' as const, ...ownIdentity(`joined/${input.id}`), member: input.id }
  await tellOnce(context, program, input, 'when it joined', (occurredAt) => ({ ...joined, occurredAt }))
}

/** What a member is told of at its creation beside having joined. */
async function tellTheRest(context: RecordingContext, program: string, input: MemberToCreate): Promise<void> {
  const { id: member, segments, tags, mark = null, ageAtLeast = null, terms = null } = input
  const identity = ownIdentity(`created/${member}`)
  const what = 'segments, tags, mark, ageAtLeast or terms'
  const isTold = mark !== null || ageAtLeast !== null || terms !== null
  if (segments.length > 0 || tags.length > 0 || isTold) {
    const changed = { type: 'member.changed' as const, ...identity, member, segments, tags, mark, ageAtLeast, terms }
    await tellOnce(context, program, input, what, (occurredAt) => ({ ...changed, occurredAt }))
  } else if (await firstAnswer(context, program, `${identity.source}/${identity.id}`)) throw existsOtherwise(what)
}

/** Where no moment was asked for, what is told again is told of the moment at which it was told first. */
async function tellOnce(
  context: RecordingContext,
  program: string,
  { id: member, joinedAt }: MemberToCreate,
  what: string,
  eventAt: (occurredAt: string) => EventInput,
): Promise<void> {
  // Members are brought along from elsewhere, years after they joined; joining gives nothing that lateness could abuse.
  const history = joinedAt !== undefined
  const event = eventAt(joinedAt ?? new Date(context.now(program)).toISOString())
  const answer = await context.recorder.record({ program, member, event, history })
  if (answer.status !== 'conflict') return requireRecorded(answer)
  const first = await firstAnswer(context, program, `${event.source}/${event.id}`)
  if (joinedAt !== undefined || first === null) throw existsOtherwise(what)
  const toldAt = new Date(JSON.parse(first.content).at).toISOString()
  const again = await context.recorder.record({ program, member, event: eventAt(toldAt), history })
  if (again.status === 'conflict') throw existsOtherwise(what)
  requireRecorded(again)
}

const isErased = async ({ database }: RecordingContext, bucket: number, program: string, id: string) =>
  (await rowOf(database.application, erasureOfMember(bucket, program, id))) !== undefined

const isSame = (a: Pick<Profile, keyof Profile>, b: Profile): boolean =>
  a.name === b.name && a.email === b.email && a.phone === b.phone && a.birthday === b.birthday
