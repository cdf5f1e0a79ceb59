import { takeBack } from '../awards/award.ts'
import { type Draft, emit, move } from '../draft.ts'
import { assetOf } from '../points/asset-state.ts'
import { isForgotten } from '../points/gone.ts'
import { giveBack } from '../points/lots.ts'
import type { Card } from '../program/program.ts'
import { programOf } from '../program/timeline.ts'
import { dayOf } from '../time/local.ts'
import { awardIdOfCard } from './award-name.ts'
import { type CardState, cardStateOf, type FilledCard } from './filled.ts'

/** Under which the ledger counts what a card takes and what it gives. */
export const ruleOf = (card: string): string => `card:${card}`

/**
 * Opens cards that were full, the last one first, until there is enough (REF-5): their unused awards are taken back, and what
 * they took comes back. A card whose voucher is gone stays full, and so does one of so long ago that no refund of what filled
 * it is accepted any more (REF-7).
 */
export function reopenCards(draft: Draft, asset: string, isEnough: () => boolean): void {
  for (const { card, filled } of lastFirst(draft, asset)) {
    if (isEnough()) return
    reopen(draft, card, filled)
  }
}

/** The same, until so much can be taken. */
export const reopenCardsFor = (draft: Draft, asset: string, amount: number): void =>
  reopenCards(draft, asset, () => assetOf(draft.member, asset).active >= amount)

interface Full {
  readonly card: Card
  readonly filled: FilledCard
}

function lastFirst(draft: Draft, asset: string): Full[] {
  const all = (draft.member.cards ?? []).flatMap(({ card: id, filled }) =>
    filled.flatMap((each): Full[] => {
      const card = programOf(draft.timeline, each.version).cards.get(id)
      return card?.asset === asset && !isForgotten(draft, dayOf(each.on)) ? [{ card, filled: each }] : []
    }),
  )
  return all.reverse().sort((a, b) => b.filled.on - a.filled.on)
}

function reopen(draft: Draft, card: Card, filled: FilledCard): void {
  const { version } = draft
  const program = programOf(draft.timeline, filled.version)
  const rule = ruleOf(card.id)
  draft.version = filled.version
  if (takeBack(draft, program, card.awards, { rule, id: awardIdOfCard(card.id, filled.number), on: filled.on })) {
    const state: CardState = cardStateOf(draft.member, card.id)
    const others = state.filled.filter((each) => each.number !== filled.number)
    emit(draft, { type: 'card', card: { ...state, filled: others } })
    const amount = filled.parts.reduce((sum, part) => sum + part.amount, 0)
    move(draft, rule, card.asset, 'redeemed', 'active', amount)
    giveBack(draft, card.asset, { ...filled, cameBack: 0 }, amount, { type: 'returned', by: 'member' })
  }
  draft.version = version
}
