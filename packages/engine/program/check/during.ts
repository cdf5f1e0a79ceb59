import { DAY_MS, dayOf, dayText, type LocalTime, weekdayOf } from '../../time/local.ts'
import { duringOf } from '../compile/parts.ts'
import type { DuringText } from '../document/audience.ts'
import type { During } from '../program.ts'
import type { Reading } from '../shape.ts'
import type { MapTree } from '../syntax-tree.ts'
import { remark } from './remark.ts'

/** Times that never are, or are over before the program begins. */
export function checkDuring(
  text: DuringText | null,
  tree: MapTree,
  inForceFrom: LocalTime | null,
  reading: Reading,
): void {
  const during = duringOf(text)
  if (during === null) return
  const { from, through, weekdays, hours, except } = during
  if (hours !== null && hours.from === hours.to) {
    const message = 'The hours end where they begin: no time is left'
    remark(reading, 'error', [tree, 'during', 'hours'], 'during-empty', message, 'Leave `hours` out for the whole day')
  }
  if (from !== null && through !== null && through <= from) {
    const message = 'The end does not come after the beginning: no time is left'
    remark(
      reading,
      'error',
      [tree, 'during', 'through'],
      'during-empty',
      message,
      'Let `through` be a later day than `from`',
    )
    return
  }
  if (weekdays !== null && from !== null && through !== null && !hasWeekday(from, through, weekdays)) {
    const message = 'None of these days of the week lies between `from` and `through`'
    remark(
      reading,
      'error',
      [tree, 'during', 'days'],
      'during-empty',
      message,
      'Name a day that does, or move the dates',
    )
    return
  }
  const outside = [...except].find(
    (day) => (from !== null && (day + 1) * DAY_MS <= from) || (through !== null && day * DAY_MS >= through),
  )
  if (outside !== undefined) {
    const message = `${dayText(outside)} does not lie between \`from\` and \`through\`: nothing is left out by it`
    remark(reading, 'warning', [tree, 'during', 'except'], 'except-outside', message, 'Take it out, or check the year')
  }
  if (through !== null && inForceFrom !== null && through <= inForceFrom) {
    const message = 'This is over before the program is in force'
    remark(reading, 'warning', [tree, 'during', 'through'], 'during-over', message, 'Take it out, or let it end later')
  }
}

function hasWeekday(from: LocalTime, through: LocalTime, weekdays: ReadonlySet<number>): boolean {
  if (through - from >= 7 * DAY_MS) return true
  for (let day = dayOf(from); day * DAY_MS < through; day++) if (weekdays.has(weekdayOf(day))) return true
  return false
}

/** Two rules that are to work together need a moment in which both hold. */
export function neverTogether(a: During | null, b: During | null): boolean {
  if (a === null || b === null) return false
  if (a.through !== null && b.from !== null && a.through <= b.from) return true
  if (b.through !== null && a.from !== null && b.through <= a.from) return true
  const { weekdays } = b
  return a.weekdays !== null && weekdays !== null && ![...a.weekdays].some((day) => weekdays.has(day))
}
