import { prorate } from '../amounts/prorate.ts'
import { granted, no, refuse } from '../answer.ts'
import { type Draft, emit, move } from '../draft.ts'
import type { RequestAnswer } from '../event.ts'
import type { FinishedHold } from '../member.ts'
import { assetOf } from '../points/asset-state.ts'
import { isForgotten } from '../points/gone.ts'
import { prolongIdle } from '../points/idle.ts'
import { burn, creditParts, giveBack, takeFromLots } from '../points/lots.ts'
import type { ActivePart } from '../points/parts.ts'
import { totalOf } from '../points/parts.ts'
import type { PoolPlan } from '../program/program.ts'
import { programOf } from '../program/timeline.ts'
import type { Send } from '../send.ts'
import type { SendName } from '../send-name.ts'
import type { AskedOfPool, PoolAsked, PoolTold, WordToPool } from './events.ts'
import { creditFresh, POOL, programNow, waive } from './share.ts'
import {
  evened,
  founderOf,
  isIn,
  type Participant,
  PEOPLE_MAX,
  stakesTaken,
  type Wallet,
  withStakes,
} from './wallet.ts'

/**
 * The pool's side (POOL-1): a wallet with lots and a chain of its own, to which nothing comes late, for everything that
 * happens to it is asked or told at its head.
 */
export function answerByPool(draft: Draft, event: PoolAsked, asks: AskedOfPool): RequestAnswer {
  evenStakes(draft)
  const answer = event.answer ?? judge(draft, event, asks)
  if (!answer.granted) return refuse(draft, answer.refusal)
  switch (asks.type) {
    case 'found':
    case 'join':
      letIn(draft, event.pool, asks)
      return answer
    case 'spend':
      spend(draft, event.pool, asks)
      return answer
    case 'close':
      close(draft, event.pool)
      return answer
  }
}

/** Refusals are found in the order of REFUSAL_CODES. */
function judge(draft: Draft, { stamp }: PoolAsked, asks: AskedOfPool): RequestAnswer {
  if (stamp.version === null) return no('program-not-started')
  const program = programOf(draft.timeline, stamp.version)
  const { wallet } = draft.member
  if (asks.type === 'found') {
    const plan = program.pools.get(asks.plan)
    if (!plan) return no('unknown-pool')
    return wallet ? no('pool-exists') : granted(plan.asset, 0)
  }
  if (!wallet) return no('unknown-pool')
  if (wallet.closed !== null) return no('pool-closed')
  const plan = planOf(draft, wallet)
  const own = 'member' in asks ? wallet.people.find(({ member }) => member === asks.member) : undefined
  const isThere = own !== undefined && isIn(own)
  switch (asks.type) {
    case 'join':
      if (!program.pools.has(wallet.plan)) return no('unknown-pool')
      if (isThere) return no('already-in-pool')
      if (own === undefined && wallet.people.length >= PEOPLE_MAX) return no('pool-full')
      return wallet.people.filter(isIn).length < plan.membersMax ? granted(wallet.asset, 0) : no('pool-full')
    case 'spend': {
      if (!isThere) return no('not-in-pool')
      if (plan.burn === 'founder' && founderOf(wallet) !== asks.member) return no('not-for-member')
      const missing = asks.amount - assetOf(draft.member, wallet.asset).active
      if (asks.asset !== wallet.asset || missing > 0) return no('short', Math.max(missing, 0))
      return granted(asks.asset, asks.amount)
    }
    case 'close':
      return granted(wallet.asset, 0)
  }
}

/** Where a version no longer has it, nobody comes in and nothing more is put in; what is there is spent by its last terms. */
function planOf({ timeline }: Draft, { plan: id }: Wallet): PoolPlan {
  const plan = timeline.findLast(({ program }) => program.pools.has(id))?.program.pools.get(id)
  if (!plan) throw new Error(`invariant: no version has the pool ${id}`)
  return plan
}

