/**
 * What counts towards a goal, by value: an order adds to the value '' what it is worth, or, where different values are counted,
 * one to each of its own. Sorted by value, without zeros, so that equal tallies are equal JSON.
 */
export type Tally = readonly (readonly [value: string, amount: number])[]

export const NOTHING: Tally = []

/** A tally of a single number. */
export const sumTally = (amount: number): Tally => (amount === 0 ? NOTHING : [['', amount]])

/** One for each different value. */
export const valuesTally = (values: readonly string[]): Tally =>
  [...new Set(values)].sort((a, b) => (a < b ? -1 : 1)).map((value) => [value, 1])

/** `to` with `change` added `times` times; -1 takes it away. */
export function withTally(to: Tally, change: Tally, times: 1 | -1 = 1): Tally {
  if (change.length === 0) return to
  const amounts = new Map(to)
  for (const [value, amount] of change) amounts.set(value, (amounts.get(value) ?? 0) + amount * times)
  return [...amounts].filter(([, amount]) => amount !== 0).sort(([a], [b]) => (a < b ? -1 : 1))
}
