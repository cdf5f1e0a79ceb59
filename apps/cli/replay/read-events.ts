import { hash } from 'node:crypto'
import { type EventInput, parseEventText } from '@laurel/contract'
import { notUtf8, readFileLines } from '../files.ts'
import { OrderOwners } from './order-owners.ts'

/** Events of a file by member, and what of it could not be used. */
export interface EventFile {
  readonly eventsByMember: Map<string, EventInput[]>
  readonly lines: number
  /** The same event again, with equal content (EVT-1). */
  readonly repeated: number
  readonly rejected: number
  /** The first of the rejected. */
  readonly rejections: readonly RejectedEvent[]
}
export interface RejectedEvent {
  readonly fileLine: number
  readonly reason: string
}

/** Enough to see what is wrong with a file. */
export const rejectionsMax = 1_000
/** The largest event that the server takes as one line; a longer line is no event. */
const lineCharactersMax = 256 * 1024

/**
 * Which events of a history the server would record, as far as that hangs on the others: each once, and of whose the order is.
 * `isTaken` says whether the program takes an event by itself: what it rejects makes no order known.
 */
export class Intake {
  readonly eventsByMember = new Map<string, EventInput[]>()
  repeated = 0
  readonly #hashByIdentity = new Map<string, string>()
  readonly #owners = new OrderOwners()
  readonly #isTaken: (event: EventInput) => boolean

  constructor(isTaken: (event: EventInput) => boolean) {
    this.#isTaken = isTaken
  }

  /** Why it is not recorded; null: it is, or was. */
  whyRejected(event: EventInput): string | null {
    const identity = `${event.source}/${event.id}`
    // A hash in place of the content: of a large file every identity is kept.
    const content = hash('sha256', JSON.stringify(event), 'base64')
    const first = this.#hashByIdentity.get(identity)
    if (first !== undefined) {
      if (first !== content) return `${identity} stands for other content already`
      this.repeated++
      return null
    }
    // What the program rejects by itself is rejected where it is decided.
    const reason = this.#isTaken(event) ? this.#owners.whyRejected(event) : null
    if (reason !== null) return `${identity}: ${reason}`
    this.#hashByIdentity.set(identity, content)
    const others = this.eventsByMember.get(event.member)
    if (others === undefined) this.eventsByMember.set(event.member, [event])
    else others.push(event)
    return null
  }
}

/** Reads NDJSON, gzipped or not: one event a line, as POST /v1/events takes them. */
export async function readEvents(file: string, isTaken: (event: EventInput) => boolean): Promise<EventFile> {
  const intake = new Intake(isTaken)
  const rejections: RejectedEvent[] = []
  let [fileLine, rejected] = [0, 0]
  for await (const line of readFileLines(file)) {
    fileLine++
    if (line?.trim() === '') continue
    const event = eventIn(line)
    const reason = typeof event === 'string' ? event : intake.whyRejected(event)
    if (reason === null) continue
    rejected++
    if (rejections.length < rejectionsMax) rejections.push({ fileLine, reason })
  }
  const { eventsByMember, repeated } = intake
  return { eventsByMember, lines: fileLine, repeated, rejected, rejections }
}

/** The event, or why there is none. */
function eventIn(line: string | null): EventInput | string {
  if (line === null) return notUtf8
  if (line.length > lineCharactersMax) return `longer than ${lineCharactersMax} characters`
  const parsed = parseEventText(line)
  if (parsed.ok) return parsed.event
  return parsed.errors.map(({ path, message }) => `${path === '' ? 'the event' : path} ${message}`).join('; ')
}
