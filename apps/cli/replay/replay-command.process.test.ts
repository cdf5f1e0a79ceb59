import { readFileSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, test, vi } from 'vitest'
import { columns, mappingText, openCommandLine, program } from '../command-line.fixture.ts'

vi.setConfig({ testTimeout: 30_000 }) // each command is a process of its own, half a second of work

const { folder, run: laurel, fileWith } = openCommandLine('replay-command')

const order = (id: string, total: number) =>
  JSON.stringify({
    ...{ type: 'order.paid', id, source: 'shop', member: 'm1', occurredAt: '2026-03-01T12:00:00Z' },
    order: { id, currency: 'GBP', lines: [{ id: '1', sku: 'A', quantity: 1, total }] },
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
    expect(laurel('replay', program, events, '--effects', events)).toMatchObject({
      status: 2,
      stderr: expect.stringContaining('reads this file'),
    })
    expect(readFileSync(events, 'utf8')).toContain(order('2', 250))
    const until = (text: string) => laurel('replay', program, events, '--until', text, '--json')
    expect(JSON.parse(until('2026-03-01T14:00:00+01:00').stdout).until).toBe('2026-03-01T13:00:00.000Z')
    expect(until('2026-03-01T14:00:00')).toMatchObject({
      status: 2,
      stderr: expect.stringContaining('with its offset'),
    })
    const empty = fileWith('empty.ndjson', '')
    expect(laurel('replay', program, empty)).toMatchObject({
      status: 0,
      stdout: expect.stringContaining('the file has no lines: there is nothing in it\n'),
    })
    const nothing = laurel('replay', program, empty, '--json')
    expect(JSON.parse(nothing.stdout)).toMatchObject({ until: null, members: 0 })
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
    const told = stdout.slice(stdout.indexOf('rejected: ')).trimEnd().split('\n')
    expect(told).toEqual([
      'rejected: 4',
      expect.stringMatching(/^ {2}line 2: the event is no JSON/),
      '  line 3: shop/1: identity-conflict: the id stands for other content',
      '  line 4: shop/2: currency-mismatch: USD without a rate to GBP',
      expect.stringMatching(/^ {2}line 5: \/order\/lines\/0\/quantity /),
    ])
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
    const others = "the order shop/1 is another member's"
    const kept = 'the order shop/1 is in GBP, and keeps its currency: not EUR'
    expect(told.rejections).toEqual([
      { fileLine: 1, event: 'shop/0', member: 'other', reason: expect.stringMatching(/^from-the-future: /) },
      { fileLine: 3, event: 'shop/2', member: 'other', reason: `other-member: ${others}` },
      { fileLine: 4, event: 'shop/3', member: 'm1', reason: `currency-mismatch: ${kept}` },
      { fileLine: 5, event: 'shop/4', member: 'third', reason: `order-of-another-member: ${others}` },
    ])
  })

  test('rejects members whom nobody has created, where the program refuses them, as a server does', () => {
    const strict = fileWith(
      'strict.yaml',
      readFileSync(program, 'utf8').replace('unknownMembers: create', 'unknownMembers: refuse'),
    )
    const joined = { type: 'member.joined', id: 'j', source: 'shop', member: 'm1', occurredAt: '2026-01-01T12:00:00Z' }
    const lines = [order('1', 1000), JSON.stringify(joined), order('1', 1000), order('2', 100).replace('"m1"', '"m2"')]
    const { status, stdout } = laurel('replay', strict, fileWith('strict.ndjson', lines.join('\n')), '--json')
    expect(status).toBe(1)
    expect(JSON.parse(stdout)).toMatchObject({
      ...{ members: 1, rejected: 2, assets: { points: { closing: { active: 10 } } } },
      rejections: [1, 4].map((fileLine) => ({ fileLine, reason: expect.stringMatching(/^unknown-member: /) })),
    })
  })

  test('EVT-1 what was rejected is looked at anew when it comes again, and the same name then stands for what is taken', () => {
    const inDollars = order('1', 1000).replace('GBP', 'USD')
    const events = fileWith('again.ndjson', [inDollars, inDollars, order('1', 1000), order('1', 1000)].join('\n'))
    const told = JSON.parse(laurel('replay', program, events, '--json').stdout)
    expect(told).toMatchObject({ members: 1, repeated: 1, rejected: 2, rejections: [{ fileLine: 1 }, { fileLine: 2 }] })
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
      `${columns},Of`,
      '7,18,kettle,2,2026-03-01,10.00,',
      // Named as the refund of the next line is.
      'C7:7,18,kettle,1,2026-03-02,30.00,',
      'C7,,kettle,-1,2026-03-03,10.00,7',
    ].join('\n')
    const mapping = fileWith(
      'naming.yaml',
      `${mappingText.replace('unitPrice: Price', 'unitPrice: Price, refundOf: Of')}cancellation: { column: Items, is: negative }\n`,
    )
    const named = laurel('replay', program, fileWith('shop.csv', shop), '--mapping', mapping, '--json')
    expect(JSON.parse(named.stdout)).toMatchObject({
      ...{ members: 1, rejected: 1 },
      rejections: [{ event: 'shop/C7:7', reason: 'identity-conflict: the id stands for other content' }],
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
    const csv = fileWith('dollars.csv', `${columns}\n1,ada,A,1,2026-03-01,1.00\n`)
    const mapping = fileWith('dollars.yaml', mappingText.replace('GBP', 'USD'))
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
    const csv = fileWith('orders.csv', `${columns}\n`)
    expect(laurel('replay', program, csv)).toMatchObject({ status: 2, stderr: expect.stringContaining('--mapping') })
    const mapping = fileWith('mapping.yaml', mappingText.replace('Customer', 'Custmer'))
    const { status, stderr } = laurel('replay', program, csv, '--mapping', mapping)
    expect(status).toBe(2)
    expect(stderr).toContain('did you mean "Customer"?')
  })
})
