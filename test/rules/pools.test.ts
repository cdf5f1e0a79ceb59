import type { Decision, MemberEvent, PoolAsked, PoolPlan, PoolTold, Timeline } from '@laurel/engine'
import { describe, expect, test } from 'vitest'
import { adjusted, burn, dayNumber, on, paid, refund, tick } from '../vectors/history-builder.ts'
import { days, points, program, timelineOf } from '../vectors/program-builder.ts'
import { balanceOf, heldBy, live, lotsOf, ofType } from '../vectors/reading.ts'

const plan: PoolPlan = {
  ...{ id: 'family', name: {}, asset: 'points', burn: 'everyone', membersMax: 2, leaving: 'take-share' },
  share: { numerator: 1, denominator: 1 },
}
const pools = new Map([[plan.id, plan]])
const home = timelineOf(program({ pools }))

const asked = (id: string, at: string, asks: PoolAsked['asks']): PoolAsked => ({
  ...{ type: 'pool.asked', source: 'laurel', id, stamp: on(at), pool: 'home', asks, answer: null },
})
const put = (id: string, from: string, at: string, amount: number): PoolTold => ({
  ...{ type: 'pool.told', source: 'laurel', id, stamp: on(at), pool: 'home', from },
  tells: { type: 'put', parts: [{ priority: 0, lastDay: 'never', amount }] },
})
const sent = (decision: Decision | undefined) =>
  ofType(decision?.effects ?? [], 'send').map(({ event, to }) => {
    const word = event.type === 'pool.asked' ? event.asks.type : event.type === 'pool.told' ? event.tells.type : null
    return [event.type, word, to]
  })
const answers = (timeline: Timeline, events: readonly MemberEvent[]) =>
  live(timeline, events).decisions.map(({ answer }) => answer)
const yes = (amount: number) => ({ granted: true, asset: 'points', amount })
const no = (code: string, shortBy: number | null = null) => ({ granted: false, refusal: { code, shortBy } })

describe('POOL-1 what is asked of a pool', () => {
  const both = [
    asked('found', '2026-03-01', { type: 'found', plan: 'family', member: 'ada' }),
    asked('join', '2026-03-02', { type: 'join', member: 'ben' }),
    put('p1', 'ada', '2026-03-03', 40),
    put('p2', 'ben', '2026-03-04', 10),
  ]
  const spend = (id: string, amount: number): MemberEvent =>
    asked(id, '2026-03-05', {
      ...{ type: 'spend', member: 'ben', asset: 'points', amount },
      reservation: { redemption: id, reward: 'any', points: amount, payable: null, session: null, lastsMs: null },
    })
  const close = asked('close', '2026-03-06', { type: 'close' })

  test('it pays whole or not at all, and what it pays leaves it at once with the request', () => {
    const { member, decisions } = live(home, [...both, spend('x1', 30)])
    expect(decisions.at(-1)?.answer).toEqual(yes(30))
    expect(sent(decisions.at(-1))).toEqual([['redemption.reserve', null, 'ben']])
    expect(balanceOf(member).active).toBe(20)
    expect(heldBy('transit', decisions.at(-1)?.effects ?? [])).toBe(30)
    const short = live(home, [...both, spend('x2', 51)])
    expect(short.decisions.at(-1)?.answer).toEqual(no('short', 1))
    expect([balanceOf(short.member).active, sent(short.decisions.at(-1))]).toEqual([50, []])
  })

  test('it closes once, and everybody gets what is theirs', () => {
    const { member, decisions } = live(home, [...both, close])
    expect(decisions.at(-1)?.answer).toEqual(yes(0))
    expect(sent(decisions.at(-1))).toEqual([
      ['pool.told', 'out', 'ada'],
      ['pool.told', 'out', 'ben'],
    ])
    expect([balanceOf(member).active, member.wallet?.closed]).toEqual([0, close.stamp.local])
    const again = { ...close, id: 'again', stamp: on('2026-03-07') }
    expect(answers(home, [...both, close, again]).at(-1)).toEqual(no('pool-closed'))
  })

  test('what comes to it by itself belongs to all from then on, and to nobody once it has closed', () => {
    const gift = adjusted('a1', on('2026-03-05'), 7)
    const open = live(home, [...both, gift]).member
    expect([balanceOf(open).active, open.wallet?.common]).toEqual([57, 7])
    const late = { ...gift, stamp: on('2026-03-08') }
    const { member, decisions } = live(home, [...both, close, late])
    expect(balanceOf(member).active).toBe(0)
    expect(heldBy('forfeited', decisions.at(-1)?.effects ?? [])).toBe(7)
  })
})

