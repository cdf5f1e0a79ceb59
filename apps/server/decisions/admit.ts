import { hash } from 'node:crypto'
import type { Member } from '@laurel/engine'
import { type ProgramTimeline, rulingAt } from '../programs/timeline.ts'
import { orderTextOf } from './content.ts'
import { type Gathered, isOwn } from './gather.ts'
import type { IdentityKey } from './identity.ts'
import { type Rejection, rejectionOf } from './reject.ts'
import type { Answer, Moved, Submission } from './submission.ts'
import type { EventTask } from './task.ts'

/**
 * Who may be decided: events whose identity is new (EVT-1), that the program accepts, of a member who is there. Remembers
 * what was decided in the same batch, which the database cannot know yet.
 */
export class Admission {
  readonly #gathered: Gathered
  readonly #now: (program: string) => number
  /** Events of this batch, by identity, with their answer. */
  readonly #decided = new Map<string, { readonly task: EventTask; readonly text: string }>()
  /** Orders that this batch recorded first. */
  readonly #orders = new Map<string, { readonly task: EventTask; readonly text: string }>()

  constructor(gathered: Gathered, now: (program: string) => number) {
    this.#gathered = gathered
    this.#now = now
  }

  /**
   * Where the member goes on as another: there, unless it is the member's own and known (MRG-1). Where it came for another that
   * is not this one, or not yet or no more: back to that one, with what the two have to tell each other.
   */
  movedTo(task: EventTask, member: Member | null): Moved | null {
    if (this.#gathered.identities.get(task.identity.name)?.member === task.member) return null
    const { event, via } = task.submission
    const to = event.type === 'merge.undone' ? undefined : member?.left?.into
    if (to !== undefined) return { status: 'moved', to }
    return via === undefined || member?.aliases?.includes(via) ? null : { status: 'moved', to: via }
  }

  /** Null: to be decided. */
  answerTo(task: EventTask): Answer | null {
    return this.#knownEvent(task) ?? this.#knownRedemption(task) ?? this.#knownOrder(task)
  }

  /** Null: accepted. `member` is the state before the event; null: nobody has created the member. */
  rejectionOfTask(task: EventTask, timeline: ProgramTimeline, member: Member | null): Rejection | null {
    // Before anything else: what is overdue would be kept.
    // What comes back to who has been forgotten meanwhile is forfeited, as all the rest was.
    if (member?.left?.erased && task.submission.event.type !== 'gift.returned')
      return { code: 'member-erased', detail: 'the member is erased; it is dropped and counted' }
    const { event } = task.submission
    // It left between the gift and its delivery: the points go back to who gave them (GIFT-1).
    if (event.type === 'gift.received' && member != null && member.left !== null) {
      return { code: 'unknown-member', detail: 'the receiver has left' }
    }
    if (event.type === 'merge.undone' && event.tell !== null && member?.merged?.merge !== event.merge) {
      return { code: 'merge-not-undoable', detail: 'the member has earned or spent since, or there is no such merge' }
    }
    return (
      rejectionOf(task.submission, timeline, this.#now(task.program)) ?? this.#rejectionOfMember(task, timeline, member)
    )
  }

  note(task: EventTask, text: string): void {
    this.#decided.set(task.identity.name, { task, text })
  }

  noteOrder(identity: IdentityKey, task: EventTask, text: string): void {
    this.#orders.set(identity.name, { task, text })
  }

  knowsOrder(identity: IdentityKey): boolean {
    return this.#orders.has(identity.name) || this.#gathered.identities.has(identity.name)
  }

  /** The event that recorded the order first, if that was in this batch. */
  bringerOf(identity: IdentityKey): EventTask | undefined {
    return this.#orders.get(identity.name)?.task
  }

  #knownEvent(task: EventTask): Answer | null {
    const { name } = task.identity
    const decided = this.#decided.get(name)
    if (decided !== undefined) {
      const { member, content } = decided.task
      return conflictOf(task, member, content.hash) ?? { status: 'repeated', text: decided.text }
    }
    const known = this.#gathered.identities.get(name)
    if (known === undefined) return null
    const first = this.#gathered.firsts.get(name)
    const owner = isOwn(this.#gathered, task, known.member) ? task.member : known.member
    const conflict = conflictOf(task, owner, hashOf(first?.content))
    if (conflict !== null) return conflict
    if (first === undefined) throw new Error('an identity points to a decision that is not there')
    return { status: 'repeated', text: first.answer }
  }

  /** The id of a redemption belongs to the request that made it. */
  #knownRedemption(task: EventTask): Answer | null {
    if (task.redemption === null) return null
    const { name } = task.redemption
    const known = this.#gathered.identities.get(name)
    return known === undefined ? null : differs(task, known.member, hashOf(this.#gathered.firsts.get(name)?.content))
  }

  /** A paid order under a new event id is the same order again, or says how it is now: the engine takes that as an edit. */
  #knownOrder(task: EventTask): Answer | null {
    const [order] = task.orders
    if (task.submission.event.type !== 'order.paid' || order === undefined) return null
    const { name } = order.identity
    const here = this.#orders.get(name)
    const owner = here?.task.member ?? this.#gathered.identities.get(name)?.member
    if (owner === undefined) return null
    const first = this.#gathered.firsts.get(name)
    if (!isOwn(this.#gathered, task, owner)) {
      return differs(task, owner, here?.task.content.hash ?? hashOf(first?.content))
    }
    const fields =
      here?.task.content.fields ?? (first === undefined ? undefined : (JSON.parse(first.content) as object))
    const text = here?.text ?? first?.answer
    if (fields === undefined || text === undefined) throw new Error('an order points to a decision that is not there')
    return orderTextOf(fields) === orderTextOf(task.content.fields) ? { status: 'repeated', text } : null
  }

  #rejectionOfMember(task: EventTask, timeline: ProgramTimeline, state: Member | null): Rejection | null {
    const { submission } = task
    if (
      state === null &&
      !makesMembers(submission.event) &&
      rulingAt(timeline, this.#now(task.program)).unknownMembers === 'refuse'
    ) {
      return { code: 'unknown-member', detail: 'the program refuses events of members that nobody has created' }
    }
    for (const { key, identity } of task.orders) {
      const owner = this.bringerOf(identity)?.member ?? this.#gathered.identities.get(identity.name)?.member
      if (owner !== undefined && !isOwn(this.#gathered, task, owner)) {
        return { code: 'order-of-another-member', detail: `the order ${key} is another member's` }
      }
      const known = (state?.orders[key] ?? this.#gathered.orders.get(identity.name))?.content.currency
      const said = currencyIn(submission.event)
      if (known === undefined || said === undefined || said === known) continue
      return {
        code: 'currency-mismatch',
        detail: `the order ${key} is in ${known}, and keeps its currency: not ${said}`,
      }
    }
    return null
  }
}

/** Joining makes a member, and founding a pool; and of whom nobody knows it must be known that they are erased (LED-9). */
export const makesMembers = (event: Submission['event']): boolean =>
  event.type === 'member.joined' ||
  event.type === 'member.erased' ||
  (event.type === 'pool.asked' && event.asks.type === 'found')

/** Of an order that is paid or edited: what its refunds are counted in (AMT-4). */
const currencyIn = (event: Submission['event']): string | undefined =>
  event.type === 'order.paid' || event.type === 'order.edited' ? event.order.currency : undefined

/** Null where it is the same content of the same member. */
export function conflictOf(task: EventTask, member: string, stored: string): Answer | null {
  return member === task.member && task.content.hash === stored ? null : differs(task, member, stored)
}

const differs = (task: EventTask, member: string, stored: string): Answer => ({
  status: 'conflict',
  code: member === task.member ? 'other-content' : 'other-member',
  sentHash: task.content.hash,
  storedHash: stored,
})

function hashOf(content: string | undefined): string {
  if (content === undefined) throw new Error('an identity points to a decision that is not there')
  return hash('sha256', content)
}
