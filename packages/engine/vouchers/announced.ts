import { type MissedAward, missedPart } from '../awards/held.ts'
import { cardOfAward } from '../cards/award-name.ts'
import { awardIdOfReached, awardIdOfStreak } from '../challenges/award-name.ts'
import { challengePart } from '../challenges/challenge-state.ts'
import type { Effect } from '../effect.ts'
import type { MemberEvent, TimePassed } from '../event.ts'
import { armPart } from '../experiments/arms.ts'
import { awardIdOfReceipt, receiptPart } from '../offers/receipt.ts'
import type { Timeline } from '../program/program.ts'
import { hasNoStart } from '../program/timeline.ts'
import { Allowance } from '../rooms/allowance.ts'
import type { LocalTime } from '../time/local.ts'
import type { Told } from './told.ts'
import { isBack, type Voucher, voucherPart } from './voucher.ts'

type Recorded = Exclude<MemberEvent, TimePassed>

/**
 * Awarded vouchers that members have been told of (EVT-2), with what has become of them. A replay is given them: what late facts make of the history, they
 * are issued no later than they were, on the terms that were announced. What redemptions issued follows from their answers.
 */
export class Announced {
  readonly #byId: ReadonlyMap<string, Voucher>
  /** All that bore a name, in the order in which they were issued: it was given more than once where it was taken back and came again. */
  readonly #issues: ReadonlyMap<string, readonly Voucher[]>
  /** By the event that gave them, which gives them again before anything that follows it, also where that is in its very moment. */
  readonly #byEvent = new Map<string, Voucher[]>()
  /** What time gave, or what is not told any more, by moment of issue; those from `#next` on are to come. */
  readonly #byTime: Voucher[] = []
  /** Names of awards of offers and challenges that stand: whoever reaches them now, their budget has paid for them. */
  readonly #awarded: ReadonlySet<string>
  /** How often each was given by now. */
  readonly #given = new Map<string, number>()
  /** Awards that found nothing left. */
  readonly #missed: ReadonlyMap<string, MissedAward>
  /** Of awards that are new. */
  readonly allowance: Allowance
  #next = 0

  /** Of all that a member was ever issued, in any state. What another brought along comes with it (MRG-1). */
  private constructor(
    vouchers: readonly Voucher[],
    awarded: readonly string[],
    events: readonly Recorded[],
    { earlier = [], missed = [] }: Pick<Told, 'earlier' | 'missed'>,
    allowance: Allowance,
  ) {
    this.#awarded = new Set(awarded)
    this.#missed = new Map(missed.map((award) => [award.id, award]))
    this.allowance = allowance
    const issued = [...earlier, ...vouchers].filter(isAward)
    this.#issues = Map.groupBy(issued, ({ id }) => id)
    // What is issued first is the first that bore the name.
    this.#byId = new Map(issued.toReversed().map((voucher) => [voucher.id, voucher]))
    const eventByName = new Map(issued.length === 0 ? [] : events.map((event) => [nameOf(event), event]))
    for (const voucher of issued.sort((a, b) => a.issued - b.issued || compareNames(a.id, b.id))) {
      const cause = eventByName.get(voucher.cause)
      if (cause === undefined) this.#byTime.push(voucher)
      else this.#awaits(giverOf(voucher, cause, events), voucher)
    }
  }

  /** Of a member with all its rows, and of the events that are told again, in tidy order. */
  static of(told: Told, events: readonly Recorded[], allowance = new Allowance(null)): Announced {
    const { vouchers = [], closed = {} } = told
    return new Announced([...vouchers, ...Object.values(closed)], awardedIn(told), events, told, allowance)
  }

