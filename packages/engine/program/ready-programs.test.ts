import { expect, test } from 'vitest'
import { readyDocuments } from '../../../test/scenarios/ready-programs.ts'
import { timelineOf } from '../../../test/vectors/program-builder.ts'
import { replay } from '../decide.ts'
import type { Activity, Line, OrderPaid } from '../event.ts'
import { compileProgram } from './compile/program.ts'
import type { Program } from './program.ts'

/** The ready-made programs as members meet them: compiled from their text and run. */
function programOf(id: string): Program {
  const { program } = compileProgram(readyDocuments.get(id) ?? '', { version: 1, hash: id })
  if (program === null) throw new Error(`${id} does not compile`)
  return program
}
const stampAt = (at: number) => ({ at, local: at, placeLocal: at, version: 1 })

let lines = 0
const line = (total: number, parts: Partial<Line> = {}): Line => ({
  id: `line-${++lines}`,
  sku: 'SKU',
  quantity: 1,
  total,
  tax: 0,
  discount: 0,
  categories: [],
  brand: null,
  kind: 'goods',
  ...parts,
})
const order = (id: string, on: string, currency: string, content: readonly Line[]): OrderPaid => ({
  type: 'order.paid',
  source: 'web',
  id,
  order: id,
  stamp: stampAt(Date.parse(`${on}T12:00:00Z`)),
  currency,
  rate: null,
  channel: 'web',
  place: null,
  tags: [],
  lines: content,
  discount: 0,
  shipping: { total: 0, tax: 0 },
  tip: 0,
  payments: [{ by: 'money', amount: content.reduce((sum, each) => sum + each.total, 0) }],
})
const review = (id: string, on: string, words: number): Activity => ({
  type: 'activity',
  source: 'web',
  id,
  name: 'review',
  stamp: stampAt(Date.parse(`${on}T13:00:00Z`)),
  place: null,
  channel: null,
  facts: { words, verified: true },
})

test('Point per Pound gives one for every whole pound of an order', () => {
  const { member } = replay(timelineOf(programOf('point-per-pound')), [
    order('1', '2010-12-01', 'GBP', [line(1530), line(2034), line(35)]),
    order('2', '2010-12-01', 'GBP', [line(99)]),
  ])
  expect(member.assets).toMatchObject([{ asset: 'points', active: 35, pending: 0 }])
})

test('Glow Club: base, status, bonuses and caps of one member', () => {
  const timeline = timelineOf(programOf('glow-club'))
  const given = (events: Parameters<typeof replay>[1]) => {
    const { member } = replay(timeline, events)
    return {
      points: member.assets.find(({ asset }) => asset === 'points')?.pending ?? 0,
      status: member.assets.find(({ asset }) => asset === 'status')?.active ?? 0,
      level: member.ladders[0]?.level,
    }
  }
  // 7 January 2026 is a Wednesday, 10 January a Saturday.
  expect(given([order('1', '2026-01-07', 'USD', [line(3340)])])).toEqual({ points: 33, status: 33, level: 'insider' })
  expect(given([order('1', '2026-01-10', 'USD', [line(3340)])])).toMatchObject({ points: 66 })
  expect(given([order('1', '2026-01-07', 'USD', [line(3000, { categories: ['skincare'] })])])).toMatchObject({
    points: 60,
  })
  expect(given([order('1', '2026-01-07', 'USD', [line(12_000)])])).toMatchObject({ points: 145 })
  expect(given([order('1', '2026-01-07', 'USD', [line(1000, { quantity: 5 })])])).toMatchObject({ points: 35 })
  // The order that lifts to a level is judged by the level before it; the next by the new one, and the best bonus counts.
  const lifted = [order('1', '2026-01-07', 'USD', [line(35_000)]), order('2', '2026-01-08', 'USD', [line(4000)])]
  expect(given(lifted)).toEqual({ points: 350 + 25 + 50, status: 390, level: 'vib' })
  expect(given([...lifted, order('3', '2026-01-10', 'USD', [line(4000)])])).toMatchObject({ points: 425 + 80 })
  // Three reviews a month count, and short ones do not.
  const reviews = ['05', '06', '07', '08'].map((day) => review(day, `2026-01-${day}`, 40))
  expect(given([...reviews, review('short', '2026-01-09', 29)])).toMatchObject({ points: 150 })
})

test('a ready-made program says nothing in a condition that a key says', () => {
  const said = [...readyDocuments].flatMap(([id, text]) => {
    const { findings } = compileProgram(text, { version: 1, hash: id })
    return findings.filter(({ code }) => code === 'condition-key').map(({ path }) => `${id}: ${path}`)
  })
  expect(said).toEqual([])
})
