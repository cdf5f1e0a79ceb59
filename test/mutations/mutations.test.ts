import * as engine from '@laurel/engine'
import { expect, test, vi } from 'vitest'
import { faults } from './faults.ts'
import { hunt, huntFor } from './hunt.ts'
import { mutantOf, places } from './mutant.ts'

const seed = 1
vi.setConfig({ testTimeout: 60_000 }) // alone each takes a second; machines are shared

test('every planted fault still fits the source it is planted in', () => {
  expect(faults.filter((fault) => places(fault) !== 1).map((fault) => fault.name)).toEqual([])
  expect(new Set(faults.map((fault) => fault.name)).size).toBe(faults.length)
})

test('the auditor finds nothing in the engine itself', () => {
  expect(hunt(engine, 1000, seed)).toBeNull()
})

// The whole list is a command of its own; these say that the alarm works.
const soon = [
  'each line is rounded by itself',
  'a lot lapses at the start of its last day',
  'a credit forgets the debt',
  'a level is reached above its reach only',
  'a share is larger than what is there',
  'what a pool paid comes back to the member',
  'a pool lets one too many in',
]

test.each(soon)('a planted fault is found within a thousand steps: %s', async (name) => {
  const fault = faults.find((each) => each.name === name)
  if (fault === undefined) throw new Error(`no fault is called "${name}"`)
  const { engine: mutant, remove } = await mutantOf(fault)
  try {
    expect(huntFor(fault, mutant, 1000, seed)).not.toBeNull()
  } finally {
    remove()
  }
})
