import { describe, expect, test } from 'vitest'
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
import { openSimpleRecording } from './simple-recording.fixture.ts'
import { soundMember } from './sound-member.fixture.ts'
import type { Answer } from './submission.ts'

const { database, context, recorder, record, ask } = await openSimpleRecording()
const expectSound = (member: string, program = 'simple') => soundMember(context, member, program)

async function rowsOf(table: string, program = 'simple'): Promise<number> {
  const { rows } = await database.migrator.query(`SELECT count(*)::int AS n FROM ${table} WHERE program = $1`, [
    program,
  ])
  return rows[0].n
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
    const detail = 'it happened at 2026-05-01T10:00:00.000Z, before what the program accepts; it is kept for a person'
    expect(await record(old)).toEqual({ status: 'rejected', code: 'overdue', detail })
    expect(await record(old)).toEqual({ status: 'rejected', code: 'overdue', detail })
    expect(await record(order('unb', 'u7', 10_001, '2026-05-01T10:00:00Z'))).toMatchObject({ status: 'conflict' })
    expect(await rowsOf('overdue_fact')).toBe(1)
    expect(activeOf(await record(old, true))).toBe(100)
  })

  test('EVT-4: overdue facts that come at once wait once each, and whoever says something else under the same id is told', async () => {
    const old = (amount: number) => sent('simple', order('unc', 'u8', amount, '2026-05-01T10:00:00Z'))
    const answers = await context.recorder.recordMany([old(10_000), old(10_000), old(10_001)])
    expect(answers.map(({ status }) => status)).toEqual(['rejected', 'rejected', 'conflict'])
    const { rows } = await database.migrator.query(`SELECT id FROM overdue_fact WHERE member = 'unc'`)
    expect(rows).toEqual([{ id: 'paid-u8' }])
  })

  test('EVT-4: a fact whose time passes while it is decided is recorded or waits for a person, at whichever look', async () => {
    const outcomes = new Set<string>()
    for (let look = 1; look <= 4; look += 1) {
      const { context: hurried, clock } = openRecording(database)
      const member = `und${look}`
      await hurried.recorder.record(sent('simple', order(member, `n${look}`, 100, '2026-06-15T11:00:00Z')))
      let looks = 0
      Object.defineProperty(clock, 'now', { get: () => noon + (++looks > look ? 60_000 : 0) })
      const { status } = await hurried.recorder.record(
        sent('simple', order(member, `o${look}`, 100, '2026-05-16T12:00:30Z')),
      )
      await hurried.recorder.close()
      outcomes.add(status)
      const { rows } = await database.migrator.query('SELECT id FROM overdue_fact WHERE member = $1', [member])
      expect(rows).toHaveLength(status === 'rejected' ? 1 : 0)
    }
    expect(outcomes).toEqual(new Set(['recorded', 'rejected']))
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
