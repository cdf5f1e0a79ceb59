import type { Command } from 'commander'
import type { DemoOptions } from '../demo/run-demo.ts'
import { jsonOption, run } from './run.ts'

export function addDemo(program: Command) {
  program
    .command('demo')
    .summary('start with two years of made-up members')
    .description(
      'Starts a server with members, orders, refunds and redemptions of two years. A filled folder is used again. LAUREL_DATA and DATABASE_URL are not looked at: nobody made up gets among your own members.',
    )
    .option('--data <folder>', 'where it is kept', '.laurel-demo')
    .option('--port <port>', 'where it answers (PORT; 3000)')
    .option('--members <count>', 'how many members', '5000')
    .option('--seed <number>', 'another seed makes other people', '26')
    .option('--once', 'fill the folder, say where it is, and stop')
    .option(...jsonOption)
    .action((options: DemoOptions) =>
      run('demo', options, async (terminal) => {
        const { runDemo } = await import('../demo/run-demo.ts')
        return await runDemo(terminal, options)
      }),
    )
}
