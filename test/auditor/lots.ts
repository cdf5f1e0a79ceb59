import type { ActivePart, Expiry, LocalDay, LocalTime, Lot, LotEnd, Program } from '@laurel/engine'
import { assetOf, type Book, balance, inForceAt, noTime, post } from './book.ts'
import { assetFor } from './declared.ts'
import type { AuditedOrder, Parcel, Stretch } from './records.ts'
import { dayAfter, dayAt, firstAnniversaryFrom, firstDateFrom, midnightOf, unitEnd } from './time.ts'

/** LOT: what is active, by parcel; how parcels are taken, end and come back. */

/** What makes a movement. */
export interface Occasion {
  readonly cause: string
  readonly rule: string
  readonly day: LocalDay
}

/** The last day of points that become active on `day` (LOT-1, LOT-2). */
export function endOf(book: Book, asset: string, expiry: Expiry, day: LocalDay): LotEnd {
  switch (expiry.type) {
    case 'never':
      return 'never'
    case 'inactive':
      return stretchOn(book, asset, day)
    case 'life': {
      const last = dayAfter(day, expiry.life)
      return expiry.endOf === null ? last : unitEnd(last, expiry.endOf) - 1
    }
    case 'date':
      return firstDateFrom(dayAfter(day, expiry.leastLife ?? noTime), expiry.month, expiry.day)
    case 'anniversary':
      return firstAnniversaryFrom(book.joinedOn ?? day, dayAfter(day, expiry.leastLife ?? noTime) + 1) - 1
  }
}

/** Of an order that came with its member: what it was there. */
export function endOfPoints(
  book: Book,
  order: AuditedOrder | null,
  asset: string,
  expiry: Expiry,
  since: LocalDay,
): LotEnd {
  const before = expiry.type === 'inactive' ? order?.livedIn.get(`${asset}/${since}`) : undefined
  return before ?? endOf(book, asset, expiry, since)
}

/** `rule:<id>`, `tier:<ladder>/<level>`, or the asset's own. */
export function expiryNamed(program: Program, asset: string, expiryOf: string): Expiry {
  const [kind, name = ''] = [expiryOf.slice(0, 5), expiryOf.slice(5)]
  if (kind === 'rule:') {
    const rules = [...program.onOrder, ...[...program.onActivity.values()].flat()]
    const own = rules.find((rule) => rule.id === name)?.expiry
    if (own) return own
  }
  if (kind === 'tier:') {
    const [ladder, level] = name.split('/')
    const own = program.ladders.find((each) => each.id === ladder)?.levels.find((each) => each.id === level)
    const expiry = own?.expiry.get(asset)
    if (expiry) return expiry
  }
  return assetOf(program, asset)?.expiry ?? { type: 'never' }
}

/** First moment at which a lot has lapsed; null: not yet known, or never. */
export function lapseMoment(book: Book, asset: string, end: LotEnd): number | null {
  if (end === 'never') return null
  const last = typeof end === 'number' ? end : silentAfter(book, asset, movedIn(book, asset, end))
  return last === null ? null : midnightOf(last + 1)
}

// ---- stretches of activity (LOT-2) -------------------------------------------------------------------------------------

const firstDayIn = (name: string): LocalDay => Number(/^idle-(-?\d+)/.exec(name)?.[1])

const movedIn = (book: Book, asset: string, name: string): LocalDay =>
  book.stretches.find((each) => each.asset === asset && each.name === name)?.moved ?? firstDayIn(name)

/** The last day of what was moved on a day and not since; null: nothing lapses by silence. */
function silentAfter(book: Book, asset: string, moved: LocalDay): LocalDay | null {
  const expiry = assetFor(book, midnightOf(moved), asset)?.expiry
  return expiry?.type === 'inactive' ? dayAfter(moved, expiry.idle) : null
}

const holds = (book: Book, { asset, first, moved }: Stretch, day: LocalDay): boolean =>
  first <= day && day <= (silentAfter(book, asset, moved) ?? day)

/** That of a member's own which holds the day; of two silences the one that would not have come; else a new one. */
export function stretchOn(book: Book, asset: string, day: LocalDay): LotEnd {
  const own = book.stretches.filter((each) => each.asset === asset && each.of === null)
  const running = own.find((each) => holds(book, each, day))
  if (running !== undefined) return running.name
  const ahead = own.filter(({ first }) => first > day && first <= (silentAfter(book, asset, day) ?? first))
  return ahead.sort((a, b) => a.first - b.first)[0]?.name ?? `idle-${day}`
}

/** In whatever life. */
export const stretchesOn = (book: Book, asset: string, day: LocalDay): readonly LotEnd[] =>
  book.stretches.filter((each) => each.asset === asset && holds(book, each, day)).map(({ name }) => name)

/** Unless it is there already, or was over before anybody heard of it. */
export function begin(book: Book, asset: string, name: LotEnd, today: LocalDay): void {
  if (typeof name === 'number' || name === 'never') return
  if (book.stretches.some((each) => each.asset === asset && each.name === name)) return
  const first = firstDayIn(name)
  if (today <= (silentAfter(book, asset, first) ?? today)) {
    book.stretches.push({ asset, name, first, moved: first, of: null })
  }
}

/** Somebody who is not silent. */
export function moveStretch(book: Book, asset: string, name: LotEnd, day: LocalDay): void {
  for (const each of book.stretches) {
    if (each.asset === asset && each.name === name) each.moved = Math.max(each.moved, day)
  }
}

