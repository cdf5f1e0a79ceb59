import type {
  LocalTime,
  OrderKey,
  Program,
  RefusalCode,
  RequestAnswer,
  Reward,
  VoucherGiveAsked,
  VoucherRestoreAsked,
  VoucherReturnAsked,
  VoucherRevoked,
  VoucherUseAsked,
} from '@laurel/engine'
import { burnsNoMore } from './bars.ts'
import { awayOf, type Book, post, programOf } from './book.ts'
import { payableOf, takenOff } from './carts.ts'
import { assetFor } from './declared.ts'
import { isDuring } from './earning.ts'
import { share, sum } from './exact.ts'
import { giveBackParts } from './lots.ts'
import { isGone, remainsOf, storedBack } from './money.ts'
import { settleBurned } from './partners.ts'
import type { AuditedOrder, AuditedVoucher, VoucherUsed } from './records.ts'
import { dayAfter, dayAt, unitEnd } from './time.ts'

/** RED-5, RED-6, RED-7: what members have in hand, and what becomes of it. */

type End = NonNullable<AuditedVoucher['end']>

const no = (code: RefusalCode, shortBy: number | null = null): RequestAnswer => ({
  granted: false,
  refusal: { code, shortBy },
})

export const rewardOf = (book: Book, version: number | null, id: string): Reward | null =>
  programOf(book, version)?.rewards.get(id) ?? null

// ---- what it is worth by now -------------------------------------------------------------------------------------------

/** What uses have taken and refunds have not put back. */
const spentOf = ({ uses }: AuditedVoucher): number => sum(uses.map((use) => use.amount - use.back))

/** What has lapsed stays so, unless it was spent after all. */
const lapsedOf = (voucher: AuditedVoucher): number => {
  const unspent = Math.max(0, (voucher.value ?? 0) - spentOf(voucher))
  voucher.lapsed = Math.min(voucher.lapsed, unspent)
  return voucher.lapsed
}

/** Of an award that was taken back everything is; of a card as much as the card has back. */
const takenOf = (voucher: AuditedVoucher): number => {
  const rest = Math.max(0, (voucher.value ?? 0) - spentOf(voucher)) - lapsedOf(voucher)
  const isOfCard = /^card\/[^/]+\/\d+(\/\d+)?$/.test(voucher.id)
  if (voucher.taken > 0) voucher.taken = isOfCard ? Math.min(voucher.taken, rest) : rest
  return voucher.taken
}

export const leftOn = (voucher: AuditedVoucher): number | null =>
  voucher.value === null ? null : Math.max(0, voucher.value - spentOf(voucher)) - lapsedOf(voucher) - takenOf(voucher)

export function statusOf(voucher: AuditedVoucher): End | 'open' | 'used' {
  if (voucher.end !== null) return voucher.end
  return (voucher.value === null ? voucher.uses.length > 0 : leftOn(voucher) === 0 && takenOf(voucher) === 0)
    ? 'used'
    : 'open'
}

/** Whole in the member's hand, or a gift card with something left on it. */
export const canTake = (book: Book, id: string): boolean => {
  const voucher = book.vouchers.get(id)
  if (voucher === undefined || statusOf(voucher) !== 'open') return false
  return voucher.value === null ? voucher.uses.length === 0 : (leftOn(voucher) ?? 0) > 0
}

/** REF-5: what gave it steps back; of a gift card that was used what is left on it goes. */
export function takeVoucher(book: Book, id: string): void {
  const voucher = book.vouchers.get(id)
  if (voucher === undefined) return
  if (voucher.uses.length === 0) end(book, id, 'revoked')
  else voucher.taken += leftOn(voucher) ?? 0
}

/** Of the gift cards among these: what they are worth, what of it was used, and whether any ever was. */
export function stored(book: Book, ids: readonly string[]) {
  const cards = ids.flatMap((id) => {
    const voucher = book.vouchers.get(id)
    return voucher === undefined || voucher.value === null || statusOf(voucher) !== 'open' ? [] : [voucher]
  })
  const worth = sum(cards.map(({ value }) => value ?? 0))
  return { worth, spent: sum(cards.map(spentOf)), isTouched: cards.some(({ uses }) => uses.length > 0) }
}

// ---- coming and going --------------------------------------------------------------------------------------------------

