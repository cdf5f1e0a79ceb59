import { describe, expect, test } from 'vitest'
import { explainEvent } from './explain.ts'
import { previewCart } from './preview.ts'
import { decisionOf, instantText, order, publish, refund, reserve, simpleProgram } from './recording.fixture.ts'
import { openSimpleRecording } from './simple-recording.fixture.ts'

const { database, context, recorder, record } = await openSimpleRecording()
const cart = (member: string, amount: number, at: string | null = null) => ({
  member,
  order: order(member, 'cart', amount).order,
  at,
  vouchers: null,
})

async function rows(): Promise<number> {
  const found = await database.migrator.query(
    `SELECT ((SELECT count(*) FROM decision) + (SELECT count(*) FROM member) + (SELECT count(*) FROM identity)
           + (SELECT count(*) FROM transfer))::int AS n`,
  )
  return found.rows[0].n
}

async function preview(...[member, amount, at]: Parameters<typeof cart>) {
  const previewed = await previewCart(context, 'simple', cart(member, amount, at))
  if (!('preview' in previewed)) throw new Error(`rejected: ${previewed.rejection.code}`)
  return previewed.preview
}

describe('preview', () => {
  test('says what a paid order then says, and writes nothing', async () => {
    await record(order('pva', 'p1', 45_000, 60))
    const before = await rows()
    const said = await preview('pva', 6_099)
    expect(said).toMatchObject({
      version: 1,
      earned: [
        { rule: 'base', asset: 'points', amount: 60 },
        { rule: 'climb', amount: 60 },
      ],
    })
    expect(said.rules.map(({ rule, outcome, amount }) => [rule, outcome, amount])).toEqual([
      ['base', 'gave', 60],
      ['climb', 'gave', 60],
    ])
    expect(await rows()).toBe(before)
    const paid = decisionOf(await record(order('pva', 'p2', 6_099)))
    expect(said.earned).toEqual(paid.earned)
    expect(said.balances).toEqual(paid.balances)
    expect(paid.tiers).toMatchObject([{ from: 'plain', to: 'gold' }])
  })

  test('answers for a moment in the past by what the member was then', async () => {
    await record(order('pvb', 'p3', 10_000, 300))
    await record(order('pvb', 'p4', 20_000, 100))
    expect((await preview('pvb', 1_000, instantText(200))).balances[0]?.active).toBe(110)
    expect((await preview('pvb', 1_000)).balances[0]?.active).toBe(310)
  })

  test('answers for a moment to come, when points have lapsed', async () => {
    await record(order('pvc', 'p5', 10_000, 300))
    expect((await preview('pvc', 1_000, '2027-06-20T12:00:00Z')).balances[0]?.active).toBe(10)
  })

  test('answers for somebody who has never been seen, where the program takes such members', async () => {
    expect((await preview('nobody', 1_000)).balances[0]?.active).toBe(10)
    await publish(
      context,
      'strict',
      simpleProgram('strict').replace('unknownMembers: create', 'unknownMembers: refuse'),
    )
    expect(await previewCart(context, 'strict', cart('nobody', 1_000))).toMatchObject({
      rejection: { code: 'unknown-member' },
    })
  })

  test('refuses what a paid order would be refused for', async () => {
    const foreign = { ...cart('pva', 100), order: { ...cart('pva', 100).order, currency: 'EUR' } }
    expect(await previewCart(context, 'simple', foreign)).toMatchObject({ rejection: { code: 'currency-mismatch' } })
    expect(await previewCart(context, 'nowhere', cart('pva', 100))).toMatchObject({
      rejection: { code: 'unknown-program' },
    })
  })
})

