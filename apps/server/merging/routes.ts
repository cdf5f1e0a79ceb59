import type { RecordingContext } from '../decisions/recorder.ts'
import type { Bind } from '../http/bind.ts'
import { mergeMembers, undoMerge } from './merge-members.ts'

export function bindMerging(context: RecordingContext, bind: Bind): void {
  bind('mergeMember', ({ actor, path, body, idempotencyKey }) =>
    mergeMembers(context, actor, path.member, body, idempotencyKey),
  )
  bind('undoMerge', ({ actor, path, body, idempotencyKey }) =>
    undoMerge(context, actor, path.member, body, idempotencyKey),
  )
}
