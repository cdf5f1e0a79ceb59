import { type EventInput, Problem, parseEvent, parseJson, type RejectionCode } from '@laurel/contract'
import type { Line } from '../http/answer-lines.ts'
import type { Actor } from '../http/bind.ts'
import type { RecordingContext } from './recorder.ts'
import type { Answer, Submission } from './submission.ts'

export interface Sender {
  readonly actor: Actor
  /** An import of what is long past (EVT-4). */
  readonly history: boolean
  /** Told what became of each event. */
  readonly count: (status: string) => void
}

/** As many as fit into the largest body, and in one answer. */
const eventsMax = 1000

/** The answer to a body of one event or an array, as JSON. One event that is not recorded is a Problem. */
export async function answerEvents(context: RecordingContext, sender: Sender, body: string): Promise<string> {
  const sent = parseJson(body)
  return Array.isArray(sent) ? await answerMany(context, sender, sent) : await answerOne(context, sender, sent)
}

async function answerOne(context: RecordingContext, sender: Sender, sent: unknown): Promise<string> {
  const parsed = parseEvent(sent)
  if (!parsed.ok) {
    sender.count('invalid')
    throw new Problem('invalid-request', { errors: parsed.errors })
  }
  const answer = await context.recorder.record(submissionOf(sender, parsed.event))
  sender.count(becameOf(answer))
  requireRecorded(answer)
  return textOf(parsed.event, answer)
}

/** Turns what was not recorded into the problem of a request that asked for this alone. */
export function requireRecorded(answer: Answer): asserts answer is Extract<Answer, { text: string }> {
  switch (answer.status) {
    case 'recorded':
    case 'repeated':
      return
    case 'rejected':
      throw problemOfRejection(answer)
    case 'conflict': {
      const { code, sentHash, storedHash } = answer
      throw new Problem('identity-conflict', { extensions: { reason: code, sentHash, storedHash } })
    }
    case 'failed':
      throw new Problem(answer.code, { extensions: { reference: answer.reference } })
  }
}

const remedyOfOverdue =
  'Do not send it again. Facts that are kept are listed by GET /v1/overdue-facts, where a person accepts or dismisses them.'

/** What is not accepted, as the problem of whoever asked for it. */
export function problemOfRejection({
  code,
  detail,
}: {
  readonly code: RejectionCode
  readonly detail: string
}): Problem {
  if (code === 'unknown-program') return new Problem('no-program')
  return new Problem('event-rejected', {
    detail,
    ...(code === 'overdue' ? { remedy: remedyOfOverdue } : null),
    extensions: { rejection: code },
  })
}

async function answerMany(context: RecordingContext, sender: Sender, sent: readonly unknown[]): Promise<string> {
  if (sent.length > eventsMax) {
    throw new Problem('invalid-request', { errors: [{ path: '', message: `has more than ${eventsMax} events` }] })
  }
  const parsed = sent.map(parseEvent)
  const events = parsed.flatMap((each) => (each.ok ? [each.event] : []))
  const answers = await context.recorder.recordMany(events.map((event) => submissionOf(sender, event)))
  let next = 0
  const texts = parsed.map((each) => {
    if (!each.ok) {
      sender.count('invalid')
      return JSON.stringify({ status: 'invalid', errors: each.errors })
    }
    const answer = answers[next]
    next += 1
    if (answer === undefined) throw new Error('the recorder answers every submission')
    sender.count(becameOf(answer))
    return textOf(each.event, answer)
  })
  return `[${texts.join(',')}]`
}

/** The answer to one line of a stream, as JSON. Never throws: a line that cannot be served says why, its neighbours stand. */
export async function answerLine(
  context: RecordingContext,
  sender: Sender,
  { number, text }: Line,
  codeOf: (error: unknown) => string,
): Promise<string> {
  let event: EventInput | undefined
  try {
    if (text instanceof Problem) throw text
    const parsed = parseEvent(parseJson(text))
    if (!parsed.ok) {
      sender.count('invalid')
      return JSON.stringify({ status: 'invalid', line: number, errors: parsed.errors })
    }
    event = parsed.event
    const answer = await context.recorder.record(submissionOf(sender, event))
    sender.count(becameOf(answer))
    return textOf(event, answer)
  } catch (error) {
    if (event === undefined && error instanceof Problem) {
      sender.count('invalid')
      return JSON.stringify({
        status: 'invalid',
        line: number,
        errors: error.details.errors ?? [{ path: '', message: error.message }],
      })
    }
    sender.count('failed')
    return JSON.stringify({ status: 'failed', source: event?.source ?? '', id: event?.id ?? '', code: codeOf(error) })
  }
}

/** What arrives for somebody who is erased is dropped, and that it was must show somewhere (LED-9). */
const becameOf = (answer: Answer): string =>
  answer.status === 'rejected' && answer.code === 'member-erased' ? 'dropped' : answer.status

const submissionOf = ({ actor, history }: Sender, event: EventInput): Submission => ({
  program: actor.program,
  member: event.member,
  event,
  history,
})

/** The decision goes out as the bytes that were stored with it (EVT-1). */
function textOf({ source, id }: EventInput, answer: Answer): string {
  switch (answer.status) {
    case 'recorded':
    case 'repeated':
      return `{"status":"${answer.status}","decision":${answer.text}}`
    case 'rejected':
    case 'conflict':
      return JSON.stringify({ ...answer, source, id })
    case 'failed':
      return JSON.stringify({ status: 'failed', source, id, code: answer.code })
  }
}
