import { messageOf } from '../db/database-failure.ts'
import { rowsOf } from '../db/transaction.ts'
import type { RecordingContext } from '../decisions/recorder.ts'
import { beginErasure, finishErasure } from './erase-member.ts'
import { type ErasedFile, type ErasedLine, nameOf } from './erased-file.ts'
import { type ErasureRow, erasuresAfter, erasuresToFinish } from './queries.ts'

/** Enough to fill a batch of the recorder, few enough for the pool of connections. */
const together = 8
const pageSize = 1_000

/**
 * Before anybody is served: whom the file names and the database does not is erased again, since the database is a backup from
 * before; what was begun is ended; and whom the database knows and the file does not is added to the file (LED-9).
 */
export async function applyErased(context: RecordingContext, file: ErasedFile | null): Promise<number> {
  const listed = (await file?.read()) ?? []
  const erased = await readErasures(context)
  const known = new Set(erased.map(nameOf))
  const forgotten = new Map(listed.filter((line) => !known.has(nameOf(line))).map((line) => [nameOf(line), line]))
  await inHandfuls([...forgotten.values()], (line) => begin(context, line))
  await finishErasures(context, file)
  await file?.append(erased.map(({ program, member, erased_at }) => ({ program, member, erasedAt: erased_at })))
  if (forgotten.size > 0) context.log.info({ members: forgotten.size }, 'members were erased again: a list says so')
  return forgotten.size
}

async function begin(context: RecordingContext, { program, member, erasedAt }: ErasedLine): Promise<void> {
  await beginErasure(context, { program, member, erasedAt, actor: 'laurel', reason: 'erased-list' })
}

/** Ends what was begun: after a crash in between, or where the program was not there yet. How many. */
export async function finishErasures(context: RecordingContext, file: ErasedFile | null): Promise<number> {
  const begun = await rowsOf(context.database.application, erasuresToFinish(pageSize))
  let finished = 0
  await inHandfuls(begun, async (erasure) => {
    try {
      await finishErasure(context, file, erasure)
      finished += 1
    } catch (error) {
      context.log.warn({ program: erasure.program, error: messageOf(error) }, 'an erasure could not be ended yet')
    }
  })
  return finished
}

async function readErasures({ database }: RecordingContext): Promise<ErasureRow[]> {
  const all: ErasureRow[] = []
  for (let after: readonly [string, string] | null = ['', '']; after !== null; ) {
    const page: ErasureRow[] = await rowsOf(database.application, erasuresAfter(...after, pageSize))
    all.push(...page)
    const last: ErasureRow | undefined = page.length === pageSize ? page.at(-1) : undefined
    after = last === undefined ? null : [last.program, last.member]
  }
  return all
}

async function inHandfuls<Item>(items: readonly Item[], work: (item: Item) => Promise<void>): Promise<void> {
  for (let start = 0; start < items.length; start += together) {
    await Promise.all(items.slice(start, start + together).map(work))
  }
}
