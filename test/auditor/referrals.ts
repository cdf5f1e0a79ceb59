import type {
  LocalTime,
  Program,
  Referral,
  ReferralClaim,
  ReferralReviewed,
  ReferralSuspected,
  ReferralTold,
  RefusalCode,
  RequestAnswer,
  Stamp,
} from '@laurel/engine'
import { everyone } from '../vectors/program-builder.ts'
import { giveAll, takeAllBack } from './awards.ts'
import { earningBar, earnsNoMore } from './bars.ts'
import { awayOf, type Book, noTime, programOf } from './book.ts'
import { usedOf } from './caps.ts'
import { countActivity, countOrder, enough } from './challenges.ts'
import { pastOf, traitsOf } from './past.ts'
import type { AuditedFriend, AuditedReferral, CountedFriend } from './records.ts'
import { dayAfter, dayAt, midnightOf } from './time.ts'

/** RFL-1: a friend who was sent, and an advocate who hears of friends. What counts is told anew from all that happened. */

const no = (code: RefusalCode): RequestAnswer => ({ granted: false, refusal: { code, shortBy: null } })
const termsOf = (book: Book, version: number): Referral | null => programOf(book, version)?.referral ?? null

// ---- the friend --------------------------------------------------------------------------------------------------------

export function claim(book: Book, event: ReferralClaim): RequestAnswer {
  const program = programOf(book, event.stamp.version)
  const answer = event.answer ?? judge(book, program, event.stamp.local)
  if (!answer.granted || program?.referral == null) return answer
  const { review } = program.referral
  book.referral = {
    ...{ advocate: event.advocate, since: event.stamp.local, version: program.version, approved: null },
    ...{ qualified: null, made: [], stands: false, given: null, isOver: false, notKept: new Set() },
    isSuspect: speaksAgainst(review, event.signals) || event.recent > review.velocity.most,
  }
  return answer
}

function judge(book: Book, program: Program | null, local: LocalTime): RequestAnswer {
  if (program === null) return no('program-not-started')
  const away = awayOf(book)
  if (away !== null) return no(away)
  if (earnsNoMore(program, local)) return no('closed')
  if (program.referral === null) return no('no-referral')
  if (book.referral !== null) return no('already-referred')
  if (pastOf(book).lastOn !== null) return no('not-new')
  return { granted: true, asset: program.currency.code, amount: 0 }
}

function speaksAgainst(review: Referral['review'], signals: ReferralClaim['signals']): boolean {
  const looked = {
    'same-person': true,
    'same-device': review.sameDevice,
    'same-address': review.sameAddress,
    'same-payment': review.samePayment,
  }
  return signals.some((signal) => looked[signal])
}

export function suspect({ referral, ...book }: Book, { signals }: ReferralSuspected): void {
  const terms = referral === null ? null : termsOf({ ...book, referral }, referral.version)
  if (referral !== null && terms !== null && speaksAgainst(terms.review, signals)) referral.isSuspect = true
}

export function look({ referral }: Book, { approved }: ReferralReviewed): void {
  if (referral !== null) referral.approved = approved
}

interface Counted {
  readonly happening: string
  readonly local: LocalTime
  readonly values: readonly (readonly [string, number])[]
}

/** Everything since the claim that counts as it stands now, in the order in which it happened. */
function counted(
  book: Book,
  { since, qualified, made, notKept }: AuditedReferral,
  { qualifies: goal }: Referral,
): Counted[] {
  const counting = { goal, audience: everyone, when: null, during: null }
  const orders = [...book.orders.values()].map((order): Counted => {
    const program = programOf(book, order.version)
    const values = program === null ? [] : countOrder(order, counting, program.places)
    return { happening: order.key, local: order.local, values }
  })
  const activities = book.activities.map((activity): Counted => {
    const { source, id, stamp } = activity.event
    const program = programOf(book, stamp.version)
    const values = program === null ? [] : countActivity(activity, counting, program.places)
    return { happening: `${source}/${id}`, local: stamp.local, values }
  })
  return [...orders, ...activities.filter(({ happening }) => !notKept.has(happening))]
    .filter(({ local, happening }) => local >= since && (qualified === null || made.includes(happening)))
    .map((each) => ({ ...each, values: each.values.filter(([, amount]) => amount !== 0) }))
    .filter(({ values }) => values.length > 0)
    .sort((a, b) => a.local - b.local || (a.happening < b.happening ? -1 : 1))
}

/** The happenings up to the one with which it is enough; null: it is not. */
function reached(book: Book, referral: AuditedReferral): readonly Counted[] | null {
  const terms = termsOf(book, referral.version)
  if (terms === null) return null
  const { qualifies: goal } = terms
  const sums = new Map<string, number>()
  const upTo: Counted[] = []
  for (const each of counted(book, referral, terms)) {
    upTo.push(each)
    for (const [value, amount] of each.values) sums.set(value, (sums.get(value) ?? 0) + amount)
    const amounts = [...sums.values()].filter((amount) => amount !== 0)
    const isOfValues = goal.distinct !== null || goal.measure.type === 'visits'
    const progress = isOfValues ? amounts.length : (sums.get('') ?? 0)
    if (goal.measure.type === 'order' ? progress >= 1 : enough(goal, progress)) return upTo
  }
  return null
}

