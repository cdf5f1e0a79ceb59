import { randomBytes } from 'node:crypto'
import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { roleNames, scopes } from '@laurel/contract'
import type { Program } from '@laurel/engine'
import { addStaff, createKey, type Server, type StaffToAdd } from '@laurel/server'
import type { CommonOptions } from '../commands/run.ts'
import { CommandFailure, exitCodes } from '../exit.ts'
import { builtFaces } from '../faces/built-faces.ts'
import { readText } from '../files.ts'
import { openHere, withKey } from '../open-laurel.ts'
import { readProgramFile } from '../program-file.ts'
import { listenForInterruption, wasInterrupted, whenInterrupted } from '../terminal/interruption.ts'
import { openProgress } from '../terminal/progress.ts'
import { countText, type Terminal } from '../terminal/terminal.ts'
import { fillDemo } from './fill-demo.ts'
import type { Setting } from './life.ts'

export interface DemoOptions extends CommonOptions {
  readonly data: string
  readonly port?: string
  readonly members: string
  readonly seed: string
  readonly once?: true
}

const programFile = fileURLToPath(new URL('../../../programs/glow-club/program.yaml', import.meta.url))
const source = 'demo'
const windowDays = 730
/** Ten times the demo's: more is what an import is for. */
const membersMax = 50_000

/** Opens the demo's folder, fills it where it is not full, and serves it until it is asked to stop. */
export async function runDemo(terminal: Terminal, options: DemoOptions) {
  const interrupted = listenForInterruption()
  const program = readProgramFile(programFile)
  const wish: Plan = {
    members: countIn('--members', options.members, membersMax),
    seed: countIn('--seed', options.seed, 2 ** 31 - 1),
    endsOn: Temporal.Now.plainDateISO(program.zone).toString(),
    isFull: false,
  }
  const known = readPlan(options.data)
  const plan = known ?? wish
  const step = stepsOn(terminal)
  step(known === null ? `makes a database in ${options.data}` : `opens ${options.data}`)
  const faces = options.once === true ? [] : await builtFaces(step)
  const server = await openHere(
    {
      data: options.data,
      // A folder of its own, whatever database the environment knows.
      databaseUrl: '',
      log: 'warn',
      // What is sent to people is shown on a page, where nobody else can look.
      ...(isReachedHereOnly() ? { mail: 'box', texts: 'box' } : {}),
      ...(options.once === true ? { port: '0' } : options.port === undefined ? {} : { port: options.port }),
    },
    { faces },
  )
  try {
    if (known === null) writePlan(options.data, plan)
    const filled = plan.isFull ? null : await fill(server, program, plan, step, interrupted)
    writePlan(options.data, { ...plan, isFull: true })
    const { key } = await createKey(server.context, 'laurel demo', {
      program: program.id,
      name: 'laurel demo',
      scopes: [...scopes],
      expiresAt: new Date(Date.now() + keyLastsMs).toISOString(),
    })
    const password = randomBytes(12).toString('base64url')
    const staff = demoStaff(password)
    await addStaff(server.context, server.signIn, 'laurel demo', program.id, staff)
    const signIn = { email: staff[0]?.email ?? '', password, outbox: `${server.url}/outbox` }
    const ready = {
      url: server.url,
      key,
      signIn,
      program: program.id,
      data: options.data,
      members: plan.members,
      filled,
    }
    terminal.result(ready, () =>
      options.once === true
        ? `It stands in ${options.data}; open it with: npx laurel demo --data ${options.data}`
        : welcome(terminal, server.url, key, signIn),
    )
    if (options.once !== true) await whenInterrupted(interrupted)
  } finally {
    await server.close()
  }
  return exitCodes.ok
}

/** What the members of a folder are made from: a demo that was stopped while it was filled goes on with the same. */
interface Plan {
  readonly members: number
  readonly seed: number
  /** The day of the first start: lives end before it. */
  readonly endsOn: string
  readonly isFull: boolean
}

const planFile = 'demo.json'
/** Every start makes a key, since no key can be shown twice; they go by themselves. */
const keyLastsMs = 30 * 86_400_000

const isReachedHereOnly = () => /^(localhost|::1|127\..*)$/.test(process.env['HOST'] ?? 'localhost')

interface DemoSignIn {
  readonly email: string
  readonly password: string
  /** Where mail is shown. */
  readonly outbox: string
}

/** Somebody of each role, so that each can be seen as they see it; nobody has these addresses. */
const demoStaff = (password: string): StaffToAdd[] =>
  roleNames.map((role) => ({ role, email: `${role}@demo.example`, name: `The ${role} of the demo`, password }))

