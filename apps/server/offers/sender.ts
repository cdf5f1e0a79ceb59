import { ownSource } from '@laurel/contract'
import { decideInPlace, isSentTo } from '@laurel/engine'
import { messageOf } from '../db/database-failure.ts'
import { countOf, rowOf, rowsOf } from '../db/transaction.ts'
import { memberStateOf } from '../decisions/history.ts'
import { versionsForMember } from '../decisions/own-versions.ts'
import { RecorderClosed, type RecordingContext } from '../decisions/recorder.ts'
import { remainingOf } from '../decisions/remaining.ts'
import { stampOf } from '../decisions/stamp.ts'
import type { Answer } from '../decisions/submission.ts'
import { offeredBy, type ProgramTimeline, rulingAt } from '../programs/timeline.ts'
import { mergedAmong, moveSendingOn, runningSendings, type SendingRow, sendingById, statesAfter } from './queries.ts'

/** Members at a time: enough for full batches of the recorder, few enough that the progress moves and a crash repeats little. */
const PAGE = 1_000

/**
 * Sends offers to many (OFF-1): page after page of members, each receipt an event with a name of its own. What was recorded
 * before is found recorded, so a crash, a second server or a second call do no harm; how far it came is noted after each page.
 */
export class Sender {
  readonly #context: RecordingContext
  #running: Promise<void> | null = null
  #isClosed = false

  constructor(context: RecordingContext) {
    this.#context = context
  }

  /** Something may have to be sent: at most one runs. */
  wake(): void {
    if (this.#isClosed) return
    this.#running ??= this.#sendAll().finally(() => {
      this.#running = null
    })
  }

  /** Resolves when everything is sent, or put off until somebody wakes it. */
  async settled(): Promise<void> {
    await this.#running
  }

  async close(): Promise<void> {
    this.#isClosed = true
    await this.#running
  }

  async #sendAll(): Promise<void> {
    try {
      for (let row = await this.#next(); row && !this.#isClosed; row = await this.#next()) await this.#send(row)
    } catch (error) {
      if (error instanceof RecorderClosed) return
      // The database is lost or busy: how far it came is noted, and the next look goes on from there.
      this.#context.log.warn({ error: messageOf(error) }, 'an offer could not be sent on for now')
    }
  }

  #next(): Promise<SendingRow | undefined> {
    return rowOf(this.#context.database.application, runningSendings())
  }

  async #send(started: SendingRow): Promise<void> {
    const { program } = started
    const { application } = this.#context.database
    const found = await this.#context.timelines.of(program)
    const offer = found ? offeredBy(found, started.offer, this.#context.now(program)) : undefined
    let row: SendingRow | undefined = started
    while (row?.ended_at === null && !this.#isClosed) {
      const page = offer && found ? await this.#pageOf(row, found) : NOBODY
      const counts = await this.#tell(row, page.members)
      const looked = page.looked
      const ended = page.isLast ? new Date(this.#context.now(program)).toISOString() : null
      const to = page.through
      await countOf(
        application,
        moveSendingOn(
          program,
          row.id,
          row.through,
          to,
          looked,
          counts.sent,
          counts.already,
          looked - counts.sent - counts.already,
          ended,
        ),
      )
      row = await rowOf(application, sendingById(program, row.id))
    }
  }

  async #pageOf({ program, members, through, offer: offerId }: SendingRow, found: ProgramTimeline): Promise<Page> {
    if (members !== null) {
      // Our own text, sorted.
      const named: readonly string[] = JSON.parse(members)
      const rest = named.filter((id) => id > through)
      const page = rest.slice(0, PAGE)
      return pageOf(page, await this.#remaining(program, page), rest.length <= PAGE, through)
    }
    const rows = await rowsOf(this.#context.database.application, statesAfter(program, through, PAGE))
    const { timeline, latest } = found
    const now = this.#context.now(program)
    const stamp = stampOf(timeline, latest, now, null, now)
    const meant = rows.filter(({ id, state }) => {
      const member = memberStateOf({ program, id }, state)
      decideInPlace(timeline, member, { type: 'time.passed', stamp })
      const ruling = rulingAt(versionsForMember(found, member), now)
      const offer = ruling.offers.get(offerId)
      return offer !== undefined && isSentTo(ruling, offer, member, stamp.local)
    })
    const ids = rows.map(({ id }) => id)
    return pageOf(
      ids,
      meant.map(({ id }) => id),
      ids.length < PAGE,
      through,
    )
  }

  /** Who was merged gets what the one that remains gets, once. Few were: those alone are followed one by one. */
  async #remaining(program: string, named: readonly string[]): Promise<readonly string[]> {
    const merged = await rowsOf(this.#context.database.application, mergedAmong(program, [...named]))
    const gone = new Set(merged.map(({ id }) => id))
    const remaining = new Set<string>()
    for (const id of named) remaining.add(gone.has(id) ? await remainingOf(this.#context, program, id) : id)
    return [...remaining]
  }

  async #tell({ program, name, offer }: SendingRow, members: readonly string[]) {
    const occurredAt = new Date(this.#context.now(program)).toISOString()
    const answers = await this.#context.recorder.recordMany(
      members.map((member) => {
        const event = {
          type: 'offer.sent',
          source: ownSource,
          id: `${name}/${member}`,
          member,
          offer,
          occurredAt,
        } as const
        return { program, member, event }
      }),
    )
    if (answers.some(({ status }) => status === 'failed')) throw new Error(`an offer of ${program} was not recorded`)
    return { sent: answers.filter(isSent).length, already: answers.filter(wasSent).length }
  }
}

interface Page {
  readonly members: readonly string[]
  readonly looked: number
  readonly through: string
  readonly isLast: boolean
}

/** Of an offer that the program has no more. */
const NOBODY: Page = { members: [], looked: 0, through: '', isLast: true }

const pageOf = (looked: readonly string[], members: readonly string[], isLast: boolean, through: string): Page => ({
  members,
  looked: looked.length,
  through: looked.at(-1) ?? through,
  isLast,
})

const isSent = ({ status }: Answer): boolean => status === 'recorded'
/** The name is known: by another moment it is another content. */
const wasSent = ({ status }: Answer): boolean => status === 'repeated' || status === 'conflict'
