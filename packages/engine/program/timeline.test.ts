import { describe, expect, test } from 'vitest'
import { points, program, timelineOf } from '../../../test/vectors/program-builder.ts'
import type { Timeline } from './program.ts'
import { assetAt, assetRuleOf, programAt, programBegunBy, programOf, reignsOf } from './timeline.ts'

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

  test('is none that was published and has not started, though it was published last', () => {
    const timeline = [published(1, 0, always), published(2, 50, 100), published(3, 60, 200)]
    expect(reigns(timeline)).toEqual([
      [1, always, 100],
      [2, 100, 200],
      [3, 200, forEver],
    ])
  })

  test('begins at the instant at which it was both published and due to start', () => {
    const started = { program: version(2), publishedAt: 1_050, publishedLocal: 50, fromAt: 1_100, fromLocal: 100 }
    const published3 = { program: version(3), publishedAt: 1_200, publishedLocal: 200, fromAt: 1_060, fromLocal: 60 }
    const timeline = [published(1, 0, always), started, published3]
    expect(reignsOf(timeline).map(({ fromAt }) => fromAt)).toEqual([always, 1_100, 1_200])
  })

  test('is none before any has been published and has started', () => {
    const begunBy = (timeline: Timeline, ...dues: number[]) =>
      dues.map((due) => programBegunBy(timeline, due)?.version ?? null)
    expect(begunBy([published(1, 100, 50)], 70, 99, 100)).toEqual([null, null, 1])
    expect(begunBy([published(1, 100, 200)], 150, 199, 200)).toEqual([null, null, 1])
    expect(begunBy([published(1, 0, 0), published(2, 100, 300)], 50, 299, 300)).toEqual([1, 1, 2])
  })

  test('says what an asset is from its first moment on', () => {
    const named = (number: number, ...ids: string[]) => ({
      ...program({ assets: ids.map((id) => points({ id, name: { en: `${id} of ${number}` } })) }),
      version: number,
    })
    const timeline = [
      { ...published(1, 0, always), program: named(1, 'points', 'old') },
      { ...published(2, 0, 100), program: named(2, 'points', 'new') },
    ]
    const names = (asset: string) => [99, 100].map((local) => assetAt(timeline, local, asset).name['en'])
    expect(names('points')).toEqual(['points of 1', 'points of 2'])
    expect(names('old')).toEqual(['old of 1', 'old of 1'])
    expect(names('new')).toEqual(['new of 2', 'new of 2'])
    expect(() => assetAt(timeline, 99, 'stars')).toThrow('invariant: no version has an asset stars')
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
