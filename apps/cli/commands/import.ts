import { statSync } from 'node:fs'
import path from 'node:path'
import { type Client, RequestProblem } from '@laurel/contract'
import { compileProgram } from '@laurel/engine'
import type { Command } from 'commander'
import { exitCodes } from '../exit.ts'
import { readText } from '../files.ts'
import { type Imported, importHistory, importIdOf } from '../import/import-history.ts'
import { type ProgramCurrency, parseMapping } from '../import/mapping.ts'
import { readShopHistory, type ShopHistory } from '../import/read-shop-history.ts'
import { historyDocument, historyText } from '../import/report.ts'
import { countEvents } from '../import/send-history.ts'
import { type LaurelOptions, withLaurelOptions } from '../laurel-options.ts'
import { listenForInterruption } from '../terminal/interruption.ts'
import { openProgress } from '../terminal/progress.ts'
import { countText } from '../terminal/terminal.ts'
import { jsonOption, run } from './run.ts'

interface ImportCommandOptions extends LaurelOptions {
  readonly mapping: string
  readonly progressFile?: string
}

export function addImport(program: Command) {
  withLaurelOptions(program.command('import'))
    .summary("bring a shop's order history in")
    .description(
      'Reads orders and cancellations from a CSV and records them as history. Stopped anywhere, even by kill -9, the same ' +
        'command goes on; run twice, it changes nothing.',
    )
    .argument('<csv>', 'the file, also .gz')
    .requiredOption('--mapping <file>', 'how its columns become orders and refunds')
    .option('--progress-file <file>', 'where to remember how far it came (in the data folder)')
    .option(...jsonOption)
    .action((file: string, options: ImportCommandOptions) =>
      run('import', options, async (terminal) => {
        const { settingsFrom, withLaurel } = await import('../open-laurel.ts')
        const interrupted = listenForInterruption()
        const mappingText = readText(options.mapping)
        const mapping = parseMapping(mappingText, options.mapping)
        const history = await readFile(file, mapping)
        if (!terminal.json) terminal.say(historyText(history))
        const importId = await importIdOf(file, mappingText, options.url ?? options.programId ?? '')
        const imported = await withLaurel(
          options,
          ['events:write', 'events:history', 'programs:read'],
          'laurel import',
          async ({ client }) => {
            parseMapping(mappingText, options.mapping, await ownCurrency(client))
            const progress = openProgress('sending', countEvents(history.members), 'events')
            const result = await importHistory({
              client,
              history,
              importId,
              progressFile: options.progressFile ?? progressFileIn(settingsFrom(options).dataFolder, importId),
              interrupted,
              onResumed: (members) => terminal.note(`going on after ${countText(members)} members`),
              onReached: progress.reach,
            })
            progress.finish()
            return result
          },
          { endsItself: true },
        )
        terminal.result({ ...imported, ...historyDocument(history) }, () => importedText(imported))
        if (!imported.whole) return exitCodes.interrupted
        return imported.counts.rejected + history.tally.rejected > 0 ? exitCodes.findings : exitCodes.ok
      }),
    )
}

/** Of the program that the events go to; no version has ever another. Null: there is none, or the key may not read it. */
async function ownCurrency(client: Client): Promise<ProgramCurrency | null> {
  try {
    const last = (await client.call('listVersions', {})).versions.at(-1)
    if (last === undefined) return null
    const { program: id, version, hash } = last
    const { document } = await client.call('readVersion', { path: { version: String(version) } })
    const { program } = compileProgram(document, { version, hash })
    return program === null ? null : { code: program.currency.code, program: id }
  } catch (error) {
    if (error instanceof RequestProblem && error.body.code === 'missing-scope') return null
    throw error
  }
}

async function readFile(file: string, mapping: ReturnType<typeof parseMapping>): Promise<ShopHistory> {
  const size = (() => {
    try {
      return statSync(file).size
    } catch {
      return 0 // reading it says what is wrong
    }
  })()
  const progress = openProgress('reading', size, 'bytes')
  let bytes = 0
  try {
    return await readShopHistory(file, mapping, (read) => {
      bytes += read
      progress.reach(bytes)
    })
  } finally {
    progress.finish()
  }
}

const progressFileIn = (dataFolder: string, importId: string): string =>
  path.join(dataFolder, 'imports', `${importId.slice(0, 16)}.json`)

const shownMax = 10

function importedText({ whole, counts }: Imported): string {
  const { recorded, repeated, rejected, rejections } = counts
  const line = (count: number, what: string) => `${countText(count).padStart(12)}  ${what}`
  return [
    line(recorded, 'events recorded'),
    line(repeated, 'were there already'),
    line(rejected, 'rejected'),
    ...rejections.slice(0, shownMax).map(({ event, reason }) => `              ${event}: ${reason}`),
    ...(rejected > shownMax ? ['              …'] : []),
    ...(whole ? [] : ['stopped; the same command goes on from here']),
  ].join('\n')
}
