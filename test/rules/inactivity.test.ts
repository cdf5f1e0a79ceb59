import { type MemberEvent, noticesDue, type PointsAdjusted } from '@laurel/engine'
import { describe, expect, test } from 'vitest'
import { audit } from '../auditor/audit.ts'
import { compare, compareEntries } from '../auditor/compare.ts'
import {
  adjusted,
  burn,
  dayNumber,
  on,
  paid,
  redeem,
  refund,
  reserve,
  returnVoucher,
  tick,
} from '../vectors/history-builder.ts'
import { merge, receivedOf } from '../vectors/merging.ts'
import {
  anyAmount,
  days,
  earning,
  everyone,
  standing as ladder,
  level,
  points,
  program,
  reward,
  timelineOf,
} from '../vectors/program-builder.ts'
import { balanceOf, effectsOf, heldBy, live, lotsOf, permutations, replayed } from '../vectors/reading.ts'

/** LOT-2: what goes by inactivity comes in stretches, and each has points of its own. */

const idle = points({ expiry: { type: 'inactive', idle: days(10), moves: new Set(['order.paid']) } })
const cup = reward('cup', {
  price: { type: 'fixed', asset: 'points', choices: [{ audience: everyone, amount: 10 }] },
})
const rewards = new Map([
  ['cup', cup],
  ['any', anyAmount()],
])
const club = timelineOf(program({ assets: [idle], onOrder: [earning()], rewards }))
const [a, b] = [paid('a', on('2026-01-01T12:00'), 1_000), paid('b', on('2026-01-20T12:00'), 1_000)]
const [backA, backB] = [
  refund('ra', 'a', on('2026-01-21T12:00'), 1_000),
  refund('rb', 'b', on('2026-01-22T12:00'), 1_000),
]
const stretch = (date: string, amount: number, of = '') => ({
  priority: 0,
  lastDay: `idle-${dayNumber(date)}${of}`,
  amount,
})

const first = dayNumber('2026-01-01')
const dateAfter = (count: number): string => new Date((first + count) * 86_400_000).toISOString().slice(0, 10)

/** Whatever arrives when: the same balances, and the second book agrees to the last entry. */
function standing(events: readonly MemberEvent[], timeline = club) {
  const { member } = replayed(timeline, events)
  const effects = effectsOf(timeline, events)
  const book = audit(timeline, events)
  expect([...compare(book, member), ...compareEntries(book, effects)]).toEqual([])
  return { ...balanceOf(member), expired: heldBy('expired', effects), lots: lotsOf(member) }
}

describe('REF-2 a refund finds what its own points have become', () => {
  test('of a stretch that has lapsed it takes what lapsed, and not what was earned since', () => {
    expect(standing([a, b])).toMatchObject({ active: 10, expired: 10, lots: [stretch('2026-01-20', 10)] })
    expect(standing([a, b, backA])).toMatchObject({ active: 10, debt: 0, expired: 0 })
    expect(standing([a, b, backA, backB])).toMatchObject({ active: 0, debt: 0, expired: 0 })
    expect(standing([a, b, backB, backA])).toMatchObject({ active: 0, debt: 0, expired: 0 })
  })

  test('EVT-2 in whatever order it arrives', () => {
    for (const arrival of permutations([a, b, backA, backB])) {
      expect(standing(arrival)).toMatchObject({ active: 0, debt: 0, expired: 0 })
    }
  })

  test('EVT-8 what a failed refund gives again goes where it had been', () => {
    const failed: MemberEvent = {
      ...{ type: 'refund.failed', source: 'shop', id: 'f', stamp: on('2026-01-23'), order: 'a', refund: 'ra' },
    }
    expect(standing([a, b, backA, failed])).toMatchObject({
      active: 10,
      expired: 10,
      lots: [stretch('2026-01-20', 10)],
    })
  })

  test('LOT-1 pending points belong to the stretch in which they become active', () => {
    const waiting = points({ ...idle, pending: { type: 'period', period: days(14) } })
    const slow = timelineOf(program({ assets: [waiting], onOrder: [earning()] }))
    // Those of `a` become active on the 15th: `c` has begun another stretch by then.
    const c = paid('c', on('2026-01-13T12:00'), 500)
    const until = tick(on('2026-02-20'))
    expect(standing([a, c, tick(on('2026-01-16'))], slow).lots).toEqual([stretch('2026-01-13', 10)])
    expect(standing([a, c, refund('ra', 'a', on('2026-01-30'), 1_000), until], slow)).toMatchObject({
      debt: 0,
      expired: 5,
    })
    // Without it they begin one, by becoming active.
    expect(standing([a, tick(on('2026-01-16'))], slow).lots).toEqual([stretch('2026-01-15', 10)])
    expect(standing([a, tick(on('2026-01-26'))], slow)).toMatchObject({ active: 0, expired: 10 })
  })
})

