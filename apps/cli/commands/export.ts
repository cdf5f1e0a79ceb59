import { writeFileSync } from 'node:fs'
import { pipeline } from 'node:stream/promises'
import { createGzip } from 'node:zlib'
import type { Server } from '@laurel/server'
import type { Command } from 'commander'
import { CommandFailure, exitCodes } from '../exit.ts'
import { linesOf } from '../files.ts'
import { type LaurelOptions, withLaurelOptions } from '../laurel-options.ts'
import { openTarget } from '../target-file.ts'
import { countText } from '../terminal/terminal.ts'
import { jsonOption, run } from './run.ts'

interface ExportOptions extends LaurelOptions {
  readonly to: string
}

export function addExport(program: Command) {
  withLaurelOptions(program.command('export'))
    .summary('write the books to a file')
    .description(
      'Writes everything that was decided, with its transfers, balances, lots, chains and roots: one JSON document a line. ' +
        '"laurel verify --export FILE" checks it anywhere.',
    )
    .requiredOption('--to <file>', 'where to; gzipped where the name ends in .gz')
    .option(...jsonOption)
    .action((options: ExportOptions) =>
      run('export', options, async (terminal) => {
        const { useRunning } = await import('../open-laurel.ts')
        const { url, to } = options
        const exported =
          url === undefined
            ? await exportDatabase(options)
            : await useRunning(url, options, ({ client }) => writeBooks(to, client.lines('exportLedger', {})))
        terminal.result({ ...exported, file: to }, () => `${countText(exported.lines)} lines in ${to}`)
        return exitCodes.ok
      }),
    )
}

async function exportDatabase(options: ExportOptions) {
  const { exportBooks } = await import('@laurel/server')
  const { programIn, withServer } = await import('../open-laurel.ts')
  const use = async (server: Server) => {
    const program = await programIn(server, options.programId)
    return { program, ...(await writeBooks(options.to, exportBooks(server.context, program))) }
  }
  return await withServer(options, use, { takesUrl: true, onlyReads: true })
}

/** What breaks off, or is no books at all, such as a page of something else that answers there, is not kept. */
async function writeBooks(file: string, books: AsyncIterable<string>): Promise<{ lines: number }> {
  const target = openTarget('--to', file)
  let lines = 0
  let [first, last] = ['', '']
  async function* counted() {
    for await (const line of linesOf(books)) {
      if (lines === 0) first = line
      last = line
      lines++
      yield `${line}\n`
    }
  }
  const write = async (pieces: AsyncIterable<string | Uint8Array>) => {
    for await (const piece of pieces) writeFileSync(target.descriptor, piece)
  }
  try {
    if (file.endsWith('.gz')) await pipeline(counted, createGzip(), write)
    else await write(counted())
    if (typeOf(first) !== 'header' || typeOf(last) !== 'footer') {
      throw new CommandFailure(exitCodes.unreachable, 'what came is no books, or not all of them', {
        remedy: 'check the address, and give the command again',
      })
    }
  } catch (error) {
    target.drop()
    const code = error instanceof Error && 'code' in error ? String(error.code) : ''
    if (!['EACCES', 'ENOSPC', 'EPIPE'].includes(code)) throw error
    throw new CommandFailure(exitCodes.usage, `cannot be written (${code})`, {
      place: `--to ${file}`,
      remedy: 'check the path, and the room on its disk',
    })
  }
  target.keep()
  return { lines }
}

function typeOf(line: string): unknown {
  try {
    return (JSON.parse(line) as { type?: unknown } | null)?.type
  } catch {
    return undefined
  }
}
