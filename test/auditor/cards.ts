import type { Card, LocalTime, Program } from '@laurel/engine'
import { redeemingBar } from './bars.ts'
import { type Book, balance, post, programOf } from './book.ts'
import { assetFor } from './declared.ts'
import { isAmong } from './earning.ts'
import { giveBackParts, isForgotten, takeParcels } from './lots.ts'
import { traitsOf } from './past.ts'
import { dayAfter, dayAt } from './time.ts'
import { end, issue, isUntouched } from './vouchers.ts'

/** STAMP-1: cards that are full, and that open again while nobody has used what they gave. */

const active = (book: Book, asset: string): number => balance(book, asset, 'active')

/** After everything that happens: what is owed is paid by cards that open, and what is there fills them. */
export function settleCards(book: Book, program: Program | null, cause: string, local: LocalTime): void {
  if (program === null || redeemingBar(book, program, local) !== null) return
  for (const card of program.cards.values()) {
    openCards(book, card.asset, cause, local, () => balance(book, card.asset, 'debt') === 0)
    while (active(book, card.asset) >= card.full && canFill(book, program, card, local)) {
      const number = firstFree(book, card)
      const gives = vouchersOf(program, card, number)
      // What cannot be given takes nothing: the card stays full.
      if (!takePieces(book, gives)) break
      const parts = takeParcels(book, card.asset, card.full, () => true)
      post(book, { cause, rule: card.id, asset: card.asset, from: 'active', to: 'redeemed', amount: card.full })
      book.cards.push({ card, version: program.version, number, on: dayAt(local), parts })
      for (const { reward, id } of gives) issue(book, program, reward, id, 'award', local)
    }
  }
}

/** One of each of which there are only so many, or nothing. */
function takePieces({ pieces }: Book, gives: ReturnType<typeof vouchersOf>): boolean {
  const scarce = gives.filter(({ reward }) => reward.stock !== null)
  if (pieces === null) return true
  if (scarce.some(({ reward }) => (pieces.get(reward.id) ?? 0) < 1)) return false
  for (const { reward } of scarce) pieces.set(reward.id, (pieces.get(reward.id) ?? 0) - 1)
  return true
}

function firstFree(book: Book, card: Card): number {
  const taken = book.cards.filter((full) => full.card.id === card.id).map((full) => full.number)
  let number = 1
  while (taken.includes(number)) number++
  return number
}

/** What a full card gives: rewards only in these programs. */
const vouchersOf = (program: Program, card: Card, number: number) =>
  card.awards.flatMap((award, i) => {
    const reward = award.type === 'reward' ? program.rewards.get(award.reward) : undefined
    return reward === undefined ? [] : [{ reward, id: `card/${card.id}/${number}${i === 0 ? '' : `/${i + 1}`}` }]
  })

function canFill(book: Book, program: Program, card: Card, local: LocalTime): boolean {
  if (!card.repeat && book.cards.some((full) => full.card.id === card.id)) return false
  return isAmong(card.audience, traitsOf(book, program, local), null, null)
}

/** The card that was filled last opens first, but none of long ago; its points go back to the lots they came from. */
function openCards(book: Book, asset: string, cause: string, local: LocalTime, enough: () => boolean): void {
  for (const full of book.cards.filter((each) => each.card.asset === asset).reverse()) {
    if (enough()) return
    const program = programOf(book, full.version)
    if (program === null || isForgotten(book, full.on, local)) continue
    const vouchers = vouchersOf(program, full.card, full.number)
    if (!vouchers.every(({ id }) => isUntouched(book, id))) continue
    book.cards.splice(book.cards.indexOf(full), 1)
    for (const { id } of vouchers) end(book, id, 'revoked')
    const policy = assetFor(book, local, asset)?.lapsedReturns.member
    const until = policy ? dayAfter(dayAt(local), policy) : null
    const occasion = { cause, rule: full.card.id, day: dayAt(local) }
    giveBackParts(book, occasion, 'redeemed', asset, full.parts, program, until)
  }
}

/** A refund takes so much: cards open until it is there. */
export function openFor(book: Book, asset: string, cause: string, local: LocalTime, missing: number): void {
  if (missing > 0) openCards(book, asset, cause, local, () => active(book, asset) >= missing)
}