describe('LOT-5 what comes back to a stretch that is over has lapsed', () => {
  const spent = [a, ...redeem('v1', 'cup', on('2026-01-02T12:00'))]

  test('points of a voucher that is returned do not come alive with those earned since', () => {
    const returned = [...spent, b, returnVoucher('back', 'v1', on('2026-01-21T12:00'))]
    expect(standing(returned)).toMatchObject({ active: 10, expired: 10, lots: [stretch('2026-01-20', 10)] })
  })

  test('LOT-3 a reservation that ends after its stretch leaves its points usable to the end of the next day', () => {
    const lastsMs = 18 * 86_400_000
    const held = [a, reserve('r1', on('2026-01-02T12:00'), 10, { lastsMs }), b]
    const free = { priority: 0, lastDay: dayNumber('2026-01-21'), amount: 10 }
    expect(standing([...held, tick(on('2026-01-20T13:00'))]).lots).toEqual([free, stretch('2026-01-20', 10)])
    expect(standing([...held, tick(on('2026-01-22'))])).toMatchObject({ active: 10, expired: 10 })
  })
})

describe('LOT-2 a stretch begins with the first action or the first points after the one before has lapsed', () => {
  test('an action prolongs the one that runs, to the end of its last day', () => {
    const last = paid('b', on('2026-01-11T23:59:59.999'), 1_000)
    expect(standing([a, last]).lots).toEqual([stretch('2026-01-01', 20)])
    expect(standing([a, paid('b', on('2026-01-12'), 1_000)]).lots).toEqual([stretch('2026-01-12', 10)])
  })

  test('EVT-2 a late fact makes one of two', () => {
    const between = paid('c', on('2026-01-10T12:00'), 0)
    const joined = [a, b, tick(on('2026-01-23')), between]
    expect(standing(joined)).toMatchObject({ active: 20, expired: 0, lots: [stretch('2026-01-01', 20)] })
    expect(standing([...joined, backA])).toMatchObject({ active: 10, expired: 0 })
    expect(standing([...joined, backA, backB])).toMatchObject({ active: 0, debt: 0, expired: 0 })
  })

  test('LED-4 points that staff gives to whoever was idle live as long as anybody', () => {
    const goodwill = adjusted('g', on('2026-03-01T12:00'), 7)
    expect(standing([a, goodwill])).toMatchObject({ active: 7, expired: 10, lots: [stretch('2026-03-01', 7)] })
    expect(standing([a, goodwill, tick(on('2026-03-12'))])).toMatchObject({ active: 0, expired: 17 })
  })

  test('REF-3 points that a debt swallows begin one, too', () => {
    const owing = [a, ...burn('r', on('2026-01-02'), 10), refund('ra', 'a', on('2026-01-03'), 1_000)]
    const quiet = timelineOf(
      program({
        assets: [points({ ...idle, expiry: { type: 'inactive', idle: days(10), moves: new Set() } })],
        onOrder: [earning()],
        rewards,
      }),
    )
    const later = [...owing, paid('c', on('2026-01-20'), 1_000), paid('d', on('2026-01-25'), 1_000)]
    expect(standing(later, quiet)).toMatchObject({ debt: 0, lots: [stretch('2026-01-20', 10)] })
  })

  test('LOT-7 a warning names the day as it stands, whatever the stretch', () => {
    const warned = timelineOf(program({ assets: [points({ ...idle, warn: [days(3)] })], onOrder: [earning()] }))
    const { member } = live(warned, [a, b, tick(on('2026-01-28'))])
    expect(noticesDue(warned, member, on('2026-01-28').local)).toMatchObject([
      { kind: 'points-will-lapse', lots: [{ lastDay: dayNumber('2026-01-30'), amount: 10 }] },
    ])
  })

  test('EVT-3 points of an asset that a version brings in the middle of a day go by that version', () => {
    const brought = timelineOf(program({ assets: [points({ id: 'stars' })], onOrder: [] }), [
      on('2026-01-01T11:00').at,
      program({ version: 2, assets: [points({ id: 'stars' }), idle], onOrder: [earning()] }),
    ])
    const first = { ...a, stamp: { ...a.stamp, version: 2 } }
    expect(standing([first, tick(on('2026-01-11T23:59'))], brought).active).toBe(10)
    expect(standing([first, tick(on('2026-01-12'))], brought)).toMatchObject({ active: 0, expired: 10 })
  })

  test('REF-7 what no refund can ask for any more is not remembered', () => {
    const brief = program({ assets: [idle], onOrder: [earning()] })
    const timeline = timelineOf({ ...brief, refunds: { ...brief.refunds, accept: days(20) } })
    const orders = Array.from({ length: 40 }, (_, i) => paid(`o${i}`, on(dateAfter(i * 15)), 100))
    const { member } = live(timeline, orders)
    expect(member.assets[0]?.stretches.map(({ since }) => since)).toEqual([37, 38, 39].map((i) => first + i * 15))
  })
})
describe('LOT-6 staff', () => {
  const byStaff = {
    source: 'staff',
    actor: 'staff-1',
    reason: 'move',
    asset: 'points',
  } as const satisfies Partial<PointsAdjusted>

  test('extends what goes by inactivity by its last day as things are', () => {
    const extended = (lastDay: string): MemberEvent => ({
      ...{ ...byStaff, type: 'lots.extended', id: 'x', stamp: on('2026-01-21'), answer: null },
      ...{ lastDay: dayNumber(lastDay), newLastDay: dayNumber('2026-06-30') },
    })
    const lot = { priority: 0, lastDay: dayNumber('2026-06-30'), amount: 10 }
    expect(standing([a, b, extended('2026-01-30')]).lots).toEqual([lot])
    expect(standing([a, b, extended('2026-01-29')]).lots).toEqual([stretch('2026-01-20', 10)])
    expect(standing([a, b, extended('2026-01-30'), backB])).toMatchObject({ active: 0, debt: 0, expired: 10 })
  })

  test('reinstates what lapsed on a day, which no refund finds among what lapsed any more', () => {
    const again: MemberEvent = {
      ...{ ...byStaff, type: 'lots.reinstated', id: 'x', stamp: on('2026-01-21'), answer: null },
      ...{ lastDay: dayNumber('2026-01-11'), newLastDay: dayNumber('2026-06-30'), amount: 10 },
    }
    expect(standing([a, b, again])).toMatchObject({ active: 20, expired: 0 })
    expect(standing([a, b, again, backA])).toMatchObject({ active: 10, debt: 0, expired: 0 })
  })
})

