import type { Ladder, LocalTime, MergeReceived } from '@laurel/engine'
import { type Book, balance, type Entry, inForceAt, post, type Standing } from './book.ts'
import { sum } from './exact.ts'
import { byBurnOrder, credit, takeParcels } from './lots.ts'
import { inOrderOfComing } from './offers.ts'
import { takePlans } from './plans.ts'
import { release } from './redemptions.ts'
import { judgeOne, levelHeld, momentsOf, override, standingOf } from './tiers.ts'
import { dayAt } from './time.ts'

/** MRG-1: one member's book is closed, and another goes on with all that stands in it. */

/** What is reserved comes free. */
export function endReservations(book: Book, cause: string, local: LocalTime): void {
  for (const redemption of book.redemptions.values()) {
    if (redemption.state !== 'held') continue
    release(book, redemption, cause, local)
    redemption.state = 'cancelled'
  }
}

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
  takePoints(book, gone, event)
  const own = new Set(book.vouchers.keys())
  const cards = book.cards.map(({ card }) => `card/${card.id}/`)
  const isTaken = (id: string) => own.has(id) || cards.some((card) => id.startsWith(card))
  const nameHere = (id: string): string => (isTaken(id) ? `${id}@${event.from}` : id)
  for (const voucher of gone.vouchers.values()) {
    const id = nameHere(voucher.id)
    book.vouchers.set(id, { ...voucher, id })
  }
  book.used.push(...gone.used.map((used) => ({ ...used, voucher: nameHere(used.voucher) })))
  for (const [key, order] of gone.orders) book.orders.set(key, order)
  for (const [id, redemption] of gone.redemptions) book.redemptions.set(id, redemption)
  for (const [id, owed] of gone.owed) book.owed.set(id, owed)
  for (const name of gone.failed) book.failed.add(name)
  for (const name of gone.goneFrom) book.goneFrom.add(name)
  book.waiting.push(...gone.waiting)
  book.acceptedFor.push(...gone.acceptedFor)
  book.takenAlone.push(...gone.takenAlone)
  book.lapses.push(...gone.lapses)
  book.forfeits.push(...gone.forfeits)
  book.uses.push(...gone.uses)
  book.gifts.push(...gone.gifts)
  for (const [name, friend] of gone.friends) if (!book.friends.has(name)) book.friends.set(name, { ...friend })
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
  takeAwards(book, gone)
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

function takePoints(book: Book, gone: Book, { source, id, from, stamp: { local } }: MergeReceived): void {
  const cause = `${source}/${id}`
  const occasion = { cause, rule: 'merge', day: dayAt(local) }
  for (const [asset, day] of gone.activeOn) book.activeOn.set(asset, Math.max(day, book.activeOn.get(asset) ?? day))
  for (const parcel of gone.parcels.filter(({ amount }) => amount > 0).sort(byBurnOrder)) {
    credit(book, occasion, 'transit', parcel)
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

function takeAwards(book: Book, gone: Book): void {
  for (const level of gone.entered) {
    const isKnown = book.entered.some((own) => own.ladder === level.ladder && own.level === level.level)
    if (!isKnown) book.entered.push(level)
  }
  for (const [badge, award] of gone.badges) if (!book.badges.has(badge)) book.badges.set(badge, award)
  const own = new Set(book.cards.map(({ card }) => card.id))
  book.cards.push(...gone.cards.filter(({ card }) => !own.has(card.id)))
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
