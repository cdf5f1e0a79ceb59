import { mulDiv } from '../amounts/fraction.ts'
import { award, storedIn, takeBack } from '../awards/award.ts'
import { type Draft, emit, move } from '../draft.ts'
import { assetOf } from '../points/asset-state.ts'
import { isForgotten } from '../points/gone.ts'
import { burn, giveBack } from '../points/lots.ts'
import { type ActivePart, totalOf } from '../points/parts.ts'
import type { Card } from '../program/program.ts'
import { programOf } from '../program/timeline.ts'
import { dayOf } from '../time/local.ts'
import { awardIdOfCard } from './award-name.ts'
import { type CardState, cardStateOf, type FilledCard } from './filled.ts'

/** Under which the ledger counts what a card takes and what it gives. */
export const ruleOf = (card: string): string => `card:${card}`

/**
 * Opens cards that were full, the last one first, until there is enough (REF-5): their unused awards are taken back, and what
 * they took comes back; where a gift card was used in part, what is left on it, and of what the card took all but the share that
 * was used. A card whose voucher is gone stays full, and so does one of so long ago that no refund of what filled it is accepted
 * any more (REF-7).
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
  const id = awardIdOfCard(card.id, filled.number)
  const { cameBack = 0 } = filled
  const stored = storedIn(draft, program, card.awards, id)
  if (takeBack(draft, program, card.awards, { rule, id, on: filled.on, onlyVouchers: cameBack > 0 })) {
    const due = stored.isTouched ? cameBackOf(filled, stored) : totalOf(filled.parts)
    noteFilled(draft, card.id, filled.number, stored.isTouched ? { ...filled, cameBack: due } : null)
    const amount = Math.max(0, due - cameBack)
    move(draft, rule, card.asset, 'redeemed', 'active', amount)
    giveBack(draft, card.asset, { ...filled, cameBack }, amount, { type: 'returned', by: 'member' })
  }
  draft.version = version
}

/** Of what it took all but the share of its gift cards that was used, rounded for the member. */
const cameBackOf = ({ parts }: FilledCard, { spent, value }: ReturnType<typeof storedIn>): number => {
  const total = totalOf(parts)
  return total - mulDiv(total, Math.min(spent, value), value, 'floor')
}

/** It stands so now; null: it is not full any more. */
function noteFilled(draft: Draft, card: string, number: number, stands: FilledCard | null): void {
  const state: CardState = cardStateOf(draft.member, card)
  const filled = state.filled.flatMap((each) => (each.number !== number ? [each] : stands === null ? [] : [stands]))
  emit(draft, { type: 'card', card: { ...state, filled } })
}

/**
 * Cards of which a part came back, the first one first, are full again before any other is: as soon as that much is there their
 * gift cards hold again what was taken back of them (REF-5). What was used since is owed (EVT-2).
 */
export function completeCards(draft: Draft, card: Card): void {
  for (const filled of cardStateOf(draft.member, card.id).filled) {
    const { cameBack = 0, number, on, version } = filled
    const program = programOf(draft.timeline, version)
    const awards = program.cards.get(card.id)?.awards ?? []
    const name = { rule: ruleOf(card.id), id: awardIdOfCard(card.id, number) }
    const stored = storedIn(draft, program, awards, name.id)
    if (cameBack === 0 || stored.value === 0 || isForgotten(draft, dayOf(on))) continue
    const isEnough = assetOf(draft.member, card.asset).active >= cameBack
    const again = isEnough ? cameBack : Math.max(0, cameBack - cameBackOf(filled, stored))
    if (again === 0) continue
    const ruling = draft.version
    draft.version = version
    const parts = [
      ...firstOf(filled.parts, totalOf(filled.parts) - cameBack),
      ...burn(draft, name.rule, card.asset, 'redeemed', again),
      ...lastOf(filled.parts, cameBack - again),
    ]
    const left = cameBack - again
    noteFilled(draft, card.id, number, { number, on, version, parts, ...(left === 0 ? null : { cameBack: left }) })
    if (isEnough) award(draft, program, awards, name)
    draft.version = ruling
  }
}

/** Of the parts of a burn, in their order, those that make up so much. */
function firstOf(parts: readonly ActivePart[], amount: number): ActivePart[] {
  let left = amount
  return parts.flatMap((part) => {
    const taken = Math.min(part.amount, left)
    left -= taken
    return taken === 0 ? [] : [{ ...part, amount: taken }]
  })
}

const lastOf = (parts: readonly ActivePart[], amount: number): ActivePart[] =>
  firstOf(parts.toReversed(), amount).toReversed()
