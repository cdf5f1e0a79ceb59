import { parseEvent } from '@laurel/contract'
import { expect, test } from 'vitest'
import { createShopper, memberName } from './shopper.ts'

test('every order is one that the contract takes, with an id of its own and a member that exists', () => {
  const shopper = createShopper('a', 1, 50)
  const ids = new Set<string>()
  const members = new Set<string>()
  for (let count = 0; count < 2_000; count++) {
    const parsed = parseEvent(JSON.parse(shopper.order('2026-01-01T00:00:00Z')))
    if (!parsed.ok) throw new Error(JSON.stringify(parsed.errors))
    ids.add(parsed.event.id)
    members.add(parsed.event.member)
    expect(parsed.event.member).toBe(shopper.lastMember())
  }
  expect(ids.size).toBe(2_000)
  expect(members).toEqual(new Set(Array.from({ length: 50 }, (_, index) => memberName(index))))
})

test('a stream can be repeated, and another seed is another stream', () => {
  const three = (seed: number) => {
    const shopper = createShopper('a', seed, 50)
    return [shopper.order('t'), shopper.order('t'), shopper.cart()]
  }
  expect(three(1)).toEqual(three(1))
  expect(three(1)).not.toEqual(three(2))
})
