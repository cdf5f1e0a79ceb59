import type { Effect } from '../effect.ts'
import { applyExposed } from '../experiments/arms.ts'
import type { LocalTime } from '../time/local.ts'
import type { Told } from './told.ts'
import { applyVoucher, type Voucher, type VoucherState } from './voucher.ts'

/**
 * Awarded vouchers that members have been told of (EVT-2), with what has become of them. A replay is given them: what late facts make of the history, they
 * are issued no later than they were, on the terms that were announced. What redemptions issued follows from their answers.
 */
export class Announced {
  readonly #byId: ReadonlyMap<string, Voucher>
  /** By moment of issue; those from `#next` on are to come. */
  readonly #inOrder: readonly Voucher[]
  #next = 0

  /** Of all that a member was ever issued, in any state. What another brought along comes with it (MRG-1). */
  constructor(vouchers: readonly Voucher[]) {
    const awarded = vouchers.filter(({ from, via }) => from === 'award' && via === undefined)
    this.#inOrder = awarded.sort((a, b) => a.issued - b.issued || (a.id < b.id ? -1 : 1))
    this.#byId = new Map(awarded.map((voucher) => [voucher.id, voucher]))
  }

  /** Of a member with all its rows. */
  static of({ vouchers = [], closed = {} }: VoucherState): Announced {
    return new Announced([...vouchers, ...Object.values(closed)])
  }

  get(id: string): Voucher | undefined {
    return this.#byId.get(id)
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

/** All that stored decisions have issued and met, as it stands after them: what a replay is told. */
export function toldBy(effects: Iterable<Effect>): Told {
  const told: Told = {}
  for (const effect of effects) {
    if (effect.type === 'voucher') applyVoucher(told, effect)
    if (effect.type === 'exposed') applyExposed(told, effect)
  }
  return told
}
