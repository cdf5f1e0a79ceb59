import { decide, type Member, type MemberEvent, type Timeline } from '@laurel/engine'
import { describe, expect, test } from 'vitest'
import { audit } from '../auditor/audit.ts'
import { compare } from '../auditor/compare.ts'
import { goal, referral } from '../vectors/goal-builder.ts'
import { adjusted, burn, dayNumber, on, paid, refund, tick } from '../vectors/history-builder.ts'
import { merge, receivedOf } from '../vectors/merging.ts'
import { cardOf, days, earning, points, program, reward, standing, timelineOf } from '../vectors/program-builder.ts'
import { balanceOf, heldBy, levelOf, live, lotsOf, ofType, replayed } from '../vectors/reading.ts'

const club: Timeline = timelineOf(
  program({
    assets: [points({ expiry: { type: 'life', life: days(30), endOf: null } })],
    onOrder: [earning()],
    ladders: [standing(120)],
  }),
)
const received = (gone: readonly MemberEvent[], at: string, timeline = club): MemberEvent =>
  receivedOf(timeline, gone, at)
const undone = (at: string, tell: string | null): MemberEvent => ({
  ...{ type: 'merge.undone', source: 'laurel', id: `u-${tell}`, stamp: on(at), merge: 'laurel/m1', tell },
  actor: 'staff-1',
  reason: 'mistake',
})
const all = ({ decisions }: ReturnType<typeof live>) => decisions.flatMap(({ effects }) => effects)
const facts = ({ assets, ladders, orders }: Member) => ({ assets, ladders, orders })

