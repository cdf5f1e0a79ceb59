import type { RecordingContext } from '../decisions/recorder.ts'
import type { Bind } from '../http/bind.ts'
import { givePoints } from './give-points.ts'

export function bindGifts(context: RecordingContext, bind: Bind): void {
  bind('givePoints', ({ actor, path, body, idempotencyKey }) =>
    givePoints(context, actor.program, path.member, body, idempotencyKey),
  )
}
