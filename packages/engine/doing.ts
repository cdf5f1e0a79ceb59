import type { Effect } from './effect.ts'
import type { Identity, MemberEvent, TimePassed } from './event.ts'

export interface ReplayedDecision {
  readonly event: Exclude<MemberEvent, TimePassed>
  readonly effects: readonly Effect[]
}

/**
 * What one event did in a replay: by its own decision, or, where it stands before its order and waited for it, within the
 * order's (EVT-5): from where its wait ended to where the next one's does.
 */
export function doingOf({ source, id }: Identity, replayed: readonly ReplayedDecision[]): readonly Effect[] {
  const own = replayed.find(({ event }) => event.source === source && event.id === id)?.effects ?? []
  if (!own.some(({ type }) => type === 'wait')) return own
  for (const { effects } of replayed) {
    const from = effects.findIndex((effect) => endsWait(effect) && effect.source === source && effect.id === id)
    if (from < 0) continue
    const next = effects.findIndex((effect, index) => index > from && (endsWait(effect) || effect.type === 'head'))
    return [...own.filter(({ type }) => type !== 'wait' && type !== 'queued'), ...effects.slice(from + 1, next)]
  }
  return own
}

const endsWait = (effect: Effect): effect is Extract<Effect, { type: 'wait-ended' }> => effect.type === 'wait-ended'
