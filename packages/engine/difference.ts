import { badgePart, enteredPart, missedPart } from './awards/held.ts'
import { benefitPart } from './benefits/uses.ts'
import { cardPart } from './cards/filled.ts'
import { challengePart } from './challenges/challenge-state.ts'
import { endedPart } from './closing/ended.ts'
import { putRightPart } from './corrections/put-right.ts'
import type { Effect } from './effect.ts'
import { armPart } from './experiments/arms.ts'
import { footingPart } from './footing/footing.ts'
import { isSame } from './is-same.ts'
import { boardPart } from './leaderboards/board-state.ts'
import type { AssetState, Member } from './member.ts'
import { listDifference } from './member-part.ts'
import { mergePart, rowsPart } from './merging/merged.ts'
import { occasionPart } from './occasions/kept.ts'
import { receiptPart } from './offers/receipt.ts'
import { notedPart } from './orders/noted-refund.ts'
import { paidAheadPart } from './partners/paid-ahead.ts'
import { planPart } from './plans/held.ts'
import { lotDifferences } from './points/asset-state.ts'
import { shortfallPart } from './points/shortfall.ts'
import { belongingPart } from './pools/belonging.ts'
import { poolWordsAfterReplay } from './pools/share.ts'
import { wordAfterReplay } from './referral/refer.ts'
import { friendPart, referralPart } from './referral/referral-state.ts'
import { calledOffPart } from './seats/called-off.ts'
import { seatPart } from './seats/kept.ts'
import type { Send } from './send.ts'
import type { Position } from './tidy-order.ts'
import { begunPart, convertedPart } from './transitions/transition-state.ts'
import { awaitingPart, voucherPart } from './vouchers/voucher.ts'

type Difference = (before: Member, after: Member, replayed: readonly Effect[]) => readonly Effect[]

/**
 * How a late fact changes each part of a member: one that is new does not compile until it stands here. Null: the effect of
 * another part says it, or no fact changes it. Orders come before the history that follows from them, and merges last.
 */
const DIFFERENCES = {
  assets: assetDifferences,
  pending: (before, after) =>
    listDifference(before.pending, after.pending, (entry, isThere) => ({
      type: 'pending',
      entry: isThere ? entry : { ...entry, amount: 0 },
    })),
  // And the rows that go with a merge: of orders, finished holds and vouchers.
  orders: (before, after) => [...orderDifferences(before, after), ...rowsPart.difference(before, after)],
  history: historyDifference,
  finished: finishedDifferences,
  holds: holdDifferences,
  counts: countDifferences,
  ladders: ladderDifferences,
  waiting: (before, after) =>
    listDifference(before.waiting, after.waiting, (event, isThere) =>
      isThere ? { type: 'wait', event } : { type: 'wait-ended', source: event.source, id: event.id },
    ),
  owed: (before, after) =>
    listDifference(before.owed, after.owed, (owed, isThere) => ({
      type: 'owe',
      redemption: owed.redemption,
      owed: isThere ? owed : null,
    })),
  noted: notedPart.difference,
  shortfalls: shortfallPart.difference,
  joinedOn: profileDifference,
  segments: null, // the profile, with `joinedOn`
  tags: null,
  frozen: statusDifference,
  left: null, // the status, with `frozen`
  footing: footingPart.difference,
  ended: endedPart.difference,
  begun: begunPart.difference,
  putRight: putRightPart.difference,
  converted: convertedPart.difference,
  forfeited: (before, after) =>
    listDifference(before.forfeited, after.forfeited, (part, isThere) => ({
      type: 'forfeited',
      part: isThere ? part : { ...part, amount: 0 },
    })),
  vouchers: voucherPart.difference,
  closed: null, // with those that are open
  usedFor: awaitingPart.difference,
  occasions: occasionPart.difference,
  plans: planPart.difference,
  keptSeats: seatPart.difference,
  calledOff: calledOffPart.difference,
  badges: badgePart.difference,
  entered: enteredPart.difference,
  missed: missedPart.difference,
  cards: cardPart.difference,
  challenges: challengePart.difference,
  boards: boardPart.difference,
  offers: receiptPart.difference,
  arms: armPart.difference,
  chance: null, // made of the ids
  benefitUses: benefitPart.difference,
  referral: referralPart.difference,
  friends: friendPart.difference,
  belongings: belongingPart.difference,
  wallet: null, // no fact happens to a pool
  paidAhead: paidAheadPart.difference,
  merged: mergePart.difference,
  aliases: null, // with the last merge
  seq: null, // the head, after everything
  head: null,
  firedLocal: null,
  firedAt: null,
} satisfies { readonly [Part in keyof Required<Member>]: Difference | null }

const differences: readonly Difference[] = Object.values(DIFFERENCES).filter((difference) => difference !== null)

/** Parts of a member with no difference of their own. */
export type PartWithoutDifference = {
  [Part in keyof typeof DIFFERENCES]: (typeof DIFFERENCES)[Part] extends null ? Part : never
}[keyof typeof DIFFERENCES]

/**
 * The effects that lead from one state of a member to another, beside the movements of the ledger, which come from the
 * corrections (LED-5): what the decision of a late fact stores, so that the fold of all stored effects stays the state. `head`
 * comes last and counts as one decision.
 */
export const differenceOf = (before: Member, after: Member, replayed: readonly Effect[]): Effect[] => [
  ...differences.flatMap((difference) => difference(before, after, replayed)),
  ...wordsAfterReplay(before, after),
  headOf(after.head, after),
]

/** What others have to be told otherwise: a replay sends nothing by itself. */
export function wordsAfterReplay(before: Member, after: Member): Send[] {
  const word = wordAfterReplay(before, after)
  return [...(word === null ? [] : [word]), ...poolWordsAfterReplay(before, after)]
}

