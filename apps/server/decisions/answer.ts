import {
  type Effect,
  isOf,
  type LadderChanged,
  type Member,
  PARTNER_EARNED,
  type Refusal,
  type Remark,
  type RequestAnswer,
  type Timeline,
  type Voucher,
} from '@laurel/engine'
import { balancesOf } from './balances.ts'
import type { StoredEvent } from './content.ts'
import { notesOn } from './notes.ts'
import type { DecisionAnswer } from './submission.ts'

export interface Answered {
  readonly member: string
  readonly event: StoredEvent
  readonly seq: number
  /** Of this event alone: after a replay, those that it now has in its place. */
  readonly effects: readonly Effect[]
  readonly answer: RequestAnswer | null
  readonly isLate: boolean
  readonly after: Member
  readonly timeline: Timeline
  /** Redemptions paying for the order that others name, as far as `after` does not hold those. */
  readonly elsewhere: readonly string[]
}

/** What the sender of an event is told, and told again: a summary of its decision. */
export function answerOf({
  member,
  event,
  seq,
  effects,
  answer,
  isLate,
  after,
  timeline,
  elsewhere,
}: Answered): DecisionAnswer {
  const said = summaryOf(effects)
  const notes = notesOn(event, timeline, after, elsewhere)
  // What was reported, and not asked for, has no answer of its own; it can be refused all the same: a second trial.
  const refusal = answer?.granted === false ? answer.refusal : said.refusal
  return {
    member,
    source: event.source,
    id: event.id,
    type: event.type === 'activity' ? `activity.${event.name}` : event.type,
    decision: seq,
    at: new Date(event.stamp.at).toISOString(),
    version: event.stamp.version,
    ...(refusal === null ? {} : { refusal }),
    ...(answer?.granted === true ? { amount: answer.amount } : {}),
    ...(isLate ? { late: true as const } : {}),
    ...(said.waits ? { waits: true as const } : {}),
    ...(said.earned.length > 0 ? { earned: said.earned } : {}),
    ...(said.forfeited.length > 0 ? { forfeited: said.forfeited } : {}),
    ...(said.remarks.length > 0 ? { remarks: said.remarks } : {}),
    ...(notes.length > 0 ? { notes } : {}),
    ...(said.tiers.length > 0 ? { tiers: said.tiers } : {}),
    ...(said.vouchers.length > 0 ? { vouchers: said.vouchers } : {}),
    ...(said.badges.length > 0 ? { badges: said.badges } : {}),
    balances: balancesOf(after.assets, timeline, event.stamp.version),
  }
}

interface Summary {
  readonly earned: { readonly rule: string; readonly asset: string; amount: number }[]
  readonly forfeited: { readonly asset: string; amount: number }[]
  readonly remarks: Remark[]
  readonly tiers: Pick<LadderChanged, 'ladder' | 'from' | 'to' | 'reason'>[]
  readonly vouchers: NonNullable<DecisionAnswer['vouchers']>[number][]
  readonly badges: string[]
  refusal: Refusal | null
  waits: boolean
}

export function summaryOf(effects: readonly Effect[]): Summary {
  const summary: Summary = {
    earned: [],
    forfeited: [],
    remarks: [],
    tiers: [],
    vouchers: [],
    badges: [],
    refusal: null,
    waits: false,
  }
  for (const effect of effects) {
    if (isOf('state', effect) || isOf('beyond', effect)) continue
    if (isOf('remark', effect)) {
      if (effect.type === 'refused') summary.refusal = effect.refusal
      else summary.remarks.push(effect)
      continue
    }
    switch (effect.type) {
      case 'move': {
        // What a partner pays for is said by what the rule gives.
        const isSettled = effect.rule === PARTNER_EARNED
        const sign = isSettled ? 0 : effect.from === 'issued' ? 1 : effect.to === 'issued' ? -1 : 0
        if (sign !== 0) addEarned(summary.earned, effect.rule, effect.asset, sign * effect.amount)
        // What a charity gets of it is said by a remark.
        if (effect.to === 'forfeited') addForfeited(summary.forfeited, effect.asset, effect.amount)
        continue
      }
      case 'tier':
        if (effect.from !== effect.to) {
          summary.tiers.push({ ladder: effect.ladder, from: effect.from, to: effect.to, reason: effect.reason })
        }
        continue
      case 'wait':
        summary.waits = true
        continue
      case 'voucher':
        addVoucher(summary.vouchers, effect.voucher)
        continue
      case 'badge':
        if (effect.held) summary.badges.push(effect.badge.badge)
        continue
      case 'order':
      case 'wait-ended':
      case 'hold-ended':
      case 'referral':
      case 'rows-gone':
        continue
    }
    effect satisfies never // each case goes on to the next: what is missing above does not compile
  }
  return summary
}

/** As each stands at last. Its code is nowhere in what is stored. */
function addVoucher(vouchers: Summary['vouchers'], { id, reward, status, left }: Voucher): void {
  const at = vouchers.findIndex((known) => known.id === id)
  vouchers.splice(at < 0 ? vouchers.length : at, 1, { id, reward, status, left })
}

/** Rules are few, so a search is cheaper than a map. */
function addEarned(earned: Summary['earned'], rule: string, asset: string, amount: number): void {
  const known = earned.find((entry) => entry.rule === rule && entry.asset === asset)
  if (known === undefined) earned.push({ rule, asset, amount })
  else known.amount += amount
}

function addForfeited(forfeited: Summary['forfeited'], asset: string, amount: number): void {
  const known = forfeited.find((entry) => entry.asset === asset)
  if (known === undefined) forfeited.push({ asset, amount })
  else known.amount += amount
}
