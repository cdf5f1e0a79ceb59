import { award, takeBack } from '../awards/award.ts'
import { fundAwards, refundAwards } from '../awards/fund.ts'
import { type Draft, emit } from '../draft.ts'
import { progressOf, timesMet } from '../goals/reach.ts'
import { awayOf } from '../member.ts'
import { programOf } from '../program/timeline.ts'
import { awardIdOfReceipt, type Receipt, receiptOf } from './receipt.ts'
import { type GoalOffer, offerOf } from './terms.ts'

/** Judges the receipts for which an event has changed what counts: each completes once (OFF-1), by the terms it was promised on. */
export function settleOffers(draft: Draft): void {
  if (draft.member.offers === undefined) return
  const changed = draft.effects.flatMap((effect) => (effect.type === 'offer' ? [effect.id] : []))
  for (const id of new Set(changed)) {
    const receipt = receiptOf(draft.member, id)
    const type = receipt && offerOf(draft.timeline, receipt).type
    if (!receipt || type?.type !== 'goal') continue
    const { version } = draft
    draft.version = receipt.version
    const isMet = timesMet(type.goal, progressOf(type.goal, receipt.tally)) > 0
    if (isMet && receipt.completed === null) complete(draft, receipt, type)
    if (!isMet && receipt.completed !== null) undo(draft, receipt, type, receipt.completed)
    draft.version = version
  }
}

function complete(draft: Draft, receipt: Receipt, { awards, budget }: GoalOffer): void {
  if (awayOf(draft.member) !== null) return
  const program = programOf(draft.timeline, receipt.version)
  if (!fundAwards(draft, program, budget, awards, nameOf(receipt))) {
    const completed = draft.effective
    emit(draft, { type: 'offer', id: receipt.id, receipt: { ...receipt, completed, unfunded: true } })
    return
  }
  emit(draft, { type: 'offer', id: receipt.id, receipt: { ...receipt, completed: draft.effective } })
  emit(draft, { type: 'offer-told', offer: receipt.offer, receipt: receipt.id, what: 'completed' })
  award(draft, program, awards, nameOf(receipt))
}

/** While the window is open and the award unused; else it stays (OFF-3). */
function undo(draft: Draft, { unfunded, ...receipt }: Receipt, { awards, budget }: GoalOffer, on: number): void {
  if (receipt.until !== null && draft.effective >= receipt.until) return
  const program = programOf(draft.timeline, receipt.version)
  if (!unfunded && !takeBack(draft, program, awards, { ...nameOf(receipt), on })) return
  emit(draft, { type: 'offer', id: receipt.id, receipt: { ...receipt, completed: null } })
  if (unfunded) return
  refundAwards(draft, program, budget, awards, nameOf(receipt))
  emit(draft, { type: 'offer-told', offer: receipt.offer, receipt: receipt.id, what: 'undone' })
}

/** The same receipt is the same award, in every replay. */
const nameOf = (receipt: Pick<Receipt, 'id' | 'offer'>) => ({
  rule: `offer:${receipt.offer}`,
  id: awardIdOfReceipt(receipt),
})
