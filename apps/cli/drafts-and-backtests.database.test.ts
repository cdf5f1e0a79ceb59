import { readFileSync } from 'node:fs'
import path from 'node:path'
import { backtestReport, createClient } from '@laurel/contract'
import { describe, expect, test } from 'vitest'
import { freePort, startServer } from '../../test/process/start-server.ts'
import { backtestStored } from './backtest/backtest-stored.ts'
import { columns, doubleText, mappingText, openCommandLine, program, programText } from './command-line.fixture.ts'

// A draft from its first word to its publication, as a person does it, on an embedded PostgreSQL. Each step finds what the last
// one left.
const { folder, data, ask, laurel, fileWith } = openCommandLine('drafts')

const mapping = fileWith('mapping.yaml', mappingText)
const csv = fileWith(
  'orders.csv',
  `${columns}\n100,17,A,10,2026-03-01,1.50\n101,18,A,1,2026-03-04,7.99\n102,17,B,2,2026-03-05,20.00`,
)

describe('drafts and backtests', { timeout: 90_000 }, () => {
  test('draft: written with its mistakes, mended, compared in sentences, shown and listed', () => {
    expect(laurel('publish', program).status).toBe(0)
    const wrong = laurel('draft', 'save', 'spring', fileWith('wrong.yaml', 'just words'))
    expect(wrong).toMatchObject({ status: 1, document: { revision: 1, status: 'open' } })
    expect(laurel('draft', 'save', 'spring', fileWith('double.yaml', doubleText), '--note', 'more')).toMatchObject({
      ...{ status: 0, document: { revision: 2, note: 'more' } },
    })
    expect(laurel('draft', 'save', 'spring', fileWith('double.yaml', doubleText))).toMatchObject({
      ...{ status: 0, document: { revision: 2 } },
    })
    const stale = laurel('draft', 'save', 'spring', fileWith('other.yaml', programText), '--revision', '1')
    expect(stale).toMatchObject({
      status: 2,
      document: { error: { message: expect.stringContaining('draft-changed') } },
    })
    expect(laurel('draft', 'diff', 'spring')).toMatchObject({
      status: 1,
      document: { version: 1, differences: expect.any(Array) },
    })
    expect(laurel('draft', 'show', 'spring')).toMatchObject({ status: 0, document: { document: doubleText } })
    expect(laurel('draft', 'list').document.drafts).toMatchObject([{ id: 'spring', revision: 2 }])
    expect(laurel('draft', 'show', 'nowhere')).toMatchObject({
      ...{ status: 2, document: { error: { message: expect.stringContaining('unknown-draft') } } },
    })
  })

  test('backtest: of what is stored, under a draft and a file, with the page beside it', () => {
    expect(laurel('import', csv, '--mapping', mapping).status).toBe(0)
    const triple = fileWith('triple.yaml', programText.replace('give: 1 points', 'give: 3 points'))
    const page = path.join(folder, 'page.html')
    const { status, document, stderr } = laurel('backtest', 'spring', triple, '--report', page)
    expect(status, stderr).toBe(0)
    const { candidates, reproduction } = backtestReport.parse(document)
    // 15.00 and 40.00 of one, 7.99 of the other.
    expect(candidates.map(({ report }) => report.assets[0]?.earned.amount)).toEqual([62, 30 + 80 + 15, 45 + 120 + 23])
    expect(candidates.map(({ name }) => name)).toEqual(['point-per-pound', 'spring', 'triple.yaml'])
    expect(reproduction).toEqual({ transfers: 3, differing: 0, differences: [] })
    expect(readFileSync(page, 'utf8')).toContain('comes to the ledger as it stands')
  })

  test('backtest --check: what ran comes to the ledger, on the folder and on one that runs', async () => {
    expect(laurel('backtest', '--check')).toMatchObject({
      status: 0,
      document: { reproduction: { transfers: 3, differing: 0 } },
    })
    const scopes = 'programs:read,programs:write,ledger:read'
    const { key } = laurel('key', 'create', '--name', 'desk', '--scopes', scopes).document
    const server = await startServer({ folder: data, port: await freePort(), logLevel: 'error', program: null })
    try {
      const checked = ask('backtest', '--check', '--url', server.url, '--key', key)
      expect(checked).toMatchObject({ status: 0, document: { reproduction: { transfers: 3, differing: 0 } } })
      // Asked to stop, it cancels what it began.
      const options = { url: server.url, key, assume: 'as-asked', few: 10 } as const
      await expect(backtestStored(['spring'], options, AbortSignal.abort())).rejects.toThrow('asked to stop')
      const { backtests } = await createClient({ url: server.url, key }).call('listBacktests', {})
      expect(backtests.map(({ status }) => status).slice(0, 2)).toEqual(['cancelled', 'done'])
    } finally {
      await server.stop()
    }
  })

  test.each([
    ['no draft at all', [], 'no draft is named'],
    ['a draft that is nowhere', ['nowhere'], 'unknown-draft'],
    ['a file that is nowhere', ['./nowhere.yaml'], 'there is no such file'],
    ['an option of a file', ['spring', '--workers', '2'], 'only a history in a file has it'],
    ['a file and a ledger', ['spring', '--events', csv, '--check'], 'a file holds no ledger'],
    ['too many', ['spring', 'spring', 'spring', 'spring', 'spring'], 'too many'],
    ['no instant', ['spring', '--until', 'tomorrow'], 'an instant has its offset'],
  ])('backtest: %s is not understood, and nothing is begun', (_what, args, message) => {
    expect(laurel('backtest', ...args)).toMatchObject({
      ...{ status: 2, document: { error: { message: expect.stringContaining(message) } } },
    })
  })

  test('draft publish: as the next version, and nothing but once', () => {
    expect(laurel('draft', 'submit', 'spring', '--comment', 'please')).toMatchObject({
      document: { status: 'submitted' },
    })
    expect(laurel('draft', 'send-back', 'spring', '--comment', 'later')).toMatchObject({ document: { status: 'open' } })
    expect(laurel('draft', 'send-back', 'spring')).toMatchObject({ status: 2 })
    expect(laurel('draft', 'publish', 'spring')).toMatchObject({
      status: 0,
      document: { status: 'published', version: 2 },
    })
    expect(laurel('draft', 'save', 'spring', fileWith('late.yaml', programText))).toMatchObject({ status: 2 })
    expect(laurel('draft', 'diff', 'spring')).toMatchObject({ status: 0, document: { differences: [] } })
  })
})