describe('MRG-1 of two members each had stretches of their own', () => {
  const goes = merge('2026-01-25')
  const received = (gone: readonly MemberEvent[]): MemberEvent => receivedOf(club, gone, '2026-01-25')
  const back = (order: string) => refund(`r-${order}`, order, on('2026-01-26T12:00'), 1_000)

  test('what had lapsed of one is not paid with what lives of the other', () => {
    // Both began on one day; ben came again.
    const ben = [
      paid('x', on('2026-01-01T12:00'), 1_000),
      paid('y', on('2026-01-09'), 1_000),
      paid('z', on('2026-01-19'), 0),
      goes,
    ]
    const merged = [a, received(ben)]
    expect(standing(merged)).toMatchObject({ active: 20, expired: 10, lots: [stretch('2026-01-01', 20, '@ben')] })
    expect(standing([...merged, back('a')])).toMatchObject({ active: 20, debt: 0, expired: 0 })
    expect(standing([...merged, back('x')])).toMatchObject({ active: 10, debt: 0, expired: 10 })
    expect(standing([...merged, back('a'), back('x'), back('y')])).toMatchObject({ active: 0, debt: 0, expired: 0 })
  })

  test('and the other way round', () => {
    const ben = [paid('x', on('2026-01-01T12:00'), 1_000), goes]
    const ada = [
      paid('c', on('2026-01-01T12:00'), 1_000),
      paid('d', on('2026-01-09'), 1_000),
      paid('e', on('2026-01-19'), 0),
    ]
    const merged = [...ada, received(ben)]
    expect(standing(merged)).toMatchObject({ active: 20, expired: 0, lots: [stretch('2026-01-01', 20)] })
    // What lapsed stands in the chain of the one who has gone.
    expect(standing([...merged, back('x')])).toMatchObject({ active: 20, debt: 0, expired: -10 })
    expect(standing([...merged, back('c')])).toMatchObject({ active: 10, debt: 0, expired: 0 })
  })

  test('what both run in is one from then on, and lapses as one', () => {
    const ben = [paid('x', on('2026-01-16'), 1_000), goes]
    const merged = [b, received(ben)]
    expect(standing(merged).lots).toEqual([stretch('2026-01-20', 20)])
    expect(standing([...merged, tick(on('2026-01-30T23:59:59.999'))]).active).toBe(20)
    expect(standing([...merged, tick(on('2026-01-31'))])).toMatchObject({ active: 0, expired: 20 })
    const late = [...merged, tick(on('2026-02-01')), refund('rx', 'x', on('2026-02-02'), 1_000)]
    expect(standing(late)).toMatchObject({ active: 0, debt: 0, expired: 10 })
  })

  test('where only the one who goes was active, what comes later goes on with it', () => {
    const ben = [paid('x', on('2026-01-20'), 1_000), goes]
    const merged = [a, received(ben), paid('c', on('2026-01-29'), 1_000)]
    expect(standing(merged).lots).toEqual([stretch('2026-01-20', 20, '@ben')])
    expect(standing([...merged, tick(on('2026-02-09'))])).toMatchObject({ active: 0, expired: 30 })
    const all = [...merged, refund('rc', 'c', on('2026-02-10'), 1_000), refund('rx', 'x', on('2026-02-10'), 1_000)]
    expect(standing(all)).toMatchObject({ active: 0, debt: 0, expired: 10 })
  })

  test('what was burnt of one comes back to it', () => {
    const ben = [paid('x', on('2026-01-01T12:00'), 1_000), ...redeem('v1', 'cup', on('2026-01-02T12:00')), goes]
    const ada = [
      paid('c', on('2026-01-01T12:00'), 1_000),
      paid('d', on('2026-01-09'), 1_000),
      paid('e', on('2026-01-19'), 0),
    ]
    const returned = { ...returnVoucher('back', 'v1', on('2026-01-26')), via: 'ben' }
    expect(standing([...ada, received(ben), returned])).toMatchObject({ active: 20, expired: 10 })
  })
})

