import type { Effect, MemberEvent, OrderEdited, Program, Stamp } from '@laurel/engine'
import { nextDue, noticesDue } from '@laurel/engine'
import { describe, expect, test } from 'vitest'
import {
  adjusted,
  burn,
  confirm,
  dayNumber,
  granted,
  on,
  paid,
  redeem,
  refund,
  reserve,
  returnVoucher,
  tick,
  useVoucher,
} from '../vectors/history-builder.ts'
import { anyAmount, days, earning, points, program, reward, timelineOf } from '../vectors/program-builder.ts'
import { answersOf, balanceOf, effectsOf, heldBy, live, ofType, permutations, replayed } from '../vectors/reading.ts'

/** Told from February, earned through March, spent through June. */
const closing = {
  notice: on('2026-02-01').local,
  earnsUntil: on('2026-04-01').local,
  burnsUntil: on('2026-07-01').local,
  left: { type: 'forfeit' },
} as const satisfies Program['closing']
const toGarden = { ...closing, left: { type: 'charity', charity: 'garden' } } as const satisfies Program['closing']

const gift = reward('gift', { price: { type: 'fixed', asset: 'points', choices: [] } })
const mug = {
  ...gift,
  id: 'mug',
  kind: { type: 'product', sku: 'MUG' },
  price: { type: 'fixed', asset: 'points', choices: [{ audience: gift.audience, amount: 40 }] },
} as const
const any = anyAmount()
const rewards = new Map([
  [any.id, any],
  ['mug', mug],
])
const ending = (parts: Partial<Program> = {}) => program({ closing, rewards, ...parts })
const timeline = timelineOf(ending())
const garden = timelineOf(
  ending({
    closing: toGarden,
    assets: [points({ worth: { amount: 100, minor: 150 } }), points({ id: 'status', kind: 'qualifying' })],
  }),
)

const order = paid('o1', on('2026-03-31T23:59'), 10_000)
const afterEnd = on('2026-07-02')
const no = (code: string) => ({ granted: false, refusal: { code, shortBy: null } })
const closedFor = (effects: readonly Effect[]) => ofType(effects, 'not-earning').map(({ because }) => because)
const edited = (stamp: Stamp, total: number): OrderEdited => ({
  ...paid('o1', stamp, total),
  id: `edit-${stamp.at}`,
  type: 'order.edited',
})

describe('END-4 the last day of earning', () => {
  test('is over at midnight, and what happens then says so', () => {
    const late = paid('o2', on('2026-04-01'), 5_000)
    const { member, decisions } = replayed(timeline, [order, late])
    expect(balanceOf(member).active).toBe(100)
    expect(decisions.map(({ effects }) => closedFor(effects))).toEqual([[], ['closed']])
    expect(balanceOf(replayed(timeline, [late, edited(on('2026-04-02'), 9_000)]).member).active).toBe(0)
  })

  test('lets an edit take, and give no more than the order gave at first', () => {
    const active = (...events: MemberEvent[]) => balanceOf(replayed(timeline, [order, ...events]).member).active
    expect(active(edited(on('2026-03-31T23:59:30'), 20_000))).toBe(200)
    expect(active(edited(on('2026-04-01'), 20_000))).toBe(100)
    expect(active(edited(on('2026-04-01'), 20_000), refund('r1', 'o1', on('2026-04-02'), 5_000))).toBe(100)
    expect(active(edited(on('2026-04-01'), 4_000))).toBe(40)
    expect(active(edited(on('2026-04-01'), 4_000), edited(on('2026-04-02'), 20_000))).toBe(40)
  })

  test('is no end for what waits, nor for spending', () => {
    const waits = timelineOf(ending({ assets: [points({ pending: { type: 'period', period: days(14) } })] }))
    const { member } = replayed(waits, [order, ...burn('r1', on('2026-06-30T23:59'), 30)])
    expect(balanceOf(member)).toEqual({ pending: 0, active: 70, held: 0, debt: 0 })
  })
})

