import type { LocalDay, LocalTime, Program } from '@laurel/engine'
import { type Book, balance, post } from './book.ts'
import { note } from './borne.ts'
import { openFor } from './cards.ts'
import { sum } from './exact.ts'
import { byBurnOrder, endOfPoints, expiryNamed, isForgotten, stretchesOn, takeLapsed, takeParcels } from './lots.ts'
import { awaitedOf, daysAlive } from './pending.ts'
import type { AuditedOrder, GivenShare, Parcel, Pending } from './records.ts'
import { dayAt } from './time.ts'

/** REF-2, REF-3: where what an order no longer gives is taken from. */

/** What a rule has to give back, and how much of it nothing has covered yet. */
interface Loss {
  readonly given: GivenShare
  left: number
}

/** REF-2, REF-3: own pending, own ends, what lapsed of them, cards that open, other lots, debt, and the rest is waived. */
export function clawBack(
  book: Book,
  program: Program,
  order: AuditedOrder,
  received: readonly GivenShare[],
  losses: readonly Loss[],
  cause: string,
  local: LocalTime,
  opensCards = true,
): void {
  const ours = losses.filter((loss) => {
    const { asset, rule, charity } = loss.given
    if (charity !== null)
      post(book, { cause, rule, asset, from: `charity:${charity}`, to: 'issued', amount: loss.left })
    return charity === null
  })
  // Each rule asks first for what became of its own points, then for the order's others.
  for (const loss of ours) {
    const { asset, priority, expiryOf } = loss.given
    const same = (each: GivenShare) => each.asset === asset && each.priority === priority && each.expiryOf === expiryOf
    takeOwn(book, program, order, received.filter(same), loss, cause, local)
  }
  for (const loss of ours) takeOwn(book, program, order, received, loss, cause, local)
  for (const loss of ours) takePending(book, order, received, loss, cause, () => 0)
  for (const asset of new Set(ours.map(({ given }) => given.asset))) {
    const missing = sum(ours.filter(({ given }) => given.asset === asset).map(({ left }) => left))
    if (opensCards) openFor(book, asset, cause, local, missing)
  }
  for (const loss of ours) {
    const isOwn = ownEnds(book, program, order, received, loss.given.asset, local)
    takeOthers(book, program, loss, cause, local, isOwn)
  }
}

type Source = 'pending' | 'active' | 'expired' | 'debt' | 'adjusted' | Gone['to']
type Gone = Book['forfeits'][number]

function take(book: Book, loss: Loss, cause: string, from: Source, amount: number): void {
  const { asset, rule } = loss.given
  post(book, { cause, rule, asset, from, to: 'issued', amount })
  loss.left -= amount
}

function takeOwn(
  book: Book,
  program: Program,
  order: AuditedOrder,
  received: readonly GivenShare[],
  loss: Loss,
  cause: string,
  local: LocalTime,
): void {
  const { asset } = loss.given
  takePending(book, order, received, loss, cause, (entry) => awaitedOf(book, order, entry))
  const takeForfeits = (fits: (gone: Gone) => boolean) => {
    for (const { to, amount } of takeForfeited(book, asset, loss.left, local, fits)) take(book, loss, cause, to, amount)
  }
  takeForfeits((gone) => gone.order === order.key)
  const isOwn = ownEnds(book, program, order, received, asset, local)
  take(
    book,
    loss,
    cause,
    'active',
    sum(takeParcels(book, asset, loss.left, (lot) => isOwn(lot)).map((part) => part.amount)),
  )
  // What lapsed before the order's points lived was never theirs, whatever the end is called.
  const lapsed = takeLapsed(
    book,
    loss.left,
    (lapse) => lapse.asset === asset && isOwn(lapse, lapse.lapsedOn) && !isForgotten(book, lapse.lapsedOn, local),
  )
  take(book, loss, cause, 'expired', lapsed)
  takeForfeits((gone) => gone.order === null && isOwn(gone, gone.on))
}

function takePending(
  book: Book,
  order: AuditedOrder,
  received: readonly GivenShare[],
  loss: Loss,
  cause: string,
  awaited: (entry: Pending) => number,
): void {
  const isWaiting = (each: Pending) =>
    each.asset === loss.given.asset &&
    each.order === order.key &&
    received.some((own) => own.asset === each.asset && own.priority === each.priority && own.expiryOf === each.expiryOf)
  for (const entry of book.pendings.filter(isWaiting)) {
    const amount = Math.min(loss.left, Math.max(0, entry.amount - awaited(entry)))
    entry.amount -= amount
    take(book, loss, cause, 'pending', amount)
  }
}

function takeOthers(
  book: Book,
  program: Program,
  loss: Loss,
  cause: string,
  local: LocalTime,
  isOwn: (lot: Pick<Parcel, 'priority' | 'lastDay'>) => boolean,
): void {
  const { asset } = loss.given
  take(book, loss, cause, 'active', sum(takeParcels(book, asset, loss.left, () => true).map((part) => part.amount)))
  if (book.left !== null || book.ended !== null) {
    const gone = takeForfeited(book, asset, loss.left, local, ({ order }) => order === null)
    for (const { to, amount } of gone) take(book, loss, cause, to, amount)
  }
  take(book, loss, cause, 'debt', Math.min(loss.left, roomForDebt(book, program, asset)))
  loss.given.waived += loss.left
  note(book, { asset, rule: loss.given.rule, known: loss.given, left: loss.left, isOwn })
  take(book, loss, cause, 'adjusted', loss.left) // the shortfall is waived, rule by rule
}

/** What went to `forfeited` when the member left, or where the program's end sent it, is moved back, ends in burn order. */
export function takeForfeited(
  book: Book,
  asset: string,
  amount: number,
  local: LocalTime,
  fits: (gone: Gone) => boolean,
): Pick<Gone, 'to' | 'amount'>[] {
  let left = amount
  const ours = book.forfeits.filter((each) => each.asset === asset && fits(each) && !isForgotten(book, each.on, local))
  return ours.sort(byBurnOrder).map((gone) => {
    const taken = Math.min(left, gone.amount)
    gone.amount -= taken
    left -= taken
    return { to: gone.to, amount: taken }
  })
}

export function roomForDebt(book: Book, program: Program, asset: string): number {
  if (program.refunds.shortfall === 'waive') return 0
  const limit = program.refunds.limit.get(asset)
  return limit === undefined ? Number.MAX_SAFE_INTEGER : Math.max(0, limit - balance(book, asset, 'debt'))
}

const isAward = ({ key }: AuditedOrder): boolean => key.startsWith('/')

/** The ends that the points of this order received, whatever lot they were put with. */
function ownEnds(
  book: Book,
  program: Program,
  order: AuditedOrder,
  received: readonly GivenShare[],
  asset: string,
  local: LocalTime,
) {
  const ends = daysAlive(program, asset, order, dayAt(local)).flatMap((since) =>
    received
      .filter((each) => each.asset === asset)
      .flatMap(({ priority, expiryOf }) => {
        const expiry = expiryNamed(program, asset, expiryOf)
        // An award does not know with whom it came.
        const ends =
          isAward(order) && expiry.type === 'inactive'
            ? stretchesOn(book, asset, since)
            : [endOfPoints(book, order, asset, expiry, since)]
        return ends.map((lastDay) => ({ priority, lastDay, since }))
      }),
  )
  /** `on`: what was gone before the order's points lived was never theirs. */
  return (lot: Pick<Parcel, 'priority' | 'lastDay'>, on?: LocalDay) =>
    ends.some((end) => end.priority === lot.priority && end.lastDay === lot.lastDay && (on ?? end.since) >= end.since)
}
