import { dayOf, startOf } from '@laurel/engine'
import { canonicalText, type PublishedRoot, publishedRootOf } from '@laurel/ledger'
import { rowsOf } from '../db/transaction.ts'
import type { LinesFile } from '../files/lines-file.ts'
import type { ProgramContext } from '../programs/timeline.ts'
import { instantOf } from '../programs/zone.ts'
import { rootsOfAll } from './queries.ts'

/**
 * Adds the root of each closed day to a file outside the data folder (LED-7), each exactly once: the file itself is the note
 * of what it holds, so a crash between writing and noting cannot be. A day stands there for ever as it was first written; that
 * the database says otherwise now is the very thing the file is for, and an error in the log. How many lines it added.
 */
export async function publishRoots(context: ProgramContext, file: LinesFile): Promise<number> {
  const rows = await rowsOf(context.database.application, rootsOfAll())
  const roots: PublishedRoot[] = []
  for (const { program, day, root, members } of rows) {
    const zone = (await context.timelines.of(program))?.latest.zone ?? 'UTC'
    const cutAt = instantOf(zone, startOf(dayOf(Date.parse(day)) + 1))
    roots.push({ program, day, cutAt, root: root.toString('hex'), members })
  }
  return await file.append((lines) => {
    const known = new Map(publishedIn(lines).map((each) => [nameOf(each), each.root]))
    for (const each of roots) {
      const before = known.get(nameOf(each))
      if (before === undefined || before === each.root) continue
      const { program, day, root } = each
      context.log.error({ program, day, root, published: before }, 'a root is not the one that was published')
    }
    return roots.filter((each) => !known.has(nameOf(each))).map((each) => canonicalText(each))
  })
}

const nameOf = ({ program, day }: Pick<PublishedRoot, 'program' | 'day'>): string => `${program}/${day}`

/** The roots of a file; lines that are none are somebody else's. */
function publishedIn(lines: readonly string[]): PublishedRoot[] {
  return lines.flatMap((line) => {
    try {
      const found = publishedRootOf(JSON.parse(line))
      return typeof found === 'string' ? [] : [found]
    } catch {
      return []
    }
  })
}
