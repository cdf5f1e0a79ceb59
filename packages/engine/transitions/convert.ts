import { roundSum } from '../amounts/fraction.ts'
import { prorate } from '../amounts/prorate.ts'
import { type Draft, emit, move } from '../draft.ts'
import type { Lot, LotEnd } from '../member.ts'
import { assetOf } from '../points/asset-state.ts'
import { idleEndOn } from '../points/idle.ts'
import { burn, credit, lapseOf, lastPriority } from '../points/lots.ts'
import { isIdle } from '../points/parts.ts'
import type { Conversion } from '../program/program.ts'
import { assetAt } from '../program/timeline.ts'
import { dayOf } from '../time/local.ts'
import { type Statement, statementsOf } from './statements.ts'
import { convertedOf } from './transition-state.ts'

/** Under which the ledger counts what an asset that is given up becomes. */
const CONVERT = 'convert'

/**
 * Whatever is usable or owed of an asset that the ruling version converts becomes the other one, at the version's start and
 * whenever something comes later: what was pending, a reservation that ends, what an old order's refund takes or gives back
 * (REF-1). What a member gets in all is the rate of all that was converted, rounded once (AMT-3).
 */
export function convertArrivals(draft: Draft): void {
  for (const { asset, transition, version } of conversionsAt(draft)) {
    // A pool keeps what is in it: it is converted as it comes out to a member (POOL-1).
    if (draft.member.wallet !== undefined) return
    const { debt, lots } = assetOf(draft.member, asset)
    // What is over lapses, and becomes nothing (LOT-5).
    const living = lots.filter(({ lastDay }) => !isOver(draft, asset, lastDay)).map((lot) => ({ ...lot }))
    if (debt === 0 && living.length === 0) continue
    const before = draft.version
    draft.version = version
    convert(draft, asset, transition, living, debt)
    draft.version = before
  }
}

function isOver(draft: Draft, asset: string, lastDay: LotEnd): boolean {
  const lapse = lapseOf(draft, draft.member, asset, lastDay)
  return lapse !== null && lapse <= draft.effective
}

const conversionsAt = ({ timeline, effective }: Draft) =>
  statementsOf(timeline).flatMap(({ transition, ...statement }) =>
    transition.type === 'convert' && isIn(statement, effective) ? [{ ...statement, transition }] : [],
  )

const isIn = ({ from, to }: Pick<Statement, 'from' | 'to'>, local: number): boolean => from <= local && local < to

/** There is never both something and a debt (LED-3). */
function convert(draft: Draft, asset: string, conversion: Conversion, living: readonly Lot[], debt: number): void {
  const usable = living.reduce((sum, { amount }) => sum + amount, 0)
  const before = convertedOf(draft.member, asset)
  const after = before + usable - debt
  const due = worthOf(draft, asset, conversion, after) - worthOf(draft, asset, conversion, before)
  move(draft, CONVERT, asset, 'active', 'adjusted', usable)
  move(draft, CONVERT, asset, 'adjusted', 'debt', debt)
  for (const { priority, lastDay, amount } of living) {
    emit(draft, { asset, change: -amount, lastDay, priority, type: 'lot' })
  }
  emit(draft, { amount: after, asset, type: 'converted' })
  if (due > 0) give(draft, asset, conversion, living, due)
  else if (due < 0) burn(draft, CONVERT, conversion.to, 'adjusted', -due)
}

/** So many smallest units of the asset, in those of the other. */
function worthOf(
  { timeline, effective }: Draft,
  asset: string,
  { give: gives, per, round }: Conversion,
  units: number,
): number {
  const whole = 10n ** BigInt(assetAt(timeline, effective, asset).scale)
  const numerator = BigInt(units) * BigInt(gives) * BigInt(per.denominator)
  return roundSum({ numerator, denominator: BigInt(per.numerator) * whole }, round)
}

/** Lot by lot, with the ends that they had; what went by inactivity gets the day on which that would have ended it. */
function give(draft: Draft, asset: string, { to }: Conversion, gone: readonly Lot[], due: number): void {
  const weights = gone.map(({ amount }) => amount)
  move(draft, CONVERT, to, 'adjusted', 'active', due)
  for (const [index, amount] of prorate(due, weights).entries()) {
    credit(draft, to, amount, lastPriority(draft, to), endAfter(draft, asset, to, gone[index]?.lastDay ?? 'never'))
  }
}

function endAfter(draft: Draft, asset: string, to: string, lastDay: LotEnd): LotEnd {
  if (!isIdle(lastDay)) return lastDay
  const { expiry } = assetAt(draft.timeline, draft.effective, to)
  if (expiry.type === 'inactive') return idleEndOn(draft, to, dayOf(draft.effective))
  const lapse = lapseOf(draft, draft.member, asset, lastDay)
  return lapse === null ? 'never' : dayOf(lapse) - 1
}
