import { randomUUID } from 'node:crypto'
import { appendFile, cp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { BooksCheck, movementsOf, type Transfer } from '@laurel/ledger'
import { afterAll, expect, test } from 'vitest'
import { rowsOf } from '../db/transaction.ts'
import { clientOf, clubDocument, orderPaid } from '../server.fixture.ts'
import { openServer, type Server } from '../server.ts'
import { readSettings } from '../settings.ts'
import { exportBooks } from '../statements/export-books.ts'
import { finishErasures } from './apply-erased.ts'
import { beginErasure, finishErasure } from './erase-member.ts'
import { ErasedFile } from './erased-file.ts'
import { erasuresToFinish } from './queries.ts'
import { sweepFiles } from './sweep-files.ts'

// A name that nobody else has; the folder itself is made by the server, which knows who must be able to enter it.
const folder = join(tmpdir(), `laurel-erasure-test-${randomUUID()}`)
const dataFolder = join(folder, 'data')
afterAll(() => rm(folder, { recursive: true, force: true }))

const open = () =>
  openServer(readSettings({}, { port: '0', dataFolder, logLevel: 'silent' }), {
    databaseSettings: { fsync: 'off', shared_buffers: '32MB', min_wal_size: '64MB' },
  })

const nora = { name: 'Nora Quillfeather', email: 'Nora.Quillfeather@example.net', phone: '+31698765432' }
const traces = ['Quillfeather', 'quillfeather', '98765432']

/** Tables of every schema with a row that holds a trace. */
async function tablesWith({ context }: Server): Promise<string[]> {
  const { migrator } = context.database
  const { rows } = await migrator.query<{ name: string }>(
    `SELECT format('%I.%I', n.nspname, c.relname) AS name FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
     WHERE c.relkind IN ('r', 'm') ORDER BY 1`,
  )
  expect(rows.length).toBeGreaterThan(80)
  const found: string[] = []
  for (const { name } of rows) {
    const { rowCount } = await migrator.query(`SELECT FROM ${name} t WHERE t::text ~* $1 LIMIT 1`, [traces.join('|')])
    if (rowCount !== 0) found.push(name)
  }
  return found
}

async function filesWith(): Promise<string[]> {
  const found: string[] = []
  for (const entry of await readdir(dataFolder, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile()) continue
    const path = join(entry.parentPath, entry.name)
    const bytes = await readFile(path)
    if (traces.some((trace) => bytes.includes(trace))) found.push(path)
  }
  return found
}

const linesOf = async ({ context }: Server): Promise<Record<string, unknown>[]> => {
  const lines: Record<string, unknown>[] = []
  for await (const text of exportBooks(context, 'club')) {
    for (const line of text.split('\n')) if (line !== '') lines.push(JSON.parse(line))
  }
  return lines
}

test('vector 17: LED-9 an erased member leaves books that verify, and no personal data in any table or file', async () => {
  const server = await open()
  const { migrator } = server.context.database
  const client = await clientOf(server)
  await client.call('publishProgram', { body: clubDocument })
  // Neighbours on the same pages, and enough of them that the planner takes samples.
  for (let index = 0; index < 40; index++) {
    await client.call('createMember', { body: { id: `m${index}`, profile: { name: `Neighbour ${index}` } } })
  }
  await client.call('createMember', { body: { id: 'nora', profile: nora, segments: ['regulars'] } })
  await migrator.query('ANALYZE')
  const occurredAt = new Date(server.context.now('club') - 3_600_000).toISOString()
  await client.call('recordEvents', {
    body: { ...orderPaid('e1', 'nora', 30_000), type: 'order.paid' as const, occurredAt },
  })
  await client.call('searchMembers', { query: { q: 'nora quillf' } })
  await migrator.query('CHECKPOINT')
  // The alarm works: before, the traces are found.
  expect(await tablesWith(server)).toEqual(['public.profile'])
  expect((await filesWith()).length).toBeGreaterThan(0)

  const erased = await client.call('eraseMember', { path: { member: 'nora' }, query: { reason: 'asked' } })
  expect(erased).toMatchObject({ forfeited: [{ asset: 'points', amount: 300 }] })
  expect(await tablesWith(server)).toEqual([])
  // Deleted rows are gone for every query, not yet from the disk.
  expect((await filesWith()).length).toBeGreaterThan(0)
  expect(await sweepFiles(server.context)).toBe(true)
  expect(await filesWith()).toEqual([])
  expect((await client.call('listErased', {})).members).toMatchObject([{ member: 'nora', sweptAt: expect.any(String) }])
  expect(await sweepFiles(server.context)).toBe(false)

  expect(await client.call('verifyLedger', {})).toMatchObject({ clean: true })
  const lines = await linesOf(server)
  const check = new BooksCheck()
  for (const line of lines) check.read(line)
  expect(check.finish()).toMatchObject({ clean: true })
  const transfers = lines.filter(({ type }) => type === 'transfer') as unknown as Transfer[]
  expect(transfers.filter(({ to }) => to === 'forfeited')).toMatchObject([{ amount: 300, cause: 'laurel/erase/nora' }])
  const [row, ...others] = movementsOf(
    transfers.map((transfer) => ({ ...transfer, recordedAt: 0 })),
    () => '2026-03',
  )
  expect(others).toEqual([])
  expect(row).toMatchObject({ opening: 0, closing: 0, terms: { earned: 300, forfeited: 300 } })
  await server.close()
  expect(await filesWith()).toEqual([])
})

test('LED-9 a backup from before is told again whom to forget, before it opens', async () => {
  const first = await open()
  const client = await clientOf(first)
  await client.call('createMember', { body: { id: 'otto', profile: { ...nora, name: 'Otto' } } })
  await first.close()
  const backup = join(folder, 'backup')
  await cp(dataFolder, backup, { recursive: true })

  const second = await open()
  await (await clientOf(second)).call('eraseMember', { path: { member: 'otto' }, query: { reason: 'asked' } })
  await second.close()
  const list = await readFile(join(dataFolder, 'erased.ndjson'), 'utf8')
  expect(
    list
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line).member),
  ).toEqual(['nora', 'otto'])

  // The disk is lost; what was kept outside is the backup and the list.
  await rm(dataFolder, { recursive: true })
  await cp(backup, dataFolder, { recursive: true })
  await appendFile(join(dataFolder, 'erased.ndjson'), `${list.trim().split('\n').at(-1)}\n{"program":"club","memb`)
  const restored = await open()
  expect(await tablesWith(restored)).toEqual([])
  const again = await clientOf(restored)
  await expect(again.call('readMember', { path: { member: 'otto' } })).rejects.toMatchObject({
    body: { code: 'unknown-member' },
  })
  expect(await again.call('verifyLedger', {})).toMatchObject({ clean: true })
  await restored.close()
  const whole = (await readFile(join(dataFolder, 'erased.ndjson'), 'utf8'))
    .split('\n')
    .filter((line) => line.endsWith('}'))
  expect(whole).toHaveLength(2)
})

