import { type Untold, untold } from '../untold.ts'

/**
 * How one member has bought, as every model of buying looks at it: repeat purchases `x`, the time of the last one `tx` and the
 * time observed `T`, both since the first purchase and in one unit. For occasions (BG/BB) all three are whole: occasions with a
 * purchase, the last of these, and occasions that there were.
 */
export interface History {
  /** Repeat purchases, whole, 0 or more: what the literature of these models calls frequency. */
  readonly x: number
  /** Time of the last purchase, above 0; 0 where x is 0. */
  readonly tx: number
  /** Time observed, `tx` or more; 0 for who bought first on the last day. */
  readonly T: number
}

/**
 * Members with the same history as one row with a count: the likelihood is a sum over rows, and shops have far fewer rows than
 * members.
 */
export interface Histories {
  readonly type: 'told'
  readonly x: Float64Array
  readonly tx: Float64Array
  readonly T: Float64Array
  /** Members in the row. */
  readonly count: Float64Array
  readonly members: number
  /** Members with a repeat purchase. */
  readonly cameBack: number
}

/** Gathers equal histories; the first that cannot be is named by its place, with what is wrong. */
export function gatherHistories(members: Iterable<History>): Histories | Untold<'impossible-history'> {
  const rows = new Map<number, Map<number, Map<number, number>>>()
  let [size, all, cameBack] = [0, 0, 0]
  for (const history of members) {
    const wrong = wrongHistory(history, all)
    if (wrong !== null) return wrong
    const { x, tx, T } = history
    all += 1
    if (x > 0) cameBack += 1
    const byTime = entryOf(rows, x, () => new Map<number, Map<number, number>>())
    const byLast = entryOf(byTime, T, () => new Map<number, number>())
    const known = byLast.get(tx)
    if (known === undefined) size += 1
    byLast.set(tx, (known ?? 0) + 1)
  }
  const [x, tx, T] = [new Float64Array(size), new Float64Array(size), new Float64Array(size)]
  const count = new Float64Array(size)
  let row = 0
  for (const [purchases, byTime] of rows) {
    for (const [observed, byLast] of byTime) {
      for (const [last, same] of byLast) {
        x[row] = purchases
        tx[row] = last
        T[row] = observed
        count[row] = same
        row += 1
      }
    }
  }
  return { type: 'told', x, tx, T, count, members: all, cameBack }
}

/** Says of the member at this place why the history cannot be; null: it can. */
export function wrongHistory(history: History, index: number): Untold<'impossible-history'> | null {
  const wrong = wrongWith(history)
  return wrong === null ? null : untold('impossible-history', `The history of member ${index} cannot be: ${wrong}.`)
}

// One on each day for 270 years, and each second of 300 years: of more the models give no digit that is right.
const PURCHASES_MAX = 100_000
const TIME_MAX = 10_000_000_000

function wrongWith({ x, tx, T }: History): string | null {
  if (!Number.isInteger(x) || x < 0 || x > PURCHASES_MAX) {
    return `x is ${x}, and purchases are a whole number between 0 and ${PURCHASES_MAX}`
  }
  if (!(T >= 0 && T <= TIME_MAX)) return `T is ${T}, and the time observed lies between 0 and ${TIME_MAX}`
  if (!(tx >= 0 && tx <= T)) return `tx is ${tx}, and the last purchase lies between 0 and T, ${T}`
  if (x === 0 && tx !== 0) return `tx is ${tx}, and without a repeat purchase it is 0`
  // A model of rates would take no time at all for a rate without end.
  return x > 0 && tx === 0 ? 'tx is 0, and a repeat purchase comes after the first' : null
}

/** Over members. */
export const meanTime = ({ T, count, members }: Histories): number =>
  T.reduce((sum, time, row) => sum + time * (count[row] ?? 0), 0) / members

function entryOf<Key, Value>(map: Map<Key, Value>, key: Key, make: () => Value): Value {
  const known = map.get(key)
  if (known !== undefined) return known
  const fresh = make()
  map.set(key, fresh)
  return fresh
}
