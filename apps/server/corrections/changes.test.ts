import type { Effect, Voucher } from '@laurel/engine'
import { expect, test } from 'vitest'
import { level, standing } from '../../../test/vectors/program-builder.ts'
import { movedOf, otherChanges } from './changes.ts'

const program = { ladders: [standing(500, { levels: [level('silver', 0), level('gold', 500)] })] }
const day = (date: string) => Date.parse(`${date}T00:00:00Z`) / 86_400_000

const lot = (lastDay: number | 'never' | `idle-${number}`, change: number, asset = 'points'): Effect => ({
  ...{ type: 'lot', asset, priority: 0, lastDay, change },
})
const tier = (from: string | null, to: string): Effect => ({
  ...{ type: 'tier', ladder: 'standing', from, to, reason: 'reached' },
  standing: { level: to, since: 0, floor: null, override: null, periodStart: null },
})
const voucher = (id: string, status: Voucher['status']): Voucher => ({
  ...{ id, status, from: 'award', cause: 'web/1', reward: 'mug', version: 1, issued: 0 },
  ...{ lastDay: null, left: null, uses: [] },
})
const given = (id: string, status: Voucher['status']): Effect => ({ type: 'voucher', voucher: voucher(id, status) })

test('COR-4 a level changes where it is another, and not where everybody begins', () => {
  const levels = (...effects: Effect[]) => otherChanges({}, effects, [], program).levels
  expect(levels(tier('silver', 'gold'))).toEqual([{ ladder: 'standing', from: 'silver', to: 'gold', kept: false }])
  expect(levels(tier(null, 'gold'))).toMatchObject([{ from: null, to: 'gold' }])
  expect(levels(tier('gold', 'gold'), tier(null, 'silver'))).toEqual([])
  const kept = [{ ladder: 'standing', level: 'gold' }]
  expect(otherChanges({}, [], kept, program).levels).toEqual([
    { ladder: 'standing', from: 'gold', to: 'gold', kept: true },
  ])
})

test('COR-4 points lapse on another day where some end sooner and others later, and not where there are only more', () => {
  const lots = (...effects: Effect[]) => otherChanges({}, effects, [], program).lots
  expect(lots(lot(day('2026-05-31'), 40))).toEqual([])
  const moved = lots(
    lot(day('2026-05-31'), -40),
    lot('never', 30),
    lot(day('2026-06-30'), 30),
    lot('never', 5, 'stars'),
  )
  expect(moved).toEqual([
    { asset: 'points', lastDay: '2026-05-31', change: -40 },
    { asset: 'points', lastDay: '2026-06-30', change: 30 },
    { asset: 'points', lastDay: 'never', change: 30 },
  ])
  expect([movedOf(moved, 'points'), movedOf(moved, 'stars')]).toEqual([40, 0])
  expect(lots(lot('idle-3', 10), lot('idle-9', -10))).toEqual([])
  expect(lots(lot('idle-3', 10), lot(day('2026-05-31'), -10)).map(({ lastDay }) => lastDay)).toEqual([
    '2026-05-31',
    'inactivity',
  ])
})

test('COR-4 a voucher is given that was not there, and one that was there is revoked', () => {
  const before = { vouchers: [voucher('open', 'open')], closed: { back: voucher('back', 'revoked') } }
  const effects = [
    ...[given('open', 'revoked'), given('back', 'open'), given('new', 'open'), given('over', 'expired')],
    ...[given('open', 'open'), given('back', 'revoked')],
  ]
  expect(otherChanges(before, effects, [], program).vouchers).toEqual([
    { voucher: 'open', reward: 'mug', becomes: 'revoked' },
    { voucher: 'back', reward: 'mug', becomes: 'given' },
    { voucher: 'new', reward: 'mug', becomes: 'given' },
    { voucher: 'over', reward: 'mug', becomes: 'given' },
  ])
})
