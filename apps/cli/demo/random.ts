/**
 * Seeded chance: the same seed gives the same numbers on every machine. xoshiro128** (Blackman and Vigna, 2018), its state
 * filled by SplitMix32, so that neighbouring seeds share nothing.
 */
export interface Random {
  /** Even between 0 (can be) and 1 (never). */
  uniform(): number
}

export function createRandom(...seeds: readonly number[]): Random {
  let mixed = 0x9e3779b9
  const splitMix = () => {
    mixed = (mixed + 0x9e3779b9) | 0
    let z = Math.imul(mixed ^ (mixed >>> 16), 0x21f0aaad)
    z = Math.imul(z ^ (z >>> 15), 0x735a2d97)
    return (z ^ (z >>> 15)) >>> 0
  }
  for (const seed of seeds) mixed = splitMix() ^ (seed | 0)
  let [a, b, c, d] = [splitMix(), splitMix(), splitMix(), splitMix()]
  const next = () => {
    const product = Math.imul(b, 5)
    const result = Math.imul((product << 7) | (product >>> 25), 9) >>> 0
    const shifted = b << 9
    c ^= a
    d ^= b
    b ^= c
    a ^= d
    c ^= shifted
    d = (d << 11) | (d >>> 21)
    return result
  }
  // 53 bits, as many as a double tells apart.
  return { uniform: () => ((next() >>> 5) * 2 ** 26 + (next() >>> 6)) / 2 ** 53 }
}

export const chance = (random: Random, probability: number): boolean => random.uniform() < probability

/** Whole, both ends included. */
export const between = (random: Random, least: number, most: number): number =>
  least + Math.floor(random.uniform() * (most - least + 1))

export function pick<Item>(random: Random, items: readonly [Item, ...Item[]]): Item {
  return items[Math.floor(random.uniform() * items.length)] ?? items[0]
}

export function pickWeighted<Item extends { readonly weight: number }>(
  random: Random,
  items: readonly [Item, ...Item[]],
): Item {
  let total = 0
  for (const { weight } of items) total += weight
  let left = random.uniform() * total
  for (const item of items) {
    left -= item.weight
    if (left < 0) return item
  }
  return items[0]
}

/** Waiting time until something that happens `rate` times in a unit of time. */
export const exponential = (random: Random, rate: number): number => -Math.log(1 - random.uniform()) / rate

/** Box and Muller (1958). */
export function normal(random: Random): number {
  return Math.sqrt(-2 * Math.log(1 - random.uniform())) * Math.cos(2 * Math.PI * random.uniform())
}

/** Gamma with mean shape / rate (Marsaglia and Tsang, 2000; below shape 1 by their boost). */
export function gamma(random: Random, shape: number, rate: number): number {
  if (shape < 1) return gamma(random, shape + 1, rate) * (1 - random.uniform()) ** (1 / shape)
  const d = shape - 1 / 3
  const c = 1 / Math.sqrt(9 * d)
  for (;;) {
    const x = normal(random)
    const v = (1 + c * x) ** 3
    if (v > 0 && Math.log(1 - random.uniform()) < 0.5 * x * x + d - d * v + d * Math.log(v)) return (d * v) / rate
  }
}
