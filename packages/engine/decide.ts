import { settle } from './awards/settle.ts'
import { clearArrivals } from './closing/close.ts'
import { putRightFor } from './corrections/put-right.ts'
import { isToldByAnother, rightAtOnce, rightOf } from './corrections/reaching-back.ts'
import { asBrought, pinsOf, repinned } from './corrections/repin.ts'
import type { ReplayedDecision } from './doing.ts'
import { causedBy, type Draft, emit } from './draft.ts'
import type { Effect } from './effect.ts'
import type { MemberEvent, MergeReceived, Pins, RequestAnswer, Stamp, TimePassed } from './event.ts'
import { apply, copyOf } from './evolve.ts'
import { drawnTimeline } from './experiments/pilot.ts'
import { judge } from './judge.ts'
import { forfeitArrivals } from './leaving.ts'
import { type Member, newMember } from './member.ts'
import { endReservations } from './merging/close.ts'
import { apart, viaMerge, withMore } from './merging/told-again.ts'
import { dropIndex, keepIndex } from './points/pending-list.ts'
import { evenStakes } from './pools/fund.ts'
import { tellPools } from './pools/share.ts'
import type { Program, Timeline } from './program/program.ts'
import { knownTo, programAt, programOf } from './program/timeline.ts'
import type { Allowance } from './rooms/allowance.ts'
import { grantsOf } from './rooms/grant.ts'
import { finished, type Steps } from './steps.ts'
import { comparePositions, kindOf, positionOf } from './tidy-order.ts'
import { dayOf } from './time/local.ts'
import { passTime } from './time/timers.ts'
import type { Trace } from './trace.ts'
import { Announced } from './vouchers/announced.ts'
import { honour } from './vouchers/issue.ts'
import type { Told } from './vouchers/told.ts'

/**
 * `decide`, one event of one member, and `replay`, all of them from the first; each also for a caller that owns the member
 * (`decideInPlace`) or has others to serve meanwhile (`replaying`). They stand in one file because each needs the other: a replay
 * decides event by event, and to decide a merge is to replay the member that has gone (MRG-1). `judge.ts`, which says what each
 * kind of event does, is handed the way back.
 */

/**
 * Semantic revision of the engine. Since the first release it grows by one with every change after which some stored event would be
 * decided otherwise; each decision stores it, and a verifier reports such differences apart (LED-6).
 */
export const ENGINE_REVISION = 1

type Recorded = Exclude<MemberEvent, TimePassed>

export interface Decision {
  readonly effects: readonly Effect[]
  /** To a request or an act; null for facts and for time. */
  readonly answer: RequestAnswer | null
  /** The member after the effects: `evolve(member, effects)`. */
  readonly member: Member
}

/**
 * What the program says about one event of one member. Time passes up to the event first, then the event is judged, then what
 * it made due at once. Pure: the same arguments give the same decision, and none of them is changed. The event must not be late
 * (`isLate`), and the rows that it needs must be in the member: what `needsOf` names, the orders linked with those
 * (`ordersLinked`), what their records need (`needsOfRecord`) and the vouchers that await the order (`vouchersAwaiting`).
 */
export function decide(timeline: Timeline, member: Member, event: MemberEvent, trace: Trace | null = null): Decision {
  const own = copyOf(member)
  const right = rightAtOnce(timeline, own, event)
  if (right !== null) apply(own, right)
  const { effects, answer } = decideInPlace(timeline, own, event, trace)
  return { effects: right === null ? effects : [right, ...effects], answer, member: own }
}

