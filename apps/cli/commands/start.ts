import { scopes } from '@laurel/contract'
import type { FirstOwner, Server } from '@laurel/server'
import type { Command } from 'commander'
import { exitCodes } from '../exit.ts'
import { readText } from '../files.ts'
import { databaseOption, dataOption, type SettingOptions } from '../laurel-options.ts'
import { programFileOf, readProgramFile } from '../program-file.ts'
import { listenForInterruption, whenInterrupted } from '../terminal/interruption.ts'
import { type CommonOptions, jsonOption, run } from './run.ts'

interface StartOptions extends CommonOptions, SettingOptions {
  readonly program?: string
}

export function addStart(program: Command) {
  program
    .command('start')
    .summary('run the server')
    .description('Runs the server until Ctrl-C. Each setting is also an environment variable; flags win.')
    .option('--port <port>', 'where it answers; 0 is any free port (PORT; 3000)')
    .option('--host <address>', 'on which address (HOST; 127.0.0.1)')
    .option(...dataOption)
    .option(...databaseOption)
    .option('--program <file>', 'publish this program first, unless it is the latest version already')
    .option('--secret-file <file>', 'secret of voucher codes (LAUREL_SECRET_FILE; codes.secret in the data folder)')
    .option('--log <level>', 'how much it tells (LAUREL_LOG; info)')
    .option('--trust-proxy', 'believe X-Forwarded-For (LAUREL_TRUST_PROXY)')
    .option('--key-requests <count>', 'requests a second and key (LAUREL_KEY_REQUESTS)')
    .option('--roots <path>', 'add each closed day’s root to this file, or in this folder (LAUREL_ROOTS)')
    .option('--public-url <url>', 'how people reach it, as https://loyalty.example.com (LAUREL_URL)')
    .option('--mail <url>', 'mail server, as smtp://user:password@host:587 (LAUREL_MAIL; none)')
    .option(...jsonOption)
    .action((options: StartOptions) =>
      run('start', options, async (terminal) => {
        const interrupted = listenForInterruption()
        const file = options.program === undefined ? null : programFileOf(options.program)
        const document = file === null ? null : readText(file)
        const id = file === null ? null : readProgramFile(file).id
        const { openHere, settingsFrom, withKey } = await import('../open-laurel.ts')
        const { inviteFirstOwners } = await import('@laurel/server')
        const { builtFaces } = await import('../faces/built-faces.ts')
        const { readyPrograms } = await import('../new/ready-programs.ts')
        const faces = await builtFaces((text) => terminal.note(text))
        // The page of the first run stands in the console; whoever names a program begins with that one.
        const ready = document === null && faces.some(({ at }) => at === '/console') ? readyPrograms() : []
        const server = await openHere(options, { faces, readyPrograms: ready })
        try {
          if (document !== null && id !== null) {
            await withKey(server, id, ['programs:write'], 'laurel start', async (client) => {
              await client.call('publishProgram', { body: document })
            })
          }
          const firstKey = id === null ? null : await makeFirstKey(server, id)
          const programs = await server.context.timelines.ids()
          const origin = settingsFrom(options).url ?? server.url
          const firstOwners = await inviteFirstOwners(server.context, 'laurel start', origin)
          const { firstRunToken } = server
          const firstRun = firstRunToken === null ? null : `${origin}/console/first-run#${firstRunToken}`
          terminal.result({ url: server.url, programs, firstKey, firstOwners, firstRun }, () =>
            [
              `Laurel is open at ${server.url}`,
              ...(firstRun !== null ? firstRunSaid(firstRun) : programs.length === 0 ? firstSteps(options) : []),
              ...firstOwners.flatMap(firstOwnerSaid),
              ...(firstKey === null ? [] : firstKeySaid(firstKey)),
            ].join('\n'),
          )
          await whenInterrupted(interrupted)
        } finally {
          await server.close()
        }
        return exitCodes.ok
      }),
    )
}

/** Whoever begins with a program could let nobody in: a folder is open once, and a key is made by who has it open. */
async function makeFirstKey({ context }: Server, program: string): Promise<string | null> {
  const { createKey, listKeys } = await import('@laurel/server')
  const { keys } = await listKeys(context, program, { ended: false, limit: 1 })
  if (keys.length > 0) return null
  const wanted = { program, name: 'first key', scopes: [...scopes], expiresAt: null }
  return (await createKey(context, 'laurel start', wanted)).key
}

const firstOwnerSaid = ({ program, link }: FirstOwner) => [
  '',
  `The first owner of ${program}: ${link}`,
  'Open it in a browser and choose a password. It works once, for seven days; until somebody has, each start prints another.',
]

const firstKeySaid = (key: string) => [
  '',
  `The first key: ${key}`,
  'Programs ask with it. It may do everything and is not shown again; "laurel key create" makes others.',
]

// Behind "#": browsers keep that to themselves, so it stands in no log on the way.
const firstRunSaid = (address: string) => [
  '',
  `Open your shop: ${address}`,
  'There is none here yet. The address works once; until a shop is open, each start prints another.',
]

/** What to type where nothing is published: each line as it stands, with the folder that this server was given. */
function firstSteps({ data, databaseUrl }: StartOptions): string[] {
  // The URL holds a password, which has no business on a screen or in a log.
  const there =
    (databaseUrl === undefined ? '' : ' --database-url "$DATABASE_URL"') + (data === undefined ? '' : ` --data ${data}`)
  return [
    'No program is published yet, so it takes no events. Stop it with Ctrl-C; then a program, a key for your shop, and again:',
    '  npx laurel new my-club --from point-per-dollar',
    `  npx laurel publish my-club/program.yaml${there}`,
    `  npx laurel key create --name shop${there}`,
    `  npx laurel start${there}`,
  ]
}
