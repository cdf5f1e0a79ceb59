import {
  boardSpans,
  type Leaderboard,
  type LocalTime,
  type Member,
  type Program,
  type Ranked,
  Ranking,
  scoreOf,
} from '@laurel/engine'

type Members = ReadonlyMap<string, { readonly state: Member }>

/** Who stands where in the window that began then (GAME-1). */
export function rankedOn(board: Leaderboard, members: Members, from: LocalTime): Ranked[] {
  const ranking = new Ranking(board)
  for (const [member, { state }] of members) {
    const score = scoreOf(state, board, from)
    if (score !== null) ranking.add({ member, ...score })
  }
  return ranking.ranked()
}

/**
 * The ranks of a member on every leaderboard, of those that it shows: as things stand in the window that runs, else as they were
 * when the last one ended. `results` has those by leaderboard.
 */
export function ranksOf(
  program: Program,
  members: Members,
  results: ReadonlyMap<string, readonly Ranked[]>,
  member: string,
  now: LocalTime,
) {
  return [...program.leaderboards.values()].flatMap((board) => {
    const { running } = boardSpans(board, now)
    const found = running === null ? (results.get(board.id) ?? []) : rankedOn(board, members, running.from)
    return shownOf(board, found).flatMap((each) =>
      each.member === member ? [{ leaderboard: board.id, rank: each.rank }] : [],
    )
  })
}

export const shownOf = ({ top }: Leaderboard, ranked: readonly Ranked[]): readonly Ranked[] => ranked.slice(0, top)

/** A window of a leaderboard, and the moment at which it was over. */
export interface EndedWindow {
  readonly board: Leaderboard
  readonly from: LocalTime
  readonly at: LocalTime
}

/** Every window that ended after one moment and by another, in the order of their ends. */
export const windowsEnded = ({ leaderboards }: Program, after: LocalTime, by: LocalTime): EndedWindow[] =>
  [...leaderboards.values()].flatMap((board) => [...endedOf(board, after, by)]).sort((a, b) => a.at - b.at)

function* endedOf(board: Leaderboard, after: LocalTime, by: LocalTime): Generator<EndedWindow> {
  const { window } = board
  if (window.type === 'dates') {
    if (after < window.through && window.through <= by) yield { board, from: window.from, at: window.through }
    return
  }
  let { running } = boardSpans(board, after)
  while (running !== null && running.to !== null && running.to <= by) {
    yield { board, from: running.from, at: running.to }
    running = boardSpans(board, running.to).running
  }
}
