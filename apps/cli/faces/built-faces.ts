import { fork } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, mkdirSync, rmSync } from 'node:fs'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Face } from '@laurel/server'
import { hashOfSources } from './hash-of-sources.ts'
import { putInPlace, unfinishedOf } from './put-in-place.ts'

const root = fileURLToPath(new URL('../../..', import.meta.url))

interface App extends Omit<Face, 'folder'> {
  readonly name: string
  readonly sources: readonly string[]
}

/** What a build is made from: with another byte in any of these folders it is another build. */
const apps: readonly App[] = [
  {
    ...{ name: 'console', at: '/console', door: '/sign-in' },
    // There is nobody yet who could be signed in.
    open: ['/console/first-run'],
    sources: ['apps/console', 'packages/ui', 'packages/contract', 'packages/engine'],
  },
  // It has a door of its own, in the page: members come in as people of one shop.
  { name: 'portal', at: '/portal', sources: ['apps/portal', 'packages/ui', 'packages/contract'] },
  // So has a till: a device comes in with a code, and whoever stands at it with a PIN.
  { name: 'till', at: '/till', sources: ['apps/till', 'packages/ui', 'packages/contract'] },
]

/**
 * The apps that people open in a browser, each as a folder to serve. What was built of other sources is built first, which takes
 * seconds and is said; nothing is built a second time. Where it cannot be built, that is said too, and the server goes on without.
 */
export async function builtFaces(note: (text: string) => void): Promise<Face[]> {
  const faces = await Promise.all(apps.map((app) => builtFace(app, note)))
  return faces.filter((face) => face !== null)
}

async function builtFace({ name, sources, ...face }: App, note: (text: string) => void): Promise<Face | null> {
  const folder = path.join(root, 'apps', name, 'dist', hashOfSources(root, [...sources, 'package-lock.json']))
  if (existsSync(folder)) return { ...face, folder }
  const startedAt = performance.now()
  note(`builds the ${name}, as its sources have changed`)
  const failure = await build(path.join(root, 'apps', name), folder)
  if (failure !== null) {
    note(`the ${name} is missing, since it could not be built: ${failure}`)
    return null
  }
  note(`built the ${name} in ${((performance.now() - startedAt) / 1000).toFixed(1)} s`)
  return { ...face, folder }
}

/** Null, or why not. In a process of its own: the tools of a build are no load for a server that runs for months. */
async function build(app: string, folder: string): Promise<string | null> {
  const unfinished = unfinishedOf(folder, process.pid)
  try {
    mkdirSync(path.dirname(folder), { recursive: true })
    const child = fork(fileURLToPath(new URL('./build-face.ts', import.meta.url)), [app, unfinished], {
      stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
      // Whatever this process was started for: a build of a test would otherwise be one for finding faults, and be served later.
      env: { ...process.env, NODE_ENV: 'production' },
    })
    let said = ''
    child.stderr?.on('data', (chunk) => {
      said += String(chunk)
    })
    const [code] = await once(child, 'exit')
    if (code !== 0) return said.trim().split('\n').slice(0, 8).join('\n') || `the build ended with ${code}`
    putInPlace(unfinished, folder)
    return null
  } catch (error) {
    return error instanceof Error ? error.message : String(error)
  } finally {
    rmSync(unfinished, { recursive: true, force: true })
  }
}
