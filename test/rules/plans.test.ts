import type { HeldPlan, MemberEvent, MembershipPlan, Timeline } from '@laurel/engine'
import { entitlementsOf, localText, mayWin } from '@laurel/engine'
import { describe, expect, test } from 'vitest'
import { on, paid } from '../vectors/history-builder.ts'
import { cardOf, days, earning, everyone, months, program, timelineOf } from '../vectors/program-builder.ts'
import { balanceOf, live, ofType, permutations, replayed } from '../vectors/reading.ts'

const plan = (parts: Partial<MembershipPlan> = {}): MembershipPlan => ({
  id: 'plus',
  name: {},
  fee: 5900,
  every: months(12),
  trial: null,
  grace: null,
  cancel: 'period-end',
  benefits: [],
  entry: [],
  audience: everyone,
  holdout: null,
  ...parts,
})
const selling = (parts: Partial<MembershipPlan> = {}, more: Parameters<typeof program>[0] = {}): Timeline =>
  timelineOf(program({ memberships: new Map([['plus', plan(parts)]]), onOrder: [], ...more }))

const told = (type: 'started' | 'renewed' | 'failed' | 'cancelled', at: string, fee: number | null = null) =>
  ({
    type: `membership.${type}`,
    plan: 'plus',
    fee,
    source: 'billing',
    id: `${type}-${at}`,
    stamp: on(at),
  }) as MemberEvent
const wake = (at: string): MemberEvent => ({ type: 'time.passed', stamp: on(at) })

const after = (timeline: Timeline, ...events: MemberEvent[]): HeldPlan | undefined =>
  live(timeline, events).member.plans?.[0]
const datesOf = (held: HeldPlan | undefined) =>
  held && {
    until: localText(held.until).slice(0, 16),
    endsAt: localText(held.endsAt).slice(0, 16),
    ended: held.ended === null ? null : localText(held.ended).slice(0, 16),
  }

