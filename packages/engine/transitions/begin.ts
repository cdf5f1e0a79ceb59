import { type Draft, emit } from '../draft.ts'
import type { LadderState, Lot, Member } from '../member.ts'
import { assetOf } from '../points/asset-state.ts'
import { keepIdle } from '../points/idle.ts'
import { credit, lapseOf } from '../points/lots.ts'
import { type IdleEnd, isIdle } from '../points/parts.ts'
import type { Ladder, LevelOf, LevelTransition, Program, Timeline, Transitions } from '../program/program.ts'
import { type Reign, reignsOf } from '../program/timeline.ts'
import { firstState, indexOf, judgeLadder, ladderStateOf } from '../tiers/judge.ts'
import { dayOf, type LocalTime } from '../time/local.ts'
import type { Voucher } from '../vouchers/voucher.ts'
import { statementsOf } from './statements.ts'

/** A version's start, and what it says there of what members hold. */
export interface Beginning {
  readonly due: LocalTime
  readonly program: Program
  /** The instant of `due`. */
  readonly dueAt: number
  /** Without what the version before said already. */
  readonly says: Transitions
}

const beginningsByTimeline = new WeakMap<Timeline, readonly Beginning[]>()

/** In their order; a version that begins with nothing to say of what members hold is none. */
function beginningsOf(timeline: Timeline): readonly Beginning[] {
  const known = beginningsByTimeline.get(timeline)
  if (known) return known
  const reigns = reignsOf(timeline)
  const beginnings = reigns.flatMap(({ program, from, fromAt }: Reign, index): Beginning[] => {
    const before = reigns[index - 1]?.program.transitions
    if (before === undefined) return []
    const says = newIn(before, program.transitions)
    const isSilent = Object.values(says).every((each: ReadonlyMap<string, unknown>) => each.size === 0)
    return isSilent ? [] : [{ due: from, dueAt: fromAt, program, says }]
  })
  beginningsByTimeline.set(timeline, beginnings)
  return beginnings
}

function newIn(before: Transitions, next: Transitions): Transitions {
  const fresh = <Value>(was: ReadonlyMap<string, Value>, is: ReadonlyMap<string, Value>): ReadonlyMap<string, Value> =>
    new Map([...is].filter(([id, value]) => JSON.stringify(was.get(id)) !== JSON.stringify(value)))
  return {
    assets: fresh(before.assets, next.assets),
    levels: fresh(before.levels, next.levels),
    rewards: fresh(before.rewards, next.rewards),
    cards: fresh(before.cards, next.cards),
    challenges: fresh(before.challenges, next.challenges),
    memberships: fresh(before.memberships, next.memberships),
    pools: fresh(before.pools, next.pools),
    // What is called off is given back seat by seat, by whoever keeps the lines (TRN-6).
    sessions: new Map(),
    // No member's state knows of a draw before it gives.
    draws: new Map(),
  }
}

/** The last version's start, of those with something to say, that is over; null: there was none. */
export const lastBeginning = (timeline: Timeline, now: LocalTime): Beginning | null =>
  beginningsOf(timeline).findLast(({ due }) => due <= now) ?? null

/** How far a member's time has gone, by both clocks. */
export interface Passed {
  readonly local: LocalTime | null
  readonly at: number | null
}

/** The next version's start at which this member has something to go through. */
export function beginningAhead(timeline: Timeline, member: Member, passed: Passed): Beginning | null {
  return (
    beginningsOf(timeline).find((beginning) => {
      const { due, dueAt } = beginning
      if (member.begun !== undefined && member.begun >= due) return false
      if (isToConvert(timeline, member, due)) return true
      // What came after the version's start is not what it found.
      const isOver =
        (member.head?.[0] ?? dueAt) >= dueAt ||
        (passed.local !== null && passed.local > due) ||
        (passed.at !== null && passed.at >= dueAt)
      return !isOver && isConcerned(timeline, member, beginning)
    }) ?? null
  )
}

const isToConvert = (timeline: Timeline, member: Member, due: LocalTime): boolean =>
  member.wallet === undefined &&
  statementsOf(timeline).some(({ asset, transition, from }) => {
    if (from !== due || transition.type !== 'convert') return false
    const { active, debt } = assetOf(member, asset)
    return active + debt > 0
  })

const isConcerned = (timeline: Timeline, member: Member, { due, program, says }: Beginning): boolean =>
  idleLots(timeline, member, says, due).length > 0 ||
  heldLevels(member, says).length > 0 ||
  openVouchers(member, says).length > 0 ||
  runningBeyond(member, program, says).length > 0 ||
  paidBeyond(member, program, says, due).length > 0

