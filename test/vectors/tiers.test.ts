import { expect, test } from 'vitest'
import { on, paid, refund, tick } from './history-builder.ts'
import { earning, everyone, multiplier, program, standing, timelineOf } from './program-builder.ts'
import { balanceOf, effectsOf, levelOf, ofType, replayed } from './reading.ts'

const goldDouble = multiplier('gold-double', 2, 1, {
  audience: { ...everyone, tiers: [{ ladder: 'standing', level: 'gold' }] },
})
const timeline = timelineOf(program({ ladders: [standing(50_000)], onOrder: [earning({ multipliers: [goldDouble] })] }))

test('vector 14: TIER-6 a partial refund puts Gold at risk at once and keeps it to the end of the window', () => {
  const order = paid('o1', on('2026-03-01T09:00'), 52_000)
  expect(levelOf(replayed(timeline, [order]).member)).toBe('gold')
  const events = [order, refund('back', 'o1', on('2026-03-05T09:00'), 4000)]
  const { member, decisions } = replayed(timeline, events)
  expect(levelOf(member)).toBe('gold')
  const warned = decisions.find((each) => each.event.type === 'refund.made')?.effects ?? []
  expect(ofType(warned, 'tier-at-risk')).toMatchObject([{ ladder: 'standing', level: 'gold' }])
  // A refund that leaves enough warns of nothing.
  const small = effectsOf(timeline, [order, refund('small', 'o1', on('2026-03-05T09:00'), 2000)])
  expect(ofType(small, 'tier-at-risk')).toEqual([])
  expect(levelOf(replayed(timeline, [...events, tick(on('2026-12-31T23:59:59.999'))]).member)).toBe('gold')
  expect(levelOf(replayed(timeline, [...events, tick(on('2027-01-01'))]).member)).toBe('silver')
})

test('vector 14: TIER-6 under `revoke` the same refund ends Gold at once', () => {
  const strict = timelineOf(program({ ladders: [standing(50_000, { afterRefund: 'revoke' })] }))
  const order = paid('o1', on('2026-03-01T09:00'), 52_000)
  expect(levelOf(replayed(strict, [order]).member)).toBe('gold')
  expect(levelOf(replayed(strict, [order, refund('back', 'o1', on('2026-03-05T09:00'), 2000)]).member)).toBe('gold')
  expect(levelOf(replayed(strict, [order, refund('back', 'o1', on('2026-03-05T09:00'), 4000)]).member)).toBe('silver')
})

test('vector 24: TIER-6 EARN-6 a full refund never bought the tier, a partial one keeps it', () => {
  const second = on('2026-03-01T09:00:00')
  const order = paid('o1', second, 50_000)
  const next = paid('o2', on('2026-03-02T09:00'), 10_000)
  const full = [order, refund('back', 'o1', on('2026-03-01T09:00:00.900'), 50_000)]
  expect(levelOf(replayed(timeline, full).member)).toBe('silver')
  expect(balanceOf(replayed(timeline, [...full, next]).member).active).toBe(100)
  // In one and the same millisecond too: refunds rank after orders (TIME-3).
  const instantly = [order, refund('back', 'o1', second, 50_000), next]
  expect(balanceOf(replayed(timeline, instantly).member).active).toBe(100)

  const half = [order, refund('back', 'o1', on('2026-03-01T09:00:00.900'), 25_000)]
  const { member, decisions } = replayed(timeline, half)
  expect(levelOf(member)).toBe('gold')
  expect(
    ofType(
      decisions.flatMap((each) => each.effects),
      'tier-at-risk',
    ),
  ).toHaveLength(1)
  // The order itself was judged as Silver: 500, of which 250 are taken back; the next is judged as Gold.
  expect(balanceOf(replayed(timeline, [...half, next]).member).active).toBe(250 + 200)
})
