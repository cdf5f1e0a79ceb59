import pg from 'pg'
import { runLoad } from '../load/run-load.ts'
import { type ServerProcess, startServer } from '../process/start-server.ts'
import { type Figure, figure, median } from './figures.ts'
import { type Bench, ordersOf, sendLines } from './house.ts'

const entriesFew = 10_000
/** Orders that each member has when the books are filled: the same for few entries and for many. */
const ordersEach = 5
/** What an order writes, about; how many entries there are is read, not assumed. */
const entriesPerOrder = 3

interface Books {
  readonly name: string
  readonly members: number
  readonly key: string
  readonly server: ServerProcess
  readonly rates: number[]
}

/** P5: what an event costs when the books are large, against what it costs when they are small; measured in turns. */
export async function measureGrowth(bench: Bench): Promise<Figure[]> {
  const entriesMany = bench.options.large ? 10_000_000 : 1_000_000
  const few = await openBooks(bench, 'few', entriesFew)
  const many = await openBooks(bench, 'many', entriesMany)
  for (let round = 0; round < bench.options.rounds; round++) {
    for (const books of [few, many]) await measureOnce(bench, books, round)
  }
  await few.server.stop()
  await many.server.stop()
  const note = `microseconds of one server under 64 connections; members and entries grow together, ${ordersEach} orders each`
  const what = `an order at ${entriesMany / 1_000_000} million entries against ${entriesFew / 1000} thousand`
  return [figure('P5', what, 'µs', '<= 1.2', 1e6 / median(many.rates), 1e6 / median(few.rates), note)]
}

async function openBooks(bench: Bench, name: string, entries: number): Promise<Books> {
  const { server, folder, port } = await bench.emptyHouse(name)
  const members = Math.max(64, Math.round(entries / (entriesPerOrder * ordersEach)))
  let at = Date.now() - 25 * 86_400_000
  let stored = 0
  for (let pass = 0; stored < entries; pass++) {
    const count = Math.max(500, Math.ceil((entries - stored) / entriesPerOrder))
    const from = { member: 0, members, at, count }
    await sendLines(server, (stream) => ordersOf(stream, `fill-${pass}`, from))
    at += count * 20
    stored = await countEntries(server.databaseUrl)
    bench.say(`${name}: ${stored} entries`)
  }
  // Started anew, so that neither server has run its code more often than the other.
  await server.stop()
  const again = await startServer({ folder, port, logLevel: 'warn', program: null })
  return { name, members, key: server.key, server: again, rates: [] }
}

async function measureOnce(bench: Bench, { name, members, key, server, rates }: Books, round: number) {
  const load = { kind: 'order', path: '/v1/events', connections: 64, perSecond: null, members, warmUpMs: 3000 } as const
  const runMs = (bench.options.seconds * 1000) / 2
  const report = await runLoad({ ...load, runMs, url: server.url, key, stream: `${name}-${round}`, seed: round + 1 })
  rates.push(report.perSecond)
  bench.say(`${name}: ${report.perSecond.toFixed(0)}/s`)
}

async function countEntries(databaseUrl: string): Promise<number> {
  const client = new pg.Client({ connectionString: databaseUrl })
  await client.connect()
  const { rows } = await client.query('SELECT count(*)::int AS entries FROM transfer')
  await client.end()
  return rows[0].entries
}
