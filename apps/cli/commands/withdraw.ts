import type { Command } from 'commander'
import { addRestoring, type RestoreOptions, restore } from '../restore-version.ts'

export function addWithdraw(program: Command) {
  addRestoring(program, 'withdraw', 'keep a version from beginning')
    .description(
      'Publishes once more what is in force, and what else is still to begin: the last one published counts.',
    )
    .action((version: number, options: RestoreOptions) => restore('withdraw', version, options))
}
