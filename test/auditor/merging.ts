import type { ActivePart, Ladder, LocalDay, LocalTime, LotEnd, MergeReceived } from '@laurel/engine'
import { type Book, balance, inForceAt, post, programOf } from './book.ts'
import { sum } from './exact.ts'
import { byBurnOrder, credit, lapseMoment, moveStretch, stretchOn, takeParcels } from './lots.ts'
import { inOrderOfComing } from './offers.ts'
import { daysAlive } from './pending.ts'
import { takePlans } from './plans.ts'
import type { AuditedOrder, Entry, Standing, Stretch } from './records.ts'
import { endReservations } from './redemptions.ts'
import { judgeOne, levelHeld, momentsOf, override, standingOf } from './tiers.ts'
import { dayAt, midnightOf } from './time.ts'

/** MRG-1: one member's book is closed, and another goes on with all that stands in it. */

/** All that is there, and all that is owed, is on its way to somebody else. */
export function close(book: Book, cause: string, local: LocalTime): void {
  endReservations(book, cause, local)
  for (const asset of new Set(book.entries.map((entry) => entry.asset))) {
    const amount = balance(book, asset, 'debt')
    post(book, { cause, rule: 'merge', asset, from: 'transit', to: 'debt', amount })
  }
  for (const held of [...book.pendings, ...book.parcels]) {
    const from = 'dueOn' in held ? 'pending' : 'active'
    post(book, { cause, rule: 'merge', asset: held.asset, from, to: 'transit', amount: held.amount })
    held.amount = 0
  }
  book.hasGone = true
}

/** `gone` stands as it was before anything left it, without reservations. */
export function takeIn(book: Book, event: MergeReceived, gone: Book): void {
  const { local } = event.stamp
  const endHere = takeStretches(book, gone, event.from, dayAt(local))
  const partsHere = <Part extends { readonly lastDay: LotEnd | 'uncovered' }>(asset: string, parts: readonly Part[]) =>
    parts.map((part) => ({
      ...part,
      lastDay: part.lastDay === 'uncovered' ? part.lastDay : endHere(asset, part.lastDay),
    }))
  takePoints(book, gone, event, endHere)
  const own = new Set(book.vouchers.keys())
  const cards = book.cards.map(({ card }) => `card/${card.id}/`)
  const isTaken = (id: string) => own.has(id) || cards.some((card) => id.startsWith(card))
  const nameHere = (id: string): string => (isTaken(id) ? `${id}@${event.from}` : id)
  for (const voucher of gone.vouchers.values()) {
    const id = nameHere(voucher.id)
    book.vouchers.set(id, { ...voucher, id })
  }
  book.used.push(...gone.used.map((used) => ({ ...used, voucher: nameHere(used.voucher) })))
  for (const [key, order] of gone.orders) {
    lookBack(gone, order, dayAt(local), endHere)
    book.orders.set(key, order)
  }
  for (const [id, redemption] of gone.redemptions) {
    const parts = partsHere(redemption.asset, redemption.parts)
    book.redemptions.set(id, { ...redemption, parts })
  }
  for (const [id, owed] of gone.owed) book.owed.set(id, owed)
  for (const [id, ahead] of gone.paidAhead) book.paidAhead.set(id, ahead)
  for (const name of gone.failed) book.failed.add(name)
  for (const name of gone.goneFrom) book.goneFrom.add(name)
  book.waiting.push(...gone.waiting)
  book.acceptedFor.push(...gone.acceptedFor)
  for (const alone of gone.takenAlone) {
    const taken = alone.taken.map((each) => ({ ...each, parts: partsHere(each.asset, each.parts) }))
    book.takenAlone.push({ ...alone, taken })
  }
  for (const lapse of gone.lapses) book.lapses.push({ ...lapse, lastDay: endHere(lapse.asset, lapse.lastDay) })
  for (const each of gone.forfeits) book.forfeits.push({ ...each, lastDay: endHere(each.asset, each.lastDay) })
  book.uses.push(...gone.uses)
  book.gifts.push(...gone.gifts)
  for (const [asset, amount] of gone.converted) book.converted.set(asset, amount + (book.converted.get(asset) ?? 0))
  for (const [name, friend] of gone.friends) if (!book.friends.has(name)) book.friends.set(name, { ...friend })
  book.countedFriends.push(...gone.countedFriends)
  const kept = book.referral
  // Nobody has sent themselves.
  if (kept === null && gone.referral !== null && ![event.from, event.into].includes(gone.referral.advocate)) {
    book.referral = { ...gone.referral, notKept: new Set([...gone.referral.notKept, ...namesOf(book.activities)]) }
  }
  for (const name of namesOf(gone.activities)) kept?.notKept.add(name)
  // Sent by oneself: that is the same person.
  if (kept !== null && [event.from, event.into].includes(kept.advocate)) kept.isSuspect = true
  book.activities.push(...gone.activities)
  book.receipts.push(...gone.receipts)
  inOrderOfComing(book.receipts)
  // One person: what either has shown and accepted. The mark stays the other's.
  const { age, terms } = gone.footing
  const known = book.footing.terms
  book.footing = {
    ...book.footing,
    age: Math.max(age, book.footing.age),
    terms: [...terms.filter((each) => !known.includes(each)), ...known],
  }
  takeAwards(book, gone, partsHere)
  takePlans(book, gone)
  book.qualifying.push(...gone.qualifying)
  const program = inForceAt(book, local)
  if (program === null) return
  // Ladders that nobody has looked at for the one have nothing to say to the other.
  const judged = program.ladders.filter(({ id }) => gone.standings.get(id)?.judgedAt != null)
  for (const ladder of judged) {
    takeFloor(book, ladder, gone.standings.get(ladder.id)?.floor ?? null)
    judgeOne(book, program, ladder, local)
    takeLevel(book, gone, ladder, local)
  }
}

