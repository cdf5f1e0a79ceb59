import { mulDiv } from '../amounts/fraction.ts'
import { no, refuse } from '../answer.ts'
import { isClosed } from '../closing/closing.ts'
import { type Draft, emit, move } from '../draft.ts'
import type {
  PaidByPool,
  RedemptionCancel,
  RedemptionConfirm,
  RedemptionReserve,
  RefusalCode,
  RequestAnswer,
} from '../event.ts'
import { barToRedeeming } from '../footing/bars.ts'
import { awayOf, type FinishedHold, type Hold } from '../member.ts'
import { returnOwed } from '../orders/payment-back.ts'
import { partnerAhead, partnerOfHold, settleBurned } from '../partners/settle.ts'
import { assetOf } from '../points/asset-state.ts'
import { moveActivity } from '../points/idle.ts'
import { burn } from '../points/lots.ts'
import { totalOf } from '../points/parts.ts'
import { claimShortfalls, endClaims } from '../points/shortfalls.ts'
import { POOL, pointsBack, sendBack } from '../pools/share.ts'
import type { Price, Program, Reward } from '../program/program.ts'
import { programOf } from '../program/timeline.ts'
import { leftOfRoom } from '../rooms/grant.ts'
import { isDuring, isFor, type Situation } from '../rules/applies.ts'
import { countCap, periodStart, roomLeft } from '../rules/caps.ts'
import { letSeatGo } from '../seats/keep.ts'
import { keptSeat } from '../seats/kept.ts'
import { isForMember, isLimitReached, situationOf } from './for-member.ts'
import { fulfilRedemption, payeeOf, rewardOf } from './fulfil.ts'
import { type Piece, roomsOfPiece, sessionOf, takePiece } from './pieces.ts'

/** Holds the price of a reward. What was answered once stands, whatever the lots are by now (EVT-2). */
export function reserve(draft: Draft, event: RedemptionReserve): RequestAnswer {
  const answer = event.answer ?? judgeReserve(draft, event)
  const { paid } = event
  if (!answer.granted) {
    if (paid) sendBack(draft, event.redemption, paid)
    return refuse(draft, answer.refusal)
  }
  const { asset, amount } = answer
  const parts = paid ? holdPaid(draft, paid) : burn(draft, 'reserve', asset, 'held', amount)
  const kept = keptSeat(draft.member, event.reward, event.session ?? null)
  if (kept) letSeatGo(draft, kept)
  const cap = capOf(draft, event.reward, draft.version)
  const period = cap && periodStart(cap, event.stamp.local)
  const hold: Hold = {
    redemption: event.redemption,
    reward: event.reward,
    asset,
    amount,
    parts,
    untilAt: event.until.at,
    untilLocal: event.until.local,
    version: draft.version,
    ...(period === null ? null : { countedIn: period }),
    ...(event.session == null ? null : { session: event.session }),
    ...(paid ? { paidBy: paid.pool } : null),
    ...(draft.version === 0
      ? null
      : partnerAhead(draft, programOf(draft.timeline, draft.version), event.redemption, {
          asset,
          reward: event.reward,
        })),
  }
  countHold(draft, hold, 1)
  emit(draft, { type: 'hold', hold })
  emit(draft, { type: 'reserved', redemption: event.redemption, asset, amount })
  return answer
}

/** What a pool pays is held as it comes; no lot of the member's has to do with it. */
function holdPaid(draft: Draft, { asset, amount, parts }: PaidByPool): Hold['parts'] {
  move(draft, POOL, asset, 'transit', 'active', amount)
  move(draft, 'reserve', asset, 'active', 'held', amount)
  return parts
}

/** Refusals are found in the order of REFUSAL_CODES. */
function judgeReserve(draft: Draft, event: RedemptionReserve): RequestAnswer {
  if (event.stamp.version === null) return no('program-not-started')
  const program = programOf(draft.timeline, event.stamp.version)
  const bar = barToRedeeming(program, draft.member, event.stamp.local)
  if (bar !== null) return no(bar)
  const reward = program.rewards.get(event.reward)
  if (!reward) return no('unknown-reward')
  if (isKnown(draft, event.redemption)) return no('already-reserved')
  const situation = situationOf(draft, program, event.stamp)
  if (!isForMember(draft, reward, situation, event.stamp)) return no('not-for-member')
  if (reward.during && !isDuring(reward.during, event.stamp.placeLocal)) return no('not-now')
  const session = sessionOf(reward, event.session ?? null)
  if (session === undefined) return no('unknown-session')
  if (session !== null && session.starts <= event.stamp.placeLocal) return no('not-now')
  if (reward.price === null) return no('not-for-sale')
  const price = priceOf(reward.price, situation, event, program.currency.code)
  if (typeof price === 'string') return no(price)
  const { asset, amount } = price
  const { paid } = event
  if (paid && (paid.asset !== asset || paid.amount !== amount)) return no('price-changed')
  if (isLimitReached(draft, reward, event.stamp)) return no('limit-reached')
  const active = paid ? amount : assetOf(draft.member, asset).active
  if (amount > active) return no('short', amount - active)
  const isKept = keptSeat(draft.member, reward.id, event.session ?? null) !== undefined
  if (!isKept && isSoldOut(draft, { ...event, version: program.version })) return no('sold-out')
  return { granted: true, asset, amount }
}

