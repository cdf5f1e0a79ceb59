import { openConnection } from '../load/connection.ts'
import { createShopper } from '../load/shopper.ts'

/**
 * Clients as they should be: each sends an order and sends the very same again until it is answered well, whatever dies
 * meanwhile. What was acknowledged is remembered here, outside of everything that is killed.
 */
export interface Clients {
  /** Decision by event id, exactly as first answered. */
  readonly acknowledged: ReadonlyMap<string, string>
  /** Every event that was ever sent, by id. */
  readonly sent: ReadonlyMap<string, string>
  /** Answers that no client should ever see, such as a 500. */
  readonly wrong: readonly string[]
  /** How often something was sent again. */
  retries(): number
  /** Resolves when so many more are acknowledged. */
  acknowledge(more: number): Promise<void>
  /** Lets each client finish what it began, and resolves when all have. */
  stop(): Promise<void>
}

export interface ClientOptions {
  /** Several where more than one server is up: clients are spread over them. */
  readonly urls: readonly string[]
  readonly key: string
  readonly count: number
  readonly members: number
  readonly stream: string
  readonly seed: number
}

const retryAfterMs = 15
/** A server that is killed is back in seconds; a client that waits this long has found a hang. */
const patienceMs = 120_000

export function startClients({ urls, key, count, members, stream, seed }: ClientOptions): Clients {
  const acknowledged = new Map<string, string>()
  const sent = new Map<string, string>()
  const wrong: string[] = []
  const waiting: { at: number; resolve: () => void }[] = []
  let stopping = false
  let retries = 0

  const acknowledge = (id: string, decision: string) => {
    acknowledged.set(id, decision)
    while (waiting[0] !== undefined && acknowledged.size >= waiting[0].at) waiting.shift()?.resolve()
  }
  const shop = async (index: number) => {
    const connection = openConnection(urls[index % urls.length] ?? '', key)
    const shopper = createShopper(`${stream}-${index}`, seed * 1000 + index, members)
    while (!stopping) {
      const body = shopper.order(new Date().toISOString())
      const id = String(JSON.parse(body).id)
      sent.set(id, body)
      acknowledge(id, await sendUntilAnswered(body))
    }
    connection.close()

    async function sendUntilAnswered(body: string): Promise<string> {
      const giveUpAt = performance.now() + patienceMs
      for (;;) {
        const reply = await connection.post('/v1/events', body).catch(() => null)
        if (reply !== null && reply.status < 300) return decisionIn(reply.body)
        if (reply !== null && reply.status !== 503) wrong.push(`${reply.status} ${reply.body}`)
        if (performance.now() > giveUpAt)
          throw new Error(`no answer for ${patienceMs / 1000} s: ${reply?.body ?? 'lost'}`)
        retries++
        await new Promise((resolve) => setTimeout(resolve, retryAfterMs))
      }
    }
  }
  const shopping = Promise.all(Array.from({ length: count }, (_, index) => shop(index)))
  // Whoever waits for acknowledgements must hear of a client that gave up.
  const failed = shopping.then(() => new Promise<never>(() => {}))
  failed.catch(() => undefined)

  return {
    acknowledged,
    sent,
    wrong,
    retries: () => retries,
    acknowledge: async (more) => {
      const at = acknowledged.size + more
      await Promise.race([
        failed,
        new Promise<void>((resolve) => {
          waiting.push({ at, resolve })
          waiting.sort((a, b) => a.at - b.at)
        }),
      ])
    },
    stop: async () => {
      stopping = true
      await shopping
    },
  }
}

/** The decision of an answer, as the bytes it came in; recorded and repeated differ in their status alone. */
export function decisionIn(body: string): string {
  const found = /^\{"status":"(?:recorded|repeated)","decision":(.*)\}$/s.exec(body)?.[1]
  if (found === undefined) throw new Error(`this is no answer to a recorded event: ${body}`)
  return found
}
