import { expect, test } from 'vitest'
import type { Leaderboard } from '../program/program.ts'
import { Ranking } from './ranking.ts'

const nobody = { tiers: [], segments: [], tags: [], memberships: [], badges: [] }
const board = (ties: Leaderboard['ties'], top: number): Leaderboard => ({
  id: 'sprint',
  name: {},
  measure: { type: 'orders' },
  window: { type: 'calendar', unit: 'month' },
  ties,
  top,
  ranks: [],
  audience: { ...nobody, not: nobody, places: [], channels: [], partners: [] },
})

const scores = [
  { member: 'd', score: 5, since: 1 },
  { member: 'a', score: 7, since: 9 },
  { member: 'c', score: 7, since: 3 },
  { member: 'b', score: 7, since: 3 },
  { member: 'e', score: 5, since: 0 },
]

const ranked = (ties: Leaderboard['ties'], top: number) => {
  const ranking = new Ranking(board(ties, top))
  for (const score of scores) ranking.add(score)
  return ranking.ranked().map(({ rank, member }) => `${rank} ${member}`)
}

test('GAME-1 equal scores share a rank, and who shares the last one is in', () => {
  expect(ranked('share', 4)).toEqual(['1 a', '1 b', '1 c', '4 d', '4 e'])
})

test('GAME-1 or who was there first comes first, then the smaller id', () => {
  expect(ranked('first', 4)).toEqual(['1 b', '2 c', '3 a', '4 e'])
})

test('GAME-1 of however many only the first are kept, in whatever order they come', () => {
  const ranking = new Ranking(board('first', 3))
  const mixed = Array.from({ length: 5000 }, (_, i) => ({ member: `m${i}`, score: (i * 7919) % 5000, since: i }))
  for (const score of mixed) ranking.add(score)
  expect(ranking.ranked().map(({ score }) => score)).toEqual([4999, 4998, 4997])
})
