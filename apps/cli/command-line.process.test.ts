import { exec, execFile } from 'node:child_process'
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { promisify } from 'node:util'
import { drawWinners, entriesHashOf, seedHashOf } from '@laurel/ledger'
import { describe, expect, test, vi } from 'vitest'
import { openStubServer } from '../../test/database/stub-server.ts'
import { main, openCommandLine, program } from './command-line.fixture.ts'

// Each command is a process of its own, half a second of work: several of them on a busy machine take longer than Vitest waits.
vi.setConfig({ testTimeout: 30_000 })

const { folder, run: laurel, fileWith } = openCommandLine('command-line')

const order = (id: string, total: number) =>
  JSON.stringify({
    ...{ type: 'order.paid', id, source: 'shop', member: 'm1', occurredAt: '2026-03-01T12:00:00Z' },
    order: { id, currency: 'GBP', lines: [{ id: '1', sku: 'A', quantity: 1, total }] },
  })

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

describe('laurel check', () => {
  test('a program in order ends with 0, one with errors with 1, one that is not there with 2', () => {
    expect(laurel('check', program)).toMatchObject({ status: 0, stdout: expect.stringContaining('in order') })
    const broken = fileWith('broken.yaml', readFileSync(program, 'utf8').replace('1 points', '1 pints'))
    const { status, stdout } = laurel('check', broken)
    expect(status).toBe(1)
    expect(stdout).toMatch(/broken\.yaml:\d+:\d+ {2}error/)
    expect(laurel('check', path.join(folder, 'none.yaml'))).toMatchObject({ status: 2, stdout: '' })
  })

  test('shows the line with a caret under the place, and below it what would be right', () => {
    const broken = fileWith('typo.yaml', readFileSync(program, 'utf8').replace('give: 1 points', 'give: 1 pints'))
    const lines = laurel('check', broken).stdout.split('\n')
    const at = lines.findIndex((line) => line.includes('give: 1 pints'))
    expect(lines[at]?.indexOf('1 pints')).toBe(lines[at + 1]?.indexOf('^'))
    expect(lines[at + 2]).toBe('    Did you mean `1 points`?')
  })

  test('takes the folder of a program, and says which was meant where there is none', () => {
    const programs = path.dirname(path.dirname(program))
    expect(laurel('check', path.dirname(program)).status).toBe(0)
    const near = laurel('check', path.join(programs, 'punch-cart'))
    expect(near).toMatchObject({ status: 2, stderr: expect.stringContaining('punch-card?') })
    expect(laurel('check', programs)).toMatchObject({ status: 2, stderr: expect.stringContaining('beauty-club') })
    expect(laurel('check', folder)).toMatchObject({ status: 2, stderr: expect.stringContaining('laurel new') })
  })

  test('with --json there is one document, also for a failure', () => {
    expect(JSON.parse(laurel('check', program, '--json').stdout)).toMatchObject({ accepted: true })
    expect(JSON.parse(laurel('check', path.join(folder, 'none.yaml'), '--json').stdout)).toMatchObject({
      error: { exit: 2, message: 'there is no such file or folder' },
    })
  })
})

test('laurel fmt: lays a program out once, and says so without writing where it is asked to', () => {
  const text = readFileSync(program, 'utf8')
  const file = fileWith('loose.yaml', text.replace('per: 1.00 GBP', 'per:    1.00 GBP'))
  expect(laurel('fmt', file, '--check').status).toBe(1)
  expect(laurel('fmt', file).status).toBe(0)
  expect(readFileSync(file, 'utf8')).toBe(text)
  expect(laurel('fmt', file, '--check').status).toBe(0)
  expect(laurel('fmt', fileWith('none.yaml', '- 1')).status).toBe(2)
})

test('laurel explain: says a program in plain sentences, in the language that is asked for', () => {
  const english = laurel('explain', path.dirname(program)).stdout
  expect(english).toContain('How you earn\n- 1 ')
  expect(english).toContain('[')
  const turkish = laurel('explain', program, '--language', 'tr', '--members').stdout
  expect(turkish).toContain('Nasıl kazanırsın')
  expect(turkish).not.toContain('[')
  expect(laurel('explain', program, '--language', 'xx').status).toBe(2)
})

