import {
  Allowance,
  decide,
  differenceOf,
  doingsIn,
  type Effect,
  evolving,
  firedAsBefore,
  type Grant,
  headOf,
  isOf,
  isSaidLate,
  isSameState,
  type KeptLevel,
  type Member,
  pinsOf,
  type ReplayedDecision,
  replaying,
  roomsBetween,
  type Steps,
  toBear,
  toClaim,
  toKeep,
  type VersionCorrected,
  type Waiver,
  waiversOf,
} from '@laurel/engine'
import { type Correction, correctionsOf, movesOf } from '@laurel/ledger'
import { rulingAt } from '../programs/timeline.ts'
import type { StoredEvent } from './content.ts'
import { passedBy } from './history.ts'
import type { Past } from './read-past.ts'

/** What a past comes to with more in it. */
export interface Corrected {
  readonly after: Member
  readonly correction: Correction
  readonly replayed: readonly ReplayedDecision[]
  /** Of the decision that carries the corrections. */
  readonly effects: readonly Effect[]
  /** What the program bears of it (REF-3). */
  readonly waivers: readonly Waiver[]
}

/**
 * Tells a past again with facts that came late, or with what corrects it, and says what is to be posted (LED-5). `allowed`: what
 * awards may take of stock that is counted; null: as if there were enough (EARN-5).
 */
function* correct(
  { timeline, entry, before, history, posted }: Past,
  late: readonly StoredEvent[],
  now: number,
  allowed: readonly Grant[] | null,
): Steps<Corrected> {
  const allowance = new Allowance(allowed)
  const passed = passedBy(timeline, before, ...late.map(({ stamp }) => stamp.at))
  const events = [...history.events, ...late]
  const {
    decisions,
    after: passing,
    ...replayed
  } = yield* replaying(timeline.timeline, events, passed, before, { allowance })
  const member = firedAsBefore(replayed.member, before)
  const all = [...decisions.flatMap(({ effects }) => effects), ...passing]
  const because = nameOf(late.at(-1))
  const correction = correctionsOf(
    posted,
    movesOf(all),
    { balances: before.assets, transferCount: entry.transferCount },
    because,
  )
  yield
  const effects = [
    ...correction.moves,
    ...remarksOf(decisions, late),
    ...lessThanGranted(all, history.effects.flat()),
    ...differenceOf(before, member, all),
    ...roomsBetween(history.effects.flat(), all),
  ]
  yield
  // A decision for each: the consequences of all stand in the last.
  const after = yield* evolving(before, [...late.slice(1).map(() => [headOf(null, before)]), effects])
  yield
  // No race: both come of what was just read, and no second reading would mend it.
  if (!isSameState(after, member)) throw new Error('invariant: what is posted is not what the history says')
  const waivers =
    rulingAt(timeline, now).late.debt === 'waive'
      ? yield* waiversOf(timeline.timeline, {
          events,
          late,
          upTo: passed,
          before,
          after,
          drawnBy: before,
        })
      : []
  return { after, correction, replayed: decisions, effects, waivers }
}

export const nameOf = (event: StoredEvent | undefined): string =>
  event === undefined ? '' : `${event.source}/${event.id}`

/** What a late fact itself has to say; the queue is compared apart, and requests are never late. */
function remarksOf(decisions: readonly ReplayedDecision[], late: readonly StoredEvent[]): Effect[] {
  const doingOf = doingsIn(decisions)
  return late.flatMap((event) =>
    doingOf(event).filter(
      (effect) =>
        (isOf('remark', effect) && (isSaidLate(effect) || event.type === 'version.corrected')) ||
        (effect.type === 'send' && event.type === 'merge.undone'),
    ),
  )
}

type LessThanGranted = Extract<Effect, { readonly type: 'less-than-granted' }>

export const isLessThanGranted = (effect: Effect): effect is LessThanGranted => effect.type === 'less-than-granted'

/** Acts of staff for which less is there than was granted (LOT-6), where that is news. */
function lessThanGranted(is: readonly Effect[], was: readonly Effect[]): Effect[] {
  const name = ({ act, asset, amount }: LessThanGranted) => `${act} ${asset} ${amount}`
  const known = new Set(was.filter(isLessThanGranted).map(name))
  return is.filter((effect) => isLessThanGranted(effect) && !known.has(name(effect)))
}

/** The past as time leaves it by now, in memory only: what time does by itself is none of a correction. */
export function pastUntil(past: Past, now: number): Past {
  const { timeline, before, entry, history, posted } = past
  const passed = passedBy(timeline, before, now)
  if (passed === null) return past
  const { effects, member } = decide(timeline.timeline, before, passed)
  if (effects.length === 0) return past
  const moves = movesOf(effects)
  return {
    ...past,
    before: member,
    entry: { ...entry, member, transferCount: entry.transferCount + moves.length },
    history: { ...history, effects: [...history.effects, effects] },
    posted: [...posted, ...moves.map((move) => ({ ...move, revision: 0 }))],
  }
}

/**
 * With what pools give back, and what the program bears, where a correction makes the member owe what was spent in good faith, by what
 * the version that rules then says of any shortfall; and with the levels that the member keeps, as the version promises them (COR-3).
 */
export function* correctAndBear(
  past: Past,
  late: readonly StoredEvent[],
  now: number,
  allowed: readonly Grant[] | null,
): Steps<{ readonly late: readonly StoredEvent[]; readonly corrected: Corrected }> {
  const corrected = yield* correct(past, late, now, allowed)
  const act = late.find((event) => event.type === 'version.corrected')
  if (act === undefined) return { late, corrected }
  const claimed = toClaim(past.before, corrected.after)
  const borne = toBear(rulingAt(past.timeline, now), past.before, corrected.after)
  const kept = yield* keptBy(past, act, corrected.after, now)
  if (claimed.length + borne.length + kept.length === 0) return { late, corrected }
  const said = {
    ...act,
    ...(claimed.length > 0 && { claimed }),
    ...(borne.length > 0 && { borne }),
    ...(kept.length > 0 && { kept }),
  }
  const asSaid = late.map((event) => (event === act ? said : event))
  return { late: asSaid, corrected: yield* correct(past, asSaid, now, allowed) }
}

/** Told once more, by the versions that ruled, only where the version says something of a level and levels are lost. */
function* keptBy(past: Past, act: StoredEvent & VersionCorrected, after: Member, now: number): Steps<KeptLevel[]> {
  const { timeline, before, history } = past
  const { program } = timeline.timeline.find((entry) => entry.program.version === act.version) ?? raise()
  const actual = pastUntil(past, now).before
  if (program.transitions.levels.size === 0 || !isLevelLost(actual, after)) return []
  const along = { allowance: new Allowance(null), pins: { ...pinsOf([act]), putRight: [] } }
  const passed = passedBy(timeline, before, now)
  const judged = yield* replaying(timeline.timeline, history.events, passed, before, along)
  return toKeep(program, { actual, judged: judged.member, after }, act.stamp.local)
}

const isLevelLost = (before: Member, after: Member): boolean =>
  before.ladders.some(({ ladder, level }) => after.ladders.find((each) => each.ladder === ladder)?.level !== level)

function raise(): never {
  throw new Error('invariant: a correction names a version that is published')
}
