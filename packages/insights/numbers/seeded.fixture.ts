/** Random numbers above 0 and below 1 that are the same on each run: xorshift (Marsaglia 2003) over an odd step (Weyl). */
export function seeded(seed: number): () => number {
  let x = (seed * 2_654_435_761) >>> 0 || 1
  let weyl = 0
  return () => {
    x ^= x << 13
    x ^= x >>> 17
    x ^= x << 5
    weyl = (weyl + 362_437) >>> 0
    return (((x + weyl) >>> 0) + 0.5) / 2 ** 32
  }
}

/** Box & Muller 1958. */
export const normalFrom = (random: () => number): number =>
  Math.sqrt(-2 * Math.log(random())) * Math.cos(2 * Math.PI * random())

export const times = <Item>(count: number, make: (index: number) => Item): Item[] =>
  Array.from({ length: count }, (_, index) => make(index))
