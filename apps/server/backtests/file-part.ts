import { hash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { type EventInput, parseEventText } from '@laurel/contract'
import {
  type Assumption,
  type Backtested,
  backtest,
  draftOf,
  newMember,
  orderKeyOf,
  type Program,
  type Recording,
} from '@laurel/engine'
import { makesMembers } from '../decisions/admit.ts'
import { contentOf } from '../decisions/content.ts'
import { isFromTheFuture, rejectionOf } from '../decisions/reject.ts'
import { stamped, stampOf } from '../decisions/stamp.ts'
import { onlyVersion } from '../programs/timeline.ts'

/** What every part is judged by: plain data, so that it goes to a worker as it is. */
export interface FileOrder {
  /** Of each part: events as NDJSON, each member whole in one of them. */
  readonly files: readonly string[]
  /** Texts of program documents; the first is what the others are compared to. */
  readonly documents: readonly string[]
  readonly assumption: Assumption
  /** Instants. */
  readonly until: number
  readonly now: number
}

/** What one part comes to. */
export interface PartResult {
  readonly backtested: readonly Backtested[]
  readonly events: number
  readonly repeated: number
  readonly rejected: number
  /** The first of them: which event, and why. */
  readonly rejections: readonly string[]
  /** After the end that was asked for. */
  readonly leftOut: number
  /** Refunds whose order the history does not have; with the first of them. */
  readonly refundsAlone: { readonly count: number; readonly first: readonly string[] }
}

/** Enough to see what is wrong with a history. */
const rejectionsMax = 100

/** Decides the members of one part, as the server would have recorded them from an import. */
export function decideFilePart(
  part: number,
  programs: readonly Program[],
  { files, assumption, until, now }: FileOrder,
): PartResult {
  const [first] = programs
  if (first === undefined) throw new Error('invariant: there is a program')
  const programTimeline = onlyVersion(first)
  const decidedAt = Math.min(until, now)
  const rejections: string[] = []
  let [events, repeated, rejected, leftOut] = [0, 0, 0, 0]
  const alone: string[] = []
  const reject = (name: string, reason: string): void => {
    rejected++
    if (rejections.length < rejectionsMax) rejections.push(`${name}: ${reason}`)
  }
  const hashByIdentity = new Map<string, string>()
  const eventsByMember = new Map<string, EventInput[]>()
  for (const line of linesIn(files[part] ?? '')) {
    events++
    const parsed = parseEventText(line)
    if (!parsed.ok) {
      reject('an event', parsed.errors.map(({ path, message }) => `${path} ${message}`).join('; '))
      continue
    }
    const { event } = parsed
    const name = `${event.source}/${event.id}`
    const content = hash('sha256', JSON.stringify(event), 'base64')
    const known = hashByIdentity.get(name)
    if (known === content) repeated++
    else if (known !== undefined) reject(name, 'it stands for other content already')
    else {
      hashByIdentity.set(name, content)
      const own = eventsByMember.get(event.member)
      if (own === undefined) eventsByMember.set(event.member, [event])
      else own.push(event)
    }
  }
  // What is from the future is rejected, wherever the end is.
  const isAfter = ({ occurredAt }: EventInput): boolean => {
    const at = Date.parse(occurredAt)
    return until < now && at > until && !isFromTheFuture(at, now)
  }
  function* recordings(): Generator<Recording> {
    for (const [member, own] of eventsByMember) {
      // As the file tells them one after another.
      let isKnown = first?.unknownMembers === 'create'
      const taken: EventInput[] = []
      const accepted = own.flatMap((event) => {
        if (isAfter(event)) {
          leftOut++
          return []
        }
        isKnown ||= makesMembers(event)
        if (!isKnown) {
          reject(
            `${event.source}/${event.id}`,
            'unknown-member: the program refuses events of members that nobody has created',
          )
          return []
        }
        const submission = { program: first?.id ?? '', member, event, history: true }
        const rejection = rejectionOf(submission, programTimeline, decidedAt)
        if (rejection === null) {
          taken.push(event)
          return [
            stamped({
              submission,
              content: contentOf(event),
              timeline: programTimeline,
              member: newMember(),
              now: decidedAt,
            }).event,
          ]
        }
        reject(`${event.source}/${event.id}`, `${rejection.code}: ${rejection.detail}`)
        return []
      })
      alone.push(...refundsAlone(taken))
      if (accepted.length > 0) yield { member, events: accepted, told: {} }
    }
  }
  const upTo = { type: 'time.passed', stamp: stampOf(programTimeline.timeline, first, until, null, until) } as const
  const backtested = backtest(programs.map(draftOf), recordings(), { upTo, assumption })
  const refunds = { count: alone.length, first: alone.slice(0, rejectionsMax) }
  return { backtested, events, repeated, rejected, rejections, leftOut, refundsAlone: refunds }
}

/** Of one member, in whatever order they come: a refund may come before what it refunds. */
function refundsAlone(events: readonly EventInput[]): string[] {
  const paid = new Set(
    events.flatMap((event) => (event.type === 'order.paid' ? [orderKeyOf(event.source, event.order.id)] : [])),
  )
  return events.flatMap((event) =>
    event.type === 'refund.made' && event.order !== null && !paid.has(orderKeyOf(event.source, event.order))
      ? [`${event.source}/${event.id} of the order ${event.order}`]
      : [],
  )
}

const linesIn = (file: string): string[] =>
  readFileSync(file, 'utf8')
    .split('\n')
    .filter((line) => line !== '')