/** Null for a folder that is new. One that is full of something else is left alone. */
function readPlan(folder: string): Plan | null {
  try {
    return JSON.parse(readFileSync(path.join(folder, planFile), 'utf8'))
  } catch {
    if (isNew(folder)) return null
  }
  throw new CommandFailure(exitCodes.usage, 'the folder holds something that is no demo', {
    place: folder,
    remedy: 'choose another with --data, or "laurel start" to open it',
  })
}

/** What is no folder is not new either. */
function isNew(folder: string): boolean {
  try {
    return readdirSync(folder).length === 0
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'ENOENT'
  }
}

const writePlan = (folder: string, plan: Plan) => writeFileSync(path.join(folder, planFile), JSON.stringify(plan))

/** Says each step with the seconds since the beginning. */
function stepsOn(terminal: Terminal) {
  const startedAt = performance.now()
  return (text: string) => {
    const seconds = ((performance.now() - startedAt) / 1000).toFixed(1)
    terminal.note(`${seconds.padStart(6)} s  ${text}`)
  }
}

async function fill(
  server: Server,
  program: Program,
  plan: Plan,
  step: (text: string) => void,
  interrupted: AbortSignal,
) {
  await withKey(server, program.id, ['programs:write'], 'laurel demo', async (client) => {
    await client.call('publishProgram', { query: { note: 'laurel demo' }, body: readText(programFile) })
  })
  step(`published the program ${program.id}`)
  step(`lets ${countText(plan.members)} members join, buy, return and redeem`)
  const progress = openProgress('living', plan.members, 'members')
  const { members } = plan
  const filled = await fillDemo(server, program.id, settingOf(program, plan), { members, progress, interrupted })
  progress.finish()
  if (interrupted.aborted) throw wasInterrupted()
  const { events, redemptions } = filled
  step(`recorded ${countText(events)} events, ${countText(redemptions)} of them redemptions`)
  return filled
}

/** Two years that end with yesterday, in what the program itself says. */
function settingOf(program: Program, { seed, endsOn }: Plan): Setting {
  const points = program.assets.find((asset) => asset.kind === 'spendable')
  const moneyOff = [...program.rewards.values()].flatMap(({ id, kind, price }) =>
    kind.type === 'money-off' && price?.type === 'fixed'
      ? [{ reward: id, points: price.choices.at(-1)?.amount ?? 0, minor: kind.minor }]
      : [],
  )[0]
  return {
    seed,
    windowDays,
    source,
    zone: program.zone,
    currency: program.currency.code,
    endsOn: Temporal.PlainDate.from(endsOn),
    places: [...program.places.keys()],
    moneyOff: moneyOff ?? null,
    pendingDays: points?.pending.type === 'period' ? points.pending.period.days : 0,
    reviews: program.onActivity.has('review'),
  }
}

function welcome(terminal: Terminal, url: string, key: string, { email, password, outbox }: DemoSignIn): string {
  const bold = (text: string) => terminal.paint('bold', text)
  const curl = (rest: string) => `  curl -s -H 'Authorization: Bearer ${key}' ${rest}`
  const order =
    // A name of its own each time it is typed: the same one with other content would be a conflict.
    `{"type":"order.paid","id":"try-'$(date +%s)'","source":"me","member":"M00001","occurredAt":"'$(date -u +%FT%TZ)'",` +
    `"order":{"id":"try-'$(date +%s)'","currency":"USD","lines":[{"id":"1","sku":"SERUM-C","quantity":1,"total":5800,"categories":["skincare"]}]}}`
  return [
    '',
    `${bold('Laurel is open')}   ${url}`,
    `${bold('Console')}          ${url}/console`,
    `${bold('Sign in')}          ${email}   ${password}`,
    `${bold('Key')}              ${key}`,
    '',
    `Members come in at ${url}/portal/glow-club, with a code to an address such as that of M00001.`,
    `The same password opens for ${roleNames.slice(1).join('@, ')}@demo.example. Mail is shown at ${outbox}`,
    'With the key, try:',
    curl(`${url}/v1/members/M00001`),
    curl(`-H 'Content-Type: application/json' -d '${order}' ${url}/v1/events`),
    curl(`'${url}/v1/members/M00001/statement?limit=5'`),
    '',
    'Ctrl-C stops it; the folder stays.',
  ].join('\n')
}

function countIn(flag: string, text: string, most: number): number {
  const count = Number(text)
  if (/^\d{1,10}$/.test(text) && count >= 1 && count <= most) return count
  throw new CommandFailure(exitCodes.usage, `"${text}" is no whole number from 1 to ${most}`, {
    place: flag,
    remedy: 'write it in digits',
  })
}
