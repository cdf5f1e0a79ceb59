// The data folder: what lies where, its secret, and the lock that gives it one owner.

import { randomBytes } from 'node:crypto'
import { mkdir, open, readFile, realpath, rename, rm, stat, writeFile } from 'node:fs/promises'
import { dirname, join, resolve } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { codeOf, DatabaseFailure, messageOf } from './database-failure.ts'

export interface DataFolder {
  readonly path: string
  readonly cluster: string
  readonly secret: string
  readonly log: string
}

export async function makeDataFolder(path: string): Promise<DataFolder> {
  try {
    // PostgreSQL runs as another user when Laurel is root, and must be able to enter; the cluster inside stays closed.
    await makeFolders(resolve(path), process.getuid?.() === 0 ? 0o755 : 0o700)
    const real = await realpath(path)
    return {
      path: real,
      cluster: join(real, 'postgres'),
      secret: join(real, 'secret'),
      log: join(real, 'postgres.log'),
    }
  } catch (cause) {
    throw new DatabaseFailure(
      'data-folder-unusable',
      `The data folder ${path} cannot be made: ${messageOf(cause)}. Choose another folder with --data.`,
      { cause },
    )
  }
}

/** One by one: Node's `recursive` tries for ever where a parent is there and takes no folders, as /proc does. */
async function makeFolders(path: string, mode: number): Promise<void> {
  const found = await stat(path).catch(() => undefined)
  if (found?.isDirectory()) return
  if (found !== undefined) throw new Error('it is no folder')
  const parent = dirname(path)
  if (parent !== path) await makeFolders(parent, mode)
  await mkdir(path, { mode }).catch((error) => {
    // Somebody else made it meanwhile.
    if (codeOf(error) !== 'EEXIST') throw error
  })
}

/** Reads the cluster's password, or makes one. `made` tells the caller that an existing cluster does not know it yet. */
export async function readOrMakeSecret(folder: DataFolder): Promise<{ secret: string; made: boolean }> {
  try {
    const secret = (await readFile(folder.secret, 'utf8')).trim()
    if (secret !== '') return { secret, made: false }
  } catch (error) {
    if (codeOf(error) !== 'ENOENT') throw error
  }
  const secret = randomBytes(32).toString('base64url')
  await writeDurably(folder.secret, `${secret}\n`)
  return { secret, made: true }
}

async function writeDurably(path: string, text: string): Promise<void> {
  const unfinished = `${path}.new`
  await rm(unfinished, { force: true })
  const file = await open(unfinished, 'wx', 0o600)
  try {
    await file.writeFile(text)
    await file.sync()
  } finally {
    await file.close()
  }
  await rename(unfinished, path)
}

export interface OwnerLock {
  release(): Promise<void>
}

/**
 * Takes the folder for this process. The lock is one that the kernel holds and drops when the process dies, however it
 * dies: a file with a pid in it would be fooled by a pid used again, and by two containers that share the folder. Node
 * offers no file locks of its own; an exclusive transaction of its SQLite is one. Nothing is ever written in that file.
 */
export async function takeOwnership(folder: DataFolder): Promise<OwnerLock> {
  const ownerFile = join(folder.path, 'owner.json')
  const lock = await lockExclusively(join(folder.path, 'owner.lock'), folder, ownerFile)
  try {
    const startedAt = new Date(Date.now() - Math.round(process.uptime() * 1000)).toISOString()
    await writeFile(ownerFile, `${JSON.stringify({ pid: process.pid, startedAt })}\n`)
  } catch (error) {
    lock.close()
    throw error
  }
  return {
    release: async () => {
      await rm(ownerFile, { force: true })
      lock.close()
    },
  }
}

async function lockExclusively(path: string, folder: DataFolder, ownerFile: string): Promise<DatabaseSync> {
  let lock: DatabaseSync | undefined
  try {
    lock = new DatabaseSync(path, { timeout: 0 })
    lock.exec('PRAGMA journal_mode = MEMORY; BEGIN EXCLUSIVE')
    return lock
  } catch (cause) {
    lock?.close()
    const busy = typeof cause === 'object' && cause !== null && 'errcode' in cause && cause.errcode === 5
    if (!busy) {
      throw new DatabaseFailure(
        'data-folder-unusable',
        `The data folder ${folder.path} cannot be locked: ${messageOf(cause)}. ` +
          'Its file system must support file locks and be writable. Choose another folder with --data.',
        { cause },
      )
    }
    const owner = await readOwner(ownerFile)
    throw new DatabaseFailure(
      'data-folder-in-use',
      `The data folder ${folder.path} is in use by ${owner}. Stop it first, or choose another folder with --data.`,
    )
  }
}

async function readOwner(path: string): Promise<string> {
  try {
    const owner: unknown = JSON.parse(await readFile(path, 'utf8'))
    if (typeof owner === 'object' && owner !== null && 'pid' in owner) return `Laurel process ${owner.pid}`
  } catch {
    // The owner is just now writing the file, or just now leaving.
  }
  return 'another Laurel process'
}