/** The same id is the same voucher, unless it was taken back before. */
export function issue(
  book: Book,
  program: Program,
  reward: Reward,
  id: string,
  from: 'redemption' | 'award',
  local: LocalTime,
): void {
  const known = book.vouchers.get(id)
  const { expiry, kind } = reward
  const last = expiry.type === 'never' ? null : dayAfter(dayAt(local), expiry.life)
  const lastDay =
    expiry.type === 'life' && expiry.endOf !== null && last !== null ? unitEnd(last, expiry.endOf) - 1 : last
  if (known !== undefined && known.taken > 0 && statusOf(known) === 'open') {
    known.taken = 0
    known.lastDay = known.lastDay === null || lastDay === null ? null : Math.max(known.lastDay, lastDay)
  }
  if (known !== undefined && statusOf(known) !== 'revoked') return
  const value = kind.type === 'gift-card' ? kind.minor : null
  book.vouchers.set(id, {
    id,
    from,
    reward: reward.id,
    version: program.version,
    issued: local,
    lastDay,
    value,
    lapsed: 0,
    taken: 0,
    uses: [],
    end: null,
  })
}

export function end(book: Book, id: string, how: End): void {
  const voucher = book.vouchers.get(id)
  if (voucher === undefined || statusOf(voucher) !== 'open') return
  if (how === 'expired') voucher.lapsed += leftOn(voucher) ?? 0
  // What was taken of it may come again.
  if (how !== 'expired' || voucher.taken === 0) voucher.end = how
}

/** END-1: nothing stays in the hand of who is gone. */
export function revokeAll(book: Book): void {
  for (const id of book.vouchers.keys()) end(book, id, 'revoked')
}

// ---- what is asked -----------------------------------------------------------------------------------------------------

export function use(book: Book, event: VoucherUseAsked): RequestAnswer {
  const answer = event.answer ?? judgeUse(book, event)
  const voucher = book.vouchers.get(event.voucher)
  if (!answer.granted || voucher === undefined) return answer
  const [name, order] = [`${event.source}/${event.id}`, event.orderKey]
  voucher.uses.push({ id: name, order, amount: answer.amount, back: 0 })
  voucher.end = null
  if (order === null) return answer
  const used = { order, voucher: voucher.id, reward: voucher.reward, use: name, amount: answer.amount }
  book.used.push(used)
  // Whatever of the order has gone back before comes back at once, of a gift card its part.
  const known = book.orders.get(order)
  if (known === undefined) return answer
  if (voucher.value !== null || isGone(remainsOf(known.content, known.refunds))) {
    comeBack(book, known, used, event.stamp.local, 'member')
  }
  return answer
}

function judgeUse(book: Book, event: VoucherUseAsked): RequestAnswer {
  if (event.stamp.version === null) return no('program-not-started')
  const away = awayOf(book)
  if (away !== null) return no(away)
  const voucher = book.vouchers.get(event.voucher)
  if (voucher === undefined) return no('unknown-voucher')
  const status = statusOf(voucher)
  if (status !== 'open') return no(endedAs(status))
  const program = programOf(book, voucher.version)
  const reward = program?.rewards.get(voucher.reward)
  if (program === null || reward === undefined) throw new Error(`${voucher.id} is of no reward`)
  const granted = (amount: number): RequestAnswer => ({ granted: true, asset: program.currency.code, amount })
  const left = leftOn(voucher)
  if (left !== null) {
    const payable = event.basket === null ? left : Math.min(left, payableOf(event.basket))
    const asked = event.amount ?? payable
    if (asked > left) return no('short', asked - left)
    return asked === 0 ? no('nothing-left') : granted(asked)
  }
  const { kind, during } = reward
  if (kind.type === 'access' && during !== null && !isDuring(during, event.stamp.placeLocal)) return no('not-now')
  const beside = event.orderKey === null ? null : besideOthers(book, program, reward, event.orderKey)
  if (beside !== null) return no(beside)
  if (event.basket !== null) {
    const off = takenOff(book, program, reward, event.basket, event.stamp)
    return typeof off === 'number' ? granted(off) : no(...off)
  }
  if (reward.basket !== null || kind.type === 'percent-off') return no('basket-missing')
  return granted(kind.type === 'money-off' ? kind.minor : 0)
}

