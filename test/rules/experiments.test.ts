import type {
  Challenge,
  Effect,
  Member,
  MemberEvent,
  MembershipPlan,
  Offer,
  OfferSent,
  Program,
  Timeline,
} from '@laurel/engine'
import { armOf, challengeProgressOf, compileProgram, decide, newMember, replay } from '@laurel/engine'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { audit } from '../auditor/audit.ts'
import { compare } from '../auditor/compare.ts'
import { challenge, goal, offer } from '../vectors/goal-builder.ts'
import { line, on, paid, refund } from '../vectors/history-builder.ts'
import { merge } from '../vectors/merging.ts'
import { days, earning, everyone, multiplier, program, timelineOf } from '../vectors/program-builder.ts'
import { balanceOf, ofType } from '../vectors/reading.ts'

const share = (percent: number) => ({ numerator: percent, denominator: 100 })
const comeBack = (percent: number | null): Offer =>
  offer(goal(), {
    type: { awards: [{ type: 'amount', asset: 'points', amount: 200 }] },
    holdout: percent === null ? null : share(percent),
  })
const moods = (percent: number): Challenge =>
  challenge('moods', {
    ...{ window: { type: 'lifetime' }, repeat: 'once', afterRefund: 'revoke', holdout: share(percent) },
    awards: [{ type: 'amount', asset: 'points', amount: 100 }],
  })
const running = (parts: Partial<Program>): Timeline => timelineOf(program({ onOrder: [], ...parts }))

/** A member with this number lives through these events. */
function lived(timeline: Timeline, chance: number | undefined, events: readonly MemberEvent[]) {
  let member: Member = chance === undefined ? newMember() : { ...newMember(), chance }
  const effects: Effect[] = []
  for (const event of events) {
    const decision = decide(timeline, member, event)
    member = decision.member
    effects.push(...decision.effects)
  }
  return { member, effects }
}
const sent: OfferSent = { type: 'offer.sent', source: 'staff', id: 'a', offer: 'come-back', stamp: on('2026-03-01') }
const order = paid('1', on('2026-03-02'), 1000)

const heldOut = (chance: number, experiment: string, percent: number): boolean =>
  armOf({ chance }, experiment, share(percent))?.heldOut ?? false
/** Numbers as a good hash makes them. */
const chances = Array.from({ length: 20_000 }, (_, i) => Math.imul(i + 1, 0x9e3779b1) >>> 0)

describe('EXP-1 who is held out', () => {
  test('the share that is stated, of any experiment', () => {
    for (const percent of [1, 10, 50, 90]) {
      for (const experiment of ['offer:come-back', 'challenge:moods', 'rule:double']) {
        const found = chances.filter((chance) => heldOut(chance, experiment, percent)).length / chances.length
        expect(Math.abs(found - percent / 100)).toBeLessThan(0.015)
      }
    }
  })

  test('one experiment says nothing of another', () => {
    const both = chances.filter((chance) => heldOut(chance, 'offer:a', 50) && heldOut(chance, 'offer:b', 50)).length
    expect(Math.abs(both / chances.length - 0.25)).toBeLessThan(0.015)
  })

  test('whoever is treated stays so when the holdout shrinks, and whoever is held out when it grows', () => {
    const number = fc.integer({ min: 0, max: 2 ** 32 - 1 })
    const percents = fc.tuple(fc.integer({ min: 0, max: 100 }), fc.integer({ min: 0, max: 100 }))
    const property = fc.property(number, fc.string(), percents, (chance, experiment, [a, b]) => {
      const [small, large] = [Math.min(a, b), Math.max(a, b)]
      expect(heldOut(chance, experiment, small) && !heldOut(chance, experiment, large)).toBe(false)
    })
    fc.assert(property, { numRuns: 500, seed: 1 })
  })

  test('nobody, where no number or no share is stated', () => {
    expect(armOf({}, 'offer:a', share(100))).toBeNull()
    expect(armOf({ chance: 1 }, 'offer:a', null)).toBeNull()
  })
})

