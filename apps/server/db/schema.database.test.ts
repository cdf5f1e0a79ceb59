import { expect, test } from 'vitest'
import { freshDatabase } from '../../../test/database/fresh-database.ts'

const database = await freshDatabase()

interface TableRow {
  readonly name: string
  readonly columns: string[]
  readonly keys: string[][]
}

/** Small tables that every node reads, and the migrations' own. */
const reference = new Set([
  'program',
  'sandbox_advance',
  'program_version',
  'program_draft',
  'program_brand',
  'backtest',
  'backtest_part',
  'correction',
  'correction_part',
  'draft_step',
  'program_root',
  'api_key',
  'audit_log',
  'code_secret',
  'draw_run',
  'program_occasions',
  'leaderboard_result',
  'offer_sending',
  'staff_role',
  'staff_invitation',
  'staff_limit',
  'staff_act',
  'tally_position',
  'program_day_tally',
  'program_asset_tally',
  'insight_run',
  'insight_part',
  'insight_report',
  'breakage_estimate',
  'liability_close',
  'till',
  'cashier',
  'till_items',
  'till_alarm',
  'laurel_migration',
])

async function tables(): Promise<TableRow[]> {
  const { rows } = await database.migrator.query(`
    SELECT c.relname AS name,
      (SELECT array_agg(a.attname::text ORDER BY a.attnum) FROM pg_attribute a
       WHERE a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped) AS columns,
      coalesce((SELECT json_agg((SELECT json_agg(a.attname ORDER BY k.n) FROM unnest(i.indkey::int[]) WITH ORDINALITY AS k (attnum, n)
                                 JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum = k.attnum))
                FROM pg_index i WHERE i.indrelid = c.oid AND i.indisunique), '[]') AS keys
    FROM pg_class c WHERE c.relkind = 'r' AND c.relnamespace = 'public'::regnamespace ORDER BY c.relname`)
  return rows
}

test('LED-2: the application can neither change nor delete what was written down', async () => {
  const appendOnly = [
    'decision',
    'transfer',
    'identity',
    'program_version',
    'draft_step',
    'audit_log',
    'bucket_root',
    'program_root',
    'code_secret',
    'breakage_estimate',
    'liability_close',
  ]
  for (const table of appendOnly) {
    const column = (await tables()).find(({ name }) => name === table)?.columns[0]
    for (const statement of [
      `UPDATE ${table} SET ${column} = ${column}`,
      `DELETE FROM ${table}`,
      `TRUNCATE ${table}`,
    ]) {
      await expect(database.application.query(statement), statement).rejects.toMatchObject({ code: '42501' })
    }
    await expect(database.application.query(`SELECT FROM ${table}`), table).resolves.toBeDefined()
  }
})

test('LED-2: the owner of the schema can, so it is the privilege that refuses', async () => {
  await expect(database.migrator.query('UPDATE transfer SET amount = amount')).resolves.toBeDefined()
  await expect(database.migrator.query('DELETE FROM transfer')).resolves.toBeDefined()
})

test('the bucket comes first in every table that grows with members, and in each of its unique keys', async () => {
  const found = await tables()
  expect(found.length).toBeGreaterThan(15)
  for (const { name, columns, keys } of found) {
    if (reference.has(name)) {
      expect([name, columns.includes('bucket')]).toEqual([name, false])
      continue
    }
    expect([name, columns[0]]).toEqual([name, 'bucket'])
    expect(keys.length, name).toBeGreaterThan(0)
    for (const key of keys) expect([name, key[0]]).toEqual([name, 'bucket'])
  }
})

test('nothing is triggered, and reference tables point at no other kind', async () => {
  const triggers = await database.migrator.query('SELECT tgname FROM pg_trigger WHERE NOT tgisinternal')
  expect(triggers.rows).toEqual([])
  const { rows } = await database.migrator.query(
    `SELECT conrelid::regclass::text AS from, confrelid::regclass::text AS to FROM pg_constraint c
     JOIN pg_class t ON t.oid = c.conrelid OR t.oid = c.confrelid WHERE contype = 'f' AND t.relnamespace = 'public'::regnamespace`,
  )
  for (const { from, to } of rows) expect([reference.has(from), reference.has(to)]).toEqual([true, true])
})

test('LED-3: the database refuses a balance below zero, and debt beside active points', async () => {
  const insert = (amounts: string) =>
    database.application.query(`INSERT INTO balance VALUES (1, 'p', 'm', 'points', ${amounts})`)
  for (const amounts of ['-1, 0, 0, 0', '0, -1, 0, 0', '0, 0, -1, 0', '0, 0, 0, -1', '0, 1, 0, 1']) {
    await expect(insert(amounts), amounts).rejects.toMatchObject({ code: '23514' })
  }
  await expect(insert('0, 1, 1, 0')).resolves.toBeDefined()
})
