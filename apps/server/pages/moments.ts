import { localOf } from '../programs/zone.ts'
import { dayInWords } from './html.ts'

/** An instant in words. */
export type Moment = (instant: string) => string

/** By the clock of a zone: `14 March 2026, 12:00`. */
export function momentIn(zone: string): Moment {
  return (instant) => {
    const local = new Date(localOf(zone, Date.parse(instant))).toISOString()
    return `${dayInWords(local)}, ${local.slice(11, 16)}`
  }
}
