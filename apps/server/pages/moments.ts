import { localOf } from '../programs/zone.ts'

/** An instant in words. */
export type Moment = (instant: string) => string

/** By the clock of a zone: `14 March 2026, 12:00`. */
export function momentIn(zone: string): Moment {
  return (instant) => {
    const local = new Date(localOf(zone, Date.parse(instant))).toISOString()
    return `${dayInWords(local)}, ${local.slice(11, 16)}`
  }
}

const months = [
  'January',
  'February',
  'March',
  'April',
  'May',
  'June',
  'July',
  'August',
  'September',
  'October',
  'November',
  'December',
]

/** `14 March 2026` for `2026-03-14…`. */
function dayInWords(date: string): string {
  const [year = '', month = '', day = ''] = date.slice(0, 10).split('-')
  return `${Number(day)} ${months[Number(month) - 1] ?? month} ${year}`
}
