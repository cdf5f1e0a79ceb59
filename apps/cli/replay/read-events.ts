import { hash } from 'node:crypto'
import { type EventInput, parseEventText } from '@laurel/contract'
import type { Program } from '@laurel/engine'
import { makesMembers } from '@laurel/server'
import { notUtf8, readFileLines } from '../files.ts'
import { OrderOwners } from './order-owners.ts'

/** Events of a file by member, and what of it could not be used. */
export interface EventFile {
  readonly eventsByMember: Map<string, EventInput[]>
  readonly lines: number
  /** The same event again, with equal content (EVT-1). */
  readonly repeated: number
  readonly rejected: number
  /** The first of the rejected, in the order of the file. */
  readonly rejections: readonly RejectedEvent[]
}
export interface RejectedEvent {
  /** Missing where the file has orders, each of several lines. */
  readonly fileLine?: number
  /** Missing where the line is no event. */
  readonly event?: string
  readonly member?: string
  readonly reason: string
}

/** Enough to see what is wrong with a file. */
export const rejectionsMax = 1_000
/** The largest event that the server takes as one line; a longer line is no event. */
const lineCharactersMax = 256 * 1024

/** What the program says of events. */
export interface Admission {
  /** Why it rejects the event, whatever else there is; null: it does not. */
  readonly rejectedByItself: (event: EventInput) => string | null
  readonly unknownMembers: Program['unknownMembers']
}

/**
 * Which events of a history the server would record: each once, what the program takes by itself, and of whose the order is.
 * What is rejected has not happened: it makes neither its name nor its order known (EVT-1).
 */
export class Intake {
  readonly eventsByMember = new Map<string, EventInput[]>()
  repeated = 0
  readonly #hashByIdentity = new Map<string, string>()
  readonly #owners = new OrderOwners()
  readonly #admission: Admission

  constructor(admission: Admission) {
    this.#admission = admission
  }

  /** Null: it is recorded, or was. */
  rejectionOf(event: EventInput): RejectedEvent | null {
    const reason = this.#whyRejected(event)
    return reason === null ? null : { event: nameOf(event), member: event.member, reason }
  }

  #whyRejected(event: EventInput): string | null {
    const identity = nameOf(event)
    // A hash in place of the content: of a large file every identity is kept.
    const content = hash('sha256', JSON.stringify(event), 'base64')
    const first = this.#hashByIdentity.get(identity)
    if (first !== undefined) {
      if (first !== content) return 'identity-conflict: the id stands for other content'
      this.repeated++
      return null
    }
    const reason = this.#admission.rejectedByItself(event) ?? this.#whyUnknown(event) ?? this.#owners.whyRejected(event)
    if (reason !== null) return reason
    this.#hashByIdentity.set(identity, content)
    const others = this.eventsByMember.get(event.member)
    if (others === undefined) this.eventsByMember.set(event.member, [event])
    else others.push(event)
    return null
  }

  /** As the file tells one after another. */
  #whyUnknown(event: EventInput): string | null {
    const isKnown = this.#admission.unknownMembers === 'create' || this.eventsByMember.has(event.member)
    if (isKnown || makesMembers(event)) return null
    return 'unknown-member: the program refuses events of members that nobody has created'
  }
}

const nameOf = ({ source, id }: EventInput): string => `${source}/${id}`

/** Reads NDJSON, gzipped or not: one event a line, as POST /v1/events takes them. */
export async function readEvents(file: string, admission: Admission): Promise<EventFile> {
  const intake = new Intake(admission)
  const rejections: RejectedEvent[] = []
  let [fileLine, rejected] = [0, 0]
  for await (const line of readFileLines(file)) {
    fileLine++
    if (line?.trim() === '') continue
    const event = eventIn(line)
    const rejection = typeof event === 'string' ? { reason: event } : intake.rejectionOf(event)
    if (rejection === null) continue
    rejected++
    if (rejections.length < rejectionsMax) rejections.push({ fileLine, ...rejection })
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
