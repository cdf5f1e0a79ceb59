import { execFileSync } from 'node:child_process'
import { globSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { createDice } from '../load/dice.ts'
import { type Audit, audit, auditText, isClean } from './audit.ts'
import { type Clients, startClients } from './clients.ts'
import { type DrillOptions, onGround, pause, type Verdict } from './drill.ts'

const acknowledgedBetween = 500
const spreadMs = 150

/** R2: `kill -9` of PostgreSQL with all its processes while clients keep ordering; the server starts it again. */
export async function killDatabase(options: DrillOptions & { readonly between?: number }): Promise<Verdict> {
  const { found, clients } = await drill(options, {})
  const detail = `${options.count} kills; ${auditText(found)}; ${clients.retries()} retries, ${clients.wrong.length} wrong answers`
  const passed = isClean(found) && clients.wrong.length === 0
  return { id: 'R2', what: 'kill -9 of PostgreSQL in mid-load', passed, detail }
}

/**
 * The alarm's own test: a database that says "committed" before anything is on disk, killed the same way, must be seen to lose.
 * Without it R2 could pass because the audit is blind.
 */
export async function seeLoss(options: DrillOptions & { readonly between?: number }): Promise<Verdict> {
  const careless = { synchronous_commit: 'off', wal_writer_delay: '10s' }
  const { found } = await drill(options, careless)
  const detail = `${options.count} kills with synchronous_commit=off; ${auditText(found)}`
  return { id: 'R2', what: 'the same without synchronous commits must be seen to lose', passed: found.lost > 0, detail }
}

async function drill(
  { seed, count, say, between = acknowledgedBetween }: DrillOptions & { readonly between?: number },
  databaseSettings: Readonly<Record<string, string>>,
): Promise<{ found: Audit; clients: Clients }> {
  return await onGround(databaseSettings, async ({ server, folder, key }) => {
    const dice = createDice(seed)
    const clients = startClients({ urls: [server.url], key, count: 32, members: 20_000, stream: 'r2', seed })
    for (let kills = 1; kills <= count; kills++) {
      await clients.acknowledge(between)
      await pause(dice() * spreadMs)
      killPostgres(folder)
      if (kills % 10 === 0) say(`R2: ${kills} kills, ${clients.acknowledged.size} acknowledged`)
    }
    await clients.acknowledge(between)
    await clients.stop()
    return { server, result: { found: await audit({ url: server.url, key, source: 'bench', ...clients }), clients } }
  })
}

/** The postmaster first, so that it cannot tidy up after the others. */
function killPostgres(folder: string) {
  const [file] = globSync(path.join(folder, '**/postmaster.pid'))
  if (file === undefined) return // it is starting, which is as good a moment to have missed
  const postmaster = Number(readFileSync(file, 'utf8').split('\n')[0])
  const family = [postmaster, ...childrenOf(postmaster)]
  for (const pid of family) {
    try {
      process.kill(pid, 'SIGKILL')
    } catch {
      // It ended by itself a moment before.
    }
  }
}

function childrenOf(parent: number): number[] {
  const list = execFileSync('ps', ['-A', '-o', 'pid=,ppid='], { encoding: 'utf8' })
  return [...list.matchAll(/^\s*(\d+)\s+(\d+)$/gm)].flatMap(([, pid, ppid]) =>
    Number(ppid) === parent ? [Number(pid)] : [],
  )
}
