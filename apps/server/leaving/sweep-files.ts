import { rowOf } from '../db/transaction.ts'
import type { RecordingContext } from '../decisions/recorder.ts'
import { erasuresToSweep, noteSweep } from './queries.ts'

/** Where deletions leave rows behind that nobody sees any more. */
const tablesSwept = ['profile', 'claim', 'unmatched_refund', 'overdue_fact']

/**
 * What is deleted is gone for every query at once, and stays in files for a while: as dead rows of its table, and in the log
 * of the database. This writes both anew (LED-9). On a PostgreSQL of one's own the log, its archive and its copies are the
 * operator's. True where there was something to sweep.
 */
export async function sweepFiles(context: RecordingContext): Promise<boolean> {
  const { application, migrator, kind } = context.database
  const last = (await rowOf(application, erasuresToSweep()))?.last ?? null
  if (last === null) return false
  // Each table is closed to everybody while it is copied: seconds for a million profiles.
  for (const table of tablesSwept) await migrator.query(`VACUUM FULL ${table}`)
  const isClean = kind === 'external' || (await overwriteLog(context))
  if (!isClean) {
    context.log.warn(
      {},
      'the log of the database keeps old files for somebody (a replication slot?): they are not swept',
    )
    return true
  }
  await rowOf(application, noteSweep(last, new Date(context.wallNow()).toISOString()))
  return true
}

/**
 * PostgreSQL uses the files of its log again, with their old content until they are overwritten. A checkpoint sets all older
 * files free; then the log is led through every file that waits to be used, each ending at once and filled with zeros. False
 * where files from before are still kept.
 */
async function overwriteLog({ database }: RecordingContext): Promise<boolean> {
  const client = await database.migrator.connect()
  const filesFrom = async (bound: string): Promise<string[]> => {
    const { rows } = await client.query<{ name: string }>(
      `SELECT name FROM pg_ls_waldir() WHERE name ~ '^[0-9A-F]{24}$' AND name ${bound} ORDER BY name`,
    )
    return rows.map(({ name }) => name)
  }
  const current = async (): Promise<string> => {
    const { rows } = await client.query<{ name: string }>('SELECT pg_walfile_name(pg_current_wal_insert_lsn()) AS name')
    return rows[0]?.name ?? ''
  }
  const endFile = async (): Promise<void> => {
    await client.query("SELECT pg_logical_emit_message(false, 'laurel', 'sweep')")
    await client.query('SELECT pg_switch_wal()')
  }
  try {
    const before = await current()
    await endFile()
    await client.query('CHECKPOINT')
    const waiting = (await filesFrom(`> '${before}'`)).at(-1) ?? before
    while ((await current()) <= waiting) await endFile()
    return (await filesFrom(`<= '${before}'`)).length === 0
  } finally {
    client.release()
  }
}