  #awaits(giver: Recorded, voucher: Voucher): void {
    const name = nameOf(giver)
    this.#byEvent.set(name, [...(this.#byEvent.get(name) ?? []), voucher])
  }

  get(id: string): Voucher | undefined {
    return this.#byId.get(id)
  }

  wasAwarded(id: string): boolean {
    return this.#awarded.has(id)
  }

  /**
   * Whether the award was given where it is due now, or found nothing left; null: it is new, as is one that has gone back for good
   * and is due once more since. A card that waited goes on waiting until the moment that filled it, and one that waits still is not
   * filled by what is told again (STAMP-1).
   */
  answerFor(id: string, moment: AwardMoment): boolean | null {
    const [issues, given] = [this.#issues.get(id) ?? [], this.#given.get(id) ?? 0]
    const missed = this.#missed.get(id)
    const last = issues.at(-1)
    const issue = issues[given] ?? (last !== undefined && isSince(last, moment) ? undefined : last)
    if (cardOfAward(id) !== null) {
      if (issue !== undefined) return hasCome(issue, moment)
      return missed !== undefined && missed.on <= moment.local ? false : null
    }
    if (given < issues.length) return true
    if (missed !== undefined) return false
    return issue === undefined ? null : true
  }

  noteGiven(id: string): void {
    this.#given.set(id, (this.#given.get(id) ?? 0) + 1)
  }

  /** Those that time had given by now, by versions that were known then, and that were not asked for yet. */
  *takeUntil(now: LocalTime, known: Timeline): Iterable<Voucher> {
    for (let voucher = this.#byTime[this.#next]; voucher; voucher = this.#byTime[this.#next]) {
      if (voucher.issued > now || hasNoStart(known, voucher.version)) return
      this.#next += 1
      yield voucher
    }
  }

  givenBy(event: Recorded): readonly Voucher[] {
    return this.#byEvent.size === 0 ? [] : (this.#byEvent.get(nameOf(event)) ?? [])
  }
}

/** When an award is looked at, and by what. */
export interface AwardMoment {
  readonly local: LocalTime
  readonly cause: string
}

/** Whether a card that waited for its voucher has it by now, or does not wait yet; one that did not wait has it as soon as it is full. */
export const hasCome = ({ waited, issued, cause }: Voucher, now: AwardMoment): boolean =>
  waited === undefined || now.local < waited || issued < now.local || (issued === now.local && cause === now.cause)

/** Whether this is after all that bore the name, the last of which has gone back with what it took. */
const isSince = (last: Voucher, { local, cause }: AwardMoment): boolean =>
  isBack(last) && (local > last.issued || (local === last.issued && cause !== last.cause))

/** Cards that one event fills are full one after the other, by their numbers. */
function compareNames(a: string, b: string): number {
  const [one, other] = [cardOfAward(a), cardOfAward(b)]
  const isNumbered = one !== null && other !== null && one.card === other.card && one.number !== other.number
  return isNumbered ? one.number - other.number : a < b ? -1 : 1
}

const isAward = ({ from, via }: Voucher): boolean => from === 'award' && via === undefined
const nameOf = ({ source, id }: Recorded): string => `${source}/${id}`

/** What waited for its order acts with that, at its moment: whatever came last in it has followed by then. */
const giverOf = ({ issued }: Voucher, cause: Recorded, events: readonly Recorded[]): Recorded =>
  cause.stamp.local === issued ? cause : (events.findLast(({ stamp }) => stamp.local === issued) ?? cause)

function awardedIn({ offers = [], challenges = [] }: Told): readonly string[] {
  const isFunded = (given: { readonly unfunded?: true }): boolean => given.unfunded === undefined
  const completed = offers.filter((receipt) => receipt.completed !== null && isFunded(receipt))
  return [
    ...completed.map(awardIdOfReceipt),
    ...challenges.flatMap(({ challenge, windows, streak }) => [
      ...windows.flatMap(({ from, reached }) =>
        reached.filter(isFunded).map(({ what }) => awardIdOfReached(challenge, from, what)),
      ),
      ...streak.given.filter(isFunded).map((given) => awardIdOfStreak(challenge, given.windows)),
    ]),
  ]
}

/** All that stored decisions have issued and met, as it stands after them: what a replay is told. */
export function toldBy(effects: Iterable<Effect>): Told {
  const told: Told = {}
  for (const effect of effects) {
    if (effect.type === 'voucher') {
      const known = told.closed?.[effect.voucher.id]
      if (known?.status === 'revoked' && effect.voucher.status === 'open') {
        told.earlier = [...(told.earlier ?? []), known]
      }
      voucherPart.apply(told, effect)
    }
    if (effect.type === 'missed') missedPart.apply(told, effect)
    if (effect.type === 'exposed') armPart.apply(told, effect)
    if (effect.type === 'offer') receiptPart.apply(told, effect)
    if (effect.type === 'challenge') challengePart.apply(told, effect)
  }
  return told
}
