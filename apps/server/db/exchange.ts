import type { Connection, PoolClient, Submittable } from 'pg'
import { explain } from './transaction.ts'

/**
 * Several statements in one trip to PostgreSQL and back: sent together, ended by one Sync, answered together. `pg` waits for
 * each statement's answer before it sends the next; for a batch of ten statements that is ten turns of the event loop in which
 * a transaction stays open.
 *
 * A statement that fails ends the exchange: PostgreSQL skips the rest. Outside a transaction the whole exchange is one.
 */

/** Parsed and planned once by each connection. The name belongs to the text for ever. */
export interface Statement {
  readonly name: string
  readonly text: string
}

/** Parameters in PostgreSQL's own formats: text, or binary where it is a Buffer. */
export type Value = Buffer | string | null

export interface Step {
  readonly statement: Statement
  readonly values: readonly Value[]
  /** Rows for a `COPY … FROM STDIN`. */
  readonly copy?: Buffer
}

export interface Outcome {
  /** Columns in the order of the statement, in text format. */
  readonly rows: readonly (readonly (string | null)[])[]
  /** Rows that were written or found. */
  readonly count: number
}

export const step = (statement: Statement, ...values: readonly Value[]): Step => ({ statement, values })
export const copyStep = (statement: Statement, rows: Buffer): Step => ({ statement, values: [], copy: rows })

const preparedOf = new WeakMap<PoolClient, Set<string>>()

/**
 * Sends the steps and answers each. Rejects with the first failure; `isSpoilt` then tells whether the connection must be
 * given up.
 */
export function exchange(client: PoolClient, steps: readonly Step[], committing = false): Promise<Outcome[]> {
  let prepared = preparedOf.get(client)
  if (prepared === undefined) {
    prepared = new Set()
    preparedOf.set(client, prepared)
  }
  const { promise, resolve, reject } = Promise.withResolvers<Outcome[]>()
  client.query(
    new Exchange(steps, prepared, resolve, (error) => {
      reject(explain(error, committing))
    }),
  )
  return promise
}

/** After a failure it may be unknown which of the statements PostgreSQL has prepared. */
export const isSpoilt = (client: PoolClient): boolean => preparedOf.get(client)?.has(SPOILT) === true

const SPOILT = ''

class Exchange implements Submittable {
  readonly #steps: readonly Step[]
  readonly #prepared: Set<string>
  readonly #resolve: (outcomes: Outcome[]) => void
  readonly #reject: (error: unknown) => void
  readonly #outcomes: Outcome[] = []
  #rows: (readonly (string | null)[])[] = []
  #prepares = false

  constructor(
    steps: readonly Step[],
    prepared: Set<string>,
    resolve: (outcomes: Outcome[]) => void,
    reject: (error: unknown) => void,
  ) {
    this.#steps = steps
    this.#prepared = prepared
    this.#resolve = resolve
    this.#reject = reject
  }

  submit(connection: Connection): void {
    const { stream } = connection
    stream.cork()
    for (const { statement, values, copy } of this.#steps) {
      if (!this.#prepared.has(statement.name)) {
        this.#prepares = true
        this.#prepared.add(statement.name)
        connection.parse({ name: statement.name, text: statement.text, types: [] }, true)
      }
      connection.bind({ statement: statement.name, values: values as (Buffer | string | null)[] }, true)
      connection.execute(null, true)
      if (copy !== undefined) writeCopy(stream, copy)
    }
    connection.sync()
    stream.uncork()
  }

  handleDataRow(message: { readonly fields: readonly (string | null)[] }): void {
    this.#rows.push(message.fields)
  }

  handleCommandComplete(message: { readonly text: string }): void {
    // `INSERT 0 12`, `UPDATE 12`, `SELECT 12`, `COPY 12`, `BEGIN`
    const count = Number(message.text.slice(message.text.lastIndexOf(' ') + 1))
    this.#outcomes.push({ rows: this.#rows, count: Number.isNaN(count) ? 0 : count })
    this.#rows = []
  }

  handleCopyInResponse(): void {
    // The rows are on their way already.
  }

  handleError(error: unknown): void {
    if (this.#prepares) this.#prepared.add(SPOILT)
    this.#reject(error)
  }

  handleReadyForQuery(): void {
    this.#resolve(this.#outcomes)
  }
}

function writeCopy(stream: Connection['stream'], rows: Buffer): void {
  const header = Buffer.allocUnsafe(5)
  header.write('d', 0, 'latin1')
  header.writeInt32BE(rows.length + 4, 1)
  stream.write(header)
  stream.write(rows)
  stream.write(copyDone)
}

const copyDone = Buffer.from([0x63, 0, 0, 0, 4])
