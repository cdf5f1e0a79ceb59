import { dayFromCivil, dayText } from '@laurel/engine'
import { describe, expect, test } from 'vitest'
import { type Birthday, birthdayIn, changedBirthday, daysKeptOn, joiningsKeptOn } from './birthday.ts'

const on = (text: string): number => {
  const [year = 0, month = 0, day = 0] = text.split('-').map(Number)
  return dayFromCivil(year, month, day)
}
const none: Birthday = { birthday: null, from: null, before: null }

describe('EARN-7 a birthday', () => {
  test('that is told first counts at once, one that is changed from the next year', () => {
    const first = changedBirthday(none, '03-10', 2026)
    const changed = changedBirthday(first, '09-01', 2026)
    expect([birthdayIn(2026, first), birthdayIn(2026, changed), birthdayIn(2027, changed)]).toEqual([
      ...['03-10', '03-10', '09-01'],
    ])
  })

  test('that is changed again and again never counts twice in a year', () => {
    let kept = changedBirthday(none, '01-05', 2026)
    for (const next of ['02-05', null, '03-05', '04-05']) kept = changedBirthday(kept, next, 2026)
    expect([birthdayIn(2026, kept), birthdayIn(2027, kept)]).toEqual(['01-05', '04-05'])
    const removed = changedBirthday(kept, null, 2027)
    expect([birthdayIn(2027, removed), birthdayIn(2028, removed)]).toEqual(['04-05', null])
    expect(birthdayIn(2028, changedBirthday(removed, '06-06', 2027))).toBe('06-06')
  })

  test.each([
    ['2026-02-28', ['02-28', '02-29']],
    ['2028-02-28', ['02-28']],
    ['2028-02-29', ['02-29']],
    ['2026-12-31', ['12-31']],
  ])('kept on %s', (day, days) => {
    expect(daysKeptOn(on(day))).toEqual(days)
  })
})

test('EARN-7 an anniversary of 29 February is kept on the 28th where there is none', () => {
  const texts = (day: string) => joiningsKeptOn(on(day)).map(dayText)
  expect(texts('2026-02-28').slice(0, 4)).toEqual(['2025-02-28', '2024-02-28', '2024-02-29', '2023-02-28'])
  expect(texts('2028-02-29').slice(0, 2)).toEqual(['2024-02-29', '2020-02-29'])
  expect(texts('2028-02-28').slice(0, 5)).not.toContain('2024-02-29')
  expect(texts('2026-05-01')[0]).toBe('2025-05-01')
})
