/** Counts under names under names, as deep as it needs: plain JSON that adds up in any order. */
export interface Sums {
  [name: string]: number | Sums
}

/** Adds to what stands under these names, one below the other. */
export function addTo(sums: Sums, names: readonly string[], amount: number): void {
  let at = sums
  for (let depth = 0; depth < names.length - 1; depth++) at = branchOf(at, names[depth] ?? '')
  const last = names.at(-1) ?? ''
  const known = at[last]
  at[last] = (typeof known === 'number' ? known : 0) + amount
}

function branchOf(sums: Sums, name: string): Sums {
  const known = sums[name]
  if (typeof known === 'object') return known
  const fresh: Sums = {}
  sums[name] = fresh
  return fresh
}

/** What stands below a name; nothing where it is missing. */
export const branchIn = (found: number | Sums | undefined): Sums => (typeof found === 'object' ? found : {})

/** What stands under a name; nothing where it is missing. */
export const numberIn = (found: number | Sums | undefined): number => (typeof found === 'number' ? found : 0)

/** Leaf by leaf; names in the order of their code units, so that nobody sees what came first. */
export function addedUp(a: Sums, b: Sums): Sums {
  const names = [...new Set([...Object.keys(a), ...Object.keys(b)])].sort()
  return Object.fromEntries(names.map((name) => [name, addedUpAt(a[name], b[name])]))
}

function addedUpAt(a: number | Sums | undefined, b: number | Sums | undefined): number | Sums {
  if (typeof a === 'object' || typeof b === 'object') return addedUp(branchIn(a), branchIn(b))
  return numberIn(a) + numberIn(b)
}
