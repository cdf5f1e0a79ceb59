// Statements and transactions: every query of Laurel's own goes through here, and so does every loss of the database.

import { setTimeout as delay } from 'node:timers/promises'
import type { Pool, PoolClient, QueryResult, QueryResultRow } from 'pg'
import { codeOf, DatabaseFailure, messageOf } from './database-failure.ts'

/** What may be handed to PostgreSQL as a parameter; jsonb goes as text made by the caller. */
export type SqlValue = string | number | bigint | boolean | null | Buffer | readonly SqlValue[]

/** A statement with its values. The name makes each connection parse and plan it once. */
export interface Query<Row extends QueryResultRow> {
  readonly name: string
  readonly text: string
  readonly values: readonly SqlValue[]
  /** Never there: it only carries the type of the rows. */
  readonly row?: Row
}

/**
 * Names a statement: `const memberById = sql<MemberRow>('member-by-id', 'SELECT ... WHERE bucket = $1 AND id = $2')`,
 * then `rowOf(tx, memberById(bucket, id))`. A name belongs to one text: pg refuses another one on the same connection.
 */
export function sql<Row extends QueryResultRow = Record<never, never>>(name: string, text: string) {
  return (...values: readonly SqlValue[]): Query<Row> => ({ name, text, values })
}

declare const transactionBrand: unique symbol
/** An open transaction; only `transaction` makes one. */
export type Transaction = PoolClient & { readonly [transactionBrand]: true }

export async function rowsOf<Row extends QueryResultRow>(on: Pool | Transaction, query: Query<Row>): Promise<Row[]> {
  return (await run(on, query)).rows
}

/** The first row, where there is at most one. */
export async function rowOf<Row extends QueryResultRow>(
  on: Pool | Transaction,
  query: Query<Row>,
): Promise<Row | undefined> {
  return (await run(on, query)).rows[0]
}

/** How many rows were written. */
export async function countOf(on: Pool | Transaction, query: Query<QueryResultRow>): Promise<number> {
  return (await run(on, query)).rowCount ?? 0
}

async function run<Row extends QueryResultRow>(
  on: Pool | Transaction,
  { name, text, values }: Query<Row>,
): Promise<QueryResult<Row>> {
  if (isPool(on)) return await withClient(on, (client) => run(client, { name, text, values }))
  try {
    return await on.query<Row, SqlValue[]>({ name, text, values: [...values] })
  } catch (error) {
    throw explain(error)
  }
}

function isPool(on: Pool | Transaction): on is Pool {
  return 'totalCount' in on
}

/** The pool's own `query` gives up the connection after every error, a unique violation too; here only after a loss. */
async function withClient<Result>(pool: Pool, work: (client: Transaction) => Promise<Result>): Promise<Result> {
  const client = await pool.connect().catch((error) => {
    throw unreachable(error)
  })
  let broken: Error | undefined
  try {
    return await work(client as Transaction)
  } catch (error) {
    if (error instanceof DatabaseFailure && error.code === 'database-unavailable') broken = error
    throw error
  } finally {
    client.release(broken)
  }
}

export interface TransactionOptions {
  /** How often the work is done at most, counting the first time. 1 where it must not be repeated. */
  readonly attemptsMax?: number
}

const retriedCodes = new Set(['40001', '40P01'])

/**
 * Does the work in one READ COMMITTED transaction: committed when it returns, rolled back when it throws. After a
 * deadlock or a serialization failure the whole work is done again on a clean slate, so it must have no effect outside
 * the transaction. A lost database is a `database-unavailable`, a full disk a `database-full`.
 */
export async function transaction<Result>(
  pool: Pool,
  work: (tx: Transaction) => Promise<Result>,
  { attemptsMax = 5 }: TransactionOptions = {},
): Promise<Result> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await attemptOnce(pool, work)
    } catch (error) {
      if (attempt >= attemptsMax || !retriedCodes.has(codeOf(error) ?? '')) throw error
      // Jitter keeps two that met from meeting again; the pause doubles to 80 ms.
      await delay(Math.random() * 5 * 2 ** attempt)
    }
  }
}

function attemptOnce<Result>(pool: Pool, work: (tx: Transaction) => Promise<Result>): Promise<Result> {
  return withClient(pool, async (client) => {
    let committing = false
    try {
      await client.query('BEGIN ISOLATION LEVEL READ COMMITTED')
      const result = await work(client)
      committing = true
      const { command } = await client.query('COMMIT')
      // PostgreSQL answers COMMIT with ROLLBACK when a statement failed and the work swallowed its error.
      if (command !== 'COMMIT')
        throw new Error('a statement failed inside the transaction and its error was not passed on')
      return result
    } catch (error) {
      const explained = explain(error, committing)
      const isLost = explained instanceof DatabaseFailure && explained.code === 'database-unavailable'
      if (!isLost && !committing) await rollBack(client, explained)
      throw explained
    }
  })
}

async function rollBack(client: Transaction, reason: unknown): Promise<void> {
  try {
    await client.query('ROLLBACK')
  } catch {
    // A connection in an unknown state must not serve the next caller.
    throw new DatabaseFailure(
      'database-unavailable',
      `The database was lost during a rollback (${messageOf(reason)})`,
      {
        cause: reason,
      },
    )
  }
}

const systemLosses = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'ENOENT',
  'EPIPE',
  'ETIMEDOUT',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'ENOTFOUND',
  'EAI_AGAIN',
])
/** Shutting down, crashed, starting up, too many connections, a standby that takes no writes. */
const readOnly = '25006'
const serverLosses = new Set(['57P01', '57P02', '57P03', '53300', readOnly])
/** pg and its pool give these no code. */
const spokenLosses = [
  'Connection terminated',
  'timeout exceeded when trying to connect',
  'not queryable',
  'Cannot use a pool',
]

/** Turns the loss of the database, in whichever of its many shapes, into one failure that callers can answer with 503. */
export function explain(error: unknown, committing = false): unknown {
  if (error instanceof DatabaseFailure) return error
  const code = codeOf(error)
  if (code === '53100') {
    return new DatabaseFailure(
      'database-full',
      'The disk of the database is full. Reading goes on; writing starts again by itself when there is room.',
      { cause: error },
    )
  }
  const lost =
    code === undefined
      ? spokenLosses.some((words) => messageOf(error).includes(words))
      : systemLosses.has(code) || serverLosses.has(code) || (code.length === 5 && code.startsWith('08'))
  return lost ? unreachable(error, committing) : error
}

/** Whatever keeps a connection from being made is the operator's to mend: a password, a missing database, a rule that refuses. */
export function unreachable(error: unknown, outcomeUnknown = false): DatabaseFailure {
  if (error instanceof DatabaseFailure) return error
  const what = codeOf(error) === readOnly ? 'takes no writes' : 'cannot be reached'
  const message = `The database ${what}: ${messageOf(error)}`
  return new DatabaseFailure('database-unavailable', message, { cause: error, outcomeUnknown })
}