/** How often a member may have a reward (RED-2); null: it is not said. */
const capOf = (draft: Draft, reward: string, version: number) =>
  programOf(draft.timeline, version).rewards.get(reward)?.cap ?? null

/** A reservation counts from the start, in the period of its own moment, and no longer once it has come to nothing. */
function countHold(draft: Draft, hold: Hold, change: 1 | -1): void {
  takePiece(draft, hold, change)
  countTimes(draft, hold, change)
}

/** Of a reward that a member can have so often. */
export function countTimes(draft: Draft, { reward, version, countedIn }: Hold, change: 1 | -1): void {
  const cap = countedIn === undefined ? null : capOf(draft, reward, version)
  if (cap && countedIn !== undefined) countCap(draft, cap, countedIn, change)
}

/** None is left for this request (RED-3). */
const isSoldOut = (draft: Draft, piece: Piece): boolean =>
  roomsOfPiece(draft, piece).some(({ room, whole }) => leftOfRoom(draft.grants, room, whole) < 1)

const isKnown = (draft: Draft, redemption: string): boolean =>
  draft.member.finished[redemption] !== undefined || draft.member.holds.some((hold) => hold.redemption === redemption)

/** Nothing, a fixed price by audience, or what the member chose within bounds and steps (RED-4). */
function priceOf(
  price: Price,
  situation: Situation,
  { points, payable }: RedemptionReserve,
  currency: string,
): { readonly asset: string; readonly amount: number } | RefusalCode {
  const isChosen = points !== null || payable != null
  switch (price.type) {
    case 'free':
      return isChosen ? 'price-fixed' : { asset: currency, amount: 0 }
    case 'fixed': {
      const choice = price.choices.find(({ audience }) => isFor(audience, situation))
      if (choice === undefined) return 'not-for-member'
      return isChosen ? 'price-fixed' : { asset: price.asset, amount: choice.amount }
    }
    case 'chosen': {
      const amount = points ?? price.least
      if (amount < price.least || amount === 0) return 'below-least'
      if (price.most !== null && amount > price.most) return 'above-most'
      if (amount % price.step !== 0) return 'off-step'
      // Points that nothing is left to be paid with would be lost.
      if (payable != null && worthOf(price, amount, Number.POSITIVE_INFINITY) > payable) return 'above-payable'
      return { asset: price.asset, amount }
    }
  }
}

/** Money that a chosen amount of points is worth, down to the minor unit, never more than what is payable (RED-4). */
export function worthOf(price: Extract<Price, { type: 'chosen' }>, points: number, payable: number): number {
  return Math.min(payable, mulDiv(points, price.worth.minor, price.worth.amount, 'floor'))
}

const holdOf = (draft: Draft, redemption: string): Hold | undefined =>
  draft.member.holds.find((hold) => hold.redemption === redemption)

export function confirm(draft: Draft, event: RedemptionConfirm): RequestAnswer {
  const answer = event.answer ?? judgeConfirm(draft, event)
  if (!answer.granted) return refuse(draft, answer.refusal)
  const hold = holdOf(draft, event.redemption)
  const ended = draft.member.finished[event.redemption]
  if (hold) {
    draft.version = hold.version
    const { program, reward } = rewardOf(draft, hold)
    move(draft, hold.reward, hold.asset, 'held', payeeOf(reward), hold.amount)
    endClaims(draft, hold.redemption)
    endConfirmed(draft, program, reward, hold, hold.parts)
    moveActivity(draft, program, 'redemption.confirmed')
    fulfilRedemption(draft, program, reward, hold)
    returnOwed(draft, hold.redemption)
  } else if (ended && ended.end !== 'confirmed') {
    draft.version = ended.version
    const { program, reward } = rewardOf(draft, ended)
    const parts = burn(draft, ended.reward, ended.asset, payeeOf(reward), ended.amount)
    countHold(draft, ended, 1)
    endConfirmed(draft, program, reward, ended, parts)
    moveActivity(draft, program, 'redemption.confirmed')
    fulfilRedemption(draft, program, reward, ended)
    returnOwed(draft, ended.redemption)
  }
  emit(draft, { type: 'confirmed', redemption: event.redemption, asset: answer.asset, amount: answer.amount })
  return answer
}

