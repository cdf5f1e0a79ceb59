import type { RecordingContext } from '../decisions/recorder.ts'
import type { Bind } from '../http/bind.ts'
import { givePoints } from './give-points.ts'
import { mergeMembers, undoMerge } from './merge-members.ts'

export function bindSharing(context: RecordingContext, bind: Bind): void {
  bind('givePoints', ({ actor, path, body, idempotencyKey }) =>
    givePoints(context, actor.program, path.member, body, idempotencyKey),
  )
  bind('mergeMember', ({ actor, path, body, idempotencyKey }) =>
    mergeMembers(context, actor, path.member, body, idempotencyKey),
  )
  bind('undoMerge', ({ actor, path, body, idempotencyKey }) =>
    undoMerge(context, actor, path.member, body, idempotencyKey),
  )
}
