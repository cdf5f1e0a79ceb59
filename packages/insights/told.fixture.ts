import type { Untold } from './untold.ts'

/** What a test expects to be told; the sentence otherwise. */
export function told<Found extends { readonly type: 'told' }>(found: Found | Untold<string>): Found {
  if (found.type === 'untold') throw new Error(found.sentence)
  return found
}
