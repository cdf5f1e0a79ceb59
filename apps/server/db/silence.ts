// A server that is stopped, or whose packets are dropped, ends no connection and answers none: whoever waits would wait for ever.

import { Socket } from 'node:net'
import pg from 'pg'

/**
 * So long a connection may be silent while a statement is under way before we look whether the server is there at all. A long
 * statement (a migration, a report, one that waits for a lock) is no silence: its server answers others.
 */
const silenceMsMax = 5_000
/** To let somebody in takes milliseconds. */
const lookMsMax = 3_000

export interface SilenceOptions {
  /** A test is less patient. */
  readonly silenceMs?: number | undefined
}

/**
 * Ends the connections of this pool that wait for a server from which nothing comes, one and all as lost: what was sent on them
 * may have been done, as with any other loss.
 */
export function endWhenSilent(
  pool: pg.Pool,
  config: pg.PoolConfig,
  { silenceMs = silenceMsMax }: SilenceOptions,
): void {
  const { statement_timeout: statementMs } = config
  // The server would have ended the statement by itself: it is the way to it that is cut, for this connection alone.
  const waitMsMax = typeof statementMs === 'number' && statementMs > 0 ? statementMs + silenceMs : Infinity
  let looking: Promise<boolean> | null = null
  const isThere = () => {
    looking ??= letsIn(config, Math.min(lookMsMax, silenceMs)).finally(() => {
      looking = null
    })
    return looking
  }
  pool.on('connect', (client) => {
    const { stream } = client.connection
    if (!(stream instanceof Socket)) return
    let heard = 0
    let silentMs = 0
    stream.on('timeout', async () => {
      // Whoever keeps a connection, idle or in a transaction, owes us nothing; the next statement begins anew.
      if (!isWaiting(client)) return
      silentMs = stream.bytesRead === heard ? silentMs + silenceMs : silenceMs
      heard = stream.bytesRead
      const isLost = silentMs >= waitMsMax || !(await isThere())
      if (stream.destroyed || !isWaiting(client) || stream.bytesRead !== heard) return
      if (isLost) stream.destroy(silence(silentMs))
      else stream.setTimeout(silenceMs)
    })
    stream.setTimeout(silenceMs)
  })
}

const silence = (ms: number) =>
  Object.assign(new Error(`it has been silent for ${ms / 1000} seconds`), { code: 'ETIMEDOUT' })

/** A server that refuses us is there. */
async function letsIn(config: pg.ClientConfig, connectionTimeoutMillis: number): Promise<boolean> {
  const client = new pg.Client({ ...config, connectionTimeoutMillis })
  client.on('error', () => undefined)
  try {
    await client.connect()
    return true
  } catch (error) {
    return error instanceof pg.DatabaseError
  } finally {
    void client.end().catch(() => undefined)
  }
}

/** While a statement is under way; the types do not name it. */
const isWaiting = (client: object): boolean => 'readyForQuery' in client && client.readyForQuery === false
