import type { OrderContent, Program } from '@laurel/engine'
import { type Book, post, programOf } from './book.ts'
import type { AuditedOrder, GivenShare, Redemption } from './records.ts'
import { dayAfter, dayAt } from './time.ts'

/** PART-1: what the program and its partners owe each other, always as a whole: posted is what it is more or less than before. */

const settlesIn = ({ partners }: Program, id: string | null, asset: string, what: 'earn' | 'burn'): boolean => {
  const partner = id === null ? undefined : partners.get(id)
  return partner?.[what] === true && partner.settles?.asset === asset
}

const partnerAt = ({ places }: Program, place: string | null): string | null => places.get(place ?? '')?.partner ?? null

/** What rules gave there, as it stands. A charity's share is the program's own gift. */
export function owedFor(program: Program, place: string | null, given: readonly GivenShare[]): Map<string, number> {
  const partner = partnerAt(program, place)
  const owed = new Map<string, number>()
  for (const { asset, now, charity } of given) {
    if (partner === null || charity !== null || !settlesIn(program, partner, asset, 'earn')) continue
    owed.set(`${partner}/${asset}`, (owed.get(`${partner}/${asset}`) ?? 0) + now)
  }
  return owed
}

export function postOwed(book: Book, cause: string, was: ReadonlyMap<string, number>, is: ReadonlyMap<string, number>) {
  for (const name of new Set([...was.keys(), ...is.keys()])) {
    const [partner = '', asset = ''] = name.split('/')
    const change = (is.get(name) ?? 0) - (was.get(name) ?? 0)
    const [from, to] = [`partner:${partner}`, 'issued'] as const
    if (change > 0) post(book, { cause, rule: 'partner-earned', asset, from, to, amount: change })
    else post(book, { cause, rule: 'partner-earned', asset, from: to, to: from, amount: -change })
  }
}

export function settleEarned(book: Book, order: AuditedOrder, cause: string): void {
  const program = programOf(book, order.version)
  if (program === null) return
  const is = owedFor(program, order.content.place, order.given)
  postOwed(book, cause, order.owedToProgram, is)
  order.owedToProgram = is
}

/** What goes to a charity is nobody else's. */
const goesToCharity = (book: Book, { version, reward }: Redemption): boolean =>
  programOf(book, version)?.rewards.get(reward)?.kind.type === 'donation'

/** Redemptions that pay at a partner's place are the partner's; the first such place counts. */
export function notePayments(
  book: Book,
  program: Program,
  { place, payments }: OrderContent,
  cause: string,
  on: number,
) {
  const partner = partnerAt(program, place)
  for (const payment of partner === null ? [] : payments) {
    if (payment.by !== 'points' || partner === null || program.partners.size === 0) continue
    const known = book.redemptions.get(payment.redemption)
    if (known === undefined || known.state === 'refused') {
      for (const [name, ahead] of book.paidAhead) {
        if (dayAfter(dayAt(ahead.on), program.late.accept) < dayAt(on)) book.paidAhead.delete(name)
      }
      book.paidAhead.set(payment.redemption, { partner, on })
      continue
    }
    const isFree = known.partner === null && known.returned === 0 && !goesToCharity(book, known)
    if (isFree && settlesIn(program, partner, known.asset, 'burn')) known.partner = partner
    settleBurned(book, known, cause)
  }
}

/** Of a redemption that is asked for only after it has paid. */
export function partnerAhead(book: Book, redemption: Redemption): void {
  const ahead = book.paidAhead.get(redemption.id)
  book.paidAhead.delete(redemption.id)
  const program = programOf(book, redemption.version)
  if (ahead === undefined || program === null || goesToCharity(book, redemption)) return
  if (settlesIn(program, ahead.partner, redemption.asset, 'burn')) redemption.partner = ahead.partner
}

/** Where no place has said whose it is, the one partner whose reward it is. */
export function partnerOfReward(book: Book, redemption: Redemption): void {
  const program = programOf(book, redemption.version)
  const partners = program?.rewards.get(redemption.reward)?.audience.partners ?? []
  if (program === null || redemption.partner !== null || partners.length !== 1) return
  const [only = null] = partners
  if (!goesToCharity(book, redemption) && settlesIn(program, only, redemption.asset, 'burn')) redemption.partner = only
}

/** What is burnt of it now is the partner's. */
export function settleBurned(book: Book, redemption: Redemption, cause: string): void {
  const { partner, asset } = redemption
  if (partner === null) return
  const is = redemption.state === 'confirmed' ? redemption.amount - redemption.returned : 0
  const change = is - redemption.paidToPartner
  redemption.paidToPartner = is
  const to = `partner:${partner}` as const
  if (change > 0) post(book, { cause, rule: 'partner-burned', asset, from: 'redeemed', to, amount: change })
  else post(book, { cause, rule: 'partner-burned', asset, from: to, to: 'redeemed', amount: -change })
}
