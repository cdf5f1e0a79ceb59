import type { Card, LocalTime, Program } from '@laurel/engine'
import { awayOf, type Book, balance, inForceAt, post, programOf } from './book.ts'
import { isAmong } from './earning.ts'
import { giveBackParts, takeParcels } from './lots.ts'
import { tiersHeld } from './tiers.ts'
import { dayAfter, dayAt } from './time.ts'

/** STAMP-1: cards that are full, and that open again. Vouchers of these programs are never used: until the member leaves any card can. */

const active = (book: Book, asset: string): number => balance(book, asset, 'active')

/** After everything that happens: what is owed is paid by cards that open, and what is there fills them. */
export function settleCards(book: Book, program: Program | null, cause: string, local: LocalTime): void {
  if (program === null || awayOf(book) !== null) return
  for (const card of program.cards.values()) {
    openCards(book, card.asset, cause, local, () => balance(book, card.asset, 'debt') === 0)
    while (active(book, card.asset) >= card.full && canFill(book, program, card)) {
      const parts = takeParcels(book, card.asset, card.full, () => true)
      post(book, { cause, rule: card.id, asset: card.asset, from: 'active', to: 'redeemed', amount: card.full })
      book.cards.push({ card, version: program.version, parts, isGone: false })
    }
  }
}

function canFill(book: Book, program: Program, card: Card): boolean {
  if (!card.repeat && book.cards.some((full) => full.card.id === card.id)) return false
  const { segments, tags } = book
  return isAmong(card.audience, { tiers: tiersHeld(book, program), segments, tags }, null, null)
}

/** The card that was filled last opens first; its points go back to the lots they came from. */
function openCards(book: Book, asset: string, cause: string, local: LocalTime, enough: () => boolean): void {
  for (const full of book.cards.filter((each) => each.card.asset === asset && !each.isGone).reverse()) {
    if (enough()) return
    const program = programOf(book, full.version)
    if (program === null) continue
    book.cards.splice(book.cards.indexOf(full), 1)
    const policy = inForceAt(book, local)?.assets.find((each) => each.id === asset)?.lapsedReturns.member
    const until = policy ? dayAfter(dayAt(local), policy) : null
    const occasion = { cause, rule: full.card.id, day: dayAt(local) }
    giveBackParts(book, occasion, 'redeemed', asset, full.parts, program, until)
  }
}

/** A refund takes so much: cards open until it is there. */
export function openFor(book: Book, asset: string, cause: string, local: LocalTime, missing: number): void {
  if (missing > 0) openCards(book, asset, cause, local, () => active(book, asset) >= missing)
}
