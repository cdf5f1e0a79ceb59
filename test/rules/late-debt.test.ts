import { finished, type MemberEvent, type RefundFailed, type TimePassed, type Waiver, waiversOf } from '@laurel/engine'
import { describe, expect, test } from 'vitest'
import { burn, confirm, granted, on, paid, refund, reserve } from '../vectors/history-builder.ts'
import { days, earning, points, program, timelineOf } from '../vectors/program-builder.ts'
import { balanceOf, effectsOf, heldBy, ofType, replayed } from '../vectors/reading.ts'

/** REF-3: debt that only lateness made, and what becomes of it when the program bears it. */

type Fact = Exclude<MemberEvent, TimePassed>
const timeline = timelineOf(program())
const order = paid('o1', on('2026-03-01T09:00'), 10_000)
const at = (hour: string) => on(`2026-03-02T${hour}`)
const answered = (id: string, hour: string, amount: number): Fact[] => [
  { ...reserve(id, at(hour), amount), answer: granted(amount) },
  { ...confirm(id, at(hour)), answer: granted(amount) },
]
const back = (amount: number, hour = '08:00', id = 'r1') => refund(id, 'o1', at(hour), amount)

function waivers(history: readonly Fact[], late: readonly Fact[], rules = timeline): Waiver[] {
  const before = replayed(rules, history).member
  const events = [...history, ...late]
  const after = replayed(rules, events).member
  return finished(waiversOf(rules, { events, late, upTo: null, before, after, drawnBy: {} }))
}
const waivedBy = (waiver: Waiver | undefined, hour = '20:00'): Fact => {
  if (waiver === undefined) throw new Error('nothing is waived')
  return {
    ...{ type: 'debt.waived', source: 'laurel', id: 'late-debt', stamp: at(hour), actor: 'laurel', reason: 'late' },
    ...waiver,
  }
}
const balance = (...events: readonly Fact[]) => balanceOf(replayed(timeline, events).member)
const nothing = { pending: 0, active: 0, held: 0, debt: 0 }

describe('REF-3 debt of a late return', () => {
  test('is lateness’s alone where the points were spent only after the return: all of it is waived', () => {
    const spent = answered('b1', '12:00', 100)
    expect(balance(order, ...spent, back(10_000))).toMatchObject({ active: 0, debt: 100 })
    expect(waivers([order, ...spent], [back(10_000)])).toEqual([
      { because: 'shop/r1', orderKey: 'shop/o1', asset: 'points', amount: 100 },
    ])
  })

  test('is not where they were spent before it: in time it would have left the same', () => {
    expect(waivers([order, ...answered('b1', '07:00', 100)], [back(10_000)])).toEqual([])
  })

  test('is waived as far as it is more than it would have been in time', () => {
    // 40 were gone before the return, so that it leaves 40 of debt in any case; the 60 spent after it are lateness's.
    const history = [order, ...answered('b1', '07:00', 40), ...answered('b2', '12:00', 60)]
    expect(balance(...history, back(10_000))).toMatchObject({ debt: 100 })
    expect(waivers(history, [back(10_000)])).toMatchObject([{ amount: 60 }])
  })

  test('is waived no further than it has risen by what came late', () => {
    const history = [order, ...answered('b1', '12:00', 100), refund('r0', 'o1', at('13:00'), 5000)]
    expect(balance(...history)).toMatchObject({ debt: 50 })
    // In time the first return would have left nothing to spend, and the second no debt: of 100 only the 50 that rose are waived.
    expect(waivers(history, [back(5000)])).toMatchObject([{ amount: 50 }])
  })

  test('is found for each of several that come together, as much as each order gave', () => {
    const other = paid('o2', on('2026-03-01T10:00'), 5000)
    const history = [order, other, ...answered('b1', '12:00', 150)]
    const late = [back(10_000), refund('r2', 'o2', at('08:30'), 5000)]
    expect(waivers(history, late)).toEqual([
      { because: 'shop/r1', orderKey: 'shop/o1', asset: 'points', amount: 100 },
      { because: 'shop/r2', orderKey: 'shop/o2', asset: 'points', amount: 50 },
    ])
  })

  test('of other late facts there is none, nor where nobody asked for anything since', () => {
    expect(waivers([order], [back(10_000)])).toEqual([])
    const late = paid('o0', on('2026-02-28T09:00'), 5000)
    expect(waivers([order, ...answered('b1', '12:00', 100)], [late])).toEqual([])
  })
})

describe('REF-3 a waiver', () => {
  const spent = answered('b1', '12:00', 100)
  const [waiver] = waivers([order, ...spent], [back(10_000)])
  const act = waivedBy(waiver)

  test('goes from adjusted to the debt, by the order’s rules, and is said', () => {
    expect(balance(order, ...spent, back(10_000), act)).toEqual(nothing)
    const effects = effectsOf(timeline, [order, ...spent, back(10_000), act])
    expect(heldBy('adjusted', effects)).toBe(-100)
    expect(heldBy('issued', effects)).toBe(0)
    const moves = ofType(effects, 'move').filter(({ cause }) => cause === 'laurel/late-debt')
    expect(moves.map(({ rule, from, to, amount }) => [rule, from, to, amount])).toEqual([
      ['base', 'adjusted', 'debt', 100],
    ])
    expect(ofType(effects, 'debt-waived')).toEqual([
      { type: 'debt-waived', asset: 'points', amount: 100, because: 'shop/r1' },
    ])
  })

  test('is undone with the return, before anything is given again', () => {
    const failed: RefundFailed = {
      ...{ type: 'refund.failed', source: 'shop', id: 'f', stamp: on('2026-03-03T09:00') },
      ...{ order: 'o1', refund: 'r1' },
    }
    expect(balance(order, ...spent, back(10_000), act, failed)).toEqual(nothing)
    expect(heldBy('adjusted', effectsOf(timeline, [order, ...spent, back(10_000), act, failed]))).toBe(0)
    expect(balance(order, ...spent, back(10_000), failed)).toEqual(nothing)
  })

  test('EVT-2 waives no more than is still owed, whatever comes late after it', () => {
    const earned = paid('o3', at('09:00'), 7000)
    expect(balance(order, earned, ...spent, back(10_000), act)).toEqual(nothing)
    const all = paid('o3', at('09:00'), 12_000)
    expect(balance(order, all, ...spent, back(10_000), act)).toEqual({ ...nothing, active: 20 })
    expect(balance(order, ...burn('b0', on('2026-03-01T12:00'), 100), act)).toEqual(nothing)
  })

  test('leaves what went to a charity alone', () => {
    const rules = timelineOf(
      program({
        assets: [points()],
        onOrder: [earning(), earning({ id: 'given', charity: 'woods' })],
        refunds: { accept: days(180), shortfall: 'debt', limit: new Map() },
      }),
    )
    expect(waivers([order, ...spent], [back(10_000)], rules)).toMatchObject([{ amount: 100 }])
    const effects = effectsOf(rules, [order, ...spent, back(10_000), act])
    expect(heldBy('charity:woods', effects)).toBe(0)
  })
})