describe('laurel diff', () => {
  const other = () => fileWith('other.yaml', readFileSync(program, 'utf8').replace('per: 1.00 GBP', 'per: 2.00 GBP'))

  test('says what changes, and ends with 1', () => {
    const { status, stdout } = laurel('diff', program, other())
    expect(status).toBe(1)
    expect(stdout).toBe(
      '~ earn.base\n    “base”: 1 point for every £2 you spend. (Until now: £1)\n' +
        '    earn.base.per: 1.00 GBP → 2.00 GBP\n\n1 difference\n',
    )
    expect(laurel('diff', program, other(), '--language', 'de').stdout).toContain('(Bisher: 1')
    expect(JSON.parse(laurel('diff', program, other(), '--json').stdout)).toMatchObject({
      language: 'en',
      differences: [
        {
          path: 'earn.base',
          kind: 'changed',
          changes: [{ path: 'earn.base.per', before: '1.00 GBP', after: '2.00 GBP' }],
        },
      ],
    })
  })

  test('documents that say the same, however they are written, end with 0', () => {
    const loose = fileWith(
      'same.yaml',
      readFileSync(program, 'utf8').replace('per: 1.00 GBP', 'per:   1.00 GBP # dear'),
    )
    expect(laurel('diff', path.dirname(program), loose)).toMatchObject({ status: 0, stdout: 'both say the same\n' })
  })

  test.each([
    ['nothing to compare with', [program], 'there is nothing to compare it with'],
    ['three to compare', [program, program, '--version', '3'], 'there are three to compare'],
    ['a version that is no number', [program, '--version', '0'], 'a version is a number from 1'],
    ['a file that is not there', [program, `${program}x`], 'there is no such file'],
    ['a path through a file', [program, `${program}/orders.ndjson`], 'there is no such file or folder'],
  ])('%s is not understood', (_title, args, said) => {
    expect(laurel('diff', ...args)).toMatchObject({ status: 2, stderr: expect.stringContaining(said) })
  })

  test('a document that does not compile is not understood', () => {
    const pounds = fileWith('pounds.yaml', readFileSync(program, 'utf8').replace('currency: GBP', 'currency: POUNDS'))
    expect(laurel('diff', program, pounds)).toMatchObject({
      status: 2,
      stderr: expect.stringContaining('the program cannot be used'),
    })
  })
})

test('laurel new: copies a ready-made program and says what to do next', () => {
  const place = path.join(folder, 'corner-shop')
  const { status, stdout } = laurel('new', place, '--from', 'point-per-pound', '--currency', 'EUR')
  expect(status).toBe(0)
  for (const said of ['a copy of point-per-pound, in order', 'laurel explain', 'laurel test', 'laurel publish']) {
    expect(stdout).toContain(said)
  }
  expect(readFileSync(path.join(place, 'program.yaml'), 'utf8')).toContain('per: 1.00 EUR')
})

test('laurel new: where no scenarios came along, none are to be played', () => {
  const { status, stdout } = laurel('new', path.join(folder, 'yen-back'), '--from', 'cashback', '--currency', 'JPY')
  expect(status).toBe(0)
  expect(stdout).toContain('No scenarios came along')
  expect(stdout).toContain('laurel publish')
  expect(stdout).not.toContain('laurel test')
})

describe('laurel test', () => {
  const header = '## A first order\n\n| when | who | what | gives |\n|--|--|--|--|\n'
  function folderWith(name: string, row: string): string {
    mkdirSync(path.join(folder, name))
    writeFileSync(path.join(folder, name, 'program.yaml'), readFileSync(program, 'utf8'))
    writeFileSync(path.join(folder, name, 'scenarios.md'), `${header}${row}\n`)
    return path.join(folder, name)
  }

  test('plays what stands beside a program', () => {
    const right = folderWith('right', '| 2026-01-07 | Ada | buys for 33.40 GBP | +33 points |')
    expect(laurel('test', right)).toMatchObject({
      status: 0,
      stdout: expect.stringContaining('as said    A first order'),
    })
    const named = path.join(right, 'program.yaml')
    expect(laurel('test', named, '--only', 'FIRST').stdout).toContain('1 scenario played')
    expect(laurel('test', named, '--only', 'second')).toMatchObject({
      status: 2,
      stderr: expect.stringContaining('no scenario has "second" in its title'),
    })
  })

  test('a page without a scenario is no success', () => {
    const none = folderWith('none', '| 2026-01-07 | Ada | buys for 33.40 GBP | +33 points |')
    writeFileSync(path.join(none, 'scenarios.md'), '# Nothing yet\n')
    expect(laurel('test', none)).toMatchObject({ status: 2, stderr: expect.stringContaining('no scenarios in it') })
  })

  test('what is otherwise is shown cell by cell, and ends with 1', () => {
    const other = folderWith('other', '| 2026-01-07 | Ada | buys for 33.40 GBP | +34 points |')
    const { status, stdout } = laurel('test', other)
    expect(status).toBe(1)
    expect(stdout).toMatch(/scenarios\.md:5:43 {2}gives\n {4}expected {2}\+34 points\n {4}actual {4}\+33 points\n/)
    expect(JSON.parse(laurel('test', other, '--json').stdout)).toMatchObject({
      failed: 1,
      scenarios: [{ title: 'A first order', differences: [{ line: 5, expected: '+34 points', actual: '+33 points' }] }],
    })
  })

  test('what cannot be read is shown with its place and what would be right, and ends with 2', () => {
    const { status, stdout } = laurel('test', folderWith('wrong', '| 2026-01-07 | Ada | byus for 33.40 GBP | |'))
    expect(status).toBe(2)
    expect(stdout).toMatch(
      /scenarios\.md:5:22 {2}mistake {2}no phrase begins like this.*\n {4}5 \|.*\n +\| +\^\n {4}did you mean "buys"\?/,
    )
  })
})

