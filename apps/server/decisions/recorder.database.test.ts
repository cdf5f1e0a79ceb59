import type { EventInput } from '@laurel/contract'
import { evolve, isSameState, type Member, newMember, replay, withoutRows } from '@laurel/engine'
import { chainHash, chainStart, type DecisionEntry } from '@laurel/ledger'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { freshDatabase } from '../../../test/database/fresh-database.ts'
import { transaction } from '../db/transaction.ts'
import { memberStateOf, passedBy, readHistory } from './history.ts'
import { bucketOf } from './identity.ts'
import {
  activeOf,
  decisionOf,
  noon,
  openRecording,
  order,
  publish,
  refund,
  reserve,
  sent,
  simpleProgram,
} from './recording.fixture.ts'
import type { Answer } from './submission.ts'

const database = await freshDatabase()
const { context, clock } = openRecording(database)
const { recorder } = context

beforeAll(async () => {
  await publish(context, 'simple')
})
afterAll(async () => {
  await recorder.close()
})

const record = (event: Parameters<typeof sent>[1], history = false) => recorder.record(sent('simple', event, history))
const ask = (member: string, event: ReturnType<typeof reserve>) => recorder.record({ program: 'simple', member, event })

async function rowsOf(table: string, program = 'simple'): Promise<number> {
  const { rows } = await database.migrator.query(`SELECT count(*)::int AS n FROM ${table} WHERE program = $1`, [
    program,
  ])
  return rows[0].n
}

/** A member's rows agree with one another: state, balances, ledger, chain, and what its events come to when judged anew. */
async function expectSound(member: string, program = 'simple') {
  const owner = { bucket: bucketOf(program, member), program, id: member }
  const key = [owner.bucket, program, member]
  const {
    rows: [stored],
  } = await database.migrator.query(
    'SELECT state, hash, seq, transfer_count FROM member WHERE bucket = $1 AND program = $2 AND id = $3',
    key,
  )
  const state = memberStateOf(owner, stored.state)
  const history = await transaction(database.application, (tx) => readHistory(tx, owner))
  const found = await context.timelines.of(program)
  if (found === null) throw new Error('the program is published')
  const folded = history.effects.reduce((before, effects) => evolve(before, effects), newMember())
  expect(isSameState(withoutRows(folded), state)).toBe(true)
  const replayed = replay(found.timeline, history.events, passedBy(found, state)).member
  expect(isSameState(withoutRows(replayed), state)).toBe(true)

  const balances = await database.migrator.query(
    'SELECT asset, pending, active, held, debt FROM balance WHERE bucket = $1 AND program = $2 AND member = $3 ORDER BY asset',
    key,
  )
  const own = state.assets.map(({ asset, pending, active, held, debt }) => ({ asset, pending, active, held, debt }))
  expect(balances.rows).toEqual(own.toSorted((a, b) => (a.asset < b.asset ? -1 : 1)))
  const posted = await database.migrator.query(
    `SELECT asset, sum(CASE WHEN to_account = 'active' THEN amount WHEN from_account = 'active' THEN -amount ELSE 0 END)::int AS active
     FROM transfer WHERE bucket = $1 AND program = $2 AND member = $3 GROUP BY asset ORDER BY asset`,
    key,
  )
  for (const { asset, active } of posted.rows) expect(own.find((each) => each.asset === asset)?.active).toBe(active)

  let hash = chainStart(program, member)
  const decisions = await database.migrator.query(
    'SELECT seq, recorded_at, engine, content, content_hash, effects, because, hash FROM decision WHERE bucket = $1 AND program = $2 AND member = $3 ORDER BY seq',
    key,
  )
  for (const row of decisions.rows) {
    const event = row.content === null ? null : JSON.parse(row.content)
    const entry: DecisionEntry = {
      seq: row.seq,
      event: event === null ? null : { source: event.source, id: event.id, hash: row.content_hash.toString('hex') },
      recordedAt: new Date(row.recorded_at).getTime(),
      engine: row.engine,
      because: row.because,
      effects: JSON.parse(row.effects),
    }
    hash = chainHash(hash, entry)
    expect(row.hash.toString('hex')).toBe(hash)
  }
  expect(stored.hash.toString('hex')).toBe(hash)
  expect(stored.seq).toBe(decisions.rows.length)
  return state
}

