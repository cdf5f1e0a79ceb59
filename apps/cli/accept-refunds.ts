import { type ActAnswer, type Client, type ProblemCode, type QueuedRefund, RequestProblem } from '@laurel/contract'
import { allPages } from './all-pages.ts'
import { askAgain } from './ask-again.ts'
import { addMoney, type MoneyByCurrency } from './terminal/money-text.ts'

export interface Acceptance {
  readonly reason: string
  readonly actor?: string
  readonly currency?: string
}

export interface Accepted {
  accepted: number
  /** By currency. */
  readonly minor: MoneyByCurrency
  /** Points taken back, by asset. */
  readonly takenBack: Record<string, number>
  readonly refused: { readonly refund: string; readonly member: string; readonly reason: string }[]
}

/** Acts of one member follow one another anyway; more at once only wait in the server. */
const inFlight = 8

export const readQueue = (client: Client): Promise<QueuedRefund[]> =>
  allPages(async (from) => {
    const call = { query: { limit: '200', ...from } }
    const { refunds, next } = await askAgain(() => client.call('listUnmatchedRefunds', call))
    return { entries: refunds, next }
  })

/**
 * Accepts every refund that waits. One that cannot be accepted is listed with why, and leaves the others be. What concerns all of
 * them (no connection, no right) ends it: it throws once what is under way is answered, and `accepted` holds what came of it till then. Done
 * again, it goes on with what is left.
 */
export async function acceptRefunds(
  client: Client,
  waiting: readonly QueuedRefund[],
  acceptance: Acceptance,
  accepted: Accepted,
  onReached: (done: number) => void,
): Promise<void> {
  let next = 0
  const keepAccepting = async () => {
    for (let refund = waiting[next++]; refund !== undefined; refund = waiting[next++]) {
      const answer = await acceptOne(client, refund, acceptance).catch((error: unknown) => {
        next = waiting.length
        throw error
      })
      note(accepted, refund, answer, acceptance)
      onReached(accepted.accepted + accepted.refused.length)
    }
  }
  const ended = await Promise.allSettled(Array.from({ length: inFlight }, keepAccepting))
  for (const each of ended) if (each.status === 'rejected') throw each.reason
}

function note(accepted: Accepted, refund: QueuedRefund, answer: ActAnswer | string, { currency }: Acceptance): void {
  const { source, id, member } = refund
  if (typeof answer === 'string') {
    accepted.refused.push({ refund: `${source}/${id}`, member, reason: answer })
    return
  }
  accepted.accepted++
  addMoney(accepted.minor, refund.currency ?? currency ?? null, refund.amount ?? 0)
  for (const { asset, amount: points } of answer.decision.earned ?? []) {
    accepted.takenBack[asset] = (accepted.takenBack[asset] ?? 0) - points
  }
}

/** Problems of one refund: the next one may well be accepted. */
const ofOneRefund: ReadonlySet<ProblemCode> = new Set<ProblemCode>([
  'invalid-request',
  'event-rejected',
  'identity-conflict',
  'unknown-refund',
  'fault',
  'took-too-long',
])

/** The answer, or why there is none: one that wants a word of a person, as its currency or its rate, is left to them. */
async function acceptOne(
  client: Client,
  { source, id, order, currency }: QueuedRefund,
  acceptance: Acceptance,
): Promise<ActAnswer | string> {
  const said = currency === null && order !== null ? acceptance.currency : undefined
  const body = {
    reason: acceptance.reason,
    ...(acceptance.actor === undefined ? {} : { actor: acceptance.actor }),
    ...(said === undefined ? {} : { currency: said }),
  }
  try {
    const answer = await askAgain(() => client.call('acceptRefund', { path: { source, id }, body }))
    return answer.granted ? answer : (answer.refusal?.code ?? 'refused')
  } catch (problem) {
    if (!(problem instanceof RequestProblem) || !ofOneRefund.has(problem.body.code)) throw problem
    const { errors = [] } = problem.body
    return errors.length === 0 ? problem.message : errors.map(({ path, message }) => `${path} ${message}`).join('; ')
  }
}
