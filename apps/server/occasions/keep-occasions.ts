import { ownIdentity } from '@laurel/contract'
import { civilFromDay, DAY_MS, dayText, type LocalDay, type Occasion, type Program, startOf } from '@laurel/engine'
import { countOf, rowOf, rowsOf } from '../db/transaction.ts'
import type { RecordingContext } from '../decisions/recorder.ts'
import type { Submission } from '../decisions/submission.ts'
import { inEveryProgram } from '../programs/in-every-program.ts'
import { type ProgramTimeline, rulingSomebody } from '../programs/timeline.ts'
import { instantOf } from '../programs/zone.ts'
import { birthdayEvent, daysKeptOn, joiningsKeptOn, todayOf } from './birthday.ts'
import { bornOn, joinedOn, keptThrough, noteKeptThrough } from './queries.ts'

/** A server that was away for longer goes on with the next run: a run ends within minutes, and a year is made up for at once. */
const DAYS_A_RUN_MAX = 366
const pageSize = 500

/**
 * Tells members' birthdays and anniversaries, once the day has begun in the program's zone (EARN-7). Each is an event with a name
 * of its own, so that telling it again changes nothing; how far it came is noted after each day, and there the next run goes on,
 * however long ago that was. The first run of a program begins with its own day. Answers how many were told.
 */
export async function keepOccasions(context: RecordingContext): Promise<number> {
  let told = 0
  await inEveryProgram(context, async (program) => {
    told += await keepOccasionsIn(context, program)
  })
  return told
}

export async function keepOccasionsIn(context: RecordingContext, program: string): Promise<number> {
  const found = await context.timelines.of(program)
  if (found === null) return 0
  const { day: today } = await todayOf(context, program)
  const row = await rowOf(context.database.application, keptThrough(program))
  const last = row === undefined ? today - 1 : Date.parse(row.day) / DAY_MS
  let told = 0
  for (let day = last + 1; day <= Math.min(today, last + DAYS_A_RUN_MAX); day++) {
    told += await keepDay(context, program, found, day)
    await countOf(context.database.application, noteKeptThrough(program, dayText(day)))
  }
  return told
}

async function keepDay(
  context: RecordingContext,
  program: string,
  found: ProgramTimeline,
  day: LocalDay,
): Promise<number> {
  const { year } = civilFromDay(day)
  const at = instantOf(found.latest.zone, startOf(day))
  const ruling = rulingSomebody(found, at, context.now(program))
  const { application } = context.database
  let told = 0
  if (ruling.some((program) => listensTo(program, 'member.birthday'))) {
    const find = (after: string) => rowsOf(application, bornOn(program, daysKeptOn(day), year, after, pageSize))
    told += await tell(context, program, find, (member) => birthdayEvent(member, year, at))
  }
  if (ruling.some((program) => listensTo(program, 'member.anniversary'))) {
    const find = (after: string) => rowsOf(application, joinedOn(program, joiningsKeptOn(day), after, pageSize))
    told += await tell(context, program, find, (member) => anniversaryEvent(member, year, at))
  }
  return told
}

/** Whether a day's beginning means anything to it. */
export const keepsOccasions = (program: Program): boolean =>
  listensTo(program, 'member.birthday') || listensTo(program, 'member.anniversary')

/** A program that listens to none is told none. */
const listensTo = ({ onOccasion, awardsOn }: Program, occasion: Occasion): boolean =>
  onOccasion.has(occasion) || awardsOn.occasion.has(occasion)

const anniversaryEvent = (member: string, year: number, at: number) => ({
  type: 'member.anniversary' as const,
  ...ownIdentity(`anniversary/${member}/${year}`),
  ...{ member, occurredAt: new Date(at).toISOString() },
})

async function tell(
  context: RecordingContext,
  program: string,
  find: (after: string) => Promise<readonly { readonly member: string }[]>,
  eventOf: (member: string) => Submission['event'],
): Promise<number> {
  let told = 0
  for (let after: string | null = ''; after !== null; ) {
    const page: readonly { readonly member: string }[] = await find(after)
    const answers = await context.recorder.recordMany(
      // A day that is told late is not too late: nobody could have told it sooner.
      page.map(({ member }) => ({ program, member, event: eventOf(member), history: true })),
    )
    // What could not be served is told by the next run: the day is not noted.
    const failed = page.find((_, index) => answers[index]?.status === 'failed')
    if (failed !== undefined) throw new Error(`the occasion of ${failed.member} could not be told`)
    told += answers.filter(({ status }) => status === 'recorded').length
    after = page.length < pageSize ? null : (page.at(-1)?.member ?? null)
  }
  return told
}
