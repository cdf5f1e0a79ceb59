import type { Asset, LocalTime, Program } from '@laurel/engine'
import { assetOf, type Book, inForceAt } from './book.ts'

/** TRN: what an asset is where the version in force does not know it. */

/** An asset as the version in force says it; what that has given up as the last before said it, what comes only later as that does. */
export function assetFor(book: Book, local: LocalTime, id: string): Asset | undefined {
  const program = programFor(book, null, local, id)
  return program === null ? undefined : assetOf(program, id)
}

/** This version, or where it does not know the asset the one that says what it is. */
export function programFor(book: Book, own: Program | null, local: LocalTime, asset: string): Program | null {
  const now = inForceAt(book, local)
  const versions = book.timeline.map(({ program }) => program)
  const at = now === null ? -1 : versions.indexOf(now)
  const inOrder = [...versions.slice(0, at + 1).reverse(), ...versions.slice(at + 1)]
  return [...(own === null ? [] : [own]), ...inOrder].find((program) => assetOf(program, asset) !== undefined) ?? null
}
