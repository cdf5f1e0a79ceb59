import { closingTold } from './closing/closing.ts'
import type { LotEnd, Member } from './member.ts'
import { lapseOf } from './points/lots.ts'
import { isIdle } from './points/parts.ts'
import type { Timeline } from './program/program.ts'
import { nameOfSession, sessionThrough } from './program/session.ts'
import { assetAt, programAt } from './program/timeline.ts'
import { progressOf } from './tiers/progress.ts'
import { addToDay, dayOf, type LocalDay, type LocalTime, type Period } from './time/local.ts'

/**
 * Something the member should be told, as the state calls for it (LOT-7). It is not state: whoever sends keeps which keys were
 * sent, sends those that were not, and recalls none.
 */
export type Notice =
  | {
      readonly kind: 'points-will-lapse'
      readonly key: string
      readonly asset: string
      /** Every lot that lapses within the warned stretch, soonest first. */
      readonly lots: readonly { readonly lastDay: LocalDay; readonly amount: number }[]
    }
  | {
      readonly kind: 'tier-will-fall' | 'tier-at-risk'
      readonly key: string
      readonly ladder: string
      readonly level: string
      readonly missing: number
      /** On which the level goes, its grace included. */
      readonly on: LocalDay
      /** What is missing counts for it before this moment. */
      readonly countsUntil: LocalTime
    }
  | {
      readonly kind: 'award-sold-out'
      readonly key: string
      /** Whose award it was, and what it would have been. */
      readonly award: string
      readonly reward: string
      readonly on: LocalDay
    }
  | {
      readonly kind: 'seat-kept'
      readonly key: string
      readonly reward: string
      readonly session: string
      /** Until this moment, by the program's clock, it can be taken. */
      readonly until: LocalTime
    }
  | {
      /** What was booked or waited for does not take place, and what was paid for it is back. */
      readonly kind: 'session-called-off'
      readonly key: string
      readonly reward: string
      readonly session: string
      readonly back: { readonly asset: string; readonly amount: number } | null
      readonly on: LocalDay
    }
  | {
      /** What is booked takes place at another time, or elsewhere. */
      readonly kind: 'session-moved'
      readonly key: string
      readonly reward: string
      readonly session: string
      /** By the clock of its place. */
      readonly starts: LocalTime
      readonly place: string | null
    }
  | {
      readonly kind: 'program-closes'
      readonly key: string
      /** First moments at which nothing is earned, and nothing spent, any more. */
      readonly earnsUntil: LocalTime
      readonly burnsUntil: LocalTime
    }

/** What is called for at `now`; time must have been let pass up to then. What is warned of lapses if nothing else happens. */
export function noticesDue(timeline: Timeline, member: Member, now: LocalTime): Notice[] {
  if (member.left !== null) return []
  return [
    ...lapseNotices(timeline, member, now),
    ...tierNotices(timeline, member, now),
    ...missedNotices(member, now),
    ...seatNotices(member),
    ...calledOffNotices(member, now),
    ...movedNotices(timeline, member, now),
    ...closingNotices(timeline, now),
  ]
}

/** Days in which whoever sends notices has sent this one. */
const PAST_TOLD_DAYS = 30

/** An award found nothing left of what it gives (EARN-5). */
function missedNotices({ missed = [] }: Member, now: LocalTime): Notice[] {
  return missed
    .filter(({ on }) => dayOf(now) - dayOf(on) <= PAST_TOLD_DAYS)
    .map(({ id, reward, on }) => ({
      kind: 'award-sold-out',
      key: `award-sold-out/${id}`,
      award: id,
      reward,
      on: dayOf(on),
    }))
}

/** A seat is kept for the member, who has a stated time to take it (RED-3). */
const seatNotices = ({ keptSeats = [] }: Member): Notice[] =>
  keptSeats.map(({ reward, session, untilLocal, untilAt }) => ({
    kind: 'seat-kept',
    key: `seat-kept/${reward}/${session}/${untilAt}`,
    reward,
    session,
    until: untilLocal,
  }))

