import { segmentsAt } from '../rules/found-by.ts'
import { spentFlow } from './flows.ts'
import type { Life } from './live-again.ts'
import { addedUp, addTo, type Sums } from './sums.ts'

/** How members fare under one candidate against another, by asset: plain JSON, as large as the program. */
export interface Comparison {
  /** By asset: `gained`, `lost` and `same` count members, `up` and `down` are smallest units. */
  all: Sums
  /** The same by segment, as the member stands in the end. */
  segments: Sums
  /** By asset and size of the difference: members. */
  sizes: Sums
  /** By asset. */
  gained: Record<string, readonly Gap[]>
  lost: Record<string, readonly Gap[]>
}

/** What a member has had of an asset, one way and the other. */
export interface Gap {
  readonly member: string
  readonly before: number
  readonly after: number
}

/** As many as a person reads. */
const biggestMax = 10

export const newComparison = (): Comparison => ({ all: {}, segments: {}, sizes: {}, gained: {}, lost: {} })

export const mergeComparisons = (a: Comparison, b: Comparison): Comparison => ({
  all: addedUp(a.all, b.all),
  segments: addedUp(a.segments, b.segments),
  sizes: addedUp(a.sizes, b.sizes),
  gained: biggestOf(a.gained, b.gained),
  lost: biggestOf(a.lost, b.lost),
})

/** Adds one member to a comparison that the caller owns. */
export function addGaps(comparison: Comparison, member: string, before: Life, after: Life): void {
  const [was, is] = [hadOf(before), hadOf(after)]
  const segments = segmentsAt(after.program, after.member, after.until)
  for (const asset of new Set([before, after].flatMap(({ program }) => program.assets.map(({ id }) => id)))) {
    const gap = { member, before: was.get(asset) ?? 0, after: is.get(asset) ?? 0 }
    addGap(comparison.all, [asset], gap)
    for (const segment of segments) addGap(comparison.segments, [segment, asset], gap)
    addTo(comparison.sizes, [asset, sizeOf(gap.after - gap.before)], 1)
    if (gap.after > gap.before) comparison.gained = biggestOf(comparison.gained, { [asset]: [gap] })
    if (gap.after < gap.before) comparison.lost = biggestOf(comparison.lost, { [asset]: [gap] })
  }
}

function addGap(sums: Sums, names: readonly string[], { before, after }: Gap): void {
  addTo(sums, [...names, after > before ? 'gained' : after < before ? 'lost' : 'same'], 1)
  if (after !== before) addTo(sums, [...names, after > before ? 'up' : 'down'], Math.abs(after - before))
}

/** Of use to the member: what was spent, and what is still there in the end. What lapsed has helped nobody. */
function hadOf({ decisions, after, member }: Life): Map<string, number> {
  const had = new Map(
    member.assets.map(({ asset, pending, active, held, debt }) => [asset, pending + active + held - debt]),
  )
  for (const effects of [...decisions.map((decision) => decision.effects), after]) {
    for (const effect of effects) {
      if (effect.type !== 'move') continue
      const { asset, from, to, amount } = effect
      const sign = spentFlow(from, to)
      if (sign !== 0) had.set(asset, (had.get(asset) ?? 0) + sign * amount)
    }
  }
  return had
}

/** Whole powers of ten: `-100` holds -999 to -100, `0` only 0, `10` holds 10 to 99. */
function sizeOf(difference: number): string {
  if (difference === 0) return '0'
  let size = 1
  while (size * 10 <= Math.abs(difference)) size *= 10
  return `${difference < 0 ? '-' : ''}${size}`
}

/** What a size holds. */
export function rangeOf(size: number): { from: number; to: number } {
  const far = size * 10 - Math.sign(size)
  return size < 0 ? { from: far, to: size } : { from: size, to: far }
}

/** The biggest first; members of equal gaps by id. */
function biggestOf(a: Comparison['gained'], b: Comparison['gained']): Comparison['gained'] {
  const assets = [...new Set([...Object.keys(a), ...Object.keys(b)])].sort()
  return Object.fromEntries(
    assets.map((asset) => [asset, [...(a[asset] ?? []), ...(b[asset] ?? [])].sort(compareGaps).slice(0, biggestMax)]),
  )
}

const compareGaps = (a: Gap, b: Gap): number =>
  Math.abs(b.after - b.before) - Math.abs(a.after - a.before) || (a.member < b.member ? -1 : 1)