/** As `decide`, for a caller that owns the member and wants it changed: a replay. */
export function decideInPlace(
  published: Timeline,
  member: Member,
  event: MemberEvent,
  trace: Trace | null = null,
  announced: Announced | null = null,
): { readonly effects: readonly Effect[]; readonly answer: RequestAnswer | null } {
  const { firedLocal, firedAt, belongings } = member
  const drawn = drawnTimeline(published, member)
  const timeline = putRightFor(event.type === 'time.passed' ? drawn : knownTo(drawn, event.stamp), member)
  const draft: Draft = {
    timeline,
    member,
    effects: [],
    trace,
    cause: '',
    effective: event.stamp.local,
    version: 0,
    firedLocal,
    firedAt,
    announced,
    grants: grantsOf(event.grants),
    levelChanges: [],
  }
  const honoured = announced !== null && honour(draft, announced.takeUntil(event.stamp.local, timeline))
  const fired = passTime(draft, event.stamp, null)
  if (event.type === 'time.passed') {
    // Where nothing else was due, what is paid for it has the cause that gave it.
    if (honoured && !fired) draft.cause = causeOfVoucher(draft.effects)
    if (honoured) settle(draft, programAt(timeline, event.stamp.local), true)
    if (fired || honoured) {
      tellPools(draft, belongings, false)
      closeDecision(draft, null)
    }
    return { effects: draft.effects, answer: null }
  }
  causedBy(draft, event, event.stamp)
  if (announced) honour(draft, announced.givenBy(event))
  if (member.joinedOn === null && event.type !== 'member.joined' && !isOfPool(member, event)) {
    emit(draft, { joinedOn: dayOf(event.stamp.local), segments: member.segments, tags: member.tags, type: 'profile' })
  }
  const answer = judge(draft, event, lastOf)
  settle(draft, judgingProgram(draft, event), true)
  forfeitArrivals(draft)
  clearArrivals(draft)
  passTime(draft, event.stamp, event.stamp.local)
  evenStakes(draft)
  tellPools(draft, belongings, event.type === 'pool.asked')
  closeDecision(draft, event)
  return { effects: draft.effects, answer }
}

function causeOfVoucher(effects: readonly Effect[]): string {
  const last = effects.findLast((effect) => effect.type === 'voucher')
  return last?.type === 'voucher' ? last.voucher.cause : ''
}

/**
 * By which version what an event fills is given. What says that the past was otherwise (MRG-1, COR-1) fills no card and meets no
 * challenge by itself; what was asked or done in a time that was put right fills what the right version has.
 */
function judgingProgram({ timeline, member }: Draft, event: Recorded): Program | null {
  const { type, stamp } = event
  const isOfPast = type === 'merge.undone' || type === 'version.corrected'
  if (isOfPast || stamp.version === null) return null
  const ruling = programAt(timeline, stamp.local)
  const isRight = member.putRight?.some(({ version }) => version === ruling.version) ?? false
  return isRight && kindOf(event) !== 'fact' ? ruling : programOf(timeline, stamp.version)
}

/** A wallet is nobody who has joined, and no birthday or anniversary of it is kept. */
const isOfPool = (member: Member, event: MemberEvent): boolean =>
  member.wallet !== undefined || (event.type === 'pool.asked' && event.asks.type === 'found')

function closeDecision(draft: Draft, event: Exclude<MemberEvent, TimePassed> | null): void {
  const { firedLocal, firedAt } = draft
  emit(draft, { firedAt, firedLocal, position: event ? positionOf(event) : null, type: 'head' })
}

/** Whether what was decided of a member is told again with a fact: it is late, or makes another version rule it (COR-2). */
export const isToldAgain = (timeline: Timeline, member: Member, event: Recorded): boolean =>
  isLate(member, event) || isToldByAnother(timeline, member, event)

/** Whether a fact belongs before something that was recorded already (TIME-3): then the member is replayed (EVT-2). */
export function isLate(member: Member, event: Exclude<MemberEvent, TimePassed>): boolean {
  if (member.head && comparePositions(positionOf(event), member.head) < 0) return true
  if (member.firedLocal !== null && event.stamp.local < member.firedLocal) return true
  return member.firedAt !== null && event.stamp.at < member.firedAt
}

/** Whoever goes along with a replay. Nothing here changes the member but what `act` answers: it is decided as any event is. */
export interface Along {
  /** Is shown the member after each event. */
  look?(member: Member, stamp: Stamp): void
  /** What the member does by itself before the next moment of its history; asked again until there is nothing more. */
  act?(member: Member, next: Stamp): Recorded | null
  /** What awards that are new may take of what members share; absent: as if there were enough (EARN-5). */
  readonly allowance?: Allowance
  /** What was corrected since, beside what the events say of it; absent: nothing. */
  readonly pins?: Pins
}

