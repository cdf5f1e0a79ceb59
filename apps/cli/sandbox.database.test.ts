import { spawn } from 'node:child_process'
import { describe, expect, test } from 'vitest'
import { freePort, startServer } from '../../test/process/start-server.ts'
import { main, openCommandLine } from './command-line.fixture.ts'

// A sandbox as a person makes one and lets time pass in it, on an embedded PostgreSQL. Each step finds what the last one left.
const { data, ask, laurel, fileWith } = openCommandLine('sandbox')

// A birthday means that each day is a stop.
const file = fileWith(
  'club.yaml',
  `laurel: 1
id: club
name: { en: Club }
zone: Europe/London
currency: GBP
refunds: { shortfall: debt, limit: none }
assets:
  points: { kind: spendable, name: { en: points }, expires: { life: P30D } }
earn:
  - { id: base, on: order.paid, give: 1 points, per: 1.00 GBP }
  - { id: treat, on: member.birthday, give: 10 points }
`,
)

describe('a sandbox', { timeout: 60_000 }, () => {
  test('create: begins one on a folder that was not there, and shows its key once', () => {
    const created = laurel('sandbox', 'create', file, '--starts', '2026-01-01T00:00:00Z')
    expect(created).toMatchObject({
      status: 0,
      document: { id: 'club-sandbox', of: 'club', clock: '2026-01-01T00:00:00.000Z', repeated: false },
    })
    expect(created.document.key).toMatch(/^lrl_/)
    expect(laurel('sandbox', 'create', file, '--starts', '2026-01-01T00:00:00Z')).toMatchObject({
      ...{ status: 0, document: { repeated: true, key: null } },
    })
    expect(laurel('sandbox', 'create', file, '--starts', '2026-01-02T00:00:00Z')).toMatchObject({
      ...{ status: 2, document: { error: { message: expect.stringContaining('sandbox-id-taken') } } },
    })
    expect(laurel('sandbox', 'create', 'club')).toMatchObject({
      ...{ status: 2, document: { error: { message: expect.stringContaining('no-program') } } },
    })
  })

  test('advance: a year passes, nothing passes backwards, and it must be said how far', () => {
    expect(laurel('sandbox', 'advance', 'club-sandbox', '--days', '365')).toMatchObject({
      ...{ status: 0, document: { status: 'done', clock: '2027-01-01T00:00:00.000Z' } },
    })
    expect(laurel('sandbox', 'advance', 'club-sandbox', '--to', '2026-06-01T00:00:00Z')).toMatchObject({
      ...{ status: 2, document: { error: { message: expect.stringContaining('advance-backwards') } } },
    })
    for (const wrong of [[], ['--days', '-1'], ['--days', '1', '--to', '2028-01-01T00:00:00Z'], ['--to', 'tomorrow']]) {
      expect(laurel('sandbox', 'advance', 'club-sandbox', ...wrong), wrong.join(' ')).toMatchObject({ status: 2 })
    }
    expect(laurel('sandbox', 'advance', '--days', '1')).toMatchObject({
      ...{ status: 2, document: { error: { message: 'no sandbox is named' } } },
    })
    expect(laurel('sandbox', 'show', 'club-sandbox')).toMatchObject({
      ...{ status: 0, document: { clock: '2027-01-01T00:00:00.000Z', advancing: null } },
    })
  })

  test('on a server that runs: a key of another sandbox than the one that is named lets no time pass', async () => {
    const { key } = laurel('sandbox', 'key', 'club-sandbox', '--program-id', 'club').document
    const server = await startServer({ folder: data, port: await freePort(), logLevel: 'error', program: null })
    try {
      const there = ['--url', server.url, '--key', key]
      const shown = () => ask('sandbox', 'show', 'club-sandbox', ...there)
      const { clock } = shown().document
      for (const asked of [
        ['advance', 'other', '--days', '1'],
        ['show', 'other'],
      ]) {
        expect(ask('sandbox', ...asked, ...there), asked[0]).toMatchObject({
          ...{ status: 2, document: { error: { place: '--key', remedy: expect.stringContaining('club-sandbox') } } },
        })
      }
      expect(shown()).toMatchObject({ status: 0, document: { clock } })
      expect(ask('sandbox', 'create', 'other', ...there)).toMatchObject({
        status: 2,
        document: {
          error: { place: '--key', message: 'the key is of club-sandbox and not of other; nothing is made' },
        },
      })
      expect(ask('sandbox', 'show', ...there)).toMatchObject({ status: 0, document: { id: 'club-sandbox', clock } })
    } finally {
      await server.stop()
    }
  })

  test.each([
    ['Ctrl-C', 'SIGINT', 130],
    ['kill -9', 'SIGKILL', null],
  ] as const)('advance: after %s it goes on from where the clock is', async (_, signal, status) => {
    const before: string = laurel('sandbox', 'show', 'club-sandbox').document.clock
    // Nearly as long as one call may take: a quick machine lives a year before it can be stopped.
    const days = 3600
    const words = ['sandbox', 'advance', 'club-sandbox', '--days', String(days), '--data', data]
    const command = spawn(process.execPath, [main, ...words])
    command.stderr.setEncoding('utf8')
    const ended = new Promise<number | null>((resolve) => command.on('exit', resolve))
    for await (const line of command.stderr) if (String(line).includes('10%')) break
    command.kill(signal)
    expect(await ended).toBe(status)
    // What was killed goes on by itself with whoever opens the folder next; what was stopped stays.
    const after: string = laurel('sandbox', 'show', 'club-sandbox').document.clock
    expect(after > before).toBe(true)
    const to = new Date(Date.parse(before) + (days + 1) * 86_400_000).toISOString()
    const rest = laurel('sandbox', 'advance', 'club-sandbox', '--to', to)
    if (signal === 'SIGINT') expect(rest).toMatchObject({ status: 0, document: { status: 'done', clock: to } })
    else expect(rest.document.error.message).toContain('advance-running')
    expect(laurel('verify', '--program-id', 'club-sandbox')).toMatchObject({ status: 0, document: { clean: true } })
  })

  test('list and key: what there is, and another key for it', () => {
    expect(laurel('sandbox', 'list', '--program-id', 'club').document.sandboxes).toMatchObject([{ id: 'club-sandbox' }])
    expect(laurel('sandbox', 'key', 'club-sandbox', '--program-id', 'club').document.key).toMatch(/^lrl_/)
    expect(laurel('sandbox', 'key', 'other', '--program-id', 'club')).toMatchObject({ status: 2 })
  })
})
