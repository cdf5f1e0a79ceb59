import { expect, test } from 'vitest'
import { faults } from './faults.ts'
import { places } from './mutant.ts'

test('every planted fault still fits the source it is planted in', () => {
  expect(faults.filter((fault) => places(fault) !== 1).map((fault) => fault.name)).toEqual([])
  expect(new Set(faults.map((fault) => fault.name)).size).toBe(faults.length)
})