/** What a version's start does to one member. Assets are converted with whatever else comes of them (`convertArrivals`). */
export function begin(draft: Draft, { due, program, says }: Beginning): void {
  for (const { asset, lot } of idleLots(draft.timeline, draft.member, says, due)) keepLot(draft, asset, lot)
  for (const { state, transition } of heldLevels(draft.member, says)) keepLevel(draft, program, state, transition)
  for (const { voucher, until } of openVouchers(draft.member, says)) {
    emit(draft, { type: 'voucher', voucher: { ...voucher, lastDay: dayOf(until) - 1 } })
  }
  for (const held of paidBeyond(draft.member, program, says, due)) {
    emit(draft, { held: { ...held, olderUntil: held.until }, plan: held.plan, type: 'plan' })
  }
  for (const { held, until } of runningBeyond(draft.member, program, says)) {
    emit(draft, { held: { ...held, endsAt: Math.max(until, due) }, plan: held.plan, type: 'plan' })
  }
  emit(draft, { on: due, type: 'begun' })
}

type IdleLot = Lot & { readonly lastDay: IdleEnd }

/** Lots that went by inactivity and keep the day that they have. */
function idleLots(
  timeline: Timeline,
  member: Member,
  { assets }: Transitions,
  due: LocalTime,
): { readonly asset: string; readonly lot: IdleLot }[] {
  const kept = statementsOf(timeline).filter(
    ({ asset, transition, isDeclared, from }) =>
      isDeclared && from === due && assets.has(asset) && transition.type === 'honour' && transition.until === null,
  )
  return kept.flatMap(({ asset }) =>
    assetOf(member, asset).lots.flatMap((lot) =>
      isIdle(lot.lastDay) ? [{ asset, lot: { ...lot, lastDay: lot.lastDay } }] : [],
    ),
  )
}

function keepLot(draft: Draft, asset: string, { priority, lastDay, amount }: IdleLot): void {
  const lapse = lapseOf(draft, draft.member, asset, lastDay)
  if (lapse === null) return
  const kept = dayOf(lapse) - 1
  keepIdle(draft, asset, lastDay, kept)
  emit(draft, { asset, change: -amount, lastDay, priority, type: 'lot' })
  credit(draft, asset, amount, priority, kept)
}

interface HeldLevel {
  readonly state: LadderState
  readonly transition: LevelTransition
}

const heldLevels = ({ ladders }: Member, { levels }: Transitions): HeldLevel[] =>
  ladders.flatMap((state): HeldLevel[] => {
    const transition = levels.get(`${state.ladder}/${state.level}`)
    return transition === undefined ? [] : [{ state, transition }]
  })

/** Not below the level until the day that is promised, whatever the facts say; who rises above it does. */
export function keepLevel(draft: Draft, program: Program, state: LevelOf, { to, until }: LevelTransition): void {
  const { ladder: id, level } = to ?? state
  const ladder = program.ladders.find((each) => each.id === id)
  if (!ladder) return
  const floor = { level, until, promised: true } as const
  const own =
    ladderStateOf(draft.member, id) ??
    firstState(ladder, draft.member.joinedOn ?? dayOf(draft.effective), draft.effective)
  if (id !== state.ladder && indexOf(ladder, own.level) >= indexOf(ladder, level)) return
  const override = own.override === null ? null : { ...own.override, level: renamed(ladder, own.override.level, level) }
  judgeLadder(draft, program, ladder, 'time', { floor, override })
}

/** A level that was given from outside and that is there no longer is the one in its place. */
const renamed = ({ levels }: Ladder, level: string, instead: string): string =>
  levels.some(({ id }) => id === level) ? level : instead

const openVouchers = (
  { vouchers = [] }: Member,
  { rewards }: Transitions,
): { readonly voucher: Voucher; readonly until: LocalTime }[] =>
  vouchers.flatMap((voucher) => {
    const until = rewards.get(voucher.reward)?.until ?? null
    const isBeyond = until !== null && (voucher.lastDay === null || voucher.lastDay >= dayOf(until))
    return isBeyond && voucher.status === 'open' ? [{ voucher, until }] : []
  })

/** Of plans that are no longer sold. */
const runningBeyond = ({ plans = [] }: Member, program: Program, { memberships }: Transitions) =>
  plans.flatMap((held) => {
    if (program.memberships.has(held.plan)) return []
    const until = memberships.get(held.plan)?.until ?? null
    return until !== null && held.ended === null && held.endsAt > until ? [{ held, until }] : []
  })

/** Of plans that go on with other benefits: what was paid for before. */
const paidBeyond = ({ plans = [] }: Member, program: Program, { memberships }: Transitions, due: LocalTime) =>
  plans.filter(
    (held) =>
      memberships.has(held.plan) && program.memberships.has(held.plan) && held.ended === null && held.until > due,
  )
