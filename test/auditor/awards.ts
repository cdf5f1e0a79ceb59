import type { Award, LocalTime, Program, Reward } from '@laurel/engine'
import { burnsNoMore } from './bars.ts'
import { assetOf, type Book, post, programOf } from './book.ts'
import { clawBack } from './clawback.ts'
import { giveShare } from './giving.ts'
import type { AuditedOrder, GivenShare, LevelMove } from './records.ts'
import { judgeAfterAward, judgeAfterEvent, tiersHeld } from './tiers.ts'
import { canTake, issue, takeVoucher } from './vouchers.ts'

/** What is given by name, whoever gives it: points that go the way of earned ones. */

export interface AwardName {
  readonly rule: string
  readonly id: string
}

/** An award's points are its own as an order's are: as if it were an order of nothing else. */
function asOrder(
  program: Program,
  { rule, id }: AwardName,
  asset: string,
  amount: number,
  on: LocalTime,
): AuditedOrder {
  const given: GivenShare = {
    rule,
    asset,
    first: amount,
    now: amount,
    received: true,
    waived: 0,
    priority: assetOf(program, asset)?.burnOrder.length ?? 0,
    expiryOf: '',
    charity: null,
  }
  const nothing = { lines: [], discount: 0, shipping: { total: 0, tax: 0 }, tip: 0, payments: [], tags: [] }
  return {
    key: `/${id}`,
    content: { order: id, currency: '', rate: null, channel: null, place: null, ...nothing },
    local: on,
    placeLocal: on,
    version: program.version,
    found: {
      tiers: [],
      segments: [],
      tags: [],
      memberships: [],
      heldOut: new Set(),
      treated: new Set(),
      away: null,
      past: noPast,
      room: new Map(),
      rising: new Map(),
    },
    given: [given],
    receipts: [],
    refunds: [],
    deliveredOn: null,
    came: new Map(),
    cameOn: [],
    owedToProgram: new Map(),
    legs: new Map(),
    backAtEdit: new Map(),
    livedIn: new Map(),
    met: new Map(),
  }
}

const noPast = { orders: 0, spend: 0, lastOn: null, joinedOn: null }

export function giveAwarded(
  book: Book,
  program: Program,
  name: AwardName,
  asset: string,
  amount: number,
  cause: string,
  local: LocalTime,
): void {
  const order = asOrder(program, name, asset, amount, local)
  for (const each of order.given) giveShare(book, program, cause, order, each, amount, local)
  for (const { id: ladder, measure } of program.ladders) {
    if (measure.type !== 'earned' || measure.asset !== asset) continue
    book.qualifying.push({ ladder, change: amount, home: local, at: local, order: null, award: name.id })
    judgeAfterAward(book, program, ladder, local)
  }
}

function takeAwarded(
  book: Book,
  program: Program,
  name: AwardName,
  asset: string,
  amount: number,
  given: LocalTime,
  cause: string,
  local: LocalTime,
): void {
  const order = asOrder(program, name, asset, amount, given)
  const losses = order.given.map((each) => ({ given: each, left: amount }))
  clawBack(book, program, order, order.given, losses, cause, local, false)
  // Taken back, it never counted.
  for (const each of book.qualifying.filter(({ award }) => award === name.id)) {
    book.qualifying.splice(book.qualifying.indexOf(each), 1)
  }
  judgeAfterEvent(book, program, local)
}

// ---- lists of them -----------------------------------------------------------------------------------------------------

/** The first bears the name itself, the others a number beside. */
const partsOf = (program: Program, awards: readonly Award[], { rule, id }: AwardName) =>
  awards.map((award, i) => ({
    award,
    reward: award.type === 'reward' ? (program.rewards.get(award.reward) ?? null) : null,
    name: { rule, id: i === 0 ? id : `${id}/${i + 1}` },
  }))

export function giveAll(
  book: Book,
  program: Program,
  awards: readonly Award[],
  of: AwardName,
  cause: string,
  local: LocalTime,
) {
  for (const { award, reward, name } of partsOf(program, awards, of)) {
    if (award.type === 'amount') giveAwarded(book, program, name, award.asset, award.amount, cause, local)
    if (award.type === 'badge' && !book.badges.has(award.badge)) book.badges.set(award.badge, name.id)
    const donation = reward === null ? null : donationOf(program, reward)
    if (donation !== null) post(book, { cause, rule: name.rule, from: 'issued', to: donation.to, ...donation.price })
    else if (reward !== null) issue(book, program, reward, name.id, 'award', local)
  }
}

