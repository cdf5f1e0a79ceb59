import { type Draft, emit, move } from '../draft.ts'
import type { Member } from '../member.ts'
import { assetOf } from '../points/asset-state.ts'
import type { Program } from '../program/program.ts'
import type { Borne, VersionCorrected } from './events.ts'

/**
 * What the program bears where a correction makes a member owe what was spent in good faith (COR-3): what `refunds` bears of any
 * shortfall. `after` is the member as the correction alone leaves it.
 */
export function toBear({ refunds }: Program, before: Member, after: Member): Borne[] {
  return after.assets.flatMap(({ asset, debt }): Borne[] => {
    const most = refunds.shortfall === 'waive' ? 0 : (refunds.limit.get(asset) ?? Number.POSITIVE_INFINITY)
    const risen = debt - (before.assets.find((state) => state.asset === asset)?.debt ?? 0)
    const amount = Math.min(risen, debt - most)
    return amount > 0 ? [{ asset, amount }] : []
  })
}

/** Never more than is owed when it comes to it: a late fact may have settled that. */
export function bear(draft: Draft, { borne = [] }: VersionCorrected): void {
  for (const { asset, amount } of borne) {
    const whole = Math.min(amount, assetOf(draft.member, asset).debt)
    if (whole === 0) continue
    move(draft, 'shortfall-waived', asset, 'adjusted', 'debt', whole)
    emit(draft, { type: 'debt-waived', asset, amount: whole, because: draft.cause })
  }
}
