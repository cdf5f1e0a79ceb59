import type { EventInput } from '@laurel/contract'
import { isSameState, type Member } from '@laurel/engine'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { activeOf, decisionOf, noon, order, publish, refund, reserve, sent } from './recording.fixture.ts'
import { openSimpleRecording } from './simple-recording.fixture.ts'
import { soundMember } from './sound-member.fixture.ts'

const { database, context, clock, recorder, record, ask } = await openSimpleRecording()
const expectSound = (member: string, program = 'simple') => soundMember(context, member, program)

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
