import { Readable } from 'node:stream'
import { Problem } from '@laurel/contract'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { answerLines } from '../http/answer-lines.ts'
import { problemOf } from '../http/answer-problems.ts'
import { type Bind, type BindRaw, JsonText } from '../http/bind.ts'
import type { Metrics } from '../http/metrics.ts'
import { answerEvents, answerLine, problemOfRejection, type Sender } from './answer-events.ts'
import { explainEvent } from './explain.ts'
import { previewCart } from './preview.ts'
import type { RecordingContext } from './recorder.ts'
import { tellEffects } from './tell-effects.ts'

export function bindDecisions(context: RecordingContext, bind: Bind, bindRaw: BindRaw, metrics: Metrics): void {
  bind('previewCart', async ({ actor, body: { member, order, at, vouchers } }) => {
    const previewed = await previewCart(context, actor.program, { member, order, at: at ?? null, vouchers })
    if ('rejection' in previewed) throw problemOfRejection(previewed.rejection)
    const { preview } = previewed
    return new JsonText(JSON.stringify({ ...preview, effects: tellEffects(preview.effects) }))
  })
  bind('explainEvent', async ({ actor, path: { member, ...name } }) => {
    const explanation = await explainEvent(context, actor.program, member, name)
    if (explanation === null) throw new Problem('unknown-event')
    const { effects, now } = explanation
    const told = {
      effects: tellEffects(effects),
      now: now === null ? null : { ...now, effects: tellEffects(now.effects) },
    }
    return new JsonText(JSON.stringify({ ...explanation, ...told }))
  })

  bindRaw('recordEvents', async ({ actor, query: { history }, request, reply }) => {
    if (history && !actor.scopes.has('events:history')) {
      throw new Problem('missing-scope', { extensions: { scope: 'events:history' } })
    }
    // That it is one is known: whoever comes in with the key of a sandbox has its clock read (`verify-key.ts`).
    const count = context.isSandbox(actor.program) ? () => undefined : metrics.countEvent
    const sender: Sender = { actor, history, count }
    const { body } = request
    if (body instanceof Readable) return await answerStream(context, sender, request, body, reply)
    if (typeof body !== 'string') throw new Problem('malformed-body', { detail: 'The request has no body.' })
    const text = await answerEvents(context, sender, body)
    return await reply.type('application/json; charset=utf-8').send(text)
  })
}

function answerStream(
  context: RecordingContext,
  sender: Sender,
  request: FastifyRequest,
  body: Readable,
  reply: FastifyReply,
): FastifyReply {
  const codeOf = (error: unknown) => {
    const problem = problemOf(error)
    if (problem.code === 'fault') request.log.error({ err: error }, 'a line of a stream met a fault of ours')
    return problem.code
  }
  const failed = new Map<string, number>()
  const answers = answerLines(body, (line) =>
    answerLine(context, sender, line, (error) => {
      const code = codeOf(error)
      failed.set(code, (failed.get(code) ?? 0) + 1)
      return code
    }),
  )
  // Once for all of them: a lost database fails thousands of lines at a time.
  answers.once('close', () => {
    if (failed.size > 0) request.log.warn({ failed: Object.fromEntries(failed) }, 'lines of a stream were not served')
  })
  return reply.type('application/x-ndjson; charset=utf-8').send(answers)
}
