import { expect, test } from 'vitest'
import { instantOf, isReadTwice, isZone, localOf } from './zone.ts'

const wall = (text: string) => Date.parse(`${text}Z`)

test('the wall clock of a zone, before and after the clocks change', () => {
  const cases: [string, string, string][] = [
    ['America/New_York', '2025-03-09T06:59:59.999', '2025-03-09T01:59:59.999'],
    ['America/New_York', '2025-03-09T07:00:00.000', '2025-03-09T03:00:00.000'],
    ['America/New_York', '2025-03-10T03:59:59.999', '2025-03-09T23:59:59.999'],
    ['America/New_York', '2025-03-10T04:00:00.000', '2025-03-10T00:00:00.000'],
    ['America/New_York', '2025-11-02T05:59:59.999', '2025-11-02T01:59:59.999'],
    ['America/New_York', '2025-11-02T06:00:00.000', '2025-11-02T01:00:00.000'],
    ['Australia/Lord_Howe', '2025-04-05T14:59:59.999', '2025-04-06T01:59:59.999'],
    ['Australia/Lord_Howe', '2025-04-05T15:00:00.000', '2025-04-06T01:30:00.000'],
    ['Asia/Kolkata', '2025-06-01T00:00:00.000', '2025-06-01T05:30:00.000'],
    ['UTC', '2025-06-01T00:00:00.000', '2025-06-01T00:00:00.000'],
  ]
  for (const [zone, instant, expected] of cases)
    expect([zone, localOf(zone, wall(instant))]).toEqual([zone, wall(expected)])
})

test('a wall clock reading becomes the first instant that shows it, or passes over the gap', () => {
  expect(instantOf('America/New_York', wall('2025-11-02T01:30:00'))).toBe(wall('2025-11-02T05:30:00'))
  expect(instantOf('America/New_York', wall('2025-03-09T02:30:00'))).toBe(wall('2025-03-09T07:30:00'))
  expect(instantOf('Africa/Cairo', wall('2025-04-25T00:00:00'))).toBe(wall('2025-04-24T22:00:00'))
})

test('LED-8 a reading is there twice exactly where the clock was set back over it', () => {
  const cases: [string, string, boolean][] = [
    ['Europe/Berlin', '2026-10-25T01:59:59.999', false],
    ['Europe/Berlin', '2026-10-25T02:00:00', true],
    ['Europe/Berlin', '2026-10-25T02:59:59.999', true],
    ['Europe/Berlin', '2026-10-25T03:00:00', false],
    ['Europe/Berlin', '2026-03-29T02:30:00', false],
    ['America/New_York', '2025-11-02T01:30:00', true],
    ['Australia/Lord_Howe', '2025-04-06T01:29:59.999', false],
    ['Australia/Lord_Howe', '2025-04-06T01:30:00', true],
    ['UTC', '2026-10-25T02:30:00', false],
  ]
  for (const [zone, local, twice] of cases)
    expect([zone, local, isReadTwice(zone, wall(local))]).toEqual([zone, local, twice])
})

test('every half day of four years agrees with Temporal, in zones of all kinds', () => {
  const zones = ['America/New_York', 'Europe/London', 'Asia/Kathmandu', 'Africa/Casablanca', 'Pacific/Apia', 'UTC']
  for (const zone of zones) {
    for (let at = wall('2009-12-01T00:00:00'); at < wall('2013-12-01T00:00:00'); at += 43_200_000) {
      const there = Temporal.Instant.fromEpochMilliseconds(at).toZonedDateTimeISO(zone)
      const local = wall(there.toPlainDateTime().toString())
      expect(localOf(zone, at)).toBe(local)
      expect(instantOf(zone, local)).toBe(
        there.toPlainDateTime().toZonedDateTime(zone, { disambiguation: 'compatible' }).epochMilliseconds,
      )
    }
  }
})

test('a zone that nobody knows is none', () => {
  expect(isZone('Europe/Berlin')).toBe(true)
  expect(isZone('Europe/Atlantis')).toBe(false)
})
