import type { LocalTime, Stamp } from '@laurel/engine'
import { settleEntries } from './awards.ts'
import { type Book, inForceAt } from './book.ts'
import { settleCards } from './cards.ts'
import { clearWhatCame, endProgram, nextEnd } from './ending.ts'
import { convertWhatCame, nextStart } from './giving-up.ts'
import { forfeit, forfeitWhatCame } from './leaving.ts'
import { lapse, lapseMoment } from './lots.ts'
import { activate } from './pending.ts'
import { endPlan } from './plans.ts'
import { timeOut } from './redemptions.ts'
import { dueOfReferral, qualify } from './referrals.ts'
import { judgeAtMoment, levelHeld, nextTierMoment } from './tiers.ts'
import { dayAt, midnightOf } from './time.ts'
import { end, leftOn, statusOf } from './vouchers.ts'

interface Due {
  readonly moment: number
  readonly rank: 1 | 2 | 3 | 4
  readonly id: string
  /** At its own moment, or when what made it due happened. */
  readonly fire: (cause: string, local: LocalTime) => void
  /** Of a review: the level that it looks at. */
  readonly level?: () => string
}

/** Fires one timer after another, the earliest first, and looks at everything again after each (TIME-3). */
export function letTimePass(book: Book, stamp: Stamp, cause: string | null): void {
  for (;;) {
    const next = dueUntil(book, stamp).sort(
      (a, b) => a.moment - b.moment || a.rank - b.rank || (a.id < b.id ? -1 : a.id > b.id ? 1 : 0),
    )[0]
    if (next === undefined) return
    const [by, at] = cause === null ? [next.id, next.moment] : [cause, Math.max(next.moment, stamp.local)]
    const before = next.level?.()
    next.fire(by, at)
    // A review that leaves the level as it was fills no card (STAMP-1).
    const isIdle = next.level !== undefined && next.level() === before
    settleEntries(book, by, at)
    convertWhatCame(book, by, at)
    // Before any version has begun nothing is given (EVT-3).
    const hasBegun = book.timeline.some((each) => each.fromLocal <= next.moment && each.publishedLocal <= next.moment)
    settleCards(book, hasBegun && !isIdle ? inForceAt(book, next.moment) : null, by, at)
    convertWhatCame(book, by, at)
    forfeitWhatCame(book, by, at)
    clearWhatCame(book, by, at)
  }
}

function dueUntil(book: Book, stamp: Stamp): Due[] {
  const { local } = stamp
  if (book.hasGone) return []
  const found: Due[] = []
  for (const { asset, priority, lastDay, amount } of book.parcels) {
    const moment = amount === 0 ? null : lapseMoment(book, asset, lastDay)
    if (moment === null || moment > local) continue
    const due = dayAt(moment)
    const fire: Due['fire'] = (cause, at) => lapse(book, asset, priority, lastDay, dayAt(at), cause)
    found.push({ moment, rank: 1, id: `lot/${asset}/${priority}/${lastDay}/${due}`, fire })
  }
  for (const voucher of book.vouchers.values()) {
    if (voucher.lastDay === null || statusOf(voucher) !== 'open') continue
    if (voucher.taken > 0 && leftOn(voucher) === 0) continue
    const moment = midnightOf(voucher.lastDay + 1)
    if (moment > local) continue
    const fire: Due['fire'] = () => end(book, voucher.id, 'expired')
    found.push({ moment, rank: 1, id: `voucher/${voucher.id}/${dayAt(moment)}`, fire })
  }
  for (const [plan, { ended, endsAt }] of book.left?.forGood ? [] : book.plans) {
    if (ended !== null || endsAt > local) continue
    const fire: Due['fire'] = (_cause, at) => endPlan(book, plan, at)
    found.push({ moment: endsAt, rank: 1, id: `membership/${plan}/${endsAt}`, fire })
  }
  for (const redemption of book.redemptions.values()) {
    if (redemption.state !== 'held' || redemption.untilAt > stamp.at) continue
    const fire: Due['fire'] = (cause, at) => timeOut(book, redemption, cause, at)
    found.push({ moment: redemption.untilLocal, rank: 2, id: `hold/${redemption.id}/time-out`, fire })
  }
  for (const entry of book.pendings) {
    const moment = midnightOf(entry.dueOn)
    if (entry.amount === 0 || moment > local) continue
    const fire: Due['fire'] = (cause, at) => activate(book, entry, cause, dayAt(at))
    found.push({ moment, rank: 3, id: `pending/${entry.id}/${entry.dueOn}`, fire })
  }
  const referred = book.left?.forGood ? null : dueOfReferral(book)
  if (referred !== null && referred <= local) {
    const fire: Due['fire'] = (cause, at) => qualify(book, cause, at)
    found.push({ moment: referred, rank: 3, id: `referral/${referred}`, fire })
  }
  const forfeitOn = book.left?.forfeitOn ?? null
  if (forfeitOn !== null && midnightOf(forfeitOn) <= local) {
    const fire: Due['fire'] = (cause, at) => forfeit(book, cause, at)
    found.push({ moment: midnightOf(forfeitOn), rank: 4, id: `left/${forfeitOn}`, fire })
  }
  const over = book.left?.forGood ? null : nextEnd(book)
  if (over !== null && over <= local) {
    const fire: Due['fire'] = (cause, at) => endProgram(book, cause, at, over)
    found.push({ moment: over, rank: 4, id: `closing/${over}`, fire })
  }
  const start = book.left?.forGood ? null : nextStart(book, local)
  if (start !== null) {
    const fire: Due['fire'] = () => {
      book.begun = start.moment
    }
    found.push({ ...start, rank: 4, fire })
  }
  const tier = book.left?.forGood ? null : nextTierMoment(book, local)
  if (tier !== null) {
    found.push({
      moment: tier.moment,
      rank: 4,
      id: `tier/${tier.ladder.id}/${dayAt(tier.moment)}`,
      fire: () => judgeAtMoment(book, tier.ladder.id, tier.moment),
      level: () => levelHeld(book, tier.ladder),
    })
  }
  return found
}
