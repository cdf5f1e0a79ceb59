import type { Effect, OrderRecord } from '@laurel/engine'
import { canonicalText } from '@laurel/ledger'
import { orderContentIn, type StoredEvent } from './content.ts'

/**
 * How effects are stored: as canonical JSON, an order's record without the content that the event of the same decision
 * brings. An order would otherwise be written down twice, and it is the largest part of both.
 */
export function effectsText(effects: readonly Effect[], event: StoredEvent | null): string {
  const lines = event !== null && 'lines' in event && 'payments' in event ? event.lines : null
  return canonicalText(lines === null ? effects : effects.map((effect) => withoutContent(effect, lines)))
}

function withoutContent(effect: Effect, lines: OrderRecord['content']['lines']): unknown {
  if (effect.type !== 'order' || effect.record.content.lines !== lines) return effect
  return { ...effect, record: { ...effect.record, content: null } }
}

/** The effects as they were decided; `content` is the stored event's, null where time passed. */
export function effectsOf(text: string, content: string | null): Effect[] {
  return effectsWith(text, content === null || !isContentLeftOut(text) ? null : (JSON.parse(content) as object))
}

/** The same for who has read the content already. */
export function effectsWith(text: string, content: object | null): Effect[] {
  const effects = JSON.parse(text) as Effect[]
  return content === null || !isContentLeftOut(text) ? effects : effects.map((effect) => withContent(effect, content))
}

const isContentLeftOut = (text: string): boolean => text.includes('"content":null')

function withContent(effect: Effect, content: object): Effect {
  if (effect.type !== 'order' || (effect.record.content as unknown) !== null) return effect
  return { ...effect, record: { ...effect.record, content: orderContentIn(content) } }
}

/** The record of an order from the decision that changed it last. */
export function recordIn(effects: string, content: string | null, key: string): OrderRecord {
  const found = effectsOf(effects, content).findLast((effect) => effect.type === 'order' && effect.key === key)
  if (found?.type !== 'order') throw new Error('the decision that an order points to does not hold its record')
  return found.record
}

// ---- PostgreSQL's text formats -------------------------------------------------------------------------------------------

/** The hexadecimal of a bytea, which stands after `\x`. */
export function hexIn(text: string): string {
  if (!text.startsWith('\\x')) throw new Error('invariant: our sessions have bytea_output hex')
  return text.slice(2)
}

/** A timestamptz under our session settings: `2026-01-31 09:30:00.25+00`. */
export const storedInstant = (text: string): number => Date.parse(`${text.slice(0, -3).replace(' ', 'T')}Z`)

/** A timestamp: a wall clock's reading. */
export const wallOf = (text: string): number => Date.parse(`${text.replace(' ', 'T')}Z`)
