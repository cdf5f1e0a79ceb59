import { hasMissed } from '../awards/held.ts'
import { cardOfAward } from '../cards/award-name.ts'
import { cardStateOf } from '../cards/filled.ts'
import { type Draft, emit } from '../draft.ts'
import type { MergeReceived } from '../event.ts'
import { footingOf, TERMS_KEPT } from '../footing/footing.ts'
import type { Member } from '../member.ts'
import type { IdleRenamed } from '../points/idle.ts'
import { renamedPart } from '../points/parts.ts'
import { programOf } from '../program/timeline.ts'
import { suspectReferral } from '../referral/refer.ts'
import { statusOfReferral } from '../referral/referral-state.ts'
import { letSeatGo } from '../seats/keep.ts'
import { keptSeat } from '../seats/kept.ts'
import { voucherOf } from '../vouchers/voucher.ts'
import { nameBrought } from './brought-name.ts'

/** What was given once is not given again, and what both were given is there once or summed (MRG-1). */
export function bringAwards(draft: Draft, brought: Member, idle: IdleRenamed): void {
  const { member } = draft
  const { badges = [], entered = [], cards = [], plans = [], benefitUses = [], offers = [] } = brought
  for (const badge of badges) {
    const known = member.badges?.some((held) => held.badge === badge.badge && held.period === badge.period)
    if (!known) emit(draft, { type: 'badge', badge, held: true })
  }
  for (const level of entered) {
    const known = member.entered?.some((other) => other.ladder === level.ladder && other.level === level.level)
    if (!known) emit(draft, { type: 'entered', level, given: true })
  }
  for (const card of cards) {
    const own = cardStateOf(member, card.card)
    // Where both have filled it, the one's are settled: no refund opens them again.
    if (own.settled + own.filled.length > 0) continue
    const filled = card.filled.map((full) => {
      const asset = programOf(draft.timeline, full.version).cards.get(card.card)?.asset
      return asset === undefined ? full : { ...full, parts: full.parts.map((part) => renamedPart(part, idle(asset))) }
    })
    emit(draft, { type: 'card', card: { ...card, filled } })
  }
  for (const held of plans) {
    const own = member.plans?.find(({ plan }) => plan === held.plan)
    const isBetter = own === undefined || (own.ended !== null && held.ended === null) || lastsLonger(held, own)
    const kept = own === undefined || isBetter ? held : own
    emit(draft, { type: 'plan', plan: held.plan, held: { ...kept, fees: held.fees + (own?.fees ?? 0) } })
  }
  for (const uses of benefitUses) emit(draft, { type: 'benefit-used', ...uses })
  for (const receipt of offers) emit(draft, { type: 'offer', id: receipt.id, receipt })
}

type HeldPlan = NonNullable<Member['plans']>[number]

const lastsLonger = (held: HeldPlan, own: HeldPlan): boolean =>
  held.ended === null && own.ended === null && held.until > own.until

/** Where it has another name here: ids of awards are unique in a member only. */
export type Renamed = (voucher: string) => string

export function bringVouchers(
  draft: Draft,
  { vouchers = [], closed = {}, missed = [] }: Member,
  from: string,
): Renamed {
  const all = [...vouchers, ...Object.values(closed)]
  const { member } = draft
  // Cards are numbered by each member; who has filled some goes on with the own numbers.
  const isOwnCard = (id: string) => member.cards?.some(({ card }) => card === cardOfAward(id)?.card) === true
  const isTaken = (id: string) => voucherOf(member, id) !== undefined || isOwnCard(id)
  const taken = new Set(all.flatMap(({ id }) => (isTaken(id) ? [id] : [])))
  const renamed = (id: string): string => (taken.has(id) ? nameBrought(id, from) : id)
  for (const award of missed) {
    const id = isOwnCard(award.id) ? nameBrought(award.id, from) : award.id
    if (!hasMissed(member, id)) emit(draft, { type: 'missed', award: { ...award, id }, stands: true })
  }
  for (const voucher of all) {
    emit(draft, { type: 'voucher', voucher: { ...voucher, id: renamed(voucher.id), via: from } })
  }
  return renamed
}

/** What is known of a person is known of the other, too; whether it is one of the firm's stays the other's. */
export function bringFooting(draft: Draft, { footing }: Member): void {
  if (footing === undefined) return
  const own = footingOf(draft.member)
  const ageAtLeast = Math.max(own.ageAtLeast, footing.ageAtLeast)
  const terms = [...footing.terms.filter((known) => !own.terms.includes(known)), ...own.terms]
  emit(draft, { type: 'footing', footing: { ...own, ageAtLeast, terms: terms.slice(-TERMS_KEPT) } })
}

/** Kept for the one as for the other; two seats in one session become one, and the other is free. */
export function bringSeats(draft: Draft, { keptSeats = [], calledOff = [] }: Member): void {
  for (const seat of calledOff) emit(draft, { type: 'called-off', seat, stands: true })
  for (const seat of keptSeats) {
    const own = keptSeat(draft.member, seat.reward, seat.session)
    if (own) letSeatGo(draft, own)
    emit(draft, { type: 'seat', seat, kept: true })
  }
}

/** Whom the one has sent is whom the other has sent. Who sent the one goes on as who sent the other, where nobody did. */
export function bringReferral(
  draft: Draft,
  { friends = [], referral, aliases = [] }: Member,
  event: MergeReceived,
): void {
  const { member } = draft
  for (const friend of friends) {
    const known = member.friends?.some((other) => other.friend === friend.friend)
    if (!known) emit(draft, { type: 'friend', friend, known: true })
  }
  const self = [event.into, event.from, ...aliases, ...(member.aliases ?? [])]
  if (member.referral !== undefined) {
    // Whom the one has sent is the one: the same person, which a person looks at before anything is due (RFL-1).
    if (self.includes(member.referral.advocate)) suspectReferral(draft, { signals: ['same-person'] })
    return
  }
  if (referral === undefined || self.includes(referral.advocate)) return
  const as = { friend: referral.as?.friend ?? event.from, merges: (referral.as?.merges ?? 0) + 1 }
  const held = { ...referral, as }
  emit(draft, { type: 'referral', status: statusOfReferral(held), referral: held })
}