describe('identity', () => {
  test('EVT-1 vector 16: the same event again is answered with the same bytes, and writes nothing', async () => {
    const first = await record(order('ida', 'i1', 10_000))
    const before = await rowsOf('decision')
    const again = await record(order('ida', 'i1', 10_000))
    expect(first.status).toBe('recorded')
    expect(again).toEqual({ ...first, status: 'repeated' })
    expect(activeOf(first)).toBe(100)
    expect(await rowsOf('decision')).toBe(before)
  })

  test('EVT-1 vector 16: the same identity with an amount changed by one is a conflict with both hashes, and writes nothing', async () => {
    await record(order('idb', 'i2', 10_000))
    const before = await rowsOf('decision')
    const answer = await record(order('idb', 'i2', 10_001))
    expect(answer).toMatchObject({ status: 'conflict', code: 'other-content' })
    if (answer.status === 'conflict') expect(answer.sentHash).not.toBe(answer.storedHash)
    expect(await rowsOf('decision')).toBe(before)
    await expectSound('idb')
  })

  test('EVT-1 vector 16: the same identity for another member is a conflict', async () => {
    await record(order('idc', 'i3', 10_000))
    expect(await record(order('idd', 'i3', 10_000))).toMatchObject({ status: 'conflict', code: 'other-member' })
    const { rows } = await database.migrator.query("SELECT id FROM member WHERE id = 'idd'")
    expect(rows).toEqual([])
  })

  test('EVT-1: one batch with an event twice, changed, and for another member', async () => {
    // In one lane, since two lanes would race for the identity.
    const { context: oneLane } = openRecording(database, { lanes: 1 })
    const answers = await oneLane.recorder.recordMany([
      sent('simple', order('ide', 'i4', 5_000)),
      sent('simple', order('ide', 'i4', 5_000)),
      sent('simple', order('ide', 'i4', 5_001)),
      sent('simple', order('idf', 'i4', 5_000)),
    ])
    expect(answers.map(({ status }) => status)).toEqual(['recorded', 'repeated', 'conflict', 'conflict'])
    expect(activeOf(answers[1])).toBe(50)
    await oneLane.recorder.close()
  })

  test('EVT-1: an order under a new event id is repeated if equal, else it says how the order is now', async () => {
    const first = await record(order('idg', 'i5', 10_000, 60))
    const same = await record(order('idg', 'i5', 10_000, 60, 'paid-again'))
    expect(same).toEqual({ ...first, status: 'repeated' })
    const edited = await record(order('idg', 'i5', 15_000, 40, 'paid-differently'))
    expect(edited.status).toBe('recorded')
    expect(activeOf(edited)).toBe(150)
    // Said again later it is no repetition: it takes the edit back.
    expect(activeOf(await record(order('idg', 'i5', 10_000, 35, 'paid-as-before')))).toBe(100)
    expect(await record(order('idh', 'i5', 15_000, 30, 'paid-elsewhere'))).toMatchObject({ code: 'other-member' })
    await expectSound('idg')
  })

  test('EVT-1: an order sent again with another moment happened at the first, whichever came first', async () => {
    for (const [member, moments] of [
      ['idk', [60, 40]],
      ['idl', [40, 60]],
    ] as const) {
      for (const at of moments) {
        const answer = await record(order(member, `moved-${member}`, 10_000, at, `sent-at-${at}-${member}`))
        expect([answer.status, activeOf(answer)]).toEqual(['recorded', 100])
      }
      await expectSound(member)
    }
    const { rows } = await database.migrator.query(
      `SELECT DISTINCT effective FROM (
         SELECT effective, sum(CASE from_account WHEN 'issued' THEN amount ELSE -amount END) AS given FROM transfer
         WHERE member IN ('idk', 'idl') AND 'issued' IN (from_account, to_account) GROUP BY member, effective) each
       WHERE given <> 0`,
    )
    expect(rows).toHaveLength(1)
  })

  test('EVT-1: a refused request is refused again with the same bytes', async () => {
    await record(order('idi', 'i6', 5_000))
    const first = await ask('idi', reserve('r-idi', 'sixty'))
    expect(decisionOf(first).refusal).toEqual({ code: 'short', shortBy: 10 })
    await record(order('idi', 'i7', 5_000))
    expect(await ask('idi', reserve('r-idi', 'sixty'))).toEqual({ ...first, status: 'repeated' })
    await expectSound('idi')
  })
})

