import { writeSync } from 'node:fs'
import { type EventInput, parseEvent } from '@laurel/contract'
import type { Program } from '@laurel/engine'
import type { Command } from 'commander'
import { CommandFailure, exitCodes } from '../exit.ts'
import { readText } from '../files.ts'
import { parseMapping } from '../import/mapping.ts'
import { readShopHistory, type ShopHistory } from '../import/read-shop-history.ts'
import { historyDocument, historyText, nothingIn } from '../import/report.ts'
import { programFileOf, readProgramFile } from '../program-file.ts'
import { type Admission, Intake, type RejectedEvent, readEvents, rejectionsMax } from '../replay/read-events.ts'
import type { ReplayTotals } from '../replay/totals.ts'
import { openTarget } from '../target-file.ts'
import { minorText, moneyText } from '../terminal/money-text.ts'
import { openProgress } from '../terminal/progress.ts'
import { countOf, countText } from '../terminal/terminal.ts'
import { type CommonOptions, jsonOption, run } from './run.ts'

interface ReplayOptions extends CommonOptions {
  readonly mapping?: string
  readonly effects?: string
  readonly until?: string
}

export function addReplay(program: Command) {
  program
    .command('replay')
    .summary('decide a history without a database')
    .description(
      'Decides events by a program and says what it adds up to. Nothing is stored. As an import does, it rejects what ' +
        'happens more than five minutes from now.',
    )
    .argument('<program>', 'program document, or its folder')
    .argument('<events>', 'NDJSON as POST /v1/events takes it, or with --mapping a CSV; also .gz')
    .option('--mapping <file>', 'how the columns of the CSV become orders and refunds')
    .option('--effects <file>', 'writes every effect to this file, one a line')
    .option('--until <instant>', 'let time pass up to here; the last event where nothing is said')
    .option(...jsonOption)
    .action((programFile: string, eventsFile: string, options: ReplayOptions) =>
      run('replay', options, async (terminal) => {
        const { lastInstant, replayEvents, whyRejectedByItself } = await import('../replay/replay-events.ts')
        const { tellEffect } = await import('@laurel/server')
        const compiled = readProgramFile(programFileOf(programFile))
        const now = Date.now()
        const asked = options.until === undefined ? null : instantIn(options.until)
        const decidedAt = Math.min(asked ?? now, now)
        const source = await readSource(eventsFile, options.mapping, compiled, {
          rejectedByItself: (event) => whyRejectedByItself(compiled, event, decidedAt),
          unknownMembers: compiled.unknownMembers,
        })
        const until = asked ?? lastInstant(source.eventsByMember, now)
        const progress = openProgress('deciding', source.eventsByMember.size, 'members')
        const reads = [
          programFileOf(programFile),
          eventsFile,
          ...(options.mapping === undefined ? [] : [options.mapping]),
        ]
        const totals = withEffects(options.effects, reads, (write) =>
          replayEvents(source.eventsByMember, {
            program: compiled,
            until,
            now,
            onEffect: ({ effect, ...of }) => write({ ...of, effect: tellEffect(effect) }),
            onMember: progress.reach,
          }),
        )
        progress.finish()
        const { rejected } = source
        terminal.result(
          {
            program: compiled.id,
            until: until === null ? null : new Date(until).toISOString(),
            ...totals,
            ...(source.history === null ? {} : { import: historyDocument(source.history) }),
            ...(source.repeated === null ? {} : { repeated: source.repeated }),
            rejected,
            rejections: source.rejections,
          },
          () =>
            [
              ...(source.history !== null
                ? [historyText(source.history), '']
                : source.lines === 0
                  ? [nothingIn, '']
                  : []),
              totalsText(totals, compiled),
              ...rejectedText(source),
            ].join('\n'),
        )
        return rejected > 0 ? exitCodes.findings : exitCodes.ok
      }),
    )
}

interface Source {
  readonly eventsByMember: ReadonlyMap<string, readonly EventInput[]>
  readonly history: ShopHistory | null
  readonly lines: number
  /** Null: a shop's file, whose lines are no events. */
  readonly repeated: number | null
  readonly rejected: number
  readonly rejections: readonly RejectedEvent[]
}

