import { emailAddress, type RoleName, roleNames, roles, type TeamMember } from '@laurel/contract'
import { type Command, InvalidArgumentError } from 'commander'
import { CommandFailure, exitCodes } from '../exit.ts'
import { databaseOption, dataOption, type LaurelOptions, withLaurelOptions } from '../laurel-options.ts'
import type { Laurel } from '../open-laurel.ts'
import { type CommonOptions, jsonOption, run } from './run.ts'

interface InviteOptions extends LaurelOptions {
  readonly role: RoleName
}

interface RecoverOptions extends CommonOptions {
  readonly data?: string
  readonly databaseUrl?: string
}

/** The name of the key that these commands come in with. */
const purpose = 'laurel staff'

export function addStaff(program: Command) {
  const staff = program
    .command('staff')
    .summary('invite people and let them in again')
    .description('People on the staff sign in with a password or a passkey and have a role in each program.')
  withLaurelOptions(staff.command('invite <email>'))
    .summary('invite somebody to the team of the program')
    .description(
      `Mails a link that works once, for seven days; where no mail is sent, shows it. Roles:\n${roleNames
        .map((role) => `  ${role.padEnd(9)} ${roles[role].meaning}`)
        .join('\n')}`,
    )
    .requiredOption('--role <role>', `one of ${roleNames.join(', ')}`, roleIn)
    .option(...jsonOption)
    .action((email: string, { role, ...options }: InviteOptions) =>
      run('staff invite', options, async (terminal) => {
        const { withLaurel } = await import('../open-laurel.ts')
        const body = { email: addressIn(email), role }
        const made = await withLaurel(options, ['team:write'], purpose, ({ client }) => client.call('invite', { body }))
        terminal.result(made, () => made.link ?? `The invitation is on its way to ${body.email}.`)
        if (!terminal.json && made.link !== null) terminal.note('Hand it on yourself: it is not shown again.')
        return exitCodes.ok
      }),
    )
  withLaurelOptions(staff.command('list'))
    .summary('show the team of the program, and who is invited')
    .option(...jsonOption)
    .action((options: LaurelOptions) =>
      run('staff list', options, async (terminal) => {
        const { withLaurel } = await import('../open-laurel.ts')
        const { team, invitations } = await withLaurel(options, ['team:read'], purpose, async (laurel) => ({
          team: await readTeam(laurel),
          invitations: (await laurel.client.call('listInvitations', { query: { limit: '200' } })).invitations,
        }))
        terminal.result(
          { team, invitations },
          () =>
            [
              ...team.map(lineOf),
              ...invitations.map(
                ({ email, role, expiresAt }) => `${email ?? 'anybody'}  ${role}  invited until ${expiresAt}`,
              ),
            ].join('\n') || 'nobody',
        )
        return exitCodes.ok
      }),
    )
  withLaurelOptions(staff.command('sign-out <email>'))
    .summary('end all sessions of somebody on the team')
    .option(...jsonOption)
    .action((email: string, options: LaurelOptions) =>
      run('staff sign-out', options, async (terminal) => {
        const { withLaurel } = await import('../open-laurel.ts')
        const ended = await withLaurel(options, ['team:read', 'team:write'], purpose, async (laurel) =>
          laurel.client.call('endSessions', { path: { person: await personOf(laurel, email) } }),
        )
        terminal.result(ended, () => `${ended.ended} ${ended.ended === 1 ? 'session is' : 'sessions are'} ended`)
        return exitCodes.ok
      }),
    )
  withLaurelOptions(staff.command('remove <email>'))
    .summary('take somebody off the team')
    .option(...jsonOption)
    .action((email: string, options: LaurelOptions) =>
      run('staff remove', options, async (terminal) => {
        const { withLaurel } = await import('../open-laurel.ts')
        const left = await withLaurel(options, ['team:read', 'team:write'], purpose, async (laurel) =>
          laurel.client.call('removeFromTeam', { path: { person: await personOf(laurel, email) } }),
        )
        terminal.result(left, () => `${email} is off the team`)
        return exitCodes.ok
      }),
    )
  staff
    .command('recover <email>')
    .summary('let somebody in again who lost the password or the second step')
    .description('Makes a new password and shows it, once. The second step, passkeys and all sessions are gone.')
    .option(...dataOption)
    .option(...databaseOption)
    .option(...jsonOption)
    .action((email: string, options: RecoverOptions) =>
      run('staff recover', options, async (terminal) => {
        const { Problem } = await import('@laurel/contract')
        const { recoverPerson } = await import('@laurel/server')
        const { withServer } = await import('../open-laurel.ts')
        const address = addressIn(email)
        const recovered = await withServer(options, ({ context, signIn }) =>
          recoverPerson(context, signIn, address),
        ).catch((error: unknown) => {
          throw error instanceof Problem && error.code === 'unknown-person' ? unknown(address) : error
        })
        terminal.result(recovered, () => recovered.password)
        if (!terminal.json)
          terminal.note('The new password: hand it on; whoever has it should change it under Account.')
        return exitCodes.ok
      }),
    )
}

async function readTeam({ client }: Laurel): Promise<TeamMember[]> {
  const team: TeamMember[] = []
  let cursor: string | undefined
  do {
    const page = await client.call('listTeam', { query: { limit: '200', ...(cursor === undefined ? {} : { cursor }) } })
    team.push(...page.team)
    cursor = page.next ?? undefined
  } while (cursor !== undefined)
  return team
}

async function personOf(laurel: Laurel, email: string): Promise<string> {
  const address = addressIn(email)
  const found = (await readTeam(laurel)).find((each) => each.email === address)
  if (found === undefined) throw unknown(address)
  return found.person
}

const unknown = (email: string) =>
  new CommandFailure(exitCodes.usage, `nobody has the address ${email}`, {
    place: '<email>',
    remedy: '"laurel staff list" shows the team',
  })

const lineOf = ({ email, name, role, secondFactor, sessions }: TeamMember): string =>
  `${email}  ${name}  ${role}  ${secondFactor ? 'second step' : 'password alone'}  signed in ${sessions} times`

function addressIn(text: string): string {
  const { success, data } = emailAddress.safeParse(text)
  if (success) return data
  throw new CommandFailure(exitCodes.usage, `"${text}" is no e-mail address`, {
    place: '<email>',
    remedy: 'write it as ada@example.com',
  })
}

function roleIn(text: string): RoleName {
  const found = roleNames.find((role) => role === text)
  if (found === undefined) throw new InvalidArgumentError(`roles are ${roleNames.join(', ')}.`)
  return found
}
