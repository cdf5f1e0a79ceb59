import type { MemberEvent, TimePassed } from '../event.ts'
import type { Program, Timeline } from '../program/program.ts'

type Recorded = Exclude<MemberEvent, TimePassed>

/**
 * What a past is lived under again: the program that ran, whose decisions stand with their pins and answers, or a draft that would
 * have ruled it all, and judges everything anew.
 */
export interface Candidate {
  readonly judges: 'as-it-ran' | 'anew'
  readonly timeline: Timeline
}

export const whatRan = (timeline: Timeline): Candidate => ({ judges: 'as-it-ran', timeline })

/** In force always, as the only version: version 0 would judge nothing. */
export function draftOf(draft: Program): Candidate {
  const always = Number.NEGATIVE_INFINITY
  const program = { ...draft, version: 1 }
  return {
    judges: 'anew',
    timeline: [{ program, fromAt: always, fromLocal: always, publishedAt: always, publishedLocal: always }],
  }
}

/**
 * What members would have done with their points is nobody's to know, so it is assumed and said. `as-asked`: they ask for what they
 * did ask for, whatever the draft makes of it; `none`: they redeem nothing, the most that can be owed to them; `at-once`: whoever
 * can afford the cheapest reward takes it at once, again and again, the most that can be redeemed of what members earn.
 */
export const ASSUMPTIONS = ['as-asked', 'none', 'at-once'] as const
export type Assumption = (typeof ASSUMPTIONS)[number]

/**
 * The events as a draft finds them. What happened stands; what the program of the day had made of it does not: neither its version
 * (nor that it was corrected) nor its answers, nor what it granted of rooms that members share. What came from other members (a gift, a friend's order, a pool)
 * came as it did, but for assets that the draft does not know: of those there is nothing to say. `draft`: null: what ran, which
 * judges each event by the version of its day.
 */
export function foundAnew(events: readonly Recorded[], draft: Program | null, assumption: Assumption): Recorded[] {
  return events
    .filter((event) => assumption === 'as-asked' || !isRedemption(event))
    .filter((event) => isKnown(event, draft))
    .map((event) => anew(event, draft))
}

/** What happens to an asset by its name: an act of staff, a gift. A draft has judged all from the first, and corrects nothing. */
const isKnown = (event: Recorded, draft: Program | null): boolean =>
  draft === null ||
  (event.type !== 'version.corrected' && (!('asset' in event) || draft.assets.some(({ id }) => id === event.asset)))

function anew(event: Recorded, draft: Program | null): Recorded {
  const { grants: _grants, ...known } = event
  const found = { ...known, stamp: { ...event.stamp, version: draft?.version ?? event.stamp.version } }
  if (found.type === 'merge.received') {
    const { events, told } = found.brought
    const { chance } = told
    const brought = {
      events: events.filter((each) => isKnown(each, draft)).map((each) => anew(each, draft)),
      told: chance === undefined ? {} : { chance },
    }
    return { ...found, brought }
  }
  if (found.type === 'version.corrected') {
    const { granted: _granted, claimed: _claimed, borne: _borne, ...correction } = found
    return correction
  }
  return 'answer' in found ? { ...found, answer: null } : found
}

/** Also one that a pool pays. */
const isRedemption = (event: Recorded): boolean =>
  event.type.startsWith('redemption.') || (event.type === 'pool.asked' && event.asks.type === 'spend')