describe('MRG-1 one member goes into another', () => {
  const ben = [paid('o1', on('2026-01-10'), 6_000), paid('o2', on('2026-01-20'), 4_000)]
  const ada = [paid('o3', on('2026-01-15'), 5_000)]
  const bens = [...ben, merge('2026-01-25')]
  const gone = live(club, bens)
  const both = live(club, [...ada, received(bens, '2026-01-25')])

  test('every lot goes through transit and keeps its end', () => {
    expect(balanceOf(gone.member)).toEqual({ pending: 0, active: 0, held: 0, debt: 0 })
    expect([heldBy('transit', all(gone)), heldBy('transit', all(both))]).toEqual([100, -100])
    expect(lotsOf(both.member)).toEqual([
      { priority: 0, lastDay: dayNumber('2026-02-09'), amount: 60 },
      { priority: 0, lastDay: dayNumber('2026-02-14'), amount: 50 },
      { priority: 0, lastDay: dayNumber('2026-02-19'), amount: 40 },
    ])
    expect(gone.member.left).toMatchObject({ into: 'ada' })
    expect(both.member.aliases).toEqual(['ben'])
  })

  test('a refund finds the order that was brought along', () => {
    const { member } = live(club, [...ada, received(bens, '2026-01-25'), refund('r1', 'o1', on('2026-01-26'), 6_000)])
    expect(balanceOf(member).active).toBe(90)
  })

  test('EVT-5 what waited at the one for an order of the other acts now, on either side', () => {
    const back = (order: string) => refund('r1', order, on('2026-01-22'), 3_000)
    const atAdas = live(club, [...ada, back('o1'), received(bens, '2026-01-25')])
    const bensWithIt = [...ben, back('o3'), merge('2026-01-25')]
    const atBens = live(club, [...ada, received(bensWithIt, '2026-01-25')])
    for (const { member, decisions } of [atAdas, atBens]) {
      expect([member.waiting, balanceOf(member).active]).toEqual([[], 50 + 60 + 40 - 30])
      expect(ofType(decisions.at(-1)?.effects ?? [], 'wait-ended')).toMatchObject([{ source: 'shop', id: 'r1' }])
    }
  })

  test('what the one owed the other pays, and an open reservation ends first', () => {
    const debtors = [
      paid('o1', on('2026-01-10'), 3_000),
      ...burn('b1', on('2026-01-11'), 30),
      refund('r1', 'o1', on('2026-01-12'), 3_000),
      merge('2026-01-25'),
    ]
    const debtor = live(club, debtors)
    expect(balanceOf(debtor.member)).toEqual({ pending: 0, active: 0, held: 0, debt: 0 })
    const { member } = live(club, [...ada, received(debtors, '2026-01-25')])
    expect(balanceOf(member)).toEqual({ pending: 0, active: 20, held: 0, debt: 0 })
  })

  test('END-4 what nobody got and what a charity got of one lot and day stay two', () => {
    const gone = {
      notice: on('2026-01-01').local,
      earnsUntil: on('2026-02-01').local,
      burnsUntil: on('2026-02-05').local,
    }
    const left = { type: 'charity', charity: 'garden' } as const
    const worth = { amount: 100, minor: 150 }
    const ending = timelineOf(
      program({ assets: [points({ worth })], onOrder: [earning()], closing: { ...gone, left } }),
    )
    const bensEnd = [paid('o1', on('2026-01-10'), 500), tick(on('2026-02-06')), merge('2026-02-10')]
    const { member } = live(ending, [paid('o2', on('2026-01-10'), 1_000), tick(on('2026-02-06'))])
    // As if the program had let hers go to nobody.
    const forfeited = member.forfeited.map(({ charity: _, ...part }) => part)
    const { member: both } = decide(ending, { ...member, forfeited }, received(bensEnd, '2026-02-10', ending))
    expect(both.forfeited.map(({ amount, charity }) => [amount, charity])).toEqual([
      [10, undefined],
      [5, 'garden'],
    ])
  })

  test('nothing falls due for who has gone', () => {
    const later = live(club, [...ben, merge('2026-01-25'), tick(on('2027-03-01'))])
    expect(later.decisions.at(-1)?.effects).toEqual([])
  })

  test('facts count for the tier as dated', () => {
    expect(levelOf(both.member)).toBe(levelOf(live(club, [...ben, ...ada]).member))
    expect(both.member.ladders[0]?.entries).toHaveLength(3)
  })

  test('undone, both are what they would be without it', () => {
    const undoneThere = replayed(club, [...ada, received(bens, '2026-01-25'), undone('2026-01-26', 'ben')])
    expect(facts(undoneThere.member)).toEqual(facts(live(club, ada).member))
    const undoneHere = replayed(club, [...ben, merge('2026-01-25'), undone('2026-01-26', null)])
    expect(facts(undoneHere.member)).toEqual(facts(live(club, ben).member))
    expect(undoneHere.member.left).toBeNull()
  })

  test('can be undone until something is earned or spent, not only lapses', () => {
    const until = (...events: MemberEvent[]) => live(club, [...ada, received(bens, '2026-01-25'), ...events]).member
    expect(until(tick(on('2026-02-12'))).merged).toMatchObject({ from: 'ben' })
    expect(until(paid('o4', on('2026-01-27'), 1_000)).merged).toBeUndefined()
    expect(until(...burn('b2', on('2026-01-27'), 10)).merged).toBeUndefined()
  })

  test('what came for the one and is older than the merge is told in its own past', () => {
    const late = { ...paid('o0', on('2026-01-05'), 7_000), via: 'ben' }
    const inTime = [late, ...ben, merge('2026-01-25')].map(
      ({ via: _via, ...event }: MemberEvent & { via?: string }) => event,
    )
    const own = replayed(club, [...ada, received(bens, '2026-01-25'), late])
    expect(facts(own.member)).toEqual(facts(replayed(club, [...ada, received(inTime, '2026-01-25')]).member))
    // The books of the one have ended: what is due is posted for the other, and goes on with the merge.
    const effects = own.decisions.flatMap((decision) => decision.effects)
    const due = effects.filter((effect) => effect.type === 'move' && effect.cause === 'shop/paid-o0')
    expect(due).toMatchObject([{ from: 'issued', to: 'active', amount: 70 }])
    expect(heldBy('transit', effects)).toBe(-100)
  })

  test('a merged member goes on into a third, and its facts find their way through both', () => {
    const cleo = [paid('o9', on('2026-01-12'), 1_000)]
    const toBen = { ...merge('2026-01-22'), id: 'm0', to: 'ben' } as MemberEvent
    const first = received([...cleo, toBen], '2026-01-22')
    const fromCleo = { ...first, from: 'cleo', into: 'ben', id: 'cleo/m0' } as MemberEvent
    const both = [...ben, fromCleo, merge('2026-01-25')]
    const late = (id: string, at: string): MemberEvent => ({ ...paid(id, on(at), 1_000), via: 'cleo' }) as MemberEvent
    const whole = replayed(club, [
      ...ada,
      received(both, '2026-01-25'),
      late('x', '2026-01-08'),
      late('y', '2026-01-23'),
    ])
    expect(whole.member.aliases).toEqual(['ben', 'cleo'])
    expect(balanceOf(whole.member).active).toBe(50 + 100 + 10 + 10 + 10)
    expect(Object.keys(whole.member.orders).sort()).toEqual(
      ['o1', 'o2', 'o3', 'o9', 'x', 'y'].map((id) => `shop/${id}`),
    )
  })

  test('EARN-8 the day of the last order comes along, also of one that was given back whole', () => {
    const gone = [paid('o1', on('2026-01-10'), 6_000), refund('r1', 'o1', on('2026-01-11'), 6_000)]
    const { member } = replayed(club, [received([...gone, merge('2026-01-25')], '2026-01-25')])
    expect(member.history).toEqual({ orders: 0, spend: 0, lastOn: dayNumber('2026-01-10') })
    const both = replayed(club, [...ada, received([...gone, merge('2026-01-25')], '2026-01-25')])
    expect(both.member.history).toEqual({ orders: 1, spend: 5_000, lastOn: dayNumber('2026-01-15') })
  })

  test('the higher level is held until it would have been looked at, then the facts of both decide', () => {
    const aYear = timelineOf(program({ assets: [points({})], onOrder: [earning()], ladders: [standing(10_000)] }))
    const rich = [paid('o1', on('2026-02-01'), 12_000), refund('r1', 'o1', on('2026-02-02'), 6_000)]
    const into = [...rich, merge('2026-03-01')]
    expect(levelOf(live(aYear, rich).member)).toBe('gold')
    const events = into.filter((event) => event.type !== 'time.passed')
    const arrives = { ...received(bens, '2026-03-01'), brought: { events, told: {} } } as MemberEvent
    expect(levelOf(live(aYear, [arrives, tick(on('2026-12-31'))]).member)).toBe('gold')
    expect(levelOf(live(aYear, [arrives, tick(on('2027-01-02'))]).member)).not.toBe('gold')
  })
})