const namesOf = (activities: Book['activities']): string[] =>
  activities.map(({ event }) => `${event.source}/${event.id}`)

type EndHere = (asset: string, end: LotEnd) => LotEnd

/** In what both are in they go on together; what only one was in bears that one's name. */
function takeStretches(book: Book, gone: Book, from: string, today: LocalDay): EndHere {
  const runs = (of: Book, asset: string) =>
    of.stretches.find((each) => each.asset === asset && lapsesAfter(of, each, today))
  const ours = new Map(
    [...new Set(gone.stretches.map(({ asset }) => asset))].map((asset) => [asset, runs(book, asset)]),
  )
  const endHere: EndHere = (asset, end) => {
    if (typeof end === 'number' || end === 'never') return end
    const own = ours.get(asset)
    return own !== undefined && runs(gone, asset)?.name === end ? own.name : `${end}@${from}`
  }
  for (const [asset, own] of ours) {
    const theirs = runs(gone, asset)
    for (const each of gone.stretches.filter((known) => known.asset === asset)) {
      book.stretches.push({ ...each, name: endHere(asset, each.name), of: each.of ?? from })
    }
    if (theirs === undefined) continue
    const name = endHere(asset, theirs.name)
    if (own === undefined) book.stretches.push({ asset, name, first: today, moved: theirs.moved, of: null })
    moveStretch(book, asset, name, Math.max(theirs.moved, own?.moved ?? theirs.moved))
  }
  return endHere
}

const lapsesAfter = (book: Book, { asset, name }: Stretch, today: LocalDay): boolean =>
  (lapseMoment(book, asset, name) ?? Number.POSITIVE_INFINITY) > midnightOf(today)

/** What its points lived by until now is kept with an order; what still waits will live by whoever goes on. */
function lookBack(gone: Book, order: AuditedOrder, today: LocalDay, endHere: EndHere): void {
  const program = programOf(gone, order.version)
  if (program === null) return
  const before = new Map(order.livedIn)
  order.livedIn.clear()
  for (const asset of new Set(gone.stretches.map((each) => each.asset))) {
    if (!order.given.some((each) => each.asset === asset && each.received)) continue
    for (const since of daysAlive(program, asset, order, today)) {
      const name = `${asset}/${since}`
      order.livedIn.set(name, endHere(asset, before.get(name) ?? stretchOn(gone, asset, since)))
    }
  }
}