test('GIFT-1 LOT-2 a gift goes by the activity of whoever has it, and back it goes to the stretch it came from', () => {
  const shared = timelineOf(
    program({ assets: [points({ ...idle, gifting: { least: 1, most: 100, each: 'month' } })], onOrder: [earning()] }),
  )
  const part = { priority: 0, lastDay: `idle-${dayNumber('2026-01-01')}`, amount: 10 } as const
  const gift = { source: 'laurel', asset: 'points', parts: [part] } as const
  const gotten: MemberEvent = {
    ...{ ...gift, type: 'gift.received', id: 'ben/g', gift: 'laurel/g', from: 'ben', stamp: on('2026-01-22') },
  }
  expect(standing([b, gotten], shared).lots).toEqual([stretch('2026-01-20', 20)])
  const sent: MemberEvent = {
    ...{
      type: 'gift.send',
      source: 'laurel',
      id: 'g',
      stamp: on('2026-01-05'),
      to: 'ada',
      asset: 'points',
      amount: 10,
    },
    answer: null,
  }
  const returned = (at: string): MemberEvent => ({
    ...{ ...gift, type: 'gift.returned', id: 'back', gift: 'laurel/g', stamp: on(at) },
  })
  expect(standing([a, sent, returned('2026-01-06')], shared).lots).toEqual([stretch('2026-01-01', 10)])
  const free = { priority: 0, lastDay: dayNumber('2026-01-22'), amount: 10 }
  expect(standing([a, sent, b, returned('2026-01-21')], shared).lots).toEqual([free, stretch('2026-01-20', 10)])
})

test('LOT-2 REF-2 an award of a stretch that is forgotten is not looked for in the one that came soon after', () => {
  const entry = [{ type: 'amount', asset: 'points', amount: 4 }] as const
  const climbed = ladder(1000, {
    levels: [level('silver', 0), level('gold', 1000, { entry })],
    ...{ window: { type: 'rolling', length: days(30) }, afterRefund: 'revoke' },
  })
  const waiting = { ...idle, pending: { type: 'period', period: days(8) } } as const
  const refunds = { ...program().refunds, accept: days(20) }
  const climbing = timelineOf(program({ assets: [waiting], onOrder: [], ladders: [climbed], refunds }))
  const order = (id: string, date: string, total = 1) => paid(id, on(`${date}T12:00`), total)
  const events = [
    order('a', '2026-01-01', 1000),
    order('b', '2026-01-15', 1000),
    adjusted('old', on('2026-01-15T13:00'), 25),
    ...[order('c', '2026-01-24'), order('d', '2026-02-02', 1000), order('e', '2026-02-10'), order('f', '2026-02-22')],
    adjusted('new', on('2026-02-22T13:00'), 50),
  ]
  expect(standing(events, climbing)).toMatchObject({ active: 50, expired: 29 })
  const without = [...events, refund('r', 'd', on('2026-02-22T14:00'), 1000)]
  expect(standing(without, climbing)).toMatchObject({ active: 46, expired: 29, lots: [stretch('2026-02-22', 46)] })
})
