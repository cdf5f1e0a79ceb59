/**
 * Where things live. A bucket is the unit in which members are spread over lanes and, some day, over machines; which bucket a
 * member is in can never change, so this function is pinned by a test.
 */
export const BUCKETS = 1024

/** FNV-1a (Fowler, Noll, Vo; 32 bits) over the UTF-8 bytes of program, NUL, member, its halves folded, modulo 1024. */
export function bucketOf(program: string, member: string): number {
  let state = 0x811c9dc5
  const text = `${program}\0${member}`
  for (let index = 0; index < text.length; index++) {
    const unit = text.charCodeAt(index)
    if (unit > 127) return fold(fnvOf(text))
    state = Math.imul(state ^ unit, 0x01000193)
  }
  return fold(state)
}

/** The same hash whole, of any text. */
export function fnvOf(text: string): number {
  let state = 0x811c9dc5
  for (const byte of new TextEncoder().encode(text)) state = Math.imul(state ^ byte, 0x01000193)
  return state
}

const fold = (state: number): number => (state ^ (state >>> 16)) & (BUCKETS - 1)
