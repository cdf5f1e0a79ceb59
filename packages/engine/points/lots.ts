import { type Draft, emit, move } from '../draft.ts'
import type { Account } from '../effect.ts'
import type { ActivePart, ExpirySource, LotEnd, Member } from '../member.ts'
import type { RuleName } from '../movement-name.ts'
import type { Expiry, Program } from '../program/program.ts'
import { assetAt, programAt, programOf } from '../program/timeline.ts'
import {
  addToDay,
  civilFromDay,
  dayOf,
  endOfUnit,
  type LocalDay,
  type LocalTime,
  startOf,
  yearlyDay,
} from '../time/local.ts'
import { honouredLapse } from '../transitions/statements.ts'
import { assetOf, compareLots } from './asset-state.ts'
import { expiryStatedBy } from './expiry-source.ts'
import { isForgotten } from './gone.ts'
import { asKept, enterIdle, idleEndOn, idleEndsOn, lapseOfIdle } from './idle.ts'
import { type IdleEnd, isIdle, type LotPart } from './parts.ts'

/**
 * Takes `amount` out of `active`, as far as said out of the lots of `first`, then lot by lot in burn order; what no lot covers
 * becomes debt. Answers the parts, in order, the uncovered one last (LED-4).
 */
export function burn<Name extends string>(
  draft: Draft,
  rule: RuleName<Name>,
  asset: string,
  to: Account,
  amount: number,
  first: readonly LotPart[] = [],
): ActivePart[] {
  const state = assetOf(draft.member, asset)
  const covered = Math.min(amount, state.active)
  move(draft, rule, asset, 'active', to, covered)
  const parts = takeFromLots(draft, asset, covered, first)
  if (amount > covered) {
    move(draft, rule, asset, 'debt', to, amount - covered)
    parts.push({ priority: lastPriority(draft, asset), lastDay: 'uncovered', amount: amount - covered })
  }
  return parts
}

/** The place in burn order of points that no rule put into a class: the last. */
export const lastPriority = (draft: Draft, asset: string): number =>
  assetAt(draft.timeline, draft.effective, asset).burnOrder.length

/** The lots' side of an amount that leaves `active`: as far as said out of the lots of `first`, then in burn order. */
export function takeFromLots(
  draft: Draft,
  asset: string,
  amount: number,
  first: readonly LotPart[] = [],
): ActivePart[] {
  const parts: ActivePart[] = []
  let missing = amount
  const take = ({ priority, lastDay, amount: there }: LotPart, most: number) => {
    const taken = Math.min(missing, there, most)
    if (taken === 0) return
    parts.push({ priority, lastDay, amount: taken })
    emit(draft, { asset, change: -taken, lastDay, priority, type: 'lot' })
    missing -= taken
  }
  const lotsNow = () => assetOf(draft.member, asset).lots.slice()
  for (const wanted of first) {
    const lot = lotsNow().find((known) => compareLots(known, wanted) === 0)
    if (lot) take(lot, wanted.amount)
  }
  for (const lot of lotsNow()) take(lot, missing)
  return parts
}

/** The lots' side of an amount that has just come to `active`: debt first (REF-3), the rest, which it answers, into the lot. */
export function credit(draft: Draft, asset: string, amount: number, priority: number, lastDay: LotEnd): number {
  if (amount === 0) return 0
  if (isIdle(lastDay)) enterIdle(draft, asset, lastDay)
  const state = assetOf(draft.member, asset)
  const repaid = Math.min(amount, state.debt)
  move(draft, 'repay', asset, 'active', 'debt', repaid)
  if (amount === repaid) return 0
  emit(draft, { asset, change: amount - repaid, lastDay, priority, type: 'lot' })
  return amount - repaid
}

/** Into lots of the same ends, as points that come from another; what went by the other's activity goes by one's own. */
export function creditParts(draft: Draft, asset: string, parts: readonly ActivePart[]): void {
  for (const { priority, lastDay, amount } of parts) {
    // An uncovered part has no end: only a replay of the sender finds one, and what is on its way is not changed by it.
    if (lastDay === 'uncovered') continue
    const end = isIdle(lastDay) ? idleEndOn(draft, asset, dayOf(draft.effective)) : lastDay
    credit(draft, asset, amount, priority, end)
  }
}

/** How a part of a burn comes back when its lot's last day is over: the last day it gets instead. */
export type Afterlife = { readonly type: 'hold-ended' } | { readonly type: 'returned'; readonly by: 'member' | 'shop' }

/** What a burn took, under which version, and how much of it came back before. */
export interface Burned {
  readonly parts: readonly ActivePart[]
  readonly version: number
  readonly cameBack: number
}

/**
 * Puts `amount` of a burn back into `active`, last taken first, leaving aside what came back before (LED-4). The move to
 * `active` is the caller's.
 */
export function giveBack(
  draft: Draft,
  asset: string,
  { parts, cameBack, version }: Burned,
  amount: number,
  afterlife: Afterlife,
): void {
  let skip = cameBack
  let missing = amount
  for (let i = parts.length - 1; i >= 0 && missing > 0; i--) {
    const part = parts[i]
    if (!part) continue
    const left = part.amount - Math.min(skip, part.amount)
    skip -= part.amount - left
    const back = Math.min(left, missing)
    if (back === 0) continue
    missing -= back
    credit(draft, asset, back, part.priority, endAfterReturn(draft, asset, part, version, afterlife))
  }
}