describe('explanation', () => {
  const explain = (member: string, id: string, source = 'shop') =>
    explainEvent(context, 'simple', member, { source, id })

  test('EVT-7: an order is explained by its rules, as it was decided', async () => {
    const answer = decisionOf(await record(order('exa', 'x1', 12_345, 60)))
    await record(order('exa', 'x2', 5_000, 30))
    const explanation = await explain('exa', 'paid-x1')
    expect(explanation).toMatchObject({ member: 'exa', decision: 1, engine: 1, answer, now: null })
    expect(explanation?.rules).toMatchObject([
      { rule: 'base', outcome: 'gave', amount: 123, exact: expect.stringContaining('/') },
      { rule: 'climb', outcome: 'gave', amount: 123 },
    ])
    expect(explanation?.effects.filter(({ type }) => type === 'move')).toHaveLength(2)
  })

  test('EVT-7: an activity that gave nothing says which condition was false', async () => {
    const occurredAt = instantText(10)
    await record({
      type: 'activity.review',
      id: 'v1',
      source: 'shop',
      member: 'exb',
      occurredAt,
      place: null,
      channel: null,
      facts: { words: 3 },
    })
    const explanation = await explain('exb', 'v1')
    expect(explanation?.rules).toMatchObject([
      { rule: 'review', outcome: 'condition-false', because: 'activity.words >= 10' },
    ])
  })

  test('EVT-7: what changes an order is explained by what each rule is due as the order stands now', async () => {
    const told = async (id: string) =>
      (await explain('exr', id))?.rules.map(({ rule, outcome, amount }) => [rule, outcome, amount])
    await record(order('exr', 'x5', 10_000, 60))
    await record(refund('exr', 'x5', 'fx5', 6_000, 50))
    expect(await told('fx5')).toEqual([
      ['base', 'gave', 40],
      ['climb', 'gave', 40],
    ])
    await record({
      type: 'order.cancelled',
      id: 'cx5',
      source: 'shop',
      member: 'exr',
      occurredAt: instantText(40),
      order: 'x5',
      by: 'member',
    })
    const cancelled = await told('cx5')
    expect(cancelled?.every(([, outcome, amount]) => outcome === 'nothing-left' && amount === 0)).toBe(true)
    expect(cancelled?.map(([rule]) => rule)).toEqual(['base', 'climb'])
    // The order itself is told as it was judged.
    expect(await told('paid-x5')).toEqual([
      ['base', 'gave', 100],
      ['climb', 'gave', 100],
    ])
    const edited = { ...order('exr', 'x6', 20_000, 20), type: 'order.edited' as const, id: 'edited-x6' }
    await record(order('exr', 'x6', 10_000, 30))
    await record(edited)
    expect(await told('edited-x6')).toEqual([
      ['base', 'gave', 200],
      ['climb', 'gave', 200],
    ])
  })

  test('EVT-7 REF-1: a rule that an order meets only after its refund is told to be due no more than the order gave at first', async () => {
    const small = `  - { id: small, on: order.paid, when: 'order.total < money("60.00")', give: 90 points, per: order }\n`
    const badge = `  - { id: modest, on: order.paid, when: 'order.total < money("60.00")', give: { reward: single } }\n`
    const document = simpleProgram('bounds').replace('earn:\n', `earn:\n${small}${badge}`)
    await publish(context, 'bounds', document)
    for (const event of [order('exs', 'x7', 10_000, 60), refund('exs', 'x7', 'fx7', 6_000, 50)]) {
      await recorder.record({ program: 'bounds', member: 'exs', event })
    }
    const told = async (id: string) => {
      const explanation = await explainEvent(context, 'bounds', 'exs', { source: 'shop', id })
      return explanation?.rules.map(({ rule, outcome, amount }) => `${rule} ${outcome} ${amount}`).sort()
    }
    expect(await told('paid-x7')).toEqual([
      'base gave 100',
      'climb gave 100',
      'modest condition-false 0',
      'small condition-false 0',
    ])
    expect(await told('fx7')).toEqual([
      'base gave 40',
      'climb gave 40',
      'modest not-above-first 0',
      'small gave 60',
      'small not-above-first 30',
    ])
  })

  test('EVT-7: a refused request is explained with its refusal', async () => {
    await recorder.record({ program: 'simple', member: 'exa', event: reserve('exa-r', 'nothing') })
    const explanation = await explain('exa', 'exa-r', 'laurel')
    expect(explanation?.answer.refusal).toEqual({ code: 'unknown-reward', shortBy: null })
  })

  test('EVT-7: after a late fact both readings are shown', async () => {
    // Without the late order the second refund takes more than is left of the first.
    await record(order('exc', 'x3', 10_000, 300))
    await record(refund('exc', 'x3', 'fx3', 6_000, 200))
    const before = await explain('exc', 'fx3')
    expect(before?.now).toBeNull()
    await record(refund('exc', 'x3', 'fx4', 8_000, 250))
    const after = await explain('exc', 'fx3')
    const taken = (effects: readonly { type: string }[] | undefined) =>
      effects?.flatMap((effect) =>
        'to' in effect && effect.to === 'issued' && 'amount' in effect ? [effect.amount] : [],
      )
    expect(taken(after?.effects)).toEqual([60, 60])
    expect(taken(after?.now?.effects)).toEqual([20, 20])
    const late = await explain('exc', 'fx4')
    expect(late?.answer).toMatchObject({ late: true })
    expect(taken(late?.now?.effects)).toEqual([80, 80])
  })

  test('an event of nobody, of somebody else, or of another program has no explanation', async () => {
    expect(await explain('exa', 'paid-x9')).toBeNull()
    expect(await explain('exb', 'paid-x1')).toBeNull()
    expect(await explainEvent(context, 'strict', 'exa', { source: 'shop', id: 'paid-x1' })).toBeNull()
  })
})