function letIn(draft: Draft, pool: string, asks: Extract<AskedOfPool, { type: 'found' | 'join' }>): void {
  const { wallet } = draft.member
  const { member } = asks
  const program = programOf(draft.timeline, draft.version)
  const plan = asks.type === 'found' ? asks.plan : (wallet?.plan ?? '')
  const asset = program.pools.get(plan)?.asset ?? ''
  const before = wallet ?? { plan, asset, closed: null, common: 0, people: [] }
  const known = before.people.find((each) => each.member === member)
  const newcomer = known ?? { member, put: 0, claimed: 0, from: member, round: 0, short: 0, took: 0, stake: 0 }
  write(draft, { ...before, people: replaced(before, { ...newcomer, since: draft.effective, until: null }) })
  emit(draft, {
    event: { asks: { asset, plan, type: 'enter' }, pool, type: 'pool.asked' },
    id: `enter/${draft.member.seq + 1}` satisfies SendName,
    to: member,
    type: 'send',
  })
}

/** The points leave the pool at once: two who ask for the last of them can never both have them (EVT-6). */
function spend(draft: Draft, pool: string, asks: Extract<AskedOfPool, { type: 'spend' }>): void {
  const { member, asset, amount, reservation } = asks
  const { wallet } = draft.member
  if (!wallet) return
  const stakes = stakesTaken(wallet, member, amount)
  const parts = burn(draft, POOL, asset, 'transit', amount)
  const { people, ...rest } = withStakes(wallet, stakes, -1)
  const took = people.map((each) => (each.member === member ? { ...each, took: each.took + amount } : each))
  write(draft, { ...rest, people: took })
  // What goes by inactivity goes by the pool's own: putting in and spending move it (LOT-2).
  prolongIdle(draft, asset)
  const { redemption, reward } = reservation
  const spent: FinishedHold = {
    ...{ redemption, reward, asset, amount, parts, untilAt: 0, untilLocal: draft.effective, version: draft.version },
    ...{ end: 'confirmed', returnsFor: null, returned: 0, drawn: { by: member, stakes, from: member, round: 0 } },
  }
  emit(draft, { type: 'hold-ended', redemption, finished: spent })
  const paid = { amount, asset, parts, pool }
  const send: Send = {
    event: { ...reservation, paid, type: 'redemption.reserve' },
    id: `spend/${redemption}` satisfies SendName,
    to: member,
    type: 'send',
  }
  emit(draft, send)
}

/**
 * Everybody gets their stake, and of what belongs to all a part in proportion to what they had put in. With nobody left to have
 * it, it is forfeited.
 */
function close(draft: Draft, pool: string): void {
  const { wallet } = draft.member
  if (!wallet) return
  const there = wallet.people.filter(isIn)
  const weights = there.map(({ put, claimed }) => Math.max(0, put - claimed))
  const even = weights.every((weight) => weight === 0) ? there.map(() => 1) : weights
  const parts = prorate(wallet.common, even)
  const closed = draft.effective
  const people = wallet.people.map((each) => ({ ...each, stake: 0, until: each.until ?? closed }))
  write(draft, { ...wallet, closed, common: 0, people })
  for (const [index, { member, stake }] of there.entries()) {
    shareOut(draft, pool, wallet.asset, member, stake + (parts[index] ?? 0), true)
  }
}

function shareOut(draft: Draft, pool: string, asset: string, to: string, amount: number, closes: boolean): void {
  const parts = burn(draft, POOL, asset, 'transit', amount)
  sendOut(draft, pool, asset, to, parts, closes)
}

function sendOut(
  draft: Draft,
  pool: string,
  asset: string,
  to: string,
  parts: readonly ActivePart[],
  closes: boolean,
): void {
  if (parts.length === 0 && !closes) return
  const id: SendName = `out/${draft.member.seq + 1}/${to}`
  const tells = { asset, closes, parts, type: 'out' } as const
  emit(draft, { event: { pool, tells, type: 'pool.told' }, id, to, type: 'send' })
}

export function hearOfMember(draft: Draft, { pool, from }: PoolTold, tells: WordToPool): void {
  evenStakes(draft)
  const { wallet } = draft.member
  const of = tells.type === 'claimed' ? (tells.of ?? from) : from
  const known = wallet?.people.find(({ member }) => member === of)
  if (!wallet) return
  switch (tells.type) {
    case 'put':
      if (known) receive(draft, pool, wallet, known, tells.parts)
      break
    case 'claimed':
      if (known) claim(draft, pool, wallet, known, from, tells)
      break
    case 'back':
      takeBack(draft, pool, wallet, from, tells)
      break
    case 'gone':
      if (known && isIn(known)) letGo(draft, pool, wallet, known)
      break
    case 'unpaid':
      letOff(draft, wallet, tells.amount)
      break
  }
  // Nobody could reach it here any more.
  const rest = assetOf(draft.member, wallet.asset).active
  if (wallet.closed !== null && rest > 0) passOn(draft, pool, from, rest)
}

