import { badgePart, enteredPart, missedPart } from './awards/held.ts'
import { benefitPart } from './benefits/uses.ts'
import { cardPart } from './cards/filled.ts'
import { challengePart } from './challenges/challenge-state.ts'
import { endedPart } from './closing/ended.ts'
import { putRightPart } from './corrections/put-right.ts'
import type { Effect } from './effect.ts'
import { isOf } from './effect-families.ts'
import { armPart } from './experiments/arms.ts'
import { footingPart } from './footing/footing.ts'
import { boardPart } from './leaderboards/board-state.ts'
import { type LadderState, type LapsedLot, type Member, NOTHING_FOLDED } from './member.ts'
import { mergePart, noteUse, noteVoucher, rowsPart } from './merging/merged.ts'
import { occasionPart } from './occasions/kept.ts'
import { receiptPart } from './offers/receipt.ts'
import { applyHistory } from './orders/history.ts'
import { notedPart } from './orders/noted-refund.ts'
import { paidAheadPart } from './partners/paid-ahead.ts'
import { planPart } from './plans/held.ts'
import { applyLot, applyMove, applyStretch, isMemberAccount, isSamePart, movedAsset } from './points/asset-state.ts'
import { dropIndex, keepIndex, putPending } from './points/pending-list.ts'
import { shortfallPart } from './points/shortfall.ts'
import { belongingPart } from './pools/belonging.ts'
import { applyWallet } from './pools/wallet.ts'
import { friendPart, referralPart } from './referral/referral-state.ts'
import { calledOffPart } from './seats/called-off.ts'
import { seatPart } from './seats/kept.ts'
import { finished, type Steps } from './steps.ts'
import { changedEntries } from './tiers/entries.ts'
import { begunPart, convertedPart } from './transitions/transition-state.ts'
import { awaitingPart, voucherPart } from './vouchers/voucher.ts'

/**
 * The member after these effects. Nothing is judged here: an effect says what changes, and this writes it down. The argument
 * is left as it was.
 */
export function evolve(member: Member, effects: readonly Effect[]): Member {
  const next = copyOf(member)
  for (const effect of effects) apply(next, effect)
  return next
}

/** The same for decision after decision: the member is copied once, and time taken grows with their number, not with its square. */
export const evolveThrough = (member: Member, decisions: Iterable<readonly Effect[]>): Member =>
  finished(evolving(member, decisions))

/** The same with a rest now and then. */
export function* evolving(member: Member, decisions: Iterable<readonly Effect[]>): Steps<Member> {
  const next = copyOf(member)
  keepIndex(next.pending)
  let count = 0
  for (const effects of decisions) {
    for (const effect of effects) {
      apply(next, effect)
      count += 1
      if (count % EFFECTS_AT_ONCE === 0) yield
    }
  }
  dropIndex(next.pending)
  return next
}

/** A fraction of a millisecond's work. */
const EFFECTS_AT_ONCE = 100

/** A copy that may be written to: what `apply` changes in place is copied, what it replaces is shared. */
export function copyOf(member: Member): Member {
  return {
    ...member,
    assets: member.assets.map((state) => ({
      ...state,
      lots: state.lots.map((lot) => ({ ...lot })),
      lapsed: state.lapsed.slice(),
      stretches: state.stretches.slice(),
    })),
    pending: member.pending.slice(),
    holds: member.holds.slice(),
    counts: member.counts.map((count) => ({ ...count })),
    ladders: member.ladders.slice(),
    waiting: member.waiting.slice(),
    forfeited: member.forfeited.slice(),
    owed: member.owed.slice(),
    orders: { ...member.orders },
    finished: { ...member.finished },
  }
}

