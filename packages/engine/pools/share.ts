import { mulDiv } from '../amounts/fraction.ts'
import { granted, no, refuse } from '../answer.ts'
import { type Draft, emit, move } from '../draft.ts'
import type { RequestAnswer } from '../event.ts'
import { awayOf, type FinishedHold, type Hold, type Member } from '../member.ts'
import { assetOf, compareLots } from '../points/asset-state.ts'
import {
  type Afterlife,
  burn,
  credit,
  creditParts,
  endOf,
  giveBack,
  lastPriority,
  takeFromLots,
} from '../points/lots.ts'
import { type LotPart, totalOf } from '../points/parts.ts'
import { claimedOf } from '../points/shortfall.ts'
import { boundShortfalls, forgetClaimed, noteShortfall } from '../points/shortfalls.ts'
import type { Program } from '../program/program.ts'
import { programAt, programOf } from '../program/timeline.ts'
import type { Send } from '../send.ts'
import type { SendName } from '../send-name.ts'
import { dayOf, type LocalDay } from '../time/local.ts'
import { type Belonging, belongingTo, currentPool, heldInPool } from './belonging.ts'
import type { AskedOfMember, PaidByPool, PoolAsked, PoolTold, WordToMember, WordToPool } from './events.ts'

/**
 * The member's side of a pool (POOL-1). What moves between the two goes through `transit` and stands as an answer in both chains;
 * what refunds claim back follows the facts, and is told to the pool as a total.
 */
export function answerAboutPool(draft: Draft, event: PoolAsked, asks: AskedOfMember): RequestAnswer {
  const answer = event.answer ?? judge(draft, event.pool, asks)
  if (!answer.granted) refuse(draft, answer.refusal)
  switch (asks.type) {
    case 'enter':
      if (answer.granted) enter(draft, event.pool, asks)
      else tell(draft, event.pool, { type: 'gone' }, 'gone')
      return answer
    case 'leave':
      if (answer.granted) leavePool(draft, event.pool)
      return answer
    case 'put':
      if (answer.granted) put(draft, event.pool, answer)
      return answer
  }
}

function judge(draft: Draft, pool: string, asks: AskedOfMember): RequestAnswer {
  const { member } = draft
  const known = belongingTo(member, pool)
  switch (asks.type) {
    case 'enter': {
      const away = awayOf(member)
      if (away !== null) return no(away)
      // That it has closed may be heard first.
      if (known?.closed) return no('pool-closed')
      return currentPool(member) ? no('already-in-pool') : granted(asks.asset, 0)
    }
    case 'leave':
      return known?.until === null ? granted(known.asset, 0) : no('not-in-pool')
    case 'put': {
      const amount = known ? Math.min(known.due - known.put, assetOf(member, known.asset).active) : 0
      return known && amount > 0 ? granted(known.asset, amount) : no('nothing-left')
    }
  }
}

/** Who comes again goes on where they left: what refunds may claim is still there. */
function enter(draft: Draft, pool: string, { plan, asset }: Extract<AskedOfMember, { type: 'enter' }>): void {
  const before = belongingTo(draft.member, pool) ?? NOTHING_PUT
  const { due, put, claimed, out, waived } = before
  write(draft, { pool, plan, asset, since: draft.effective, until: null, due, put, claimed, out, waived })
}

const NOTHING_PUT = { due: 0, put: 0, claimed: 0, out: 0, waived: 0 }

function leavePool(draft: Draft, pool: string): void {
  const known = belongingTo(draft.member, pool)
  if (!known) return
  write(draft, { ...known, until: draft.effective })
  tell(draft, pool, { type: 'gone' }, 'gone')
}

/** Nobody comes back who is erased; what is theirs in a pool stays there. */
export function leavePools(draft: Draft): void {
  const known = currentPool(draft.member)
  if (known) leavePool(draft, known.pool)
}

function put(draft: Draft, pool: string, { asset, amount }: Extract<RequestAnswer, { granted: true }>): void {
  const known = belongingTo(draft.member, pool)
  // What the member had before is their own, though it would be burnt first.
  const parts = burn(draft, POOL, asset, 'transit', amount, known?.waits)
  if (known) {
    const { waits: _, ...rest } = known
    write(draft, { ...rest, put: known.put + amount })
  }
  tell(draft, pool, { type: 'put', parts }, 'put')
}

