import { award, missingOf } from '../awards/award.ts'
import { type Draft, emit } from '../draft.ts'
import { barToRedeeming } from '../footing/bars.ts'
import type { Member } from '../member.ts'
import { runningPlans } from '../plans/held.ts'
import { assetOf } from '../points/asset-state.ts'
import { isForgotten } from '../points/gone.ts'
import { burn } from '../points/lots.ts'
import type { Card, Program } from '../program/program.ts'
import { type AwardedPiece, noteMissed } from '../rewards/pieces.ts'
import { isFor } from '../rules/applies.ts'
import { badgesOf, segmentsAt, tiersOf } from '../rules/found-by.ts'
import { dayOf, type LocalTime } from '../time/local.ts'
import { cardsAt } from '../transitions/honoured.ts'
import { voucherOf } from '../vouchers/voucher.ts'
import { awardIdOfCard, cardOfAward } from './award-name.ts'
import { type CardState, type CardWaiting, cardStateOf } from './filled.ts'
import { completeCards, reopenCards, ruleOf } from './reopen.ts'

/**
 * How many cards one event can fill. A shopping basket fills a handful; an import that brings a balance fills some more. What is
 * over fills the next ones with the next event.
 */
const FILLED_AT_ONCE_MAX = 1_000

/**
 * Turns full cards into awards (STAMP-1, THRESHOLD-1): by the event that fills them, or the moment at which points become
 * active. What was announced is looked at when the event is over: until then its card may still become full.
 */
export function settleCards(draft: Draft, program: Program, isEventOver: boolean): void {
  const hasNone = program.cards.size === 0 && program.transitions.cards.size === 0
  if (hasNone) return
  const bar = barToRedeeming(program, draft.member, draft.effective)
  if (bar !== null) {
    // Whoever is away knows it; what can be mended is said where something of the card's has come.
    if (isEventOver && (bar === 'terms-not-accepted' || bar === 'too-young')) sayAllWaiting(draft, program, bar)
    return
  }
  const { version } = draft
  for (const { program: of, value: card } of cardsAt(draft.timeline, program, draft.effective)) {
    draft.version = of.version
    if (isEventOver) payForAnnounced(draft, of, card)
    // Nothing is owed while a card is full whose award nobody has used yet (REF-5).
    reopenCards(draft, card.asset, () => assetOf(draft.member, card.asset).debt === 0)
    completeCards(draft, card)
    for (let times = 0; times < FILLED_AT_ONCE_MAX && isFull(draft, of, card); times++) {
      const number = firstFree(cardStateOf(draft.member, card.id))
      const missing = missingOf(draft, of, card.awards, awardIdOfCard(card.id, number))
      if (missing.length > 0) {
        wait(draft, card, missing, isEventOver)
        break
      }
      fill(draft, of, card, number, draft.effective)
    }
  }
  draft.version = version
}

function isFull({ member, effective }: Draft, program: Program, card: Card): boolean {
  if (assetOf(member, card.asset).active < card.full) return false
  const { settled, filled } = cardStateOf(member, card.id)
  return (card.repeat || settled + filled.length === 0) && isCardFor(program, card, member, effective)
}

export function isCardFor(program: Program, card: Card, member: Member, local: LocalTime): boolean {
  const { ladders, tags, badges } = member
  const nowhere = { away: null, place: null, channel: null, placeLocal: 0 }
  return isFor(card.audience, {
    ...nowhere,
    segments: segmentsAt(program, member, local),
    tags,
    badges: badgesOf(badges),
    memberships: runningPlans(member),
    tiers: tiersOf(program, ladders),
  })
}

function firstFree({ settled, filled }: CardState): number {
  const taken = new Set(filled.map((each) => each.number))
  let number = settled + 1
  while (taken.has(number)) number += 1
  return number
}

/** What cannot be given takes nothing: the card stays full, and is looked at again whenever cards are (STAMP-1). */
function wait(draft: Draft, card: Card, missing: readonly AwardedPiece[], isEventOver: boolean): void {
  for (const { award: id, piece } of missing) noteMissed(draft, id, piece.reward)
  if (isEventOver) sayWaiting(draft, card, 'sold-out')
}

