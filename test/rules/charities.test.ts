import { expect, test } from 'vitest'
import { line, on, paid, refund } from '../vectors/history-builder.ts'
import { earning, multiplier, points, program, standing, timelineOf } from '../vectors/program-builder.ts'
import { balanceOf, effectsOf, levelOf, replayed } from '../vectors/reading.ts'

const charities = new Map([['clear-river', { id: 'clear-river', name: {}, impact: null }]])
const pledge = points({ id: 'pledge', kind: 'money' })
const onePercent = earning({ id: 'one-percent', asset: 'pledge', charity: 'clear-river', round: 'half-even' })
const day = on('2026-03-02T09:00')

/** What stands on the charity's account. */
const given = (effects: ReturnType<typeof effectsOf>): number =>
  effects.reduce((sum, effect) => {
    if (effect.type !== 'move') return sum
    if (effect.to === 'charity:clear-river') return sum + effect.amount
    return effect.from === 'charity:clear-river' ? sum - effect.amount : sum
  }, 0)

test('EARN-1 a cause gets its share of every order, the member gets none of it, and refunds of any size take back their part', () => {
  const timeline = timelineOf(program({ assets: [points(), pledge], onOrder: [earning(), onePercent], charities }))
  const orders = [paid('o1', day, [line('1', 4000), line('2', 6050)]), paid('o2', day, 12_345)]
  expect(given(effectsOf(timeline, orders))).toBe(100 + 123) // 100.50 and 123.45, halves to even
  const refunds = Array.from({ length: 5 }, (_, i) => refund(`r${i}`, 'o2', on(`2026-03-1${i}T10:00`), 2469))
  expect(given(effectsOf(timeline, [...orders, ...refunds]))).toBe(100)
  const { member } = replayed(timeline, orders)
  expect(member.assets.map(({ asset }) => asset)).toEqual(['points'])
  expect(balanceOf(member).active).toBe(100 + 123)
})

test('EARN-3 a multiplier of what a cause gets is the cause’s too', () => {
  const rule = { ...onePercent, multipliers: [multiplier('river-week', 3)] }
  const timeline = timelineOf(program({ assets: [points(), pledge], onOrder: [rule], charities }))
  const effects = effectsOf(timeline, [paid('o1', day, 10_000)])
  expect(given(effects)).toBe(300)
  expect(effects.filter(({ type }) => type === 'move')).toMatchObject([
    { rule: 'one-percent', from: 'issued', to: 'charity:clear-river', amount: 100 },
    { rule: 'river-week', from: 'issued', to: 'charity:clear-river', amount: 200 },
  ])
})

test('TIER-2 what a cause gets lifts nobody', () => {
  const ladders = [standing(100, { measure: { type: 'earned', asset: 'points' } })]
  const parts = { assets: [points()], ladders, charities }
  const toCause = timelineOf(program({ ...parts, onOrder: [earning({ charity: 'clear-river' })] }))
  expect(levelOf(replayed(toCause, [paid('o1', day, 50_000)]).member)).not.toBe('gold')
  const toMember = timelineOf(program({ ...parts, onOrder: [earning()] }))
  expect(levelOf(replayed(toMember, [paid('o1', day, 50_000)]).member)).toBe('gold')
})