/** 00:00 of the day on which the hold is over; null: it is not held, or a person has to look. */
export function dueOfReferral(book: Book): LocalTime | null {
  const { referral } = book
  if (referral === null || referral.isOver || referral.qualified !== null) return null
  if (referral.approved === false || (referral.approved === null && referral.isSuspect)) return null
  const last = reached(book, referral)?.at(-1)
  const hold = termsOf(book, referral.version)?.hold ?? noTime
  return last === undefined ? null : midnightOf(dayAfter(dayAt(last.local), hold))
}

export function qualify(book: Book, cause: string, local: LocalTime): void {
  const { referral } = book
  const made = referral === null ? null : reached(book, referral)
  if (referral === null || made === null) return
  referral.made = made.map(({ happening }) => happening)
  referral.qualified = local
  give(book, referral, cause, local)
}

/** After every event: it stands and falls with what made it due, and with a person's word. */
export function settleReferral(book: Book, cause: string, local: LocalTime): void {
  const { referral } = book
  if (referral === null || referral.qualified === null) return
  const stands = referral.approved !== false && reached(book, referral) !== null
  if (stands === referral.stands) return
  if (stands) give(book, referral, cause, local)
  else take(book, referral, cause, local)
}

const ownName = { rule: 'referral', id: 'referral/friend' }

function give(book: Book, referral: AuditedReferral, cause: string, local: LocalTime): void {
  referral.stands = true
  const program = programOf(book, referral.version)
  if (referral.given !== null || awayOf(book) !== null || program === null) return
  referral.given = local
  giveAll(book, program, program.referral?.friend ?? [], ownName, cause, local)
}

function take(book: Book, referral: AuditedReferral, cause: string, local: LocalTime): void {
  referral.stands = false
  const program = programOf(book, referral.version)
  const { given } = referral
  if (given === null || program === null) return
  if (takeAllBack(book, program, program.referral?.friend ?? [], ownName, given, cause, local)) referral.given = null
}

// ---- the advocate ------------------------------------------------------------------------------------------------------

export function hear(book: Book, { type, source, id, from, round, terms, stamp }: ReferralTold): void {
  const known = book.friends.get(from)
  if (stamp.version === null || (known !== undefined && known.round >= round)) return
  const { local } = stamp
  for (const [name, friend] of book.friends) {
    const accept = programOf(book, friend.terms)?.refunds.accept ?? noTime
    if (dayAfter(dayAt(friend.on), accept) < dayAt(local)) book.friends.delete(name)
  }
  const cause = `${source}/${id}`
  const agreed = programOf(book, terms)
  const name = { rule: 'referral', id: `referral/${from}` }
  const count = (on: LocalTime, change: number) => {
    const cap = agreed?.referral?.cap?.id
    if (cap !== undefined) book.uses.push({ cap, local: on, placeLocal: on, order: null, change })
  }
  if (type === 'referral.qualified') {
    if (known !== undefined && known.outcome !== 'reversed') return
    const had = known?.given ?? null
    const cap = agreed?.referral?.cap ?? null
    const isFull = cap !== null && cap.most - usedOf(book.uses, cap, { local, placeLocal: local }) <= 0
    const outcome = awayOf(book) !== null ? 'away' : had === null && isFull ? 'capped' : 'paid'
    const isDue = outcome === 'paid' && had === null
    const counted = outcome === 'away' ? null : countedAs(book, stamp)
    if (counted !== null) book.countedFriends.push(counted)
    book.friends.set(from, { round, on: local, terms, outcome, given: isDue ? local : had, counted })
    if (!isDue || agreed === null) return
    giveAll(book, agreed, agreed.referral?.advocate ?? [], name, cause, local)
    count(local, 1)
    return
  }
  const friend: AuditedFriend = { on: local, terms, given: null, counted: null, ...known, round, outcome: 'reversed' }
  book.friends.set(from, friend)
  if (known === undefined || known.outcome === 'away' || known.outcome === 'reversed') return
  if (known.counted !== null) known.counted.stands = false
  if (known.given === null || agreed === null) return
  const awards = agreed.referral?.advocate ?? []
  if (!takeAllBack(book, agreed, awards, name, known.given, cause, local)) return
  count(known.given, -1)
  friend.given = null
}

/** GAME-1: as whom the advocate hears it; null: nothing counts for whoever earns nothing. */
function countedAs(book: Book, { local, version }: Stamp): CountedFriend | null {
  const program = programOf(book, version)
  if (program === null || earningBar(book, program, local) !== null) return null
  const found = { ...traitsOf(book, program, local), past: pastOf(book) }
  return { local, version: program.version, found, met: new Map(), stands: true }
}
