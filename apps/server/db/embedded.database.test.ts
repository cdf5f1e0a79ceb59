import { type ChildProcess, spawn } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { once } from 'node:events'
import { chmod, mkdir, readFile, rm, stat, utimes, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import pg from 'pg'
import { afterAll, afterEach, describe, expect, test } from 'vitest'
import { silentLog } from '../../../test/database/template.ts'
import { type EmbeddedPostgres, openEmbedded, stopLeftover } from './embedded.ts'
import { chooseRunAs, firstClosedFolder, type RunAs } from './run-as.ts'

const fixture = fileURLToPath(new URL('./embedded-owner.fixture.ts', import.meta.url))
const runAs = await chooseRunAs(tmpdir(), tmpdir())
const opened: EmbeddedPostgres[] = []
const owners: ChildProcess[] = []
const newFolders: string[] = []

afterEach(async () => {
  for (const owner of owners.splice(0)) await kill(owner)
  for (const embedded of opened.splice(0)) await embedded.stop()
  for (const folder of [...newFolders, sharedFolder]) await stopLeftover(folder).catch(() => undefined)
  for (const folder of newFolders.splice(0)) await rm(folder, { recursive: true, force: true })
})

// Making a cluster takes half a second, so the tests that can share one, stopped between them.
const sharedFolder = join(tmpdir(), `laurel-test-${process.pid}-${randomUUID()}`)
afterAll(() => rm(sharedFolder, { recursive: true, force: true }))

/** Named as the run's own folder is, so that the next run clears what a killed one leaves. */
function newFolder(): string {
  const folder = join(tmpdir(), `laurel-test-${process.pid}-${randomUUID()}`)
  newFolders.push(folder)
  return folder
}

async function open(folder: string): Promise<EmbeddedPostgres> {
  const embedded = await openEmbedded({ folder, log: silentLog })
  opened.push(embedded)
  return embedded
}

async function ask(embedded: EmbeddedPostgres, text: string): Promise<unknown[]> {
  const client = new pg.Client(embedded.connection)
  client.on('error', () => undefined)
  try {
    await client.connect()
    return (await client.query(text)).rows
  } finally {
    await client.end()
  }
}

interface Owner {
  readonly child: ChildProcess
  readonly said: { serverPid: number; adopted: boolean; code?: string; message?: string }
}

async function startOwner(folder: string, user?: RunAs): Promise<Owner> {
  const child = spawn(process.execPath, [fixture, folder], {
    stdio: ['pipe', 'pipe', 'inherit'],
    ...(user === undefined ? {} : { uid: user.uid, gid: user.gid }),
  })
  owners.push(child)
  const [line] = await once(createInterface({ input: child.stdout }), 'line')
  return { child, said: JSON.parse(line) }
}

async function kill(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return
  child.kill('SIGKILL')
  await once(child, 'exit')
}

const note = 'DROP TABLE IF EXISTS note; CREATE TABLE note (text text); INSERT INTO note VALUES ($$kept$$)'
const notes = 'SELECT text FROM note'
const kept = [{ text: 'kept' }]

describe('the embedded PostgreSQL', () => {
  test('starts, stops, and starts again with what it had', async () => {
    const folder = newFolder()
    const first = await open(folder)
    expect(first).toMatchObject({ adopted: false, serverVersion: expect.stringMatching(/^18\./) })
    await ask(first, note)
    expect(
      await ask(first, "SELECT current_setting('fsync') AS fsync, 'a' < 'Z' COLLATE \"default\" AS alphabetic"),
    ).toEqual([{ fsync: 'on', alphabetic: false }])
    expect((await stat(join(folder, 'secret'))).mode & 0o777).toBe(0o600)
    await Promise.all([first.stop(), first.stop()])
    await expect(ask(first, notes)).rejects.toThrow()
    await expect(stat(first.connection.host)).rejects.toMatchObject({ code: 'ENOENT' })

    const second = await open(folder)
    expect(second.adopted).toBe(false)
    expect(await ask(second, notes)).toEqual(kept)
  })

  test('has one owner, who is named to the second', async () => {
    const folder = sharedFolder
    const { child, said } = await startOwner(folder)
    expect(said.code).toBeUndefined()
    await expect(open(folder)).rejects.toMatchObject({
      code: 'data-folder-in-use',
      message: `The data folder ${folder} is in use by Laurel process ${child.pid}. Stop it first, or choose another folder with --data.`,
    })
    const { said: refused } = await startOwner(folder)
    expect(refused.code).toBe('data-folder-in-use')
  })

  test('left running by a killed Laurel is taken over by the next, however often', async () => {
    const folder = sharedFolder
    const first = await startOwner(folder)
    await kill(first.child)
    const second = await startOwner(folder)
    expect(second.said).toMatchObject({ adopted: true, serverPid: first.said.serverPid })
    await kill(second.child)
    const third = await open(folder)
    expect(third.adopted).toBe(true)
    await ask(third, note)
    process.kill(third.pid(), 'SIGKILL')
    await expect.poll(() => third.isRunning(), { timeout: 10_000 }).toBe(false)
    await expect.poll(() => third.isRunning(), { timeout: 10_000 }).toBe(true)
    expect(await ask(third, notes)).toEqual(kept)
  })

  test('left running where nobody can reach it is stopped and started again', async () => {
    const folder = sharedFolder
    const { child, said } = await startOwner(folder)
    await kill(child)
    const socketFolder = (await readFile(join(folder, 'postgres/postmaster.pid'), 'utf8')).split('\n')[4] ?? ''
    await rm(socketFolder, { recursive: true })
    const next = await open(folder)
    expect(next).toMatchObject({ adopted: false })
    expect(next.pid()).not.toBe(said.serverPid)
  })

  test('the folder of a socket that nobody listens on any more is cleared away by the next start', async () => {
    const dead = join(tmpdir(), `laurel-postgres-${randomUUID().slice(0, 6)}`)
    await mkdir(dead)
    await writeFile(join(dead, '.s.PGSQL.5432.lock'), '')
    const longAgo = new Date(Date.now() - 2 * 60 * 60_000)
    await utimes(dead, longAgo, longAgo)
    const lively = await open(newFolder())
    await utimes(lively.connection.host, longAgo, longAgo)
    await open(newFolder())
    expect(await stat(dead).catch(() => null)).toBeNull()
    expect(await ask(lively, 'SELECT 1 AS one')).toEqual([{ one: 1 }])
    expect((await stat(lively.connection.host)).isDirectory()).toBe(true)
  })

  test('killed in mid-load comes back by itself with every acknowledged row, at the same address', async () => {
    const embedded = await open(sharedFolder)
    await ask(embedded, 'CREATE TABLE written (id integer)')
    const pool = new pg.Pool({ ...embedded.connection, max: 4 })
    pool.on('error', () => undefined)
    pool.on('connect', (client) => void client.on('error', () => undefined))
    const acknowledged: number[] = []
    let killed = false
    let next = 0
    const write = async () => {
      while (acknowledged.length < 400) {
        const id = next
        next += 1
        try {
          await pool.query('INSERT INTO written VALUES ($1)', [id])
          acknowledged.push(id)
        } catch {
          await expect.poll(() => embedded.isRunning(), { timeout: 10_000 }).toBe(true)
        }
        if (acknowledged.length >= 200 && !killed) {
          killed = true
          process.kill(embedded.pid(), 'SIGKILL')
        }
      }
    }
    await Promise.all([write(), write(), write(), write()])
    const { rows } = await pool.query<{ id: number }>('SELECT id FROM written')
    await pool.end()
    expect(killed).toBe(true)
    expect(new Set(rows.map((row) => row.id)).isSupersetOf(new Set(acknowledged))).toBe(true)
  })

  test('comes back when its socket is tidied away', async () => {
    const embedded = await open(sharedFolder)
    await rm(embedded.connection.host, { recursive: true })
    await expect
      .poll(() => ask(embedded, 'SELECT 1 AS one').catch(() => 'away'), { timeout: 10_000 })
      .toEqual([{ one: 1 }])
  })

  test("is not kept from starting by a stranger who has the dead server's process id", async () => {
    const folder = sharedFolder
    const first = await open(folder)
    await ask(first, note)
    await first.stop()
    const pidFile = [process.pid, join(folder, 'postgres'), 1, 5432, '', '', ''].join('\n')
    await writeFile(join(folder, 'postgres/postmaster.pid'), pidFile)
    expect(await ask(await open(folder), notes)).toEqual(kept)
  })

  test('gets a new password when the old one is lost, even while it runs', async () => {
    const folder = sharedFolder
    const { child } = await startOwner(folder)
    await kill(child)
    await rm(join(folder, 'secret'))
    const next = await open(folder)
    expect(next.adopted).toBe(false)
    expect(await ask(next, 'SELECT 1 AS one')).toEqual([{ one: 1 }])
    const stranger = { ...next, connection: { ...next.connection, password: 'guess' } }
    await expect(ask(stranger, 'SELECT 1')).rejects.toMatchObject({ code: '28P01' })
  })

  test('works in a folder deeper than a socket may lie', async () => {
    const folder = join(newFolder(), 'deep'.repeat(20), 'deeper'.repeat(20))
    expect(await ask(await open(folder), 'SELECT 1 AS one')).toEqual([{ one: 1 }])
  })

  test('that cannot start says why', async () => {
    const folder = sharedFolder
    await writeFile(join(folder, 'local.conf'), "shared_buffers = 'lots'\n")
    await expect(open(folder)).rejects.toMatchObject({
      code: 'embedded-postgres-failed',
      message: expect.stringContaining('invalid value for parameter "shared_buffers"'),
    })
    await writeFile(join(folder, 'local.conf'), '')
    await open(folder)
  })

  test('refuses a folder of another version, and one with something else in it', async () => {
    const folder = newFolder()
    await mkdir(join(folder, 'postgres'), { recursive: true })
    await writeFile(join(folder, 'postgres/holiday.jpg'), '')
    await expect(open(folder)).rejects.toMatchObject({ code: 'data-folder-unusable' })
    await writeFile(join(folder, 'postgres/PG_VERSION'), '17\n')
    await expect(open(folder)).rejects.toMatchObject({ code: 'data-folder-version' })
  })
})

// Root and ordinary users get different servers; run as either, these tests hold.
describe('the user', () => {
  const serverUid = runAs?.uid ?? process.getuid?.()

  test('that PostgreSQL runs as is never root', async () => {
    const embedded = await open(newFolder())
    expect((await stat(join(embedded.folder, 'postgres'))).uid).toBe(serverUid)
    expect(serverUid).not.toBe(0)
    if (process.platform === 'linux') expect((await stat(`/proc/${embedded.pid()}`)).uid).toBe(serverUid)
  })

  test('that may not enter the folder is told so', async () => {
    const closed = newFolder()
    await mkdir(closed)
    await chmod(closed, 0o000)
    const refused = open(join(closed, 'data'))
    await expect(refused).rejects.toMatchObject({
      code: runAs === undefined ? 'data-folder-unusable' : 'data-folder-unreachable',
      message: expect.stringContaining(closed),
    })
    await chmod(closed, 0o700)
  })

  test('that starts Laurel, when not root, also owns the server', async () => {
    // Below a folder that only root may enter, no other user could start this Node.
    const ways = [process.execPath, fixture].map((path) => firstClosedFolder(dirname(path), runAs))
    const ordinary = (await Promise.all(ways)).every((closed) => closed === undefined) ? runAs : undefined
    const folder = newFolder()
    const { child, said } = await startOwner(folder, ordinary)
    expect(said).toMatchObject({ adopted: false })
    if (process.platform === 'linux') expect((await stat(`/proc/${said.serverPid}`)).uid).toBe(serverUid)
    child.stdin?.end()
    await once(child, 'exit')
    await expect(stat(join(folder, 'owner.json'))).rejects.toMatchObject({ code: 'ENOENT' })
  })
})
