import type { Challenge, Goal, LocalTime, Program } from '@laurel/engine'
import { awayOf, type Book, programOf } from './book.ts'
import { isAmong, isDuring, isFor, lineFactsOf, matches, type Occasion, type Subject } from './earning.ts'
import { sum } from './exact.ts'
import { isHeldOut } from './experiments.ts'
import { eligibleOf, isGone, remainsOf } from './money.ts'
import { memberFactsOf } from './past.ts'
import type { AuditedActivity, AuditedOrder, AuditedWindow, CountedFriend, MetChallenges } from './records.ts'
import { dayAfter, dayAt, midnightOf, unitEnd, unitStart } from './time.ts'

/** GAME-1: what everything that ever happened counts for each window, told anew after every event. */

interface Span {
  readonly from: LocalTime
  readonly to: LocalTime
}

function spanOf({ window }: Challenge, local: LocalTime): Span | null {
  switch (window.type) {
    case 'calendar': {
      const day = dayAt(local)
      return { from: midnightOf(unitStart(day, window.unit)), to: midnightOf(unitEnd(day, window.unit)) }
    }
    case 'dates':
      return local >= window.from && local < window.through ? { from: window.from, to: window.through } : null
    case 'lifetime':
      return { from: 0, to: Number.POSITIVE_INFINITY }
  }
}

export const windowKey = (challenge: string, from: LocalTime): string => `${challenge} from ${from}`

export function settleChallenges(book: Book, program: Program | null, local: LocalTime): void {
  if (program === null) return
  for (const challenge of program.challenges.values()) {
    const counted = tallies(book, challenge.id, (span) => isSettled(program, span, local))
    for (const [from, tally] of [...counted].sort(([a], [b]) => a - b)) {
      const known = book.windows.get(windowKey(challenge.id, from)) ?? { tally: new Map(), reached: new Set() }
      if (JSON.stringify([...known.tally].sort()) === JSON.stringify([...tally].sort())) continue
      const now = { tally, reached: known.reached }
      book.windows.set(windowKey(challenge.id, from), now)
      judge(book, challenge, from, now)
    }
  }
}

/** REF-7: no refund reaches it any more, and what else comes changes nothing. */
const isSettled = ({ refunds }: Program, { to }: Span, local: LocalTime): boolean =>
  Number.isFinite(to) && dayAfter(dayAt(to - 1), refunds.accept) < dayAt(local)

/** EXP-1: an order is met as it stands at once, also where what waited for it changes it with the same event. */
export function meetChallenges(book: Book, program: Program, order: AuditedOrder, now: LocalTime): void {
  for (const challenge of program.challenges.values()) {
    const span = spanOf(challenge, order.local)
    if (span === null || isSettled(program, span, now)) continue
    const counted = countOrder(order, challenge, program.places).some(([, amount]) => amount !== 0)
    if (counted) isThere(book, order.met, challenge)
  }
}

/** Something that happened, and what it counts for a challenge as it stands. */
interface Happening {
  readonly local: LocalTime
  readonly version: number | null
  readonly met: MetChallenges
  readonly count: (challenge: Challenge, places: Program['places']) => [string, number][]
}

const happeningsOf = ({ orders, activities, countedFriends }: Book): Happening[] => [
  ...[...orders.values()].map(
    (order): Happening => ({ ...order, count: (challenge, places) => countOrder(order, challenge, places) }),
  ),
  ...activities.map(
    (activity): Happening => ({
      ...{ local: activity.event.stamp.local, version: activity.event.stamp.version, met: activity.met },
      count: (challenge, places) => countActivity(activity, challenge, places),
    }),
  ),
  ...countedFriends.map((friend): Happening => ({ ...friend, count: (challenge) => countFriend(friend, challenge) })),
]

/** By window: those that once counted are looked at too, also where nothing counts any more. */
function tallies(book: Book, id: string, isOver: (span: Span) => boolean): Map<LocalTime, Map<string, number>> {
  const found = new Map<LocalTime, Map<string, number>>()
  for (const { local, version, met, count } of happeningsOf(book)) {
    const program = programOf(book, version)
    const challenge = program?.challenges.get(id)
    const span = challenge === undefined ? null : spanOf(challenge, local)
    if (program === null || challenge === undefined || span === null || isOver(span)) continue
    const tally = found.get(span.from) ?? new Map<string, number>()
    found.set(span.from, tally)
    const counted = count(challenge, program.places).filter(([, amount]) => amount !== 0)
    if (counted.length === 0 || !isThere(book, met, challenge)) continue
    for (const [value, amount] of counted) tally.set(value, (tally.get(value) ?? 0) + amount)
  }
  return found
}

/** EXP-1: what counts for the first time finds out, and what comes of it later goes by that. */
function isThere(book: Book, met: MetChallenges, { id, holdout }: Challenge): boolean {
  if (holdout === null) return true
  const known = met.get(id) ?? !isHeldOut(book, `challenge:${id}`, holdout)
  met.set(id, known)
  return known
}

/** What has a goal, and says for whom and when something counts for it. */
export type Counting = Pick<Challenge, 'goal' | 'audience' | 'when' | 'during'>