/**
 * One member's history from nothing: the events in tidy order, whatever order they come in, each decided after the ones before
 * (EVT-2). Requests and acts carry their answers and are not judged again, and `told`, the member as it stands with all its rows,
 * holds the vouchers that were announced. `upTo` lets time pass after the last event. What came via a merged member and is older
 * than the merge is told in that member's past first (MRG-1); what it says stands in decisions of its own. What was corrected is
 * judged by the version that it was corrected to, from the first (COR-1). `along` watches the member, and may act for it.
 */
export const replay = (...history: Parameters<typeof replaying>): Replayed => finished(replaying(...history))

export interface Replayed {
  readonly member: Member
  readonly decisions: readonly ReplayedDecision[]
  readonly after: readonly Effect[]
}

/** The same with a rest after each event: a long history takes seconds, and whoever tells it may have others to serve. */
export function* replaying(
  timeline: Timeline,
  events: readonly Recorded[],
  upTo: TimePassed | null = null,
  told: Told | null = null,
  along: Along = {},
): Steps<Replayed> {
  const member = newMember()
  keepIndex(member.pending)
  // What a member has once met stands, also where a late fact came before it (EXP-1).
  if (told?.chance !== undefined) member.chance = told.chance
  if (told?.arms !== undefined) member.arms = told.arms
  const pins = pinsOf(events, along.pins)
  Object.assign(member, rightOf(timeline, events, pins))
  const { own, later } = apart(events.map((event) => repinned(event, pins)))
  const tidy = own.toSorted((a, b) => comparePositions(positionOf(a), positionOf(b)))
  const announced = told === null ? null : Announced.of(told, tidy, along.allowance)
  const actedBefore = (next: Stamp): ReplayedDecision[] => {
    const acted: ReplayedDecision[] = []
    for (let event = along.act?.(member, next); event != null; event = along.act?.(member, next)) {
      acted.push({ event, effects: decideInPlace(timeline, member, event, null, announced).effects })
      along.look?.(member, event.stamp)
    }
    return acted
  }
  const decidedOf = (event: Recorded): ReplayedDecision[] => {
    const decided = (known: Recorded) => {
      const { effects } = decideInPlace(timeline, member, known, null, announced)
      along.look?.(member, known.stamp)
      return effects
    }
    const acted = actedBefore(event.stamp)
    const more = later.get(event)
    if (event.type !== 'merge.received' || (more === undefined && event.brought.pins === undefined)) {
      return [...acted, { event, effects: decided(event) }]
    }
    const before = pastBroughtBy(timeline, asBrought(event), along.allowance)
    const known = withMore(event, more ?? [])
    const [closing, ...via] = viaMerge(before, pastBroughtBy(timeline, known, along.allowance), event, more ?? [])
    return [...acted, ...via, { event, effects: [...(closing?.effects ?? []), ...decided(known)] }]
  }
  const decisions: ReplayedDecision[] = []
  for (const event of tidy) {
    decisions.push(...decidedOf(event))
    yield
  }
  if (upTo) decisions.push(...actedBefore(upTo.stamp))
  const after = upTo ? decideInPlace(timeline, member, upTo, null, announced).effects : []
  dropIndex(member.pending)
  return { member, decisions, after }
}

const pastBroughtBy = (
  timeline: Timeline,
  { brought }: MergeReceived,
  allowance?: Allowance,
): readonly ReplayedDecision[] =>
  replay(timeline, brought.events, null, brought.told, inThePastOf(brought.pins, allowance)).decisions

/** The past of a member that has gone is told more than once (MRG-1): where room is counted, it takes nothing new. */
const inThePastOf = (pins: Pins | undefined, allowance: Allowance | undefined): Along => ({
  ...(pins === undefined ? null : { pins }),
  ...(allowance === undefined ? null : { allowance: allowance.within() }),
})

/** The one that has gone, as it stood when its reservations had ended and nothing had left it yet. */
function lastOf(draft: Draft, { merge, brought, stamp }: MergeReceived): Member {
  const before = brought.events.filter(({ source, id }) => `${source}/${id}` !== merge)
  const along = inThePastOf(brought.pins, draft.announced?.allowance)
  const { member } = replay(draft.timeline, before, { type: 'time.passed', stamp }, brought.told, along)
  // What this does to the books stands in the decision that ended the member.
  const own: Draft = { ...draft, member, effects: [], trace: null, cause: merge, grants: null, announced: null }
  endReservations({ ...own, levelChanges: [] })
  return member
}