function takePoints(
  book: Book,
  gone: Book,
  { source, id, from, stamp: { local } }: MergeReceived,
  endHere: EndHere,
): void {
  const cause = `${source}/${id}`
  const occasion = { cause, rule: 'merge', day: dayAt(local) }
  for (const parcel of gone.parcels.filter(({ amount }) => amount > 0).sort(byBurnOrder)) {
    credit(book, occasion, 'transit', { ...parcel, lastDay: endHere(parcel.asset, parcel.lastDay) })
  }
  for (const entry of gone.pendings) {
    post(book, { cause, rule: 'merge', asset: entry.asset, from: 'transit', to: 'pending', amount: entry.amount })
    const isTaken = book.pendings.some((own) => own.amount > 0 && own.id === entry.id)
    book.pendings.push(isTaken ? { ...entry, id: `${entry.id}@${from}` } : { ...entry })
  }
  for (const asset of new Set(gone.entries.map((entry) => entry.asset))) {
    const debt = balance(gone, asset, 'debt')
    const covered = sum(takeParcels(book, asset, debt, () => true).map((part) => part.amount))
    post(book, { cause, rule: 'merge', asset, from: 'active', to: 'transit', amount: covered })
    post(book, { cause, rule: 'merge', asset, from: 'debt', to: 'transit', amount: debt - covered })
  }
}

type PartsHere = (asset: string, parts: readonly ActivePart[]) => ActivePart[]

function takeAwards(book: Book, gone: Book, partsHere: PartsHere): void {
  for (const level of gone.entered) {
    const isKnown = book.entered.some((own) => own.ladder === level.ladder && own.level === level.level)
    if (!isKnown) book.entered.push(level)
  }
  for (const [badge, award] of gone.badges) if (!book.badges.has(badge)) book.badges.set(badge, award)
  const own = new Set(book.cards.map(({ card }) => card.id))
  for (const full of gone.cards.filter(({ card }) => !own.has(card.id))) {
    book.cards.push({ ...full, parts: partsHere(full.card.asset, full.parts) })
  }
  for (const [key, window] of gone.windows) {
    const known = book.windows.get(key)
    if (known === undefined) book.windows.set(key, window)
    else for (const what of window.reached) known.reached.add(what)
  }
}

const placeIn = (ladder: Ladder, level: string | undefined): number => ladder.levels.findIndex(({ id }) => id === level)

/** What keeps the one from falling keeps the other, too, where it is more. */
function takeFloor(book: Book, ladder: Ladder, floor: Standing['floor']): void {
  if (floor === null) return
  const own = standingOf(book, ladder)
  const [above, below] = [placeIn(ladder, floor.level), placeIn(ladder, own.floor?.level)]
  const outlasts =
    own.floor !== null && own.floor.until !== null && (floor.until === null || floor.until > own.floor.until)
  if (above > below || (above === below && outlasts)) own.floor = floor
}

/** A higher level lasts as staff have said, for good where nobody falls, else until anybody would have looked at it. */
function takeLevel(book: Book, gone: Book, ladder: Ladder, local: LocalTime): void {
  const level = levelHeld(gone, ladder)
  const standing = gone.standings.get(ladder.id)
  if (standing === undefined || placeIn(ladder, level) <= placeIn(ladder, levelHeld(book, ladder))) return
  const program = inForceAt(book, local)
  if (program === null) return
  if (standing.override !== null) override(book, program, ladder, level, standing.override.until, local)
  else if (ladder.fall.to === 'never') {
    takeFloor(book, ladder, { level, until: null })
    override(book, program, ladder, null, null, local)
    judgeOne(book, program, ladder, local)
  } else {
    const moments = momentsOf(gone, ladder, standing, local).filter((each) => each > local && Number.isFinite(each))
    override(book, program, ladder, level, moments.length === 0 ? null : Math.min(...moments), local)
  }
}

/** What a past that is told again with more in it says otherwise, in entries of whoever goes on. */
export function postBetween(book: Book, before: Book, after: Book): void {
  const mirrored = before.entries.map((entry): Entry => ({ ...entry, from: entry.to, to: entry.from }))
  book.entries.push(...after.entries, ...mirrored)
}