describe('MEM-1 a paid membership', () => {
  test('runs for what was paid, and ends to the minute when nobody pays again', () => {
    const started = told('started', '2026-03-10T15:00', 5900)
    expect(datesOf(after(selling(), started, wake('2027-03-10T14:59')))).toEqual({
      until: '2027-03-10T15:00',
      endsAt: '2027-03-10T15:00',
      ended: null,
    })
    expect(datesOf(after(selling(), started, wake('2027-03-10T15:00')))?.ended).toBe('2027-03-10T15:00')
  })

  test('keeps its benefits in the grace, and a fee that comes in it pays for the period that had begun', () => {
    const timeline = selling({ grace: days(14) })
    const unpaid = [told('started', '2026-03-10T15:00', 5900), told('failed', '2027-03-10T15:00')]
    expect(after(timeline, ...unpaid)).toMatchObject({ failing: true, ended: null })
    const late = after(timeline, ...unpaid, told('renewed', '2027-03-20T09:00', 5900))
    expect(datesOf(late)).toEqual({ until: '2028-03-10T15:00', endsAt: '2028-03-24T15:00', ended: null })
    expect(late).toMatchObject({ failing: false, fees: 11_800 })
    expect(datesOf(after(timeline, ...unpaid, wake('2027-03-24T15:00')))?.ended).toBe('2027-03-24T15:00')
  })

  test('ends on the day on which it began, or the last of a shorter month', () => {
    const monthly = selling({ every: months(1) })
    const paid = ['2026-02-28T09:00', '2026-03-31T09:00'].map((at) => told('renewed', at, 900))
    const started = told('started', '2026-01-31T09:00', 900)
    const untils = [0, 1, 2].map((many) => datesOf(after(monthly, started, ...paid.slice(0, many)))?.until)
    expect(untils).toEqual(['2026-02-28T09:00', '2026-03-31T09:00', '2026-04-30T09:00'])
    // A trial of days moves the day to where it ends.
    const tried = selling({ every: months(1), trial: days(30) })
    const afterTrial = [told('started', '2026-03-01T09:00'), ...paid.slice(1), told('renewed', '2026-04-30T09:00', 900)]
    expect(datesOf(after(tried, ...afterTrial))?.until).toBe('2026-05-31T09:00')
    // The day of the leap year comes back with it.
    const yearly = ['2025-02-28', '2026-02-28', '2027-02-28'].map((at) => told('renewed', at, 5900))
    const leap = after(selling(), told('started', '2024-02-29', 5900), ...yearly)
    expect(datesOf(leap)?.until).toBe('2028-02-29T00:00')
  })

  test('begins without a fee once: nobody lives from grace to grace', () => {
    const timeline = selling({ trial: days(30), grace: days(14) })
    const events = [told('started', '2026-03-10T15:00'), wake('2026-05-01'), told('started', '2026-06-01T08:00')]
    const { decisions, member } = live(timeline, events)
    expect(decisions.map(({ effects }) => ofType(effects, 'refused').map(({ refusal }) => refusal.code))).toEqual([
      [],
      [],
      ['fee-needed'],
    ])
    expect(datesOf(member.plans?.[0])?.ended).toBe('2026-04-23T15:00')
    const paid = after(timeline, ...events, told('started', '2026-06-02T08:00', 5900))
    expect(datesOf(paid)).toEqual({ until: '2027-06-02T08:00', endsAt: '2027-06-16T08:00', ended: null })
    // What billing says twice of one trial is no second one.
    const twice = [told('started', '2026-03-10T15:00'), told('started', '2026-03-11T15:00')]
    expect(live(timeline, twice).decisions.flatMap(({ effects }) => ofType(effects, 'refused'))).toEqual([])
  })

  test('begins with a trial once, and with none for who comes back', () => {
    const timeline = selling({ trial: days(30) })
    const trial = told('started', '2026-03-10T15:00')
    expect(after(timeline, trial)).toMatchObject({ trial: true, fees: 0 })
    expect(datesOf(after(timeline, trial))?.until).toBe('2026-04-09T15:00')
    const back = after(timeline, trial, wake('2026-05-01'), told('started', '2026-06-01T08:00'))
    expect(datesOf(back)?.ended).toBe('2026-04-09T15:00')
    const kept = after(timeline, trial, told('renewed', '2026-04-01T08:00', 5900))
    expect(datesOf(kept)?.until).toBe('2027-04-09T15:00')
  })

  test.each([
    ['period-end', '2027-03-10T15:00', null],
    ['at-once', '2026-05-01T12:00', '2026-05-01T12:00'],
  ] as const)('ends by the policy %s when it is cancelled, without a grace', (cancel, endsAt, ended) => {
    const timeline = selling({ cancel, grace: days(14) })
    const held = after(timeline, told('started', '2026-03-10T15:00', 5900), told('cancelled', '2026-05-01T12:00'))
    expect(held).toMatchObject({ cancelled: true })
    expect(datesOf(held)).toMatchObject({ endsAt, ended })
  })

  test('is what rules can ask for, as long as it runs, and refunds judge by what the order found', () => {
    const rule = earning({ audience: { ...everyone, memberships: ['plus'] } })
    const timeline = selling({ grace: days(14) }, { onOrder: [rule] })
    const started = told('started', '2026-03-10T15:00', 5900)
    const orders = ['2026-03-10T14:59', '2026-03-10T15:01', '2027-03-24T14:59', '2027-03-24T15:00'].map((at, i) =>
      paid(`o${i}`, on(at), 10_000),
    )
    expect(balanceOf(replayed(timeline, [started, ...orders]).member).active).toBe(200)
    const nobody = earning({ audience: { ...everyone, not: { ...everyone.not, memberships: ['plus'] } } })
    const others = selling({ grace: days(14) }, { onOrder: [nobody] })
    expect(balanceOf(replayed(others, [started, ...orders]).member).active).toBe(200)
  })

  test('gives its entry award once and its renewal award at every renewal', () => {
    const timeline = selling(
      { entry: [{ type: 'amount', asset: 'points', amount: 200 }] },
      {
        onOccasion: new Map([['membership.renewed', [earning({ id: 'thanks', give: 5, per: { type: 'occasion' } })]]]),
      },
    )
    const events = [
      told('started', '2024-03-10', 5900),
      told('renewed', '2025-03-01', 5900),
      told('renewed', '2026-03-01', 5900),
      wake('2027-06-01'),
      told('started', '2027-07-01', 5900),
    ]
    expect(balanceOf(live(timeline, events).member).active).toBe(200 + 5 + 5)
  })

  test('is renewed by the second fee, not by the one that follows the trial', () => {
    const thanks = earning({ id: 'thanks', give: 5, per: { type: 'occasion' } })
    const timeline = selling({ trial: days(30) }, { onOccasion: new Map([['membership.renewed', [thanks]]]) })
    const tried = [told('started', '2026-03-01T12:00'), told('renewed', '2026-03-31T09:00', 5900)]
    expect(balanceOf(live(timeline, tried).member).active).toBe(0)
    const again = [...tried, told('renewed', '2027-03-30T09:00', 5900)]
    expect(balanceOf(live(timeline, again).member).active).toBe(5)
  })

  test('EVT-2 stands the same whatever arrived first', () => {
    const timeline = selling({ trial: days(30), grace: days(14) })
    const facts = [
      told('started', '2026-01-01T10:00'),
      told('renewed', '2026-01-28T10:00', 5900),
      told('failed', '2027-02-01T10:00'),
      told('renewed', '2027-02-05T10:00', 5900),
      told('cancelled', '2027-06-01T10:00'),
    ]
    const tidy = live(timeline, facts).member
    for (const arrival of permutations(facts)) expect(replayed(timeline, arrival).member).toEqual(tidy)
    expect(datesOf(tidy.plans?.[0])).toEqual({ until: '2028-01-31T10:00', endsAt: '2028-01-31T10:00', ended: null })
  })
})

