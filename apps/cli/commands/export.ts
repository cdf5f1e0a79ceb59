import { createWriteStream, renameSync } from 'node:fs'
import { pipeline } from 'node:stream/promises'
import { createGzip } from 'node:zlib'
import type { Command } from 'commander'
import { CommandFailure, exitCodes } from '../exit.ts'
import { databaseOption, dataOption, type LaurelOptions } from '../laurel-options.ts'
import { countText } from '../terminal/terminal.ts'
import { jsonOption, run } from './run.ts'

interface ExportOptions extends LaurelOptions {
  readonly to: string
}

export function addExport(program: Command) {
  program
    .command('export')
    .summary('write the books to a file')
    .description(
      'Writes everything that was decided, with its transfers, balances, lots, chains and roots: one JSON document a line. ' +
        '"laurel verify --export FILE" checks it anywhere.',
    )
    .requiredOption('--to <file>', 'where to; gzipped where the name ends in .gz')
    .option('--program-id <id>', 'which program, where the database holds several')
    .option(...dataOption)
    .option(...databaseOption)
    .option(...jsonOption)
    .action((options: ExportOptions) =>
      run('export', options, async (terminal) => {
        const { exportBooks } = await import('@laurel/server')
        const { programIn, withServer } = await import('../open-laurel.ts')
        const exported = await withServer(options, async (server) => {
          const id = await programIn(server, options.programId)
          return { program: id, file: options.to, ...(await writeBooks(options.to, exportBooks(server.context, id))) }
        })
        terminal.result(exported, () => `${exported.program}: ${countText(exported.lines)} lines in ${exported.file}`)
        return exitCodes.ok
      }),
    )
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
