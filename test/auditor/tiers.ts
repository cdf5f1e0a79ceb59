import type { Ladder, LocalTime, Program } from '@laurel/engine'
import { type Book, inForceAt } from './book.ts'
import { sum } from './exact.ts'
import { eligibleOf, isGone, remainsOf } from './money.ts'
import type { AuditedOrder, Qualifying, Standing } from './records.ts'
import { dayAfter, dayAt, firstDateFrom, lastDateUntil, midnightOf, unitEnd, unitStart } from './time.ts'

/** TIER: every level is judged anew from all qualifying facts, whenever one changes or a moment of time comes. */

export const standingOf = (book: Book, ladder: Ladder): Standing => {
  const known = book.standings.get(ladder.id)
  if (known !== undefined) return known
  const fresh: Standing = {
    level: ladder.levels[0]?.id ?? '',
    floor: null,
    override: null,
    judgedAt: null,
    counted: '[]',
  }
  book.standings.set(ladder.id, fresh)
  return fresh
}

/** Level as everybody sees it: the override while it lasts. */
export function levelHeld(book: Book, ladder: Ladder): string {
  const standing = standingOf(book, ladder)
  return standing.override?.level ?? standing.level
}

export const tiersHeld = (book: Book, program: Program) =>
  program.ladders.map((ladder) => ({ ladder: ladder.id, level: levelHeld(book, ladder) }))

// ---- qualifying facts --------------------------------------------------------------------------------------------------

/** Writes down what an order now counts, as the difference from what was written before. */
export function qualifyOrder(book: Book, program: Program, order: AuditedOrder, at: LocalTime): void {
  if (order.found.away !== null) return
  for (const ladder of program.ladders) {
    if (rollOverOf(ladder) !== null) {
      // A period that no refund is judged in any more has left what it left.
      if (order.local < reachedFrom(book, program, ladder, at)) continue
      const name = `${ladder.id}/${order.key}`
      if (isGone(remainsOf(order.content, order.refunds))) book.goneFrom.add(name)
      else book.goneFrom.delete(name)
    }
    const before = sum(entriesOf(book, ladder).flatMap((each) => (each.order === order.key ? [each.change] : [])))
    const change = countOf(ladder, order) - before
    if (change !== 0) book.qualifying.push({ ladder: ladder.id, change, home: order.local, at, order: order.key })
  }
}

function countOf(ladder: Ladder, order: AuditedOrder): number {
  const { measure } = ladder
  switch (measure.type) {
    case 'earned':
      return sum(
        order.given.filter((each) => each.asset === measure.asset && each.charity === null).map((each) => each.now),
      )
    case 'spend': {
      const remains = remainsOf(order.content, order.refunds)
      return sum(eligibleOf(order.content, remains, new Set(), false).byLine)
    }
    case 'orders':
    case 'visits':
      return 1 // until it is gone: those are left out of every sum
    case 'activities':
    case 'referrals':
      return 0
  }
}

export function qualifyActivity(
  book: Book,
  program: Program,
  name: string,
  local: LocalTime,
  earned: (asset: string) => number,
): void {
  for (const ladder of program.ladders) {
    const { measure } = ladder
    const change =
      measure.type === 'earned'
        ? earned(measure.asset)
        : measure.type === 'visits' || (measure.type === 'activities' && measure.name === name)
          ? 1
          : 0
    if (change !== 0) book.qualifying.push({ ladder: ladder.id, change, home: local, at: local, order: null })
  }
}

const entriesOf = (book: Book, ladder: Ladder): Qualifying[] =>
  book.qualifying.filter((each) => each.ladder === ladder.id)

// ---- windows -----------------------------------------------------------------------------------------------------------

interface Period {
  readonly start: LocalTime
  readonly end: LocalTime
}
const always: Period = { start: Number.NEGATIVE_INFINITY, end: Number.POSITIVE_INFINITY }

function periodAt(book: Book, ladder: Ladder, local: LocalTime): Period {
  const { window } = ladder
  const day = dayAt(local)
  switch (window.type) {
    case 'calendar':
      return { start: midnightOf(unitStart(day, window.unit)), end: midnightOf(unitEnd(day, window.unit)) }
    case 'fixed-date': {
      const start = lastDateUntil(day, window.month, window.day)
      return { start: midnightOf(start), end: midnightOf(firstDateFrom(day + 1, window.month, window.day)) }
    }
    case 'anniversary': {
      if (book.joinedOn === null) return always
      // Years are counted in both directions: an order may be older than the day that was given as that of joining.
      let years = 0
      const turn = (count: number) => dayAfter(book.joinedOn ?? day, { months: 12, days: 0, ms: 0 }, count)
      while (turn(years) > day) years--
      while (turn(years + 1) <= day) years++
      return { start: midnightOf(turn(years)), end: midnightOf(turn(years + 1)) }
    }
    case 'rolling': // the days after D - length through D (TIER-3)
      return { start: midnightOf(dayAfter(day, window.length, -1) + 1), end: midnightOf(day + 1) }
    case 'lifetime':
      return always
  }
}

