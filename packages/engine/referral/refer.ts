import { no, refuse } from '../answer.ts'
import { award, takeBack } from '../awards/award.ts'
import { isEarningOver } from '../closing/closing.ts'
import { type Draft, emit } from '../draft.ts'
import type { RequestAnswer } from '../event.ts'
import { type Countable, contributionOf } from '../goals/contribution.ts'
import { progressOf, timesMet } from '../goals/reach.ts'
import { NOTHING, type Tally, withTally } from '../goals/tally.ts'
import { awayOf, type Member } from '../member.ts'
import type { Program, Referral, Timeline } from '../program/program.ts'
import { programOf } from '../program/timeline.ts'
import type { Send } from '../send.ts'
import type { SendName } from '../send-name.ts'
import { addToDay, dayOf, type LocalTime, startOf } from '../time/local.ts'
import type { ReferralClaim, ReferralReviewed, ReferralSuspected, ReferralTold, Signal } from './events.ts'
import { type CountedHappening, type HeldReferral, statusOfReferral } from './referral-state.ts'

/**
 * The friend's side (RFL-1): claimed, held from what qualified for as long as it may be given back, then due to both at once.
 * What made it qualify may fall later; then both give it back.
 */
export function claimReferral(draft: Draft, event: ReferralClaim): RequestAnswer {
  const answer = event.answer ?? judgeClaim(draft, event)
  if (!answer.granted) return refuse(draft, answer.refusal)
  const { advocate, stamp } = event
  const version = stamp.version ?? 0
  const { review } = termsOf(draft.timeline, version)
  const signals: Signal[] = lookedAt(review, event.signals)
  if (event.recent > review.velocity.most) signals.push('velocity')
  write(draft, {
    ...{ advocate, since: stamp.local, version, signals, approved: null },
    ...{ counted: [], qualified: null, stands: false, given: null },
  })
  return answer
}

/** Refusals are found in the order of REFUSAL_CODES. */
function judgeClaim({ member, timeline }: Draft, { stamp }: ReferralClaim): RequestAnswer {
  if (stamp.version === null) return no('program-not-started')
  const away = awayOf(member)
  if (away !== null) return no(away)
  const program = programOf(timeline, stamp.version)
  if (isEarningOver(program, stamp.local)) return no('closed')
  if (program.referral === null) return no('no-referral')
  if (member.referral) return no('already-referred')
  if (member.history) return no('not-new')
  return { granted: true, asset: program.currency.code, amount: 0 }
}

const termsOf = (timeline: Timeline, version: number): Referral => {
  const { referral } = programOf(timeline, version)
  if (referral === null) throw new Error(`invariant: version ${version} has no referral`)
  return referral
}

/** Of what was found, what the program wants a person to look at. */
const lookedAt = (review: Referral['review'], signals: ReferralClaim['signals']): Signal[] =>
  signals.filter((signal) => isLookedAt(review, signal))

function isLookedAt(review: Referral['review'], signal: ReferralClaim['signals'][number]): boolean {
  switch (signal) {
    case 'same-person':
      return true
    case 'same-device':
      return review.sameDevice
    case 'same-address':
      return review.sameAddress
    case 'same-payment':
      return review.samePayment
  }
}

/** It goes to a person, unless one has looked already; what has qualified stands until that person says otherwise. */
export function suspectReferral(draft: Draft, found: Pick<ReferralSuspected, 'signals'>): void {
  const { referral } = draft.member
  if (!referral) return
  const { review } = termsOf(draft.timeline, referral.version)
  const added = lookedAt(review, found.signals).filter((signal) => !referral.signals.includes(signal))
  if (added.length > 0) write(draft, { ...referral, signals: [...referral.signals, ...added] })
}

export function reviewReferral(draft: Draft, { approved }: ReferralReviewed): void {
  const { referral } = draft.member
  if (referral && referral.approved !== approved) write(draft, { ...referral, approved })
}

/** What counts towards qualifying as it now stands. Judged when the event is over. */
export function countForReferral(draft: Draft, was: Countable | null, is: Countable | null): void {
  const { referral } = draft.member
  const of = is ?? was
  if (!referral || !of || of.local < referral.since) return
  const { happening, local } = of
  const known = referral.counted.find((each) => each.happening === happening)
  const goal = termsOf(draft.timeline, referral.version).qualifies
  const tally = is === null || is.situation.away !== null ? NOTHING : contributionOf(goal, is)
  if (isSame(known?.tally ?? NOTHING, tally)) return
  const others = referral.counted.filter((each) => each.happening !== happening)
  // What came after it had qualified never made it so; what did is remembered without counting, because it may count again.
  if (referral.qualified === null ? tally.length > 0 : known !== undefined) others.push({ happening, local, tally })
  const counted = others.sort(compareHappenings).slice(0, COUNTED_MAX)
  write(draft, { ...referral, counted })
}

/** A goal that takes more orders than this is no referral's; of a single order the earliest ones decide. */
const COUNTED_MAX = 50

