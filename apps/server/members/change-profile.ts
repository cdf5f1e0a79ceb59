import { Problem, type Profile } from '@laurel/contract'
import { bucketOf } from '@laurel/ledger'
import { countOf, rowOf, transaction } from '../db/transaction.ts'
import type { RecordingContext } from '../decisions/recorder.ts'
import { changedBirthday, keepBirthdayToday, todayOf } from '../occasions/birthday.ts'
import { gatherMember } from './gather-member.ts'
import { deleteProfile, erasureOfMember, insertProfile, lockProfile, updateProfile } from './queries.ts'

export type ProfileChange = { readonly [Field in keyof Profile]?: Profile[Field] | undefined }

/** Changes what is personal of a member: it never becomes an event (LED-9). A birthday that is changed waits for its year. */
export async function changeProfile(
  context: RecordingContext,
  program: string,
  id: string,
  change: ProfileChange,
): Promise<Profile> {
  await gatherMember(context, program, id)
  const bucket = bucketOf(program, id)
  const { year } = await todayOf(context, program)
  const at = new Date(context.now(program)).toISOString()
  const profile = await transaction(context.database.application, async (tx) => {
    await countOf(tx, insertProfile(bucket, program, id, null, null, null, null, null, at))
    const known = await rowOf(tx, lockProfile(bucket, program, id))
    if (known === undefined) throw new Problem('unknown-member')
    const { name = known.name, email = known.email, phone = known.phone, birthday = known.birthday } = change
    const before = { birthday: known.birthday, from: known.birthday_from, before: known.birthday_before }
    const { from, before: countedBefore } = changedBirthday(before, birthday, year)
    await countOf(tx, updateProfile(bucket, program, id, name, email, phone, birthday, from, countedBefore, at))
    return { name, email, phone, birthday }
  })
  // Who is erased meanwhile: what was written in between is found by the erasure, or is seen here.
  const { application } = context.database
  if ((await rowOf(application, erasureOfMember(bucket, program, id))) !== undefined) {
    await countOf(application, deleteProfile(bucket, program, id))
    throw new Problem('unknown-member')
  }
  await keepBirthdayToday(context, program, id)
  return profile
}
