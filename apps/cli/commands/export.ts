import { createWriteStream, renameSync } from 'node:fs'
import { pipeline } from 'node:stream/promises'
import { createGzip } from 'node:zlib'
import type { Server } from '@laurel/server'
import type { Command } from 'commander'
import { CommandFailure, exitCodes } from '../exit.ts'
import { type LaurelOptions, withLaurelOptions } from '../laurel-options.ts'
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
  return await withServer(options, use, { takesUrl: true })
}

/** Under another name until it is whole: a file that bears the name is never half an export. */
async function writeBooks(file: string, books: AsyncIterable<string>): Promise<{ lines: number }> {
  const unfinished = `${file}.unfinished`
  let lines = 0
  async function* counted() {
    for await (const text of books) {
      for (const character of text) if (character === '\n') lines++
      yield text
    }
  }
  const target = createWriteStream(unfinished)
  try {
    if (file.endsWith('.gz')) await pipeline(counted, createGzip(), target)
    else await pipeline(counted, target)
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : ''
    if (!['ENOENT', 'EACCES', 'ENOSPC', 'EISDIR'].includes(code)) throw error
    throw new CommandFailure(exitCodes.usage, `cannot be written (${code})`, {
      place: unfinished,
      remedy: 'check the path',
    })
  }
  renameSync(unfinished, file)
  return { lines }
}
