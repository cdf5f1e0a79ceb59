import { type Draft, emit, move } from '../draft.ts'
import { isSame } from '../is-same.ts'
import type { LadderState, Member } from '../member.ts'
import { assetOf } from '../points/asset-state.ts'
import { noteShortfall } from '../points/shortfalls.ts'
import { type Belonging, excessInPool, heldInPool } from '../pools/belonging.ts'
import { claimFromPools, creditFresh } from '../pools/share.ts'
import type { LevelOf, Program, Transitions } from '../program/program.ts'
import { programAt } from '../program/timeline.ts'
import { indexOf, ladderStateOf } from '../tiers/judge.ts'
import type { LocalTime } from '../time/local.ts'
import { keepLevel } from '../transitions/begin.ts'
import type { Borne, Claimed, KeptLevel, VersionCorrected } from './events.ts'

/**
 * What a member claims of what was put into pools (COR-3): what was not their share by the right version, and beyond that what the
 * correction makes them owe, as a refund does (REF-2). `after` is the member as the correction alone leaves it.
 */
export function toClaim(before: Member, after: Member): Claimed[] {
  return after.assets.flatMap(({ asset, debt }): Claimed[] => {
    const there = inPools(after, asset, heldInPool)
    const owed = Math.max(0, Math.min(debt - debtOf(before, asset), there))
    const excess = inPools(after, asset, excessInPool) - inPools(before, asset, excessInPool)
    const own = Math.max(0, Math.min(excess, there) - owed)
    return owed + own > 0 ? [{ asset, amount: owed + own, ...(own > 0 && { own }) }] : []
  })
}

const inPools = ({ belongings = [] }: Member, asset: string, amountOf: (known: Belonging) => number): number =>
  belongings.reduce((sum, known) => (known.asset === asset ? sum + Math.max(0, amountOf(known)) : sum), 0)

/** What the program bears of the rest: what `refunds` bears of any shortfall (COR-3). */
export function toBear({ refunds }: Program, before: Member, after: Member): Borne[] {
  const claimed = toClaim(before, after)
  return after.assets.flatMap(({ asset, debt }): Borne[] => {
    const most = refunds.shortfall === 'waive' ? 0 : (refunds.limit.get(asset) ?? Number.POSITIVE_INFINITY)
    const { amount: back, own = 0 } = claimed.find((each) => each.asset === asset) ?? { amount: 0 }
    const amount = Math.min(debt - debtOf(before, asset), debt - most) - (back - own)
    return amount > 0 ? [{ asset, amount }] : []
  })
}

const debtOf = ({ assets }: Member, asset: string): number => assets.find((state) => state.asset === asset)?.debt ?? 0

/** A member at the moment of a correction. */
export interface Standings {
  /** As it stands. */
  readonly actual: Member
  /** As it would, had the right version judged the facts, and each asked for levels what it asked. */
  readonly judged: Member
  /** As the correction alone leaves it. */
  readonly after: Member
}

/**
 * Levels that a member holds until a correction, and by it would not, though the facts as the right version judges them held them up
 * by what was asked at the time: what that version promises to whoever is on them stays promised (COR-3). What only wrong amounts led
 * to is nobody's.
 */
export function toKeep(program: Program, { actual, judged, after }: Standings, now: LocalTime): KeptLevel[] {
  // On a ladder that the version has given up its facts count nothing, and hold up nothing.
  const givenUp = actual.ladders.filter((state) => !program.ladders.some(({ id }) => id === state.ladder))
  const standings = [...judged.ladders, ...givenUp]
  return standings.flatMap((state, index): KeptLevel[] => {
    const kept = promiseOf(program.transitions, state)
    const ladder = program.ladders.find(({ id }) => id === kept?.ladder)
    if (kept === null || ladder === undefined || (kept.until !== null && kept.until <= now)) return []
    const holds = (member: Member) => {
      const level = ladderStateOf(member, ladder.id)?.level
      return level !== undefined && indexOf(ladder, level) >= indexOf(ladder, kept.level)
    }
    // What another ladder was given up for stands on this one, too.
    const isTold = standings.slice(0, index).some((other) => isSame(promiseOf(program.transitions, other), kept))
    return holds(actual) && !holds(after) && !isTold ? [kept] : []
  })
}

/**
 * What a version promises whoever stands like this. One that has begun has put them where its promise is: what it says of the level
 * that was named before is then found by what the floor carries.
 */
function promiseOf({ levels }: Transitions, { ladder, level, floor }: LadderState): KeptLevel | null {
  const said = levels.get(`${ladder}/${level}`)
  if (said !== undefined) return { ...(said.to ?? { ladder, level }), until: said.until }
  if (floor?.promised !== true) return null
  const { until } = floor
  const carried = [...levels.values()].find(
    ({ to, until: end }) => to?.ladder === ladder && to.level === floor.level && end === until,
  )
  return carried === undefined ? null : { ladder, level: floor.level, until }
}

/** What a correction says of the moment at which it is posted: what the member keeps, what pools give back, what the program bears. */
export function endCorrection(draft: Draft, event: VersionCorrected): void {
  const program = programAt(draft.timeline, draft.effective)
  for (const { until, ...level } of event.kept ?? []) {
    // As late facts show, a higher one stays.
    if (!hasHigherFloor(draft.member, program, level)) keepLevel(draft, program, level, { to: null, until })
  }
  claim(draft, event)
  bear(draft, event)
}

function hasHigherFloor(member: Member, { ladders }: Program, { ladder: id, level }: LevelOf): boolean {
  const ladder = ladders.find((each) => each.id === id)
  const floor = ladderStateOf(member, id)?.floor ?? null
  return ladder !== undefined && floor !== null && indexOf(ladder, floor.level) > indexOf(ladder, level)
}

/** Never more than went there wrongly or is owed, or than is there of what was put in, when it comes to it. */
function claim(draft: Draft, { claimed = [] }: VersionCorrected): void {
  for (const { asset, amount, own = 0 } of claimed) {
    const { debt } = assetOf(draft.member, asset)
    const back = claimFromPools(draft, asset, own, excessInPool)
    creditFresh(draft, asset, back + claimFromPools(draft, asset, Math.min(amount - own, debt)))
  }
}

/** Never more than is owed when it comes to it: a late fact may have settled that. */
function bear(draft: Draft, { borne = [] }: VersionCorrected): void {
  for (const { asset, amount } of borne) {
    const whole = Math.min(amount, assetOf(draft.member, asset).debt)
    if (whole === 0) continue
    move(draft, 'shortfall-waived', asset, 'adjusted', 'debt', whole)
    noteShortfall(draft, { asset, rule: 'shortfall-waived', of: null }, whole)
    emit(draft, { type: 'debt-waived', asset, amount: whole, because: draft.cause })
  }
}
