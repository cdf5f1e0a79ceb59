// A file of JSON lines that only grows, for what shall be known outside the database.

import { mkdir, open, readFile } from 'node:fs/promises'
import { dirname } from 'node:path'
import { codeOf } from '../db/database-failure.ts'
import { syncFolder } from './sync-folder.ts'

/**
 * Lines are whole or not there: what a crash left of a last line is cut off before the next one is written. What stands in the
 * file is the only note of what was written, so whoever compares before appending writes every line exactly once.
 */
export class LinesFile {
  readonly path: string
  /** One after another; a failed one does not stop the next. */
  #queue: Promise<unknown> = Promise.resolve()

  constructor(path: string) {
    this.path = path
  }

  /** Whole lines, without their ends; none where there is no file yet. */
  async read(): Promise<string[]> {
    return (await this.#read()).lines
  }

  /** Adds what `choose` makes of the lines that are there; durable when it resolves. How many lines it added. */
  async append(choose: (known: readonly string[]) => readonly string[]): Promise<number> {
    const appended = this.#queue.then(() => this.#append(choose))
    this.#queue = appended.catch(() => undefined)
    return await appended
  }

  async #append(choose: (known: readonly string[]) => readonly string[]): Promise<number> {
    const known = await this.#read()
    const lines = choose(known.lines)
    if (lines.length === 0) return 0
    await mkdir(dirname(this.path), { recursive: true })
    const file = await open(this.path, 'a')
    try {
      await file.truncate(known.bytes)
      await file.appendFile(`${known.isEnded ? '' : '\n'}${lines.join('\n')}\n`)
      await file.sync()
    } finally {
      await file.close()
    }
    if (known.bytes === 0) await syncFolder(dirname(this.path))
    return lines.length
  }

  async #read(): Promise<{ readonly lines: string[]; readonly bytes: number; readonly isEnded: boolean }> {
    const bytes = await readFile(this.path).catch((error: unknown) => {
      if (codeOf(error) === 'ENOENT') return Buffer.alloc(0)
      throw error
    })
    // Counted before it is text: what is no UTF-8 has another length afterwards.
    const ended = bytes.lastIndexOf('\n') + 1
    const lines = bytes.toString('utf8', 0, ended).split('\n')
    lines.pop()
    const rest = bytes.toString('utf8', ended)
    // An editor may leave out the last end of line; a crash never leaves JSON that can be read.
    if (!isJson(rest)) return { lines, bytes: ended, isEnded: true }
    return { lines: [...lines, rest], bytes: bytes.length, isEnded: false }
  }
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text)
    return true
  } catch {
    return false
  }
}
