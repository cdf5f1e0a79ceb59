import { describe, expect, test } from 'vitest'
import { points, program, timelineOf } from '../../../test/vectors/program-builder.ts'
import type { Timeline } from './program.ts'
import { assetRuleOf, programAt, programOf, reignsOf } from './timeline.ts'

const version = (number: number) => ({ ...program(), version: number })
const reigns = (timeline: Timeline) =>
  reignsOf(timeline).map(({ program: { version: number }, from, to }) => [number, from, to])
const always = Number.NEGATIVE_INFINITY
const forEver = Number.POSITIVE_INFINITY

describe('EVT-3 the version that rules when time itself acts', () => {
  const published = (number: number, publishedLocal: number, fromLocal: number): Timeline[number] => ({
    ...{ program: version(number), publishedAt: publishedLocal, publishedLocal, fromAt: fromLocal, fromLocal },
  })

  test('is the only one always, also before it began', () => {
    const timeline = [published(1, 100, 200)]
    expect(reigns(timeline)).toEqual([[1, always, forEver]])
    expect([0, 150, 999].map((due) => programAt(timeline, due).version)).toEqual([1, 1, 1])
  })

  test('changes at the first moment of the next one, half-open', () => {
    const timeline = [published(1, 0, always), published(2, 100, always), published(3, 150, 200)]
    expect(reigns(timeline)).toEqual([
      [1, always, 100],
      [2, 100, 200],
      [3, 200, forEver],
    ])
    expect([99, 100, 199, 200, 201].map((due) => programAt(timeline, due).version)).toEqual([1, 2, 2, 3, 3])
  })

  test('is the last one published of those that have started', () => {
    // The third is published for a past moment, the second only starts after it.
    const timeline = [published(1, 0, always), published(2, 100, 300), published(3, 200, 50)]
    expect(reigns(timeline)).toEqual([
      [1, always, 200],
      [3, 200, 300],
      [3, 300, forEver],
    ])
  })

  test('never rules before it was published, and two of one moment rule one after another', () => {
    const timeline = [published(1, 0, always), published(2, 100, 50), published(3, 100, 60)]
    expect(reigns(timeline)).toEqual([
      [1, always, 100],
      [3, 100, forEver],
    ])
  })

  test('is found once for a timeline', () => {
    const timeline = timelineOf(version(1), [100, version(2)])
    expect(reignsOf(timeline)).toBe(reignsOf(timeline))
  })
})

test('a timeline names its versions and a version its assets, or the fault', () => {
  const timeline = timelineOf(version(1), [100, version(2)])
  expect([1, 2].map((number) => programOf(timeline, number).version)).toEqual([1, 2])
  expect(() => programOf(timeline, 3)).toThrow('invariant: version 3 is not in the timeline')
  expect(() => reignsOf([])).toThrow('invariant: a timeline holds at least one version')
  expect(assetRuleOf(program({ assets: [points(), points({ id: 'stars' })] }), 'stars').id).toBe('stars')
  expect(() => assetRuleOf(version(1), 'stars')).toThrow(/^invariant: version 1 of sample has no asset stars$/)
})
