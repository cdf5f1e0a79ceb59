import type { Asset, MemberEvent, Program, RefundFailed, TimePassed, VersionCorrected } from '@laurel/engine'
import { describe, expect, test } from 'vitest'
import { audit } from '../auditor/audit.ts'
import { compare } from '../auditor/compare.ts'
import { answered, livingThrough } from '../properties/living.ts'
import { cancel, confirm, dayNumber, granted, on, paid, refund, reserve } from '../vectors/history-builder.ts'
import { merge, receivedOf } from '../vectors/merging.ts'
import { days, earning, points, program, timelineOf } from '../vectors/program-builder.ts'
import {
  balanceOf,
  effectsOf,
  heldBy,
  issuedNet,
  live,
  lotsOf,
  ofType,
  permutations,
  replayed,
} from '../vectors/reading.ts'

/** REF-3: what the program bears of a shortfall while points are only held, and what becomes of it when that ends. */

type Recorded = Exclude<MemberEvent, TimePassed>
const policy = (shortfall: 'debt' | 'waive', limit: number | null = null): Program['refunds'] => ({
  ...{ accept: days(180), shortfall, limit: new Map(limit === null ? [] : [['points', limit]]) },
})
const versionsOf = (refunds: Program['refunds'], asset: Partial<Asset> = {}) =>
  timelineOf(program({ refunds, assets: [points(asset)] }))
const waiving = versionsOf(policy('waive'))
const at = (hour: string, day = '02') => on(`2026-03-${day}T${hour}`)

const order = paid('o1', on('2026-03-01T09:00'), 6_000)
const hold = reserve('mug', at('09:00'), 50, { lastsMs: 86_400_000 })
const back = refund('r1', 'o1', at('10:00'), 3_000)
const failed: RefundFailed = {
  ...{ type: 'refund.failed', source: 'shop', id: 'f', stamp: at('13:00') },
  ...{ order: 'o1', refund: 'r1' },
}
const nothing = { pending: 0, active: 0, held: 0, debt: 0 }

/** As it was lived, as it is told again, and as the second book has it. */
function balance(timeline: typeof waiving, ...events: MemberEvent[]) {
  const member = livingThrough(timeline, events)
  const recorded = answered(timeline, events).filter((event): event is Recorded => event.type !== 'time.passed')
  expect(compare(audit(timeline, recorded), replayed(timeline, recorded).member)).toEqual([])
  return balanceOf(member)
}

