import { ownIdentity } from '@laurel/contract'
import { civilFromDay, dayFromCivil, dayOf, type LocalDay } from '@laurel/engine'
import { bucketOf } from '@laurel/ledger'
import { rowOf } from '../db/transaction.ts'
import type { RecordingContext } from '../decisions/recorder.ts'
import { localOf } from '../programs/zone.ts'
import { birthdayOfMember } from './queries.ts'

/** A birthday as it is kept: which day counts depends on the year (EARN-7). */
export interface Birthday {
  /** MM-DD. */
  readonly birthday: string | null
  /** First year in which it counts. */
  readonly from: number | null
  /** What counts before. */
  readonly before: string | null
}

export const birthdayIn = (year: number, { birthday, from, before }: Birthday): string | null =>
  from === null || year >= from ? birthday : before

/** A first date counts at once; one that is changed from the next year, and until then what counted so far. */
export function changedBirthday(known: Birthday, birthday: string | null, year: number): Birthday {
  if (birthday === known.birthday) return known
  if (known.birthday === null && known.before === null)
    return { birthday, from: birthday === null ? null : year, before: null }
  return { birthday, from: year + 1, before: birthdayIn(year, known) }
}

/** The days of the year whose birthday is kept on this day: 29 February is kept on the 28th where there is none. */
export function daysKeptOn(day: LocalDay): string[] {
  const { month, day: date } = civilFromDay(day)
  const text = `${String(month).padStart(2, '0')}-${String(date).padStart(2, '0')}`
  return text === '02-28' && civilFromDay(day + 1).month === 3 ? [text, '02-29'] : [text]
}

/** Days of joining whose anniversary is kept on this day, as far back as anybody has joined anything. */
export function joiningsKeptOn(day: LocalDay): LocalDay[] {
  const { year } = civilFromDay(day)
  const days: LocalDay[] = []
  for (let past = year - 1; past >= year - YEARS_MAX; past--) {
    for (const text of daysKeptOn(day)) {
      const [month = 0, date = 0] = text.split('-').map(Number)
      const joined = dayFromCivil(past, month, date)
      // There is no 29 February in most years.
      if (civilFromDay(joined).month === month) days.push(joined)
    }
  }
  return days
}

const YEARS_MAX = 120 // longer than members live

export async function todayOf(context: RecordingContext, program: string): Promise<{ year: number; day: LocalDay }> {
  const found = await context.timelines.of(program)
  const day = dayOf(localOf(found?.latest.zone ?? 'UTC', context.now(program)))
  return { year: civilFromDay(day).year, day }
}

export const birthdayEvent = (member: string, year: number, at: number) => ({
  type: 'member.birthday' as const,
  ...ownIdentity(`birthday/${member}/${year}`),
  ...{ member, occurredAt: new Date(at).toISOString() },
})

/** Who says on the day itself that it is their birthday is not asked to wait for a year. */
export async function keepBirthdayToday(context: RecordingContext, program: string, member: string): Promise<void> {
  const row = await rowOf(context.database.application, birthdayOfMember(bucketOf(program, member), program, member))
  if (row === undefined) return
  const { year, day } = await todayOf(context, program)
  const counted = birthdayIn(year, { birthday: row.birthday, from: row.birthday_from, before: row.birthday_before })
  if (counted === null || !daysKeptOn(day).includes(counted)) return
  // It may have been told before: then it is known, and nothing happens.
  await context.recorder.record({ program, member, event: birthdayEvent(member, year, context.now(program)) })
}