/**
 * What counts in a period: the net sum, or the highest running sum; orders refunded in full are left out of either (TIER-6).
 */
function sumIn(book: Book, ladder: Ladder, period: Period): number {
  const { now, highest } = sumsIn(book, ladder, period)
  return ladder.afterRefund === 'revoke' || ladder.measure.type === 'visits' ? now : highest
}

function sumsIn(book: Book, ladder: Ladder, period: Period): { readonly now: number; readonly highest: number } {
  if (rollOverOf(ladder) !== null) return courseOf(book, ladder, period).at(-1) ?? { now: 0, highest: 0 }
  const living = entriesOf(book, ladder).filter((each) => {
    if (each.home < period.start || each.home >= period.end) return false
    const order = each.order === null ? undefined : book.orders.get(each.order)
    return order === undefined || !isGone(remainsOf(order.content, order.refunds))
  })
  if (ladder.measure.type === 'visits') {
    const days = new Set(living.map((each) => dayAt(each.home))).size
    return { now: days, highest: days }
  }
  let [running, highest] = [0, 0]
  for (const each of living) {
    running += each.change
    highest = Math.max(highest, running)
  }
  return { now: running, highest }
}

// ---- surplus that rolls over -------------------------------------------------------------------------------------------

const rollOverOf = ({ window }: Ladder) => ('rollOver' in window ? (window.rollOver ?? null) : null)

/** The first moment whose orders a refund at `at` still changes, or that a window looks at. */
function reachedFrom(book: Book, { refunds }: Program, ladder: Ladder, at: LocalTime): LocalTime {
  const current = periodAt(book, ladder, at)
  const keeps = ladder.rise === 'period-end' || ('keptThrough' in ladder.window && ladder.window.keptThrough)
  const looked = keeps ? periodAt(book, ladder, current.start - 1).start : current.start
  const day = dayAfter(dayAt(at), refunds.accept, -1)
  return Math.min(looked, periodAt(book, ladder, midnightOf(day)).start)
}

interface Step {
  readonly at: LocalTime
  /** Its place among those of one moment; what begins a period comes before them. */
  readonly nth: number
  readonly change: number
}

/** How the sum of a period went, from its beginning on: with what the one before left to it, which changes as that one does. */
function courseOf(book: Book, ladder: Ladder, period: Period): (Step & { now: number; highest: number })[] {
  const living = entriesOf(book, ladder).filter(({ order }) => !book.goneFrom.has(`${ladder.id}/${order}`))
  const days = new Set<number>()
  const own = living.flatMap(({ at, home, change }, nth) => {
    if (ladder.measure.type !== 'visits') return [{ at, nth, home, change }]
    const isFirst = !days.has(dayAt(home))
    days.add(dayAt(home))
    return isFirst ? [{ at, nth, home, change: 1 }] : []
  })
  const within = ({ start, end }: Period) => own.filter(({ home }) => home >= start && home < end)
  const hasOlder = ({ start }: Period) => own.some(({ home }) => home < start)
  const course = (of: Period): (Step & { now: number; highest: number })[] => {
    const before = hasOlder(of) ? course(periodAt(book, ladder, of.start - 1)) : []
    const steps = [...leftTo(of, before), ...within(of)].sort((a, b) => a.at - b.at || a.nth - b.nth)
    let [now, highest] = [0, 0]
    return steps.map((step) => {
      now += step.change
      highest = Math.max(highest, now)
      return { ...step, now, highest }
    })
  }
  const leftTo = ({ start }: Period, before: ReturnType<typeof course>): Step[] => {
    const first = before.findLast(({ at }) => at < start)
    let left = first === undefined ? 0 : surplusOf(ladder, first)
    const later = before.flatMap((step): Step[] => {
      if (step.at < start) return []
      const change = surplusOf(ladder, step) - left
      left += change
      return change === 0 ? [] : [{ at: step.at, nth: step.nth, change }]
    })
    return [{ at: start, nth: -1, change: first === undefined ? 0 : surplusOf(ladder, first) }, ...later]
  }
  return course(period)
}