describe('REF-3 RED-1 a shortfall of points that are only held', () => {
  test('is borne while the reservation is open, and paid first when its points come back', () => {
    expect(balance(waiving, order, hold, back)).toEqual({ ...nothing, held: 50 })
    expect(balance(waiving, order, hold, back, cancel('mug', at('11:00')))).toEqual({ ...nothing, active: 30 })
    const rest = refund('r2', 'o1', at('12:00'), 3_000)
    expect(balance(waiving, order, hold, back, cancel('mug', at('11:00')), rest)).toEqual(nothing)
    const effects = effectsOf(waiving, [order, hold, back, cancel('mug', at('11:00'))])
    expect([heldBy('adjusted', effects), issuedNet(effects)]).toEqual([0, 30])
    expect(ofType(effects, 'clawed-back').map(({ amount, waived }) => [amount, waived])).toEqual([
      [30, 20],
      [20, 0],
    ])
  })

  test('is paid the same where it times out, and stays borne where it is confirmed', () => {
    const later: TimePassed = { type: 'time.passed', stamp: at('09:00', '03') }
    expect(balanceOf(livingThrough(waiving, [order, hold, back, later]))).toEqual({ ...nothing, active: 30 })
    const spent = [order, hold, back, confirm('mug', at('11:00'))]
    expect(balance(waiving, ...spent)).toEqual(nothing)
    expect(heldBy('adjusted', effectsOf(waiving, spent))).toBe(-20)
  })

  test('is paid after what a limit lets be owed, as it would have been', () => {
    const limited = versionsOf(policy('debt', 5))
    expect(balance(limited, order, hold, back)).toEqual({ ...nothing, held: 50, debt: 5 })
    expect(balance(limited, order, hold, back, cancel('mug', at('11:00')))).toEqual({ ...nothing, active: 30 })
    const all = refund('r1', 'o1', at('10:00'), 6_000)
    expect(balance(limited, order, hold, all, cancel('mug', at('11:00')))).toEqual(nothing)
    // All of it owed, as ever: what comes back repays.
    expect(balance(versionsOf(policy('debt')), order, hold, back, cancel('mug', at('11:00')))).toEqual({
      ...nothing,
      active: 30,
    })
  })

  test('is paid by what was held then, and not by what was held later', () => {
    const more = paid('o2', at('10:30'), 4_000)
    const other = reserve('cup', at('10:40'), 40, { lastsMs: 86_400_000 })
    const both = [order, hold, back, more, other]
    const inCup = [...both, confirm('mug', at('11:00')), cancel('cup', at('11:10'))]
    expect(balance(waiving, ...inCup)).toEqual({ ...nothing, active: 40 })
    const inMug = [...both, cancel('mug', at('11:00')), confirm('cup', at('11:10'))]
    expect(balance(waiving, ...inMug)).toEqual({ ...nothing, active: 30 })
  })

  test('is paid from the order’s own lots first, then from others in burn order', () => {
    const living = versionsOf(policy('waive'), { expiry: { type: 'life', life: days(100), endOf: null } })
    const first = paid('o0', on('2026-02-01T09:00'), 4_000)
    const all = reserve('mug', at('09:00'), 100)
    const [early, late] = [dayNumber('2026-02-01') + 100, dayNumber('2026-03-01') + 100]
    const told = [first, order, all, { ...back, stamp: at('09:15') }, cancel('mug', at('09:30'))]
    expect(lotsOf(live(living, told).member).map(({ lastDay, amount }) => [lastDay, amount])).toEqual([
      [early, 40],
      [late, 30],
    ])
  })

  test('is undone with the refund, whether the points came back before or after', () => {
    const ends = [cancel('mug', at('12:00')), cancel('mug', at('14:00'))]
    for (const end of ends) {
      const events = [order, hold, back, ...[end, failed].sort((a, b) => a.stamp.at - b.stamp.at)]
      expect(balance(waiving, ...events)).toEqual({ ...nothing, active: 60 })
      expect(heldBy('adjusted', effectsOf(waiving, events))).toBe(0)
      expect(livingThrough(waiving, events).shortfalls).toBeUndefined()
    }
  })

  test('EVT-8 of a refund that a person let count without an order is undone with it as well', () => {
    const alone: MemberEvent = { ...refund('r9', '', at('10:00'), 3_000), order: null }
    const accepted: MemberEvent = {
      ...{ type: 'refund.accepted', source: 'staff', id: 'a', stamp: at('10:10'), actor: 'staff-1', reason: 'seen' },
      ...{ refund: 'shop/r9', name: 'shop/r9', waited: false, orderKey: null, amount: 3_000 },
    }
    const fails: RefundFailed = { ...failed, order: null, refund: 'r9' }
    const before = [order, hold, alone, accepted]
    expect(balance(waiving, ...before, cancel('mug', at('11:00')))).toEqual({ ...nothing, active: 30 })
    for (const end of [cancel('mug', at('11:00')), cancel('mug', at('14:00'))]) {
      const events = [...before, ...[end, fails].sort((a, b) => a.stamp.at - b.stamp.at)]
      expect(balance(waiving, ...events)).toEqual({ ...nothing, active: 60 })
    }
  })

  test('MRG-1 that was paid before a merge is known to whoever goes on, when the refund fails there', () => {
    const ended = [order, hold, back, cancel('mug', at('11:00'))]
    const [cancelled, held] = [ended, ended.slice(0, 3)].map((bens) => {
      const received = receivedOf(waiving, [...bens, merge('2026-03-02T12:00')], '2026-03-02T12:00')
      return [
        { ...paid('o3', on('2026-03-01T10:00'), 1_000), id: 'paid-o3' },
        received,
        { ...failed, via: 'ben' },
      ] satisfies MemberEvent[]
    })
    for (const events of [cancelled, held]) {
      if (events === undefined) throw new Error('there are two histories')
      const [before, after] = [events.slice(0, 2), events].map((told) => livingThrough(waiving, told))
      // The merge ends a reservation that is still open.
      expect([before, after].map((member) => member && balanceOf(member).active)).toEqual([40, 70])
      expect([before?.shortfalls?.length, after?.shortfalls]).toEqual([1, undefined])
    }
  })

  test('COR-3 of a correction is paid by what comes back after it', () => {
    const wrong = program({ refunds: policy('waive'), onOrder: [earning({ give: 2 })] })
    const [first, second] = timelineOf(wrong, [
      Date.parse('2026-03-20'),
      program({ version: 2, refunds: policy('waive') }),
    ])
    if (first === undefined || second === undefined) throw new Error('there are two versions')
    const from = Date.parse('2026-03-01')
    const timeline = [first, { ...second, fromAt: from, fromLocal: from }]
    const doubled = paid('o1', on('2026-03-01T09:00'), 3_000)
    const open = { ...reserve('mug', at('09:00'), 50, { lastsMs: 90 * 86_400_000 }), answer: granted(50) }
    const act: VersionCorrected = {
      ...{ type: 'version.corrected', source: 'laurel', id: 'correct/1', stamp: on('2026-03-21', 2), version: 2 },
      ...{ actor: 'staff-1', reason: 'wrong-rate', from: { at: from, local: from }, facts: [{ fact: 'shop/paid-o1' }] },
      borne: [{ asset: 'points', amount: 20 }],
    }
    const told = (...more: Recorded[]) => {
      const events = [doubled, open, act, ...more]
      const { member } = replayed(timeline, events)
      expect(compare(audit(timeline, events), member)).toEqual([])
      return balanceOf(member)
    }
    const ended = { asset: 'points', amount: 50, granted: true } as const
    expect(told()).toEqual({ ...nothing, held: 50 })
    expect(told(cancel('mug', on('2026-03-22', 2), ended))).toEqual({ ...nothing, active: 30 })
    expect(told(confirm('mug', on('2026-03-22', 2), ended))).toEqual(nothing)
  })

  test('that lateness alone made and the program waives is paid, too', () => {
    const act: MemberEvent = {
      ...{
        type: 'debt.waived',
        source: 'laurel',
        id: 'late-debt',
        stamp: at('11:00'),
        actor: 'laurel',
        reason: 'late',
      },
      ...{ because: 'shop/r1', orderKey: 'shop/o1', asset: 'points', amount: 20 },
    }
    const late = { ...back, stamp: at('08:00') }
    const history = [order, { ...hold, answer: granted(50) }, late, act]
    const ended = cancel('mug', at('12:00'), granted(50))
    for (const events of permutations([act, ended, late]).map((rest) => [...history.slice(0, 2), ...rest])) {
      expect(balanceOf(replayed(waiving, events).member)).toEqual({ ...nothing, active: 30 })
    }
    expect(balance(waiving, order, late, { ...hold, answer: granted(50) }, act, ended)).toEqual({
      ...nothing,
      active: 30,
    })
  })
})
