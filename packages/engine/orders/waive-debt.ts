import { type Draft, emit, move } from '../draft.ts'
import type { DebtWaived } from '../event.ts'
import type { Given, Member, OrderRecord } from '../member.ts'
import { assetOf } from '../points/asset-state.ts'
import { claimedOf } from '../points/shortfall.ts'
import { forgetClaimed, noteShortfall } from '../points/shortfalls.ts'
import type { Program, Timeline } from '../program/program.ts'
import { programOf } from '../program/timeline.ts'
import { charityOf } from '../rules/charity.ts'

/**
 * The debt goes, rule by rule, and the order remembers it as waived: should what was refunded be given again, this is undone
 * before anything is (REF-3).
 */
export function waiveDebt(draft: Draft, { because, orderKey, asset, amount }: DebtWaived): void {
  const known = draft.member.orders[orderKey]
  if (!known || known.version === null) return
  const record = knowingPaid(draft.member, known)
  draft.version = known.version
  const program = programOf(draft.timeline, known.version)
  const whole = Math.min(amount, assetOf(draft.member, asset).debt, takenFrom(draft.timeline, record, asset))
  if (whole === 0) return
  let left = whole
  const given = record.given.map((each): Given => {
    const share = each.asset === asset ? Math.min(left, taken(program, each)) : 0
    left -= share
    move(draft, each.rule, asset, 'adjusted', 'debt', share)
    noteShortfall(draft, { asset, rule: each.rule, of: `order:${record.key}` }, share)
    return share === 0 ? each : { ...each, waived: each.waived + share }
  })
  forgetClaimed(draft, `order:${record.key}`)
  emit(draft, { type: 'order', key: record.key, record: { ...record, given } })
  emit(draft, { type: 'debt-waived', asset, amount: whole, because })
}

/** The order, knowing what of that which was waived has been paid since by points that were only held. */
export const knowingPaid = (member: Member, record: OrderRecord): OrderRecord =>
  member.shortfalls === undefined
    ? record
    : {
        ...record,
        given: record.given.map((each) => {
          const paid = claimedOf(member, `order:${record.key}`, each.asset, each.rule)
          return paid === 0 ? each : { ...each, waived: each.waived - paid }
        }),
      }

/** What returns have taken back of an asset that an order gave the member, and nobody has waived. */
export function takenFrom(timeline: Timeline, { given, version }: OrderRecord, asset: string): number {
  if (version === null) return 0
  const program = programOf(timeline, version)
  return given.reduce((sum, each) => (each.asset === asset ? sum + taken(program, each) : sum), 0)
}

const taken = (program: Program, { rule, first, now, waived }: Given): number =>
  charityOf(program, rule) === null ? Math.max(0, first - now - waived) : 0
