import {
  type Effect,
  finished,
  type Member,
  newMember,
  type Stamp,
  type Steps,
  type TimePassed,
  type Told,
  toldBy,
} from '@laurel/engine'
import type { PoolClient } from 'pg'
import { exchange, step } from '../db/exchange.ts'
import type { ProgramTimeline } from '../programs/timeline.ts'
import { instantOf } from '../programs/zone.ts'
import { eventOf, type StoredEvent } from './content.ts'
import type { MemberEntry } from './member-cache.ts'
import { drawnBy } from './own-versions.ts'
import { memberHistory } from './queries.ts'
import { stampOf } from './stamp.ts'
import { effectsOf, storedInstant, wallOf } from './stored.ts'

/** A member's past as it is stored. */
export interface History {
  readonly events: readonly StoredEvent[]
  /** Effects of each decision, in order of decisions. */
  readonly effects: readonly (readonly Effect[])[]
}

/** Whose past it is. */
export type HistoryOwner = Pick<MemberEntry, 'bucket' | 'program' | 'id'>
type MemberName = Omit<HistoryOwner, 'bucket'>

export async function readMemberHistory(client: PoolClient, { bucket, program, id }: HistoryOwner): Promise<History> {
  const [found] = await exchange(client, [step(memberHistory, String(bucket), program, id)])
  return historyIn(found?.rows ?? [])
}

/** Rows of `memberHistory`. */
type HistoryRows = readonly (readonly (string | null)[])[]

export const historyIn = (rows: HistoryRows): History => finished(readingHistory(rows))

/** The same with a rest after each row. */
export function* readingHistory(rows: HistoryRows): Steps<History> {
  const events: StoredEvent[] = []
  const effects: Effect[][] = []
  for (const [, content, at, local, placeLocal, version, pinned, stored] of rows) {
    yield
    effects.push(effectsOf(stored ?? '', content ?? null))
    if (content == null) continue
    const stamp: Stamp = {
      at: storedInstant(at ?? ''),
      local: wallOf(local ?? ''),
      placeLocal: wallOf(placeLocal ?? ''),
      version: version == null ? null : Number(version),
    }
    events.push(eventOf(JSON.parse(content) as object, stamp, pinned == null ? {} : JSON.parse(pinned)))
  }
  return { events, effects }
}

/** How far time has been let pass for a member: to its last event or timer, or to what comes beside them. */
export function passedBy(
  { timeline, latest }: ProgramTimeline,
  member: Member,
  ...instants: number[]
): TimePassed | null {
  const { head, firedAt, firedLocal } = member
  if (head !== null) instants.push(head[0])
  if (firedAt !== null) instants.push(firedAt)
  if (firedLocal !== null) instants.push(instantOf(latest.zone, firedLocal))
  if (instants.length === 0) return null
  const at = Math.max(...instants)
  return { type: 'time.passed', stamp: stampOf(timeline, latest, at, null, at) }
}

/** What a replay of this past has to be told: what was announced and met, and the member's own chance (EXP-1). */
export const toldOf = ({ program, id }: MemberName, { effects }: Pick<History, 'effects'>): Told => ({
  ...toldBy(effects.flat()),
  ...drawnBy({ program, id }),
})

/** A member as the recorder has stored it; its rows are read apart. */
export const memberStateOf = ({ program, id }: MemberName, state: string): Member => ({
  ...newcomer({ program, id }),
  ...(JSON.parse(state) as Omit<Member, 'orders' | 'finished' | 'closed' | 'chance'>),
})

/** A member to whom nothing has happened yet. */
export const newcomer = ({ program, id }: MemberName): Member => ({
  ...newMember(),
  ...drawnBy({ program, id }),
})
