import type { Award, Ladder, MemberEvent, Program, ReferralTold } from '@laurel/engine'
import { describe, expect, test } from 'vitest'
import { audit } from '../auditor/audit.ts'
import { compare } from '../auditor/compare.ts'
import { referral } from '../vectors/goal-builder.ts'
import { adjusted, on, paid, refund, tick, useVoucher } from '../vectors/history-builder.ts'
import { days, earning, level, points, program, reward, standing, timelineOf } from '../vectors/program-builder.ts'
import { balanceOf, levelOf, live, ofType, replayed } from '../vectors/reading.ts'

const gift = reward('welcome-gift', { kind: { type: 'product', sku: 'WG-26' } })
const entry: Award[] = [
  { type: 'amount', asset: 'points', amount: 200 },
  { type: 'reward', reward: 'welcome-gift' },
  { type: 'badge', badge: 'golden' },
]

const standingWithGifts = standing(50_000, {
  levels: [level('silver', 0), level('gold', 50_000, { entry }), level('rouge', 100_000)],
})

/** Points are given by the levels only, so that every one of them is an entry award's. */
const withLadder = (parts: Partial<Ladder> = {}, more: Partial<Program> = {}) =>
  timelineOf(
    program({
      onOrder: [],
      rewards: new Map([[gift.id, gift]]),
      badges: new Map([['golden', { id: 'golden', name: {}, each: 'ever' }]]),
      ladders: [{ ...standingWithGifts, ...parts }],
      ...more,
    }),
  )

const lifted = paid('o1', on('2026-03-01'), 50_000)
const answered = (timeline: ReturnType<typeof withLadder>, events: readonly MemberEvent[]) => {
  const { decisions } = live(timeline, events)
  return events.map((event, index) => {
    const answer = decisions[index]?.answer
    return 'answer' in event && answer ? ({ ...event, answer } as MemberEvent) : event
  })
}

describe('TIER-7 entry awards', () => {
  const timeline = withLadder()

  test('points, a voucher and a badge come with the level, under names that every replay gives again', () => {
    const { member } = live(timeline, [lifted])
    expect(balanceOf(member).active).toBe(200)
    expect(member.vouchers).toMatchObject([
      { id: 'entry/standing/gold/2', reward: 'welcome-gift', from: 'award', status: 'open' },
    ])
    expect(member.badges).toMatchObject([{ badge: 'golden', period: 0, award: 'entry/standing/gold/3' }])
    expect(member.entered).toMatchObject([{ ladder: 'standing', level: 'gold' }])
    expect(replayed(timeline, [lifted]).member).toEqual(member)
  })

  test('once for each level, ever: whoever falls and rises again gets nothing', () => {
    const events = [lifted, tick(on('2027-01-02')), paid('o2', on('2027-03-01'), 50_000)]
    const { member, decisions } = live(timeline, events)
    expect(decisions[1] && levelOf(decisions[1].member)).toBe('silver')
    expect(levelOf(member)).toBe('gold')
    expect(balanceOf(member).active).toBe(200)
    expect(member.vouchers).toHaveLength(1)
  })

  test('a level that is jumped over is not entered', () => {
    const { member } = live(timeline, [paid('o1', on('2026-03-01'), 100_000)])
    expect(levelOf(member)).toBe('rouge')
    expect([balanceOf(member).active, member.vouchers, member.entered]).toEqual([0, undefined, undefined])
  })

  test('a refund that takes the level takes them, too, and they come again with it', () => {
    const back = [lifted, refund('r1', 'o1', on('2026-03-02'), 50_000)]
    const { member } = live(timeline, back)
    expect(balanceOf(member)).toEqual({ pending: 0, active: 0, held: 0, debt: 0 })
    expect(member.closed?.['entry/standing/gold/2']?.status).toBe('revoked')
    expect([member.vouchers, member.badges, member.entered]).toEqual([undefined, undefined, undefined])
    const again = live(timeline, [...back, paid('o2', on('2026-04-01'), 50_000)]).member
    expect(balanceOf(again).active).toBe(200)
    expect(again.vouchers).toMatchObject([{ id: 'entry/standing/gold/2', issued: on('2026-04-01').local }])
  })

  test('a refund takes nothing of a level that time took before', () => {
    const events = [lifted, tick(on('2027-01-02')), paid('o2', on('2027-03-01'), 10_000)]
    const steps = [level('silver', 0), level('step', 10_000), level('gold', 50_000, { entry })]
    const { member } = live(withLadder({ levels: steps }), [...events, refund('r1', 'o2', on('2027-03-02'), 10_000)])
    expect([levelOf(member), balanceOf(member).active, member.badges?.length]).toEqual(['silver', 200, 1])
  })

  test('who has used the gift keeps all of it, and gets no second one', () => {
    const used = [
      lifted,
      useVoucher('u1', 'entry/standing/gold/2', on('2026-03-01T10:00')),
      refund('r1', 'o1', on('2026-03-02'), 50_000),
      paid('o2', on('2026-04-01'), 50_000),
    ]
    const { member } = live(timeline, used)
    expect(balanceOf(member).active).toBe(200)
    expect(member.vouchers).toBeUndefined()
    expect(member.entered).toHaveLength(1)
    expect(replayed(timeline, answered(timeline, used)).member).toEqual(member)
  })

  test('awarded points wait where the asset waits, and are taken out of there', () => {
    const waiting = withLadder({}, { assets: [points({ pending: { type: 'period', period: days(14) } })] })
    const { member } = live(waiting, [lifted])
    expect(balanceOf(member)).toMatchObject({ pending: 200, active: 0 })
    const back = live(waiting, [lifted, refund('r1', 'o1', on('2026-03-02'), 50_000)]).member
    expect(balanceOf(back)).toEqual({ pending: 0, active: 0, held: 0, debt: 0 })
    const spent = live(waiting, [lifted, tick(on('2026-03-15')), refund('r1', 'o1', on('2026-03-16'), 50_000)]).member
    expect(balanceOf(spent)).toEqual({ pending: 0, active: 0, held: 0, debt: 0 })
  })
})

