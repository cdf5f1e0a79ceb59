import { Command, CommanderError } from 'commander'
import { addCheck } from './commands/check.ts'
import { addDemo } from './commands/demo.ts'
import { addDraw } from './commands/draw.ts'
import { addErase } from './commands/erase.ts'
import { addExplain } from './commands/explain.ts'
import { addExport } from './commands/export.ts'
import { addFormat } from './commands/fmt.ts'
import { addImport } from './commands/import.ts'
import { addKey } from './commands/key.ts'
import { addNew } from './commands/new.ts'
import { addOverdue } from './commands/overdue.ts'
import { addPublish } from './commands/publish.ts'
import { addRefunds } from './commands/refunds.ts'
import { addReplay } from './commands/replay.ts'
import { addSettle } from './commands/settle.ts'
import { addStart } from './commands/start.ts'
import { addTest } from './commands/test.ts'
import { addVerify } from './commands/verify.ts'
import { exitCodes } from './exit.ts'
import manifest from './package.json' with { type: 'json' }

const exitHelp = `
Every command takes --json: one document on stdout, news on stderr.
Exit codes: 0 done, 1 done with findings, refusals or rejections, 2 not understood, 3 cannot reach or open, 4 a fault of Laurel.`

const program = new Command('laurel')
  .description('Customer loyalty with a ledger that proves itself.')
  .version(manifest.version)
  .helpCommand(false)
  .showHelpAfterError('Try "laurel --help" or "laurel COMMAND --help".')
  .addHelpText('after', exitHelp)
  .exitOverride()

for (const add of [addStart, addDemo, addNew, addPublish, addKey, addCheck, addFormat]) add(program)
for (const add of [addTest, addExplain, addReplay, addImport, addRefunds, addOverdue, addErase]) add(program)
for (const add of [addVerify, addDraw, addExport, addSettle]) add(program)

try {
  await program.parseAsync()
} catch (error) {
  // Commander has said what it did not understand; help and version are no errors.
  if (!(error instanceof CommanderError)) throw error
  process.exitCode = error.exitCode === 0 ? exitCodes.ok : exitCodes.usage
}
