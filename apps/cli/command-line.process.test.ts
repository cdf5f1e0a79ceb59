import { exec, execFile } from 'node:child_process'
import { readdirSync } from 'node:fs'
import path from 'node:path'
import { promisify } from 'node:util'
import { BooksWriter, drawWinners, entriesHashOf, seedHashOf } from '@laurel/ledger'
import { describe, expect, test, vi } from 'vitest'
import { openStubServer } from '../../test/database/stub-server.ts'
import { main, openCommandLine, program } from './command-line.fixture.ts'

vi.setConfig({ testTimeout: 30_000 }) // each command is a process of its own, half a second of work

const { run: laurel, fileWith } = openCommandLine('command-line')

describe('help', () => {
  test('fits a screen and names the exit codes', () => {
    const { status, stdout } = laurel('--help')
    expect(status).toBe(0)
    expect(stdout.split('\n').length).toBeLessThan(40)
    expect(stdout).toContain('Exit codes')
    const commands = readdirSync(path.join(import.meta.dirname, 'commands')).map((file) => path.parse(file).name)
    const named = (command: string) => new RegExp(`^ {2}${command}\\b`, 'm').test(stdout)
    expect(commands.filter((command) => command !== 'run' && !named(command))).toEqual([])
  })

  const misunderstood = [
    ["unknown command 'chek'", 'chek'],
    ["missing required argument 'program'", 'check'],
    ["unknown option '--srict'", 'check', program, '--srict'],
    ["missing required argument 'events'", 'replay', program],
    ["required option '--mapping <file>' not specified", 'import', 'orders.csv'],
    ["unknown option '--prot'", 'start', '--prot', '3000'],
    ["unknown command 'creat'", 'key', 'creat'],
    ['no command is named', 'key'],
    ['told from others by its name, which must not be empty', 'key', 'create', '--name', ' '],
    ['an address begins with http://', 'verify', '--url', 'nonsense', '--key', 'x'],
    ['6000 is a port that browsers', 'verify', '--url', 'http://127.0.0.1:6000', '--key', 'x'],
  ] as const

  test('what is not understood is said, and ends with 2', () => {
    const { status, stderr, stdout } = laurel('check', program, '--srict')
    expect({ status, stdout }).toEqual({ status: 2, stdout: '' })
    expect(stderr).toBe(
      "laurel check: unknown option '--srict'\n  remedy: (Did you mean --strict?) npx laurel check --help\n",
    )
  })

  // A test for each: together they are ten processes, which take a busy machine longer than a test may.
  const each = misunderstood.map(([said, ...args]) => ({ said, args }))
  test.each(each)('with --json it is one document on stdout, too, wherever it stands: $said', ({ said, args }) => {
    const { status, stdout, stderr } = laurel(...args, '--json')
    expect(status).toBe(2)
    const { error } = JSON.parse(stdout)
    expect(error).toMatchObject({ exit: 2, message: expect.stringContaining(said) })
    expect(error.remedy).toMatch(/npx laurel( \w+)* --help$/)
    expect(stderr).toContain('remedy:')
  })
})

test('a reader that has read enough ends it quietly', async () => {
  const piped = await promisify(exec)(`"${process.execPath}" "${main}" explain "${program}" | head -1`)
  expect(piped).toMatchObject({ stdout: 'Point per Pound\n', stderr: '' })
})

describe('laurel draw verify', () => {
  const seed = '5e'.repeat(32)
  const entries = [
    { entrant: 'aa', tickets: 2 },
    { entrant: 'bb', tickets: 5 },
  ]
  const drawn = drawWinners(seed, entries, 1)
  const record = {
    ...{ format: 'laurel-draw/1', program: 'club', draw: 'spring-car', winners: 1 },
    ...{ seed, seedHash: seedHashOf(seed), entries, entriesHash: entriesHashOf(entries), drawn },
  }

  test('GAME-2 runs a published draw again: 0 where it was fair, 1 where it was not, 2 for what is none', () => {
    expect(laurel('draw', 'verify', fileWith('fair.json', JSON.stringify(record)))).toMatchObject({
      status: 0,
      stdout: 'fair: spring-car, 2 entrants, 1 winner\n',
    })
    const unfair = { ...record, drawn: drawn[0] === 'aa' ? ['bb'] : ['aa'] }
    const { status, stdout } = laurel('draw', 'verify', fileWith('unfair.json', JSON.stringify(unfair)), '--json')
    expect(status).toBe(1)
    expect(JSON.parse(stdout)).toMatchObject({ clean: false, disagreements: [expect.stringContaining('drawn again')] })
    expect(laurel('draw', 'verify', fileWith('none.json', '{}'))).toMatchObject({ status: 2, stdout: '' })
  })
})

describe('laurel verify --export', () => {
  test('books that are cut off, and files that are no books, are found', () => {
    const { status, stdout } = laurel('verify', '--export', fileWith('books.ndjson', 'no books\n'), '--json')
    expect(status).toBe(1)
    expect(JSON.parse(stdout)).toMatchObject({ clean: false })
  })

  test('names a record that says a key twice, and which', () => {
    const writer = new BooksWriter()
    const header = writer.header('glow', 0, [])
    const books = (text: string) => fileWith('books.ndjson', text + writer.footer())
    expect(laurel('verify', '--export', books(header), '--json').status).toBe(0)
    const twice = header.replace('"program":', '"program":"other","program":')
    const { status, stdout } = laurel('verify', '--export', books(twice), '--json')
    expect(status).toBe(1)
    expect(JSON.parse(stdout).disagreements[0]).toMatchObject({
      ...{ code: 'malformed', entry: 'line 1', message: '/program is said more than once' },
    })
  })
})

describe('a database that is too old', () => {
  test.each([['start', '--port', '0'], ['publish', program], ['verify']])(
    'laurel %s says so, ends with 3, and has asked it nothing else',
    async (...args) => {
      const stub = await openStubServer('14.12')
      // Not in step with this process: the stub answers from here.
      const ended = promisify(execFile)(process.execPath, [main, ...args, '--database-url', stub.url, '--json'])
      const { code, stdout } = await ended.then(
        () => ({ code: 0, stdout: '' }),
        (error: { code: number; stdout: string }) => error,
      )
      expect(code).toBe(3)
      expect(JSON.parse(stdout).error.message).toBe('PostgreSQL 14.12 is too old: Laurel needs 15 to 18.')
      expect(stub.statements).toEqual([expect.stringContaining('server_version')])
      await stub.close()
    },
  )
})