describe('TIER-6 what a level gave and a refund took', () => {
  test('REF-2 is taken in the order of the levels, whatever they are called', () => {
    const timeline = withLadder({
      levels: [
        level('low', 0),
        level('z-first', 1000, { entry: [{ type: 'amount', asset: 'points', amount: 20 }] }),
        level('a-second', 2000, { entry: [{ type: 'amount', asset: 'points', amount: 4 }] }),
      ],
    })
    const { decisions } = live(timeline, [
      paid('o1', on('2026-03-01'), 1900),
      paid('o2', on('2026-03-02'), 100),
      adjusted('less', on('2026-03-03'), -4),
      refund('back', 'o1', on('2026-03-04'), 1900),
    ])
    const taken = decisions.flatMap(({ effects }) => ofType(effects, 'move')).filter(({ to }) => to === 'issued')
    expect(taken.map(({ rule, from, amount }) => [rule, from, amount])).toEqual([
      ['entry:z-first', 'active', 20],
      ['entry:a-second', 'debt', 4],
    ])
  })

  test('is settled by the level that the event leaves, also where an award counts on its own ladder', () => {
    const ladder = standing(60, {
      measure: { type: 'earned', asset: 'points' },
      afterRefund: 'revoke',
      levels: [level('silver', 0), level('gold', 60, { entry: [{ type: 'amount', asset: 'points', amount: 4 }] })],
    })
    const timeline = withLadder({}, { onOrder: [earning()], ladders: [ladder] })
    const early = refund('r1', 'o1', on('2026-03-01'), 1700)
    const { member } = live(timeline, [early, paid('o1', on('2026-03-02'), 7500)])
    expect([levelOf(member), balanceOf(member).active, member.entered]).toEqual(['silver', 58, undefined])
    const after = live(timeline, [paid('o1', on('2026-03-02'), 7500), { ...early, stamp: on('2026-03-03') }]).member
    expect([levelOf(after), balanceOf(after).active]).toEqual(['gold', 62])
  })

  test('never counted on a ladder that is measured in it', () => {
    const earned = standing(150, {
      id: 'earned',
      measure: { type: 'earned', asset: 'points' },
      levels: [level('low', 0), level('high', 150)],
    })
    const timeline = withLadder({}, { ladders: [standingWithGifts, earned] })
    expect(levelOf(live(timeline, [lifted]).member, 'earned')).toBe('high')
    const { member } = live(timeline, [lifted, refund('r1', 'o1', on('2026-03-02'), 50_000)])
    expect(member.ladders.map(({ level: held, entries }) => [held, entries])).toEqual([
      ['silver', []],
      ['low', []],
    ])
  })

  test('END-1 comes out of what was forfeited, where it waited when the member left', () => {
    const assets = [points({ pending: { type: 'period', period: days(14) } })]
    const timeline = withLadder({}, { assets, leaving: { forfeitAfter: days(0) } })
    const left: MemberEvent = { type: 'member.left', source: 'shop', id: 'left', stamp: on('2026-03-02') }
    const back = refund('r1', 'o1', on('2026-03-03'), 50_000)
    // The voucher is gone with the member: who has it no more keeps the rest as well.
    expect(live(timeline, [lifted, left, back]).member.entered).toHaveLength(1)
    const pointsOnly = withLadder(
      { levels: [level('silver', 0), level('gold', 50_000, { entry: entry.slice(0, 1) })] },
      { assets, leaving: { forfeitAfter: days(0) } },
    )
    const { member } = live(pointsOnly, [lifted, left, back])
    expect(member.entered).toBeUndefined()
    expect([balanceOf(member).debt, member.forfeited]).toEqual([0, []])
  })
})

