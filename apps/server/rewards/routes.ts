import type { RecordingContext } from '../decisions/recorder.ts'
import type { Bind } from '../http/bind.ts'
import { leaveLine, readRedemption } from './read-redemption.ts'
import { endRedemption, reserveRedemption } from './redeem.ts'

export function bindRewards(context: RecordingContext, bind: Bind): void {
  bind('reserveRedemption', ({ actor, body, idempotencyKey }) =>
    reserveRedemption(context, actor.program, body, idempotencyKey),
  )
  bind('readRedemption', ({ actor, path }) => readRedemption(context, actor.program, path.redemption))
  bind('confirmRedemption', ({ actor, path, idempotencyKey }) =>
    endRedemption(context, actor.program, 'confirm', path.redemption, idempotencyKey),
  )
  bind('cancelRedemption', ({ actor, path, idempotencyKey }) =>
    endRedemption(context, actor.program, 'cancel', path.redemption, idempotencyKey),
  )

  bind('leaveLine', ({ actor, path }) => leaveLine(context, actor.program, path.redemption))
}
