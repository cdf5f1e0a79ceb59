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
export const doingOf = (event: Identity, replayed: readonly ReplayedDecision[]): readonly Effect[] =>
  doingsIn(replayed)(event)

/** The same for one event after another: the replay is looked through once for all of them. */
export function doingsIn(replayed: readonly ReplayedDecision[]): (event: Identity) => readonly Effect[] {
  const ownByName = new Map(replayed.toReversed().map(({ event, effects }) => [nameOf(event), effects]))
  let waitedByName: ReadonlyMap<string, readonly Effect[]> | null = null
  return (event) => {
    const own = ownByName.get(nameOf(event)) ?? []
    if (!own.some(({ type }) => type === 'wait')) return own
    waitedByName ??= waitsIn(replayed)
    const waited = waitedByName.get(nameOf(event))
    return waited === undefined ? own : [...own.filter(({ type }) => type !== 'wait' && type !== 'queued'), ...waited]
  }
}

const nameOf = ({ source, id }: Identity): string => `${source}/${id}`

/** What each event did that had waited, by its name: the first time, where it waited twice. */
function waitsIn(replayed: readonly ReplayedDecision[]): ReadonlyMap<string, readonly Effect[]> {
  const waited = new Map<string, readonly Effect[]>()
  for (const { effects } of replayed) {
    for (const [from, effect] of effects.entries()) {
      if (!endsWait(effect) || waited.has(nameOf(effect))) continue
      const next = effects.findIndex((each, index) => index > from && (endsWait(each) || each.type === 'head'))
      waited.set(nameOf(effect), effects.slice(from + 1, next))
    }
  }
  return waited
}

const endsWait = (effect: Effect): effect is Extract<Effect, { type: 'wait-ended' }> => effect.type === 'wait-ended'
