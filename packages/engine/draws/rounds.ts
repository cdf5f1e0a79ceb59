import type { Draw, Timeline } from '../program/program.ts'
import { reignsOf } from '../program/timeline.ts'

/** One period in which a draw is held, and the version by which it is. */
export interface DrawRound {
  /** 1, 2, 3 … */
  readonly round: number
  readonly draw: Draw
  readonly version: number
}

/**
 * Every period of a draw, in their order (GAME-2): as the version says that rules when it closes. One that comes before may put it
 * off, change it or call it off; once it has closed, only one that opens it again after that is another round.
 */
export function drawRoundsOf(timeline: Timeline, id: string): readonly DrawRound[] {
  const rounds: DrawRound[] = []
  for (const { program, from } of reignsOf(timeline)) {
    const draw = program.draws.get(id)
    const last = rounds.at(-1)
    const isClosed = last !== undefined && last.draw.closes <= from
    if (isClosed && (draw === undefined || draw.opens < last.draw.closes)) continue
    if (!isClosed) rounds.pop()
    if (draw) rounds.push({ draw, round: rounds.length + 1, version: program.version })
  }
  return rounds
}

/** Ids of all draws that any version names. */
export const drawsIn = (timeline: Timeline): readonly string[] => [
  ...new Set(timeline.flatMap(({ program }) => [...program.draws.keys()])),
]
