import type { EventInput } from '@laurel/contract'
import {
  finished,
  type Lateness,
  type MemberEvent,
  orderContentOf,
  orderKeyOf,
  type Program,
  type QueueReason,
  refundNameOf,
  type Timeline,
  type TimePassed,
  waiversOf,
} from '@laurel/engine'
import { type Submission, waivingOf } from '@laurel/server'
import { CannotSend } from './sending.ts'
import { type Act, scenarioSource } from './sent.ts'

type RequestInput = Exclude<Submission['event'], EventInput>

/** What an act has to know of the member it is about. */
interface KnownLife {
  readonly events: readonly Exclude<MemberEvent, TimePassed>[]
  /** Refunds that a person has to look at, by the id of their event. */
  readonly queue: ReadonlyMap<string, { readonly amount: number | null; readonly reason: QueueReason }>
}

type RequestOf<Kind extends RequestInput = RequestInput> = Kind extends { readonly reason: string }
  ? Omit<Kind, 'source' | 'id' | 'actor' | 'reason'>
  : never

/** The engine's request for an act of staff. */
export function requestFor(act: Act, life: KnownLife | undefined): RequestOf {
  switch (act.type) {
    case 'review-referral':
      return { type: 'referral.reviewed', approved: act.approved }
    case 'adjust':
      return { ...act, type: 'points.adjusted' }
    case 'extend':
      return { ...act, type: 'lots.extended' }
    case 'reinstate':
      return { ...act, type: 'lots.reinstated' }
    case 'override':
      return { ...act, type: 'tier.overridden' }
    case 'accept-refund': {
      const queued = life?.queue.get(act.refund)
      const sent = life?.events.find(({ source, id }) => source === scenarioSource && id === act.refund)
      if (queued === undefined || sent === undefined) {
        throw new CannotSend('that refund is not queued', 'leave the row out')
      }
      const amount = act.amount ?? queued.amount
      if (amount === null) {
        throw new CannotSend('nobody knows what that refund is worth', 'say the amount that is accepted')
      }
      return {
        type: 'refund.accepted',
        refund: `${scenarioSource}/${act.refund}`,
        name: refundNameOf(sent),
        waited: queued.reason === 'order-unknown',
        orderKey: acceptedFor(act.order, queued.reason, sent),
        amount,
        ...(sent.type === 'order.edited' || sent.type === 'order.paid' ? { edited: orderContentOf(sent) } : null),
      }
    }
  }
}

const ofOwnOrder: ReadonlySet<QueueReason> = new Set(['more-than-left', 'unknown-line', 'overdue'])

/** The order that is named, else the one that the refund itself names and that is there. */
function acceptedFor(named: string | null, reason: QueueReason, sent: MemberEvent): string | null {
  const own = !ofOwnOrder.has(reason) ? null : 'order' in sent ? sent.order : null
  const order = named ?? own
  return order === null ? null : orderKeyOf(scenarioSource, order)
}

/** What the program does right after a fact that came late (REF-3). In a scenario nobody is held out of anything. */
export function waivingActs(
  { timeline, latest }: { readonly timeline: Timeline; readonly latest: Program },
  { late, ...lateness }: Omit<Lateness, 'late' | 'drawnBy'> & { readonly late: Lateness['late'][number] },
): RequestInput[] {
  if (latest.late.debt === 'owe') return []
  return finished(waiversOf(timeline, { ...lateness, late: [late], drawnBy: {} })).map(waivingOf)
}
