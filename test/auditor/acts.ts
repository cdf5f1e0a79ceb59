import type {
  LocalDay,
  LocalTime,
  LotEnd,
  LotsExtended,
  LotsReinstated,
  PointsAdjusted,
  RequestAnswer,
  TierOverridden,
} from '@laurel/engine'
import { burnsNoMore } from './bars.ts'
import { type Book, balance, inForceAt, post, programOf } from './book.ts'
import { assetFor, programFor } from './declared.ts'
import { sum } from './exact.ts'
import { credit, endOf, expiryNamed, isForgotten, lapseMoment, takeParcels } from './lots.ts'
import { judgeOne, override } from './tiers.ts'
import { dayAt, midnightOf } from './time.ts'

/** Acts of staff (LOT-6, TIER-1): they stand as they were done. */

export function adjust(book: Book, event: PointsAdjusted): RequestAnswer | null {
  const { asset, amount } = event
  const program = programFor(book, programOf(book, event.stamp.version), event.stamp.local, asset)
  if (program === null) return null
  const cause = `${event.source}/${event.id}`
  if (amount < 0) {
    const answer = event.answer ?? judgeTaking(book, asset, -amount)
    if (!answer.granted) return answer
    const covered = sum(takeParcels(book, asset, answer.amount, () => true).map((part) => part.amount))
    post(book, { cause, rule: 'adjust', asset, from: 'active', to: 'adjusted', amount: covered })
    post(book, { cause, rule: 'adjust', asset, from: 'debt', to: 'adjusted', amount: answer.amount - covered })
    return answer
  }
  const bar = keepingBar(book, event.stamp.local)
  const giving: RequestAnswer =
    bar === null ? { granted: true, asset, amount } : { granted: false, refusal: { code: bar, shortBy: null } }
  const answer = event.answer ?? giving
  if (!answer.granted) return answer
  const day = dayAt(event.stamp.local)
  const priority = assetFor(book, event.stamp.local, asset)?.burnOrder.length ?? 0
  const lastDay = endOf(book, asset, expiryNamed(program, asset, ''), day)
  credit(book, { cause, rule: 'adjust', day }, 'adjusted', { asset, priority, lastDay, amount })
  return answer
}

/** Nothing can belong to whoever has left, nor in a program that is over. */
const keepingBar = (book: Book, local: LocalTime): 'left' | 'closed' | null =>
  book.left !== null ? 'left' : burnsNoMore(inForceAt(book, local), local) ? 'closed' : null

function judgeTaking(book: Book, asset: string, amount: number): RequestAnswer {
  const short = amount - balance(book, asset, 'active')
  if (short > 0) return { granted: false, refusal: { code: 'short', shortBy: short } }
  return { granted: true, asset, amount }
}

/** Only to a later day, and only what is there; what was granted moves whatever ends then by now, and others if there is less (EVT-2). */
export function extend(book: Book, event: LotsExtended): RequestAnswer {
  const { asset, newLastDay, lastDay } = event
  const amount = sum(endingOn(book, event, lastDay).map((each) => each.amount))
  const wrong = amount === 0 ? 'unknown-lot' : newLastDay <= lastDay ? 'not-later' : null
  const judged: RequestAnswer =
    wrong === null ? { granted: true, asset, amount } : { granted: false, refusal: { code: wrong, shortBy: null } }
  const answer = event.answer ?? judged
  if (!answer.granted) return answer
  endLater(book, event, lastDay, amount)
  endOthersLater(book, event, answer.amount - amount)
  return answer
}

type EndingLater = Pick<LotsExtended, 'asset' | 'lastDay' | 'newLastDay' | 'stamp'>

const lastDayOf = (book: Book, asset: string, end: LotEnd | 'uncovered'): number => {
  const moment = end === 'uncovered' ? null : lapseMoment(book, asset, end)
  return moment === null ? Number.POSITIVE_INFINITY : dayAt(moment) - 1
}

const openHolds = (book: Book, asset: string) =>
  [...book.redemptions.values()].filter((each) => each.state === 'held' && each.asset === asset)

/** Held points whose day has come and gone are as good as lapsed. */
function endingOn(book: Book, { asset, stamp }: EndingLater, day: number) {
  const held = day >= dayAt(stamp.local) ? openHolds(book, asset).flatMap(({ parts }) => parts) : []
  return [...book.parcels.filter((parcel) => parcel.asset === asset), ...held].filter(
    ({ amount, lastDay }) => amount > 0 && lastDayOf(book, asset, lastDay) === day,
  )
}