describe('TIER-7 TRN-4 an award by the terms of an older version', () => {
  const amount = (of: number): Award => ({ type: 'amount', asset: 'points', amount: of })
  const gold = (reach: number, gives: number) =>
    standing(reach, {
      ...{ measure: { type: 'earned', asset: 'points' }, window: { type: 'lifetime' } },
      levels: [level('silver', 0), level('gold', reach, { entry: [amount(gives)] })],
    })
  const versions = (first: Partial<Program>, second: Partial<Program>) =>
    timelineOf(
      program({ onOrder: [], referral: referral({ advocate: [amount(30)] }), ladders: [gold(30, 20)], ...first }),
      [on('2026-06-15').at, program({ version: 2, onOrder: [], ladders: [gold(30, 20)], ...second })],
    )
  const told = (from: string, at: string): ReferralTold => ({
    ...{ type: 'referral.qualified', source: 'laurel', id: `${from}/2`, stamp: on(at, 2), from, terms: 1, round: 2 },
  })
  /** Level and points; both books say the same. */
  const held = (timeline: ReturnType<typeof versions>, ...events: MemberEvent[]) => {
    const { member } = live(timeline, events)
    expect(compare(audit(timeline, events), member)).toEqual([])
    return [levelOf(member), balanceOf(member).active]
  }

  test('END-4 TIER-8 lifts to a level that still gives its gift where the version that rules has put the end off', () => {
    const ends = (burnsUntil: string): Partial<Program> => {
      const [notice, end] = [on('2026-02-01').local, on(burnsUntil).local]
      return { closing: { notice, earnsUntil: end, burnsUntil: end, left: { type: 'forfeit' } } }
    }
    expect(held(versions(ends('2026-07-01'), ends('2026-12-01')), told('ben', '2026-07-01'))).toEqual(['gold', 50])
  })

  test('TIER-8 lifts by what the ladder of the version that rules asks, and to what it gives', () => {
    const dearer = versions({}, { ladders: [gold(50, 70)] })
    expect(held(dearer, told('ben', '2026-07-01'))).toEqual(['silver', 30])
    expect(held(dearer, told('ben', '2026-07-01'), told('cem', '2026-07-02'))).toEqual(['gold', 130])
  })

  test('gives a level of the version that rules, and taken back leaves what that one asks for', () => {
    const month: Award = { type: 'tier', ladder: 'standing', level: 'gold', keep: days(30) }
    const spending = (reach: number, gives: number) => ({
      ladders: [standing(reach, { levels: [level('silver', 0), level('gold', reach, { entry: [amount(gives)] })] })],
    })
    const dearer = versions(
      { ...spending(10_000, 20), referral: referral({ advocate: [month] }) },
      spending(30_000, 70),
    )
    const bought = paid('o1', on('2026-07-01', 2), 20_000)
    const lost: MemberEvent = {
      ...{ type: 'referral.reversed', source: 'laurel', id: 'ben/3', stamp: on('2026-07-03', 2) },
      ...{ from: 'ben', terms: 1, round: 3 },
    }
    const after = (...events: MemberEvent[]) => live(dearer, [bought, ...events]).member
    expect(levelOf(after())).toBe('silver')
    expect(levelOf(after(told('ben', '2026-07-02')))).toBe('gold')
    expect(balanceOf(after(told('ben', '2026-07-02'))).active).toBe(70)
    expect(levelOf(after(told('ben', '2026-07-02'), lost))).toBe('silver')
  })

  test('gives no level that the version that rules has no more', () => {
    const month: Award = { type: 'tier', ladder: 'standing', level: 'gold', keep: days(30) }
    const without = standing(0, { levels: [level('silver', 0)] })
    const gone = versions({ referral: referral({ advocate: [month] }) }, { ladders: [without] })
    expect(live(gone, [told('ben', '2026-07-02')]).member.ladders).toEqual([])
  })

  test('EVT-3 gives a level that only a version has that was published after its own start, also of before that', () => {
    const month: Award = { type: 'tier', ladder: 'standing', level: 'gold', keep: days(30) }
    const [first, second] = versions(
      { ladders: [standing(0, { levels: [level('silver', 0)] })] },
      { ladders: [standing(10_000)] },
    )
    if (!first || !second) throw new Error('two versions')
    const { at, local } = on('2026-06-20')
    const program = { ...second.program, referral: referral({ advocate: [month] }) }
    const announced = [first, { ...second, program, publishedAt: at, publishedLocal: local }]
    expect(levelOf(live(announced, [{ ...told('ben', '2026-06-17'), terms: 2 }]).member)).toBe('gold')
  })
})

