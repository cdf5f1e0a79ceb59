import type {
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

/** Only to a later day, and only what is there; what was granted moves whatever ends then by now (EVT-2). */
export function extend(book: Book, event: LotsExtended): RequestAnswer {
  const { asset, newLastDay } = event
  const over = midnightOf(event.lastDay + 1)
  const isEnding = ({ lastDay }: { readonly lastDay: LotEnd | 'uncovered' }) =>
    lastDay !== 'uncovered' && lapseMoment(book, asset, lastDay) === over
  const ending = book.parcels.filter((parcel) => parcel.asset === asset && isEnding(parcel))
  // Held points whose day has come and gone are as good as lapsed.
  const open = [...book.redemptions.values()].filter((each) => each.state === 'held' && each.asset === asset)
  const kept = over > event.stamp.local ? open.flatMap(({ parts }) => parts).filter(isEnding) : []
  const amount = sum([...ending, ...kept].map((each) => each.amount))
  const wrong = amount === 0 ? 'unknown-lot' : newLastDay <= event.lastDay ? 'not-later' : null
  const judged: RequestAnswer =
    wrong === null ? { granted: true, asset, amount } : { granted: false, refusal: { code: wrong, shortBy: null } }
  const answer = event.answer ?? judged
  if (!answer.granted) return answer
  for (const parcel of ending) parcel.lastDay = newLastDay
  for (const each of open) {
    each.parts = each.parts.map((part) => (kept.includes(part) ? { ...part, lastDay: newLastDay } : part))
  }
  return answer
}

/** As much of the lapsed lots of that day as is left, in the order in which they lapsed; what was granted stands (EVT-2). */
export function reinstate(book: Book, event: LotsReinstated): RequestAnswer {
  const { asset, newLastDay } = event
  const found = book.lapses.filter((lapse) => {
    const day = typeof lapse.lastDay === 'string' ? lapse.lapsedOn : lapse.lastDay
    return lapse.asset === asset && day === event.lastDay && !isForgotten(book, lapse.lapsedOn, event.stamp.local)
  })
  const there = sum(found.map((lapse) => lapse.amount))
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
  const give = (amount: number, priority: number) => {
    left -= amount
    if (amount > 0) credit(book, occasion, 'expired', { asset, priority, lastDay: newLastDay, amount })
  }
  for (const lapse of found) {
    const amount = Math.min(left, lapse.amount)
    lapse.amount -= amount
    give(amount, lapse.priority)
  }
  give(left, assetFor(book, event.stamp.local, asset)?.burnOrder.length ?? 0)
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
