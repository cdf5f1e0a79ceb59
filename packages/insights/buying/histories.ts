/**
 * What the models of buying look at: per member the number of repeat purchases `x`, the time of the last one `tx` and the time
 * observed `T`, both since the first purchase and in one unit (weeks, say). Members with the same three are one row with a count:
 * the likelihood is a sum over rows, and real shops have far fewer rows than members.
 */
export interface Histories {
  /** Repeat purchases, whole, 0 or more. */
  readonly x: Float64Array
  /** Time of the last purchase, 0 where x is 0. */
  readonly tx: Float64Array
  /** Time observed, `tx` or more, above zero. */
  readonly T: Float64Array
  /** Members in the row. */
  readonly count: Float64Array
  /** Members in all. */
  readonly members: number
}

export interface History {
  readonly x: number
  readonly tx: number
  readonly T: number
}

/** Gathers equal histories; throws a RangeError that names the first member whose history cannot be. */
export function gatherHistories(members: Iterable<History>): Histories {
  const rows = new Map<number, Map<number, Map<number, number>>>()
  let size = 0
  let all = 0
  for (const { x, tx, T } of members) {
    if (
      !Number.isInteger(x) ||
      x < 0 ||
      !(tx >= 0) ||
      !(T >= tx) ||
      !(T > 0) ||
      !Number.isFinite(T) ||
      (x === 0 && tx !== 0)
    ) {
      throw new RangeError(
        `member ${all} has no possible history: x ${x}, tx ${tx}, T ${T}; x is whole, 0 <= tx <= T, T > 0`,
      )
    }
    all += 1
    const byTime = entryOf(rows, x, () => new Map<number, Map<number, number>>())
    const byLast = entryOf(byTime, T, () => new Map<number, number>())
    const known = byLast.get(tx)
    if (known === undefined) size += 1
    byLast.set(tx, (known ?? 0) + 1)
  }
  const histories = {
    x: new Float64Array(size),
    tx: new Float64Array(size),
    T: new Float64Array(size),
    count: new Float64Array(size),
    members: all,
  }
  let row = 0
  for (const [x, byTime] of rows) {
    for (const [T, byLast] of byTime) {
      for (const [tx, count] of byLast) {
        histories.x[row] = x
        histories.tx[row] = tx
        histories.T[row] = T
        histories.count[row] = count
        row += 1
      }
    }
  }
  return histories
}

function entryOf<Key, Value>(map: Map<Key, Value>, key: Key, make: () => Value): Value {
  const known = map.get(key)
  if (known !== undefined) return known
  const fresh = make()
  map.set(key, fresh)
  return fresh
}
