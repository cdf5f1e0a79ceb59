import type { Card, LocalTime, Program } from '@laurel/engine'
import { redeemingBar } from './bars.ts'
import { type Book, balance, post, programOf } from './book.ts'
import { assetFor } from './declared.ts'
import { isAmong } from './earning.ts'
import { exact, rounded, sum, times } from './exact.ts'
import { giveBackParts, isForgotten, lastParts, takeParcels } from './lots.ts'
import { traitsOf } from './past.ts'
import type { FullCard } from './records.ts'
import { dayAfter, dayAt } from './time.ts'
import { canTake, issue, statusOf, stored, takeVoucher } from './vouchers.ts'

/** STAMP-1: cards that are full, and that open again while nobody has used what they gave. */

/** With one event or moment of time; what is over is filled with the next. */
const FILLED_AT_ONCE_MAX = 1_000

const active = (book: Book, asset: string): number => balance(book, asset, 'active')

/** After everything that happens: what is owed is paid by cards that open, and what is there fills them. */
export function settleCards(book: Book, program: Program | null, cause: string, local: LocalTime): void {
  if (program === null || redeemingBar(book, program, local) !== null) return
  for (const card of program.cards.values()) {
    payForUsed(book, program, card, cause)
    openCards(book, card.asset, cause, local, () => balance(book, card.asset, 'debt') === 0)
    complete(book, card, cause, local)
    for (let times = 0; times < FILLED_AT_ONCE_MAX; times++) {
      if (active(book, card.asset) < card.full || !canFill(book, program, card, local)) break
      const number = firstFree(book, card)
      const gives = vouchersOf(program, card, number)
      // What cannot be given takes nothing: the card stays full.
      if (!takePieces(book, gives)) break
      const parts = takeParcels(book, card.asset, card.full, () => true)
      post(book, { cause, rule: card.id, asset: card.asset, from: 'active', to: 'redeemed', amount: card.full })
      book.cards.push({ card, version: program.version, number, on: local, parts, back: 0 })
      for (const { reward, id } of gives) issue(book, program, reward, id, 'award', local)
    }
  }
}

/** Whose voucher is used after all is full again, and what is missing is owed. What another brought along was paid for there. */
function payForUsed(book: Book, program: Program, card: Card, cause: string): void {
  const paid = new Set(book.cards.flatMap((full) => (full.card.id === card.id ? [full.number] : [])))
  const standing = [...book.vouchers.values()].filter((voucher) => statusOf(voucher) !== 'revoked')
  const unpaid = standing.flatMap(({ id, issued }) => {
    const number = Number(id.match(/^card\/(.+)\/(\d+)$/)?.[2] ?? 0)
    return id === `card/${card.id}/${number}` && !paid.has(number) ? [{ number, issued }] : []
  })
  for (const { number, issued } of unpaid.sort((a, b) => a.number - b.number)) {
    const { asset, full } = card
    const parts = takeParcels(book, asset, full, () => true)
    const covered = sum(parts.map(({ amount }) => amount))
    post(book, { cause, rule: card.id, asset, from: 'active', to: 'redeemed', amount: covered })
    post(book, { cause, rule: card.id, asset, from: 'debt', to: 'redeemed', amount: full - covered })
    const owed = { priority: 0, lastDay: 'uncovered' as const, amount: full - covered }
    const whole = owed.amount === 0 ? parts : [...parts, owed]
    book.cards.push({ card, version: program.version, number, on: issued, parts: whole, back: 0 })
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
  const taken = new Set(book.cards.flatMap((full) => (full.card.id === card.id ? [full.number] : [])))
  let number = 1
  while (taken.has(number)) number++
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

/** The last first; of one moment the one with the later id. */
function lastFirst(book: Book, asset: string): FullCard[] {
  const own = book.cards.filter((each) => each.card.asset === asset).reverse()
  return own.sort((a, b) => b.on - a.on || (a.card.id === b.card.id ? 0 : a.card.id < b.card.id ? 1 : -1))
}

/** The card that was filled last opens first, but none of long ago; its points go back to the lots they came from. */
function openCards(book: Book, asset: string, cause: string, local: LocalTime, enough: () => boolean): void {
  for (const full of lastFirst(book, asset)) {
    if (enough()) return
    const program = programOf(book, full.version)
    if (program === null || isForgotten(book, dayAt(full.on), local)) continue
    const vouchers = vouchersOf(program, full.card, full.number)
    if (!vouchers.every(({ id }) => canTake(book, id))) continue
    const [before, due] = [full.back, dueBack(book, full, vouchers)]
    if (due.isTouched) full.back = due.amount
    else book.cards.splice(book.cards.indexOf(full), 1)
    for (const { id } of vouchers) takeVoucher(book, id)
    const policy = assetFor(book, local, asset)?.lapsedReturns.member
    const until = policy ? dayAfter(dayAt(local), policy) : null
    const occasion = { cause, rule: full.card.id, day: dayAt(local) }
    const parts = lastParts(full.parts, before, Math.max(0, due.amount - before))
    giveBackParts(book, occasion, 'redeemed', asset, parts, program, until)
  }
}

/** REF-5: all that it took, less the share of its gift cards that was used. */
function dueBack(book: Book, { parts }: FullCard, vouchers: ReturnType<typeof vouchersOf>) {
  const { worth, spent, isTouched } = stored(
    book,
    vouchers.map(({ id }) => id),
  )
  const total = sum(parts.map(({ amount }) => amount))
  const used = isTouched ? rounded(times(exact(total), exact(Math.min(spent, worth), worth)), 'floor') : 0
  return { amount: total - used, isTouched }
}

/** What came back of a card fills it first, and what was used since is owed. */
function complete(book: Book, card: Card, cause: string, local: LocalTime): void {
  for (const full of book.cards.filter((each) => each.card.id === card.id && each.back > 0)) {
    const program = programOf(book, full.version)
    const own = program?.cards.get(card.id)
    if (program === null || own === undefined || isForgotten(book, dayAt(full.on), local)) continue
    const gives = vouchersOf(program, own, full.number)
    const due = dueBack(book, full, gives)
    if (!due.isTouched) continue
    const { asset } = card
    const isEnough = active(book, asset) >= full.back
    const again = isEnough ? full.back : Math.max(0, full.back - due.amount)
    const taken = takeParcels(book, asset, again, () => true)
    const covered = sum(taken.map(({ amount }) => amount))
    post(book, { cause, rule: card.id, asset, from: 'active', to: 'redeemed', amount: covered })
    post(book, { cause, rule: card.id, asset, from: 'debt', to: 'redeemed', amount: again - covered })
    const all = sum(full.parts.map(({ amount }) => amount))
    const missing = { priority: 0, lastDay: 'uncovered', amount: again - covered } as const
    full.parts = [
      ...lastParts(full.parts, full.back, all - full.back),
      ...taken,
      ...(missing.amount > 0 ? [missing] : []),
      ...lastParts(full.parts, 0, full.back - again),
    ]
    full.back -= again
    if (isEnough) for (const { reward, id } of gives) issue(book, program, reward, id, 'award', local)
  }
}

/** A refund takes so much: cards open until it is there. */
export function openFor(book: Book, asset: string, cause: string, local: LocalTime, missing: number): void {
  if (missing > 0) openCards(book, asset, cause, local, () => active(book, asset) >= missing)
}
