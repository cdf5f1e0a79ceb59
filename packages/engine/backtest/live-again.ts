import { replay } from '../decide.ts'
import type { ReplayedDecision } from '../doing.ts'
import type { Effect } from '../effect.ts'
import type { MemberEvent, TimePassed } from '../event.ts'
import { ownTimeline } from '../experiments/pilot.ts'
import type { Member } from '../member.ts'
import type { Program } from '../program/program.ts'
import { latestOf } from '../program/timeline.ts'
import type { LocalTime } from '../time/local.ts'
import type { Told } from '../vouchers/told.ts'
import { Furthest } from './aims.ts'
import { type Assumption, type Candidate, foundAnew } from './candidate.ts'
import { Taker, withoutTries } from './take-at-once.ts'

/** All that is stored of a member. */
export interface Recording {
  readonly member: string
  /** With stamps and answers as they are stored, in any order. */
  readonly events: readonly Exclude<MemberEvent, TimePassed>[]
  /** What it was told beside (EVT-2), and its number for experiments (EXP-1). */
  readonly told: Told
}

/** What a candidate makes of one member. */
export interface Life {
  readonly decisions: readonly ReplayedDecision[]
  /** What time did after the last event, up to `until`. */
  readonly after: readonly Effect[]
  readonly until: LocalTime
  /** As it stands in the end. */
  readonly member: Member
  readonly furthest: Furthest
  /** Of the version by which the end is read: the last for all. */
  readonly program: Program
}

/** What every candidate and member has in common. */
export interface BacktestSetting {
  /** Where every member stands in the end. */
  readonly upTo: TimePassed
  readonly assumption: Assumption
}

/** Lives one member's recording again by the engine that lived it: there is no second reading of a program. */
export function liveAgain(candidate: Candidate, recording: Recording, { upTo, assumption }: BacktestSetting): Life {
  const { timeline, judges } = candidate
  const program = latestOf(timeline)
  if (program === undefined) throw new Error('invariant: a candidate has a version')
  const furthest = new Furthest()
  const { chance } = recording.told
  const stands = judges === 'as-it-ran' && assumption === 'as-asked'
  const [events, told] = stands
    ? [recording.events, recording.told]
    : [
        foundAnew(recording.events, judges === 'anew' ? program : null, assumption),
        chance === undefined ? {} : { chance },
      ]
  const taker = assumption === 'at-once' ? new Taker(ownTimeline(timeline, recording.told)) : null
  const { member, decisions, after } = replay(timeline, events, upTo, told, {
    look: (standing, stamp) => {
      furthest.look(program, standing, stamp.local)
      taker?.look(stamp)
    },
    act: (standing, next) => taker?.act(standing, next) ?? null,
  })
  const until = upTo.stamp.local
  furthest.look(program, member, until)
  return {
    decisions: taker === null ? decisions : decisions.map(withoutTries),
    after,
    until,
    member,
    furthest,
    program,
  }
}