function sayAllWaiting(draft: Draft, program: Program, because: CardWaiting['because']): void {
  for (const { program: of, value: card } of cardsAt(draft.timeline, program, draft.effective)) {
    if (isFull(draft, of, card)) sayWaiting(draft, card, because)
  }
}

/** To whoever has brought something of what fills it: nobody else expects anything of the card. */
function sayWaiting(draft: Draft, { id: card, asset }: Card, because: CardWaiting['because']): void {
  const hasBrought = draft.effects.some(
    (effect) => effect.type === 'move' && effect.to === 'active' && effect.asset === asset,
  )
  if (hasBrought) emit(draft, { type: 'card-waiting', card, because })
}

function fill(draft: Draft, program: Program, card: Card, number: number, on: LocalTime): void {
  const rule = ruleOf(card.id)
  const parts = burn(draft, rule, card.asset, 'redeemed', card.full)
  const { filled, ...state } = settledBy(draft, cardStateOf(draft.member, card.id))
  const full = { number, on, version: program.version, parts }
  emit(draft, { type: 'card', card: { ...state, filled: [...filled, full] } })
  award(draft, program, card.awards, { rule, id: awardIdOfCard(card.id, number) })
  for (const missed of draft.member.missed?.filter((each) => isOf(each.id, card, number)) ?? []) {
    emit(draft, { type: 'missed', award: missed, stands: false })
  }
}

function isOf(award: string, { id }: Card, number: number): boolean {
  const of = cardOfAward(award)
  return of !== null && of.card === id && of.number === number
}

/** The first cards need not be known one by one any longer than a refund of what filled them is accepted (REF-7). */
function settledBy(draft: Draft, { card, settled, filled }: CardState): CardState {
  let first = settled
  const isSettled = (number: number): boolean =>
    filled.some((each) => each.number === number && isForgotten(draft, dayOf(each.on)))
  while (isSettled(first + 1)) first += 1
  return { card, settled: first, filled: filled.filter((each) => each.number > first) }
}

/**
 * A voucher that a member was told of is honoured, whatever late facts have made of the card (EVT-2): the card is full all the
 * same, and what is missing is owed. Where it is unused it goes back the next moment.
 */
function payForAnnounced(draft: Draft, program: Program, card: Card): void {
  const announced = announcedIn(draft, card)
  for (const [index, { number, issued }] of announced.entries()) {
    const unpaid = announced.length - index
    // One of a lower number that there is enough for as well comes first, as it did when this one was announced.
    while (assetOf(draft.member, card.asset).active >= card.full * (unpaid + 1) && isFull(draft, program, card)) {
      const first = firstFree(cardStateOf(draft.member, card.id))
      if (first >= number || missingOf(draft, program, card.awards, awardIdOfCard(card.id, first)).length > 0) break
      fill(draft, program, card, first, draft.effective)
    }
    fill(draft, program, card, number, issued)
  }
}

interface AnnouncedCard {
  readonly number: number
  readonly issued: LocalTime
  /** Nothing brings it back. */
  readonly isGone: boolean
}

/** Vouchers of the card that this event has given, and that nothing was taken for: first those that are used, by their numbers. */
function announcedIn({ effects, member }: Draft, card: Card): AnnouncedCard[] {
  const { settled, filled } = cardStateOf(member, card.id)
  const paid = new Set(filled.map(({ number }) => number))
  const announced = effects.flatMap((effect) => {
    // What another brought along was paid for there (MRG-1).
    if (effect.type !== 'voucher' || effect.voucher.via !== undefined) return []
    const { id, issued } = effect.voucher
    const of = cardOfAward(id)
    // As it stands at last: a card that filled and opened again within one event is over.
    const status = voucherOf(member, id)?.status
    if (of?.card !== card.id || status === 'revoked' || of.number <= settled || paid.has(of.number)) return []
    paid.add(of.number)
    return [{ number: of.number, issued, isGone: status !== 'open' }]
  })
  return announced.sort((a, b) => Number(b.isGone) - Number(a.isGone) || a.number - b.number)
}
