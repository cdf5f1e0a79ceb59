import { type EventInput, ownSource } from '@laurel/contract'
import { civilFromDay, type LocalDay, type Occasion, type Program, startOf } from '@laurel/engine'
import { type Birthday, birthdayIn, daysKeptOn, instantOf, joiningsKeptOn } from '@laurel/server'

/** A server that was away for longer tells what it missed of so many days. */
const DAYS_MISSED_MAX = 30

/** Of a member: the date as it was told, and the day of joining. */
export interface Dates {
  readonly member: string
  readonly birthday: Birthday
  readonly joinedOn: LocalDay | null
}

/** The birthdays and anniversaries that a server tells on a day, and of the days since it told them last (EARN-7). */
export function occasionsDue(
  program: Program,
  members: readonly Dates[],
  last: LocalDay | null,
  today: LocalDay,
): EventInput[] {
  const events: EventInput[] = []
  const from = last === null ? today : Math.max(last + 1, today - DAYS_MISSED_MAX)
  for (let day = from; day <= today; day++) {
    const occurredAt = new Date(instantOf(program.zone, startOf(day))).toISOString()
    const { year } = civilFromDay(day)
    for (const { member, birthday, joinedOn } of members) {
      const sent = { source: ownSource, member, occurredAt }
      const born = birthdayIn(year, birthday)
      if (listensTo(program, 'member.birthday') && born !== null && daysKeptOn(day).includes(born)) {
        events.push({ ...sent, type: 'member.birthday', id: `birthday/${member}/${year}` })
      }
      const isAnniversary = joinedOn !== null && joiningsKeptOn(day).includes(joinedOn)
      if (listensTo(program, 'member.anniversary') && isAnniversary) {
        events.push({ ...sent, type: 'member.anniversary', id: `anniversary/${member}/${year}` })
      }
    }
  }
  return events
}

const listensTo = ({ onOccasion, awardsOn }: Program, occasion: Occasion): boolean =>
  onOccasion.has(occasion) || awardsOn.occasion.has(occasion)
