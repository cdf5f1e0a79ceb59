import { roundSum } from '../amounts/fraction.ts'
import { prorate } from '../amounts/prorate.ts'
import { type Draft, emit, move } from '../draft.ts'
import type { ActivePart, LotEnd } from '../member.ts'
import { assetOf } from '../points/asset-state.ts'
import { idleEndOn } from '../points/idle.ts'
import { burn, credit, lapseOf, lastPriority, takeFromLots } from '../points/lots.ts'
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
  for (const statement of conversionsAt(draft)) {
    const { asset, transition } = statement
    // A pool keeps what is in it: it is converted as it comes out to a member (POOL-1).
    if (draft.member.wallet !== undefined) return
    const { active, debt } = assetOf(draft.member, asset)
    if (active === 0 && debt === 0) continue
    const { version } = draft
    draft.version = statement.version
    convert(draft, asset, transition, active - debt)
    draft.version = version
  }
}

const conversionsAt = ({ timeline, effective }: Draft) =>
  statementsOf(timeline).flatMap(({ transition, ...statement }) =>
    transition.type === 'convert' && isIn(statement, effective) ? [{ ...statement, transition }] : [],
  )

const isIn = ({ from, to }: Pick<Statement, 'from' | 'to'>, local: number): boolean => from <= local && local < to

function convert(draft: Draft, asset: string, conversion: Conversion, change: number): void {
  const before = convertedOf(draft.member, asset)
  const due = worthOf(draft, asset, conversion, before + change) - worthOf(draft, asset, conversion, before)
  if (change > 0) move(draft, CONVERT, asset, 'active', 'adjusted', change)
  else move(draft, CONVERT, asset, 'adjusted', 'debt', -change)
  const gone = change > 0 ? takeFromLots(draft, asset, change) : []
  emit(draft, { amount: before + change, asset, type: 'converted' })
  if (due > 0) give(draft, asset, conversion, gone, due)
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
function give(draft: Draft, asset: string, { to }: Conversion, gone: readonly ActivePart[], due: number): void {
  const weights = gone.map(({ amount }) => amount)
  move(draft, CONVERT, to, 'adjusted', 'active', due)
  for (const [index, amount] of prorate(due, weights).entries()) {
    credit(draft, to, amount, lastPriority(draft, to), endAfter(draft, asset, to, gone[index]?.lastDay ?? 'never'))
  }
}

function endAfter(draft: Draft, asset: string, to: string, lastDay: ActivePart['lastDay']): LotEnd {
  // Every part here comes out of a lot.
  if (lastDay === 'uncovered') return 'never'
  if (!isIdle(lastDay)) return lastDay
  const { expiry } = assetAt(draft.timeline, draft.effective, to)
  if (expiry.type === 'inactive') return idleEndOn(draft, to, dayOf(draft.effective))
  const lapse = lapseOf(draft, draft.member, asset, lastDay)
  return lapse === null ? 'never' : dayOf(lapse) - 1
}
