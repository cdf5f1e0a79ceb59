import { describe, expect, test } from 'vitest'
import { clubDocument, openTestServer, orderPaid } from '../server.fixture.ts'
import { deviceOf, type Signed } from './offline.fixture.ts'
import { enrolled } from './tills.fixture.ts'

// What tills do without a line, told once there is one. The clock of the server stands at noon.

const server = await openTestServer()
await server.publish(
  clubDocument.replace('rewards:\n', 'rewards:\n  mug: { kind: product, sku: MUG, price: 20 points }\n'),
)
const { call } = server
const items = [{ sku: 'MUG', name: 'Mug', price: 900 }]
await call('POST', '/v1/till-items', { items, offlineMost: 1500 })

let made = 0
async function member(points = 0) {
  const id = `offline-${++made}`
  const phone = `+4479461${String(made).padStart(5, '0')}`
  await call('POST', '/v1/members', { id, profile: { name: `Guest ${made}`, phone } })
  if (points > 0) await call('POST', '/v1/events', orderPaid(`fund-${id}`, id, points * 100))
  return { id, phone }
}
const at = (minute: number, second = 0) =>
  new Date(Date.parse('2026-03-14T10:00:00Z') + minute * 60_000 + second * 1000).toISOString()
const alarmsOf = async (till: string) =>
  (await call('GET', '/v1/till-alarms?limit=200')).body.alarms.filter((each: { till: string }) => each.till === till)
/** What a member has, without the names under which it came. */
const stateOf = async (id: string) => {
  const [{ balances, tiers }, { lots }] = [
    (await call('GET', `/v1/members/${id}`)).body,
    (await call('GET', `/v1/members/${id}/lots`)).body,
  ]
  return { balances, tiers, lots }
}

/** The same each time, as mixed as dice would have it. */
function shuffled<Part>(parts: readonly Part[], seed: number): Part[] {
  let state = seed
  const dice = parts.map((part) => {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648
    return { part, state }
  })
  return dice.toSorted((a, b) => a.state - b.state).map(({ part }) => part)
}

test('EVT-2 a hundred sales made offline on two tills for the same member end right, in whatever order they are told', async () => {
  const tills = [await deviceOf(server), await deviceOf(server)] as const
  const { id, phone } = await member()
  const entries: [number, Signed][] = []
  const totals = Array.from({ length: 100 }, (_, index) => 137 + ((index * 331) % 900))
  for (const [index, total] of totals.entries()) {
    const till = tills[index % 2 === 0 ? 0 : 1]
    entries.push([index % 2, till.entry({ at: at(index, index % 7), guest: { phone }, total })])
  }
  // Each till tells its own in parts, mixed, and part of them twice: the answer was lost.
  for (const seed of [7, 8]) {
    for (const mixed of [shuffled(entries, seed).slice(0, 60), shuffled(entries, seed + 2)]) {
      for (const till of [0, 1] as const) {
        const own = mixed.filter(([of]) => of === till).map(([, entry]) => entry)
        for (let from = 0; from < own.length; from += 20) {
          const { status, body } = await tills[till].tell(own.slice(from, from + 20))
          expect([status, new Set(body.entries.map((each: { outcome: string }) => each.outcome))]).toEqual([
            200,
            new Set(['recorded']),
          ])
        }
      }
    }
  }
  // As if there had been a line all the time.
  const other = await member()
  for (const [index, total] of totals.entries()) {
    const occurredAt = at(index, index % 7)
    await call('POST', '/v1/events', orderPaid(`line-${index}`, other.id, total, { occurredAt }))
  }
  expect(await stateOf(id)).toEqual(await stateOf(other.id))
  expect(await server.activeOf(id)).toBe(totals.reduce((sum, total) => sum + Math.floor(total / 100), 0))
  for (const { till } of tills) {
    const open = (await alarmsOf(till)).filter((each: { settledAt: string | null }) => each.settledAt === null)
    expect(open).toEqual([])
  }
  expect((await call('POST', '/v1/ledger/verify')).body).toMatchObject({ clean: true })
}, 60_000)

