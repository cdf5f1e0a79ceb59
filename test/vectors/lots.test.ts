import { expect, test } from 'vitest'
import { adjusted, burn, dayNumber, instant, on, paid, refund, reserve, tick } from './history-builder.ts'
import { anyAmount, days, earning, months, points, program, timelineOf } from './program-builder.ts'
import { answersOf, balanceOf, effectsOf, heldBy, live, lotsOf, permutations, replayed } from './reading.ts'

const onePerCent = earning({ per: { type: 'spend', minor: 1 } })
const living = (count: number) => points({ expiry: { type: 'life', life: days(count), endOf: null } })

test('vector 3: LOT-3 LOT-4 LOT-5 LED-4 a burn takes the first to end, a return gives back last taken first', () => {
  const asset = points({ expiry: { type: 'life', life: months(1), endOf: null } })
  const timeline = timelineOf(program({ assets: [asset], onOrder: [onePerCent] }))
  const earned = [paid('a', on('2025-12-31T12:00'), 100), paid('b', on('2026-01-28T12:00'), 100)]
  const [endOfA, endOfB] = [dayNumber('2026-01-31'), dayNumber('2026-02-28')]
  const lot = (lastDay: number, amount: number) => ({ priority: 0, lastDay, amount })
  expect(lotsOf(replayed(timeline, earned).member)).toEqual([lot(endOfA, 100), lot(endOfB, 100)])

  const burned = [...earned, ...burn('r1', on('2026-01-29T12:00'), 150)]
  expect(lotsOf(replayed(timeline, burned).member)).toEqual([lot(endOfB, 50)])

  // The points paid for an order; giving 60 of its 150 back returns 60 points.
  const paidInPoints = paid('c', on('2026-01-29T13:00'), 150, {
    payments: [{ by: 'points', amount: 150, redemption: 'r1' }],
  })
  const returned = [...burned, paidInPoints, refund('back', 'c', on('2026-01-30T12:00'), 60)]
  expect(lotsOf(replayed(timeline, returned).member)).toEqual([lot(endOfA, 10), lot(endOfB, 100)])

  const after = [...returned, tick(on('2026-02-01'))]
  expect(lotsOf(replayed(timeline, after).member)).toEqual([lot(endOfB, 100)])
  expect(heldBy('expired', effectsOf(timeline, after))).toBe(10)
  expect(heldBy('expired', effectsOf(timeline, [...returned, tick(on('2026-01-31T23:59:59.999'))]))).toBe(0)
})

test('vector 11: LOT-1 the life counts from the day of activation', () => {
  const asset = points({
    pending: { type: 'period', period: days(14) },
    expiry: { type: 'life', life: days(30), endOf: null },
  })
  const timeline = timelineOf(program({ assets: [asset], onOrder: [onePerCent] }))
  const order = paid('o1', on('2026-03-01T15:00'), 100)
  const at = (text: string) => replayed(timeline, [order, tick(on(text))]).member
  expect(balanceOf(at('2026-03-14T23:59:59.999'))).toMatchObject({ pending: 100, active: 0 })
  expect(balanceOf(at('2026-03-15'))).toMatchObject({ pending: 0, active: 100 })
  expect(lotsOf(at('2026-03-15'))).toEqual([{ priority: 0, lastDay: dayNumber('2026-04-14'), amount: 100 }])
  expect(balanceOf(at('2026-04-14T23:59:59.999')).active).toBe(100)
  expect(balanceOf(at('2026-04-15')).active).toBe(0)
})

test('vector 12: TIME-1 TIME-2 the last day ends at midnight of the zone, also when clocks go forward', () => {
  const zone = 'America/New_York'
  const asset = points({ expiry: { type: 'life', life: days(9), endOf: null } })
  const timeline = timelineOf(program({ zone, assets: [asset], onOrder: [onePerCent] }))
  const order = paid('o1', instant('2025-02-28T17:00:00Z', zone), 100)
  expect(lotsOf(live(timeline, [order]).member)).toEqual([
    { priority: 0, lastDay: dayNumber('2025-03-09'), amount: 100 },
  ])
  const answerAt = (text: string) =>
    answersOf(live(timeline, [order, reserve('r1', instant(text, zone), 100)]).decisions)
  expect(answerAt('2025-03-10T03:59:59.999Z')).toEqual([{ granted: true, asset: 'points', amount: 100 }])
  expect(answerAt('2025-03-10T04:00:00Z')).toEqual([{ granted: false, refusal: { code: 'short', shortBy: 100 } }])
})

