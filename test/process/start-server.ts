import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import { createServer } from 'node:net'
import { fileURLToPath } from 'node:url'
import type { Face } from '@laurel/server'
import { heapOptions } from '../../tools/node26.mjs'

export interface StartOrder {
  readonly folder: string
  /** Instead of the embedded PostgreSQL on the folder. */
  readonly databaseUrl?: string
  readonly port: number
  readonly logLevel: 'silent' | 'error' | 'warn' | 'info'
  /** Published with a key that may do everything; null where an earlier start has done it. */
  readonly program: { readonly id: string; readonly file: string } | null
  /** Settings as the environment says them, where the order has no word of its own for them. */
  readonly environment?: Readonly<Record<string, string>>
  /** Web apps that it serves. */
  readonly faces?: readonly Face[]
  /** Settings of the embedded PostgreSQL. */
  readonly databaseSettings?: Readonly<Record<string, string>>
}

export interface Started {
  readonly url: string
  readonly key: string | null
  readonly databaseUrl: string | null
  readonly postgresPid: number | null
}

export interface ServerProcess extends Started {
  readonly pid: number
  /** `kill -9`, and gone when it resolves. */
  kill(): Promise<void>
  /** As Ctrl-C does. */
  stop(): Promise<void>
  isGone(): boolean
}

/** Starts a server in a process of its own; resolves when it answers. Rejects where it ends before. */
export async function startServer(order: StartOrder): Promise<ServerProcess> {
  const starting = launchServer(order)
  return await starting.ready
}

/** The same for who wants to kill it before it is ready. */
export function launchServer(order: StartOrder) {
  const child = fork(fileURLToPath(new URL('./server.ts', import.meta.url)), [], {
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
    execArgv: [...process.execArgv, ...heapOptions], // as whoever types "laurel start" has it
  })
  const gone = once(child, 'exit')
  child.send(order)
  const ready = Promise.race([
    once(child, 'message').then(([started]) => processOf(child, gone, started as Started)),
    gone.then(([code, signal]) => {
      throw new Error(`the server ended with ${code ?? signal} before it was ready`)
    }),
  ])
  ready.catch(() => undefined)
  return { ready, kill: async () => await killNow(child, gone) }
}

function processOf(child: ChildProcess, gone: Promise<unknown>, started: Started): ServerProcess {
  return {
    ...started,
    pid: child.pid ?? 0,
    kill: async () => await killNow(child, gone),
    stop: async () => {
      if (child.connected) child.send('stop')
      await gone
    },
    isGone: () => child.exitCode !== null || child.signalCode !== null,
  }
}

async function killNow(child: ChildProcess, gone: Promise<unknown>) {
  child.kill('SIGKILL')
  await gone
}

/** A port that is free now; a server that is killed and started again keeps its address. */
export async function freePort(): Promise<number> {
  const probe = createServer()
  probe.listen(0, '127.0.0.1')
  await once(probe, 'listening')
  const address = probe.address()
  probe.close()
  await once(probe, 'close')
  if (address === null || typeof address === 'string') throw new Error('the probe has no port')
  return address.port
}
