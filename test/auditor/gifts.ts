import type { GiftReceived, GiftReturned, GiftSend, Program, RefusalCode, RequestAnswer } from '@laurel/engine'
import { redeemingBar } from './bars.ts'
import { assetOf, type Book, balance, post, programOf } from './book.ts'
import { programFor } from './declared.ts'
import { sum } from './exact.ts'
import { giveBackParts, land, stretchOn, takeParcels } from './lots.ts'
import { dayAt, unitStart } from './time.ts'

/** GIFT-1: points on their way from one member to another. */

const no = (code: RefusalCode, shortBy: number | null = null): RequestAnswer => ({
  granted: false,
  refusal: { code, shortBy },
})

export function send(book: Book, event: GiftSend): RequestAnswer {
  const program = programOf(book, event.stamp.version)
  const answer = event.answer ?? judge(book, program, event)
  if (!answer.granted) return answer
  const { asset, amount } = answer
  const cause = `${event.source}/${event.id}`
  const covered = sum(takeParcels(book, asset, amount, () => true).map((part) => part.amount))
  post(book, { cause, rule: 'gift', asset, from: 'active', to: 'transit', amount: covered })
  post(book, { cause, rule: 'gift', asset, from: 'debt', to: 'transit', amount: amount - covered })
  book.gifts.push({ asset, amount, on: dayAt(event.stamp.local) })
  return answer
}

function judge(book: Book, program: Program | null, { asset, amount, stamp }: GiftSend): RequestAnswer {
  if (program === null) return no('program-not-started')
  const bar = redeemingBar(book, program, stamp.local)
  if (bar !== null) return no(bar)
  const gifting = assetOf(program, asset)?.gifting ?? null
  if (gifting === null) return no('not-giftable')
  if (amount < gifting.least) return no('below-least', gifting.least - amount)
  const period = unitStart(dayAt(stamp.local), gifting.each)
  const before = book.gifts.filter((each) => each.asset === asset && unitStart(each.on, gifting.each) === period)
  if (sum(before.map((each) => each.amount)) + amount > gifting.most) return no('limit-reached')
  const short = amount - balance(book, asset, 'active')
  return short > 0 ? no('short', short) : { granted: true, asset, amount }
}

/** Into lots of the ends that the giver's had; silent is everybody for themselves. */
export function receive(book: Book, { source, id, stamp, asset, parts }: GiftReceived): void {
  const cause = `${source}/${id}`
  post(book, {
    cause,
    rule: 'gift',
    asset,
    from: 'transit',
    to: 'active',
    amount: sum(parts.map((each) => each.amount)),
  })
  for (const { priority, lastDay, amount } of parts) {
    if (lastDay === 'uncovered') continue
    const day = dayAt(stamp.local)
    const end = typeof lastDay === 'string' && lastDay !== 'never' ? stretchOn(book, asset, day) : lastDay
    land(book, { cause, rule: 'gift', day }, { asset, priority, lastDay: end, amount })
  }
}

/** As any burn that comes to nothing. */
export function takeBack(book: Book, { source, id, stamp, asset, parts }: GiftReturned): void {
  const cause = `${source}/${id}`
  const day = dayAt(stamp.local)
  const program = programFor(book, programOf(book, stamp.version), stamp.local, asset)
  post(book, {
    cause,
    rule: 'gift',
    asset,
    from: 'transit',
    to: 'active',
    amount: sum(parts.map((each) => each.amount)),
  })
  if (program !== null) giveBackParts(book, { cause, rule: 'gift', day }, null, asset, parts, program, day + 1)
}
