import { expect, test } from 'vitest'
import { rooms } from './every-property.ts'
import { fewCases } from './few-cases.ts'
import { seen } from './shared-room.ts'

const suite = fewCases(14, 1)
rooms(suite)

test('RED-3 in these histories seats are kept and let go, and there is too little of everything', () => {
  expect(seen.filter((what) => suite.coverage.of(what) === 0)).toEqual([])
})
