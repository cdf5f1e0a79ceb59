import type { Draft } from '../draft.ts'
import type { PendingEntry } from '../member.ts'
import { clawBack } from '../points/clawback.ts'
import { endsOfAward } from '../points/lots.ts'
import { give, pendingUntil } from '../points/pending.ts'
import type { Program } from '../program/program.ts'
import { assetRuleOf } from '../program/timeline.ts'
import { disqualifyAward, qualifyAward } from '../tiers/qualify.ts'
import { dayOf, type LocalTime } from '../time/local.ts'

/** Which award it is. */
export interface AwardName {
  /** Under which the ledger counts it. Without a slash. */
  readonly rule: string
  /** Unique in the member and the same in every replay: `card/coffee-ten/3`. */
  readonly id: string
}

/** An award that was given: by the same list of the same version, at this moment. */
export interface GivenAward extends AwardName {
  readonly on: LocalTime
  /** All else of it was taken back before. */
  readonly onlyVouchers?: boolean
}

/** The first item of an award bears its own id, the others a number beside. */
export const partOf = (id: string, index: number): string => (index === 0 ? id : `${id}/${index + 1}`)

/** An awarded amount goes the way of an earned one: it waits where the asset waits, lives as the asset lives, and qualifies. */
export function giveAmount(
  draft: Draft,
  program: Program,
  asset: string,
  amount: number,
  { rule, id }: AwardName,
): void {
  const gift = { rule, asset, amount, priority: lastPriorityOf(program, asset), expiryOf: '' }
  give(draft, program, gift, ownerOf(id), dayOf(draft.effective), null)
  qualifyAward(draft, program, { asset, amount })
}

/** Takes an awarded amount back from where it hurts least (REF-2), and out of what it qualified for. */
export function takeAmount(
  draft: Draft,
  program: Program,
  asset: string,
  amount: number,
  { rule, id, on }: GivenAward,
): void {
  const day = dayOf(on)
  const since = pendingUntil(program, asset, day)?.on ?? day
  const ends = endsOfAward(draft, program, asset, since)
  const own = { priority: lastPriorityOf(program, asset), expiryOf: '', ends, since }
  clawBack(draft, program.refunds, {
    owner: ownerOf(id),
    asset,
    takes: [{ rule, amount, own: [own] }],
    own: [own],
    waivedFor: null,
    freeLots: null,
  })
  disqualifyAward(draft, program, { asset, amount }, on)
}

/** No source begins with a slash, so no order and no event is named like an award. */
const ownerOf = (id: string): PendingEntry['owner'] => `/${id}`

/** The order that can take back what waits; null: an award, or nothing, can. */
export const orderOfOwner = (owner: PendingEntry['owner']): string | null =>
  owner === null || owner.startsWith('/') ? null : owner

const lastPriorityOf = (program: Program, asset: string): number => assetRuleOf(program, asset).burnOrder.length
