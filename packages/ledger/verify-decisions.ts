import {
  type Effect,
  type LotChanged,
  type LotsOfAsset,
  lotDifferences,
  type MemberEvent,
  type Move,
  movesBetween,
  replay,
  type Timeline,
  type TimePassed,
  toldBy,
} from '@laurel/engine'
import type { StoredDecision } from './export.ts'
import { movesOf } from './transfers.ts'

/** A change of meaning of the engine, by which older decisions may differ from what would be decided now (LED-6). */
export interface EngineRevision {
  /** Decisions stored with a lower one may differ. */
  readonly revision: number
  readonly what: string
}

/** A line that deciding again would post on top of the stored ones: below zero it would take. */
export interface DecisionDifference {
  /** The decision whose event or due moment is the cause; null: nothing stored has it. */
  readonly seq: number | null
  readonly cause: string
  readonly rule: string
  readonly asset: string
  readonly move: Move
  /** The first listed revision after the decision's own; null: nothing explains it. */
  readonly explainedBy: EngineRevision | null
}

export interface DecisionsReport {
  /** No difference, or none that no revision explains. */
  readonly clean: boolean
  readonly differences: readonly DecisionDifference[]
  /** How the lots would differ. A consequence of the differences above, or of a lot that no decision accounts for. */
  readonly lots: readonly LotChanged[]
}

/**
 * The second layer of `verify` (LED-6): decides a member's stored events again, in tidy order and with their stored answers,
 * lets as much time pass as the stored decisions did, and lists where the net totals per cause, rule, accounts and instant
 * disagree with the stored effects. Corrections are stored effects like all others, so a history that was corrected must come
 * out equal too (EVT-2). `events` bear their stamps and answers as they are stored.
 */
export function verifyDecisions(
  timeline: Timeline,
  events: readonly Exclude<MemberEvent, TimePassed>[],
  decisions: readonly Pick<StoredDecision, 'entry'>[],
  revisions: readonly EngineRevision[],
): DecisionsReport {
  const effects = decisions.flatMap(({ entry }) => entry.effects)
  const again = replay(timeline, events, lastPassed(effects), toldBy(effects))
  const replayed = movesOf([...again.decisions.flatMap((decision) => decision.effects), ...again.after])
  const differences = movesBetween(movesOf(effects), replayed).map((move): DecisionDifference => {
    const decision = decisionOf(decisions, move.cause)
    const engine = decision?.engine ?? Math.min(...decisions.map(({ entry }) => entry.engine))
    const explainedBy = revisions.find(({ revision }) => revision > engine) ?? null
    return { seq: decision?.seq ?? null, cause: move.cause, rule: move.rule, asset: move.asset, move, explainedBy }
  })
  const lots = lotsBetween(
    effects.filter((effect) => effect.type === 'lot'),
    again.member.assets,
  )
  const explained = differences.every((difference) => difference.explainedBy !== null)
  return { clean: explained && (lots.length === 0 || differences.length > 0), differences, lots }
}

/** As far as time has fired by the last decision. */
export function lastPassed(effects: readonly Effect[]): TimePassed | null {
  const head = effects.findLast((effect) => effect.type === 'head')
  if (head?.type !== 'head' || (head.firedLocal === null && head.firedAt === null)) return null
  const at = head.firedAt ?? Number.NEGATIVE_INFINITY
  const local = head.firedLocal ?? Number.NEGATIVE_INFINITY
  return { type: 'time.passed', stamp: { at, local, placeLocal: local, version: null } }
}

/** The decision about the event that is the cause, else the first that moved something by this cause. */
function decisionOf(decisions: readonly Pick<StoredDecision, 'entry'>[], cause: string) {
  const about = decisions.find(({ entry }) => entry.event && `${entry.event.source}/${entry.event.id}` === cause)
  const first = about ?? decisions.find(({ entry }) => movesOf(entry.effects).some((move) => move.cause === cause))
  return first?.entry ?? null
}

function lotsBetween(stored: readonly LotChanged[], after: readonly LotsOfAsset[]): LotChanged[] {
  const before = stored.map(({ asset, priority, lastDay, change }) => ({
    asset,
    lots: [{ priority, lastDay, amount: change }],
  }))
  return lotDifferences(before, after)
}
