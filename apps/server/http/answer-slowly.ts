import { once } from 'node:events'
import { Readable } from 'node:stream'
import type { FastifyReply } from 'fastify'

/** Proxies give up after a minute of silence, our own limit and that of most clients is five. */
const silenceMsMax = 10_000

/**
 * An answer that may take minutes, as verifying a large program does. While it is being made, an empty line is sent now and then,
 * which JSON allows in front of it: nobody on the way takes the connection for dead. What fails before the first of them is
 * answered as any failure is; later the connection is cut, and half an answer is none.
 */
export function answerSlowly(reply: FastifyReply, answer: Promise<unknown>, silenceMs = silenceMsMax): FastifyReply {
  const made = answer.then((value) => JSON.stringify(value))
  return reply
    .type('application/json; charset=utf-8')
    .send(Readable.from(untilMade(made, silenceMs), { objectMode: false }))
}

async function* untilMade(made: Promise<string>, silenceMs: number): AsyncGenerator<string> {
  // Whoever goes away meanwhile leaves it to nobody.
  made.catch(() => {})
  for (;;) {
    const silence = AbortSignal.timeout(silenceMs)
    const text = await Promise.race([made, once(silence, 'abort').then(() => null)])
    yield text ?? '\n'
    if (text !== null) return
  }
}
