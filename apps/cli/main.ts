import { Command, CommanderError, Help } from 'commander'
import { addBacktest } from './commands/backtest.ts'
import { addCheck } from './commands/check.ts'
import { addCorrect } from './commands/correct.ts'
import { addDemo } from './commands/demo.ts'
import { addDiff } from './commands/diff.ts'
import { addDraft } from './commands/draft.ts'
import { addDraw } from './commands/draw.ts'
import { addErase } from './commands/erase.ts'
import { addExplain } from './commands/explain.ts'
import { addExport } from './commands/export.ts'
import { addFormat } from './commands/fmt.ts'
import { addImport } from './commands/import.ts'
import { addInsights } from './commands/insights.ts'
import { addKey } from './commands/key.ts'
import { addMerge } from './commands/merge.ts'
import { addNew } from './commands/new.ts'
import { addOverdue } from './commands/overdue.ts'
import { addPilot } from './commands/pilot.ts'
import { addPromote } from './commands/promote.ts'
import { addPublish } from './commands/publish.ts'
import { addRebuild } from './commands/rebuild.ts'
import { addRefunds } from './commands/refunds.ts'
import { addReplay } from './commands/replay.ts'
import { addRollback } from './commands/rollback.ts'
import { addSandbox } from './commands/sandbox.ts'
import { addSettle } from './commands/settle.ts'
import { addStaff } from './commands/staff.ts'
import { addStart } from './commands/start.ts'
import { addTest } from './commands/test.ts'
import { addVerify } from './commands/verify.ts'
import { addWithdraw } from './commands/withdraw.ts'
import { CommandFailure, exitCodes } from './exit.ts'
import manifest from './package.json' with { type: 'json' }
import { createTerminal, reportFailure } from './terminal/terminal.ts'

const exitHelp = `
laurel COMMAND --help says more of each; laurel --version, which it is; --json: one document on stdout, news on stderr.
Exit codes: 0 done, 1 findings, refusals or rejections, 2 not understood, 3 cannot reach or open, 4 a fault of Laurel, 130 stopped.`

const program = new Command('laurel')
  .usage('COMMAND: customer loyalty with a ledger that proves itself')
  .version(manifest.version)
  .helpCommand(false)
  // Its own options stand before the command: `laurel diff --version 3` asks for a program's version, not for Laurel's.
  .enablePositionalOptions()
  .addHelpText('after', exitHelp)
  // The help fits a screen: what is said in its last lines needs no list.
  .configureHelp({ visibleOptions: (command) => (command.parent === null ? [] : new Help().visibleOptions(command)) })
  .exitOverride()
  // What is wrong is said below, by the one road of every failure; a family of commands without one of them is helped here.
  .configureOutput({ outputError: () => undefined })

for (const add of [
  addStart,
  addDemo,
  addNew,
  addDraft,
  addPublish,
  addPilot,
  addRollback,
  addWithdraw,
  addPromote,
  addSandbox,
  addKey,
  addStaff,
  addCheck,
  addFormat,
])
  add(program)
for (const add of [
  addTest,
  addExplain,
  addDiff,
  addReplay,
  addBacktest,
  addInsights,
  addCorrect,
  addImport,
  addRefunds,
  addOverdue,
  addMerge,
  addErase,
])
  add(program)
for (const add of [addVerify, addRebuild, addDraw, addExport, addSettle]) add(program)
// A family of commands would list a `help` of its own, which is no command of ours.
for (const command of program.commands) command.helpCommand(false)

// Whoever reads no further (`laurel explain … | head`) has read enough: that is no failure of ours.
for (const stream of [process.stdout, process.stderr]) {
  stream.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') throw error
  })
}

const words = process.argv.slice(2)
try {
  await program.parseAsync()
} catch (error) {
  if (!(error instanceof CommanderError)) throw error
  process.exitCode = error.exitCode === 0 ? exitCodes.ok : notUnderstood(error)
}

/** Help and version are no errors; all else that Commander ends with is a command that nobody can give. */
function notUnderstood(error: CommanderError) {
  const json = words.includes('--json')
  const name = namedCommand(program)
  const isHelp = error.code === 'commander.help'
  // The help is on stderr already.
  if (isHelp && !json) return exitCodes.usage
  const [said = '', near = ''] = error.message.replace(/^error: /, '').split('\n')
  // Each command takes it: only a family of commands does not.
  const isFamily = isHelp || said === "unknown option '--json'"
  const message = isFamily ? 'no command is named' : said
  const remedy = `${near} npx laurel ${[...name, '--help'].join(' ')}`.trimStart()
  return reportFailure(createTerminal(json), name.join(' '), new CommandFailure(exitCodes.usage, message, { remedy }))
}

/** The words that name a command or a family of them, as far as they are known. */
function namedCommand(root: Command): string[] {
  const named: string[] = []
  let at = root
  for (const word of words) {
    const next = at.commands.find((command) => command.name() === word)
    if (next === undefined) break
    named.push(word)
    at = next
  }
  return named
}
