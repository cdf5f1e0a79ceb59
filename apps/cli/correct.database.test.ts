import { readFileSync } from 'node:fs'
import path from 'node:path'
import { createClient } from '@laurel/contract'
import { describe, expect, test } from 'vitest'
import { freePort, startServer } from '../../test/process/start-server.ts'
import { columns, doubleText, mappingText, openCommandLine, program } from './command-line.fixture.ts'
import { allCorrections } from './correct/read-corrections.ts'
import { approveCorrection, lookAtCorrection } from './correct/work-at-correction.ts'

// A wrong rule as a person finds it, looks at it and puts it right, on an embedded PostgreSQL. Each step finds what the last one left.
const { data, folder, run, laurel, fileWith } = openCommandLine('correct')
const inWords = (...args: string[]) => run(...args, '--data', data)

const mapping = fileWith('mapping.yaml', mappingText)
const customers = Array.from({ length: 30 }, (_, index) => 100 + index)
const orders = customers.flatMap((id) => [`a${id},${id},A,1,2026-01-05,10.00`, `b${id},${id},A,1,2026-02-05,7.00`])
const csv = fileWith('orders.csv', `${columns}\n${orders.join('\n')}`)
const asked = ['--from', '2026-02-01', '--version', '2', '--reason', 'wrong-rate'] as const
let id = ''