describe('what is not accepted', () => {
  const cases: [string, Parameters<typeof record>[0], Partial<Answer>][] = [
    [
      'EVT-4: more than five minutes ahead',
      order('una', 'u1', 100, -6),
      { code: 'from-the-future' } as Partial<Answer>,
    ],
    [
      'AMT-4: another currency without a rate',
      { ...order('una', 'u2', 100), order: { ...order('una', 'u2', 100).order, currency: 'EUR' } },
      { code: 'currency-mismatch' } as Partial<Answer>,
    ],
    [
      'an activity that nobody declared',
      {
        type: 'activity.dance',
        id: 'u3',
        source: 'shop',
        member: 'una',
        occurredAt: new Date(noon).toISOString(),
        place: null,
        channel: null,
        facts: {},
      },
      { code: 'unknown-activity' } as Partial<Answer>,
    ],
    [
      'a fact of another kind',
      {
        type: 'activity.review',
        id: 'u4',
        source: 'shop',
        member: 'una',
        occurredAt: new Date(noon).toISOString(),
        place: null,
        channel: null,
        facts: { words: 'many' },
      },
      { code: 'wrong-facts' } as Partial<Answer>,
    ],
  ]
  for (const [title, event, expected] of cases) {
    test(title, async () => {
      expect(await record(event)).toMatchObject({ status: 'rejected', ...expected })
      const { rows } = await database.migrator.query("SELECT id FROM member WHERE id = 'una'")
      expect(rows).toEqual([])
    })
  }

  test('a program that nobody published', async () => {
    expect(await recorder.record(sent('nowhere', order('una', 'u5', 100)))).toMatchObject({ code: 'unknown-program' })
  })

  test('an unknown member, where the program refuses those', async () => {
    await publish(
      context,
      'strict',
      simpleProgram('strict').replace('unknownMembers: create', 'unknownMembers: refuse'),
    )
    expect(await recorder.record(sent('strict', order('stranger', 'u6', 100)))).toMatchObject({
      code: 'unknown-member',
    })
    expect(await rowsOf('member', 'strict')).toBe(0)
  })

  test('EVT-4: later than the program accepts is overdue and waits once for a person; a history never is', async () => {
    const old = order('unb', 'u7', 10_000, '2026-05-01T10:00:00Z')
    expect(await record(old)).toMatchObject({ status: 'rejected', code: 'overdue' })
    expect(await record(old)).toMatchObject({ status: 'rejected', code: 'overdue' })
    expect(await record(order('unb', 'u7', 10_001, '2026-05-01T10:00:00Z'))).toMatchObject({ status: 'conflict' })
    expect(await rowsOf('overdue_fact')).toBe(1)
    expect(activeOf(await record(old, true))).toBe(100)
  })

  test('EVT-4: a history ends where the past is closed, each event on its own; a later version may open more', async () => {
    const openFrom = (day: string) =>
      publish(context, 'closed', simpleProgram('closed').replace('then: person', `then: person, historyFrom: ${day}`))
    await openFrom('2026-04-01')
    const bring = (id: string, at: string) =>
      recorder.record({ ...sent('closed', order('cla', id, 10_000, at)), history: true })
    const first = '2026-03-31T22:59:59.999Z'
    expect(await bring('h1', first)).toMatchObject({
      ...{ status: 'rejected', code: 'closed-period' },
      detail: expect.stringContaining('2026-04-01T00:00:00.000, from which on the past is open'),
    })
    expect(await bring('h2', '2026-03-31T23:00:00Z')).toMatchObject({ status: 'recorded' })
    await openFrom('2026-01-01')
    expect(await bring('h1', first)).toMatchObject({ status: 'recorded' })
  })

  test('AMT-4: an order keeps its currency, in one batch, in the next, and where the change comes late', async () => {
    const inYen = (type: 'order.edited' | 'order.paid', event: string, at: number): Parameters<typeof record>[0] => {
      const paid = order('yuki', 'y1', 13_000, at, event)
      const rate = { numerator: 6, denominator: 1000, on: '2026-06-15' }
      return { ...paid, type, order: { ...paid.order, currency: 'JPY', rate } }
    }
    const mismatch = {
      ...{ status: 'rejected', code: 'currency-mismatch' },
      detail: 'the order shop/y1 is in GBP, and keeps its currency: not JPY',
    }
    const [bought, edited] = await Promise.all([
      record(order('yuki', 'y1', 8000, 60)),
      record(inYen('order.edited', 'y-edit', 50)),
    ])
    expect(bought.status).toBe('recorded')
    expect(edited).toEqual(mismatch)
    expect(activeOf(await record(refund('yuki', 'y1', 'y-back', 4000, 10)))).toBe(40)
    expect(await record(inYen('order.edited', 'y-edit', 5))).toEqual(mismatch)
    // Late: before the refund, and before the order itself.
    expect(await record(inYen('order.edited', 'y-late', 30))).toEqual(mismatch)
    expect(await record(inYen('order.paid', 'y-again', 90))).toEqual(mismatch)
    expect(activeOf(await record(order('yuki', 'y2', 100)))).toBe(41)
    await expectSound('yuki')
  })

  test('EVT-1: a refund of another member’s order', async () => {
    await record(order('unc', 'u8', 10_000, 10))
    expect(await record(refund('und', 'u8', 'ru8', 100))).toMatchObject({ code: 'order-of-another-member' })
  })
})

