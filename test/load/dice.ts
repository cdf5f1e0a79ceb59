/** Even between 0 and 1, the same for the same seed. */
export const createDice = (seed: number): (() => number) => xorshift((seed * 2_654_435_761) >>> 0 || 1)

/** From a state that is not zero (xorshift32; Marsaglia, 2003): quick, and even enough to draw members and baskets. */
export function xorshift(from: number): () => number {
  let state = from
  return () => {
    state ^= state << 13
    state >>>= 0
    state ^= state >>> 17
    state ^= state << 5
    state >>>= 0
    return state / 2 ** 32
  }
}