test('MRG-1 LED-9 a backup from before a merge forgets both of whom one was erased since', async () => {
  const first = await open()
  const client = await clientOf(first)
  for (const id of ['olga', 'old-olga']) {
    await client.call('createMember', { body: { id, profile: { ...nora, name: id } } })
  }
  await first.close()
  const backup = join(folder, 'backup-merge')
  await cp(dataFolder, backup, { recursive: true })

  const second = await open()
  const later = await clientOf(second)
  await later.call('mergeMember', {
    path: { member: 'old-olga' },
    body: { into: 'olga', reason: 'same' },
    idempotencyKey: 'm',
  })
  // Asked for under the name of the one who has gone, and answered for the one that remains.
  const gone = await later.call('eraseMember', { path: { member: 'old-olga' }, query: { reason: 'asked' } })
  expect(gone).toMatchObject({ member: 'olga' })
  await second.close()
  const list = await readFile(join(dataFolder, 'erased.ndjson'), 'utf8')
  await rm(dataFolder, { recursive: true })
  await cp(backup, dataFolder, { recursive: true })
  await writeFile(join(dataFolder, 'erased.ndjson'), list)
  const restored = await open()
  expect(await tablesWith(restored)).toEqual([])
  const again = await clientOf(restored)
  for (const member of ['olga', 'old-olga']) {
    await expect(again.call('readMember', { path: { member } })).rejects.toMatchObject({
      body: { code: 'unknown-member' },
    })
  }
  expect(await again.call('verifyLedger', {})).toMatchObject({ clean: true })
  await restored.close()
})

test('LED-9 an erasure that something stopped halfway is ended at the next start, or by the job', async () => {
  const first = await open()
  const client = await clientOf(first)
  const toErase = (member: string) => ({
    program: 'club',
    member,
    actor: 'staff-1',
    reason: 'asked',
    erasedAt: new Date(first.context.now('club')).toISOString(),
  })
  const listed = async () =>
    (await new ErasedFile(join(dataFolder, 'erased.ndjson')).read()).map(({ member }) => member)
  const standing = async ({ context }: Server, member: string) => {
    const { rows } = await context.database.migrator.query(
      `SELECT finished_at IS NOT NULL AS finished,
         EXISTS (SELECT FROM decision d WHERE d.program = e.program AND d.member = e.member AND d.content LIKE '%erase/' || e.member || '%') AS decided
       FROM erasure e WHERE member = $1`,
      [member],
    )
    return rows
  }
  for (const member of ['rita', 'sven']) {
    await client.call('createMember', { body: { id: member, profile: nora } })
    await client.call('adjustPoints', {
      path: { member },
      idempotencyKey: member,
      body: { asset: 'points', amount: 70, reason: 'gift' },
    })
    await beginErasure(first.context, toErase(member))
  }
  expect(await tablesWith(first)).toEqual([])
  expect(await standing(first, 'rita')).toEqual([{ finished: false, decided: false }])
  // The list cannot be written: it stays begun, although everything in the database is done.
  const [rita] = await rowsOf(first.context.database.application, erasuresToFinish(1))
  if (rita === undefined) throw new Error('nothing is begun')
  await expect(finishErasure(first.context, new ErasedFile(dataFolder), rita)).rejects.toThrow()
  expect(await standing(first, rita.member)).toEqual([{ finished: false, decided: true }])
  await first.close()

  const second = await open()
  for (const member of ['rita', 'sven']) {
    expect(await standing(second, member)).toEqual([{ finished: true, decided: true }])
    expect(await listed()).toContain(member)
  }
  expect(await finishErasures(second.context, null)).toBe(0)
  // Asked again, it is answered with what was forfeited then.
  const again = await (await clientOf(second)).call('eraseMember', {
    path: { member: 'sven' },
    query: { reason: 'asked' },
  })
  expect(again).toMatchObject({ repeated: true, forfeited: [{ asset: 'points', amount: 70 }] })
  await second.close()
})

test('LED-9 nothing opens while the list cannot be understood', async () => {
  await appendFile(join(dataFolder, 'erased.ndjson'), '{"program":"club","membre":"pia"}\n')
  await expect(open()).rejects.toMatchObject({ name: 'ErasedListInvalid', line: 7 })
  await expect(open()).rejects.toThrow(/Line 7 of .*erased\.ndjson is no erased member/)
})