describe('EXP-1 whoever is held out', () => {
  test('gets no offer, and nothing is said of it', () => {
    const { member, effects } = lived(running({ offers: new Map([['come-back', comeBack(100)]]) }), 7, [sent, order])
    expect(member.offers).toBeUndefined()
    expect(balanceOf(member).active).toBe(0)
    expect(ofType(effects, 'offer-told')).toEqual([])
    expect(member.arms).toEqual([{ experiment: 'offer:come-back', heldOut: true }])
  })

  test('sees no challenge and counts for none, nor does a refund', () => {
    const timeline = running({ challenges: new Map([['moods', moods(100)]]) })
    const { member } = lived(timeline, 7, [order, refund('r', '1', on('2026-03-03'), 1000)])
    expect(member.challenges).toBeUndefined()
    expect(challengeProgressOf(timeline, member, on('2026-03-04').local)).toEqual([])
    expect(lived(timeline, undefined, [order]).member.challenges).toHaveLength(1)
  })

  test('gets no bonus, and the refund takes what was given without it', () => {
    const double = multiplier('double', 2, 1, { holdout: share(100) })
    const timeline = running({ onOrder: [earning({ multipliers: [double] })] })
    expect(balanceOf(lived(timeline, undefined, [order]).member).active).toBe(20)
    const { member } = lived(timeline, 7, [order])
    expect(balanceOf(member).active).toBe(10)
    const half = refund('r', '1', on('2026-03-03'), 500)
    expect(balanceOf(lived(timeline, 7, [order, half]).member).active).toBe(5)
  })

  test('gets no rule that an edit first brings', () => {
    const rule = earning({
      holdout: share(100),
      when: { text: 'big', test: ({ order: of }) => (of?.total ?? 0) > 1500, needs: [] },
    })
    const timeline = running({ onOrder: [rule] })
    const more = { ...paid('1', on('2026-03-03'), [line('1', 2000)], { id: 'edit' }), type: 'order.edited' } as const
    expect(balanceOf(lived(timeline, undefined, [order, more]).member).active).toBe(20)
    expect(balanceOf(lived(timeline, 7, [order, more]).member).active).toBe(0)
  })

  test('nor one that it brings once a refund has failed', () => {
    const rule = earning({
      holdout: share(100),
      when: { text: 'big', test: ({ order: of }) => (of?.total ?? 0) > 1500, needs: [] },
    })
    const timeline = running({ onOrder: [rule] })
    const events: MemberEvent[] = [
      order,
      refund('r', '1', on('2026-03-03'), 900),
      { ...paid('1', on('2026-03-04'), [line('1', 2000)], { id: 'edit' }), type: 'order.edited' },
      {
        ...{ type: 'refund.failed', source: 'shop', id: 'f', stamp: on('2026-03-05') },
        ...{ order: '1', refund: 'r' },
      },
    ]
    expect(balanceOf(lived(timeline, undefined, events).member).active).toBe(20)
    expect(balanceOf(lived(timeline, 7, events).member).active).toBe(0)
  })

  test('meets no multiplier of a rule that is not there', () => {
    const double = multiplier('double', 2, 1, { holdout: share(50) })
    const timeline = running({ onOrder: [earning({ holdout: share(100), multipliers: [double] })] })
    const { member } = lived(timeline, 7, [order])
    expect(member.arms).toEqual([{ experiment: 'rule:base', heldOut: true }])
  })

  test('EVT-5 has nothing taken that only others earn, by a refund that names no order', () => {
    const timeline = running({ onOrder: [earning({ id: 'all' }), earning({ id: 'tried', holdout: share(100) })] })
    const accepted: MemberEvent = {
      ...{ type: 'refund.accepted', source: 'laurel', id: 'accept', stamp: on('2026-03-12') },
      ...{ actor: 'staff-1', reason: 'seen', refund: 'shop/r1', name: 'shop/r1', waited: false, orderKey: null },
      amount: 500,
    }
    expect(balanceOf(lived(timeline, 7, [order, accepted]).member).active).toBe(5)
    expect(balanceOf(lived(timeline, undefined, [order, accepted]).member).active).toBe(10)
  })

  test('cannot begin a membership that is tried on others first', () => {
    const plan: MembershipPlan = {
      id: 'plus',
      name: {},
      fee: 900,
      every: days(30),
      ...{ trial: null, grace: null, cancel: 'period-end', benefits: [], entry: [], audience: everyone },
      holdout: share(100),
    }
    const timeline = running({ memberships: new Map([['plus', plan]]) })
    const starts = { source: 'billing', id: 's', plan: 'plus', fee: 900, stamp: on('2026-03-01') } as const
    const { member, effects } = lived(timeline, 7, [{ ...starts, type: 'membership.started' }])
    expect(member.plans).toBeUndefined()
    expect(ofType(effects, 'refused')[0]?.refusal.code).toBe('held-out')
  })
})