/** Out of the stake of whoever gets it, and then out of what belongs to all. */
function passOn(draft: Draft, pool: string, to: string, amount: number): void {
  const { wallet } = draft.member
  if (!wallet) return
  write(draft, withStakes(wallet, stakesTaken(wallet, to, amount), -1))
  shareOut(draft, pool, wallet.asset, to, amount, wallet.closed !== null)
}

/** By the policy of this moment: what is put in stays, or remains a stake of the member's (`leaving`). */
function receive(draft: Draft, pool: string, wallet: Wallet, known: Participant, parts: readonly ActivePart[]): void {
  const { asset } = wallet
  const amount = totalOf(parts)
  const people = replaced(wallet, { ...known, put: known.put + amount })
  move(draft, POOL, asset, 'transit', 'active', amount)
  creditParts(draft, asset, parts)
  prolongIdle(draft, asset)
  const takesAlong = programNow(draft).pools.get(wallet.plan)?.leaving === 'take-share'
  const stake = { member: takesAlong ? known.member : null, amount }
  write(draft, withStakes({ ...wallet, people }, [stake], 1))
  // It was on its way when the member left.
  if (takesAlong && !isIn(known) && wallet.closed === null) passOn(draft, pool, known.member, amount)
}

/**
 * Refunds of orders whose points went here: from what is there and what has lapsed here. What the members have spent by then is
 * for the one to pay whose order came back (REF-2).
 */
function claim(
  draft: Draft,
  pool: string,
  wallet: Wallet,
  known: Participant,
  from: string,
  { total, round }: Claimed,
): void {
  if (from === known.from && round <= known.round) return
  const more = total - known.claimed
  const claimed = { ...known, claimed: total, from, round }
  if (more > 0) {
    const short = takeOut(draft, wallet, known.member, more)
    writePerson(draft, { ...claimed, short: known.short + short })
    sayShort(draft, pool, known.member, short)
    return
  }
  // Less than was thought: who has paid for it gets theirs first.
  const paid = Math.min(known.short, -more)
  bringBack(draft, wallet, -more - paid)
  writePerson(draft, { ...claimed, short: known.short - paid })
  sayShort(draft, pool, known.member, -paid)
}
type Claimed = Extract<WordToPool, { type: 'claimed' }>

/** Answers how much is not there any more. */
function takeOut(draft: Draft, wallet: Wallet, by: string, amount: number): number {
  const { asset } = wallet
  const there = Math.min(amount, assetOf(draft.member, asset).active)
  write(draft, withStakes(wallet, stakesTaken(wallet, by, there), -1))
  move(draft, POOL, asset, 'active', 'transit', there)
  takeFromLots(draft, asset, there)
  return amount - there - takeLapsed(draft, asset, amount - there)
}

function takeLapsed(draft: Draft, asset: string, amount: number): number {
  let left = amount
  for (const lapsed of assetOf(draft.member, asset).lapsed.slice()) {
    const taken = Math.min(left, lapsed.amount)
    if (taken === 0 || isForgotten(draft, lapsed.lapsedOn)) continue
    left -= taken
    move(draft, POOL, asset, 'expired', 'active', taken)
    move(draft, POOL, asset, 'active', 'transit', taken)
    emit(draft, { type: 'lapsed', asset, lot: { ...lapsed, amount: lapsed.amount - taken } })
  }
  return amount - left
}

function sayShort(draft: Draft, pool: string, to: string, amount: number): void {
  const { wallet, seq } = draft.member
  if (amount === 0 || !wallet) return
  const tells = { amount, asset: wallet.asset, type: 'short' } as const
  emit(draft, {
    event: { pool, tells, type: 'pool.told' },
    id: `short/${seq + 1}/${to}` satisfies SendName,
    to,
    type: 'send',
  })
}

