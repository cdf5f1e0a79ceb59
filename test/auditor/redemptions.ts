import type {
  LocalTime,
  Program,
  RedemptionCancel,
  RedemptionConfirm,
  RedemptionReserve,
  RefusalCode,
  RequestAnswer,
  Reward,
} from '@laurel/engine'
import { giveAwarded } from './awards.ts'
import { burnsNoMore, redeemingBar } from './bars.ts'
import { awayOf, type Book, balance, inForceAt, post, programOf } from './book.ts'
import { payBorne } from './borne.ts'
import { usedOf } from './caps.ts'
import { assetFor, programFor } from './declared.ts'
import { isAmong, isDuring } from './earning.ts'
import { exact, rounded, sum } from './exact.ts'
import { giveBackParts, takeParcels } from './lots.ts'
import { partnerAhead, partnerOfReward, settleBurned } from './partners.ts'
import { memberFactsOf, pastOf, traitsOf } from './past.ts'
import type { Redemption } from './records.ts'
import { dayAt } from './time.ts'
import { issue, rewardOf } from './vouchers.ts'

/** RED: reserve, confirm, cancel. A stored answer is honoured as it is (EVT-2); only what has none is judged. */

const no = (code: RefusalCode, shortBy: number | null = null): RequestAnswer => ({
  granted: false,
  refusal: { code, shortBy },
})
const yes = (asset: string, amount: number): RequestAnswer => ({ granted: true, asset, amount })

export function reserve(book: Book, event: RedemptionReserve): RequestAnswer {
  const answer = event.answer ?? judgeReserve(book, event)
  const cause = `${event.source}/${event.id}`
  const { redemption: id, until } = event
  const known = { id, version: event.stamp.version, reward: event.reward, reservedAt: event.stamp.local }
  const held = {
    ...known,
    untilAt: until.at,
    untilLocal: until.local,
    returned: 0,
    isUndone: false,
    partner: null,
    paidToPartner: 0,
  }
  if (answer.granted) {
    const { asset, amount } = answer
    const parts = hold(book, event, asset, amount, 'held', cause, 'reserve')
    const redemption: Redemption = { ...held, asset, amount, parts, state: 'held' }
    book.redemptions.set(id, redemption)
    partnerAhead(book, redemption)
  } else if (!book.redemptions.has(id)) {
    book.redemptions.set(id, { ...held, asset: '', amount: 0, parts: [], state: 'refused' })
  }
  return answer
}

function judgeReserve(book: Book, event: RedemptionReserve): RequestAnswer {
  const program = programOf(book, event.stamp.version)
  if (program === null) return no('program-not-started')
  const bar = redeemingBar(book, program, event.stamp.local)
  if (bar !== null) return no(bar)
  const reward = program.rewards.get(event.reward)
  if (reward === undefined) return no('unknown-reward')
  const known = book.redemptions.get(event.redemption)
  if (known !== undefined && known.state !== 'refused') return no('already-reserved')
  const found = traitsOf(book, program, event.stamp.local)
  const member = memberFactsOf({ ...found, past: pastOf(book) }, event.stamp.local)
  const scope = { order: null, line: null, activity: null, member }
  // A partner's reward is the partner's wherever it is asked for.
  const audience = { ...reward.audience, partners: [] }
  if (!isAmong(audience, found, null, null) || (reward.when !== null && !reward.when.test(scope))) {
    return no('not-for-member')
  }
  if (reward.during !== null && !isDuring(reward.during, event.stamp.placeLocal)) return no('not-now')
  const { price } = reward
  if (price === null) return no('not-for-sale')
  const amount = amountOf(price, event, (audience) => isAmong(audience, found, null, null))
  if (typeof amount !== 'number') return amount
  if (isLimited(book, reward, event.stamp.local)) return no('limit-reached')
  if (price.type === 'free') return yes(program.currency.code, 0)
  const short = amount - balance(book, price.asset, 'active')
  return short > 0 ? no('short', short) : yes(price.asset, amount)
}

/** RED-2: a reservation counts from the start; what came to nothing, or went back for its price, does not. */
function isLimited(book: Book, { id, cap }: Reward, local: LocalTime): boolean {
  if (cap === null) return false
  const uses = [...book.redemptions.values()]
    .filter(({ reward, state, isUndone }) => reward === id && !isUndone && (state === 'held' || state === 'confirmed'))
    .map(({ reservedAt: at }) => ({ cap: cap.id, local: at, placeLocal: at, order: null, change: 1 }))
  return cap.most - usedOf(uses, cap, { local, placeLocal: local }) < 1
}

function amountOf(
  price: Exclude<Reward['price'], null>,
  { points: wished, payable }: RedemptionReserve,
  holds: (audience: Reward['audience']) => boolean,
): number | RequestAnswer {
  const orItsPrice = (amount: number) => (wished === null && payable == null ? amount : no('price-fixed'))
  switch (price.type) {
    case 'free':
      return orItsPrice(0)
    case 'fixed': {
      const choice = price.choices.find(({ audience }) => holds(audience))
      return choice === undefined ? no('not-for-member') : orItsPrice(choice.amount)
    }
    case 'chosen': {
      const amount = wished ?? price.least
      if (amount < price.least || amount === 0) return no('below-least')
      if (price.most !== null && amount > price.most) return no('above-most')
      if (amount % price.step !== 0) return no('off-step')
      const worth = rounded(exact(amount * price.worth.minor, price.worth.amount), 'floor')
      return payable != null && worth > payable ? no('above-payable') : amount
    }
  }
}