describe('EXP-1 END-3 MRG-1 a rule that an order has met', () => {
  const tried = earning({
    id: 'tried',
    holdout: share(50),
    multipliers: [multiplier('twice', 2, 1, { holdout: share(50) })],
  })
  const timeline = running({ onOrder: [tried], staffEarn: true })
  const isOut = (chance: number, rule: string) => heldOut(chance, `rule:${rule}`, 50)
  const out = chances.find((chance) => isOut(chance, 'tried')) ?? 0
  const plain = chances.find((chance) => !isOut(chance, 'tried') && isOut(chance, 'twice')) ?? 0
  const marked = (date: string, mark: 'staff' | 'none'): MemberEvent => ({
    ...{
      type: 'member.changed',
      source: 'shop',
      id: `mark-${date}`,
      stamp: on(date),
      segments: null,
      tags: null,
      mark,
    },
  })
  const edited = (date: string, total: number, order = '1'): MemberEvent => ({
    ...paid(order, on(date), [line('1', total)], { id: `edit-${date}` }),
    type: 'order.edited',
  })
  const agreed = (chance: number, events: readonly MemberEvent[]) => {
    const { member } = lived(timeline, chance, events)
    expect(compare(audit(timeline, events, chance), member)).toEqual([])
    return balanceOf(member).active
  }

  test('is not asked for anew by an edit, once its member is staff no longer', () => {
    const under = [marked('2026-03-01', 'staff'), order, marked('2026-03-03', 'none')]
    for (const chance of [out, plain]) {
      const active = (...more: MemberEvent[]) => agreed(chance, [...under, ...more])
      expect([active(), active(edited('2026-03-04', 2000)), active(edited('2026-03-04', 500))]).toEqual([20, 40, 10])
    }
    // What comes afterwards is another order, and met by itself.
    const next = paid('2', on('2026-03-04'), 1000)
    expect(agreed(out, [...under, next])).toBe(20)
    expect(agreed(plain, [...under, next])).toBe(30)
  })

  test('stays met with whoever it has come to by then', () => {
    const past = [paid('b', on('2026-03-02'), 1000), merge('2026-03-05')].filter(
      (event) => event.type !== 'time.passed',
    )
    const treated = chances.find((chance) => !isOut(chance, 'tried') && !isOut(chance, 'twice')) ?? 0
    const merged: MemberEvent = {
      ...{ type: 'merge.received', source: 'laurel', id: 'ben/m1', stamp: on('2026-03-05'), merge: 'laurel/m1' },
      ...{ from: 'ben', into: 'ada', brought: { events: past, told: { chance: treated } } },
    }
    expect([agreed(out, [merged]), agreed(out, [merged, edited('2026-03-06', 2000, 'b')])]).toEqual([20, 40])
  })
})

describe('EXP-1 an arm', () => {
  test('stands from the first time, whatever the share becomes', () => {
    const first = program({ onOrder: [], offers: new Map([['come-back', comeBack(0)]]) })
    const later = program({ onOrder: [], version: 2, offers: new Map([['come-back', comeBack(100)]]) })
    const timeline = timelineOf(first, [Date.parse('2026-03-10T00:00:00Z'), later])
    const again: MemberEvent = { ...sent, type: 'offer.sent', id: 'b', offer: 'come-back', stamp: on('2026-03-11', 2) }
    expect(lived(timeline, 7, [sent, again]).member.offers).toHaveLength(2)
    expect(lived(timeline, 7, [again]).member.offers).toBeUndefined()
  })

  test('is an answer: a replay keeps it without knowing the number', () => {
    const timeline = running({ offers: new Map([['come-back', comeBack(50)]]) })
    for (const chance of chances.slice(0, 20)) {
      const { member } = lived(timeline, chance, [sent, order])
      const { chance: _, ...told } = member
      const again = replay(timeline, [order, sent], null, told).member
      expect(again.offers).toEqual(member.offers)
      expect(again.assets).toEqual(member.assets)
    }
  })
})

