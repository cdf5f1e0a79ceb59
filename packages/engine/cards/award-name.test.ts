import { expect, test } from 'vitest'
import { awardIdOfCard, cardOfAward } from './award-name.ts'

test('STAMP-1 an award of a card says by its name which card it is of, and no other does', () => {
  const id = awardIdOfCard('coffee', 12)
  expect([id, `${id}/2`, `${id}@ben`].map(cardOfAward)).toEqual(Array(3).fill({ card: 'coffee', number: 12 }))
  expect(['challenge/coffee/12', 'card', 'card/coffee', 'r-1'].map(cardOfAward)).toEqual([null, null, null, null])
})