describe('late facts', () => {
  test('EVT-2: a late order is judged in its place, and what the ledger says otherwise is corrected', async () => {
    await record(order('lta', 'l1', 30_000, 30))
    const late = await record(order('lta', 'l2', 20_000, 60))
    expect(decisionOf(late)).toMatchObject({ late: true, tiers: [{ from: null, to: 'plain' }] })
    expect(activeOf(late)).toBe(500)
    const state = await expectSound('lta')
    expect(state.ladders[0]?.level).toBe('gold')
    const next = await record(order('lta', 'l3', 100, 5))
    expect(activeOf(next)).toBe(501)
    await expectSound('lta')
  })

  test('EVT-5: a late edit is answered with what it gave, also where it stands just before its order', async () => {
    const edited = (id: string, event: string, amount: number, at: number) =>
      ({ ...order('ltg', id, amount, at, event), type: 'order.edited' }) as const
    await record(order('ltg', 'le1', 10_000, 60))
    await record(order('ltg', 'le2', 10_000, 30))
    const after = decisionOf(await record(edited('le1', 'edit-1', 15_000, 40)))
    expect(after).toMatchObject({ late: true, earned: [{ rule: 'base', amount: 50 }, { amount: 50 }] })
    // In one instant, and by its id before the order: it acts directly after it.
    const before = decisionOf(await record(edited('le2', 'a-edit', 17_000, 30)))
    expect(before).toMatchObject({ late: true, earned: [{ rule: 'base', amount: 70 }, { amount: 70 }] })
    expect(before.waits).toBeUndefined()
    await expectSound('ltg')
  })

  test('EVT-2 vector 6: sent ten times, shuffled, its refund first: the same as in order', async () => {
    await publish(context, 'tidy')
    const events = (member: string) => [
      order(member, 'o1', 10_000, 600),
      order(member, 'o2', 45_000, 500),
      refund(member, 'o1', 'f1', 4_000, 400),
      order(member, 'o3', 7_700, 300),
      refund(member, 'o2', 'f2', 45_000, 200),
      refund(member, 'o3', 'f3', 9_900, 100),
    ]
    for (const event of events('ltb')) await recorder.record(sent('tidy', event))
    const shuffled = Array.from({ length: 10 }, (_, turn) => rotated(events('ltb'), turn * 2 + 4)).flat()
    expect(shuffled[0]?.type).toBe('refund.made')
    for (const event of shuffled) await record(event)
    const tidy = await expectSound('ltb', 'tidy')
    const wild = await expectSound('ltb', 'simple')
    expect(wild.assets).toEqual(tidy.assets)
    expect(wild.ladders).toEqual(tidy.ladders)
    expect(await netTotals('ltb', 'simple')).toEqual(await netTotals('ltb', 'tidy'))
    expect(await openQueue('ltb', 'simple')).toEqual(await openQueue('ltb', 'tidy'))
  })

  test('EVT-2: ten times shuffled in one batch', async () => {
    await publish(context, 'batch')
    const events = ['o1', 'o2', 'o3', 'o4'].map((id, index) => order('ltc', id, 10_000 + index, 400 - index * 60))
    const mixed = Array.from({ length: 10 }, (_, turn) => rotated(events, turn * 3 + 3)).flat()
    const answers = await recorder.recordMany(mixed.map((event) => sent('batch', event)))
    expect(answers.filter(({ status }) => status === 'recorded')).toHaveLength(4)
    expect(answers.filter(({ status }) => status === 'repeated')).toHaveLength(36)
    const state = await expectSound('ltc', 'batch')
    expect(state.assets[0]?.active).toBe(400)
  })

  test('EVT-2 vector 6: a redemption that was refused stays refused when a second earn comes late', async () => {
    await record(order('ltd', 'l7', 5_000, 120))
    const answer = await ask('ltd', reserve('r-ltd', 'sixty'))
    expect(decisionOf(answer).refusal).toEqual({ code: 'short', shortBy: 10 })
    expect(activeOf(await record(order('ltd', 'l8', 5_000, 60)))).toBe(100)
    const state = await expectSound('ltd')
    expect(state.holds).toEqual([])
  })

  test('EVT-5: a refund that comes before its order, by its own moment too, waits in the queue until the order takes it', async () => {
    const first = await record(refund('ltf', 'l11', 'f11', 4_000, 60))
    expect(decisionOf(first)).toMatchObject({ waits: true })
    expect(await openQueue('ltf', 'simple')).toMatchObject([{ reason: 'order-unknown', amount: 4_000 }])
    expect(activeOf(await record(order('ltf', 'l11', 10_000, 30)))).toBe(60)
    expect(await openQueue('ltf', 'simple')).toEqual([])
    await record(refund('ltf', 'l12', 'f12', 9_000, 20))
    expect(activeOf(await record(order('ltf', 'l12', 7_000, 10)))).toBe(60)
    expect(await openQueue('ltf', 'simple')).toMatchObject([{ reason: 'more-than-left', amount: 2_000 }])
    await expectSound('ltf')
  })

  test('EVT-2: late facts of many members in one batch, each between requests of its own', async () => {
    const members = Array.from({ length: 20 }, (_, index) => `ltm-${index}`)
    await recorder.recordMany(members.map((member) => sent('simple', order(member, `${member}-b`, 5_000, 50))))
    const answers = await recorder.recordMany(
      members.flatMap((member) => [
        sent('simple', order(member, `${member}-a`, 5_000, 90)),
        { program: 'simple', member, event: reserve(`r-${member}`, 'sixty') },
        sent('simple', refund(member, `${member}-a`, `${member}-f`, 1_000, 80)),
      ]),
    )
    expect(answers.every(({ status }) => status === 'recorded')).toBe(true)
    expect(answers.every((answer) => decisionOf(answer).refusal === undefined)).toBe(true)
    for (const member of members) expect((await expectSound(member)).assets[0]).toMatchObject({ active: 30, held: 60 })
  })

  test('EVT-2 R4: any arrival of the same facts ends in the same state (fast-check)', async () => {
    await publish(context, 'any')
    const fact = fc.record({
      kind: fc.constantFrom('order', 'edit', 'refund', 'refund', 'activity'),
      order: fc.integer({ min: 0, max: 3 }),
      amount: fc.integer({ min: 1, max: 60_000 }),
      minutes: fc.integer({ min: 1, max: 40 }),
    })
    let run = 0
    const arrival = fc.record({
      facts: fc.array(fact, { minLength: 3, maxLength: 10 }),
      order: fc.infiniteStream(fc.nat()),
    })
    await fc.assert(
      fc.asyncProperty(arrival, async ({ facts, order: weights }) => {
        run += 1
        const events = (member: string) =>
          facts.map(({ kind, order: number, amount, minutes }, index): EventInput => {
            const id = `${member}-${number}`
            const at = minutes * 10_000 // some share a moment, most are days apart
            if (kind === 'order') return order(member, id, amount, at, `${member}-p${number}`)
            if (kind === 'edit')
              return { ...order(member, id, amount, at, `${member}-e${index}`), type: 'order.edited' }
            if (kind === 'refund') return refund(member, id, `${member}-f${index}`, amount, at)
            const words = amount % 20
            const occurredAt = new Date(noon - at * 60_000).toISOString()
            return {
              type: 'activity.review',
              id: `${member}-v${index}`,
              source: 'shop',
              member,
              occurredAt,
              place: null,
              channel: null,
              facts: { words },
            }
          })
        // The same identity twice is one fact: the first one sent wins, and must be the same one in both arrivals.
        const distinct = (member: string) => [
          ...new Map(
            events(member)
              .toReversed()
              .map((event) => [event.id, event]),
          ).values(),
        ]
        const tidy = distinct(`tidy-${run}`).toSorted((a, b) => (a.occurredAt < b.occurredAt ? -1 : 1))
        const keys = [...weights.take(20)]
        const wild = distinct(`wild-${run}`)
          .map((event, index) => ({ event, key: keys[index] ?? 0 }))
          .sort((a, b) => a.key - b.key)
          .map(({ event }) => event)
        for (const event of tidy) expect((await recorder.record(sent('any', event, true))).status).toBe('recorded')
        const half = Math.ceil(wild.length / 2)
        await recorder.recordMany(wild.slice(0, half).map((event) => sent('any', event, true)))
        for (const event of [...wild.slice(half), ...wild]) await recorder.record(sent('any', event, true))
        const one = await expectSound(`tidy-${run}`, 'any')
        const two = await expectSound(`wild-${run}`, 'any')
        const named = (state: Member) =>
          JSON.parse(JSON.stringify({ ...state, seq: 0 }).replaceAll(/(tidy|wild)-\d+/g, 'member'))
        expect(isSameState(named(two), named(one))).toBe(true)
        const totals = async (member: string) =>
          JSON.parse(JSON.stringify(await netTotals(member, 'any')).replaceAll(/(tidy|wild)-\d+/g, 'member'))
        expect(await totals(`wild-${run}`)).toEqual(await totals(`tidy-${run}`))
      }),
      { numRuns: 40, endOnFailure: true },
    )
  })

  test('REF-4: an order refunded before its redemption is confirmed gets the points back with the confirmation', async () => {
    await record(order('leg', 'pl1', 10_000, 90))
    await ask('leg', reserve('r-leg', 'sixty'))
    const points = { by: 'points', amount: 600, redemption: 'rdm-r-leg' } as const
    const bought = order('leg', 'pl2', 1_000, -0.5)
    await record({ ...bought, order: { ...bought.order, payments: [points, { by: 'money', amount: 400 }] } })
    await record(refund('leg', 'pl2', 'fpl2', 1_000, -1))
    const confirm = { type: 'redemption.confirm', source: 'laurel', id: 'c-leg', redemption: 'rdm-r-leg' } as const
    const confirmed = await recorder.record({ program: 'simple', member: 'leg', event: confirm })
    expect(decisionOf(confirmed)).toMatchObject({ amount: 60, remarks: [{ type: 'refunded' }, { type: 'confirmed' }] })
    const state = await expectSound('leg')
    expect(state.assets[0]).toMatchObject({ active: 100, held: 0, debt: 0 })
    expect(state.owed).toEqual([])
    const { rows } = await database.migrator.query("SELECT record FROM finished_hold WHERE redemption = 'rdm-r-leg'")
    expect(JSON.parse(rows[0].record)).toMatchObject({ end: 'confirmed', returned: 60, returnsFor: 'shop/pl2' })
    // A late fact makes all of it be judged again, and nothing of it changes.
    expect(activeOf(await record(order('leg', 'pl0', 5_000, 120)))).toBe(150)
    await expectSound('leg')
  })

  test('EVT-2 vector 28: a reservation granted before a late refund leaves debt, and repays it when it times out', async () => {
    await record(order('lte', 'l9', 10_000, 120))
    expect(decisionOf(await ask('lte', reserve('r-lte', 'sixty', 60_000))).refusal).toBeUndefined()
    const late = decisionOf(await record(refund('lte', 'l9', 'fl9', 10_000, 60)))
    expect(late.balances[0]).toEqual({ asset: 'points', pending: 0, active: 0, held: 60, debt: 60 })
    await expectSound('lte')
    clock.now = noon + 120_000
    expect(await recorder.passTime([{ program: 'simple', member: 'lte' }])).toBe(1)
    clock.now = noon
    const state = await expectSound('lte')
    expect(state.assets[0]).toMatchObject({ active: 0, held: 0, debt: 0 })
  })
})

const rotated = <Item>(items: readonly Item[], by: number): Item[] => {
  const at = by % items.length
  return [...items.slice(at), ...items.slice(0, at)]
}

async function netTotals(member: string, program: string) {
  const { rows } = await database.migrator.query(
    `SELECT cause, rule, asset, sum(CASE WHEN from_account IN ('issued', 'adjusted', 'expired', 'redeemed') THEN amount
            WHEN to_account IN ('issued', 'adjusted', 'expired', 'redeemed') THEN -amount ELSE 0 END)::int AS net
     FROM transfer WHERE program = $1 AND member = $2 GROUP BY cause, rule, asset ORDER BY cause, rule, asset`,
    [program, member],
  )
  return rows.filter(({ net }) => net !== 0)
}

async function openQueue(member: string, program: string) {
  const { rows } = await database.migrator.query(
    'SELECT source, id, amount, reason FROM unmatched_refund WHERE program = $1 AND member = $2 AND outcome IS NULL ORDER BY id',
    [program, member],
  )
  return rows
}