const calledOffNotices = ({ calledOff = [] }: Member, now: LocalTime): Notice[] =>
  calledOff
    .filter(({ on }) => dayOf(now) - dayOf(on) <= PAST_TOLD_DAYS)
    .map(({ redemption, reward, session, back, on }) => ({
      kind: 'session-called-off',
      key: `session-called-off/${reward}/${session}/${redemption}`,
      ...{ reward, session, back, on: dayOf(on) },
    }))

/** Each time that a session was moved under a seat (TRN-6), until it begins. */
function movedNotices(timeline: Timeline, { vouchers = [] }: Member, now: LocalTime): Notice[] {
  return vouchers.flatMap(({ reward, session, version }): Notice[] => {
    if (session === undefined) return []
    const id = nameOfSession(reward, session)
    const stood = sessionThrough(timeline, id, version, programAt(timeline, now).version).map((each) => each.session)
    const moves = stood.filter(({ starts, place }, index) => {
      const was = stood[index - 1]
      return was !== undefined && (was.starts !== starts || was.place !== place)
    })
    const last = moves.at(-1)
    if (last === undefined || last.starts <= now) return []
    const { starts, place } = last
    return [{ kind: 'session-moved', key: `session-moved/${id}/${moves.length}`, reward, session, starts, place }]
  })
}

/** Told once for each end that is said, also to whoever joins meanwhile, until it is there. */
function closingNotices(timeline: Timeline, now: LocalTime): Notice[] {
  const closing = closingTold(timeline, now)
  if (closing === null || now >= closing.burnsUntil) return []
  const { earnsUntil, burnsUntil } = closing
  return [{ kind: 'program-closes', key: `program-closes/${earnsUntil}/${burnsUntil}`, earnsUntil, burnsUntil }]
}

function lapseNotices(timeline: Timeline, member: Member, now: LocalTime): Notice[] {
  const notices: Notice[] = []
  for (const state of member.assets) {
    const { warn } = assetAt(timeline, now, state.asset)
    const lots = state.lots
      .flatMap((lot) => {
        const lapse = lapseOf({ timeline }, member, state.asset, lot.lastDay)
        return lapse === null ? [] : [{ lastDay: dayOf(lapse) - 1, amount: lot.amount, end: lot.lastDay }]
      })
      .sort((a, b) => a.lastDay - b.lastDay)
    for (const ahead of warn) {
      const due = lots.filter((lot) => isWithin(lot.lastDay, ahead, now))
      const first = due[0]
      if (!first) continue
      notices.push({
        kind: 'points-will-lapse',
        key: `points-will-lapse/${state.asset}/${keyOf(first.end, first.lastDay)}/${textOf(ahead)}`,
        asset: state.asset,
        lots: due.map(({ lastDay, amount }) => ({ lastDay, amount })),
      })
    }
  }
  return notices
}

const keyOf = (end: LotEnd, lastDay: LocalDay): string => (isIdle(end) ? `idle-${lastDay}` : String(lastDay))

const isWithin = (lastDay: LocalDay, ahead: Period, now: LocalTime): boolean =>
  addToDay(lastDay, ahead, -1) <= dayOf(now)

function tierNotices(timeline: Timeline, member: Member, now: LocalTime): Notice[] {
  const notices: Notice[] = []
  const program = programAt(timeline, now)
  for (const progress of progressOf(timeline, member, now)) {
    const ladder = program.ladders.find((candidate) => candidate.id === progress.ladder)
    const stay = progress.toStay
    if (!ladder || !stay || stay.missing === 0) continue
    const { level, ladder: id } = progress
    const on = dayOf(stay.until)
    const told = { ladder: id, level, missing: stay.missing, on, countsUntil: stay.countsUntil }
    if (progress.atRisk) notices.push({ kind: 'tier-at-risk', key: `tier-at-risk/${id}/${level}/${on}`, ...told })
    for (const ahead of ladder.fall.warn) {
      if (!isWithin(on, ahead, now)) continue
      const key = `tier-will-fall/${id}/${level}/${on}/${textOf(ahead)}`
      notices.push({ kind: 'tier-will-fall', key, ...told })
    }
  }
  return notices
}

const textOf = (period: Period): string => `${period.months}m${period.days}d`