describe('EXP-1 MRG-1 of two who become one', () => {
  const spending = challenge('moods', {
    ...{ goal: goal({ measure: { type: 'spend' }, target: 3000 }), window: { type: 'lifetime' }, holdout: share(50) },
    awards: [{ type: 'badge', badge: 'explorer' }],
  })
  const badges = new Map([['explorer', { id: 'explorer', name: {}, each: 'ever' } as const]])
  const timeline = running({ badges, challenges: new Map([['moods', spending]]) })
  const isOut = (chance: number) => heldOut(chance, 'challenge:moods', 50)
  const [treated = 0, out = 0] = [chances.find((chance) => !isOut(chance)), chances.find(isOut)]
  const bens = paid('b', on('2026-03-02'), 2000)
  const adas = paid('a', on('2026-03-03'), 2000)
  const past = [bens, merge('2026-03-05')].filter((event) => event.type !== 'time.passed')
  const merged = (ben: number): MemberEvent => ({
    ...{ type: 'merge.received', source: 'laurel', id: 'ben/m1', stamp: on('2026-03-05'), merge: 'laurel/m1' },
    ...{ from: 'ben', into: 'ada', brought: { events: past, told: { chance: ben } } },
  })
  const after = (ada: number, events: readonly MemberEvent[]) => {
    const { member } = lived(timeline, ada, events)
    expect(compare(audit(timeline, events, ada), member)).toEqual([])
    const { challenges = [], arms, badges: held = [] } = member
    const spent = challenges.flatMap(({ windows }) => windows.map(({ tally }) => tally))
    return { spent, badges: held.length, isOut: arms?.map((arm) => arm.heldOut) }
  }

  test('the progress of both who are treated is one', () => {
    expect(after(treated, [adas, merged(treated)])).toEqual({ spent: [[['', 4000]]], badges: 1, isOut: [false] })
  })

  test('whoever is held out adds nothing to the progress of the other', () => {
    expect(after(out, [merged(treated)])).toEqual({ spent: [[['', 2000]]], badges: 0, isOut: undefined })
    const found = { spent: [[['', 2000]]], badges: 0, isOut: [true] }
    expect(after(out, [adas, merged(treated)])).toEqual(found)
    expect(after(out, [merged(treated), paid('a', on('2026-03-06'), 2000)])).toEqual(found)
  })

  test('what counted for nothing, since the one was held out, counts for nothing of the other, nor does its refund', () => {
    expect(after(out, [merged(out)])).toEqual({ spent: [], badges: 0, isOut: undefined })
    const both = [adas, merged(out)]
    expect(after(treated, both)).toEqual({ spent: [[['', 2000]]], badges: 0, isOut: [false] })
    const back: MemberEvent = { ...refund('r', 'b', on('2026-03-06'), 2000), via: 'ben' }
    expect(after(treated, [...both, back])).toEqual({ spent: [[['', 2000]]], badges: 0, isOut: [false] })
    expect(after(treated, [...both, back, paid('c', on('2026-03-07'), 1000)]).badges).toBe(1)
  })

  test('a rule that an order found held out is met by nobody when the order is edited', () => {
    const earns = running({ onOrder: [earning({ holdout: share(50) })] })
    const arm = (wanted: boolean) => chances.find((chance) => heldOut(chance, 'rule:base', 50) === wanted) ?? 0
    const { id: _, ...more } = { ...paid('b', on('2026-03-06'), 3000), type: 'order.edited', via: 'ben' } as const
    const events: MemberEvent[] = [merged(arm(true)), { ...more, id: 'edit' }]
    const { member } = lived(earns, arm(false), events)
    expect([member.arms, balanceOf(member).active]).toEqual([undefined, 0])
    expect(compare(audit(earns, events, arm(false)), member)).toEqual([])
  })
})

describe('EXP-1 the share of bonuses that a program states', () => {
  const document = `laurel: 1
id: tickets
name: { en: Tickets }
zone: UTC
currency: EUR
inForce: { from: always }
refunds: { shortfall: waive }
unknownMembers: create
holdout: { bonuses: 99% }
assets:
  points: { kind: spendable, expires: never, pending: none }
  tickets: { kind: tickets, expires: never, pending: none }
earn:
  - { id: base, on: order.paid, give: 1 points, per: 1.00 EUR }
  - { id: since, on: order.paid, during: { from: 2026-01-01 }, give: 3 points, per: order }
  - { id: to-june, on: order.paid, during: { through: 2026-06-30 }, give: 1 tickets, per: 10.00 EUR }
  - { id: twice, during: { through: 2026-06-30 }, multiply: { rule: base, by: 2 } }
  - { id: mondays, during: { days: [monday] }, multiply: { rule: base, by: 2 } }
`
  const compiled = (text: string) => {
    const { program: own, findings } = compileProgram(text, { version: 1, hash: '' })
    if (own === null) throw new Error(JSON.stringify(findings))
    return own
  }
  const heldBack = (text: string): string[] =>
    compiled(text).onOrder.flatMap((rule) =>
      [rule, ...rule.multipliers].flatMap(({ id, holdout }) => (holdout === null ? [] : [id])),
    )

  test('is of every rule whose time ends, whether it gives or multiplies', () => {
    expect(heldBack(document)).toEqual(['twice', 'to-june'])
    const timeline = timelineOf(compiled(document))
    const { member } = lived(timeline, 7, [paid('1', on('2026-03-02'), 1000)])
    expect(balanceOf(member, 'tickets').active).toBe(0)
    // A Monday: 10 x 2, and the three that began and do not end.
    expect(balanceOf(member).active).toBe(23)
  })

  test('is not of one that says that nobody is held out of it', () => {
    const open = document.replace('through: 2026-06-30 }, give', 'through: 2026-06-30 }, holdout: none, give')
    expect(heldBack(open)).toEqual(['twice'])
    const { member } = lived(timelineOf(compiled(open)), 7, [paid('1', on('2026-03-02'), 1000)])
    expect(balanceOf(member, 'tickets').active).toBe(1)
  })
})
