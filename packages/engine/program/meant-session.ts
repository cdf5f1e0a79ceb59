import { countOf } from './scalar-count.ts'
import { moment } from './scalar-time.ts'
import { mended, type Reading, writtenMap } from './shape.ts'
import type { Entry } from './syntax-tree.ts'

const starting = ['date', 'start', 'starts', 'time', 'on', 'at']
const seating = ['seats', 'capacity', 'places']

/** `date: 2027-05-01, seats: 10 seats` of an experience: its one session; null where they say no beginning. */
export function sessionMeant(strays: readonly Entry[], reading: Reading) {
  const start = strays.find(({ key }) => starting.includes(key.text))
  const seats = strays.find(({ key }) => seating.includes(key.text))
  const starts = start === undefined ? null : mended(moment, start.value, reading)
  if (start === undefined || starts === null) return null
  const many = seats === undefined ? null : mended(countOf('seats'), seats.value, reading)
  const session = writtenMap([
    ['id', 'first'],
    ['starts', starts],
    ['seats', many ?? '12 seats'],
  ])
  return { entry: start, told: new Set(seats === undefined ? [start] : [start, seats]), meant: `[${session}]` }
}
