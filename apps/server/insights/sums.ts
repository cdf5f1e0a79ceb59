/** Counts under names, as deep as one likes: what the parts of a run come to adds up. */
export interface Sums {
  [name: string]: number | Sums
}

/** Adds to the number under a path of names. */
export function count(sums: Sums, path: readonly [string | number, ...(string | number)[]], by = 1): void {
  let at = sums
  for (const name of path.slice(0, -1)) at = branchOf(at, String(name))
  const last = String(path.at(-1))
  at[last] = numberIn(at, last) + by
}

function branchOf(sums: Sums, name: string): Sums {
  const known = sums[name]
  if (typeof known === 'object') return known
  const fresh: Sums = {}
  sums[name] = fresh
  return fresh
}

/** Adds all that is in `more`. */
export function addSums(into: Sums, more: Sums): void {
  for (const [name, value] of Object.entries(more)) {
    if (typeof value === 'number') into[name] = numberIn(into, name) + value
    else addSums(branchOf(into, name), value)
  }
}

export function numberIn(sums: Sums, ...path: readonly (string | number)[]): number {
  const found = at(sums, path)
  return typeof found === 'number' ? found : 0
}

export function sumsIn(sums: Sums, ...path: readonly (string | number)[]): Sums {
  const found = at(sums, path)
  return typeof found === 'object' ? found : {}
}

function at(sums: Sums, path: readonly (string | number)[]): number | Sums | undefined {
  let found: number | Sums | undefined = sums
  for (const name of path)
    found = typeof found === 'object' && Object.hasOwn(found, name) ? found[String(name)] : undefined
  return found
}