describe('TIER-7 a level by invitation', () => {
  const invited = withLadder({
    levels: [level('silver', 0), level('gold', 50_000), level('circle', 60_000, { invitation: true, entry })],
  })
  const invitation: MemberEvent = {
    type: 'tier.overridden',
    source: 'staff',
    id: 'invite',
    stamp: on('2026-04-01'),
    actor: 'staff-1',
    reason: 'invited',
    ladder: 'standing',
    level: 'circle',
    endsOn: null,
  }

  test('is not reached by what is measured, and entered by an act of staff', () => {
    const { member } = live(invited, [paid('o1', on('2026-03-01'), 90_000)])
    expect(levelOf(member)).toBe('gold')
    const after = live(invited, [paid('o1', on('2026-03-01'), 90_000), invitation]).member
    expect(levelOf(after)).toBe('circle')
    expect(balanceOf(after).active).toBe(200)
  })
})

describe('EVT-2 an announced voucher is honoured', () => {
  const timeline = withLadder()
  const id = 'entry/standing/gold/2'

  test('by a replay in which nothing would give it any more', () => {
    const { member } = live(timeline, [lifted])
    const early = refund('r1', 'o1', on('2026-03-01'), 50_000)
    const again = replayed(timeline, [lifted, early], member).member
    expect(levelOf(again)).toBe('silver')
    // It was issued with the order and is taken back by the refund, as it would have been had that come in time.
    expect(again.closed?.[id]?.status).toBe('revoked')
  })

  test('on the terms that were announced, also where the level is reached sooner', () => {
    const { member } = live(timeline, [lifted])
    const sooner = paid('o0', on('2026-02-01'), 50_000)
    const again = replayed(timeline, [sooner, lifted], member).member
    expect(again.vouchers).toEqual(member.vouchers)
  })

  test('also where its level is jumped over by a fact that came late', () => {
    const { member } = live(timeline, [lifted])
    const sooner = paid('o0', on('2026-02-01'), 100_000)
    const again = replayed(timeline, [sooner, lifted], member).member
    expect(levelOf(again)).toBe('rouge')
    expect(again.vouchers).toEqual(member.vouchers)
    expect(balanceOf(again).active).toBe(0)
  })
})
