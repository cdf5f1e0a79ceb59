import type { Asset, Conversion, Program, Timeline } from '@laurel/engine'
import fc from 'fast-check'
import { nothingGivenUp } from '../vectors/program-builder.ts'

/** Versions that give up what members hold (TRN-1). */

const stars = 'stars'

const conversions: fc.Arbitrary<Conversion> = fc.record({
  type: fc.constant('convert' as const),
  to: fc.constant(stars),
  give: fc.integer({ min: 1, max: 3 }),
  per: fc.record({ numerator: fc.integer({ min: 1, max: 7 }), denominator: fc.constantFrom(1, 1, 2) }),
  round: fc.constantFrom('ceil', 'floor', 'half-up', 'half-even'),
})

/** Of two versions, sometimes one whose second collects stars, and says what becomes of the points. */
export const withGivingUp = (timeline: Timeline): fc.Arbitrary<Timeline> => {
  const [first, second] = timeline
  if (first === undefined || second === undefined) return fc.constant(timeline)
  return conversions.map((conversion): Timeline => [first, { ...second, program: starry(second.program, conversion) }])
}

function starry(program: Program, conversion: Conversion): Program {
  const transitions = { ...nothingGivenUp, assets: new Map([['points', conversion]]) }
  return { ...inStars(program), transitions }
}

/** Where an asset is named. */
const names = new Set(['asset', 'id', 'to'])
/** What is told by asset. */
const byAsset = new Set(['limit', 'expiry'])

/** The same program, in which everything is done in stars; what is no plain data (a condition) is as it was. */
function inStars(program: Program): Program {
  const { assets, ...rest } = program
  const renamed = (asset: Asset): Asset => (asset.id === 'points' ? { ...asset, id: stars } : asset)
  return { ...(renaming(rest, '') as Omit<Program, 'assets'>), assets: assets.map(renamed) }
}

function renaming(value: unknown, key: string): unknown {
  if (value === 'points' && names.has(key)) return stars
  if (Array.isArray(value)) return value.map((each) => renaming(each, key))
  if (value instanceof Map) {
    const entries = [...value].map(([id, each]) => [
      byAsset.has(key) && id === 'points' ? stars : id,
      renaming(each, ''),
    ])
    return new Map(entries as [unknown, unknown][])
  }
  if (value === null || typeof value !== 'object' || !isPlain(value)) return value
  return Object.fromEntries(Object.entries(value).map(([name, each]) => [name, renaming(each, name)]))
}

/** What is drawn as a record has no prototype. */
const isPlain = (value: object): boolean => [Object.prototype, null].includes(Object.getPrototypeOf(value))
