import { type EventInput, ownSource } from '@laurel/contract'
import {
  civilFromDay,
  dayFromCivil,
  dayText,
  type LocalDay,
  type Occasion,
  type Program,
  startOf,
} from '@laurel/engine'
import { type Birthday, birthdayIn, instantOf } from '@laurel/server'

/** Of a member: the date as it was told, and the day of joining. */
export interface Dates {
  readonly member: string
  readonly birthday: Birthday
  readonly joinedOn: LocalDay | null
}

/**
 * The birthdays and anniversaries of the days since a server told them last, in the order of their days; null: of today, with
 * which its first run begins (EARN-7). They are found year by year, for a story may leap over decades.
 */
export function occasionsDue(
  program: Program,
  members: readonly Dates[],
  last: LocalDay | null,
  today: LocalDay,
): EventInput[] {
  const from = last === null ? today : last + 1
  const due: { readonly day: LocalDay; readonly event: EventInput }[] = []
  const tell = (day: LocalDay, type: 'member.birthday' | 'member.anniversary', member: string, year: number): void => {
    if (day < from || day > today) return
    const occurredAt = new Date(instantOf(program.zone, startOf(day))).toISOString()
    const id = `${type.slice('member.'.length)}/${member}/${year}`
    due.push({ day, event: { source: ownSource, member, occurredAt, type, id } })
  }
  const [tellsBirthdays, tellsYears] = [listensTo(program, 'member.birthday'), listensTo(program, 'member.anniversary')]
  const until = civilFromDay(today).year
  for (let { year } = civilFromDay(from); year <= until; year++) {
    for (const { member, birthday, joinedOn } of members) {
      const born = tellsBirthdays ? birthdayIn(year, birthday) : null
      if (born !== null) tell(keptIn(year, born), 'member.birthday', member, year)
      if (!tellsYears || joinedOn === null || civilFromDay(joinedOn).year >= year) continue
      tell(keptIn(year, dayText(joinedOn).slice('YYYY-'.length)), 'member.anniversary', member, year)
    }
  }
  return due.sort((a, b) => a.day - b.day).map(({ event }) => event)
}

/** 29 February is kept on the 28th where there is none. */
function keptIn(year: number, monthAndDate: string): LocalDay {
  const [month = 0, date = 0] = monthAndDate.split('-').map(Number)
  const day = dayFromCivil(year, month, date)
  return civilFromDay(day).month === month ? day : day - 1
}

const listensTo = ({ onOccasion, awardsOn }: Program, occasion: Occasion): boolean =>
  onOccasion.has(occasion) || awardsOn.occasion.has(occasion)
