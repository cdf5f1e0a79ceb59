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

interface Renaming {
  readonly from: string
  readonly to: string
  /** Where it is named. */
  readonly names: ReadonlySet<string>
  /** Where something is told by it. */
  readonly byName: ReadonlySet<string>
}

const toStars: Renaming = {
  ...{ from: 'points', to: stars },
  names: new Set(['asset', 'id', 'to']),
  byName: new Set(['limit', 'expiry']),
}

/** The same program, in which everything is done in stars; what is no plain data (a condition) is as it was. */
function inStars(program: Program): Program {
  const { assets, ...rest } = program
  const renamed = (asset: Asset): Asset => (asset.id === 'points' ? { ...asset, id: stars } : asset)
  return { ...(renaming(toStars, rest, '') as Omit<Program, 'assets'>), assets: assets.map(renamed) }
}

/** The same program with a level called otherwise. */
export const withLevelCalled = (program: Program, from: string, to: string): Program =>
  renaming({ from, to, names: new Set(['id', 'level']), byName: new Set() }, program, '') as Program

function renaming(how: Renaming, value: unknown, key: string): unknown {
  const { from, to, names, byName } = how
  if (value === from && names.has(key)) return to
  if (Array.isArray(value)) return value.map((each) => renaming(how, each, key))
  if (value instanceof Map) {
    const entries = [...value].map(([id, each]) => [byName.has(key) && id === from ? to : id, renaming(how, each, '')])
    return new Map(entries as [unknown, unknown][])
  }
  if (value === null || typeof value !== 'object' || !isPlain(value)) return value
  return Object.fromEntries(Object.entries(value).map(([name, each]) => [name, renaming(how, each, name)]))
}

/** What is drawn as a record has no prototype. */
const isPlain = (value: object): boolean => [Object.prototype, null].includes(Object.getPrototypeOf(value))
