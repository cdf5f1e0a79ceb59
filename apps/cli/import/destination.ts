import type { Client, EventAnswer, EventToSend } from '@laurel/contract'
import { attemptsMax, isPassing, waitBefore } from '../ask-again.ts'
import { CommandFailure, exitCodes } from '../exit.ts'

/** What became of one event. */
export type Outcome =
  | { readonly status: 'recorded' | 'repeated' }
  | { readonly status: 'rejected'; readonly reason: string }

/** Takes events of the past and answers each on its own, in order. The same events may be sent again at any time. */
export type Send = (events: readonly EventToSend[]) => Promise<readonly Outcome[]>

/** As many as POST /v1/events takes at once. */
const eventsPerRequestMax = 1_000

export function sendTo(client: Client): Send {
  return async (events) => {
    const outcomes: Outcome[] = []
    for (let from = 0; from < events.length; from += eventsPerRequestMax) {
      outcomes.push(...(await sendSome(client, events.slice(from, from + eventsPerRequestMax))))
    }
    return outcomes
  }
}

/** Everything is idempotent by its id, so what was lost on the way or met a server that restarts is simply sent again. */
async function sendSome(client: Client, events: readonly EventToSend[]): Promise<Outcome[]> {
  for (let attempt = 1; ; attempt++) {
    const answered = await client.call('recordEvents', { query: { history: 'true' }, body: [...events] }).then(
      (answers) => ({ answers: Array.isArray(answers) ? answers : [answers] }),
      (error: unknown) => ({ error }),
    )
    if ('answers' in answered) {
      const failed = answered.answers.find((answer) => answer.status === 'failed')
      if (failed === undefined) return answered.answers.map(outcomeOf)
      if (attempt >= attemptsMax) {
        throw new CommandFailure(exitCodes.fault, `the server failed at ${failed.source}/${failed.id} (${failed.code})`)
      }
    } else if (attempt >= attemptsMax || !isPassing(answered.error)) throw answered.error
    await waitBefore(attempt, 'error' in answered ? answered.error : null)
  }
}

function outcomeOf(answer: EventAnswer): Outcome {
  switch (answer.status) {
    case 'recorded':
    case 'repeated':
      return { status: answer.status }
    case 'rejected':
      return { status: 'rejected', reason: `${answer.code}: ${answer.detail}` }
    case 'conflict':
      return { status: 'rejected', reason: 'identity-conflict: the id stands for other content' }
    case 'invalid':
      return { status: 'rejected', reason: answer.errors.map(({ path, message }) => `${path} ${message}`).join('; ') }
    case 'failed':
      return { status: 'rejected', reason: answer.code }
  }
}