export function countOrder(order: AuditedOrder, challenge: Counting, places: Program['places']): [string, number][] {
  const { content, local, placeLocal, found } = order
  const remains = remainsOf(content, order.refunds)
  const subject: Subject = { order: content, remains, activity: null }
  const occasion = { places, local, placeLocal, found }
  const { goal } = challenge
  if (isGone(remains) || found.away !== null || !applies(challenge, subject, occasion)) return []
  const eligible = eligibleOf(content, remains, new Set(), false).byLine
  const lines = remains.lines.flatMap((each, i) => {
    const facts = lineFactsOf(each)
    return matches(goal.lines, facts, subject, occasion)
      ? [{ facts, items: each.items, eligible: eligible[i] ?? 0 }]
      : []
  })
  const spend = sum(lines.map((line) => line.eligible))
  const present = lines.filter((line) => line.items > 0)
  const values = (): string[] => {
    if (goal.distinct === 'day') return [String(dayAt(local))]
    if (goal.distinct === 'place') return content.place === null ? [] : [content.place]
    return present.flatMap(({ facts }) =>
      goal.distinct === 'category' ? facts.categories : [goal.distinct === 'sku' ? facts.sku : facts.brand],
    )
  }
  const each = (): [string, number][] =>
    [...new Set(values().filter((value) => value !== ''))].map((value) => [value, 1])
  const isThere = goal.lines === null || present.length > 0
  switch (goal.measure.type) {
    case 'spend':
      return [['', spend]]
    case 'order':
      return [['', enough(goal, spend) ? 1 : 0]]
    case 'orders':
      if (!isThere) return []
      return goal.distinct === null ? [['', 1]] : each()
    case 'items':
      if (goal.distinct !== null) return present.length === 0 ? [] : each()
      return [['', sum(present.map((line) => line.items))]]
    case 'visits':
      return isThere ? [[String(dayAt(local)), 1]] : []
    case 'earned': {
      const { asset } = goal.measure
      const ours = order.given.filter((given) => given.asset === asset && given.charity === null)
      return [['', sum(ours.map((given) => given.now))]]
    }
    case 'activities':
    case 'referrals':
      return []
  }
}

export function countActivity(
  { event, found, earned }: AuditedActivity,
  challenge: Counting,
  places: Program['places'],
): [string, number][] {
  const { local, placeLocal } = event.stamp
  const { goal } = challenge
  if (!applies(challenge, { order: null, activity: event }, { places, local, placeLocal, found })) return []
  const day = String(dayAt(local))
  switch (goal.measure.type) {
    case 'activities': {
      if (event.name !== goal.measure.name) return []
      if (goal.distinct === 'day') return [[day, 1]]
      if (goal.distinct === 'place') return event.place === null ? [] : [[event.place, 1]]
      return goal.distinct === null ? [['', 1]] : []
    }
    case 'visits':
      return goal.lines === null ? [[day, 1]] : []
    case 'earned': {
      const { asset } = goal.measure
      return [['', sum(earned.filter((each) => each.asset === asset).map((each) => each.amount))]]
    }
    case 'spend':
    case 'order':
    case 'orders':
    case 'items':
    case 'referrals':
      return []
  }
}

/** A friend is brought nowhere, and by no channel. */
function countFriend({ local, found, stands }: CountedFriend, challenge: Challenge): [string, number][] {
  const { goal, audience, when, during } = challenge
  const isAnywhere = goal.places.length === 0 && goal.channels.length === 0
  if (!stands || goal.measure.type !== 'referrals' || !isAnywhere || !isAmong(audience, found, null, null)) return []
  const scope = { order: null, line: null, activity: null, member: memberFactsOf(found, local) }
  const holds = [when, goal.when].every((condition) => condition === null || condition.test(scope))
  return holds && (during === null || isDuring(during, local)) ? [['', 1]] : []
}

function applies({ goal, ...challenge }: Counting, subject: Subject, occasion: Occasion): boolean {
  const { place, channel } = subject.order ?? subject.activity
  if (goal.places.length > 0 && !goal.places.some((each) => each === place)) return false
  if (goal.channels.length > 0 && !goal.channels.some((each) => each === channel)) return false
  const free = { audience: { ...challenge.audience, tiers: [], segments: [], tags: [], places: [], channels: [] } }
  return isFor(challenge, subject, occasion) && isFor({ ...free, when: goal.when, during: null }, subject, occasion)
}

export const enough = ({ comparison, target }: Goal, amount: number): boolean =>
  comparison === 'atLeast' ? amount >= target : amount > target

/** Milestones and the goal, as often as they are reached; what was given stays unless the challenge takes it back. */
function judge(book: Book, challenge: Challenge, from: LocalTime, { tally, reached }: AuditedWindow): void {
  const { goal, milestones, repeat } = challenge
  const counts = goal.distinct !== null || goal.measure.type === 'visits'
  const progress = counts ? tally.size : (tally.get('') ?? 0)
  const due = new Set(milestones.filter(({ reach }) => progress >= reach).map(({ id }) => `milestone/${id}`))
  const target = goal.measure.type === 'order' ? 1 : goal.target
  const isMet = (times: number): boolean =>
    goal.measure.type === 'order' ? progress >= times : enough({ ...goal, target: target * times }, progress)
  const elsewhere = [...book.windows].some(
    ([key, window]) =>
      key.startsWith(`${challenge.id} from`) && key !== windowKey(challenge.id, from) && window.reached.has('done'),
  )
  const most =
    repeat === 'always' ? Number.POSITIVE_INFINITY : repeat === 'once' && elsewhere && !reached.has('done') ? 0 : 1
  for (let times = 1; times <= most && isMet(times); times++) due.add(times === 1 ? 'done' : `done/${times}`)
  if (challenge.afterRefund === 'revoke') for (const what of reached) if (!due.has(what)) reached.delete(what)
  if (awayOf(book) === null) for (const what of due) reached.add(what)
}