/** So much of what ends on a day gets the new end, what is active before what is held. */
function endLater(book: Book, event: EndingLater, day: number, amount: number): void {
  const { asset, newLastDay } = event
  const held = endingOn(book, event, day)
  let left = amount
  for (const part of takeParcels(book, asset, left, (parcel) => lastDayOf(book, asset, parcel.lastDay) === day)) {
    left -= part.amount
    book.parcels.push({ asset, priority: part.priority, lastDay: newLastDay, amount: part.amount })
  }
  for (const each of openHolds(book, asset)) {
    each.parts = each.parts.flatMap((part) => {
      if (!held.includes(part) || left === 0) return [part]
      const moved = Math.min(left, part.amount)
      left -= moved
      const rest = moved < part.amount ? [{ ...part, amount: part.amount - moved }] : []
      return [{ ...part, lastDay: newLastDay, amount: moved }, ...rest]
    })
  }
}

/** What ends sooner than the new day, day by day, the nearest to the one that was named first, of two the earlier. */
function endOthersLater(book: Book, event: EndingLater, amount: number): void {
  const { asset, newLastDay } = event
  const there = [...book.parcels, ...openHolds(book, asset).flatMap(({ parts }) => parts)]
  const days = new Set(there.map(({ lastDay }) => lastDayOf(book, asset, lastDay)))
  let left = amount
  for (const day of [...days].sort((a, b) => farness(event, a) - farness(event, b))) {
    if (day >= lastDayOf(book, asset, newLastDay)) continue
    const ending = Math.min(left, sum(endingOn(book, event, day).map((each) => each.amount)))
    endLater(book, event, day, ending)
    left -= ending
  }
}

/** Of two days that are as far off the later is a little farther. */
const farness = ({ lastDay }: { readonly lastDay: LocalDay }, day: number): number =>
  day > lastDay ? 2 * (day - lastDay) + 1 : 2 * (lastDay - day)

/** As much of the lapsed lots of that day as is left, in the order in which they lapsed; what was granted of others then (EVT-2). */
export function reinstate(book: Book, event: LotsReinstated): RequestAnswer {
  const { asset, newLastDay } = event
  const dayOf = (lapse: Book['lapses'][number]) => (typeof lapse.lastDay === 'string' ? lapse.lapsedOn : lapse.lastDay)
  const known = book.lapses.filter(
    (lapse) => lapse.asset === asset && !isForgotten(book, lapse.lapsedOn, event.stamp.local),
  )
  const there = sum(known.filter((lapse) => dayOf(lapse) === event.lastDay).map((lapse) => lapse.amount))
  const bar = keepingBar(book, event.stamp.local)
  const judged: RequestAnswer =
    bar !== null
      ? { granted: false, refusal: { code: bar, shortBy: null } }
      : newLastDay < dayAt(event.stamp.local)
        ? { granted: false, refusal: { code: 'already-over', shortBy: null } }
        : there === 0
          ? { granted: false, refusal: { code: 'short', shortBy: event.amount } }
          : { granted: true, asset, amount: Math.min(there, event.amount) }
  const answer = event.answer ?? judged
  if (!answer.granted) return answer
  const occasion = { cause: `${event.source}/${event.id}`, rule: 'reinstate', day: dayAt(event.stamp.local) }
  let left = answer.amount
  for (const lapse of known.sort((a, b) => farness(event, dayOf(a)) - farness(event, dayOf(b)))) {
    const amount = Math.min(left, lapse.amount)
    lapse.amount -= amount
    left -= amount
    const { priority } = lapse
    if (amount > 0) credit(book, occasion, 'expired', { asset, priority, lastDay: newLastDay, amount })
  }
  endOthersLater(book, event, left)
  return answer
}

export function overrideTier(book: Book, event: TierOverridden): void {
  const program = inForceAt(book, event.stamp.local)
  const ladder = program?.ladders.find((each) => each.id === event.ladder)
  if (program == null || ladder === undefined) return
  // A level that nobody would hold is not set.
  if (event.level !== null && event.endsOn !== null && event.endsOn <= dayAt(event.stamp.local)) return
  const until = event.endsOn === null ? null : midnightOf(event.endsOn)
  override(book, program, ladder, event.level, until, event.stamp.local)
  judgeOne(book, program, ladder, event.stamp.local)
}