describe('laurel replay', () => {
  test('adds up what the program decides, and writes every effect', () => {
    const events = fileWith('events.ndjson', `${order('1', 1090)}\n${order('2', 250)}\n${order('1', 1090)}\n`)
    const effects = path.join(folder, 'effects.ndjson')
    const { status, stdout } = laurel('replay', program, events, '--json', '--effects', effects)
    expect(status).toBe(0)
    expect(JSON.parse(stdout)).toMatchObject({
      members: 1,
      repeated: 1,
      assets: { points: { terms: { earned: 12 }, closing: { active: 12, debt: 0 } } },
    })
    const lines = readFileSync(effects, 'utf8').trimEnd().split('\n')
    const moves = lines.map((line) => JSON.parse(line)).filter(({ effect }) => effect.type === 'move')
    // TIME-1: by the program's clock, and told as that.
    expect(moves.map(({ event, effect }) => [event.id, effect.amount, effect.effective])).toEqual([
      ['1', 10, '2026-03-01T12:00:00.000'],
      ['2', 2, '2026-03-01T12:00:00.000'],
    ])
    const until = (text: string) => laurel('replay', program, events, '--until', text, '--json')
    expect(JSON.parse(until('2026-03-01T14:00:00+01:00').stdout).until).toBe('2026-03-01T13:00:00.000Z')
    expect(until('2026-03-01T14:00:00')).toMatchObject({
      status: 2,
      stderr: expect.stringContaining('with its offset'),
    })
    const nothing = laurel('replay', program, fileWith('empty.ndjson', ''), '--json')
    expect(JSON.parse(nothing.stdout)).toMatchObject({ until: null, members: 0 })
  })

  test('a reader that has read enough ends it quietly', async () => {
    const piped = await promisify(exec)(`"${process.execPath}" "${main}" explain "${program}" | head -1`)
    expect(piped).toMatchObject({ stdout: 'Point per Pound\n', stderr: '' })
  })

  test('what cannot be used is rejected with its line, the rest is decided, and it ends with 1', () => {
    const lines = [
      order('1', 1090),
      '{',
      order('1', 1091),
      order('2', 100).replace('GBP', 'USD'),
      order('3', 100).replace('"quantity":1', '"quantity":-1'),
    ]
    const { status, stdout } = laurel('replay', program, fileWith('wrong.ndjson', lines.join('\n')))
    expect(status).toBe(1)
    expect(stdout).toContain('rejected: 4')
    for (const said of [
      'line 2: the event is no JSON',
      'line 3: shop/1',
      'currency-mismatch',
      'line 5: /order/lines/0/quantity',
    ]) {
      expect(stdout).toContain(said)
    }
  })

  test('EVT-1 AMT-4 an order is of one member and in one currency, and what is rejected has not happened', () => {
    const said = (id: string, change: object) => JSON.stringify({ ...JSON.parse(order(id, 1000)), ...change })
    const paid = JSON.parse(order('1', 1000))
    const naming = { source: 'shop', occurredAt: paid.occurredAt, order: paid.order.id }
    const lines = [
      // Ahead of all, and so nobody's: what is rejected makes no order known.
      said('0', { occurredAt: '2999-01-01T00:00:00Z', member: 'other', order: paid.order }),
      order('1', 1000),
      said('2', { member: 'other', order: paid.order }),
      said('3', {
        type: 'order.edited',
        order: { ...paid.order, currency: 'EUR', rate: { rate: '0.85', on: '2026-03-01' } },
      }),
      JSON.stringify({ ...naming, type: 'refund.made', id: '4', member: 'third', amount: 100 }),
      JSON.stringify({ ...naming, type: 'refund.made', id: '5', member: paid.member, amount: 300 }),
    ]
    const { status, stdout } = laurel('replay', program, fileWith('owners.ndjson', lines.join('\n')), '--json')
    expect(status).toBe(1)
    const told = JSON.parse(stdout)
    expect(told).toMatchObject({ members: 1, rejected: 4, assets: { points: { closing: { active: 7 } } } })
    expect(told.events).toEqual({ 'order.paid': 1, 'refund.made': 1 })
    expect(told.rejections.map(({ reason }: { reason: string }) => reason)).toEqual([
      "shop/2: other-member: the order shop/1 is another member's",
      'shop/3: currency-mismatch: the order shop/1 is in GBP, and keeps its currency: not EUR',
      "shop/4: order-of-another-member: the order shop/1 is another member's",
      expect.stringContaining('from-the-future'),
    ])
  })

  test('EVT-4 what happens later than now is rejected as by an import, and time does not pass up to it', () => {
    const ahead = order('2', 1000).replace(/"occurredAt":"[^"]*"/, '"occurredAt":"2999-01-01T00:00:00Z"')
    const { status, stdout } = laurel(
      'replay',
      program,
      fileWith('ahead.ndjson', `${order('1', 1090)}\n${ahead}`),
      '--json',
    )
    expect(status).toBe(1)
    const said = JSON.parse(stdout)
    expect(said).toMatchObject({ rejected: 1, assets: { points: { closing: { active: 10 } } } })
    expect(said.rejections).toMatchObject([{ event: 'shop/2', reason: expect.stringContaining('from-the-future') }])
    expect(said.until < '2999').toBe(true)
  })

  test('EVT-1 a shop’s file is admitted as events are: each name once, and a key that is said twice is refused', () => {
    const shop = [
      'Invoice,Customer,Code,Items,Date,Price,Of',
      '7,18,kettle,2,2026-03-01,10.00,',
      // Named as the refund of the next line is.
      'C7:7,18,kettle,1,2026-03-02,30.00,',
      'C7,,kettle,-1,2026-03-03,10.00,7',
    ].join('\n')
    const mapping = fileWith(
      'naming.yaml',
      'mapping: 1\nsource: shop\ncurrency: GBP\nzone: Europe/London\ntimeFormat: yyyy-MM-dd\n' +
        'columns: { invoice: Invoice, member: Customer, sku: Code, quantity: Items, at: Date, unitPrice: Price, refundOf: Of }\n' +
        'cancellation: { column: Items, is: negative }\n',
    )
    const named = laurel('replay', program, fileWith('shop.csv', shop), '--mapping', mapping, '--json')
    expect(JSON.parse(named.stdout)).toMatchObject({
      ...{ members: 1, rejected: 1, rejections: [{ reason: 'shop/C7:7 stands for other content already' }] },
      assets: { points: { closing: { active: 50 } } },
    })
    const doubled = order('1', 1090).replace('"quantity":1', '"quantity":1,"quantity":9')
    const lines = fileWith('doubled.ndjson', `${doubled}\n${order('2', 1000)}`)
    const twice = laurel('replay', program, lines, '--json')
    expect(JSON.parse(twice.stdout)).toMatchObject({
      rejected: 1,
      rejections: [{ fileLine: 1, reason: '/order/lines/0/quantity is said more than once' }],
    })
  })

  test('a mapping in another currency than the program is not understood, by replay and by backtest', () => {
    const csv = fileWith('dollars.csv', 'Invoice,Customer,Code,Items,Date,Price\n1,ada,A,1,2026-03-01,1.00\n')
    const mapping = fileWith(
      'dollars.yaml',
      'mapping: 1\nsource: shop\ncurrency: USD\nzone: Europe/London\ntimeFormat: yyyy-MM-dd\n' +
        'columns: { invoice: Invoice, member: Customer, sku: Code, quantity: Items, at: Date, unitPrice: Price }\n',
    )
    for (const command of [
      ['replay', program, csv],
      ['backtest', program, '--events', csv],
    ]) {
      const { status, stderr } = laurel(...command, '--mapping', mapping)
      expect(status).toBe(2)
      expect(stderr).toContain('dollars.yaml, line 3, currency')
      expect(stderr).toContain('USD is not the currency of')
    }
  })

  test('a CSV without a mapping, and a mapping whose column the file does not have, are not understood', () => {
    const csv = fileWith('orders.csv', 'Invoice,Customer,Code,Items,Date,Price\n')
    expect(laurel('replay', program, csv)).toMatchObject({ status: 2, stderr: expect.stringContaining('--mapping') })
    const mapping = fileWith(
      'mapping.yaml',
      'mapping: 1\nsource: shop\ncurrency: GBP\nzone: Europe/London\ntimeFormat: yyyy-MM-dd\n' +
        'columns: { invoice: Invoice, member: Custmer, sku: Code, quantity: Items, at: Date, unitPrice: Price }\n',
    )
    const { status, stderr } = laurel('replay', program, csv, '--mapping', mapping)
    expect(status).toBe(2)
    expect(stderr).toContain('did you mean "Customer"?')
  })
})

describe('laurel verify --export', () => {
  test('books that are cut off, and files that are no books, are found', () => {
    const { status, stdout } = laurel('verify', '--export', fileWith('books.ndjson', 'no books\n'), '--json')
    expect(status).toBe(1)
    expect(JSON.parse(stdout)).toMatchObject({ clean: false })
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
