import { type EventInput, type EventToSend, parseEvent } from '@laurel/contract'
import { type Effect, type Move, remarksOf, seatsTaken } from '@laurel/engine'
import { CannotSend } from './sending.ts'
import { scenarioSource } from './sent.ts'
import type { Told } from './world.ts'

/** What a row sends, as the interface reads it. */
export function parsed(event: EventToSend): EventInput {
  const read = parseEvent(event)
  if (read.ok) return read.event
  throw new CannotSend(read.errors.map(({ path, message }) => `${path} ${message}`).join('; '), 'see docs/scenarios.md')
}

export function parsedOrder(order: Extract<EventToSend, { type: 'order.paid' }>['order'], occurredAt: string) {
  const event = parsed({
    type: 'order.paid',
    source: scenarioSource,
    id: 'basket',
    member: 'member',
    occurredAt,
    order,
  })
  if (event.type !== 'order.paid') throw new Error('an order is read as an order')
  return event.order
}

const nothing = {
  entitled: null,
  seats: new Map<string, number>(),
  waiting: null,
  ranks: [],
  wins: [],
  refusal: null,
  rejection: null,
  waits: false,
}

/** What a row did to a member. */
export function tellingOf(member: string, moves: readonly Move[], effects: readonly Effect[]): Told {
  const waits = effects.some(({ type }) => type === 'wait')
  const refusal = effects.find((effect) => effect.type === 'refused')?.refusal ?? null
  return { ...nothing, member, moves, refusal, remarks: remarksOf(effects), waits, seats: seatsTaken(effects) }
}

/** The same with what the program did of its own accord right after it. */
export const withActs = (told: Told, acts: readonly Told[]): Told => ({
  ...told,
  moves: [told, ...acts].flatMap(({ moves }) => moves),
  remarks: [told, ...acts].flatMap(({ remarks }) => remarks),
})