const isSame = (a: Tally, b: Tally): boolean => JSON.stringify(a) === JSON.stringify(b)

const compareHappenings = (a: CountedHappening, b: CountedHappening): number =>
  a.local - b.local || (a.happening < b.happening ? -1 : 1)

/** Where what counts is enough; null: it is not. */
function reachedAt(timeline: Timeline, { version, counted }: HeldReferral): number | null {
  const goal = termsOf(timeline, version).qualifies
  let tally: Tally = NOTHING
  for (const [index, happening] of counted.entries()) {
    tally = withTally(tally, happening.tally)
    if (timesMet(goal, progressOf(goal, tally)) > 0) return index
  }
  return null
}

/** When both sides are due if nothing falls meanwhile: 00:00 of the day on which the hold is over; null: not by itself. */
export function dueOfReferral(timeline: Timeline, referral: HeldReferral): LocalTime | null {
  if (referral.qualified !== null || statusOfReferral(referral) !== 'held') return null
  const last = referral.counted[reachedAt(timeline, referral) ?? -1]
  return last ? startOf(addToDay(dayOf(last.local), termsOf(timeline, referral.version).hold)) : null
}

/** The hold is over: what made it qualify is kept, and nothing that comes later takes part. */
export function qualifyReferral(draft: Draft, referral: HeldReferral): void {
  const last = reachedAt(draft.timeline, referral)
  if (last === null) return
  const counted = referral.counted.slice(0, last + 1)
  give(draft, { ...referral, counted, qualified: draft.effective })
}

/** After an event: what has qualified falls with what made it so or by a person's word, and comes again with it. */
export function settleReferral(draft: Draft): void {
  const { referral } = draft.member
  if (!referral || referral.qualified === null) return
  const stands = referral.approved !== false && reachedAt(draft.timeline, referral) !== null
  if (stands === referral.stands) return
  if (stands) give(draft, { ...referral, qualified: draft.effective })
  else take(draft, referral)
}

/** The friend is erased: what has not qualified by then never does, and what has stands (LED-9). */
export function endReferral(draft: Draft): void {
  const { referral } = draft.member
  if (referral && referral.qualified === null) write(draft, { ...referral, isOver: true })
}

/**
 * Both sides get theirs by the version of the claim: the friend here, the advocate by the outbox. Who kept it when it fell, because
 * it was enjoyed, has it already.
 */
function give(draft: Draft, referral: HeldReferral): void {
  const away = awayOf(draft.member)
  const isDue = referral.given === null && away === null
  write(draft, { ...referral, stands: true, given: isDue ? draft.effective : referral.given })
  tell(draft, referral, 'referral.qualified')
  if (away !== null) emit(draft, { because: away, type: 'not-earning' })
  if (isDue) underTerms(draft, referral, (program, { friend }) => award(draft, program, friend, NAME))
}

function take(draft: Draft, referral: HeldReferral): void {
  const fallen = { ...referral, stands: false }
  write(draft, fallen)
  tell(draft, referral, 'referral.reversed')
  const { given: on } = referral
  if (on === null) return
  underTerms(draft, referral, (program, { friend }) => {
    if (takeBack(draft, program, friend, { ...NAME, on })) write(draft, { ...fallen, given: null })
  })
}

const NAME = { rule: 'referral', id: 'referral/friend' }

function underTerms(draft: Draft, { version }: HeldReferral, act: (program: Program, terms: Referral) => void): void {
  const judging = draft.version
  draft.version = version
  act(programOf(draft.timeline, version), termsOf(draft.timeline, version))
  draft.version = judging
}

function tell(draft: Draft, referral: HeldReferral, type: ReferralTold['type']): void {
  emit(draft, sendToAdvocate(referral, type, draft.member.seq + 1))
}

/**
 * What a late fact makes the friend tell the advocate: a replay sends nothing, so what was told stands until it is told
 * otherwise (EVT-2). Null: nothing has changed.
 */
export function wordAfterReplay(before: Member, { referral }: Member): Send | null {
  if (!referral || referral.stands === (before.referral?.stands ?? false)) return null
  const type = referral.stands ? 'referral.qualified' : 'referral.reversed'
  return sendToAdvocate(referral, type, before.seq + 1)
}

/** At most one of each kind in one decision, and a reversal only after what it reverses. */
function sendToAdvocate(
  { advocate, as, version: terms }: HeldReferral,
  type: ReferralTold['type'],
  decision: number,
): Send {
  // Decisions of another chain are counted anew: what is told after a merge is newer than all that was told before.
  const round = (as?.merges ?? 0) * 2 ** 32 + decision * 2 + (type === 'referral.reversed' ? 1 : 0)
  const from = as === undefined ? null : { from: as.friend }
  return {
    event: { ...from, round, terms, type },
    id: `referral/${round}` satisfies SendName,
    to: advocate,
    type: 'send',
  }
}

function write(draft: Draft, referral: HeldReferral): void {
  emit(draft, { referral, status: statusOfReferral(referral), type: 'referral' })
}