function besideOthers(book: Book, program: Program, reward: Reward, key: OrderKey): RefusalCode | null {
  const order = book.orders.get(key)
  if (order !== undefined && isGone(remainsOf(order.content, order.refunds))) return 'order-ended'
  const others = book.used.filter((each) => each.order === key).map((each) => program.rewards.get(each.reward))
  if (others.includes(reward)) return 'one-per-order'
  const inTheWay = others.filter((other) => other?.kind.type !== 'gift-card' && !(reward.together && other?.together))
  return inTheWay.length > 0 ? 'not-together' : null
}

function endedAs(status: Exclude<ReturnType<typeof statusOf>, 'open'>): RefusalCode {
  const codes = { used: 'already-used', returned: 'already-returned', given: 'already-given' } as const
  return status === 'expired' || status === 'revoked' ? status : codes[status]
}

/** The use came to nothing. */
export function restore(book: Book, event: VoucherRestoreAsked): RequestAnswer {
  const voucher = book.vouchers.get(event.voucher)
  const at = voucher?.uses.findIndex(({ id }) => id === event.use) ?? -1
  const judge = (): RequestAnswer => {
    if (event.stamp.version === null) return no('program-not-started')
    if (voucher === undefined) return no('unknown-voucher')
    const status = statusOf(voucher)
    if (status !== 'open' && status !== 'used') return no(endedAs(status))
    const use = voucher.uses[at]
    if (use === undefined || use.order !== event.orderKey) return no('unknown-use')
    const asset = programOf(book, voucher.version)?.currency.code ?? ''
    return { granted: true, asset, amount: use.amount - use.back }
  }
  const answer = event.answer ?? judge()
  if (!answer.granted || voucher === undefined || at === -1) return answer
  voucher.uses.splice(at, 1)
  voucher.end = null
  const noted = book.used.findIndex((each) => each.use === event.use)
  if (noted !== -1) book.used.splice(noted, 1)
  return answer
}

/** An unused one, or why there is none. */
function unused(book: Book, event: VoucherReturnAsked | VoucherGiveAsked): AuditedVoucher | RefusalCode {
  if (event.stamp.version === null) return 'program-not-started'
  const away = awayOf(book)
  if (away !== null) return away
  const voucher = book.vouchers.get(event.voucher)
  if (voucher === undefined) return 'unknown-voucher'
  const status = statusOf(voucher)
  if (status !== 'open') return endedAs(status)
  return voucher.uses.length > 0 ? 'already-used' : voucher
}

/** RED-6: the points back, the voucher over. */
export function giveBackForPrice(book: Book, event: VoucherReturnAsked): RequestAnswer {
  const paid = book.redemptions.get(event.voucher)
  const judge = (): RequestAnswer => {
    const isThere = event.stamp.version !== null && awayOf(book) === null
    if (isThere && burnsNoMore(programOf(book, event.stamp.version), event.stamp.local)) return no('closed')
    const voucher = unused(book, event)
    if (typeof voucher === 'string') return no(voucher)
    if (voucher.from === 'award' || paid?.state !== 'confirmed' || paid.returned > 0) return no('not-returnable')
    return { granted: true, asset: paid.asset, amount: paid.amount }
  }
  const answer = event.answer ?? judge()
  const voucher = book.vouchers.get(event.voucher)
  if (!answer.granted || voucher === undefined) return answer
  voucher.end = 'returned'
  payBack(book, event, 'member')
  return answer
}

function payBack(book: Book, event: VoucherReturnAsked | VoucherRevoked, by: 'member' | 'shop'): void {
  const paid = book.redemptions.get(event.voucher)
  const program = paid === undefined ? null : programOf(book, paid.version)
  if (paid === undefined || program === null) return
  const { local } = event.stamp
  const cause = `${event.source}/${event.id}`
  paid.returned = paid.amount
  paid.isUndone = true
  settleBurned(book, paid, cause)
  const grace = assetFor(book, local, paid.asset)?.lapsedReturns[by]
  const until = grace ? dayAfter(dayAt(local), grace) : null
  const occasion = { cause, rule: 'return', day: dayAt(local) }
  giveBackParts(book, occasion, 'redeemed', paid.asset, paid.parts, program, until)
}

