import { isUtf8 } from 'node:buffer'
import type { Readable } from 'node:stream'
import { Problem } from '@laurel/contract'
import type { FastifyInstance, FastifyRequest } from 'fastify'

/** A thousand orders of three lines are half of it. */
const bodyBytesMax = 1024 * 1024
/** A client that needs longer for a megabyte is no till. */
const bodyMsMax = 20_000

/**
 * Bodies arrive as text, for the route to parse; NDJSON as the stream itself. Node's own time limit for requests would end a
 * long stream, so the limit is on what is read here.
 */
export function registerBodies(server: FastifyInstance): void {
  server.removeAllContentTypeParsers()
  const text = async (request: FastifyRequest, payload: Readable) => await readText(request, payload)
  server.addContentTypeParser(['application/json', 'application/yaml', 'text/yaml', 'application/x-yaml'], text)
  server.addContentTypeParser('application/x-ndjson', async (request: FastifyRequest, payload: Readable) => {
    refuseCompressed(request)
    return payload
  })
}

/** A few bytes can unpack to any number of them, before a limit on what is read sees one. */
function refuseCompressed({ headers }: FastifyRequest): void {
  const encoding = headers['content-encoding']
  if (encoding !== undefined && encoding.trim().toLowerCase() !== 'identity') throw new Problem('compressed-body')
}

/** The whole body as text. Throws a Problem where it is compressed, too long, too slow, or no UTF-8. */
export function readText(request: FastifyRequest, payload: Readable): Promise<string> {
  refuseCompressed(request)
  if (Number(request.headers['content-length'] ?? 0) > bodyBytesMax) throw tooLarge()
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = []
    let bytes = 0
    const timer = setTimeout(() => fail(new Problem('too-slow')), bodyMsMax)
    const fail = (error: Error) => {
      clearTimeout(timer)
      payload.removeAllListeners('data')
      // What still comes is thrown away; the connection is closed after the answer.
      payload.resume()
      reject(error)
    }
    payload.on('data', (chunk: Buffer) => {
      bytes += chunk.length
      if (bytes > bodyBytesMax) fail(tooLarge())
      else chunks.push(chunk)
    })
    payload.on('error', fail)
    payload.on('end', () => {
      clearTimeout(timer)
      const whole = chunks.length === 1 && chunks[0] ? chunks[0] : Buffer.concat(chunks)
      if (isUtf8(whole)) resolve(whole.toString('utf8'))
      else reject(new Problem('malformed-body', { detail: 'It is not UTF-8.' }))
    })
  })
}

const tooLarge = () => new Problem('body-too-large', { detail: `It has more than ${bodyBytesMax} bytes.` })