describe('correct', { timeout: 90_000 }, () => {
  test('COR-4 shows what would be posted, in words, as JSON and as CSV, and posts nothing', () => {
    expect(laurel('publish', program).status).toBe(0)
    expect(laurel('import', csv, '--mapping', mapping).status).toBe(0)
    expect(laurel('publish', fileWith('double.yaml', doubleText)).status).toBe(0)
    expect(inWords('correct', ...asked, '--csv', folder)).toMatchObject({
      ...{ status: 2, stderr: expect.stringContaining('it is a folder') },
    })
    const table = path.join(folder, 'members.csv')
    const { status, stdout } = inWords('correct', ...asked, '--csv', table)
    expect(status).toBe(0)
    expect(stdout).toContain('30 members, 30 orders and other facts, 30 lines in the books')
    expect(stdout).toContain('  30 members: 210 more in all')
    expect(stdout).toContain('    100: +7\n')
    expect(stdout).toContain('nothing is posted yet')
    id = /correct approve ([0-9a-f]{32})/.exec(stdout)?.[1] ?? ''
    const lines = readFileSync(table, 'utf8').trimEnd().split('\r\n')
    expect(lines).toHaveLength(31)
    expect(lines[0]).toBe('member,facts,asset,change,owed more,borne,out of pools,outcome,decision,note')
    expect(lines).toContain('117,1,points,7,0,0,0,,,')
    expect(laurel('correct', 'show', id)).toMatchObject({ status: 0, document: { status: 'shown', publishes: true } })
  })

  test('COR-2 approve posts it, and the books, decided again and by themselves, agree', () => {
    expect(laurel('correct', ...asked)).toMatchObject({
      ...{ status: 2, document: { error: { message: expect.stringContaining('correction-open') } } },
    })
    const { status, document } = laurel('correct', 'approve', id)
    expect([status, document.status, document.members]).toEqual([0, 'done', { posted: 30, all: 30 }])
    expect(laurel('verify', '--decisions')).toMatchObject({ status: 0, document: { clean: true } })
    expect(laurel('backtest', '--check')).toMatchObject({ status: 0, document: { reproduction: { differing: 0 } } })
    expect(laurel('rebuild')).toMatchObject({ status: 0, document: { clean: true } })
    const books = path.join(folder, 'books.ndjson')
    expect(laurel('export', '--to', books).status).toBe(0)
    expect(run('verify', '--export', books).status).toBe(0)
  })

  test('COR-4 whoever stops the command cancels it, while it looks and while it posts', async () => {
    expect(laurel('publish', fileWith('triple.yaml', doubleText.replace('give: 2', 'give: 3'))).status).toBe(0)
    const { key } = laurel('key', 'create', '--name', 'stopper').document
    const server = await startServer({ folder: data, port: await freePort(), logLevel: 'error', program: null })
    try {
      const client = createClient({ url: server.url, key })
      const body = { from: '2026-02-01', version: 4, reason: 'stopped' }
      const [stopped, goesOn] = [AbortSignal.abort(), new AbortController().signal]
      await expect(lookAtCorrection(client, body, stopped)).rejects.toThrow('it was asked to stop')
      const shown = await lookAtCorrection(client, body, goesOn)
      expect(shown).toMatchObject({ status: 'shown', members: { posted: 0, all: 30 } })
      await expect(approveCorrection(client, shown.id, stopped)).rejects.toMatchObject({
        exit: 130,
        remedy: expect.stringMatching(/ --from 2026-02-01T00:00:00.000Z --version 5 --reason stopped$/),
      })
      // The one that was asked for does not reach back, and the one that does stands behind it; the one that was printed goes on.
      await expect(lookAtCorrection(client, body, goesOn)).rejects.toMatchObject({
        body: { code: 'version-overtaken' },
      })
      const rest = await lookAtCorrection(client, { ...body, version: 5 }, goesOn)
      expect(rest).toMatchObject({ status: 'shown', publishes: false })
      await client.call('cancelCorrection', { path: { correction: rest.id } })
      const states = (await allCorrections(client)).map(({ status }) => status)
      expect(states.slice(0, 3)).toEqual(['cancelled', 'cancelled', 'cancelled'])
      expect(await client.call('verifyLedger', {})).toMatchObject({ clean: true })
    } finally {
      await server.stop()
    }
  })

  test('COR-4 what is wrong is said, and nothing is begun', () => {
    expect(laurel('correct', ...asked, '--approve')).toMatchObject({ status: 2 })
    const again = ['--from', '2026-02-01', '--version', '3', '--reason', 'again'] as const
    expect(laurel('correct', ...again, '--approve')).toMatchObject({ status: 1, document: { status: 'nothing' } })
    for (const [args, place] of [
      [['--version', '3', '--reason', 'x'], '--from'],
      [['--from', '2026-02-01', '--reason', 'x'], '--version'],
      [['--from', '2026-02-01', '--version', '3'], '--reason'],
    ] as const) {
      expect(laurel('correct', ...args)).toMatchObject({ status: 2, document: { error: { place } } })
    }
    expect(laurel('correct', '--from', '2026-02-30', '--version', '3', '--reason', 'x').status).toBe(2)
    expect(laurel('correct', '--from', 'yesterday', '--version', '3', '--reason', 'x').status).toBe(2)
    expect(laurel('correct', '--from', '2099-01-01', '--version', '3', '--reason', 'x')).toMatchObject({
      ...{ status: 2, document: { error: { message: expect.stringContaining('correction-too-late') } } },
    })
    expect(laurel('correct', 'approve', '0'.repeat(32)).status).toBe(2)
    const { document } = laurel('correct', 'list')
    expect(document.corrections.map(({ status }: { status: string }) => status)).toEqual([
      'nothing',
      'cancelled',
      'cancelled',
      'cancelled',
      'done',
    ])
    expect(inWords('correct', 'list').stdout).toContain(
      'version 2 from 2026-02-01T00:00:00.000Z  done, 30 members posted',
    )
  })

  test('COR-4 approved at once, the table is that of what was posted', () => {
    expect(laurel('publish', fileWith('fourfold.yaml', doubleText.replace('give: 2', 'give: 4'))).status).toBe(0)
    const table = path.join(folder, 'posted.csv')
    const now = ['--from', '2026-02-01', '--version', '6', '--reason', 'four', '--approve', '--csv', table] as const
    expect(laurel('correct', ...now)).toMatchObject({ status: 0, document: { status: 'done' } })
    const lines = readFileSync(table, 'utf8').trimEnd().split('\r\n')
    expect(lines).toHaveLength(31)
    expect(lines.slice(1).every((line) => line.includes(',posted,'))).toBe(true)
  })
})