/** Burned: and where a partner stands for the reward, or was paid with it, the points are the partner's (PART-1). */
function endConfirmed(draft: Draft, program: Program, reward: Reward, hold: Hold, parts: Hold['parts']): void {
  const partner = payeeOf(reward) === 'redeemed' ? partnerOfHold(program, reward, hold) : null
  const settled = partner === null ? hold : { ...hold, partner }
  end(draft, settled, 'confirmed', parts)
  settleBurned(draft, settled, hold.amount)
}

/** After the time-out the points may still be free; else the answer is "expired" and how much is missing (RED-1). */
function judgeConfirm(draft: Draft, event: RedemptionConfirm): RequestAnswer {
  if (event.stamp.version === null) return no('program-not-started')
  const ended = draft.member.finished[event.redemption]
  // What is confirmed already burns nothing any more.
  const away = ended?.end === 'confirmed' ? null : awayOf(draft.member)
  if (away !== null) return no(away)
  // What was granted before the program's end, and what it asks for, is honoured until the end.
  const program = programOf(draft.timeline, event.stamp.version)
  if (ended?.end !== 'confirmed' && isClosed(program, event.stamp.local)) return no('closed')
  const hold = holdOf(draft, event.redemption)
  if (hold) return { granted: true, asset: hold.asset, amount: hold.amount }
  if (!ended) return no('unknown-redemption')
  switch (ended.end) {
    case 'confirmed':
      return { granted: true, asset: ended.asset, amount: ended.amount }
    case 'cancelled':
      return no('already-cancelled')
    case 'timed-out': {
      // What a pool has paid is back in the pool.
      if (ended.paidBy !== undefined) return no('expired', ended.amount)
      const active = assetOf(draft.member, ended.asset).active
      if (active < ended.amount) return no('expired', ended.amount - active)
      const cap = ended.countedIn === undefined ? null : capOf(draft, ended.reward, ended.version)
      if (cap && roomLeft(cap, draft.member, event.stamp.local) < 1) return no('limit-reached')
      if (isSoldOut(draft, ended)) return no('sold-out')
      return { granted: true, asset: ended.asset, amount: ended.amount }
    }
  }
}

export function cancel(draft: Draft, event: RedemptionCancel): RequestAnswer {
  const answer = event.answer ?? judgeCancel(draft, event)
  if (!answer.granted) return refuse(draft, answer.refusal)
  const hold = holdOf(draft, event.redemption)
  const ended = draft.member.finished[event.redemption]
  if (hold) release(draft, hold, 'cancelled')
  // The points are back already; that it was cancelled must be known all the same, or a confirmation would burn them.
  else if (ended?.end === 'timed-out') end(draft, ended, 'cancelled', ended.parts)
  const owed = draft.member.owed.find((known) => known.redemption === event.redemption)
  if (owed) emit(draft, { type: 'owe', redemption: event.redemption, owed: null })
  emit(draft, { type: 'cancelled', redemption: event.redemption, asset: answer.asset, amount: answer.amount })
  return answer
}

function judgeCancel(draft: Draft, event: RedemptionCancel): RequestAnswer {
  if (event.stamp.version === null) return no('program-not-started')
  const hold = holdOf(draft, event.redemption)
  if (hold) return { granted: true, asset: hold.asset, amount: hold.amount }
  const ended = draft.member.finished[event.redemption]
  if (!ended) return no('unknown-redemption')
  // A time-out has given the points back already: there is nothing left to do, and that is what was asked.
  return ended.end === 'confirmed'
    ? no('already-confirmed')
    : { granted: true, asset: ended.asset, amount: ended.amount }
}

/** Held points go back to where they came from: what was borne since first, then debt. */
export function release(draft: Draft, hold: Hold, how: 'cancelled' | 'timed-out'): void {
  draft.version = hold.version
  move(draft, how === 'cancelled' ? 'cancel' : 'time-out', hold.asset, 'held', 'active', hold.amount)
  const parts = claimShortfalls(draft, hold)
  pointsBack(draft, { ...hold, parts }, 0, totalOf(parts), { type: 'hold-ended' })
  countHold(draft, hold, -1)
  end(draft, hold, how, hold.parts)
}

function end(draft: Draft, hold: Hold, how: FinishedHold['end'], parts: Hold['parts']): void {
  const { redemption, reward, asset, amount, untilAt, untilLocal, version, countedIn, session, partner, paidBy } = hold
  const finished: FinishedHold = {
    redemption,
    reward,
    asset,
    amount,
    parts,
    untilAt,
    untilLocal,
    version,
    end: how,
    returned: 0,
    returnsFor: null,
    ...(countedIn === undefined ? null : { countedIn }),
    ...(session === undefined ? null : { session }),
    ...(partner === undefined ? null : { partner }),
    ...(paidBy === undefined ? null : { paidBy }),
  }
  emit(draft, { type: 'hold-ended', redemption, finished })
}
