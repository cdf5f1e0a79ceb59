import { awardIdOfReached, awardIdOfStreak } from '../challenges/award-name.ts'
import { challengePart } from '../challenges/challenge-state.ts'
import type { Effect } from '../effect.ts'
import { armPart } from '../experiments/arms.ts'
import { awardIdOfReceipt, receiptPart } from '../offers/receipt.ts'
import type { LocalTime } from '../time/local.ts'
import type { Told } from './told.ts'
import { type Voucher, voucherPart } from './voucher.ts'

/**
 * Awarded vouchers that members have been told of (EVT-2), with what has become of them. A replay is given them: what late facts make of the history, they
 * are issued no later than they were, on the terms that were announced. What redemptions issued follows from their answers.
 */
export class Announced {
  readonly #byId: ReadonlyMap<string, Voucher>
  /** By moment of issue; those from `#next` on are to come. */
  readonly #inOrder: readonly Voucher[]
  /** Names of awards of offers and challenges that stand: whoever reaches them now, their budget has paid for them. */
  readonly #awarded: ReadonlySet<string>
  #next = 0

  /** Of all that a member was ever issued, in any state. What another brought along comes with it (MRG-1). */
  constructor(vouchers: readonly Voucher[], awarded: readonly string[], earlier: readonly Voucher[] = []) {
    this.#awarded = new Set(awarded)
    const given = vouchers.filter(isAward)
    this.#inOrder = given.sort((a, b) => a.issued - b.issued || (a.id < b.id ? -1 : 1))
    // What is issued first is the first that bore the name.
    this.#byId = new Map([...given, ...earlier.filter(isAward).toReversed()].map((voucher) => [voucher.id, voucher]))
  }

  /** Of a member with all its rows. */
  static of(told: Told): Announced {
    const { vouchers = [], closed = {}, earlier } = told
    return new Announced([...vouchers, ...Object.values(closed)], awardedIn(told), earlier)
  }

  get(id: string): Voucher | undefined {
    return this.#byId.get(id)
  }

  wasAwarded(id: string): boolean {
    return this.#awarded.has(id)
  }

  /** Those announced by now that were not asked for yet. */
  *takeUntil(now: LocalTime): Iterable<Voucher> {
    for (let voucher = this.#inOrder[this.#next]; voucher; voucher = this.#inOrder[this.#next]) {
      if (voucher.issued > now) return
      this.#next += 1
      yield voucher
    }
  }
}

const isAward = ({ from, via }: Voucher): boolean => from === 'award' && via === undefined

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
    if (effect.type === 'exposed') armPart.apply(told, effect)
    if (effect.type === 'offer') receiptPart.apply(told, effect)
    if (effect.type === 'challenge') challengePart.apply(told, effect)
  }
  return told
}
