import { type Draft, emit, move } from '../draft.ts'
import type { Member } from '../member.ts'
import { assetOf } from '../points/asset-state.ts'
import { heldInPool } from '../pools/belonging.ts'
import { claimFromPools } from '../pools/share.ts'
import type { Program } from '../program/program.ts'
import { programAt, programOf } from '../program/timeline.ts'
import { indexOf } from '../tiers/judge.ts'
import { keepLevel } from '../transitions/begin.ts'
import type { Borne, Claimed, KeptLevel, VersionCorrected } from './events.ts'

/**
 * What a member claims of what was put into pools where a correction makes them owe it (COR-3), as a refund does (REF-2). `after` is
 * the member as the correction alone leaves it.
 */
export function toClaim(before: Member, after: Member): Claimed[] {
  const heldOf = (asset: string) =>
    (after.belongings ?? []).reduce(
      (sum, each) => (each.asset === asset ? sum + Math.max(0, heldInPool(each)) : sum),
      0,
    )
  return after.assets.flatMap(({ asset, debt }): Claimed[] => {
    const amount = Math.min(debt - debtOf(before, asset), heldOf(asset))
    return amount > 0 ? [{ asset, amount }] : []
  })
}

/** What the program bears of the rest: what `refunds` bears of any shortfall (COR-3). */
export function toBear({ refunds }: Program, before: Member, after: Member): Borne[] {
  const claimed = toClaim(before, after)
  return after.assets.flatMap(({ asset, debt }): Borne[] => {
    const most = refunds.shortfall === 'waive' ? 0 : (refunds.limit.get(asset) ?? Number.POSITIVE_INFINITY)
    const back = claimed.find((each) => each.asset === asset)?.amount ?? 0
    const amount = Math.min(debt - debtOf(before, asset), debt - most) - back
    return amount > 0 ? [{ asset, amount }] : []
  })
}

const debtOf = ({ assets }: Member, asset: string): number => assets.find((state) => state.asset === asset)?.debt ?? 0

/**
 * Levels that a member holds until a correction, and by it would not: of those on which its version says something, whoever is on
 * them is promised them (TRN-4), as if they had been when it began.
 */
export function toKeep({ ladders, transitions }: Program, before: Member, after: Member): KeptLevel[] {
  return before.ladders.flatMap(({ ladder: id, level }): KeptLevel[] => {
    if (!transitions.levels.has(`${id}/${level}`)) return []
    const ladder = ladders.find((each) => each.id === id)
    const now = after.ladders.find((each) => each.ladder === id)?.level ?? ''
    const isStill = ladder?.levels.some((each) => each.id === level) ?? false
    return ladder && isStill && indexOf(ladder, now) >= indexOf(ladder, level) ? [] : [{ ladder: id, level }]
  })
}

/** What a correction says of the moment at which it is posted: what the member keeps, what pools give back, what the program bears. */
export function endCorrection(draft: Draft, event: VersionCorrected): void {
  const { levels } = programOf(draft.timeline, event.version).transitions
  for (const kept of event.kept ?? []) {
    const promised = levels.get(`${kept.ladder}/${kept.level}`)
    if (promised !== undefined) keepLevel(draft, programAt(draft.timeline, draft.effective), kept, promised)
  }
  claim(draft, event)
  bear(draft, event)
}

/** Never more than is owed, or than is there of what was put in, when it comes to it. */
function claim(draft: Draft, { claimed = [] }: VersionCorrected): void {
  for (const { asset, amount } of claimed) {
    const back = claimFromPools(draft, asset, Math.min(amount, assetOf(draft.member, asset).debt))
    move(draft, 'repay', asset, 'active', 'debt', back)
  }
}

/** Never more than is owed when it comes to it: a late fact may have settled that. */
function bear(draft: Draft, { borne = [] }: VersionCorrected): void {
  for (const { asset, amount } of borne) {
    const whole = Math.min(amount, assetOf(draft.member, asset).debt)
    if (whole === 0) continue
    move(draft, 'shortfall-waived', asset, 'adjusted', 'debt', whole)
    emit(draft, { type: 'debt-waived', asset, amount: whole, because: draft.cause })
  }
}
