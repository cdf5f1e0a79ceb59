import pg from 'pg'
import { runLoad } from '../load/run-load.ts'
import { type Figure, figure, median } from './figures.ts'
import { type Bench, ordersOf, sendLines } from './house.ts'

const entriesFew = 10_000
/** Orders that each member has when the books are as large as they get: the same for few entries and for many. */
const ordersEach = 5

/** P5: what an event costs when the books are large, against what it costs when they are small. */
export async function measureGrowth(bench: Bench): Promise<Figure[]> {
  const entriesMany = bench.options.large ? 10_000_000 : 1_000_000
  const few = await measureWith(bench, 'few', entriesFew)
  const many = await measureWith(bench, 'many', entriesMany)
  const note = `microseconds of one server under 64 connections; members and entries grow together, ${ordersEach} orders each`
  const what = `an order at ${entriesMany / 1_000_000} million entries against ${entriesFew / 1000} thousand`
  return [figure('P5', what, 'µs', '<= 1.2', 1e6 / many, 1e6 / few, note)]
}

/** Events in a second once so many entries are stored. */
async function measureWith(bench: Bench, name: string, entries: number): Promise<number> {
  const { server } = await bench.emptyHouse(name)
  // An order makes about three entries; how many there are is read, not assumed.
  const members = Math.max(64, Math.round(entries / (3 * ordersEach)))
  let at = Date.now() - 25 * 86_400_000
  let stored = 0
  for (let pass = 0; stored < entries; pass++) {
    const count = Math.max(500, Math.ceil((entries - stored) / 3))
    const from = { member: 0, members, at, count }
    await sendLines(server, (stream) => ordersOf(stream, `fill-${pass}`, from))
    at += count * 20
    stored = await countEntries(server.databaseUrl)
    bench.say(`${name}: ${stored} entries`)
  }
  const rates: number[] = []
  for (let round = 0; round < bench.options.rounds; round++) {
    const load = { kind: 'order', path: '/v1/events', connections: 64, members, warmUpMs: 3000 } as const
    const runMs = (bench.options.seconds * 1000) / 2
    const { url, key } = server
    rates.push((await runLoad({ ...load, runMs, url, key, stream: `${name}-${round}`, seed: round + 1 })).perSecond)
  }
  bench.say(`${name}: ${median(rates).toFixed(0)}/s`)
  await server.stop()
  return median(rates)
}

async function countEntries(databaseUrl: string): Promise<number> {
  const client = new pg.Client({ connectionString: databaseUrl })
  await client.connect()
  const { rows } = await client.query('SELECT count(*)::int AS entries FROM transfer')
  await client.end()
  return rows[0].entries
}