function surplusOf(ladder: Ladder, { now, highest }: { readonly now: number; readonly highest: number }): number {
  const counted = ladder.afterRefund === 'revoke' ? now : highest
  const held = ladder.levels.findLastIndex(({ reach }) => reach <= counted)
  const beyond = now - (ladder.levels[held]?.reach ?? 0)
  const most = rollOverOf(ladder)?.most ?? null
  return held <= 0 || beyond < 0 ? 0 : most === null ? beyond : Math.min(most, beyond)
}

/** What counts as of now on ladders that an order climbs bit by bit and at once (EARN-6). */
export function risingAt(book: Book, program: Program, local: LocalTime): Map<string, number> {
  const climbed = program.ladders.filter((ladder) => {
    const { measure, rise, window } = ladder
    const isAtOnce = rise === 'at-once' || window.type === 'rolling' || window.type === 'lifetime'
    const isBitByBit = measure.type === 'spend' || measure.type === 'earned'
    return isBitByBit && isAtOnce && standingOf(book, ladder).override === null
  })
  return new Map(climbed.map((ladder) => [ladder.id, sumsIn(book, ladder, periodAt(book, ladder, local)).now]))
}

export function supported(book: Book, ladder: Ladder, local: LocalTime): number {
  const { window } = ladder
  const current = periodAt(book, ladder, local)
  const before = (period: Period) => periodAt(book, ladder, period.start - 1)
  const previous = current.start === Number.NEGATIVE_INFINITY || window.type === 'rolling' ? null : before(current)
  // What is risen to at a period's end holds through the next one; so does everything where the window is kept through.
  const waits = ladder.rise === 'period-end' && previous !== null
  const keeps = waits || ('keptThrough' in window && window.keptThrough)
  const levelBy = (period: Period) => {
    const total = sumIn(book, ladder, period)
    return ladder.levels.findLastIndex((level) => level.reach <= total)
  }
  return Math.max(0, waits ? 0 : levelBy(current), keeps && previous !== null ? levelBy(previous) : 0)
}

// ---- judging -----------------------------------------------------------------------------------------------------------

const indexOf = (ladder: Ladder, level: string | undefined): number =>
  level === undefined
    ? 0
    : Math.max(
        0,
        ladder.levels.findIndex((each) => each.id === level),
      )

/** After an event, where it changed what counts: up or down at once, never below the floor. */
export function judgeAfterEvent(book: Book, program: Program, local: LocalTime): void {
  for (const ladder of program.ladders) {
    if (countedOn(book, ladder) === standingOf(book, ladder).counted) continue
    const ruling = rulingAt(book, program, ladder, local)
    judgeOne(book, ruling.program, ruling.ladder, local)
  }
}

const countedOn = (book: Book, ladder: Ladder): string =>
  JSON.stringify(
    entriesOf(book, ladder).filter(({ order: key }) => {
      const order = key === null ? undefined : book.orders.get(key)
      return order === undefined || !isGone(remainsOf(order.content, order.refunds))
    }),
  )

/** What an old order or an award of old terms counts its own version says; what that comes to, the one in force (TRN-4). */
function rulingAt(book: Book, program: Program, ladder: Ladder, local: LocalTime) {
  const now = inForceAt(book, local)
  const same = now?.ladders.find(({ id }) => id === ladder.id)
  return same === undefined || now === null ? { program, ladder } : { program: now, ladder: same }
}

export function judgeOne(book: Book, program: Program, ladder: Ladder, local: LocalTime): void {
  const standing = standingOf(book, ladder)
  const before = levelHeld(book, ladder)
  settleAt(ladder, standing, supported(book, ladder, local))
  standing.judgedAt = Math.max(standing.judgedAt ?? local, local)
  standing.counted = countedOn(book, ladder)
  noteMove(book, program, ladder, before, true)
}

/** An award touches its own ladders only; at the very moment of a review it is the review (TIER-4). */
export function judgeAfterAward(book: Book, program: Program, id: string, local: LocalTime): void {
  const own = program.ladders.find((each) => each.id === id)
  if (own === undefined) return
  const ruling = rulingAt(book, program, own, local)
  const { ladder } = ruling
  const standing = standingOf(book, ladder)
  const after = standing.judgedAt
  const isReviewed =
    after !== null && momentsOf(book, ladder, standing, after).some((moment) => after < moment && moment <= local)
  if (isReviewed) judgeAtMoment(book, id, local)
  else judgeOne(book, ruling.program, ladder, local)
}