describe('MRG-1 of two who have gone through the same', () => {
  const full = cardOf('five', 50, { repeat: false, awards: [{ type: 'reward', reward: 'cup' }] })
  const gives = (amount: number) => [{ type: 'amount', asset: 'points', amount }] as const
  const qualifies = goal({ measure: { type: 'order' }, target: 1_000 })
  const terms = referral({ friend: gives(10), advocate: gives(30), hold: days(5), qualifies })
  const cup = new Map([['cup', reward('cup')]])
  const filling = timelineOf(
    program({ assets: [points()], onOrder: [earning()], rewards: cup, cards: new Map([['five', full]]) }),
  )
  const sending = timelineOf(program({ assets: [points()], onOrder: [], referral: terms }))
  const told = (type: 'referral.qualified' | 'referral.reversed', from: string, at: string, round: number) => ({
    ...({ type, source: 'laurel', id: `${from}/${round}/${at}`, stamp: on(at), from, terms: 1, round } as const),
  })
  const claimed = (advocate: string, at: string): MemberEvent => ({
    ...{ type: 'referral.claim', source: 'laurel', id: `claim-${advocate}`, stamp: on(at) },
    ...{ advocate, signals: [], recent: 1, answer: null },
  })
  const sentOf = (decisions: ReturnType<typeof live>['decisions']) =>
    decisions.flatMap(({ effects }) => ofType(effects, 'send').map(({ event, to }) => `${event.type} to ${to}`))

  test('what undoes it fills no card by itself: both are what they would be, and the next event fills it', () => {
    const early = { ...adjusted('a1', on('2026-01-10', null), 50) }
    const gone = [early, merge('2026-01-25')]
    const without = live(filling, [early, tick(on('2026-01-26'))]).member
    expect(balanceOf(without).active).toBe(50)
    const ben = replayed(filling, [...gone, undone('2026-01-26', null)]).member
    expect([balanceOf(ben), ben.cards, ben.vouchers]).toEqual([balanceOf(without), undefined, undefined])
    const ada = replayed(filling, [early, received(gone, '2026-01-25', filling), undone('2026-01-26', 'ben')]).member
    expect([balanceOf(ada), ada.cards]).toEqual([balanceOf(without), undefined])
    const next = replayed(filling, [...gone, undone('2026-01-26', null), paid('o1', on('2026-01-27'), 100)]).member
    expect([balanceOf(next).active, next.cards?.length]).toEqual([1, 1])
  })

  test('a friend whom the one has sent is taken back from the other, in both books', () => {
    const sent = [told('referral.qualified', 'cleo', '2026-01-10', 2), merge('2026-01-25')]
    const events = [received(sent, '2026-01-25', sending), told('referral.reversed', 'cleo', '2026-01-28', 5)]
    const before = live(sending, events.slice(0, 1)).member
    expect(balanceOf(before).active).toBe(30)
    const { member } = replayed(sending, events)
    expect(balanceOf(member).active).toBe(0)
    expect(compare(audit(sending, events), member)).toEqual([])
  })

  test('a friend whom both have sent is paid and taken back by the other’s word alone', () => {
    const sent = [told('referral.qualified', 'cleo', '2026-01-10', 2), merge('2026-01-25')]
    const own = told('referral.qualified', 'cleo', '2026-01-12', 8)
    const back = told('referral.reversed', 'cleo', '2026-01-28', 11)
    const events = [own, received(sent, '2026-01-25', sending), back]
    const { member } = replayed(sending, events)
    expect(balanceOf(member).active).toBe(30)
    expect(compare(audit(sending, events), member)).toEqual([])
  })

  test('where both were sent by somebody the other’s goes on, and the one’s stands as it was', () => {
    const ben = [claimed('cleo', '2026-01-01'), paid('o1', on('2026-01-02'), 4_000), merge('2026-01-25')]
    const ada = [claimed('dirk', '2026-01-03'), paid('o2', on('2026-01-04'), 4_000)]
    const both = [...ada, received(ben, '2026-01-25', sending)]
    expect(balanceOf(live(sending, both).member).active).toBe(20)
    const bens = live(sending, [...both, refund('r1', 'o1', on('2026-01-26'), 4_000)])
    expect([balanceOf(bens.member).active, bens.member.referral]).toMatchObject([
      20,
      { advocate: 'dirk', stands: true },
    ])
    const adas = live(sending, [...both, refund('r2', 'o2', on('2026-01-26'), 4_000)])
    expect(balanceOf(adas.member).active).toBe(10)
    expect(sentOf(adas.decisions)).toEqual(['referral.qualified to dirk', 'referral.reversed to dirk'])
  })

  test('RFL-1 who was sent by the one was sent by themselves: a person looks at it before anything is due', () => {
    const ada = [claimed('ben', '2026-01-20'), paid('o1', on('2026-01-24'), 4_000)]
    const events = [...ada, received([merge('2026-01-25')], '2026-01-25', sending), tick(on('2026-06-01'))]
    const { member } = live(sending, events)
    expect([balanceOf(member).active, member.referral?.signals]).toEqual([0, ['same-person']])
    expect(balanceOf(live(sending, [...ada, tick(on('2026-06-01'))]).member).active).toBe(10)
    expect(compare(audit(sending, events), member)).toEqual([])
  })

  test('where only the one was sent by somebody it goes on, and falls with the order that made it due', () => {
    const ben = [claimed('cleo', '2026-01-01'), paid('o1', on('2026-01-02'), 4_000), merge('2026-01-25')]
    const both = [received(ben, '2026-01-25', sending), refund('r1', 'o1', on('2026-01-26'), 4_000)]
    const { member, decisions } = live(sending, both)
    expect(balanceOf(member).active).toBe(0)
    const words = decisions.flatMap(({ effects }) => ofType(effects, 'send').map(({ event }) => event))
    expect(words).toMatchObject([{ type: 'referral.reversed', from: 'ben' }])
    expect(compare(audit(sending, both), member)).toEqual([])
  })

  test('where both have filled a card a refund opens the other’s, and what it cannot take is owed', () => {
    const ben = [paid('o1', on('2026-01-10'), 5_000), merge('2026-01-25')]
    const both = [paid('o2', on('2026-01-12'), 5_000), received(ben, '2026-01-25', filling)]
    const { member } = live(filling, both)
    expect((member.vouchers ?? []).map(({ id }) => id).sort()).toEqual(['card/five/1', 'card/five/1@ben'])
    const events = [...both, refund('r1', 'o1', on('2026-01-26'), 5_000), refund('r2', 'o2', on('2026-01-27'), 5_000)]
    const one = live(filling, events.slice(0, -1)).member
    expect([balanceOf(one), one.cards]).toMatchObject([{ active: 0, debt: 0 }, undefined])
    const all = live(filling, events).member
    expect(balanceOf(all)).toMatchObject({ active: 0, debt: 50 })
    expect((all.vouchers ?? []).map(({ id }) => id)).toEqual(['card/five/1@ben'])
    expect(compare(audit(filling, events), all)).toEqual([])
  })

  test('what came at the very moment of the merge, yet before it, is told in the past of the one, in both books', () => {
    const marked: MemberEvent = {
      ...{ type: 'member.changed', source: 'crm', id: 'c1', stamp: on('2026-01-25'), segments: null, tags: null },
      ...{ mark: 'staff', terms: 'spring', via: 'ben' },
    }
    const ben = [paid('o1', on('2026-01-10'), 4_000), merge('2026-01-25')]
    const events = [received(ben, '2026-01-25', sending), marked]
    const { member } = replayed(sending, events)
    expect(member.footing).toMatchObject({ mark: null, terms: ['spring'] })
    expect(compare(audit(sending, events), member)).toEqual([])
  })
})
