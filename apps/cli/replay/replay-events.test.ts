import { type EventInput, parseEventText } from '@laurel/contract'
import { expect, test } from 'vitest'
import { program } from '../../../test/vectors/program-builder.ts'
import { lastInstant, replayEvents } from './replay-events.ts'

const now = Date.parse('2026-06-01T00:00:00Z')
const eventOf = (event: object): EventInput => {
  const parsed = parseEventText(JSON.stringify({ source: 'shop', member: 'ada', ...event }))
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.errors))
  return parsed.event
}
const order = (id: string, occurredAt: string, total: number) =>
  eventOf({
    ...{ type: 'order.paid', id, occurredAt },
    order: { id, currency: 'USD', lines: [{ id: '1', sku: 'A', quantity: 1, total }] },
  })
const refund = (id: string, of: string, occurredAt: string, amount: number) =>
  eventOf({ type: 'refund.made', id, occurredAt, order: of, amount, by: 'member' })

function queueAfter(...events: EventInput[]) {
  const byMember = new Map([['ada', events]])
  return replayEvents(byMember, {
    ...{ program: program(), until: lastInstant(byMember, now), now },
    ...{ onEffect: () => {}, onMember: () => {} },
  }).queue
}

test('EVT-5 a refund that waited for its order and was taken whole waits for nobody; what it was too much does', () => {
  const early = (amount: number) => refund('r1', '1', '2025-12-31T12:00:00Z', amount)
  const paid = order('1', '2026-01-01T12:00:00Z', 2_750)
  expect(queueAfter(early(1_000))).toEqual({ refunds: 1, minor: { unknown: 1_000 } })
  expect(queueAfter(early(1_000), paid)).toEqual({ refunds: 0, minor: {} })
  expect(queueAfter(early(3_000), paid)).toEqual({ refunds: 1, minor: { USD: 250 } })
})

test('of nothing there is no last instant', () => {
  expect(lastInstant([], now)).toBeNull()
  expect(lastInstant([['ada', [order('1', '2026-06-02T00:00:00Z', 100)]]], now)).toBeNull()
  expect(lastInstant([['ada', [order('1', '1969-12-31T00:00:00Z', 100)]]], now)).toBe(-86_400_000)
})
