// Something that speaks enough of PostgreSQL's protocol to say which version it is: no old server is at hand.

import { createServer, type Socket } from 'node:net'

export interface StubServer {
  readonly url: string
  /** Every statement that was sent to it. */
  readonly statements: readonly string[]
  close(): Promise<void>
}

/** Lets everybody in, and answers every statement with one row: the version, and the encoding UTF8. */
export async function openStubServer(version: string): Promise<StubServer> {
  const statements: string[] = []
  const row = Buffer.concat([
    message('T', [int16(2), column('version'), column('encoding')]),
    message('D', [int16(2), value(version), value('UTF8')]),
    message('C', [text('SELECT 1')]),
    message('Z', [Buffer.from('I')]),
  ])
  const server = createServer((socket: Socket) => {
    let isStarted = false
    socket.on('error', () => undefined)
    socket.on('data', (data) => {
      if (!isStarted) {
        isStarted = true
        socket.write(Buffer.concat([message('R', [int32(0)]), message('Z', [Buffer.from('I')])]))
      } else if (data[0] === 'Q'.charCodeAt(0)) {
        statements.push(data.toString('utf8', 5, data.length - 1))
        socket.write(row)
      }
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  if (typeof address !== 'object' || address === null) throw new Error('a server that listens has a port')
  return {
    url: `postgres://laurel@127.0.0.1:${address.port}/laurel`,
    statements,
    close: () => new Promise((resolve) => server.close(() => resolve())),
  }
}

function message(type: string, parts: readonly Buffer[]): Buffer {
  const body = Buffer.concat(parts)
  return Buffer.concat([Buffer.from(type), int32(body.length + 4), body])
}

/** Of the type `text`, of any length. */
const column = (name: string): Buffer =>
  Buffer.concat([text(name), int32(0), int16(0), int32(25), int16(-1), int32(-1), int16(0)])

const value = (content: string): Buffer => Buffer.concat([int32(Buffer.byteLength(content)), Buffer.from(content)])
const text = (content: string): Buffer => Buffer.from(`${content}\0`)

function int16(number: number): Buffer {
  const bytes = Buffer.alloc(2)
  bytes.writeInt16BE(number)
  return bytes
}

function int32(number: number): Buffer {
  const bytes = Buffer.alloc(4)
  bytes.writeInt32BE(number)
  return bytes
}
