import type { RecordingContext } from '../decisions/recorder.ts'
import type { Bind } from '../http/bind.ts'
import { chooseToBeSeen, readLeaderboard } from './read-leaderboard.ts'

export function bindLeaderboards(context: RecordingContext, bind: Bind): void {
  bind('readLeaderboard', ({ actor, path, query }) =>
    readLeaderboard(context, actor.program, path.leaderboard, query.window),
  )
  bind('chooseToBeSeen', ({ actor, path, body }) => chooseToBeSeen(context, actor.program, path.member, body.shown))
}
