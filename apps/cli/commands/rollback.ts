import type { Command } from 'commander'
import { addRestoring, type RestoreOptions, restore } from '../restore-version.ts'

export function addRollback(program: Command) {
  addRestoring(program, 'rollback', 'let an older version count again')
    .description('Publishes the document of an older version as the next one. What is decided stays as it is.')
    .action((version: number, options: RestoreOptions) => restore('rollback', version, options))
}