export function hearOfPool(draft: Draft, { pool }: PoolTold, tells: WordToMember): void {
  switch (tells.type) {
    case 'out':
      receive(draft, pool, tells)
      return
    case 'short':
      if (tells.amount > 0) pay(draft, pool, tells.asset, tells.amount)
      else payLess(draft, pool, tells.asset, -tells.amount)
      return
  }
}

/** What left the pool for good arrives in lots of the same ends; a debt is repaid first (REF-3). */
function receive(draft: Draft, pool: string, { asset, parts, closes }: Extract<WordToMember, { type: 'out' }>): void {
  const amount = totalOf(parts)
  move(draft, POOL, asset, 'transit', 'active', amount)
  creditParts(draft, asset, parts)
  const known = belongingTo(draft.member, pool)
  // Whoever was in it has been merged into this member since, or has not entered yet.
  if (!known && !closes) return
  const never = { ...NOTHING_PUT, pool, plan: '', asset, since: draft.effective, until: null }
  const { out, until, ...before } = known ?? never
  const ended = closes ? { until: until ?? draft.effective, closed: true as const } : { until }
  write(draft, { ...before, ...ended, out: known ? out + amount : 0 })
}

/**
 * The pool has spent what a refund claims: it is taken from the member's own lots, and is a debt beyond these, by the program's
 * policy (REF-3). A debt of the pool's own would be left behind by leaving it.
 */
function pay(draft: Draft, pool: string, asset: string, amount: number): void {
  const there = Math.min(amount, assetOf(draft.member, asset).active)
  move(draft, POOL, asset, 'active', 'transit', there)
  takeFromLots(draft, asset, there)
  const { shortfall, limit } = programNow(draft).refunds
  const most = shortfall === 'waive' ? 0 : (limit.get(asset) ?? Number.POSITIVE_INFINITY)
  const debt = Math.min(amount - there, Math.max(0, most - assetOf(draft.member, asset).debt))
  move(draft, POOL, asset, 'debt', 'transit', debt)
  const waived = amount - there - debt
  waive(draft, asset, waived)
  emit(draft, { type: 'clawed-back', asset, amount, debt, waived })
  const known = belongingTo(draft.member, pool)
  if (known) write(draft, { ...known, waived: known.waived + waived })
  noteShortfall(draft, { asset, rule: 'shortfall-waived', of: known ? `pool:${pool}` : null }, waived)
}

/** What nobody has to pay goes on to `transit` all the same. */
export function waive(draft: Draft, asset: string, amount: number): void {
  move(draft, 'shortfall-waived', asset, 'adjusted', 'active', amount)
  move(draft, POOL, asset, 'active', 'transit', amount)
}

/** What was waived nobody has paid, so nobody gets it again; the rest comes back with a fresh life. */
function payLess(draft: Draft, pool: string, asset: string, amount: number): void {
  const known = belongingTo(draft.member, pool)
  const waived = (known?.waived ?? 0) - claimedOf(draft.member, `pool:${pool}`, asset, 'shortfall-waived')
  const unwaived = Math.min(waived, amount)
  move(draft, POOL, asset, 'transit', 'active', amount)
  move(draft, 'shortfall-waived', asset, 'active', 'adjusted', unwaived)
  creditFresh(draft, asset, amount - unwaived)
  if (!known) return
  write(draft, { ...known, waived: waived - unwaived })
  forgetClaimed(draft, `pool:${pool}`)
  boundShortfalls(draft, `pool:${pool}`, asset, 'shortfall-waived', waived - unwaived)
}

export function creditFresh(draft: Draft, asset: string, amount: number): void {
  const end = endOf(draft, programNow(draft), asset, '', dayOf(draft.effective))
  credit(draft, asset, amount, lastPriority(draft, asset), end)
}

export const programNow = (draft: Draft): Program =>
  draft.version === 0 ? programAt(draft.timeline, draft.effective) : programOf(draft.timeline, draft.version)

/** The rule of everything that moves between a member and a pool. */
export const POOL = 'pool'

