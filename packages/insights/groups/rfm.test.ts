import { expect, test } from 'vitest'
import { seeded, times } from '../numbers/seeded.fixture.ts'
import { told } from '../told.fixture.ts'
import { rfmBy, rfmCutsOf, rfmOf } from './rfm.ts'

test('who is scored alone by the fifths of all has the scores that all have together', () => {
  const random = seeded(7)
  const purchases = times(400, () => ({
    ...{
      member: `m${Math.floor(random() * 90)}`,
      on: 100 + Math.floor(random() * 60),
      amount: Math.floor(random() * 9_000),
    },
  }))
  const all = told(rfmOf(purchases, 160))
  const bought = all.members.map(({ recencyDays, frequency, monetary }) => ({
    last: 160 - recencyDays,
    frequency,
    monetary,
  }))
  const cuts = told(rfmCutsOf(bought))
  for (const [index, { scores, segment }] of all.members.entries()) {
    expect(rfmBy(cuts, bought[index] ?? { last: 0, frequency: 0, monetary: 0 })).toEqual({ scores, segment })
  }
  expect(rfmCutsOf([])).toMatchObject({ type: 'untold', reason: 'nobody-bought' })
})