test('MEM-1 its benefits can be asked for while it runs, and say by what and for how long', () => {
  const shipping = {
    ...{ id: 'free-shipping', name: {}, kind: { type: 'free-shipping', basket: null } as const, levels: [] },
    ...{ memberships: ['plus'], audience: everyone, when: null, during: null, worth: null },
  }
  const timeline = selling({ grace: days(14) }, { benefits: new Map([[shipping.id, shipping]]) })
  const started = told('started', '2026-03-10T15:00', 5900)
  const ask = (at: string, ...events: MemberEvent[]) => {
    const { local, placeLocal } = on(at)
    const question = { benefit: 'free-shipping', local, placeLocal, total: null, opens: null }
    return entitlementsOf(timeline, live(timeline, events).member, question)[0]
  }
  expect(ask('2026-03-10T14:00')).toMatchObject({ entitled: false, because: { type: 'not-for-member' } })
  expect(ask('2026-03-11', started)).toMatchObject({
    ...{ entitled: true, because: { type: 'membership', plan: 'plus' } },
    until: on('2027-03-24T15:00').local,
  })
  expect(ask('2027-03-25', started, wake('2027-03-25'))).toMatchObject({ entitled: false })
})

describe('MEM-1 what is for the members of a plan', () => {
  const audience = { ...everyone, memberships: ['plus'] }
  const started = told('started', '2026-03-10T15:00', 5900)
  const order = paid('o1', on('2026-03-11T09:00'), 10_000)

  test('can be a card, which nobody else fills', () => {
    const card = cardOf('hundred', 100, { audience })
    const timeline = selling({}, { onOrder: [earning()], cards: new Map([[card.id, card]]) })
    const left = (...events: MemberEvent[]) => balanceOf(live(timeline, events).member).active
    expect([left(started, order), left(order)]).toEqual([0, 100])
  })

  test('GAME-2 can be a draw', () => {
    const [opens, closes] = [on('2026-01-01').local, on('2026-04-01').local]
    const draw = { id: 'spring', name: {}, asset: 'points', opens, closes, winners: 1, awards: [], audience }
    const timeline = selling()
    const { program: sold } = timeline[0] ?? { program: program() }
    expect(mayWin(sold, draw, live(timeline, [started]).member)).toBe(true)
    expect(mayWin(sold, draw, live(timeline, [order]).member)).toBe(false)
  })

  test('EVT-5 is taken by a refund that a person accepts without an order', () => {
    const timeline = selling({}, { onOrder: [earning({ audience })] })
    const accepted: MemberEvent = {
      ...{ type: 'refund.accepted', source: 'laurel', id: 'accept', stamp: on('2026-03-12T09:00') },
      ...{ actor: 'staff-1', reason: 'seen', refund: 'shop/r1', name: 'shop/r1', waited: false, orderKey: null },
      amount: 1000,
    }
    expect(balanceOf(live(timeline, [started, order, accepted]).member).active).toBe(90)
  })
})