/** Moves points out of `active`; what no lot covers becomes debt, whatever the limit (EVT-2). */
function hold(
  book: Book,
  event: RedemptionReserve | RedemptionConfirm,
  asset: string,
  amount: number,
  to: 'held' | 'redeemed' | `charity:${string}`,
  cause: string,
  rule: string,
): Redemption['parts'] {
  const parts = takeParcels(book, asset, amount, () => true)
  const covered = sum(parts.map((part) => part.amount))
  post(book, { cause, rule, asset, from: 'active', to, amount: covered })
  post(book, { cause, rule, asset, from: 'debt', to, amount: amount - covered })
  if (covered === amount) return parts
  const priority = assetFor(book, event.stamp.local, asset)?.burnOrder.length ?? 0
  return [...parts, { priority, lastDay: 'uncovered', amount: amount - covered }]
}

export function confirm(book: Book, event: RedemptionConfirm): RequestAnswer {
  const known = book.redemptions.get(event.redemption)
  const answer = event.answer ?? judgeConfirm(book, event, known)
  if (!answer.granted || known === undefined) return answer
  const cause = `${event.source}/${event.id}`
  const { asset, amount } = known
  const program = programOf(book, known.version)
  const reward = program?.rewards.get(known.reward)
  if (known.state === 'confirmed' || program === null || reward === undefined) return answer
  const to = reward.kind.type === 'donation' ? (`charity:${reward.kind.charity}` as const) : 'redeemed'
  if (known.state === 'held') post(book, { cause, rule: 'confirm', asset, from: 'held', to, amount })
  else known.parts = hold(book, event, asset, amount, to, cause, 'confirm')
  known.state = 'confirmed'
  partnerOfReward(book, known)
  settleBurned(book, known, cause)
  fulfil(book, program, reward, known.id, cause, event.stamp.local)
  return answer
}

/** What the price buys. */
function fulfil(book: Book, program: Program, reward: Reward, id: string, cause: string, local: LocalTime): void {
  switch (reward.kind.type) {
    case 'pay-with-points':
    case 'donation':
    case 'partner-exchange':
      return
    case 'exchange': {
      const { asset, amount } = reward.kind
      giveAwarded(book, program, { rule: reward.id, id: `redemption/${id}` }, asset, amount, cause, local)
      return
    }
    case 'money-off':
    case 'percent-off':
    case 'free-shipping':
    case 'product':
    case 'custom':
    case 'gift-card':
    case 'experience':
    case 'access':
      issue(book, program, reward, id, 'redemption', local)
      return
  }
}

function judgeConfirm(book: Book, event: RedemptionConfirm, known: Redemption | undefined): RequestAnswer {
  if (event.stamp.version === null) return no('program-not-started')
  const away = awayOf(book)
  if (away !== null && known?.state !== 'confirmed') return no(away)
  const isOver = burnsNoMore(programOf(book, event.stamp.version), event.stamp.local)
  if (isOver && known?.state !== 'confirmed') return no('closed')
  if (known === undefined) return no('unknown-redemption')
  switch (known.state) {
    case 'refused':
      return no('unknown-redemption')
    case 'cancelled':
      return no('already-cancelled')
    case 'confirmed':
    case 'held':
      return yes(known.asset, known.amount)
    case 'timed-out': {
      const short = known.amount - balance(book, known.asset, 'active')
      if (short > 0) return no('expired', short)
      const reward = rewardOf(book, known.version, known.reward)
      if (reward !== null && isLimited(book, reward, event.stamp.local)) return no('limit-reached')
      return yes(known.asset, known.amount)
    }
  }
}

export function cancel(book: Book, event: RedemptionCancel): RequestAnswer {
  const known = book.redemptions.get(event.redemption)
  const answer = event.answer ?? judgeCancel(event, known)
  if (answer.granted && known?.state === 'held') {
    release(book, known, `${event.source}/${event.id}`, event.stamp.local)
    known.state = 'cancelled'
  }
  // Cancelled after its time-out it is cancelled all the same: no confirmation burns the points any more.
  if (answer.granted && known?.state === 'timed-out') known.state = 'cancelled'
  return answer
}

function judgeCancel(event: RedemptionCancel, known: Redemption | undefined): RequestAnswer {
  if (event.stamp.version === null) return no('program-not-started')
  if (known === undefined) return no('unknown-redemption')
  switch (known.state) {
    case 'refused':
      return no('unknown-redemption')
    case 'confirmed':
      return no('already-confirmed')
    // The points are back already: that is what was asked.
    case 'cancelled':
    case 'timed-out':
    case 'held':
      return yes(known.asset, known.amount)
  }
}

export function timeOut(book: Book, redemption: Redemption, cause: string, local: LocalTime): void {
  release(book, redemption, cause, local)
  redemption.state = 'timed-out'
}

/** What is reserved comes free. */
export function endReservations(book: Book, cause: string, local: LocalTime): void {
  for (const redemption of book.redemptions.values()) {
    if (redemption.state !== 'held') continue
    release(book, redemption, cause, local)
    redemption.state = 'cancelled'
  }
}

/** LOT-3: a hold that ends after the date of its points leaves them usable for a day. */
function release(book: Book, redemption: Redemption, cause: string, local: number): void {
  const { asset, amount } = redemption
  const program = programFor(book, inForceAt(book, local), local, asset)
  if (program === null) return
  const day = dayAt(local)
  post(book, { cause, rule: 'release', asset, from: 'held', to: 'active', amount })
  const parts = payBorne(book, redemption.id, asset, redemption.parts, cause)
  giveBackParts(book, { cause, rule: 'release', day }, null, asset, parts, program, day + 1)
}
