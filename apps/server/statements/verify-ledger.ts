import { BooksCheck, type BooksReport, type PublishedRoot } from '@laurel/ledger'
import type { ProgramContext } from '../programs/timeline.ts'
import { exportBooks } from './export-books.ts'

/**
 * Recomputes the books of a program from what is stored and names what disagrees (LED-6), also with roots that have left the
 * house (LED-7).
 */
export async function verifyLedger(
  context: ProgramContext,
  program: string,
  published: readonly PublishedRoot[] = [],
): Promise<BooksReport> {
  const check = new BooksCheck(published)
  // Through the same lines as an export: what is verified is what anybody else would be given.
  for await (const text of exportBooks(context, program)) {
    for (const line of text.split('\n')) if (line !== '') check.read(JSON.parse(line))
  }
  return check.finish()
}
