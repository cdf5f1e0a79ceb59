import type { Period } from '../time/local.ts'
import type { Program, Session, Timeline } from './program.ts'
import { reignsOf } from './timeline.ts'

export interface NamedSession {
  /** `reward/session`. */
  readonly id: string
  readonly reward: string
  readonly session: Session
  /** Until when a seat goes back, counted from the start; null: never. */
  readonly cancelBefore: Period | null
}

export const nameOfSession = (reward: string, session: string): string => `${reward}/${session}`

export const sessionsOf = ({ rewards }: Program): readonly NamedSession[] =>
  [...rewards.values()].flatMap(({ id: reward, kind }) =>
    kind.type === 'experience'
      ? kind.sessions.map((session) => ({
          id: nameOfSession(reward, session.id),
          reward,
          session,
          cancelBefore: kind.cancelBefore,
        }))
      : [],
  )

export const sessionNamed = (program: Program, id: string): Session | undefined =>
  sessionsOf(program).find((each) => each.id === id)?.session

/** A session as the versions said of it that ruled from the one to the other; what the last of them says of it stands. */
export function sessionThrough(timeline: Timeline, id: string, from: number, to: number): readonly NamedSession[] {
  const ruled = reignsOf(timeline).map(({ program }) => program)
  const [first, last] = [from, to].map((version) => ruled.findLastIndex((program) => program.version === version))
  return ruled
    .slice(Math.max(0, first ?? 0), Math.max(0, last ?? 0) + 1)
    .flatMap((program) => sessionsOf(program).filter((each) => each.id === id))
}