test('vector 25: REF-2 a burn of other points stays a burn of theirs: what was spent and lapsed leaves debt', () => {
  const timeline = timelineOf(program({ assets: [living(10)], onOrder: [onePerCent] }))
  const day = (count: number) => on(new Date(Date.UTC(2026, 0, 1 + count, 12)).toISOString().slice(0, 16))
  const events = [
    paid('o1', day(0), 30),
    paid('o2', day(5), 30),
    ...burn('r1', day(6), 30),
    tick(day(16)),
    refund('back', 'o1', day(20), 30),
  ]
  expect(balanceOf(replayed(timeline, events.slice(0, -1)).member)).toMatchObject({ active: 0, debt: 0 })
  expect(heldBy('expired', effectsOf(timeline, events))).toBe(30)
  expect(balanceOf(replayed(timeline, events).member)).toEqual({ pending: 0, active: 0, held: 0, debt: 30 })
})

test('vector 27: REF-2 what lapsed of the end that an order received is taken back from there, its own lot empty or not', () => {
  const timeline = timelineOf(program({ assets: [living(10)], onOrder: [onePerCent] }))
  const events = [
    paid('o0', on('2026-01-01T10:00'), 20),
    ...burn('r0', on('2026-01-01T11:00'), 20),
    refund('back-0', 'o0', on('2026-01-01T12:00'), 20),
    paid('o1', on('2026-01-02T10:00'), 20), // repays the debt: its own lot stays empty
    paid('o2', on('2026-01-02T11:00'), 20), // the lot of the same end
    tick(on('2026-01-13')),
  ]
  const lapsed = replayed(timeline, events).member
  expect(balanceOf(lapsed)).toEqual({ pending: 0, active: 0, held: 0, debt: 0 })
  expect(heldBy('expired', effectsOf(timeline, events))).toBe(20)
  const first = [...events, refund('back-1', 'o1', on('2026-01-15T10:00'), 20)]
  expect(balanceOf(replayed(timeline, first).member).debt).toBe(0)
  expect(heldBy('expired', effectsOf(timeline, first))).toBe(0)
  // The end's remainder serves once: whichever of the two is refunded second finds nothing left of it.
  const second = [...first, refund('back-2', 'o2', on('2026-01-15T11:00'), 20)]
  expect(balanceOf(replayed(timeline, second).member).debt).toBe(20)
  const swapped = [
    ...events,
    refund('back-2', 'o2', on('2026-01-15T10:00'), 20),
    refund('back-1', 'o1', on('2026-01-15T11:00'), 20),
  ]
  expect(balanceOf(replayed(timeline, swapped).member)).toEqual(balanceOf(replayed(timeline, second).member))
})

test('vector 30: TIME-2 TIME-3 a burn in the last millisecond of the last day comes before its end', () => {
  const timeline = timelineOf(program({ assets: [living(5)], rewards: new Map([['any', anyAmount()]]) }))
  const gift = adjusted('gift', on('2026-01-01T12:00'), 100)
  const end = tick(on('2026-01-07'))
  const spent = burn('r1', on('2026-01-06T23:59:59.999'), 100)
  for (const arrival of permutations([gift, ...spent, end])) {
    const effects = effectsOf(timeline, arrival)
    expect(heldBy('redeemed', effects)).toBe(100)
    expect(heldBy('expired', effects)).toBe(0)
  }
  expect(answersOf(live(timeline, [gift, ...spent, end]).decisions)).toContainEqual({
    granted: true,
    asset: 'points',
    amount: 100,
  })
  const tooLate = live(timeline, [gift, end, reserve('r2', on('2026-01-07'), 100)])
  expect(answersOf(tooLate.decisions).at(-1)).toEqual({ granted: false, refusal: { code: 'short', shortBy: 100 } })
})
