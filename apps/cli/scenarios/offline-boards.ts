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

/** The ranks of a member on every leaderboard: of the running window, else of the last one. */
export function ranksOf(program: Program, members: Members, member: string, now: LocalTime) {
  return [...program.leaderboards.values()].flatMap((board) => {
    const { running, ended } = boardSpans(board, now)
    const span = running ?? ended[0]
    const found = span === undefined ? [] : rankedOn(board, members, span.from)
    return found.flatMap((each) => (each.member === member ? [{ leaderboard: board.id, rank: each.rank }] : []))
  })
}