/**
 * Of what has been earned and lies in this lot, usable now, the share is the pool's, down to the whole; what a debt has swallowed
 * is not shared. It goes there by a request of its own, so that a replay need not guess how much was sent.
 */
export function notePoolShare(draft: Draft, program: Program, asset: string, credited: LotPart): void {
  const known = currentPool(draft.member)
  if (!known || known.asset !== asset) return
  const more = shareOf(program, known.plan, credited.amount)
  if (more === 0) return
  const waits = known.waits ?? []
  const before = waits.find((lot) => compareLots(lot, credited) === 0)?.amount ?? 0
  const others = waits.filter((lot) => compareLots(lot, credited) !== 0)
  write(draft, { ...known, due: known.due + more, waits: [...others, { ...credited, amount: before + more }] })
}

function shareOf(program: Program, plan: string, amount: number): number {
  const share = program.pools.get(plan)?.share
  return share ? mulDiv(amount, share.numerator, share.denominator, 'floor') : 0
}

/**
 * Of points that became usable on these days, the share is in the pool that the member was in, and is claimed there (REF-2). Of
 * the day on which the member entered or left nobody knows which came before.
 */
export function claimShare(draft: Draft, asset: string, days: readonly LocalDay[], amount: number): number {
  const known = (draft.member.belongings ?? []).find(
    ({ asset: of, since, until }) =>
      of === asset && days.every((day) => day > dayOf(since) && (until === null || day < dayOf(until))),
  )
  if (!known || days.length === 0) return 0
  const share = shareOf(programNow(draft), known.plan, amount)
  return claimFromPools(draft, asset, share, (each) => (each === known ? heldInPool(each) : 0))
}

/** Refunds find in pools what the order's own lots no longer hold (REF-2): the last pool first, never more than was put in. */
export function claimFromPools(
  draft: Draft,
  asset: string,
  missing: number,
  mostOf: (known: Belonging) => number = heldInPool,
): number {
  let left = missing
  for (const known of (draft.member.belongings ?? []).toReversed()) {
    if (known.asset !== asset) continue
    const amount = Math.min(left, mostOf(known))
    if (amount <= 0) continue
    left -= amount
    move(draft, POOL, asset, 'transit', 'active', amount)
    // Where a correction has left less due than was put in, that much is neither any more.
    const due = Math.max(known.due, Math.min(known.put, known.due + amount))
    write(draft, { ...known, due, claimed: known.claimed + amount })
  }
  return missing - left
}

/** The lots' side of a redemption's points that come back to `active`: where a pool has paid, they go on to it. */
export function pointsBack(
  draft: Draft,
  hold: Hold,
  cameBackBefore: number,
  amount: number,
  afterlife: Afterlife,
): void {
  const { asset, parts, version, paidBy } = hold
  if (paidBy !== undefined) move(draft, POOL, asset, 'active', 'transit', amount)
  else giveBack(draft, asset, { parts, version, cameBack: cameBackBefore }, amount, afterlife)
}

/** Points that pay again after all; from the pool, where that had paid. */
export function pointsAgain(draft: Draft, { asset, paidBy }: Hold, amount: number): void {
  if (paidBy === undefined) {
    burn(draft, 'return-undone', asset, 'redeemed', amount)
    return
  }
  move(draft, POOL, asset, 'transit', 'active', amount)
  move(draft, 'return-undone', asset, 'active', 'redeemed', amount)
}

/** Points of a pool that come to nothing: the reservation they came with was refused. */
export function sendBack(draft: Draft, redemption: string, { pool, amount }: PaidByPool): void {
  emit(draft, backTo(pool, redemption, amount, draft.member.seq + 1))
}

/** What a decision makes the member tell pools when it is over, compared with what they were told before. */
export function tellPools(draft: Draft, before: Member['belongings'], asked: boolean): void {
  const { member } = draft
  const decision = member.seq + 1
  for (const [redemption, finished] of endedByPool(draft)) {
    const back = backOf(finished)
    if (finished.paidBy === undefined || (back === 0 && finished.returnsFor === null)) continue
    emit(draft, backTo(finished.paidBy, redemption, back, decision))
  }
  // Most members never were in one, and every order comes by here.
  if (member.belongings === undefined) return
  for (const word of claimsChanged(before, member.belongings, decision)) emit(draft, word)
  // What a request of this kind could not send stays until something else happens.
  if (!asked) for (const word of sharesDue(member, decision)) emit(draft, word)
}

