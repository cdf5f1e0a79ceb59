import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import path from 'node:path'
import { describe, expect, test } from 'vitest'
import { main, openCommandLine, program } from './command-line.fixture.ts'

// The commands as a person gives them, on an embedded PostgreSQL. They follow one another: each finds what the last one left.
const { folder, data, ask, laurel, fileWith } = openCommandLine('commands')

const mapping = fileWith(
  'mapping.yaml',
  'mapping: 1\nsource: shop\ncurrency: GBP\nzone: Europe/London\ntimeFormat: yyyy-MM-dd HH:mm\n' +
    'columns: { invoice: Invoice, member: Customer, sku: Code, quantity: Items, at: Date, unitPrice: Price }\n' +
    'cancellation: { column: Invoice, begins: C }\n',
)
const csv = fileWith(
  'orders.csv',
  [
    'Invoice,Customer,Code,Items,Date,Price',
    '100,17,A,10,2011-03-01 10:00,1.50',
    'C101,17,A,-2,2011-03-02 10:00,1.00',
    'C102,17,B,-1,2011-03-03 10:00,4.20',
    '103,18,A,1,2011-03-04 10:00,7.99',
    '104,,A,1,2011-03-04 10:00,7.99',
    '105,18,A,0,2011-03-04 10:00,7.99',
  ].join('\n'),
)
const importOrders = () => laurel('import', csv, '--mapping', mapping)