/** RED-7: its worth to the charity, the voucher over. */
export function giveAway(book: Book, event: VoucherGiveAsked): RequestAnswer {
  const judge = (): RequestAnswer => {
    const voucher = unused(book, event)
    if (typeof voucher === 'string') return no(voucher)
    const instead = rewardOf(book, voucher.version, voucher.reward)?.instead ?? null
    if (instead === null) return no('not-givable')
    const asset = programOf(book, voucher.version)?.currency.code ?? ''
    return { granted: true, asset, amount: instead.minor }
  }
  const answer = event.answer ?? judge()
  const voucher = book.vouchers.get(event.voucher)
  const instead = voucher === undefined ? null : rewardOf(book, voucher.version, voucher.reward)?.instead
  if (!answer.granted || voucher === undefined || instead == null) return answer
  voucher.end = 'given'
  const { asset, amount } = answer
  const cause = `${event.source}/${event.id}`
  post(book, { cause, rule: voucher.reward, asset, from: 'issued', to: `charity:${instead.charity}`, amount })
  return answer
}

export function revoke(book: Book, event: VoucherRevoked): RequestAnswer {
  const voucher = book.vouchers.get(event.voucher)
  const judge = (): RequestAnswer => {
    if (voucher === undefined) return no('unknown-voucher')
    const status = statusOf(voucher)
    if (status !== 'open') return no(endedAs(status))
    if (event.priceBack) return judgePriceBack(book, event, voucher)
    return { granted: true, asset: programOf(book, voucher.version)?.currency.code ?? '', amount: leftOn(voucher) ?? 0 }
  }
  const answer = event.answer ?? judge()
  if (!answer.granted) return answer
  end(book, event.voucher, 'revoked')
  if (event.priceBack) payBack(book, event, 'shop')
  return answer
}

/** Staff may pay it back whatever the policy: of what was bought and not used, until nothing is spent any more. */
function judgePriceBack(book: Book, { stamp, voucher: id }: VoucherRevoked, voucher: AuditedVoucher): RequestAnswer {
  if (stamp.version === null) return no('program-not-started')
  if (burnsNoMore(programOf(book, stamp.version), stamp.local)) return no('closed')
  if (voucher.uses.length > 0) return no('already-used')
  const paid = book.redemptions.get(id)
  if (voucher.from === 'award' || paid?.state !== 'confirmed' || paid.returned > 0) return no('not-returnable')
  return { granted: true, asset: paid.asset, amount: paid.amount }
}

// ---- refunds -----------------------------------------------------------------------------------------------------------

/** An order stands differently: what it used of vouchers was never used where nothing of it is left; a gift card gets its part. */
export function returnUsed(
  book: Book,
  order: AuditedOrder,
  wasGone: boolean,
  local: LocalTime,
  by: 'member' | 'shop',
): void {
  const gone = isGone(remainsOf(order.content, order.refunds))
  for (const used of book.used.filter((each) => each.order === order.key)) {
    const voucher = book.vouchers.get(used.voucher)
    if (voucher === undefined) continue
    if (voucher.value !== null || (!wasGone && gone)) comeBack(book, order, used, local, by)
    else if (wasGone && !gone && voucher.uses.length === 0 && (voucher.end === null || voucher.end === 'expired')) {
      voucher.uses.push({ id: used.use, order: order.key, amount: used.amount, back: 0 })
      voucher.end = null
    }
  }
}

function comeBack(book: Book, order: AuditedOrder, used: VoucherUsed, local: LocalTime, by: 'member' | 'shop'): void {
  const voucher = book.vouchers.get(used.voucher)
  const found = voucher?.uses.find(({ id }) => id === used.use)
  if (voucher === undefined || found === undefined) return
  if (voucher.value === null) {
    if (statusOf(voucher) !== 'used' || (book.redemptions.get(voucher.id)?.returned ?? 0) > 0) return
    voucher.uses.length = 0
    if (by === 'shop' && (voucher.lastDay ?? dayAt(local)) < dayAt(local)) voucher.lastDay = dayAt(local) + 30
    return
  }
  if (voucher.end !== null && voucher.end !== 'expired') return
  const before = found.back
  found.back = isGone(remainsOf(order.content, order.refunds)) ? found.amount : share(found.amount, ...backOf(order))
  // RED-5: what came back is there for 30 days, and so is the rest of the card.
  if (found.back > before && voucher.lastDay !== null && voucher.lastDay < dayAt(local) + 30) {
    voucher.lastDay = dayAt(local) + 30
  }
  if (found.back !== before) voucher.end = null
}

/** Of what stored value paid, how much has come back: this part of that whole. */
function backOf({ content, refunds }: AuditedOrder): [number, number] {
  const paid = sum(content.payments.flatMap(({ by, amount }) => (by === 'points' || by === 'money' ? [] : [amount])))
  return [storedBack(remainsOf(content, refunds)), paid]
}
