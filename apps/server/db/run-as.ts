// PostgreSQL refuses to run as root, so a Laurel started by root (usual in containers) runs it as another user.

import { readFile, stat } from 'node:fs/promises'
import { dirname } from 'node:path'
import { codeOf, DatabaseFailure } from './database-failure.ts'

/** The user that PostgreSQL runs as; undefined means: the one Laurel itself runs as. */
export interface RunAs {
  readonly uid: number
  readonly gid: number
  readonly name: string
}

/**
 * Chooses the user: whoever owns the cluster already, else the owner of the data folder, else `nobody`. initdb looks
 * its own uid up in the user database and fails without an entry, so a uid without one is passed over.
 */
export async function chooseRunAs(folder: string, clusterFolder: string): Promise<RunAs | undefined> {
  if (process.getuid?.() !== 0) return undefined
  const users = parsePasswd(await readFile('/etc/passwd', 'utf8').catch(() => ''))
  for (const path of [clusterFolder, folder]) {
    const owner = await stat(path).catch(() => undefined)
    if (owner === undefined || owner.uid === 0) continue
    const user = users.find((each) => each.uid === owner.uid)
    if (user !== undefined) return user
  }
  const nobody = users.find((user) => user.name === 'nobody' && user.uid !== 0)
  if (nobody !== undefined) return nobody
  throw new DatabaseFailure(
    'data-folder-unusable',
    'PostgreSQL refuses to run as root, and /etc/passwd has no user `nobody` to run it as. ' +
      `Give the data folder ${folder} to an ordinary user, run Laurel as an ordinary user, or set DATABASE_URL.`,
  )
}

function parsePasswd(text: string): RunAs[] {
  return text.split('\n').flatMap((line) => {
    const [name, , uid, gid] = line.split(':')
    if (name === undefined || uid === undefined || gid === undefined) return []
    // macOS writes nobody as -2, which the system calls know as 4294967294.
    return [{ name, uid: Number(uid) >>> 0, gid: Number(gid) >>> 0 }]
  })
}

/** The outermost folder on the way to `path` (itself included) that the user may not enter; undefined when all is well. */
export async function firstClosedFolder(path: string, user: RunAs | undefined): Promise<string | undefined> {
  if (user === undefined) return undefined
  const folders = [path]
  for (let parent = dirname(path); parent !== folders[0]; parent = dirname(parent)) folders.unshift(parent)
  for (const folder of folders) {
    try {
      const { mode, uid, gid } = await stat(folder)
      const enter = uid === user.uid ? 0o100 : gid === user.gid ? 0o010 : 0o001
      if ((mode & enter) === 0) return folder
    } catch (error) {
      if (codeOf(error) !== 'ENOENT') throw error
      return undefined
    }
  }
  return undefined
}
