import { expect, test } from 'vitest'
import { isDayStart, nextStop } from './next-stop.ts'

const at = (text: string) => Date.parse(text)
const ahead = { zone: 'Europe/London', goesByDays: true, dueAt: null, moments: [], to: at('2027-03-14T12:00:00Z') }
const next = (change: Partial<Parameters<typeof nextStop>[0]> & { readonly clock: number }) =>
  new Date(nextStop({ ...ahead, ...change })).toISOString()

test('SBX-3 the clock stops at the first of what comes: a day, a timer, a moment that is known, the end', () => {
  const clock = at('2026-03-14T12:00:00Z')
  expect(next({ clock })).toBe('2026-03-15T00:00:00.000Z')
  expect(next({ clock, to: at('2026-03-14T12:00:01Z') })).toBe('2026-03-14T12:00:01.000Z')
  expect(next({ clock, moments: [Number.NEGATIVE_INFINITY, clock, at('2026-03-14T15:00:00Z')] })).toBe(
    '2026-03-14T15:00:00.000Z',
  )
})

test('SBX-3 where nothing goes by days, days are no stops', () => {
  const clock = at('2026-03-14T12:00:00Z')
  expect(next({ clock, goesByDays: false })).toBe('2027-03-14T12:00:00.000Z')
  expect(next({ clock, goesByDays: false, dueAt: at('2026-05-01T00:00:00Z') })).toBe('2026-05-01T00:00:00.000Z')
})

test('SBX-3 timers fire at the next minute, as they do in a live program', () => {
  const clock = at('2026-03-14T12:00:00Z')
  expect(next({ clock, dueAt: at('2026-03-14T12:00:00.001Z') })).toBe('2026-03-14T12:01:00.000Z')
  expect(next({ clock, dueAt: at('2026-03-14T12:07:00Z') })).toBe('2026-03-14T12:07:00.000Z')
  expect(next({ clock, dueAt: at('2026-03-14T12:06:59Z'), to: at('2026-03-14T12:06:59.500Z') })).toBe(
    '2026-03-14T12:06:59.500Z',
  )
})

test('SBX-3 TIME-1 no day is left out where the clocks are set at midnight, forward or back', () => {
  const daysFrom = (zone: string, from: string, to: string): string[] => {
    const stops: string[] = []
    let clock = at(from)
    while (clock < at(to)) {
      clock = nextStop({ ...ahead, zone, clock, to: at(to) })
      if (isDayStart(zone, clock)) stops.push(new Date(clock).toISOString())
    }
    return stops
  }
  // Set back from 00:00 to 23:00: the second midnight begins no other day.
  expect(daysFrom('America/Havana', '2026-10-31T12:00:00Z', '2026-11-03T04:00:00Z')).toEqual([
    '2026-11-01T04:00:00.000Z',
    '2026-11-02T05:00:00.000Z',
  ])
  // Set forward from 00:00 to 01:00: the day begins at one.
  expect(daysFrom('America/Santiago', '2026-09-05T12:00:00Z', '2026-09-08T03:00:00Z')).toEqual([
    '2026-09-06T04:00:00.000Z',
    '2026-09-07T03:00:00.000Z',
    '2026-09-08T03:00:00.000Z',
  ])
})