describe('END-4 the last day of spending', () => {
  test('is over at midnight: what is asked is refused, what was reserved is over, what is left is gone', () => {
    const { decisions, member } = live(timeline, [
      order,
      reserve('r1', on('2026-06-30T23:59'), 30),
      confirm('r1', on('2026-07-01')),
      reserve('r2', on('2026-07-01T00:01'), 10),
      adjusted('sorry', on('2026-07-01T00:02'), 10),
    ])
    expect(answersOf(decisions)).toEqual([granted(30), no('closed'), no('closed'), no('closed')])
    expect(balanceOf(member)).toEqual({ pending: 0, active: 0, held: 0, debt: 0 })
    expect(
      heldBy(
        'forfeited',
        decisions.flatMap(({ effects }) => effects),
      ),
    ).toBe(100)
  })

  test('TIME-4 happens at its own moment and under its own name, whoever wakes the member up and whenever', () => {
    const endings = [[tick(on('2026-07-01'))], [tick(on('2026-09-01'))], [tick(on('2026-05-01')), tick(afterEnd)]]
    const told = endings.map((ticks) => {
      const { member, decisions } = live(timeline, [order, ...ticks])
      const moves = ofType(
        decisions.flatMap(({ effects }) => effects),
        'move',
      )
      return { moves: moves.filter(({ rule }) => rule === 'closing'), member: { ...member, seq: 0 } }
    })
    expect(told[0]?.moves).toMatchObject([
      { cause: `closing/${closing.burnsUntil}`, to: 'forfeited', amount: 100, effective: closing.burnsUntil },
    ])
    expect(told[1]).toEqual(told[0])
    expect(told[2]).toEqual(told[0])
    const before = live(timeline, [order]).member
    expect(nextDue(timeline, before)).toEqual({ local: closing.burnsUntil, at: null })
    expect(nextDue(timeline, live(timeline, [order, tick(afterEnd)]).member)).toEqual({ local: null, at: null })
  })

  test('gives a charity all that is worth something, pending points too, with a receipt', () => {
    const waits = garden[0]?.program.assets.map((asset) => ({
      ...asset,
      pending: { type: 'period', period: days(120) } as const,
    }))
    const both = [earning(), earning({ id: 'status', asset: 'status' })]
    const effects = effectsOf(garden, [order, tick(afterEnd)])
    expect(heldBy('charity:garden', effects)).toBe(100)
    expect(ofType(effects, 'donated')).toEqual([
      {
        type: 'donated',
        receipt: `closing/${closing.burnsUntil}/points`,
        charity: 'garden',
        asset: 'points',
        amount: 100,
        worth: 150,
      },
    ])
    const pending = effectsOf(timelineOf(ending({ closing: toGarden, assets: waits ?? [], onOrder: both })), [
      order,
      tick(afterEnd),
    ])
    expect([heldBy('charity:garden', pending), heldBy('forfeited', pending, 'status')]).toEqual([100, 100])
  })

  test('leaves vouchers to run to their own end, and takes none back for its price', () => {
    const { decisions, member } = live(timeline, [
      order,
      ...redeem('v1', 'mug', on('2026-06-30')),
      returnVoucher('back', 'v1', on('2026-07-03')),
      useVoucher('use', 'v1', on('2026-07-04')),
    ])
    expect(answersOf(decisions).slice(2)).toEqual([no('closed'), { granted: true, asset: 'USD', amount: 0 }])
    expect(member.closed?.['v1']?.status).toBe('used')
  })
})

