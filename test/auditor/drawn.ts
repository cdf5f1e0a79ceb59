import type { Program } from '@laurel/engine'

/** Whether a member's number falls into a share of all. */
export const isDrawn = (chance: number, experiment: string, share: NonNullable<Program['messagesHoldout']>): boolean =>
  drawn(chance, experiment) * BigInt(share.denominator) < BigInt(share.numerator) << 32n

/**
 * Below 2^32: FNV-1a (Fowler, Noll and Vo) over the name, begun with the member's number, and the end of MurmurHash3 (Appleby)
 * upon it. Written down once more, because a number that came out otherwise would hold out others than before.
 */
function drawn(chance: number, experiment: string): bigint {
  const word = (value: bigint) => BigInt.asUintN(32, value)
  const begun = BigInt(chance) ^ 2_166_136_261n
  const letters = [...experiment].map((letter) => BigInt(letter.charCodeAt(0)))
  const hashed = letters.reduce((hash, letter) => word((hash ^ letter) * 16_777_619n), begun)
  const once = word((hashed ^ (hashed >> 16n)) * 0x85ebca6bn)
  const twice = word((once ^ (once >> 13n)) * 0xc2b2ae35n)
  return twice ^ (twice >> 16n)
}
