import { hash } from 'node:crypto'
import { type EventInput, parseEvent } from '@laurel/contract'
import { readFileLines } from '../files.ts'
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
const rejectionsMax = 1_000
/** The largest event that the server takes as one line; a longer line is no event. */
const lineCharactersMax = 256 * 1024

/**
 * Reads NDJSON, gzipped or not: one event a line, as POST /v1/events takes them. `isTaken` says whether the program takes an event
 * by itself: what it rejects makes no order known.
 */
export async function readEvents(file: string, isTaken: (event: EventInput) => boolean): Promise<EventFile> {
  const eventsByMember = new Map<string, EventInput[]>()
  const hashByIdentity = new Map<string, string>()
  const owners = new OrderOwners()
  const rejections: RejectedEvent[] = []
  let [fileLine, rejected, repeated] = [0, 0, 0]
  const reject = (reason: string) => {
    rejected++
    if (rejections.length < rejectionsMax) rejections.push({ fileLine, reason })
  }
  for await (const line of readFileLines(file)) {
    fileLine++
    if (line.trim() === '') continue
    const event = eventIn(line)
    if (typeof event === 'string') {
      reject(event)
      continue
    }
    const identity = `${event.source}/${event.id}`
    // A hash in place of the content: of a large file every identity is kept.
    const content = hash('sha256', JSON.stringify(event), 'base64')
    const first = hashByIdentity.get(identity)
    if (first !== undefined) {
      if (first === content) repeated++
      else reject(`${identity} stands for other content already`)
      continue
    }
    // What the program rejects by itself is rejected where it is decided.
    const refusal = isTaken(event) ? owners.refusalOf(event) : null
    if (refusal !== null) reject(`${identity}: ${refusal}`)
    else {
      hashByIdentity.set(identity, content)
      const others = eventsByMember.get(event.member)
      if (others === undefined) eventsByMember.set(event.member, [event])
      else others.push(event)
    }
  }
  return { eventsByMember, lines: fileLine, repeated, rejected, rejections }
}

/** The event, or why there is none. */
function eventIn(line: string): EventInput | string {
  if (line.length > lineCharactersMax) return `longer than ${lineCharactersMax} characters`
  let value: unknown
  try {
    value = JSON.parse(line)
  } catch {
    return 'not JSON'
  }
  const parsed = parseEvent(value)
  if (parsed.ok) return parsed.event
  return parsed.errors.map(({ path, message }) => `${path === '' ? 'the event' : path} ${message}`).join('; ')
}