describe('END-4 a refund after the end', () => {
  const back = refund('back', 'o1', on('2026-07-10'), 6_000)

  test.each([
    ['what was forfeited', timeline, 'forfeited'],
    ['what a charity got', garden, 'charity:garden'],
  ] as const)('takes from %s, and owes nothing', (_, ended, account) => {
    const effects = effectsOf(ended, [order, back])
    expect(heldBy(account, effects)).toBe(40)
    expect(balanceOf(replayed(ended, [order, back]).member)).toEqual({ pending: 0, active: 0, held: 0, debt: 0 })
  })

  test('takes what was spent as the program says, and what others left last of all', () => {
    const spent = [order, paid('o2', on('2026-03-30'), 2_000), ...burn('r1', on('2026-06-01'), 110)]
    const { member } = replayed(timeline, [...spent, back])
    // 120 were earned, 110 spent, 10 forfeited: of the 60 that are due back 10 are found.
    expect(balanceOf(member).debt).toBe(50)
  })

  test('brings back what paid, and that is gone at once', () => {
    const bought = paid('o2', on('2026-06-01'), 10_000, {
      payments: [
        { by: 'points', redemption: 'r1', amount: 8_000 },
        { by: 'money', amount: 2_000 },
      ],
    })
    const events = [order, ...burn('r1', on('2026-06-01'), 80), bought, refund('all', 'o2', on('2026-07-10'), 10_000)]
    const effects = effectsOf(timeline, events)
    expect([heldBy('forfeited', effects), heldBy('active', effects), heldBy('redeemed', effects)]).toEqual([100, 0, 0])
    expect(ofType(effects, 'move').at(-1)).toMatchObject({ cause: 'shop/all', rule: 'closing', amount: 80 })
  })

  test('EVT-2 ends alike in whatever order things arrive', () => {
    const events = [order, paid('o2', on('2026-04-02'), 3_000), back, edited(on('2026-04-03'), 30_000)]
    const stand = (list: readonly MemberEvent[]) => ({
      ...replayed(timeline, [...list, tick(afterEnd)]).member,
      seq: 0,
    })
    const [first, ...others] = permutations(events).map(stand)
    for (const other of others) expect(other).toEqual(first)
  })
})

describe('END-4 a later version', () => {
  const open = program({ version: 2, rewards })
  const putOff = ending({ version: 2, closing: { ...closing, burnsUntil: on('2026-12-01').local } })
  const activeAt = (ended: ReturnType<typeof timelineOf>, at: Stamp) =>
    balanceOf(live(ended, [order, tick(at)]).member).active

  test('that is published before the moment calls it off, or puts it off', () => {
    const before = on('2026-06-15').at
    expect(activeAt(timelineOf(ending(), [before, open]), on('2027-01-01'))).toBe(100)
    expect(activeAt(timelineOf(ending(), [before, putOff]), on('2026-11-30T23:59'))).toBe(100)
    expect(activeAt(timelineOf(ending(), [before, putOff]), on('2026-12-01'))).toBe(0)
  })

  test('that comes after it opens anew and brings nothing back, whoever was woken up meanwhile or not', () => {
    const anew = timelineOf(ending(), [on('2026-08-01').at, open])
    const again = paid('o2', on('2026-08-02', 2), 5_000)
    const woken = live(anew, [order, tick(on('2026-07-15')), again, ...burn('r1', on('2026-08-03', 2), 20)])
    const slept = live(anew, [order, again, ...burn('r1', on('2026-08-03', 2), 20)])
    expect(balanceOf(woken.member).active).toBe(30)
    expect({ ...slept.member, seq: 0 }).toEqual({ ...woken.member, seq: 0 })
    // Somebody who has come since has nothing to lose by an end that was before.
    expect(balanceOf(live(anew, [again, tick(on('2026-09-01', 2))]).member).active).toBe(50)
  })

  test('that says the same again is no second end, and one whose moment is over ends at its start', () => {
    const same = ending({ version: 2 })
    const twice = timelineOf(ending(), [on('2026-08-01').at, same])
    const effects = effectsOf(twice, [order, tick(on('2026-09-01'))])
    expect(ofType(effects, 'ended').map(({ on: due }) => due)).toEqual([closing.burnsUntil])
    const atOnce = timelineOf(program({ rewards }), [on('2026-08-01').at, same])
    const sudden = effectsOf(atOnce, [order, tick(on('2026-09-01'))])
    expect(ofType(sudden, 'ended').map(({ on: due }) => due)).toEqual([on('2026-08-01').local])
  })
})

test('END-4 LOT-7 members are told from the notice on until it is over, once for each end that is said', () => {
  const keysAt = (at: Stamp) =>
    noticesDue(timeline, live(timeline, [order]).member, at.local).flatMap((notice) =>
      notice.kind === 'program-closes' ? [[notice.key, notice.burnsUntil / 86_400_000]] : [],
    )
  expect(keysAt(on('2026-01-31T23:59'))).toEqual([])
  expect(keysAt(on('2026-02-01'))).toEqual([
    [`program-closes/${closing.earnsUntil}/${closing.burnsUntil}`, dayNumber('2026-07-01')],
  ])
  expect(keysAt(on('2026-07-01'))).toEqual([])
})