/** LOT-4: priority, then end, those that go by activity after dated ones, never last; what came first of equal ones. */
export function byBurnOrder(a: Pick<Lot, 'priority' | 'lastDay'>, b: Pick<Lot, 'priority' | 'lastDay'>): number {
  const weight = (end: LotEnd) => (end === 'never' ? 2e15 : typeof end === 'string' ? 1e15 + firstDayIn(end) : end)
  const [one, other] = [`${a.lastDay}`, `${b.lastDay}`]
  const byName = one < other ? -1 : one > other ? 1 : 0
  return a.priority - b.priority || weight(a.lastDay) - weight(b.lastDay) || byName
}

const inBurnOrder = (book: Book, asset: string): Parcel[] =>
  book.parcels.filter((parcel) => parcel.asset === asset && parcel.amount > 0).sort(byBurnOrder)

/** Takes up to `amount` out of the parcels that `fits`, in burn order, and says what it took of which end. */
export function takeParcels(
  book: Book,
  asset: string,
  amount: number,
  fits: (parcel: Parcel) => boolean,
): ActivePart[] {
  const parts: ActivePart[] = []
  let left = amount
  for (const parcel of inBurnOrder(book, asset).filter(fits)) {
    const taken = Math.min(left, parcel.amount)
    if (taken === 0) break
    parcel.amount -= taken
    left -= taken
    const last = parts.at(-1)
    if (last?.priority === parcel.priority && last.lastDay === parcel.lastDay) {
      parts[parts.length - 1] = { ...last, amount: last.amount + taken }
    } else parts.push({ priority: parcel.priority, lastDay: parcel.lastDay, amount: taken })
  }
  return parts
}

/** Points come into `active` from somewhere: they repay the asset's debt first (REF-3), the rest is a parcel. */
export function credit(
  book: Book,
  occasion: Occasion,
  from: 'issued' | 'pending' | 'held' | 'redeemed' | 'adjusted' | 'expired' | 'transit',
  points: { readonly asset: string; readonly priority: number; readonly lastDay: LotEnd; readonly amount: number },
): void {
  const { asset, amount } = points
  post(book, { cause: occasion.cause, rule: occasion.rule, asset, from, to: 'active', amount })
  land(book, occasion, points)
}

/** What has just come to `active` repays debt, and what is left of it is a parcel. */
export function land(book: Book, occasion: Occasion, points: Omit<Parcel, 'asset'> & { readonly asset: string }): void {
  const { asset, amount } = points
  const debt = balance(book, asset, 'debt')
  const repaid = Math.min(debt, amount)
  post(book, { cause: occasion.cause, rule: 'repay', asset, from: 'active', to: 'debt', amount: repaid })
  // Who was silent is so no longer from the first points on.
  if (amount > 0) begin(book, asset, points.lastDay, occasion.day)
  if (amount > repaid) book.parcels.push({ ...points, amount: amount - repaid })
}

/** LOT-3: what is left of an end lapses, once, and is remembered. */
export function lapse(book: Book, asset: string, priority: number, end: LotEnd, due: LocalDay, cause: string): void {
  const isIt = (parcel: Parcel) => parcel.priority === priority && parcel.lastDay === end
  for (const part of takeParcels(book, asset, Number.MAX_SAFE_INTEGER, isIt)) {
    post(book, { cause, rule: 'expire', asset, from: 'active', to: 'expired', amount: part.amount })
    book.lapses.push({ asset, priority, lastDay: end, lapsedOn: due - 1, amount: part.amount })
  }
}

/** REF-7: no refund is accepted any more for orders whose points lapsed so long ago, or were forfeited. */
export function isForgotten(book: Book, goneOn: LocalDay, local: LocalTime): boolean {
  const accept = inForceAt(book, local)?.refunds.accept ?? noTime
  return dayAfter(goneOn, accept) < dayAt(local)
}

/** What remains of lapsed points of an end is moved back: ends in burn order, of one end the oldest lapse first. */
export function takeLapsed(book: Book, amount: number, fits: (lapse: Book['lapses'][number]) => boolean): number {
  let left = amount
  for (const each of book.lapses.filter(fits).sort(byBurnOrder)) {
    const taken = Math.min(left, each.amount)
    each.amount -= taken
    left -= taken
  }
  return amount - left
}

/**
 * Parts of a burn come back, last taken first (LOT-4, LOT-5). `whenOver` names the end for a part whose date has passed; null
 * keeps its date, so that it lapses at once. What no lot covered lives anew. `from` null: it has come to `active` already.
 */
export function giveBackParts(
  book: Book,
  occasion: Occasion,
  from: 'held' | 'redeemed' | null,
  asset: string,
  parts: readonly ActivePart[],
  program: Program,
  whenOver: LocalDay | null,
): void {
  for (const part of [...parts].reverse()) {
    let lastDay: LotEnd
    let priority = part.priority
    if (part.lastDay === 'uncovered') {
      lastDay = endOf(book, asset, expiryNamed(program, asset, ''), occasion.day)
      priority = assetOf(program, asset)?.burnOrder.length ?? 0
    } else {
      const moment = lapseMoment(book, asset, part.lastDay)
      const over = moment !== null && moment <= midnightOf(occasion.day)
      lastDay = over && whenOver !== null ? whenOver : part.lastDay
    }
    const points = { asset, priority, lastDay, amount: part.amount }
    if (from === null) land(book, occasion, points)
    else credit(book, occasion, from, points)
  }
}

/** The tail of a burn: the last `amount` of its parts, less `skip` that came back already. */
export function lastParts(parts: readonly ActivePart[], skip: number, amount: number): ActivePart[] {
  const found: ActivePart[] = []
  let [passing, left] = [skip, amount]
  for (const part of [...parts].reverse()) {
    const passed = Math.min(passing, part.amount)
    passing -= passed
    const taken = Math.min(left, part.amount - passed)
    left -= taken
    if (taken > 0) found.unshift({ ...part, amount: taken })
  }
  return found
}
