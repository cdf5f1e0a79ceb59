import { mulDiv } from '../amounts/fraction.ts'
import { type Draft, emit, move, programOf } from '../draft.ts'
import type {
  RedemptionCancel,
  RedemptionConfirm,
  RedemptionReserve,
  Refusal,
  RefusalCode,
  RequestAnswer,
} from '../event.ts'
import { assetOf } from '../evolve.ts'
import { awayOf, type FinishedHold, type Hold } from '../member.ts'
import { burn, giveBack, moveActivity } from '../points/lots.ts'
import type { Price, Program, Reward } from '../program/program.ts'
import { isDuring, isFor, type Situation } from '../rules/applies.ts'
import { tiersOf } from '../rules/found.ts'

const no = (code: RefusalCode, shortBy: number | null = null): RequestAnswer => ({
  granted: false,
  refusal: { code, shortBy },
})

/** Holds the price of a reward. What was answered once stands, whatever the lots are by now (EVT-2). */
export function reserve(draft: Draft, event: RedemptionReserve): RequestAnswer {
  const answer = event.answer ?? judgeReserve(draft, event)
  if (!answer.granted) return refuse(draft, answer.refusal)
  const { asset, amount } = answer
  const parts = burn(draft, 'reserve', asset, 'held', amount)
  const hold: Hold = {
    redemption: event.redemption,
    reward: event.reward,
    asset,
    amount,
    parts,
    untilAt: event.until.at,
    untilLocal: event.until.local,
    version: draft.version,
  }
  emit(draft, { type: 'hold', hold })
  emit(draft, { type: 'reserved', redemption: event.redemption, asset, amount })
  return answer
}

/** Refusals are found in the order of REFUSAL_CODES. */
function judgeReserve(draft: Draft, event: RedemptionReserve): RequestAnswer {
  if (event.stamp.version === null) return no('program-not-started')
  const away = awayOf(draft.member)
  if (away !== null) return no(away)
  const program = programOf(draft.timeline, event.stamp.version)
  const reward = program.rewards.get(event.reward)
  if (!reward) return no('unknown-reward')
  if (isKnown(draft, event.redemption)) return no('already-reserved')
  const situation = situationOf(draft, program, event)
  if (!isFor(reward.audience, situation) || !holds(draft, reward, situation)) return no('not-for-member')
  if (reward.during && !isDuring(reward.during, event.stamp.placeLocal)) return no('not-now')
  if (reward.price === null || reward.price.type === 'free') return no('not-for-sale')
  const price = priceOf(reward.price, situation, event.points)
  if (typeof price === 'string') return no(price)
  const active = assetOf(draft.member, reward.price.asset).active
  if (price > active) return no('short', price - active)
  return { granted: true, asset: reward.price.asset, amount: price }
}

const isKnown = (draft: Draft, redemption: string): boolean =>
  draft.member.finished[redemption] !== undefined || draft.member.holds.some((hold) => hold.redemption === redemption)

function situationOf(draft: Draft, program: Program, event: RedemptionReserve): Situation {
  const { segments, tags, ladders } = draft.member
  return {
    away: awayOf(draft.member),
    tiers: tiersOf(program, ladders),
    segments,
    tags,
    place: null,
    channel: null,
    placeLocal: event.stamp.placeLocal,
  }
}

function holds(draft: Draft, reward: Reward, situation: Situation): boolean {
  if (!reward.when) return true
  const { segments, tags } = draft.member
  return reward.when.test({
    order: null,
    line: null,
    activity: null,
    member: { segments, tags, tiers: situation.tiers.map((tier) => tier.level) },
  })
}

/** A fixed price by audience (RED-4), or what the member chose within bounds and steps. */
function priceOf(
  price: Exclude<Price, { type: 'free' }>,
  situation: Situation,
  chosen: number | null,
): number | RefusalCode {
  switch (price.type) {
    case 'fixed': {
      for (const choice of price.choices) if (isFor(choice.audience, situation)) return choice.amount
      return 'not-for-member'
    }
    case 'chosen': {
      const amount = chosen ?? price.least
      if (amount < price.least || amount === 0) return 'below-least'
      if (price.most !== null && amount > price.most) return 'above-most'
      return amount % price.step === 0 ? amount : 'off-step'
    }
  }
}

/** Money that a chosen amount of points is worth, down to the minor unit, never more than what is payable (RED-4). */
export function worthOf(price: Extract<Price, { type: 'chosen' }>, points: number, payable: number): number {
  return Math.min(payable, mulDiv(points, price.worth.minor, price.worth.amount, 'floor'))
}