/** A late fact shows that less was to be claimed: it comes back, with a fresh life. */
function bringBack(draft: Draft, wallet: Wallet, amount: number): void {
  move(draft, POOL, wallet.asset, 'transit', 'active', amount)
  creditFresh(draft, wallet.asset, amount)
  write(draft, { ...wallet, common: wallet.common + amount })
}

/** Who should have paid is not there any more. */
function letOff(draft: Draft, wallet: Wallet, amount: number): void {
  if (amount > 0) waive(draft, wallet.asset, amount)
  else bringBack(draft, wallet, -amount)
}

/** What a redemption gives back goes to the lots and to the stakes it came from, last taken first (LED-4). */
function takeBack(draft: Draft, pool: string, wallet: Wallet, from: string, { redemption, total, round }: Back): void {
  const spent = draft.member.finished[redemption]
  // Who was merged into another tells no more, and the other's numbers are their own (MRG-1).
  if (!spent?.drawn || (from === spent.drawn.from && round <= spent.drawn.round)) return
  const { asset, parts, version, returned, drawn } = spent
  const { by } = drawn
  const amount = total - returned
  const took = wallet.people.map((each) => (each.member === by ? { ...each, took: each.took - amount } : each))
  const next = { ...wallet, people: took }
  emit(draft, {
    type: 'hold-ended',
    redemption,
    finished: { ...spent, returned: total, drawn: { ...drawn, from, round } },
  })
  if (amount < 0) {
    sayShort(draft, pool, by, takeOut(draft, next, by, -amount))
    return
  }
  move(draft, POOL, asset, 'transit', 'active', amount)
  giveBack(draft, asset, { parts, version, cameBack: returned }, amount, { type: 'hold-ended' })
  write(draft, withStakes(next, stakesBack(drawn.stakes, returned, amount), 1))
}
type Back = Extract<WordToPool, { type: 'back' }>

type Drawn = NonNullable<FinishedHold['drawn']>

function stakesBack(stakes: Drawn['stakes'], cameBackBefore: number, amount: number): Drawn['stakes'] {
  let skip = cameBackBefore
  let missing = amount
  return stakes.toReversed().flatMap((taken) => {
    const left = taken.amount - Math.min(skip, taken.amount)
    skip -= taken.amount - left
    const back = Math.min(left, missing)
    missing -= back
    return back === 0 ? [] : [{ ...taken, amount: back }]
  })
}

/** The stake goes along; what was put in to stay, stays. */
function letGo(draft: Draft, pool: string, wallet: Wallet, known: Participant): void {
  const people = replaced(wallet, { ...known, stake: 0, until: draft.effective })
  write(draft, { ...wallet, people })
  shareOut(draft, pool, wallet.asset, known.member, known.stake, false)
}

/** As the wallet stands by now. */
function writePerson(draft: Draft, person: Participant): void {
  const { wallet } = draft.member
  const stake = wallet?.people.find(({ member }) => member === person.member)?.stake ?? 0
  if (wallet) write(draft, { ...wallet, people: replaced(wallet, { ...person, stake }) })
}

const replaced = ({ people }: Wallet, changed: Participant): Participant[] => [
  ...people.filter(({ member }) => member !== changed.member),
  changed,
]

/** After whatever moved the wallet's points without saying whose they were. */
export function evenStakes(draft: Draft): void {
  const { wallet } = draft.member
  if (!wallet) return
  // Nobody is left who could have it.
  if (wallet.closed !== null)
    burn(draft, 'forfeit', wallet.asset, 'forfeited', assetOf(draft.member, wallet.asset).active)
  const even = evened(wallet, assetOf(draft.member, wallet.asset).active)
  if (even !== wallet) write(draft, even)
}

/** Written down are only those who stand otherwise. */
function write(draft: Draft, wallet: Wallet): void {
  const before = new Map(draft.member.wallet?.people.map((each) => [each.member, each]))
  const people = wallet.people.filter((each) => !isSame(before.get(each.member), each))
  emit(draft, { type: 'wallet', wallet: { ...wallet, people } })
}

const isSame = (a: Participant | undefined, b: Participant): boolean =>
  a !== undefined &&
  a.since === b.since &&
  a.until === b.until &&
  a.put === b.put &&
  a.claimed === b.claimed &&
  a.from === b.from &&
  a.round === b.round &&
  a.short === b.short &&
  a.took === b.took &&
  a.stake === b.stake
