import { ownIdentity } from '@laurel/contract'
import { undelivered } from '@laurel/engine'
import { messageOf } from '../db/database-failure.ts'
import { countOf, rowsOf } from '../db/transaction.ts'
import { deliverMerge } from '../decisions/bring-merge.ts'
import {
  deleteOutgoing,
  deliveryNameOf,
  deliveryOf,
  isDelivered,
  type OutgoingRow,
  outgoingDue,
  outgoingOf,
  putOutgoingOff,
} from '../decisions/outgoing.ts'
import { RecorderClosed, type RecordingContext } from '../decisions/recorder.ts'
import type { Answer, RequestInput } from '../decisions/submission.ts'

/** Delivered in one go; they share the recorder's transactions. */
const PAGE = 200
/** Whoever sent on another server is found by looking. */
const POLL_MS = 1_000
/** It is tried again for ever, and at the longest after so long. */
const WAIT_MS_MAX = 10 * 60_000

/**
 * Brings what members send to each other to whom it is for (GIFT-1): each as an event of the receiver's, under an identity made
 * of the sender's. Delivered twice it counts once, so nothing is locked, a crash between delivery and deletion does no harm,
 * and two servers may do the same work.
 */
export class Outbox {
  readonly #context: RecordingContext
  #timer: NodeJS.Timeout | null = null
  #running: Promise<void> | null = null
  #isWoken = false
  #isClosed = false

  constructor(context: RecordingContext) {
    this.#context = context
  }

  /** Looks for what waits, now and from time to time. */
  open(): void {
    this.#timer = setInterval(() => this.wake(), POLL_MS)
    this.#timer.unref()
    this.wake()
  }

  /** Something may wait: at most one delivery runs, and one more after it. */
  wake(): void {
    if (this.#isClosed) return
    this.#isWoken = true
    this.#running ??= this.#deliverWhileWoken().finally(() => {
      this.#running = null
    })
  }

  /** Resolves when what was woken for is delivered or put off; for tests and for whoever stops. */
  async settled(): Promise<void> {
    await this.#running
  }

  async close(): Promise<void> {
    this.#isClosed = true
    if (this.#timer !== null) clearInterval(this.#timer)
    await this.#running
  }

  async #deliverWhileWoken(): Promise<void> {
    while (this.#isWoken && !this.#isClosed) {
      this.#isWoken = false
      try {
        while ((await this.#deliverPage()) === PAGE && !this.#isClosed);
      } catch (error) {
        if (error instanceof RecorderClosed) return
        // The database is lost or busy: the rows are still there, and the next look finds them.
        this.#context.log.warn({ error: messageOf(error) }, 'nothing could be delivered for now')
        return
      }
    }
  }

  /** Brings what members of one program have sent, and what comes of it, before it resolves; what cannot be brought is put off. */
  async deliverIn(program: string): Promise<void> {
    const { database, wallNow } = this.#context
    for (;;) {
      const rows = await rowsOf(database.application, outgoingOf(program, new Date(wallNow()).toISOString(), PAGE))
      if (rows.length === 0) return
      await Promise.all(rows.map((row) => this.#deliver(row)))
    }
  }

  async #deliverPage(): Promise<number> {
    const { database, wallNow } = this.#context
    const rows = await rowsOf(database.application, outgoingDue(new Date(wallNow()).toISOString(), PAGE))
    await Promise.all(rows.map((row) => this.#deliver(row)))
    return rows.length
  }

  async #deliver(row: OutgoingRow): Promise<void> {
    const { program, member, id, receiver } = row
    const event = deliveryOf(row)
    if (event === null) {
      const isBrought = await deliverMerge(this.#context, this.#context.recorder.record, row)
      return isBrought ? await this.#forget(row) : await this.#putOff(row)
    }
    const answer = await this.#record(program, receiver, event)
    if (isDelivered(answer)) return await this.#forget(row)
    if (answer.status === 'rejected' || answer.status === 'conflict') {
      // Nobody is there to receive it, or somebody else has a redemption of its name by now: what is lost with it goes back.
      const back = undelivered(id, event, receiver)
      if (back === null) return await this.#forget(row)
      const returned = { ...back, ...ownIdentity(`returned/${deliveryNameOf(row).id}`) }
      if (isDelivered(await this.#record(program, member, returned))) return await this.#forget(row)
    }
    await this.#putOff(row)
  }

  #record(program: string, member: string, event: RequestInput): Promise<Answer> {
    return this.#context.recorder.record({ program, member, event })
  }

  async #forget({ bucket, program, member, id }: OutgoingRow): Promise<void> {
    await countOf(this.#context.database.application, deleteOutgoing(bucket, program, member, id))
  }

  async #putOff({ bucket, program, member, id, tries }: OutgoingRow): Promise<void> {
    const { database, log, wallNow } = this.#context
    log.error({ program, member, tries }, 'what one member sent to another could not be delivered; it is tried again')
    const due = new Date(wallNow() + Math.min(WAIT_MS_MAX, 1_000 * 2 ** Math.min(tries, 20))).toISOString()
    await countOf(database.application, putOutgoingOff(bucket, program, member, id, due))
  }
}
