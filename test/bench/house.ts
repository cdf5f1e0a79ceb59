import path from 'node:path'
import { fileURLToPath } from 'node:url'
import pg from 'pg'
import { sayWithSeconds } from '../load/say.ts'
import { createShopper, memberName } from '../load/shopper.ts'
import { freePort, type ServerProcess, startServer } from '../process/start-server.ts'
import { type Baseline, prepareBaseline } from './tpcb.ts'

export interface BenchOptions {
  readonly seconds: number
  readonly rounds: number
  readonly members: number
  readonly scale: number
  readonly large: boolean
  readonly mayUsePgbench: boolean
}

/** A server on a data folder of its own, with members, and the baseline on the same database server. */
export interface House {
  readonly folder: string
  readonly port: number
  readonly server: ServerProcess & { readonly key: string; readonly databaseUrl: string }
  readonly baseline: Baseline
}

export interface Bench {
  readonly options: BenchOptions
  /** The server that most measures use; filled once. */
  house(): Promise<House>
  /** Another data folder, for what must begin empty. */
  emptyHouse(name: string): Promise<Omit<House, 'baseline'>>
  say(text: string): void
  close(): Promise<void>
}

const loadProgram = { id: 'load', file: fileURLToPath(new URL('../load/program.yaml', import.meta.url)) }

export function openBench(root: string, options: BenchOptions): Bench {
  const opened: ServerProcess[] = []
  const say = sayWithSeconds()
  const open = async (name: string) => {
    const folder = path.join(root, name)
    const port = await freePort()
    const server = await startServer({ folder, port, logLevel: 'warn', program: loadProgram })
    opened.push(server)
    const { key, databaseUrl } = server
    if (key === null || databaseUrl === null) throw new Error('the server has no key or no database of its own')
    return { folder, port, server: { ...server, key, databaseUrl } }
  }
  const reopen = async ({ folder, port, server: { key } }: Omit<House, 'baseline'>) => {
    const server = await startServer({ folder, port, logLevel: 'warn', program: null })
    opened.push(server)
    if (server.databaseUrl === null) throw new Error('the server has no database of its own')
    return { ...server, key, databaseUrl: server.databaseUrl }
  }
  let house: Promise<House> | null = null
  return {
    options,
    say,
    house: () => {
      house ??= open('house').then(async (filled) => {
        say(`letting ${options.members} members buy once`)
        await fillMembers(filled.server, options.members)
        // A server of its own for what is measured: the memory of the filling is none of its business.
        await filled.server.stop()
        const server = await reopen(filled)
        say(`filling the tables of TPC-B, scale ${options.scale}`)
        const url = await makeDatabase(server.databaseUrl, 'tpcb')
        const { scale, mayUsePgbench } = options
        return { ...filled, server, baseline: await prepareBaseline({ url, scale, mayUsePgbench }) }
      })
      return house
    },
    emptyHouse: open,
    close: async () => {
      await Promise.all(opened.map((server) => (server.isGone() ? undefined : server.stop())))
    },
  }
}

async function makeDatabase(serverUrl: string, name: string): Promise<string> {
  const client = new pg.Client({ connectionString: serverUrl })
  await client.connect()
  await client.query(`CREATE DATABASE ${name}`)
  await client.end()
  const url = new URL(serverUrl)
  url.pathname = `/${name}`
  return url.toString()
}

/** Every member has bought once, so that measuring never measures a first time. */
async function fillMembers(server: { url: string; key: string }, members: number) {
  await sendLines(server, (stream) => {
    const shopper = createShopper(`first-${stream}`, stream + 1, 1)
    let next = stream
    return () => {
      if (next >= members) return null
      const order = shopper.order(longAgo).replace(memberName(0), memberName(next))
      next += streamsAtOnce
      return order
    }
  })
}

const longAgo = new Date(Date.now() - 20 * 86_400_000).toISOString()

/** As many as keep the recorder's lanes busy. */
const streamsAtOnce = 4

/**
 * Sends events as NDJSON in several streams, each until its `draw` has no more; every event must be recorded. A member belongs
 * to one stream, so that nothing arrives late.
 */
export async function sendLines(
  { url, key }: { url: string; key: string },
  open: (stream: number) => () => string | null,
): Promise<void> {
  const one = async (draw: () => string | null) => {
    const body = new ReadableStream<Uint8Array>({
      type: 'bytes',
      pull: (controller) => {
        const lines: string[] = []
        while (lines.length < linesPerChunk) {
          const line = draw()
          if (line === null) break
          lines.push(line)
        }
        if (lines.length > 0) controller.enqueue(new TextEncoder().encode(`${lines.join('\n')}\n`))
        else controller.close()
      },
    })
    const response = await fetch(new URL('/v1/events?history=true', url), {
      method: 'POST',
      headers: { authorization: `Bearer ${key}`, 'content-type': 'application/x-ndjson' },
      body,
      duplex: 'half',
    })
    await expectRecorded(response)
  }
  await Promise.all(Array.from({ length: streamsAtOnce }, (_, stream) => one(open(stream))))
}

/** Orders of a stream that draws members from its own part of them, each a little later than the one before. */
export function ordersOf(
  stream: number,
  run: string,
  from: { member: number; members: number; at: number; count: number },
) {
  const each = Math.max(1, Math.floor(from.members / streamsAtOnce))
  const shopper = createShopper(`${run}-${stream}`, from.at + stream, each, from.member + stream * each)
  let at = from.at
  let left = Math.ceil(from.count / streamsAtOnce)
  return () => {
    if (left-- <= 0) return null
    at += stepMs
    return shopper.order(new Date(at).toISOString())
  }
}

const stepMs = 20
const linesPerChunk = 200

/** Reads the answers as they come: a server that cannot get rid of them stops reading. */
async function expectRecorded(response: Response) {
  if (!response.ok || response.body === null) throw new Error(`${response.status}: ${await response.text()}`)
  let rest = ''
  for await (const text of response.body.pipeThrough(new TextDecoderStream())) {
    const lines = (rest + text).split('\n')
    rest = lines.pop() ?? ''
    const wrong = lines.find((line) => !line.startsWith('{"status":"recorded"'))
    if (wrong !== undefined) throw new Error(`an event was not recorded: ${wrong}`)
  }
  if (rest !== '') throw new Error(`the answer was cut off: ${rest}`)
}