describe('an outbox', () => {
  test('is told again from where it broke off, and what is known is answered again', async () => {
    const till = await deviceOf(server)
    const { id, phone } = await member()
    const entries = [1, 2, 3].map((minute) => till.entry({ at: at(minute), guest: { phone }, total: 1000 }))
    const first = await till.tell(entries.slice(0, 2))
    expect(first.body).toEqual({ entries: [1, 2].map((number) => ({ number, outcome: 'recorded' })), number: 2 })
    const whole = await till.tell(entries)
    expect(whole.body).toMatchObject({ number: 3 })
    expect((await till.tell(entries)).body).toEqual(whole.body)
    expect(await server.activeOf(id)).toBe(30)
    expect(await alarmsOf(till.till)).toEqual([])
  })

  test('with a number missing raises an alarm, once, that is settled when the number comes', async () => {
    const till = await deviceOf(server)
    const { id, phone } = await member()
    const [one, two, three] = [1, 2, 3].map((minute) => till.entry({ at: at(minute), guest: { phone }, total: 1000 }))
    const tell = (...entries: (Signed | undefined)[]) => till.tell(entries.filter((each) => each !== undefined))
    await tell(one)
    expect((await tell(three)).body.entries).toEqual([{ number: 3, outcome: 'recorded' }])
    await tell(three)
    const [gap, ...others] = await alarmsOf(till.till)
    expect([gap, others]).toMatchObject([{ kind: 'gap', firstNumber: 2, lastNumber: 2, settledAt: null }, []])
    // A sale that was made is a fact: what is missing keeps nothing from counting.
    expect(await server.activeOf(id)).toBe(20)
    await tell(two)
    expect(await alarmsOf(till.till)).toMatchObject([{ kind: 'gap', settledBy: 'laurel' }])
    expect(await server.activeOf(id)).toBe(30)
  })

  test('in which a gap is filled by another entry than was sold says so, though the gap is settled', async () => {
    const till = await deviceOf(server)
    const { id, phone } = await member()
    const [one, two, three] = [1, 2, 3].map((minute) => till.entry({ at: at(minute), guest: { phone }, total: 1000 }))
    const tell = (...entries: (Signed | undefined)[]) => till.tell(entries.filter((each) => each !== undefined))
    await tell(one, three)
    const text = two?.text.replace(/:1000\b/, ':9000') ?? ''
    expect((await tell({ text, signature: till.sign(text) })).body.entries).toEqual([
      { number: 2, outcome: 'recorded' },
    ])
    const open = (await alarmsOf(till.till)).filter((each: { settledAt: string | null }) => each.settledAt === null)
    expect(open).toMatchObject([{ kind: 'chain', firstNumber: 3, reason: 'names-another' }])
    expect(await server.activeOf(id)).toBe(110)
  })

  test('that broke off while a sale was recorded means the same member, whoever has the number by then', async () => {
    const till = await deviceOf(server)
    const { id, phone } = await member()
    const entry = till.entry({ at: at(1), guest: { phone }, total: 1000 })
    await till.tell([entry])
    // As a server leaves it that is killed before it has written what came of it.
    await server.context.database.migrator.query('UPDATE till_entry SET outcome = NULL WHERE till = $1', [till.till])
    await call('POST', `/v1/members/${id}/profile`, { phone: null })
    expect((await till.tell([entry])).body.entries).toEqual([{ number: 1, outcome: 'recorded' }])
    expect(await alarmsOf(till.till)).toEqual([])
    expect(await server.activeOf(id)).toBe(10)
  })

  test('that is forged records nothing: another signature, another text, a second entry of one number', async () => {
    const [till, other] = [await deviceOf(server), await deviceOf(server)]
    const { id, phone } = await member()
    const entry = till.entry({ at: at(1), guest: { phone }, total: 1000 })
    const forged = { text: entry.text.replace('1000', '9000'), signature: entry.signature }
    expect((await till.tell([forged])).body.entries).toEqual([{ number: 1, outcome: 'refused' }])
    expect((await other.tell([entry])).body.entries).toEqual([{ number: 1, outcome: 'refused' }])
    expect((await till.tell([{ ...entry, text: 'no text of ours' }])).body.entries).toEqual([
      { number: 0, outcome: 'refused' },
    ])
    expect(await server.activeOf(id)).toBe(0)
    await till.tell([entry])
    // The device was copied, and both went on.
    const text = forged.text
    expect((await till.tell([{ text, signature: till.sign(text) }])).body.entries).toEqual([
      { number: 1, outcome: 'refused' },
    ])
    expect(await server.activeOf(id)).toBe(10)
    const kinds = (await alarmsOf(till.till)).map(({ kind, reason }: { kind: string; reason: string }) => [
      kind,
      reason,
    ])
    expect(kinds.toSorted()).toEqual([
      ['chain', 'two-of-one-number'],
      ['signature', 'unreadable'],
      ['signature', 'wrong'],
    ])
  })

  test('whose chain names another entry is recorded, and somebody is told', async () => {
    const till = await deviceOf(server)
    const { id, phone } = await member()
    const [one, two] = [1, 2].map((minute) => till.entry({ at: at(minute), guest: { phone }, total: 1000 }))
    const text = (two?.text ?? '').replace(/"previous":"[0-9a-f]{64}"/, `"previous":"${'0'.repeat(64)}"`)
    await till.tell(one === undefined ? [] : [one])
    expect((await till.tell([{ text, signature: till.sign(text) }])).body.entries).toEqual([
      { number: 2, outcome: 'recorded' },
    ])
    expect(await alarmsOf(till.till)).toMatchObject([{ kind: 'chain', reason: 'names-another', firstNumber: 2 }])
    expect(await server.activeOf(id)).toBe(20)
    const [{ id: alarm }] = await alarmsOf(till.till)
    const settled = (await call('POST', `/v1/till-alarms/${alarm}/settle`)).body
    expect(settled.settledBy).toMatch(/^key\//)
    expect((await call('POST', `/v1/till-alarms/${alarm}/settle`)).body).toEqual(settled)
    expect((await call('POST', '/v1/till-alarms/none/settle')).body).toMatchObject({ code: 'unknown-till-alarm' })
  })

  test('of a device that made no key is refused as a whole', async () => {
    const [bare, till] = [await enrolled(server), await deviceOf(server)]
    const entry = till.entry({ at: at(1), guest: { phone: '+1' }, total: 100 })
    expect((await bare.ask('outbox', { entries: [entry] })).body).toMatchObject({ code: 'till-without-key' })
  })
})

test('the clock of a till is bounded by what the server had said, and by when it is told', async () => {
  const till = await deviceOf(server)
  const { phone } = await member()
  const [late, early, right] = [
    till.entry({ at: '2026-03-15T10:00:00Z', seen: at(1), guest: { phone }, total: 1000 }),
    till.entry({ at: '2020-01-01T00:00:00Z', seen: at(5), guest: { phone }, total: 1000 }),
    till.entry({ at: at(6), seen: at(5), guest: { phone }, total: 1000 }),
  ]
  const told = await till.tell([late, early, right])
  expect(told.body.entries.map(({ outcome }: { outcome: string }) => outcome)).toEqual(Array(3).fill('recorded'))
  const alarms = await alarmsOf(till.till)
  expect(alarms.map(({ kind, firstNumber }: { kind: string; firstNumber: number }) => [kind, firstNumber])).toEqual(
    expect.arrayContaining([
      ['clock', 1],
      ['clock', 2],
    ]),
  )
  expect(alarms).toHaveLength(2)
  // Told again an hour later they count when they counted.
  server.clock.now += 3_600_000
  await till.tell([late, early, right])
  server.clock.now -= 3_600_000
  const { decisions } = (await call('GET', '/v1/decisions?limit=500')).body
  const moments = decisions
    .filter(({ event }: { event: { source: string } | null }) => event?.source === till.till)
    .map(({ event }: { event: { occurredAt: string } }) => event.occurredAt)
  expect(moments.toSorted()).toEqual([at(5), at(6), '2026-03-14T12:00:00.000Z'])
})

describe('a voucher', () => {
  const held = async (points: number, ...rewards: string[]) => {
    const { id, phone } = await member(points)
    for (const [index, reward] of rewards.entries()) {
      const redemption = { id: `hold-${id}-${index}`, member: id, reward, confirm: true }
      await call('POST', '/v1/redemptions', redemption)
    }
    return { id, phone }
  }
  const copiesAt = async (till: Awaited<ReturnType<typeof deviceOf>>, phone: string): Promise<Signed[]> =>
    (await till.ask('guests', { phone })).body.copies

  test('is honoured by a signed copy, once; what was used elsewhere meanwhile is borne and written down', async () => {
    const [here, there] = [await deviceOf(server), await deviceOf(server)]
    const { id, phone } = await held(60, 'five-off')
    const [mine, yours] = [await copiesAt(here, phone), await copiesAt(there, phone)]
    expect(mine).toHaveLength(1)
    expect(JSON.parse(mine[0]?.text ?? '')).toMatchObject({ till: here.till, reward: 'five-off', worth: 500, off: 500 })
    await here.tell([here.entry({ at: at(1), guest: { phone }, total: 2000, copies: mine })])
    const { vouchers } = (await call('GET', `/v1/members/${id}/vouchers?status=all`)).body
    expect(vouchers).toMatchObject([{ status: 'used', uses: [{ amount: 500 }] }])
    await there.tell([there.entry({ at: at(2), guest: { phone }, total: 2000, copies: yours })])
    expect(await alarmsOf(here.till)).toEqual([])
    expect(await alarmsOf(there.till)).toMatchObject([
      { kind: 'shortfall', amount: 500, reason: 'already-used', settledBy: 'laurel' },
    ])
    // Points are earned on what was paid, both times: 15 and 15, beside the 10 that were left.
    expect(await server.activeOf(id)).toBe(40)
  })

  test('is honoured by no copy of another till, none that was changed, and none that is over', async () => {
    const [here, there] = [await deviceOf(server), await deviceOf(server)]
    const { id, phone } = await held(60, 'five-off')
    const [copy] = await copiesAt(there, phone)
    const forged = { text: (copy?.text ?? '').replace(there.till, here.till), signature: copy?.signature ?? '' }
    for (const [minute, wrong] of [copy, forged].entries()) {
      if (wrong === undefined) continue
      await here.tell([here.entry({ at: at(minute), guest: { phone }, total: 2000, copies: [wrong] })])
    }
    expect((await call('GET', `/v1/members/${id}/vouchers`)).body.vouchers).toMatchObject([{ status: 'open' }])
    expect(await alarmsOf(here.till)).toMatchObject([
      { kind: 'signature', reason: 'copy' },
      { kind: 'signature', reason: 'copy' },
    ])
    // The sale is a fact all the same, and earns on all of it: nothing was shown to have been taken off.
    expect(await server.activeOf(id)).toBe(50)
  })

  test('beyond what may be honoured for a member in a day is told to somebody, and never given a copy at all', async () => {
    const till = await deviceOf(server)
    const { phone } = await held(200, 'five-off', 'five-off', 'mug')
    const copies = await copiesAt(till, phone)
    expect(copies).toHaveLength(3)
    await till.tell([till.entry({ at: at(1), guest: { phone }, total: 4000, copies })])
    expect(await alarmsOf(till.till)).toEqual(
      expect.arrayContaining([expect.objectContaining({ kind: 'beyond-limit', amount: 400 })]),
    )
    await call('POST', '/v1/till-items', { items, offlineMost: 600 })
    const next = await held(100, 'five-off', 'mug')
    expect((await copiesAt(till, next.phone)).map(({ text }) => JSON.parse(text).reward)).toEqual(['five-off'])
    await call('POST', '/v1/till-items', { items, offlineMost: 0 })
    expect(await copiesAt(till, next.phone)).toEqual([])
    await call('POST', '/v1/till-items', { items, offlineMost: 1500 })
  })
})

test('a sale whose answer got lost, and that was kept then, counts once, with what was used for it', async () => {
  const till = await deviceOf(server)
  const { id, phone } = await member(60)
  const { visit } = (await till.ask('guests', { phone })).body
  const [sold, unsold] = ['sale-that-came', 'sale-that-did-not']
  const lines = [{ sku: 'sale', quantity: 1, total: 1000 }]
  for (const sale of [sold, unsold]) {
    await till.ask('redemptions', { act: `mug-of-${sale}`, visit, sale, reward: 'mug' })
  }
  expect((await till.ask('sales', { sale: sold, visit, lines })).status).toBe(200)
  const entries = [sold, unsold].map((sale) =>
    till.entry({ at: '2026-03-14T12:00:00.000Z', guest: { visit }, total: 1000, sale }),
  )
  const outcomes = [1, 2].map((number) => ({ number, outcome: 'recorded' }))
  expect((await till.tell(entries)).body.entries).toEqual(outcomes)
  expect(await alarmsOf(till.till)).toEqual([])
  expect(await server.activeOf(id)).toBe(60 - 40 + 20)
})

test('a number that nobody has, and a sale that the program rejects, are not lost: somebody is told', async () => {
  const till = await deviceOf(server)
  const { phone } = await member()
  const old = till.entry({ at: '2025-12-01T10:00:00Z', guest: { phone }, total: 700 })
  const nobody = till.entry({ at: at(1), guest: { phone: '+49000' }, total: 800 })
  expect((await till.tell([old, nobody])).body.entries).toEqual([
    { number: 1, outcome: 'not-recorded' },
    { number: 2, outcome: 'nobody' },
  ])
  const alarms = await alarmsOf(till.till)
  expect(alarms).toEqual(
    expect.arrayContaining([
      expect.objectContaining({ kind: 'not-recorded', amount: 700, reason: 'overdue' }),
      expect.objectContaining({ kind: 'nobody', amount: 800 }),
    ]),
  )
  // No number of anybody's is kept.
  const { rows } = await server.context.database.migrator.query('SELECT * FROM till_entry NATURAL FULL JOIN till_alarm')
  expect(JSON.stringify(rows)).not.toContain('+49000')
})
