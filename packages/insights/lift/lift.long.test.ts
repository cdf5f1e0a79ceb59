import { describe, expect, test } from 'vitest'
import {
  alarmsAtEnd,
  alarmsOnAnyDay,
  comingIn,
  comingInUneven,
  coverageOf,
  fewHeldOut,
  goingOn,
  shop,
  type World,
} from './worlds.fixture.ts'

const spreads = [
  ['even', { habit: 0.5, mood: 0.3 }],
  ['skewed', { habit: 0.8, mood: 0.6 }],
  ['very skewed', { habit: 1.2, mood: 0.7 }],
] as const

const sizes = [
  { treated: 270, heldOut: 30 },
  { treated: 900, heldOut: 100 },
  { treated: 2700, heldOut: 300 },
  { treated: 100, heldOut: 100 },
  { treated: 300, heldOut: 300 },
]

const lifts = [
  { more: 0, larger: 1 },
  { more: 0.1, larger: 1.3 },
  { more: -0.1, larger: 0.8 },
]

const worlds = spreads.flatMap(([how, spread]) =>
  sizes.flatMap((size) =>
    lifts.map((lift): [string, World] => [
      `${size.heldOut} of ${size.heldOut + size.treated} held out, ${how}, ${lift.more} more`,
      { ...shop, ...spread, ...size, ...lift },
    ]),
  ),
)

describe('EXP-2: in very many simulated worlds', () => {
  test.each(worlds)('intervals hold the known lift in 93 to 98 of 100: %s', (_how, world) => {
    const runs = 1500
    for (const covered of Object.values(coverageOf(runs, world, 11))) {
      expect(covered).toBeGreaterThanOrEqual(0.93 * runs)
      expect(covered).toBeLessThanOrEqual(0.98 * runs)
    }
  })

  test('and in 94 to 96 where many are held out', () => {
    const runs = 20_000
    for (const covered of Object.values(coverageOf(runs, shop, 11))) {
      expect(covered).toBeGreaterThanOrEqual(0.94 * runs)
      expect(covered).toBeLessThanOrEqual(0.96 * runs)
    }
  })

  test('where nothing differs, 4 to 6 of 100 alarms are false, and 2 to 6 where few are held out', () => {
    const runs = 10_000
    const many = alarmsAtEnd(runs, { ...shop, more: 0 }, 12)
    expect(many).toBeGreaterThanOrEqual(0.04 * runs)
    expect(many).toBeLessThanOrEqual(0.06 * runs)
    const few = alarmsAtEnd(runs, { ...fewHeldOut, more: 0 }, 12)
    expect(few).toBeGreaterThanOrEqual(0.02 * runs)
    expect(few).toBeLessThanOrEqual(0.06 * runs)
  })

  test.each([
    ['come in', comingIn, 560, 0.5],
    ['come in, fewer than were planned', comingIn, 5000, 0.5],
    ['come in, more than were planned', comingIn, 100, 0.5],
    ['come in, few of them held out', comingInUneven, 1400, 0.1],
    ['go on', goingOn, 120, 0.5],
    ['go on, more than were planned', goingOn, 30, 0.5],
  ])('while members %s, looking every day misleads at most 5 of 100', (_how, days, membersPlanned, holdout) => {
    const runs = 2000
    const { spend, buyers } = alarmsOnAnyDay(runs, days, { type: 'any-time', membersPlanned }, 13, holdout)
    expect(spend).toBeLessThanOrEqual(0.05 * runs)
    expect(buyers).toBeLessThanOrEqual(0.05 * runs)
  })
})
