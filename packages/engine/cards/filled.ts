import { type MemberPart, namedDifference } from '../member-part.ts'
import type { ActivePart } from '../points/parts.ts'
import type { LocalTime } from '../time/local.ts'

/** What a member's state holds of cards (STAMP-1); absent while none was ever full. */
export interface CardStates {
  /** By card. */
  cards?: readonly CardState[]
}

export interface CardState {
  readonly card: string
  /** The first so many cards are full for good: no refund reaches them any more. */
  readonly settled: number
  /** Those after, in the order in which they became full. */
  readonly filled: readonly FilledCard[]
}

export interface FilledCard {
  /** 1, 2, 3 … : the first that was free when it became full, so that a card that opens again and fills again is the same one. */
  readonly number: number
  readonly on: LocalTime
  /** By whose terms it became full. */
  readonly version: number
  /** What it took, lot by lot. */
  readonly parts: readonly ActivePart[]
  /** How much of that has come back, as something was left on its gift card (REF-5); absent: nothing. */
  readonly cameBack?: number
}

/** A card stands like this now. */
export interface CardChanged {
  readonly type: 'card'
  readonly card: CardState
}

/** Said of a full card that gives nothing yet, and why; changes nothing. */
export interface CardWaiting {
  readonly type: 'card-waiting'
  readonly card: string
  readonly because: (typeof CARD_WAITS)[number]
}

export const CARD_WAITS = ['sold-out', 'terms-not-accepted', 'too-young'] as const

export const cardPart: MemberPart<CardStates, CardChanged> = {
  apply(states, { card }) {
    const others = (states.cards ?? []).filter((known) => known.card !== card.card)
    if (card.settled > 0 || card.filled.length > 0) others.push(card)
    if (others.length === 0) delete states.cards
    else states.cards = others.sort((a, b) => (a.card < b.card ? -1 : 1))
  },

  difference: ({ cards: before }, { cards: after }) =>
    namedDifference(
      before,
      after,
      ({ card }) => card,
      (card, name) => ({ type: 'card', card: card ?? noneFull(name) }),
    ),
}

export const cardStateOf = (states: CardStates, card: string): CardState =>
  states.cards?.find((known) => known.card === card) ?? noneFull(card)

const noneFull = (card: string): CardState => ({ card, settled: 0, filled: [] })