/** Redemptions that a pool has paid for, as this decision leaves them. */
function endedByPool({ effects }: Draft): ReadonlyMap<string, FinishedHold> {
  let ended: Map<string, FinishedHold> | null = null
  for (const effect of effects) {
    if (effect.type !== 'hold-ended' || effect.finished.paidBy === undefined) continue
    ended ??= new Map()
    ended.set(effect.redemption, effect.finished)
  }
  return ended ?? NONE_ENDED
}
const NONE_ENDED: ReadonlyMap<string, FinishedHold> = new Map()

/** The same after a replay, which sends nothing: what was told stands until it is told otherwise (EVT-2). */
export function poolWordsAfterReplay(before: Member, after: Member): Send[] {
  const decision = before.seq + 1
  // While merged, somebody else has told of it (MRG-1).
  const isBack = before.left?.into !== undefined && after.left?.into === undefined
  const toldBefore = isBack ? undefined : before.belongings
  const redemptions = new Map<string, string>()
  for (const { finished } of [before, after]) {
    for (const { redemption, paidBy } of Object.values(finished)) if (paidBy) redemptions.set(redemption, paidBy)
  }
  const given = [...redemptions].flatMap(([redemption, pool]): Send[] => {
    const back = backOf(after.finished[redemption])
    return back === backOf(before.finished[redemption]) ? [] : [backTo(pool, redemption, back, decision)]
  })
  return [...claimsChanged(toldBefore, after.belongings, decision), ...given, ...sharesDue(after, decision)]
}

/** How much of its price a redemption has given back. */
function backOf(finished: FinishedHold | undefined): number {
  if (finished === undefined) return 0
  return finished.end === 'confirmed' ? finished.returned : finished.amount
}

/** What is no more was a merged member's, who tells of it again. */
function claimsChanged(before: Member['belongings'], after: Member['belongings'], decision: number): Send[] {
  return (after ?? []).flatMap(({ pool, as, claimed: total }): Send[] => {
    const told = before?.find((known) => known.pool === pool && known.as === as)?.claimed ?? 0
    if (total === told) return []
    const of = as ?? null
    return [sendTo(pool, { type: 'claimed', of, total, round: decision }, `claimed/${of ?? ''}/${decision}`)]
  })
}

/** A member asks themselves: the request is judged, kept and replayed like any other. */
function sharesDue(member: Member, decision: number): Send[] {
  return (member.belongings ?? []).flatMap(({ pool, as, asset, due, put }): Send[] => {
    if (due <= put || as !== undefined || assetOf(member, asset).active === 0) return []
    const event = { type: 'pool.asked', pool, asks: { type: 'put' } } as const
    return [{ type: 'send', id: `pool/${pool}/share/${decision}` satisfies SendName, to: null, event }]
  })
}

const backTo = (pool: string, redemption: string, total: number, round: number): Send =>
  sendTo(pool, { type: 'back', redemption, total, round }, `back/${redemption}/${round}`)

const sendTo = (pool: string, tells: WordToPool, what: string): Send => ({
  event: { pool, tells, type: 'pool.told' },
  id: `pool/${pool}/${what}` satisfies SendName,
  to: walletOf(pool),
  type: 'send',
})

/** At most one of a kind in one decision. */
const tell = (draft: Draft, pool: string, word: WordToPool, what: string): void =>
  emit(draft, sendTo(pool, word, `${what}/${draft.member.seq + 1}`))

/** Under which id a pool's wallet has its chain; no member's id begins like this. */
export const walletOf = (pool: string): string => `${WALLETS}${pool}`
export const WALLETS = 'pool:'

function write(draft: Draft, belonging: Belonging): void {
  const { pool, as } = belonging
  emit(draft, { type: 'belonging', pool, ...(as === undefined ? null : { as }), belonging })
}

/** What a merged member has in pools that they have left: their refunds claim it from here on (MRG-1). */
export function bringBelongings(draft: Draft, { belongings = [] }: Member, from: string): void {
  for (const known of belongings)
    write(draft, { ...known, as: known.as ?? from, until: known.until ?? draft.effective })
}
