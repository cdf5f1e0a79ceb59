import { connect, type Socket } from 'node:net'

export interface Reply {
  readonly status: number
  readonly body: string
}

/**
 * One HTTP/1.1 connection that is kept open and asks one thing after another. Node's own client costs about as much as the
 * server's work; this one writes a head and a body and reads a Content-Length, so that the load generator stays small.
 */
export interface Connection {
  /** Rejects when the connection is lost before the answer is whole; the next call connects again. */
  post(path: string, body: string): Promise<Reply>
  get(path: string): Promise<Reply>
  close(): void
}

interface Asked {
  resolve(reply: Reply): void
  reject(error: Error): void
}

export function openConnection(url: string, key: string | null): Connection {
  const { hostname, port, host } = new URL(url)
  const fixed = `HTTP/1.1\r\nhost: ${host}\r\ncontent-type: application/json\r\n${key === null ? '' : `authorization: Bearer ${key}\r\n`}`
  let socket: Socket | null = null
  let asked: Asked | null = null
  let received: Buffer = Buffer.alloc(0)

  const open = () => {
    const opened = connect({ host: hostname, port: Number(port), noDelay: true })
    received = Buffer.alloc(0)
    opened.on('data', (chunk: Buffer) => {
      received = received.length === 0 ? chunk : Buffer.concat([received, chunk])
      const reply = replyIn(received)
      if (reply === null) return
      received = Buffer.alloc(0)
      const waiting = asked
      asked = null
      waiting?.resolve(reply)
    })
    const lost = (error: Error) => {
      if (socket === opened) socket = null
      const waiting = asked
      asked = null
      waiting?.reject(error)
    }
    opened.on('error', lost)
    opened.on('close', () => lost(new Error('the connection was closed')))
    return opened
  }

  const ask = (bytes: string) =>
    new Promise<Reply>((resolve, reject) => {
      asked = { resolve, reject }
      socket ??= open()
      socket.write(bytes)
    })

  return {
    post: (path, body) => ask(`POST ${path} ${fixed}content-length: ${Buffer.byteLength(body)}\r\n\r\n${body}`),
    get: (path) => ask(`GET ${path} ${fixed}\r\n`),
    close: () => {
      socket?.destroy()
      socket = null
    },
  }
}

/** The whole answer, or null while some of it is missing. */
function replyIn(bytes: Buffer): Reply | null {
  const headEnd = bytes.indexOf('\r\n\r\n')
  if (headEnd === -1) return null
  const head = bytes.toString('latin1', 0, headEnd)
  const length = /\r\ncontent-length: *(\d+)/i.exec(head)?.[1]
  if (length === undefined) throw new Error(`an answer without Content-Length: ${head}`)
  const end = headEnd + 4 + Number(length)
  if (bytes.length < end) return null
  return { status: Number(head.slice(9, 12)), body: bytes.toString('utf8', headEnd + 4, end) }
}
