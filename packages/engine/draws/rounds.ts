import type { Draw, Timeline } from '../program/program.ts'
import { type Reign, reignsOf } from '../program/timeline.ts'
import type { LocalTime } from '../time/local.ts'

/** One period in which a draw is held, and the version by which it is. */
export interface DrawRound {
  /** 1, 2, 3 … */
  readonly round: number
  readonly draw: Draw
  readonly version: number
}

/**
 * Every period of a draw, in their order (GAME-2): as the version says that rules when it closes. One that comes before may put it
 * off, change it or call it off, or hold one that is open as it was promised (TRN-5); once it has closed, only one that opens it
 * again after that is another round.
 */
export const drawRoundsOf = (timeline: Timeline, id: string): readonly DrawRound[] => roundsIn(reignsOf(timeline), id)

/** As it is to be held by what rules until that moment; null: it is not open then. */
export function drawOpenAt(timeline: Timeline, id: string, local: LocalTime): Draw | null {
  const until = reignsOf(timeline).filter(({ from }) => from <= local)
  return roundsIn(until, id).find(({ draw }) => draw.opens <= local && local < draw.closes)?.draw ?? null
}

function roundsIn(reigns: readonly Reign[], id: string): readonly DrawRound[] {
  const rounds: DrawRound[] = []
  for (const { program, from } of reigns) {
    const isKept = program.transitions.draws.get(id) === 'keep'
    const stays = ({ draw }: DrawRound): boolean => draw.closes <= from || (isKept && draw.opens <= from)
    while (rounds.length > 0 && !rounds.slice(-1).every(stays)) rounds.pop()
    const last = rounds.at(-1)
    const draw = program.draws.get(id)
    if (draw === undefined || (last !== undefined && draw.opens < last.draw.closes)) continue
    rounds.push({ draw, round: rounds.length + 1, version: program.version })
  }
  return rounds
}

/** Ids of all draws that any version names. */
export const drawsIn = (timeline: Timeline): readonly string[] => [
  ...new Set(timeline.flatMap(({ program }) => [...program.draws.keys()])),
]