export function confirm(draft: Draft, event: RedemptionConfirm): RequestAnswer {
  const answer = event.answer ?? judgeConfirm(draft, event)
  if (!answer.granted) return refuse(draft, answer.refusal)
  const hold = draft.member.holds.find((candidate) => candidate.redemption === event.redemption)
  const ended = draft.member.finished[event.redemption]
  if (hold) {
    draft.version = hold.version
    move(draft, hold.reward, hold.asset, 'held', 'redeemed', hold.amount)
    end(draft, hold, 'confirmed', hold.parts)
    moveActivity(draft, programOf(draft.timeline, hold.version), 'redemption.confirmed')
  } else if (ended && ended.end !== 'confirmed') {
    draft.version = ended.version
    const parts = burn(draft, ended.reward, ended.asset, 'redeemed', ended.amount)
    end(draft, ended, 'confirmed', parts)
    moveActivity(draft, programOf(draft.timeline, ended.version), 'redemption.confirmed')
  }
  emit(draft, { type: 'confirmed', redemption: event.redemption, asset: answer.asset, amount: answer.amount })
  return answer
}

/** After the time-out the points may still be free; else the answer is "expired" and how much is missing (RED-1). */
function judgeConfirm(draft: Draft, event: RedemptionConfirm): RequestAnswer {
  if (event.stamp.version === null) return no('program-not-started')
  const ended = draft.member.finished[event.redemption]
  // What is confirmed already burns nothing any more.
  const away = ended?.end === 'confirmed' ? null : awayOf(draft.member)
  if (away !== null) return no(away)
  const hold = draft.member.holds.find((candidate) => candidate.redemption === event.redemption)
  if (hold) return { granted: true, asset: hold.asset, amount: hold.amount }
  if (!ended) return no('unknown-redemption')
  switch (ended.end) {
    case 'confirmed':
      return { granted: true, asset: ended.asset, amount: ended.amount }
    case 'cancelled':
      return no('already-cancelled')
    case 'timed-out': {
      const active = assetOf(draft.member, ended.asset).active
      if (active < ended.amount) return no('expired', ended.amount - active)
      return { granted: true, asset: ended.asset, amount: ended.amount }
    }
  }
}

export function cancel(draft: Draft, event: RedemptionCancel): RequestAnswer {
  const answer = event.answer ?? judgeCancel(draft, event)
  if (!answer.granted) return refuse(draft, answer.refusal)
  const hold = draft.member.holds.find((candidate) => candidate.redemption === event.redemption)
  const ended = draft.member.finished[event.redemption]
  if (hold) release(draft, hold, 'cancelled')
  // The points are back already; that it was cancelled must be known all the same, or a confirmation would burn them.
  else if (ended?.end === 'timed-out') end(draft, ended, 'cancelled', ended.parts)
  emit(draft, { type: 'cancelled', redemption: event.redemption, asset: answer.asset, amount: answer.amount })
  return answer
}

function judgeCancel(draft: Draft, event: RedemptionCancel): RequestAnswer {
  if (event.stamp.version === null) return no('program-not-started')
  const hold = draft.member.holds.find((candidate) => candidate.redemption === event.redemption)
  if (hold) return { granted: true, asset: hold.asset, amount: hold.amount }
  const ended = draft.member.finished[event.redemption]
  if (!ended) return no('unknown-redemption')
  // A time-out has given the points back already: there is nothing left to do, and that is what was asked.
  return ended.end === 'confirmed'
    ? no('already-confirmed')
    : { granted: true, asset: ended.asset, amount: ended.amount }
}

/** Held points go back to where they came from, debt first. */
export function release(draft: Draft, hold: Hold, how: 'cancelled' | 'timed-out'): void {
  draft.version = hold.version
  move(draft, how === 'cancelled' ? 'cancel' : 'time-out', hold.asset, 'held', 'active', hold.amount)
  giveBack(draft, hold.asset, hold.parts, 0, hold.amount, hold.version, { type: 'hold-ended' })
  end(draft, hold, how, hold.parts)
}

function end(draft: Draft, hold: Hold, how: FinishedHold['end'], parts: Hold['parts']): void {
  const { redemption, reward, asset, amount, untilAt, untilLocal, version } = hold
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
  }
  emit(draft, { type: 'hold-ended', redemption, finished })
}

function refuse(draft: Draft, refusal: Refusal): RequestAnswer {
  emit(draft, { type: 'refused', refusal })
  return { granted: false, refusal }
}
