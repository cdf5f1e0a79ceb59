import {
  type BgNbd,
  type BoughtInAll,
  expectedNext,
  type Fit,
  fitBgNbd,
  fitGammaGamma,
  type GammaGamma,
  type HeldOut,
  type HeldOutErrors,
  type History,
  heldOutError,
  type NoFit,
  type NoRfm,
  type NoSpend,
  observe,
  type Purchase,
  type RfmCuts,
  rfmCutsOf,
  type Spending,
  type Untold,
  type WrongPurchases,
} from '@laurel/insights'

/** Members buy by the week, and models foretell in weeks. */
export const DAYS_PER_UNIT = 7
/** Hidden from a second fit, foretold by it, and compared with what came. */
export const HELD_OUT_DAYS = 90

/** How members buy, as far as it can be told: what a part scores its members by. Plain data, since it goes to threads and is stored. */
export interface Habits {
  readonly asOf: number
  readonly buyers: number
  readonly buying: Fit<BgNbd> | NoFit
  readonly spending: Fit<GammaGamma> | NoSpend
  readonly rfm: RfmCuts | NoRfm
  /** What was foretold of days with a purchase in the last 90 days, by how often members had come back before them. */
  readonly heldOut: HeldOutErrors | NoFit | Untold<'no-members' | 'no-figures'>
}

/**
 * Gathers how members buy, bucket by bucket. Of a million members with half a million who came back it holds some 150 MB: each distinct
 * history once, and of every buyer a few numbers.
 */
export class HabitsGathering {
  readonly #asOf: number
  readonly #histories = new DistinctHistories()
  readonly #spending: Spending[] = []
  readonly #bought: BoughtInAll[] = []
  readonly #before = new DistinctHistories()
  /** Of each member who was there before the last days: the history then, and how often they bought since. */
  readonly #since: { readonly history: History; readonly purchases: number }[] = []

  constructor(asOf: number) {
    this.#asOf = asOf
  }

  /** Purchases of members who are in no other part, none after the last day. */
  add(purchases: readonly Purchase[]): void {
    const lastDay = this.#asOf
    const whole = toldOf(observe(purchases, { lastDay, heldOutUntil: lastDay, daysPerUnit: DAYS_PER_UNIT }))
    const totals = Map.groupBy(purchases, ({ member }) => member)
    for (const { member, history, spending } of whole) {
      this.#histories.add(history)
      if (spending !== null) this.#spending.push(spending)
      const own = totals.get(member) ?? []
      this.#bought.push({
        last: own.reduce((last, { on }) => Math.max(last, on), 0),
        frequency: own.length,
        monetary: own.reduce((sum, { amount }) => sum + amount, 0),
      })
    }
    const period = { lastDay: lastDay - HELD_OUT_DAYS, heldOutUntil: lastDay, daysPerUnit: DAYS_PER_UNIT }
    for (const { history, heldOut } of toldOf(observe(purchases, period))) {
      this.#since.push({ history: this.#before.add(history), purchases: heldOut.purchases })
    }
  }

  finish(): Habits {
    return {
      asOf: this.#asOf,
      buyers: this.#bought.length,
      buying: fitBgNbd(this.#histories),
      spending: fitGammaGamma(this.#spending),
      rfm: rfmCutsOf(this.#bought),
      heldOut: this.#heldOut(),
    }
  }

  #heldOut(): Habits['heldOut'] {
    const fit = fitBgNbd(this.#before)
    if (fit.type === 'untold') return fit
    const predictedOf = new Map<History, number>()
    const members = this.#since.map(({ history, purchases }): HeldOut => {
      const predicted = predictedOf.get(history) ?? expectedNext(fit.model, history, HELD_OUT_DAYS / DAYS_PER_UNIT)
      predictedOf.set(history, predicted)
      return { group: history.x === 0 ? '0' : history.x < 4 ? '1-3' : '4+', predicted, realised: purchases }
    })
    return heldOutError(members)
  }
}

/** Each distinct history once, with how many members have it; asked for one by one it says each as often. */
class DistinctHistories implements Iterable<History> {
  readonly #byName = new Map<string, { readonly history: History; members: number }>()

  /** The one that stands for all that are like it. */
  add(history: History): History {
    const name = `${history.x} ${history.tx} ${history.T}`
    const known = this.#byName.get(name) ?? { history, members: 0 }
    known.members += 1
    this.#byName.set(name, known)
    return known.history
  }

  *[Symbol.iterator](): Iterator<History> {
    for (const { history, members } of this.#byName.values()) for (let each = 0; each < members; each++) yield history
  }
}

type Observation = Extract<ReturnType<typeof observe>, { readonly type: 'told' }>

/** The tallies hold whole days and whole amounts of zero and more. */
function toldOf(observed: Observation | WrongPurchases): Observation['members'] {
  if (observed.type === 'told') return observed.members
  throw new Error(`invariant: ${observed.sentence} ${observed.faults[0]}`)
}