/** A decision that changes nothing but the number of decisions: a late fact whose consequences stand in a later row. */
export const headOf = (position: Position | null, { firedLocal, firedAt }: Member): Effect => ({
  type: 'head',
  position,
  firedLocal,
  firedAt,
})

/** Of both states: what a late fact took away altogether is in the one before only. */
const assetsOf = (before: readonly AssetState[], after: readonly AssetState[]): string[] => [
  ...new Set([...before, ...after].map(({ asset }) => asset)),
]

function assetDifferences({ assets: before }: Member, { assets: after }: Member): Effect[] {
  const assets = assetsOf(before, after)
  const lapsed = assets.flatMap((asset) =>
    listDifference(
      stateOf(before, asset)?.lapsed,
      stateOf(after, asset)?.lapsed,
      (lot, isThere): Effect => ({ type: 'lapsed', asset, lot: isThere ? lot : { ...lot, amount: 0 } }),
    ),
  )
  const stretches = assets.flatMap((asset) =>
    listDifference(
      stateOf(before, asset)?.stretches,
      stateOf(after, asset)?.stretches,
      (stretch, kept): Effect => ({ type: 'idle-stretch', asset, stretch, kept }),
    ),
  )
  return [...lotDifferences(before, after), ...lapsed, ...stretches]
}

const stateOf = (states: readonly AssetState[], asset: string): AssetState | undefined =>
  states.find((state) => state.asset === asset)

function orderDifferences(before: Member, after: Member): Effect[] {
  return Object.entries(after.orders).flatMap(([key, record]): Effect[] =>
    isSame(before.orders[key], record) ? [] : [{ type: 'order', key, record }],
  )
}

/** The day of the last order is not told by records alone. */
function historyDifference({ history: before }: Member, { history }: Member): Effect[] {
  return isSame(before ?? null, history ?? null) ? [] : [{ type: 'history', history: history ?? null }]
}

function finishedDifferences(before: Member, after: Member): Effect[] {
  return Object.entries(after.finished).flatMap(([redemption, finished]): Effect[] =>
    isSame(before.finished[redemption], finished) ? [] : [{ type: 'hold-ended', redemption, finished }],
  )
}

function holdDifferences(before: Member, after: Member): Effect[] {
  const known = new Map(before.holds.map((hold) => [hold.redemption, hold]))
  return after.holds.flatMap((hold): Effect[] =>
    isSame(known.get(hold.redemption), hold) ? [] : [{ type: 'hold', hold }],
  )
}

/** Below every period, so that nothing is dropped by the way. */
const NEVER = Number.MIN_SAFE_INTEGER

function countDifferences(before: Member, after: Member): Effect[] {
  const used = (member: Member, cap: string, period: number): number =>
    member.counts.find((count) => count.cap === cap && count.period === period)?.used ?? 0
  const gone = before.counts.filter(({ cap, period }) => used(after, cap, period) === 0)
  return [...gone, ...after.counts].flatMap(({ cap, period }): Effect[] => {
    const change = used(after, cap, period) - used(before, cap, period)
    return change === 0 ? [] : [{ type: 'count', cap, period, change, dropBefore: NEVER }]
  })
}

function ladderDifferences(
  { ladders: before }: Member,
  { ladders: after }: Member,
  replayed: readonly Effect[],
): Effect[] {
  const gone = before.filter(({ ladder }) => !after.some((state) => state.ladder === ladder))
  const changed = after.flatMap((state): Effect[] => {
    const was = before.find((known) => known.ladder === state.ladder)
    if (isSame(was, state)) return []
    const { ladder, entries, folded, ...standing } = state
    // Why it stands where it stands is what the replay said last about it.
    const said = replayed.findLast((effect) => effect.type === 'tier' && effect.ladder === ladder)
    const reason = said?.type === 'tier' ? said.reason : 'kept'
    return [
      { type: 'tier', ladder, from: was?.level ?? null, to: state.level, reason, standing },
      { type: 'qualified', ladder, removed: was?.entries ?? [], added: entries, folded },
    ]
  })
  return [...gone.map(({ ladder }): Effect => ({ type: 'ladder-gone', ladder })), ...changed]
}

function profileDifference(before: Member, after: Member): Effect[] {
  const { joinedOn, segments, tags } = after
  const was = { joinedOn: before.joinedOn, segments: before.segments, tags: before.tags }
  return isSame(was, { joinedOn, segments, tags }) ? [] : [{ type: 'profile', joinedOn, segments, tags }]
}

function statusDifference(before: Member, after: Member): Effect[] {
  const { frozen, left } = after
  return isSame({ frozen: before.frozen, left: before.left }, { frozen, left })
    ? []
    : [{ type: 'status', frozen, left }]
}

/** Two states that decide alike: the order in which assets and counts first came up has no meaning. */
export function isSameState(a: Member, b: Member): boolean {
  return isSame(comparable(a), comparable(b))
}

function comparable(member: Member): object {
  // An asset that was looked at and never moved says nothing.
  const assets = member.assets.filter(
    ({ pending, active, held, debt, lapsed, stretches }) =>
      pending + active + held + debt + lapsed.length + stretches.length > 0,
  )
  return {
    ...member,
    seq: 0,
    // Made of ids, and there or not.
    chance: 0,
    // How far time was let pass is no part of what the facts come to.
    firedLocal: null,
    firedAt: null,
    assets: assets.toSorted((a, b) => (a.asset < b.asset ? -1 : 1)),
    counts: member.counts.toSorted((a, b) => (a.cap === b.cap ? a.period - b.period : a.cap < b.cap ? -1 : 1)),
    ladders: member.ladders.toSorted((a, b) => (a.ladder < b.ladder ? -1 : 1)),
  }
}
