import { no, refuse } from '../answer.ts'
import { type Draft, emit, move } from '../draft.ts'
import type { RequestAnswer } from '../event.ts'
import { barToRedeeming } from '../footing/bars.ts'
import { assetOf } from '../points/asset-state.ts'
import { idleEndVia } from '../points/idle.ts'
import { burn, creditParts, giveBack } from '../points/lots.ts'
import { type IdleEnd, renamedPart, totalOf } from '../points/parts.ts'
import type { Asset, Cap } from '../program/program.ts'
import { programOf } from '../program/timeline.ts'
import { countCap, periodStart, roomLeft } from '../rules/caps.ts'
import type { GiftReceived, GiftReturned, GiftSend } from './events.ts'

/**
 * Out of the sender into `transit`, with the ends of the lots it was taken from. What was granted once stands, whatever a late
 * fact says: the receiver may have spent it (GIFT-1).
 */
export function sendGift(draft: Draft, event: GiftSend): RequestAnswer {
  const answer = event.answer ?? judgeGift(draft, event)
  if (!answer.granted) return refuse(draft, answer.refusal)
  const { asset, amount } = answer
  const parts = burn(draft, 'gift', asset, 'transit', amount)
  const cap = giftingCap(draft, event)
  if (cap) countCap(draft, cap, periodStart(cap, event.stamp.local), amount)
  const { cause } = draft
  emit(draft, { event: { asset, gift: cause, parts, type: 'gift.received' }, id: cause, to: event.to, type: 'send' })
  return answer
}

/** Refusals are found in the order of REFUSAL_CODES. */
function judgeGift(draft: Draft, event: GiftSend): RequestAnswer {
  if (event.stamp.version === null) return no('program-not-started')
  const bar = barToRedeeming(programOf(draft.timeline, event.stamp.version), draft.member, event.stamp.local)
  if (bar !== null) return no(bar)
  const cap = giftingCap(draft, event)
  const gifting = cap && assetIn(draft, event)?.gifting
  if (!cap || !gifting) return no('not-giftable')
  if (event.amount < gifting.least) return no('below-least', gifting.least - event.amount)
  if (event.amount > roomLeft(cap, draft.member, event.stamp.local)) return no('limit-reached')
  const { active } = assetOf(draft.member, event.asset)
  if (event.amount > active) return no('short', event.amount - active)
  return { granted: true, asset: event.asset, amount: event.amount }
}

const assetIn = (draft: Draft, { stamp, asset }: GiftSend): Asset | undefined =>
  stamp.version === null
    ? undefined
    : programOf(draft.timeline, stamp.version).assets.find((candidate) => candidate.id === asset)

/** What a member may give in one period, to all receivers together; null: nothing of this asset. */
function giftingCap(draft: Draft, event: GiftSend): Cap | null {
  const gifting = assetIn(draft, event)?.gifting ?? null
  if (gifting === null) return null
  const span = { type: 'calendar', unit: gifting.each } as const
  return { id: `gifting:${event.asset}`, counts: 'amount', most: gifting.most, of: 'member', span, edge: 'refuse' }
}

/** Into the receiver's lots of the same ends; a debt is repaid first (REF-3). */
export function receiveGift(draft: Draft, { asset, parts }: GiftReceived): void {
  move(draft, 'gift', asset, 'transit', 'active', totalOf(parts))
  creditParts(draft, asset, parts)
}

/** Back to the sender's lots, as any burn that comes to nothing. */
export function takeGiftBack(draft: Draft, { asset, parts: sent, via }: GiftReturned): void {
  // The sender has been merged into this member meanwhile.
  const nameHere = (end: IdleEnd) => (via === undefined ? end : idleEndVia(draft.member, asset, end, via))
  const parts = sent.map((part) => renamedPart(part, nameHere))
  const total = totalOf(parts)
  move(draft, 'gift-returned', asset, 'transit', 'active', total)
  giveBack(draft, asset, { parts, version: draft.version, cameBack: 0 }, total, { type: 'hold-ended' })
}