describe('the commands', { timeout: 60_000 }, () => {
  test('a folder without a Laurel is named, and nothing is made in it', () => {
    const { status, document } = importOrders()
    expect(status).toBe(3)
    expect(document).toMatchObject({
      error: { message: expect.stringContaining('there is no Laurel in'), place: '--data' },
    })
    expect(laurel('verify').status).toBe(3)
  })

  test('publish: a first version, and the same document again changes nothing', () => {
    expect(laurel('publish', program)).toMatchObject({
      status: 0,
      document: { version: 1, repeated: false },
    })
    expect(laurel('publish', program)).toMatchObject({ status: 0, document: { version: 1, repeated: true } })
  })

  test('publish: a version that changes the currency is refused with the path and what would be right; nothing is written', () => {
    const yen = fileWith('yen.yaml', readFileSync(program, 'utf8').replaceAll('GBP', 'USD'))
    const { status, document } = laurel('publish', yen)
    expect(status).toBe(2)
    expect(document.error.message).toMatch(
      /\n {2}currency: a version may not change the currency\. Write currency: GBP/,
    )
    const started = laurel('start', '--port', '0', '--program', yen)
    expect(started).toMatchObject({ status: 2, document: { error: { message: document.error.message } } })
    expect(laurel('verify', '--program-id', 'nobodys')).toMatchObject({
      ...{ status: 2, document: { error: { place: '--program-id' } } },
    })
  })

  test('diff: a published version is compared with a draft; one that is not there is named', () => {
    const dearer = fileWith('dearer.yaml', readFileSync(program, 'utf8').replace('per: 1.00 GBP', 'per: 2.00 GBP'))
    expect(laurel('diff', program, '--version', '1')).toMatchObject({
      ...{ status: 0, document: { before: 'version 1', differences: [] } },
    })
    expect(laurel('diff', dearer, '--version', '1')).toMatchObject({
      ...{ status: 1, document: { differences: [{ path: 'earn.base', kind: 'changed' }] } },
    })
    expect(laurel('diff', program, '--version', '7')).toMatchObject({
      ...{ status: 2, document: { error: { message: expect.stringContaining('version') } } },
    })
  })

  test('import: counts every line, records every event, and the second time finds all of them there', () => {
    const counts = { recorded: 4, repeated: 0, rejected: 0 }
    const lines = { lines: 6, sold: 2, cancelled: 2, withoutMember: 1, rejected: 1 }
    expect(importOrders()).toMatchObject({ status: 1, document: { whole: true, counts, lines, orders: 2, refunds: 2 } })
    expect(importOrders()).toMatchObject({ status: 1, document: { counts: { recorded: 0, repeated: 4 } } })
  })

  test('import: what no mapping can be and a column that is not there are said before a folder is even looked for', () => {
    const elsewhere = path.join(folder, 'elsewhere')
    const wrong = fileWith('missing.yaml', readFileSync(mapping, 'utf8').replace('quantity: Items', 'quantity: Item'))
    const none = fileWith('none.yaml', readFileSync(mapping, 'utf8').replace('currency: GBP', 'currency: POUNDS'))
    for (const file of [wrong, none]) {
      expect(ask('import', csv, '--mapping', file, '--data', elsewhere).status).toBe(2)
    }
    expect(existsSync(elsewhere)).toBe(false)
    // A folder that holds something else is no Laurel, and does not become one.
    mkdirSync(elsewhere)
    expect(ask('import', csv, '--mapping', mapping, '--data', elsewhere)).toMatchObject({
      ...{ status: 3, document: { error: { place: '--data', message: `there is no Laurel in ${elsewhere}` } } },
    })
    expect(readdirSync(elsewhere)).toEqual([])
  })

  test('import: a currency that is not the program’s ends it with line and remedy, and nothing is sent', () => {
    const wrong = fileWith('dollars.yaml', readFileSync(mapping, 'utf8').replace('currency: GBP', 'currency: USD'))
    expect(laurel('import', csv, '--mapping', wrong)).toMatchObject({
      status: 2,
      document: {
        error: {
          place: expect.stringMatching(/dollars\.yaml, line \d+, currency$/),
          message: expect.stringMatching(/USD is not the currency of \S+, which is GBP; write GBP/),
        },
      },
    })
    // Its ids stand for nothing yet.
    expect(importOrders()).toMatchObject({ document: { counts: { recorded: 0, repeated: 4, rejected: 0 } } })
  })

  test('import: a column that is not in the file is named, and nothing is sent', () => {
    const wrong = fileWith('wrong.yaml', readFileSync(mapping, 'utf8').replace('quantity: Items', 'quantity: Item'))
    const { status, document } = laurel('import', csv, '--mapping', wrong)
    expect(status).toBe(2)
    expect(document.error.message).toContain('did you mean "Items"?')
  })

  test('refunds accept: the queue is empty afterwards, and the books say why', () => {
    expect(laurel('refunds', 'accept', '--reason', 'test')).toMatchObject({ status: 2 })
    const accept = () => laurel('refunds', 'accept', '--all', '--reason', 'test')
    expect(accept()).toMatchObject({
      status: 0,
      document: { accepted: 1, minor: { GBP: 420 }, takenBack: { points: 4 } },
    })
    expect(accept()).toMatchObject({ status: 0, document: { accepted: 0 } })
  })

  test('verify, export, and verify of the export; a changed amount is found', () => {
    expect(laurel('verify')).toMatchObject({
      status: 0,
      document: { clean: true, checked: { members: 2, decisions: 5 } },
    })
    expect(laurel('rebuild')).toMatchObject({
      status: 0,
      document: { clean: true, checked: { members: 2, decisions: 5 }, differences: [] },
    })
    const books = path.join(folder, 'books.ndjson')
    expect(laurel('export', '--to', books).status).toBe(0)
    expect(ask('verify', '--export', books)).toMatchObject({ status: 0, document: { clean: true } })
    const tampered = fileWith('tampered.ndjson', readFileSync(books, 'utf8').replace('"amount":15,', '"amount":16,'))
    const { status, document } = ask('verify', '--export', tampered)
    expect(status).toBe(1)
    expect(document).toMatchObject({ clean: false, disagreements: [{ member: '17' }] })
  })

  test('key: is made, listed without its secret, and revoked', () => {
    const made = laurel('key', 'create', '--name', 'to be ended', '--scopes', 'members:read').document
    const list = (...more: string[]) => laurel('key', 'list', ...more).document
    const listed = list()
    expect(listed.keys).toMatchObject([{ id: made.id, name: 'to be ended', scopes: ['members:read'], inForce: true }])
    expect(JSON.stringify(listed)).not.toContain(made.key.slice(-43))
    expect(laurel('key', 'revoke', made.id)).toMatchObject({
      ...{ status: 0, document: { id: made.id, inForce: false } },
    })
    expect(list('--ended').keys).toContainEqual(expect.objectContaining({ id: made.id, inForce: false }))
  })

  test('start: whoever begins with a program gets a first key, once, and is let in with it', async () => {
    const begin = ['start', '--port', '0', '--program', program, '--data', path.join(folder, 'begun'), '--json']
    const begun = async (use: (said: { url: string; firstKey: string | null }) => Promise<void>) => {
      const child = spawn(process.execPath, [main, ...begin], { stdio: ['ignore', 'pipe', 'ignore'] })
      const gone = once(child, 'exit')
      const [text] = await once(child.stdout.setEncoding('utf8'), 'data')
      await use(JSON.parse(text))
      child.kill('SIGTERM')
      expect(await gone).toEqual([0, null])
    }
    await begun(async ({ url, firstKey }) => {
      const headers = { authorization: `Bearer ${firstKey}` }
      expect((await fetch(new URL('/v1/members', url), { headers })).status).toBe(200)
    })
    await begun(async ({ firstKey }) => expect(firstKey).toBeNull())
  })

  test('start: answers with a key that was made before, holds its folder and its port, and stops when asked', async () => {
    const scopes = 'members:read,events:write,adjustments:write,ledger:read,ledger:export'
    const { document } = laurel('key', 'create', '--name', 'test', '--scopes', scopes)
    const { key } = document
    const child = spawn(process.execPath, [main, 'start', '--port', '0', '--data', data, '--json'], {
      stdio: ['ignore', 'pipe', 'ignore'],
    })
    const gone = once(child, 'exit')
    const [text] = await once(child.stdout.setEncoding('utf8'), 'data')
    const { url } = JSON.parse(text)
    const answer = await fetch(new URL('/v1/members/17/balance', url), { headers: { authorization: `Bearer ${key}` } })
    expect(await answer.json()).toMatchObject({ balances: [{ asset: 'points', active: 8, debt: 0 }] })

    // What is overdue is shown, recorded or dismissed.
    const fact = { source: 'till', member: '18', occurredAt: '2011-03-05T10:00:00Z', type: 'order.paid' }
    const order = { id: 'o', currency: 'GBP', lines: [{ id: '1', sku: 'A', quantity: 1, total: 300 }] }
    const sent = await fetch(new URL('/v1/events', url), {
      ...{ method: 'POST', headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json' } },
      body: JSON.stringify(['l1', 'l2'].map((id) => ({ ...fact, id, order: { ...order, id } }))),
    })
    expect(await sent.json()).toMatchObject([{ code: 'overdue' }, { code: 'overdue' }])
    const overdue = (...args: string[]) => ask('overdue', ...args, '--url', url, '--key', key)
    expect(overdue('list').document).toMatchObject({ facts: [{ id: 'l1', member: '18' }, { id: 'l2' }] })
    expect(overdue('accept', 'till/l1', '--reason', 'x')).toMatchObject({
      ...{ status: 0, document: { decision: { earned: [{ amount: 3 }] } } },
    })
    expect(overdue('dismiss', 'till/l2', '--reason', 'x')).toMatchObject({ status: 0, document: { id: 'l2' } })
    expect(overdue('list').document.total).toEqual({ count: 0 })
    expect(overdue('accept', 'till/l2', '--reason', 'x')).toMatchObject({
      status: 2,
      document: { error: { place: url } },
    })
    expect(overdue('dismiss', 'l2', '--reason', 'x').document.error).toMatchObject({ exit: 2, place: 'FACT' })

    const inUse = laurel('verify')
    expect(inUse.status).toBe(3)
    expect(inUse.document.error.message).toContain(data)
    expect(inUse.document.error).toMatchObject({ place: '--data' })
    expect(inUse.document.error.remedy).toContain('--url')
    const makesKey = laurel('key', 'create', '--name', 'later')
    expect(makesKey.document.error).toMatchObject({ exit: 3, remedy: expect.not.stringContaining('--url') })

    // The one that runs verifies and hands out its books.
    const asking = ['--url', url, '--key', key]
    expect(ask('verify', ...asking)).toMatchObject({
      ...{ status: 0, document: { clean: true, checked: { members: 2 } } },
    })
    const books = path.join(folder, 'running.ndjson.gz')
    expect(ask('export', '--to', books, ...asking)).toMatchObject({ status: 0, document: { file: books } })
    expect(ask('verify', '--export', books)).toMatchObject({ status: 0, document: { clean: true } })
    const day = { program: 'point-per-pound', day: '2011-03-04', cutAt: 1, root: 'ab'.repeat(32), members: 2 }
    const roots = fileWith('running-roots.ndjson', `${JSON.stringify(day)}\n`)
    expect(ask('verify', '--roots', roots, ...asking)).toMatchObject({
      ...{ status: 1, document: { clean: false, disagreements: [{ entry: 'published root 2011-03-04' }] } },
    })
    expect(ask('verify', '--decisions', ...asking)).toMatchObject({
      ...{ status: 2, document: { error: { place: '--decisions' } } },
    })
    child.kill('SIGTERM')
    expect(await gone).toEqual([0, null])
  })

  test('start and demo: a port in use is said with what would help, ends with 3, and no folder is made', async () => {
    const other = createServer().listen(0, '127.0.0.1')
    await once(other, 'listening')
    const address = other.address()
    const port = typeof address === 'object' && address !== null ? address.port : 0
    const made = path.join(folder, 'not-made')
    for (const command of ['start', 'demo']) {
      expect(ask(command, '--port', String(port), '--data', made)).toMatchObject({
        status: 3,
        document: {
          error: {
            message: `port ${port} of 127.0.0.1 is in use`,
            remedy: 'choose another with --port or PORT; 0 is any free port',
          },
        },
      })
    }
    other.close()
    expect(existsSync(made)).toBe(false)
    const elsewhere = ask('start', '--host', '192.0.2.1', '--data', made)
    expect(elsewhere).toMatchObject({ status: 3, document: { error: { remedy: expect.stringContaining('--host') } } })
    expect(existsSync(made)).toBe(false)
  })

  test('merge: lets a member go on as another, and its own way again', () => {
    const because = ['--reason', 'same-person']
    expect(laurel('merge', '17')).toMatchObject({ status: 2, document: { error: { place: '--reason' } } })
    expect(laurel('merge', '17', ...because)).toMatchObject({ status: 2, document: { error: { place: '--into' } } })
    expect(laurel('merge', '17', '--into', '17', ...because).document).toMatchObject({
      error: { message: expect.stringContaining('cannot go into itself') },
    })
    const merge = () => laurel('merge', '18', '--into', '17', ...because)
    expect(merge()).toMatchObject({ status: 0, document: { member: '18', into: '17', repeated: false } })
    expect(merge()).toMatchObject({ status: 0, document: { repeated: true } })
    expect(laurel('merge', '18', '--undo', ...because)).toMatchObject({
      status: 0,
      document: { member: '18', into: '17' },
    })
    expect(laurel('verify').document).toMatchObject({ clean: true })
  })

  test('erase: forgets a member, once and with a reason; the list is what a backup is told again', () => {
    expect(laurel('erase')).toMatchObject({ status: 2, document: { error: { place: 'MEMBER' } } })
    expect(laurel('erase', '17')).toMatchObject({ status: 2, document: { error: { place: '--reason' } } })
    const erase = () => laurel('erase', '17', '--reason', 'asked')
    expect(erase()).toMatchObject({
      status: 0,
      document: { member: '17', repeated: false, forfeited: [{ asset: 'points', amount: 8 }] },
    })
    expect(erase()).toMatchObject({ status: 0, document: { repeated: true } })
    const { document } = laurel('erase', '--list')
    expect(document).toMatchObject([{ program: 'point-per-pound', member: '17' }])
    const kept = readFileSync(path.join(data, 'erased.ndjson'), 'utf8')
    expect(JSON.parse(kept)).toEqual(document[0])
    expect(laurel('verify').document).toMatchObject({ clean: true })
  })

  test('start: a list of erased members that cannot be understood keeps everything shut', () => {
    const list = path.join(data, 'erased.ndjson')
    const kept = readFileSync(list, 'utf8')
    writeFileSync(list, `${kept}{"program":"point-per-pound"}\n`)
    expect(laurel('verify')).toMatchObject({ status: 2, document: { error: { place: `${list}:2` } } })
    writeFileSync(list, kept)
  })

  test('verify --roots: names the published day that the chains do not have, and a line that is no root', () => {
    const root = { program: 'point-per-pound', day: '2026-03-31', cutAt: 1, root: 'ab'.repeat(32), members: 0 }
    const roots = fileWith('roots.ndjson', `${JSON.stringify(root)}\n`)
    expect(laurel('verify', '--roots', roots)).toMatchObject({
      status: 1,
      document: { clean: false, disagreements: [{ code: 'root', entry: 'published root 2026-03-31' }] },
    })
    const broken = fileWith('broken.ndjson', `${JSON.stringify(root)}\n{"day":`)
    expect(laurel('verify', '--roots', broken)).toMatchObject({
      status: 2,
      document: { error: { place: `${broken}:2` } },
    })
  })

  test('demo: lives its two years, and opens as it is the second time', () => {
    const demo = () => ask('demo', '--once', '--members', '25', '--data', path.join(folder, 'demo'))
    const first = demo()
    expect(first).toMatchObject({ status: 0, document: { program: 'glow-club', members: 25 } })
    expect(first.document.filled.events).toBeGreaterThan(100)
    expect(demo()).toMatchObject({ status: 0, document: { filled: null } })
    expect(ask('verify', '--data', path.join(folder, 'demo')).document).toMatchObject({ clean: true })
    expect(laurel('demo', '--once')).toMatchObject({ status: 2 })
  })
})
