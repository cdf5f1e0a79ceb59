import { writeFileSync } from 'node:fs'
import path from 'node:path'
import { afterAll, describe, expect, test } from 'vitest'
import { makeTemporaryFolder } from '../../../test/process/temporary-folder.ts'
import { readFileLines, readText } from '../files.ts'
import { readEvents } from '../replay/read-events.ts'
import { parseMapping } from './mapping.ts'
import { readShopHistory } from './read-shop-history.ts'

const { path: folder, remove } = makeTemporaryFolder('encoding')
afterAll(remove)

const mappingText =
  'mapping: 1\nsource: shop\ncurrency: GBP\nzone: Europe/London\ntimeFormat: yyyy-MM-dd\n' +
  'columns: { invoice: Invoice, member: Customer, sku: Code, quantity: Items, at: Date, unitPrice: Price }\n'
const windows1252 = `${mappingText}encoding: windows-1252\n`
const header = 'Invoice,Customer,Code,Items,Date,Price,Note'

function fileWith(name: string, content: string | Buffer): string {
  const file = path.join(folder, name)
  writeFileSync(file, content)
  return file
}

/** A byte for each character, as Latin-1 and Windows-1252 have it. */
const bytes = (text: string) => Buffer.from(text, 'latin1')
const read = (csv: Buffer, mapping = mappingText) =>
  readShopHistory(fileWith('orders.csv', csv), parseMapping(mapping, 'mapping.yaml'))
const membersOf = async (csv: Buffer, mapping?: string) =>
  (await read(csv, mapping)).members.map(({ member }) => member)

const twoNames = bytes(
  [
    header,
    '1,Jos\xe9,A,1,2026-03-01,1,',
    '',
    '2,Jos\xe8,A,1,2026-03-01,1,',
    '3,18,A,1,2026-03-01,1,',
    '4,19,A,1,2026-03-01,1,caf\xe9',
  ].join('\n'),
)

describe('what is not UTF-8', () => {
  test('two members are never read as one: their lines are rejected with number, column and remedy, the others are not', async () => {
    const { members, tally } = await read(twoNames)
    expect(tally).toMatchObject({ lines: 4, sold: 2, rejected: 2 })
    const reason = expect.stringMatching(/^has bytes that are not UTF-8: .*encoding: windows-1252/)
    expect(tally.rejections).toEqual([
      { fileLine: 2, column: 'Customer', reason },
      { fileLine: 4, column: 'Customer', reason },
    ])
    expect(members.map(({ member }) => member)).toEqual(['18', '19'])
  })

  test('a CSV in Windows-1252 is read as the mapping says, beyond Latin-1 too', async () => {
    expect(await membersOf(twoNames, windows1252)).toEqual(['18', '19', 'Jos\u{e8}', 'Jos\u{e9}'])
    const quoted = bytes(`${header}\n1,\x93\x80,A,1,2026-03-01,1,`)
    expect(await membersOf(quoted, windows1252)).toEqual(['\u{201c}\u{20ac}'])
  })

  test('UTF-8 and UTF-16 with their marks are read as they are', async () => {
    const text = `\u{feff}${header}\n1,Jos\u{e9},A,1,2026-03-01,1,\n2,Jos\u{e8},A,1,2026-03-01,1,`
    for (const csv of [Buffer.from(text), Buffer.from(text, 'utf16le')]) {
      expect(await membersOf(csv)).toEqual(['Jos\u{e8}', 'Jos\u{e9}'])
    }
  })

  test('a column whose name is not UTF-8 says so; an encoding that is not known is named with those that are', async () => {
    const csv = bytes(`${header.replace('Customer', 'Caf\xe9')}\n`)
    const named = mappingText.replace('Customer', 'Caf\u{e9}')
    await expect(read(csv, named)).rejects.toMatchObject({ remedy: expect.stringContaining('windows-1252') })
    expect(await membersOf(csv, `${named}encoding: windows-1252\n`)).toEqual([])
    expect(() => parseMapping(`${mappingText}encoding: latin1\n`, 'mapping.yaml')).toThrow(/utf-8 or windows-1252/)
  })

  test('EVT-1 of a file of events each line on its own: two ids are never one event', async () => {
    const event = (id: string) =>
      JSON.stringify({
        ...{ type: 'order.paid', source: 'shop', id, member: 'ada', occurredAt: '2026-03-01T10:00:00Z' },
        order: { id, currency: 'GBP', lines: [{ id: '1', sku: 'A', quantity: 1, total: 100 }] },
      })
    const file = fileWith('events.ndjson', bytes([event('n1\xe9'), event('n2'), event('n1\xe8')].join('\r\n')))
    const { eventsByMember, rejections } = await readEvents(file, {
      rejectedByItself: () => null,
      unknownMembers: 'create',
    })
    expect(eventsByMember.get('ada')?.map(({ id }) => id)).toEqual(['n2'])
    const reason = 'has bytes that are not UTF-8'
    expect(rejections).toEqual([
      { fileLine: 1, reason },
      { fileLine: 3, reason },
    ])
  })

  test('a program or a mapping is refused with the line', () => {
    const file = fileWith('program.yaml', bytes('program: cafe\nname: Caf\xe9\n'))
    expect(() => readText(file)).toThrow(
      expect.objectContaining({ exit: 2, place: `${file}, line 2`, remedy: 'save it as UTF-8' }),
    )
    expect(readText(fileWith('good.yaml', 'name: Caf\u{e9}\n'))).toBe('name: Caf\u{e9}\n')
  })
})

test('lines of a file longer than what is read of it at once are whole', async () => {
  const lines = ['', '\u{e9}'.repeat(300_000), 'b', '', `c${'\u{1f600}'.repeat(100_000)}`]
  const found: (string | null)[] = []
  for await (const line of readFileLines(fileWith('long.ndjson', lines.join('\r\n')))) found.push(line)
  expect(found).toEqual(lines)
})
