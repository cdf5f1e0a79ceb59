import { existsSync, readdirSync, renameSync, rmSync, statSync } from 'node:fs'
import path from 'node:path'

/** Builds that are kept: a server that runs since before yesterday's change has read its own into memory, so two are plenty. */
const buildsKept = 2

/** Where a process builds what is to stand in a folder. No hash of sources has a dot. */
export const unfinishedOf = (folder: string, pid: number): string => `${folder}.${pid}`

/** Whole or not at all; where another start was faster, its build is the same. Then what is of no use any more goes. */
export function putInPlace(unfinished: string, folder: string): void {
  if (existsSync(folder)) return
  try {
    renameSync(unfinished, folder)
  } catch (error) {
    if (!existsSync(folder)) throw error
  }
  const parent = path.dirname(folder)
  const names = readdirSync(parent)
  const lastFirst = names
    .filter((name) => !name.includes('.'))
    .map((name) => ({ name, at: statSync(path.join(parent, name)).mtimeMs }))
    .toSorted((a, b) => b.at - a.at)
    .map(({ name }) => name)
  for (const name of [...lastFirst.slice(buildsKept), ...names.filter(isLeftBehind)]) {
    rmSync(path.join(parent, name), { recursive: true, force: true })
  }
}

/** Begun by a process that was killed before it had built the whole. */
function isLeftBehind(name: string): boolean {
  const pid = /\.(\d+)$/.exec(name)?.[1]
  if (pid === undefined) return false
  try {
    process.kill(Number(pid), 0)
    return false
  } catch (error) {
    // EPERM: it runs, and is somebody else's.
    return error instanceof Error && 'code' in error && error.code === 'ESRCH'
  }
}
