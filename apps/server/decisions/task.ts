import { type EventKind, kindOf, needsOf } from '@laurel/engine'
import { bucketOf } from '@laurel/ledger'
import { type Content, contentOf, type StoredEvent } from './content.ts'
import { type IdentityKey, identityOf } from './identity.ts'
import type { Answer, Moved, Submission } from './submission.ts'

/** One thing to be decided, on its way through a lane. */
export type Task = EventTask | TimeTask

export interface EventTask {
  readonly kind: 'event'
  readonly eventKind: EventKind
  readonly submission: Submission
  readonly program: string
  readonly member: string
  readonly bucket: number
  readonly content: Content
  readonly identity: IdentityKey
  /** Orders that the event names or brings. */
  readonly orders: readonly { readonly key: string; readonly identity: IdentityKey }[]
  /** Of a reservation: its id must be new, whoever the member is. */
  readonly redemption: IdentityKey | null
  /** Redemptions that may have ended already. */
  readonly finished: readonly string[]
  /** Vouchers that may be closed already. */
  readonly vouchers: readonly string[]
  readonly settle: (answer: Answer | Moved) => void
  readonly fail: (error: unknown) => void
}

export interface TimeTask {
  readonly kind: 'time'
  readonly program: string
  readonly member: string
  readonly bucket: number
  /** Whether anything fired. */
  readonly settle: (fired: boolean) => void
  readonly fail: (error: unknown) => void
}

/** Everything about a submission that needs neither clock nor database. Throws where it is no event that can be written down. */
export function eventTaskOf(submission: Submission, settle: EventTask['settle'], fail: EventTask['fail']): EventTask {
  const { program, member, event } = submission
  const content = contentOf(event)
  // The engine looks at type and ids only; the stamp comes later.
  const unstamped = content.fields as StoredEvent
  const { orders, finished, vouchers } = needsOf(unstamped)
  return {
    kind: 'event',
    eventKind: kindOf(unstamped),
    submission,
    program,
    member,
    bucket: bucketOf(program, member),
    content,
    identity: identityOf(program, 'event', `${event.source}/${event.id}`),
    orders: orders.map((key) => ({ key, identity: identityOf(program, 'order', key) })),
    redemption: event.type === 'redemption.reserve' ? identityOf(program, 'redemption', event.redemption) : null,
    finished,
    vouchers,
    settle,
    fail,
  }
}

export const timeTaskOf = (
  program: string,
  member: string,
  settle: TimeTask['settle'],
  fail: TimeTask['fail'],
): TimeTask => ({ kind: 'time', program, member, bucket: bucketOf(program, member), settle, fail })

/** A merge brings every row of another, at its own moment; what undoes it, or corrects, tells the past otherwise: each by itself. */
export const asksForWholePast = (type: string): boolean =>
  type === 'merge.received' || type === 'merge.undone' || type === 'version.corrected'

/** Facts may be late and are replayed; requests and acts are judged at the head (EVT-2). */
export const isFactTask = (task: Task): task is EventTask => task.kind === 'event' && task.eventKind === 'fact'