/** Answers false, and takes nothing, where a voucher of it is no longer whole in the member's hand (REF-5). */
export function takeAllBack(
  book: Book,
  program: Program,
  awards: readonly Award[],
  of: AwardName,
  given: LocalTime,
  cause: string,
  local: LocalTime,
): boolean {
  const parts = partsOf(program, awards, of)
  const vouchers = parts.filter(({ reward }) => reward !== null && donationOf(program, reward) === null)
  if (!vouchers.every(({ name }) => canTake(book, name.id))) return false
  for (const { award, reward, name } of parts) {
    if (award.type === 'amount') takeAwarded(book, program, name, award.asset, award.amount, given, cause, local)
    if (award.type === 'badge' && book.badges.get(award.badge) === name.id) book.badges.delete(award.badge)
    const donation = reward === null ? null : donationOf(program, reward)
    if (donation !== null) post(book, { cause, rule: name.rule, from: donation.to, to: 'issued', ...donation.price })
    else if (reward !== null) takeVoucher(book, name.id)
  }
  return true
}

/** A donation that is awarded is so much money as it says, else what everybody would have paid for it. */
function donationOf({ currency }: Program, { kind, price }: Reward) {
  if (kind.type !== 'donation') return null
  const to = `charity:${kind.charity}` as const
  if (kind.minor !== null) return { to, price: { asset: currency.code, amount: kind.minor } }
  if (price?.type !== 'fixed') return null
  const amount = price.choices.at(-1)?.amount ?? 0
  return { to, price: { asset: price.asset, amount } }
}

// ---- levels ------------------------------------------------------------------------------------------------------------

/** TIER-7: once for each level, ever; what a refund takes goes with it, and comes again. */
export function settleEntries(book: Book, cause: string, local: LocalTime): void {
  for (let move = book.moves.shift(); move !== undefined; move = book.moves.shift()) {
    if (move.rises) enter(book, move, cause, local)
    else fall(book, move, cause, local)
  }
}

const levelsOf = (program: Program | null, ladder: string) =>
  program?.ladders.find((each) => each.id === ladder)?.levels ?? []
const entryOf = (ladder: string, level: string): AwardName => ({
  rule: `entry:${level}`,
  id: `entry/${ladder}/${level}`,
})

function enter(book: Book, { ladder, version, to: level }: LevelMove, cause: string, local: LocalTime): void {
  const program = programOf(book, version)
  const awards = levelsOf(program, ladder).find(({ id }) => id === level)?.entry ?? []
  const isKnown = book.entered.some((each) => each.ladder === ladder && each.level === level)
  if (burnsNoMore(program, local)) return
  if (program === null || awards.length === 0 || isKnown || isAbove(book, program, ladder, level)) return
  book.entered.push({ ladder, level, on: local, version })
  giveAll(book, program, awards, entryOf(ladder, level), cause, local)
}

/** What is held when awards are settled counts, not what was held for no time in between. */
function isAbove(book: Book, program: Program, ladder: string, level: string): boolean {
  const order = levelsOf(program, ladder).map(({ id }) => id)
  const held = tiersHeld(book, program).find((each) => each.ladder === ladder)?.level ?? ''
  return order.indexOf(level) > order.indexOf(held)
}

/** What was lost before was not lost now. */
function fall(book: Book, { ladder, version, from }: LevelMove, cause: string, local: LocalTime): void {
  const judging = programOf(book, version)
  if (judging === null) return
  const order = levelsOf(judging, ladder).map(({ id }) => id)
  const reached = order.slice(0, order.indexOf(from) + 1)
  const lost = book.entered.filter(
    ({ ladder: on, level }) => on === ladder && reached.includes(level) && isAbove(book, judging, ladder, level),
  )
  for (const entered of lost.sort((a, b) => order.indexOf(a.level) - order.indexOf(b.level))) {
    const program = programOf(book, entered.version)
    const awards = levelsOf(program, ladder).find(({ id }) => id === entered.level)?.entry ?? []
    if (program === null) continue
    const isTaken = takeAllBack(book, program, awards, entryOf(ladder, entered.level), entered.on, cause, local)
    if (isTaken) book.entered.splice(book.entered.indexOf(entered), 1)
  }
}