async function readSource(
  file: string,
  mappingFile: string | undefined,
  { id: program, currency: { code } }: Program,
  admission: Admission,
): Promise<Source> {
  if (mappingFile === undefined) {
    if (/\.csv(\.gz)?$/.test(file)) {
      throw new CommandFailure(exitCodes.usage, 'a CSV needs a mapping', { place: file, remedy: 'add --mapping FILE' })
    }
    return { ...(await readEvents(file, admission)), history: null }
  }
  const history = await readShopHistory(file, parseMapping(readText(mappingFile), mappingFile, { code, program }))
  const intake = new Intake(admission)
  const found = history.members.flatMap(({ events }) =>
    events.flatMap((event) => intake.rejectionOf(inputOf(event)) ?? []),
  )
  const rejected = history.tally.rejected + found.length
  const rejections = found.slice(0, rejectionsMax)
  const { lines } = history.tally
  return { eventsByMember: intake.eventsByMember, history, lines, repeated: null, rejected, rejections }
}

/** The importer makes only what the contract takes; anything else is a fault of its own. */
function inputOf(event: unknown): EventInput {
  const parsed = parseEvent(event)
  if (parsed.ok) return parsed.event
  throw new Error(`the importer made an event that cannot be sent: ${JSON.stringify(parsed.errors)}`)
}

function instantIn(text: string): number {
  try {
    // Without an offset it would go by the clock of this machine.
    return Temporal.Instant.from(text).epochMilliseconds
  } catch {
    throw new CommandFailure(exitCodes.usage, `"${text}" is no instant`, {
      place: '--until',
      remedy: 'write it with its offset, as 2026-03-14T09:26:53Z or 2026-03-14T10:26:53+01:00',
    })
  }
}

/** Characters gathered before they are written: few writes, and never much in memory. */
const pendingMax = 1 << 20

function withEffects<Result>(
  file: string | undefined,
  reads: readonly string[],
  use: (write: (line: object) => void) => Result,
): Result {
  if (file === undefined) return use(() => {})
  const target = openTarget('--effects', file, reads)
  let pending = ''
  const flush = () => {
    writeSync(target.descriptor, pending)
    pending = ''
  }
  const result = (() => {
    try {
      const used = use((line) => {
        pending += `${JSON.stringify(line)}\n`
        if (pending.length >= pendingMax) flush()
      })
      flush()
      return used
    } catch (error) {
      target.drop()
      throw error
    }
  })()
  target.keep()
  return result
}

function totalsText(totals: ReplayTotals, { assets }: Program): string {
  const events = Object.entries(totals.events).map(
    ([type, count]) => `  ${type.padEnd(24)}${countText(count).padStart(14)}`,
  )
  const scaleOf = (asset: string) => assets.find(({ id }) => id === asset)?.scale ?? 0
  const ofAssets = Object.entries(totals.assets).flatMap(([id, { terms, closing, membersInDebt }]) => {
    const line = (what: string, amount: number) => `  ${what.padEnd(24)}${minorText(amount, scaleOf(id)).padStart(14)}`
    return [
      '',
      id,
      ...Object.entries(terms).map(([term, amount]) => line(wordsOf(term), amount)),
      ...Object.entries(closing).map(([account, amount]) => line(account, amount)),
      ...(membersInDebt > 0 ? [`  ${countOf(membersInDebt, 'member')} in debt`] : []),
    ]
  })
  const { refunds, minor } = totals.queue
  const waiting = `${countOf(refunds, 'refund')} of ${moneyText(minor)}`
  return [
    countOf(totals.members, 'member'),
    ...events,
    ...ofAssets,
    ...(refunds === 0 ? [] : ['', `waiting for a person: ${waiting}`]),
  ].join('\n')
}

const wordsOf = (term: string): string => term.replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`)

/** On a terminal the first of them are enough. */
const shownMax = 10

function rejectedText({ rejected, rejections }: Source): string[] {
  if (rejected === 0) return []
  const shown = rejections.slice(0, shownMax).map(({ fileLine, event, reason }) => {
    const where = [...(fileLine === undefined ? [] : [`line ${fileLine}`]), ...(event === undefined ? [] : [event])]
    return `  ${[...where, reason].join(': ')}`
  })
  return ['', `rejected: ${countText(rejected)}`, ...shown, ...(rejected > shown.length ? ['  …'] : [])]
}