describe('POOL-1 what is asked of a member about one', () => {
  const enter = asked('enter', '2026-03-01', { type: 'enter', plan: 'family', asset: 'points' })
  const order = paid('o1', on('2026-03-02'), 1_000)
  const share = (id: string, at: string): PoolAsked => asked(id, at, { type: 'put' })
  const leave = (id: string, at: string): PoolAsked => asked(id, at, { type: 'leave' })
  const toOneself = ['pool.asked', 'put', null]
  const wallet = 'pool:home'

  test('the share of what is earned goes there by a request of the member’s own, once', () => {
    const { member, decisions } = live(home, [enter, order, share('s1', '2026-03-03'), share('s2', '2026-03-04')])
    expect(decisions.map(({ answer }) => answer)).toEqual([yes(0), null, yes(10), no('nothing-left')])
    expect(decisions.map(sent)).toEqual([[], [toOneself], [['pool.told', 'put', wallet]], []])
    expect([balanceOf(member).active, member.belongings?.[0]?.put]).toEqual([0, 10])
  })

  test('what goes there is what was just earned, with its own end, though older points would be burnt first', () => {
    const lasting = timelineOf(
      program({ pools, assets: [points({ expiry: { type: 'life', life: days(10), endOf: null } })] }),
    )
    const before = paid('o0', on('2026-02-27'), 700)
    const { member, decisions } = live(lasting, [before, enter, order, share('s1', '2026-03-03')])
    expect(lotsOf(member)).toEqual([{ priority: 0, lastDay: dayNumber('2026-03-09'), amount: 7 }])
    const [told] = ofType(decisions.at(-1)?.effects ?? [], 'send')
    expect(told?.event).toMatchObject({ tells: { parts: [{ lastDay: dayNumber('2026-03-12'), amount: 10 }] } })
    // What it lay in has been spent meanwhile: then it is of what there is, as far as there is any.
    const spent = live(lasting, [
      before,
      enter,
      order,
      ...burn('x1', on('2026-03-02T20:00'), 12),
      share('s1', '2026-03-03'),
    ])
    expect([lotsOf(spent.member), spent.member.belongings?.[0]?.put]).toEqual([[], 5])
  })

  test('REF-2 a refund takes the share of its order back from there, and not points of the same end that were never shared', () => {
    const before = paid('o0', on('2026-02-27'), 700)
    const past = [before, enter, order, share('s1', '2026-03-03')]
    const half = live(home, [...past, refund('r1', 'o1', on('2026-03-04'), 500)])
    expect(sent(half.decisions.at(-1))).toEqual([['pool.told', 'claimed', wallet]])
    expect([balanceOf(half.member).active, half.member.belongings?.[0]?.claimed]).toEqual([7, 5])
    // What was earned before entering lies with the member, whoever has more of the same end there.
    const own = live(home, [...past, refund('r1', 'o0', on('2026-03-04'), 700)])
    expect([balanceOf(own.member).active, own.member.belongings?.[0]?.claimed]).toEqual([0, 0])
  })

  test('points that waited are shared when time makes them usable', () => {
    const waiting = timelineOf(program({ pools, assets: [points({ pending: { type: 'period', period: days(1) } })] }))
    const { decisions } = live(waiting, [enter, order, tick(on('2026-03-05'))])
    expect(decisions.map(sent)).toEqual([[], [], [toOneself]])
  })

  test('it leaves once, says so, and what it was asked meanwhile is not asked again by that', () => {
    const { member, decisions } = live(home, [enter, order, leave('l1', '2026-03-03'), leave('l2', '2026-03-04')])
    expect(decisions.map(({ answer }) => answer)).toEqual([yes(0), null, yes(0), no('not-in-pool')])
    expect(decisions.slice(2).map(sent)).toEqual([[['pool.told', 'gone', wallet]], []])
    expect(dayNumber('2026-03-03') * 86_400_000).toBe(member.belongings?.[0]?.until)
  })
})