/** Writes one effect into a member that the caller owns. */
export function apply(member: Member, effect: Effect): void {
  if (isOf('remark', effect) || isOf('beyond', effect)) return
  switch (effect.type) {
    case 'move':
      noteUse(member, effect)
      // Money that the program pays for the member is no asset of theirs.
      if (isMemberAccount(effect.from) || isMemberAccount(effect.to))
        applyMove(movedAsset(member, effect.asset), effect)
      return
    case 'lot':
      applyLot(movedAsset(member, effect.asset).lots, effect)
      return
    case 'lapsed':
      putLapsed(movedAsset(member, effect.asset).lapsed, effect.lot)
      return
    case 'pending':
      putPending(member.pending, effect.entry)
      return
    case 'order':
      applyHistory(member, member.orders[effect.key], effect.record)
      member.orders[effect.key] = effect.record
      return
    case 'history':
      if (effect.history === null) delete member.history
      else member.history = effect.history
      return
    case 'hold': {
      // One that is open already took other lots than was thought: a late fact chose them anew.
      const { redemption } = effect.hold
      put(member.holds, effect.hold, (hold) => hold.redemption === redemption)
      // Or it has not ended after all.
      delete member.finished[redemption]
      return
    }
    case 'hold-ended':
      put(member.holds, null, (hold) => hold.redemption === effect.redemption)
      member.finished[effect.redemption] = effect.finished
      return
    case 'count': {
      member.counts = member.counts.filter((count) => count.cap !== effect.cap || count.period >= effect.dropBefore)
      if (effect.period < effect.dropBefore || effect.change === 0) return
      const count = member.counts.find((entry) => entry.cap === effect.cap && entry.period === effect.period)
      if (!count) member.counts.push({ cap: effect.cap, period: effect.period, used: effect.change })
      else if (count.used + effect.change === 0) member.counts.splice(member.counts.indexOf(count), 1)
      else count.used += effect.change
      return
    }
    case 'idle-stretch':
      applyStretch(movedAsset(member, effect.asset).stretches, effect.stretch, effect.kept)
      return
    case 'tier': {
      const known = member.ladders.find((state) => state.ladder === effect.ladder)
      const { entries, folded } = known ?? { entries: [], folded: NOTHING_FOLDED }
      putLadder(member, { ladder: effect.ladder, ...effect.standing, entries, folded })
      return
    }
    case 'ladder-gone':
      member.ladders = member.ladders.filter((state) => state.ladder !== effect.ladder)
      return
    case 'qualified': {
      const known = member.ladders.find((state) => state.ladder === effect.ladder)
      if (!known) return
      const entries = changedEntries(known.entries, effect.removed, effect.added)
      putLadder(member, { ...known, entries, folded: effect.folded })
      return
    }
    case 'wait':
      member.waiting.push(effect.event)
      return
    case 'wait-ended':
      put(member.waiting, null, (event) => event.source === effect.source && event.id === effect.id)
      return
    case 'owe':
      put(member.owed, effect.owed, (owed) => owed.redemption === effect.redemption)
      return
    case 'refund-noted':
      notedPart.apply(member, effect)
      return
    case 'shortfalls':
      shortfallPart.apply(member, effect)
      return
    case 'profile':
      member.joinedOn = effect.joinedOn
      member.segments = effect.segments
      member.tags = effect.tags
      return
    case 'status':
      member.frozen = effect.frozen
      member.left = effect.left
      return
    case 'footing':
      footingPart.apply(member, effect)
      return
    case 'ended':
      endedPart.apply(member, effect)
      return
    case 'begun':
      begunPart.apply(member, effect)
      return
    case 'put-right':
      putRightPart.apply(member, effect)
      return
    case 'converted':
      convertedPart.apply(member, effect)
      return
    case 'forfeited':
      put(member.forfeited, effect.part.amount === 0 ? null : effect.part, (part) => isSamePart(part, effect.part))
      return
    case 'head':
      member.seq += 1
      if (effect.position) member.head = effect.position
      member.firedLocal = effect.firedLocal
      member.firedAt = effect.firedAt
      return
    case 'voucher':
      noteVoucher(member, effect.voucher)
      voucherPart.apply(member, effect)
      return
    case 'used-for':
      awaitingPart.apply(member, effect)
      return
    case 'badge':
      badgePart.apply(member, effect)
      return
    case 'entered':
      enteredPart.apply(member, effect)
      return
    case 'missed':
      missedPart.apply(member, effect)
      return
    case 'seat':
      seatPart.apply(member, effect)
      return
    case 'called-off':
      calledOffPart.apply(member, effect)
      return
    case 'plan':
      planPart.apply(member, effect)
      return
    case 'paid-ahead':
      paidAheadPart.apply(member, effect)
      return
    case 'referral':
      referralPart.apply(member, effect)
      return
    case 'friend':
      friendPart.apply(member, effect)
      return
    case 'belonging':
      belongingPart.apply(member, effect)
      return
    case 'wallet':
      applyWallet(member, effect)
      return
    case 'occasion':
      occasionPart.apply(member, effect)
      return
    case 'card':
      cardPart.apply(member, effect)
      return
    case 'challenge':
      challengePart.apply(member, effect)
      return
    case 'leaderboard':
      boardPart.apply(member, effect)
      return
    case 'exposed':
      armPart.apply(member, effect)
      return
    case 'offer':
      receiptPart.apply(member, effect)
      return
    case 'rows-gone':
      rowsPart.apply(member, effect)
      return
    case 'merged':
      mergePart.apply(member, effect)
      return
    case 'benefit-used':
      benefitPart.apply(member, effect)
      return
  }
  effect satisfies never // each case returns: what is missing above does not compile
}

/** In the place of the one that is meant, or at the end; null takes that one out. */
function put<Item>(list: Item[], item: Item | null, isMeant: (item: Item) => boolean): void {
  const at = list.findIndex(isMeant)
  if (item === null) {
    if (at >= 0) list.splice(at, 1)
  } else if (at >= 0) list[at] = item
  else list.push(item)
}

const putLadder = (member: Member, state: LadderState): void =>
  put(member.ladders, state, ({ ladder }) => ladder === state.ladder)

const putLapsed = (lapsed: LapsedLot[], lot: LapsedLot): void =>
  put(
    lapsed,
    lot.amount === 0 ? null : lot,
    ({ priority, lastDay, lapsedOn }) =>
      priority === lot.priority && lastDay === lot.lastDay && lapsedOn === lot.lapsedOn,
  )
