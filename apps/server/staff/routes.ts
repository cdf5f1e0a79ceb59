import type { RecordingContext } from '../decisions/recorder.ts'
import type { Bind } from '../http/bind.ts'
import { act, localDayOf } from './act.ts'
import { actWithin, approveAct, listWaitingActs, rejectAct } from './act-within.ts'
import { listLimits, setLimit } from './limits.ts'
import { acceptOverdueFact, dismissOverdueFact, listOverdueFacts } from './overdue-facts.ts'
import { acceptRefund, dismissRefund, listUnmatchedRefunds } from './unmatched-refunds.ts'

export function bindStaff(context: RecordingContext, bind: Bind): void {
  bind('adjustPoints', ({ actor, path, body, idempotencyKey }) => {
    const { asset, amount } = body
    const deed = { type: 'points.adjusted' as const, asset, amount }
    return actWithin(context, actor, path.member, `adjust/${idempotencyKey}`, body, deed)
  })
  bind('extendLots', ({ actor, path, body, idempotencyKey }) =>
    act(context, actor, path.member, `extend/${idempotencyKey}`, body, {
      type: 'lots.extended',
      asset: body.asset,
      lastDay: localDayOf(body.lastDay),
      newLastDay: localDayOf(body.newLastDay),
    }),
  )
  bind('reinstateLots', ({ actor, path, body, idempotencyKey }) =>
    actWithin(context, actor, path.member, `reinstate/${idempotencyKey}`, body, {
      type: 'lots.reinstated',
      asset: body.asset,
      lastDay: localDayOf(body.lastDay),
      amount: body.amount,
      newLastDay: localDayOf(body.newLastDay),
    }),
  )
  bind('overrideTier', ({ actor, path, body, idempotencyKey }) =>
    act(context, actor, path.member, `override/${idempotencyKey}`, body, {
      type: 'tier.overridden',
      ladder: path.ladder,
      level: body.level,
      endsOn: body.endsOn === null ? null : localDayOf(body.endsOn),
    }),
  )

  bind('listLimits', ({ actor }) => listLimits(context, actor.program))
  bind('setLimit', ({ actor, body }) => setLimit(context, actor, body))
  bind('listWaitingActs', ({ actor, query }) => listWaitingActs(context, actor.program, query))
  bind('approveAct', ({ actor, path }) => approveAct(context, actor, path.act))
  bind('rejectAct', ({ actor, path }) => rejectAct(context, actor, path.act))

  bind('listUnmatchedRefunds', ({ actor, query }) => listUnmatchedRefunds(context, actor.program, query))
  bind('acceptRefund', ({ actor, path, body }) => acceptRefund(context, actor, path, body))
  bind('dismissRefund', ({ actor, path, body }) => dismissRefund(context, actor, path, body))

  bind('listOverdueFacts', ({ actor, query }) => listOverdueFacts(context, actor.program, query))
  bind('acceptOverdueFact', ({ actor, path, body }) => acceptOverdueFact(context, actor, path, body))
  bind('dismissOverdueFact', ({ actor, path, body }) => dismissOverdueFact(context, actor, path, body))
}
