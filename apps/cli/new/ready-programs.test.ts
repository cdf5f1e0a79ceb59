import { expect, test } from 'vitest'
import { readyNames } from './make-program.ts'
import { readyPrograms } from './ready-programs.ts'

test('each ready-made program can be begun with: by its name, told in a sentence', () => {
  const ready = readyPrograms()
  expect(ready.map(({ id }) => id).toSorted()).toEqual(readyNames().toSorted())
  for (const { name, sentence, currency, zone } of ready) {
    expect(name).toMatch(/^[\p{L}\p{N}][^{},:]*$/u)
    expect(sentence).toMatch(/^[A-Z0-9].+\.$/)
    expect(currency).toMatch(/^[A-Z]{3}$/)
    expect(zone).toMatch(/^(UTC|[A-Z][a-z]+\/\w+)$/)
  }
  expect(ready.find(({ id }) => id === 'punch-card')).toMatchObject({
    ...{ name: 'Punch Card', currency: 'TRY', zone: 'Europe/Istanbul' },
    sentence: 'Ten loaves, and the next is on the house.',
  })
})

test('names that speak of money are told where the currency becomes another', () => {
  const quest = readyPrograms().find(({ id }) => id === 'quest')
  const made = quest?.documentAs({ id: 'q', name: 'Q', currency: 'JPY', zone: 'Asia/Tokyo' })
  expect(made?.toReword).toContain('2 euros off')
  expect(made?.document).toContain('currency: JPY')
})