function endAfterReturn(draft: Draft, asset: string, part: ActivePart, version: number, afterlife: Afterlife): LotEnd {
  const today = dayOf(draft.effective)
  if (part.lastDay === 'uncovered') {
    const program = version === 0 ? programAt(draft.timeline, draft.effective) : programOf(draft.timeline, version)
    return endOf(draft, program, asset, '', today)
  }
  const lapse = lapseOf(draft, draft.member, asset, part.lastDay)
  const end = isIdle(part.lastDay) ? asKept(draft.member, asset, part.lastDay) : part.lastDay
  if (lapse === null || lapse > draft.effective) return end
  switch (afterlife.type) {
    case 'hold-ended':
      return today + 1 // LOT-3: P1D
    case 'returned': {
      const grace = assetAt(draft.timeline, draft.effective, asset).lapsedReturns[afterlife.by]
      return grace ? addToDay(today, grace) : end
    }
  }
}

/** The end that points becoming active on `day` receive (LOT-1, LOT-2). `broughtIn`: of whom a merge brought, where they were. */
export function endOf(
  draft: Draft,
  program: Program,
  asset: string,
  source: ExpirySource,
  day: LocalDay,
  broughtIn?: IdleEnd,
): LotEnd {
  const expiry = expiryOf(draft, program, asset, source)
  if (expiry.type !== 'inactive') return datedEnd(expiry, draft.member, day)
  return asKept(draft.member, asset, broughtIn ?? idleEndOn(draft, asset, day))
}

/** The same of an award, which does not know with whom it came. */
export function endsOfAward(draft: Draft, program: Program, asset: string, day: LocalDay): LotEnd[] {
  const expiry = expiryOf(draft, program, asset, '')
  if (expiry.type !== 'inactive') return [datedEnd(expiry, draft.member, day)]
  return idleEndsOn(draft, asset, day).map((end) => asKept(draft.member, asset, end))
}

/** By the version's own word; of an asset that it has given up, by that of the last which knew it. */
function expiryOf(
  { timeline, effective }: Pick<Draft, 'timeline' | 'effective'>,
  program: Program,
  asset: string,
  source: ExpirySource,
): Expiry {
  const { expiry: own } = program.assets.find(({ id }) => id === asset) ?? assetAt(timeline, effective, asset)
  return source === '' ? own : (expiryStatedBy(source, program, asset) ?? own)
}

function datedEnd(expiry: Exclude<Expiry, { type: 'inactive' }>, member: Member, day: LocalDay): LotEnd {
  switch (expiry.type) {
    case 'never':
      return 'never'
    case 'life': {
      const last = addToDay(day, expiry.life)
      return expiry.endOf ? endOfUnit(last, expiry.endOf) - 1 : last
    }
    case 'date': {
      const least = expiry.leastLife ? addToDay(day, expiry.leastLife) : day
      const year = civilFromDay(least).year
      const inYear = yearlyDay(year, expiry.month, expiry.day)
      return inYear >= least ? inYear : yearlyDay(year + 1, expiry.month, expiry.day)
    }
    case 'anniversary': {
      const joined = member.joinedOn ?? day
      const least = expiry.leastLife ? addToDay(day, expiry.leastLife) : day
      let years = Math.max(1, civilFromDay(least).year - civilFromDay(joined).year)
      let end = addToDay(joined, { months: 12, days: 0, ms: 0 }, years) - 1
      while (end < least) {
        years += 1
        end = addToDay(joined, { months: 12, days: 0, ms: 0 }, years) - 1
      }
      return end
    }
  }
}

/** When a lot lapses: the start of the day after its last, or when it is honoured no longer; null: not by itself. */
export function lapseOf(
  { timeline }: { readonly timeline: Draft['timeline'] },
  member: Member,
  asset: string,
  lastDay: LotEnd,
): LocalTime | null {
  if (isIdle(lastDay)) return lapseOfIdle({ timeline, member }, asset, lastDay)
  return honouredLapse(timeline, asset, lastDay === 'never' ? null : startOf(lastDay + 1))
}

/** Expiry takes a lot's remainder, once (LOT-3), and remembers it for refunds that may still come (REF-2). */
export function expireLot(draft: Draft, asset: string, priority: number, lastDay: LotEnd): void {
  const state = assetOf(draft.member, asset)
  const lot = state.lots.find((entry) => compareLots(entry, { priority, lastDay }) === 0)
  if (!lot) return
  const amount = lot.amount
  const today = dayOf(draft.effective)
  move(draft, 'expire', asset, 'active', 'expired', amount)
  emit(draft, { asset, change: -amount, lastDay, priority, type: 'lot' })
  for (const old of state.lapsed.slice()) {
    if (isForgotten(draft, old.lapsedOn)) emit(draft, { asset, lot: { ...old, amount: 0 }, type: 'lapsed' })
  }
  const lapsedOn = today - 1
  const before = state.lapsed.find(
    (entry) => entry.priority === priority && entry.lastDay === lastDay && entry.lapsedOn === lapsedOn,
  )
  emit(draft, { asset, lot: { amount: (before?.amount ?? 0) + amount, lapsedOn, lastDay, priority }, type: 'lapsed' })
}
