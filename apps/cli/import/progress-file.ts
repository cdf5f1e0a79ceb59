import { mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { type Counts, newCounts } from './send-history.ts'

/**
 * How far an import came, so that the same command goes on where it was stopped. It only saves time: every event is idempotent,
 * and a file that is lost, old or of another database costs a second sending and nothing else.
 */
export interface ProgressFile {
  readonly membersDone: number
  readonly counts: Counts
}

const format = 1

/** Null where there is none, or none that this release can read. */
export function readProgress(file: string, importId: string): ProgressFile | null {
  let text: string
  try {
    text = readFileSync(file, 'utf8')
  } catch {
    return null
  }
  try {
    const stored = JSON.parse(text) as { format?: unknown; import?: unknown; membersDone?: unknown; counts?: Counts }
    const usable = stored.format === format && stored.import === importId && Number.isSafeInteger(stored.membersDone)
    return usable ? { membersDone: Number(stored.membersDone), counts: { ...newCounts(), ...stored.counts } } : null
  } catch {
    return null
  }
}

/** In one step: a `kill -9` leaves the old file or the new one. */
export function writeProgress(file: string, importId: string, { membersDone, counts }: ProgressFile) {
  mkdirSync(path.dirname(file), { recursive: true })
  const fresh = `${file}.new`
  writeFileSync(fresh, JSON.stringify({ format, import: importId, membersDone, counts }))
  renameSync(fresh, file)
}

export const removeProgress = (file: string) => rmSync(file, { force: true })
