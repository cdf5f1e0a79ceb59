import type { Timeline } from '@laurel/engine'
import type { Pool, PoolClient } from 'pg'
import { expect, test } from 'vitest'
import type * as Rooms from '../../apps/server/decisions/shared-rooms.ts'
import { freshDatabase } from '../database/fresh-database.ts'
import { capOf, program, timelineOf } from '../vectors/program-builder.ts'
import type { Fault } from './fault.ts'
import { serverMutantOf } from './mutant.ts'

/**
 * What lies between members is the server's to count: a fault of it, and what catches it. A budget that is looked at first and
 * counted after is counted outside of the transaction that takes it, whichever way that comes about.
 */
const unlocked: readonly Fault[] = [
  {
    name: 'a room is opened without waiting for who has it',
    rule: 'EARN-5',
    file: 'decisions/queries.ts',
    find: `AS u (bucket, program, room)
   ON CONFLICT (bucket, program, room) DO NOTHING`,
    replace: `AS u (bucket, program, room)
   WHERE NOT EXISTS (SELECT FROM room r WHERE r.program = u.program AND r.room = u.room)`,
  },
  {
    name: 'and looked at before it is locked',
    rule: 'EARN-5',
    file: 'decisions/queries.ts',
    find: '\n         FOR UPDATE OF l) g',
    replace: ') g',
  },
]

const database = await freshDatabase()
const whole = 50
const budget = program({ caps: [capOf('budget:base', whole, { of: 'program', span: { type: 'ever' } })] })

/** One batch in a transaction of its own, as far as its claim of so much. */
async function claiming({ SharedRooms }: typeof Rooms, client: PoolClient, id: string, amount: number): Promise<void> {
  const latest = { ...budget, id }
  const timeline: Timeline = timelineOf(latest)
  const wanted = [{ room: 'budget:base/ever', amount }]
  const rooms = new SharedRooms()
  rooms.begin()
  rooms.grant({ timeline, latest }, wanted, () => wanted)
  await client.query('BEGIN')
  await rooms.claim(client)
}

async function untilItWaits(pool: Pool, pid: number): Promise<void> {
  const isWaiting = `SELECT 1 FROM pg_stat_activity WHERE pid = $1 AND wait_event_type = 'Lock'`
  while ((await pool.query(isWaiting, [pid])).rowCount === 0) await new Promise(setImmediate)
}

/** Two batches at once want more together than is left; the second comes while the first is not committed yet. */
async function usedByTwo(rooms: typeof Rooms, id: string): Promise<number> {
  const { application } = database
  const clients = await Promise.all([application.connect(), application.connect()])
  const [first, second] = clients
  // The room is there: what is asked for is a share of it, not its row.
  await claiming(rooms, first, id, 10)
  await first.query('COMMIT')
  await claiming(rooms, first, id, 30)
  const { rows } = await second.query('SELECT pg_backend_pid() AS pid')
  const waits = claiming(rooms, second, id, 30)
  await untilItWaits(database.migrator, rows[0].pid)
  await first.query('COMMIT')
  await waits
  await second.query('COMMIT')
  const used = await application.query('SELECT used FROM room WHERE program = $1', [id])
  // Each copy of the server has prepared its own statements under the same names.
  for (const client of clients) client.release(true)
  return Number(used.rows[0].used)
}

test.each([
  ['at most what there is', [], whole],
  ['too much where a budget is looked at first and counted after', unlocked, whole + 20],
] as const)('EARN-5 two batches at once take %s', async (_title, faults, used) => {
  const rooms = serverMutantOf<typeof Rooms>(faults, 'decisions/shared-rooms.ts')
  expect(await usedByTwo(rooms, `budget-${used}`)).toBe(used)
})
