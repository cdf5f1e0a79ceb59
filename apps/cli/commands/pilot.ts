import type { Client, PilotAnswer, PilotMembers } from '@laurel/contract'
import { type Command, InvalidArgumentError, Option } from 'commander'
import { allPages } from '../all-pages.ts'
import { exitCodes } from '../exit.ts'
import { type LaurelOptions, withLaurelOptions } from '../laurel-options.ts'
import { draftIn, jsonOption, run, versionIn } from './run.ts'

type Arm = PilotMembers['members'][number]['arm']
const arms: readonly Arm[] = ['pilot', 'holdout', 'rest']

interface StepOptions extends LaurelOptions {
  readonly note?: string
  readonly after?: number
}
interface ShareOptions extends StepOptions {
  readonly share: number
}
interface BeginOptions extends ShareOptions {
  readonly holdout?: number
  readonly revision?: number
}

/** A version on trial: published to a share of the members, widened, stopped. */
export function addPilot(program: Command) {
  const pilot = program
    .command('pilot')
    .summary('try a draft on a share of the members')
    .description(
      'A pilot is a version for a share of the members, drawn by chance; all others are judged by the version in force.',
    )
  const each = (words: string, summary: string) =>
    withLaurelOptions(pilot.command(words))
      .summary(summary)
      .option(...jsonOption)
  const percent = ['--share <percent>', 'percent of members', percentIn] as const
  const note = ['--note <text>', 'why, for whoever reads the versions later'] as const
  const after = [
    '--after <number>',
    'only if this is still the latest version; the latest there is where nothing is said',
    versionIn,
  ] as const

  each('begin', 'publish a draft to a share of the members')
    .argument('<draft>', 'its id', draftIn)
    .requiredOption(...percent)
    .option(
      '--holdout <percent>',
      'percent who stay out of it until it is for all; as many as are in it, at most all others',
      percentIn,
    )
    .option(...note)
    .option('--revision <number>', 'only if this is still its revision; the one there is', versionIn)
    .action((draft: string, options: BeginOptions) =>
      run('pilot begin', options, async (terminal) => {
        const begun = await withPilots(options, 'begin', async (client) => {
          const path = { draft }
          const revision = options.revision ?? (await client.call('readDraft', { path })).revision
          const { share, holdout, note: comment = '' } = options
          const body = { revision, share, comment, ...(holdout === undefined ? {} : { holdout }) }
          return await client.call('beginPilot', { path, body })
        })
        terminal.result(begun, () => done(begun, begun.repeated))
        return exitCodes.ok
      }),
    )
  each('list', 'show every pilot, latest first').action((options: LaurelOptions) =>
    run('pilot list', options, async (terminal) => {
      const found = await withPilots(options, 'list', (client) => client.call('listPilots', {}))
      terminal.result(found, () => found.pilots.map(lineOf).join('\n') || 'no pilots')
      return exitCodes.ok
    }),
  )
  each('widen <pilot>', 'let more members in; with 100 percent it is for all')
    .requiredOption(...percent)
    .option(...note)
    .option(...after)
    .action((name: string, options: ShareOptions) =>
      run('pilot widen', options, async (terminal) => {
        const widened = await withPilots(options, 'widen', async (client) => {
          const body = { ...(await stepOf(client, options)), share: options.share }
          return await client.call('widenPilot', { path: { pilot: name }, body })
        })
        terminal.result(widened, () => done(widened, widened.repeated))
        return exitCodes.ok
      }),
    )
  each('stop <pilot>', 'let its members be judged by the version in force again')
    .option(...note)
    .option(...after)
    .action((name: string, options: StepOptions) =>
      run('pilot stop', options, async (terminal) => {
        const stopped = await withPilots(options, 'stop', async (client) => {
          return await client.call('stopPilot', { path: { pilot: name }, body: await stepOf(client, options) })
        })
        terminal.result(stopped, () => done(stopped, stopped.repeated))
        return exitCodes.ok
      }),
    )
  each('members <pilot>', 'say who is in which arm')
    .addOption(new Option('--arm <arm>', 'only of this one').choices(arms))
    .action((name: string, options: LaurelOptions & { readonly arm?: Arm }) =>
      run('pilot members', options, async (terminal) => {
        const members = await withPilots(options, 'members', (client) => allMembers(client, name, options.arm))
        terminal.result({ members }, () => members.map(({ member, arm }) => `${member}  ${arm}`).join('\n') || 'nobody')
        return exitCodes.ok
      }),
    )
}

async function withPilots<Result>(options: LaurelOptions, name: string, use: (client: Client) => Promise<Result>) {
  const { withLaurel } = await import('../open-laurel.ts')
  const scopes = ['programs:read', 'programs:write', 'members:read'] as const
  return await withLaurel(options, scopes, `laurel pilot ${name}`, ({ client }) => use(client))
}

/** A step is taken once, after the version that is known. */
async function stepOf(client: Client, options: StepOptions) {
  const latest = options.after ?? (await client.call('listVersions', {})).versions.length
  return { after: Math.max(1, latest), note: options.note ?? '' }
}

const allMembers = (client: Client, pilot: string, arm: Arm | undefined): Promise<PilotMembers['members']> =>
  allPages(async (from) => {
    const query = { limit: '1000', ...(arm === undefined ? {} : { arm }), ...from }
    const { members, next } = await client.call('listPilotMembers', { path: { pilot }, query })
    return { entries: members, next }
  })

function percentIn(text: string): number {
  if (!/^\d{1,3}%?$/.test(text)) throw new InvalidArgumentError('a share is a whole number of percent, as 10.')
  return Number.parseInt(text, 10)
}

const done = (pilot: PilotAnswer, repeated: boolean): string =>
  repeated ? `this was done before; nothing was published\n${lineOf(pilot)}` : lineOf(pilot)

function lineOf({ pilot, status, share, holdout, steps }: PilotAnswer): string {
  const last = steps.at(-1)
  const whom = `${share} % of members, ${holdout} % held out`
  const said = { running: `running, ${whom}`, stopped: `stopped, was ${whom}`, 'for-all': `for all, was ${whom}` }
  return `pilot ${pilot}  ${said[status]}  since version ${last?.version ?? pilot}, ${last?.at ?? ''}`
}
