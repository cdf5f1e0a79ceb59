import { execFile } from 'node:child_process'
import { existsSync, globSync } from 'node:fs'
import path from 'node:path'
import { promisify } from 'node:util'
import pg from 'pg'

/**
 * The baseline B: TPC-B as pgbench runs it, on the very server that is measured. Where pgbench is not installed, the same
 * transaction over the same number of connections of `pg`; the label says which it was.
 */
export interface Baseline {
  readonly label: string
  readonly url: string
  /** Transactions in a second, over `seconds`. */
  measure(seconds: number): Promise<number>
}

export interface BaselineOptions {
  /** A database of its own on the server that is measured. */
  readonly url: string
  readonly scale: number
  /** False leaves pgbench aside. */
  readonly mayUsePgbench: boolean
}

const connections = 16
const threads = 2
const run = promisify(execFile)

export async function prepareBaseline(options: BaselineOptions): Promise<Baseline> {
  await fillTables(options)
  const { url, scale } = options
  const pgbench = options.mayUsePgbench ? findPgbench() : undefined
  if (pgbench !== undefined) {
    return {
      url,
      label: `pgbench -s ${scale} -c ${connections} -j ${threads} -M prepared`,
      measure: (seconds) => measureWithPgbench(pgbench, url, seconds),
    }
  }
  return {
    url,
    label: `TPC-B over ${connections} pg connections, scale ${scale} (pgbench is not installed)`,
    measure: (seconds) => measureWithConnections(options, seconds),
  }
}

function findPgbench(): string | undefined {
  const onPath = (process.env['PATH'] ?? '').split(path.delimiter).map((folder) => path.join(folder, 'pgbench'))
  return [...onPath, ...globSync('/usr/lib/postgresql/*/bin/pgbench')].find((candidate) => existsSync(candidate))
}

async function measureWithPgbench(pgbench: string, url: string, seconds: number): Promise<number> {
  const load = ['-c', String(connections), '-j', String(threads), '-T', String(seconds), '-M', 'prepared', '-n']
  const { stdout } = await run(pgbench, [...load, url])
  const found = /^tps = ([\d.]+)/m.exec(stdout)?.[1]
  if (found === undefined) throw new Error(`pgbench said no rate: ${stdout}`)
  return Number(found)
}

/** The tables of pgbench, filled by the server itself; the same for both ways of measuring. */
async function fillTables({ url, scale }: BaselineOptions) {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  try {
    const { rows } = await client.query("SELECT to_regclass('pgbench_accounts') IS NOT NULL AS there")
    if (rows[0]?.there === true) return
    await client.query(`
      CREATE TABLE pgbench_branches (bid int PRIMARY KEY, bbalance int, filler char(88)) WITH (fillfactor = 100);
      CREATE TABLE pgbench_tellers (tid int PRIMARY KEY, bid int, tbalance int, filler char(84)) WITH (fillfactor = 100);
      CREATE TABLE pgbench_accounts (aid int, bid int, abalance int, filler char(84)) WITH (fillfactor = 100);
      CREATE TABLE pgbench_history (tid int, bid int, aid int, delta int, mtime timestamp, filler char(22));
      INSERT INTO pgbench_branches SELECT n, 0, '' FROM generate_series(1, ${scale}) n;
      INSERT INTO pgbench_tellers SELECT n, (n - 1) / 10 + 1, 0, '' FROM generate_series(1, ${scale} * 10) n;
      INSERT INTO pgbench_accounts SELECT n, (n - 1) / 100000 + 1, 0, '' FROM generate_series(1, ${scale} * 100000) n;
      ALTER TABLE pgbench_accounts ADD PRIMARY KEY (aid);`)
    await client.query('VACUUM ANALYZE pgbench_accounts')
  } finally {
    await client.end()
  }
}

const statements = [
  'UPDATE pgbench_accounts SET abalance = abalance + $1 WHERE aid = $2',
  'SELECT abalance FROM pgbench_accounts WHERE aid = $1',
  'UPDATE pgbench_tellers SET tbalance = tbalance + $1 WHERE tid = $2',
  'UPDATE pgbench_branches SET bbalance = bbalance + $1 WHERE bid = $2',
  'INSERT INTO pgbench_history (tid, bid, aid, delta, mtime) VALUES ($1, $2, $3, $4, CURRENT_TIMESTAMP)',
] as const

async function measureWithConnections({ url, scale }: BaselineOptions, seconds: number): Promise<number> {
  const end = performance.now() + seconds * 1000
  let done = 0
  const keepBusy = async () => {
    const client = new pg.Client({ connectionString: url })
    await client.connect()
    const ask = (index: 0 | 1 | 2 | 3 | 4, values: number[]) =>
      client.query({ name: `tpcb-${index}`, text: statements[index], values })
    const upTo = (most: number) => 1 + Math.floor(Math.random() * most)
    while (performance.now() < end) {
      const [aid, bid, tid] = [upTo(scale * 100_000), upTo(scale), upTo(scale * 10)]
      const delta = upTo(10_001) - 5_001
      await client.query('BEGIN')
      await ask(0, [delta, aid])
      await ask(1, [aid])
      await ask(2, [delta, tid])
      await ask(3, [delta, bid])
      await ask(4, [tid, bid, aid, delta])
      await client.query('END')
      done++
    }
    await client.end()
  }
  await Promise.all(Array.from({ length: connections }, keepBusy))
  return done / seconds
}
