import type { Activity, MemberEvent, TimePassed } from '../event.ts'
import { isSame } from '../is-same.ts'
import { withoutUndone } from '../merging/told-again.ts'
import type { Program, Timeline } from '../program/program.ts'
import { programOf, versionAt } from '../program/timeline.ts'
import { kindOf } from '../tidy-order.ts'
import type { Pins } from './events.ts'
import { pinsOf, repinned } from './repin.ts'

type Recorded = Exclude<MemberEvent, TimePassed>

export interface ToCorrect {
  /** As they stand pinned now. */
  readonly facts: readonly Recorded[]
  /** How many more there would be, did the version know of what they tell: they stay with the one that has judged them. */
  readonly unknown: number
  /** How many more there would be, had they not been judged by a version on trial: what that gave is theirs (PIL-5). */
  readonly onTrial: number
  /** Friends of whom another version has said what they and whoever sent them get: that is by the terms of the claim (RFL-1). */
  readonly referrals: number
}

/**
 * The facts of a past, and of whoever came with a merge, that a version would judge if they arrived now, and that another one has
 * judged (COR-1). Requests and acts are answered (EVT-2).
 */
export function factsToCorrect(
  timeline: Timeline,
  asked: { readonly version: number; readonly fromAt: number },
  events: readonly Recorded[],
  later?: Pins,
): ToCorrect {
  const { version, fromAt } = asked
  const program = programOf(timeline, version)
  const pins = pinsOf(events, later)
  const facts: Recorded[] = []
  let unknown = 0
  let onTrial = 0
  let referrals = 0
  for (const event of withoutUndone(events)) {
    if (event.type === 'merge.received') {
      const brought = factsToCorrect(timeline, asked, event.brought.events, pins)
      facts.push(...brought.facts)
      unknown += brought.unknown
      onTrial += brought.onTrial
      referrals += brought.referrals
      continue
    }
    const known = repinned(event, pins)
    const { stamp } = known
    const isClaim = known.type === 'referral.claim' && known.answer?.granted === true
    if (!(kindOf(known) === 'fact' || isClaim) || stamp.at < fromAt || stamp.version === version) continue
    // Judged by a version that was published after all of these.
    if (stamp.version !== null && !isAmong(timeline, stamp.version)) continue
    if (versionAt(timeline, stamp.at, Number.POSITIVE_INFINITY)?.program.version !== version) continue
    if (isClaim) referrals += isPaidAlike(timeline, program, stamp.version) ? 0 : 1
    else if (isOnTrial(timeline, stamp.version)) onTrial += 1
    else if (declares(program, known)) facts.push(known)
    else unknown += 1
  }
  return { facts, unknown, onTrial, referrals }
}

function isPaidAlike(timeline: Timeline, { referral: right }: Program, version: number | null): boolean {
  const wrong = timeline.find(({ program }) => program.version === version)?.program.referral
  return isSame([wrong?.friend, wrong?.advocate], [right?.friend, right?.advocate])
}

const isAmong = (timeline: Timeline, version: number): boolean =>
  timeline.some(({ program }) => program.version === version)

function isOnTrial(timeline: Timeline, version: number | null): boolean {
  const pilot = timeline.find(({ program }) => program.version === version)?.pilot
  return pilot !== undefined && pilot.fallsBack !== true
}

/** Whether the version would let it in. */
function declares(program: Program, event: Recorded): boolean {
  if (event.type === 'activity') return declaresActivity(program, event)
  if (event.type === 'benefit.used') return program.benefits.has(event.benefit)
  if ('offer' in event) return program.offers.has(event.offer)
  return !('plan' in event) || program.memberships.has(event.plan)
}

/** Its conditions ask for the facts that it declares, and find them as it declares them. */
function declaresActivity({ activities }: Program, { name, facts }: Activity): boolean {
  const declared = activities.get(name)
  if (declared === undefined) return false
  return [...declared].every(([fact, kind]) => {
    const value = facts[fact]
    return typeof value === (kind === 'text' ? 'string' : kind === 'yes-no' ? 'boolean' : 'number')
  })
}