/** TIER-7: what is risen to has its awards; what facts take has them taken back, and time takes none. */
function noteMove(book: Book, program: Program, ladder: Ladder, before: string, isByFacts: boolean): void {
  const to = levelHeld(book, ladder)
  const rises = indexOf(ladder, to) > indexOf(ladder, before)
  if (to === before || !(rises || isByFacts)) return
  book.moves.push({ ladder: ladder.id, version: program.version, from: before, to, rises })
}

/** The level is the higher of what the facts support and the floor; a floor that holds nothing up is gone, unless covered. */
export function settleAt(ladder: Ladder, standing: Standing, support: number): void {
  const floor = indexOf(ladder, standing.floor?.level)
  const isForGood = standing.floor?.until === null || standing.floor?.promised === true
  if (floor <= support && standing.override === null && !isForGood) standing.floor = null
  standing.level = ladder.levels[Math.max(support, floor)]?.id ?? standing.level
}

/** First moment after the last judged one at which time alone may change a level. */
export function nextTierMoment(book: Book, local: LocalTime): { ladder: Ladder; moment: LocalTime } | null {
  const found: { ladder: Ladder; moment: LocalTime }[] = []
  for (const ladder of inForceAt(book, local)?.ladders ?? []) {
    const standing = standingOf(book, ladder)
    if (standing.judgedAt === null) continue
    for (const moment of momentsOf(book, ladder, standing, standing.judgedAt)) {
      if (moment > standing.judgedAt && moment <= local) found.push({ ladder, moment })
    }
  }
  return found.sort((a, b) => a.moment - b.moment || (a.ladder.id < b.ladder.id ? -1 : 1))[0] ?? null
}

export function momentsOf(book: Book, ladder: Ladder, standing: Standing, after: LocalTime): LocalTime[] {
  const moments = [standing.floor?.until ?? null, standing.override?.until ?? null]
  const { window } = ladder
  if (window.type === 'rolling') {
    for (const { home } of entriesOf(book, ladder)) {
      // First day whose window no longer reaches the entry's own: near home + length, months being of unequal length.
      let day = dayAfter(dayAt(home), window.length) - 4
      while (dayAfter(day, window.length, -1) < dayAt(home)) day++
      moments.push(midnightOf(day))
    }
  } else moments.push(periodAt(book, ladder, after).end)
  return moments.filter((moment) => moment !== null)
}

/** Time alone: grace first, then as far down as the policy says (TIER-4). */
export function judgeAtMoment(book: Book, ladderId: string, moment: LocalTime): void {
  const program = inForceAt(book, moment)
  const ladder = program?.ladders.find((each) => each.id === ladderId)
  if (program === null || ladder === undefined) return
  const standing = standingOf(book, ladder)
  const before = levelHeld(book, ladder)
  standing.judgedAt = moment
  standing.counted = countedOn(book, ladder)
  if (standing.override?.until != null && standing.override.until <= moment) standing.override = null
  const floorEnded = standing.floor?.until != null && standing.floor.until <= moment
  if (floorEnded) standing.floor = null

  const held = indexOf(ladder, standing.level)
  const support = supported(book, ladder, moment)
  const kept = Math.max(support, indexOf(ladder, standing.floor?.level))
  // What an override covers falls as if there were none.
  if (kept < held) {
    const { to, grace } = ladder.fall
    const floorAt = (index: number, until: LocalTime | null) => {
      standing.floor = { level: ladder.levels[index]?.id ?? '', until }
    }
    if (to === 'never') floorAt(held, null)
    else if (grace !== null && !floorEnded) floorAt(held, midnightOf(dayAfter(dayAt(moment), grace)))
    else if (to === 'one-step' && held - 1 > support) floorAt(held - 1, stepEnd(book, ladder, moment))
  }
  settleAt(ladder, standing, support)
  noteMove(book, program, ladder, before, false)
}

/** The end of the period; of a rolling window, one length. */
function stepEnd(book: Book, ladder: Ladder, moment: LocalTime): LocalTime {
  const { window } = ladder
  if (window.type === 'rolling') return midnightOf(dayAfter(dayAt(moment), window.length))
  return periodAt(book, ladder, moment).end
}

export function override(
  book: Book,
  program: Program,
  ladder: Ladder,
  level: string | null,
  until: LocalTime | null,
  local: LocalTime,
): void {
  const isOver = until !== null && until <= local
  const before = levelHeld(book, ladder)
  standingOf(book, ladder).override = level === null || isOver ? null : { level, until }
  noteMove(book, program, ladder, before, false)
}
