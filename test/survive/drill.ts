import { fileURLToPath } from 'node:url'
import { freePort, type ServerProcess, type StartOrder, startServer } from '../process/start-server.ts'
import { makeTemporaryFolder } from '../process/temporary-folder.ts'

/** What a drill found out: one line of `npm run survive`. */
export interface Verdict {
  readonly id: string
  readonly what: string
  readonly passed: boolean
  readonly detail: string
}

export interface DrillOptions {
  readonly seed: number
  /** Kills, burns, members: what a drill counts. */
  readonly count: number
  readonly say: (text: string) => void
}

export interface Ground {
  readonly folder: string
  readonly port: number
  readonly server: ServerProcess
  readonly key: string
  /** Starts the server again on the same folder and port. */
  readonly order: StartOrder
}

const program = { id: 'load', file: fileURLToPath(new URL('../load/program.yaml', import.meta.url)) }

/** A server on a folder of its own, for the length of a drill. `use` hands back the server that stands in the end. */
export async function onGround<Result>(
  databaseSettings: Readonly<Record<string, string>>,
  use: (ground: Ground) => Promise<{ readonly result: Result; readonly server: ServerProcess }>,
): Promise<Result> {
  const { path: folder, remove } = makeTemporaryFolder('survive')
  const port = await freePort()
  const order: StartOrder = { folder, port, logLevel: 'silent', program: null, databaseSettings }
  const server = await startServer({ ...order, program })
  if (server.key === null) throw new Error('the server made no key')
  try {
    const { result, server: last } = await use({ folder, port, server, key: server.key, order })
    await last.stop()
    return result
  } finally {
    remove()
  }
}

export const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms))
