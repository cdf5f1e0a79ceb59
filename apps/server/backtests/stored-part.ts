import type { Reproduction } from '@laurel/contract'
import {
  type Assumption,
  type Backtested,
  backtest,
  type Candidate,
  compileAccepted,
  draftOf,
  mergeBacktested,
  movesBetween,
  type Recording,
  replay,
  whatRan,
} from '@laurel/engine'
import { lastPassed, movesOf, type PostedTotal } from '@laurel/ledger'
import type { Pool } from 'pg'
import { exchange, step } from '../db/exchange.ts'
import { rowsOf, transaction } from '../db/transaction.ts'
import { type History, historyIn, toldOf } from '../decisions/history.ts'
import { totalsIn } from '../decisions/read-past.ts'
import { stampOf } from '../decisions/stamp.ts'
import { createTimelines, type ProgramTimeline } from '../programs/timeline.ts'
import { compiled } from './compiled.ts'
import { historyUntil, membersAfter, postedUntil } from './queries.ts'

/** What every part of a stored history is judged by: plain data, so that it goes to a worker as it is. */
export interface StoredOrder {
  readonly program: string
  /** What ran: so many versions. */
  readonly versions: number
  /** Texts of program documents; what ran comes before them. */
  readonly documents: readonly string[]
  readonly assumption: Assumption
  /** Instant in which every member stands in the end. */
  readonly until: number
  /** What was recorded later is not looked at: all members are seen as they stood at one moment. */
  readonly recordedUntil: string
}

/** What one bucket comes to. */
export interface StoredResult {
  readonly backtested: readonly Backtested[]
  readonly events: number
  /** Orders by calendar month of UTC, `2026-03`. */
  readonly ordersByMonth: Readonly<Record<string, number>>
  readonly reproduction: Reproduction
}

/** Members read together: with two years of weekly orders some 40 MB. */
const membersTogether = 50
/** Enough to see what happened. */
const differencesMax = 100

/** A worker's own way to the candidates, which it compiles once. */
export async function openStoredParts(pool: Pool, order: StoredOrder) {
  const timelines = createTimelines({ database: { application: pool }, noteClock: () => undefined }, compileAccepted)
  const found = await timelines.upTo(order.program, order.versions)
  if (found === null) throw new Error('invariant: a backtest begins with a version')
  // Another may have been published since.
  const timeline = found.timeline.slice(0, order.versions)
  const candidates: Candidate[] = [whatRan(timeline), ...order.documents.map((document) => draftOf(compiled(document)))]
  return (bucket: number) => decideStoredPart(pool, order, { ...found, timeline }, candidates, bucket)
}

async function decideStoredPart(
  pool: Pool,
  order: StoredOrder,
  found: ProgramTimeline,
  candidates: readonly Candidate[],
  bucket: number,
): Promise<StoredResult> {
  const { program, until, assumption } = order
  const { timeline, latest } = found
  const upTo = { type: 'time.passed', stamp: stampOf(timeline, latest, until, null, until) } as const
  let result: StoredResult = {
    backtested: backtest(candidates, [], { upTo, assumption }),
    ...{ events: 0, ordersByMonth: {}, reproduction: { transfers: 0, differing: 0, differences: [] } },
  }
  let after = ''
  for (;;) {
    const ids = (await rowsOf(pool, membersAfter(bucket, program, after, membersTogether))).map(({ id }) => id)
    const pasts = await readPasts(pool, order, bucket, ids)
    result = mergeStored(result, {
      backtested: backtest(candidates, pasts.map(recordingOf(program)), { upTo, assumption }),
      events: pasts.reduce((sum, { history }) => sum + history.events.length, 0),
      ordersByMonth: ordersByMonth(pasts),
      reproduction: pasts.map((past) => reproductionOf(found, program, past)).reduce(addedUp, nothingPosted),
    })
    if (ids.length < membersTogether) return result
    after = ids.at(-1) ?? after
  }
}

export interface Past {
  readonly member: string
  readonly history: History
  readonly posted: readonly PostedTotal[]
}

export async function readPasts(
  pool: Pool,
  { program, recordedUntil }: Pick<StoredOrder, 'program' | 'recordedUntil'>,
  bucket: number,
  ids: readonly string[],
): Promise<Past[]> {
  if (ids.length === 0) return []
  const steps = ids.flatMap((id) => {
    const owner = [String(bucket), program, id, recordedUntil]
    return [step(historyUntil, ...owner), step(postedUntil, ...owner)]
  })
  const outcomes = await transaction(pool, (tx) => exchange(tx, steps))
  return ids.flatMap((member, index) => {
    const history = historyIn(outcomes[2 * index]?.rows ?? [])
    // Somebody who came after the backtest began.
    if (history.effects.length === 0) return []
    return [{ member, history, posted: totalsIn(outcomes[2 * index + 1]) }]
  })
}

export const recordingOf =
  (program: string) =>
  ({ member, history }: Past): Recording => ({
    member,
    events: history.events,
    told: toldOf({ program, id: member }, history),
  })

function ordersByMonth(pasts: readonly Past[]): Record<string, number> {
  const orders: Record<string, number> = {}
  for (const { history } of pasts) {
    for (const { type, stamp } of history.events) {
      const month = new Date(stamp.at).toISOString().slice(0, 7)
      if (type === 'order.paid') orders[month] = (orders[month] ?? 0) + 1
    }
  }
  return orders
}

/** What ran, lived again as far as time has passed in the books, against what they say transfer by transfer (LED-6). */
function reproductionOf(
  { timeline }: ProgramTimeline,
  program: string,
  { member, history, posted }: Past,
): Reproduction {
  const told = toldOf({ program, id: member }, history)
  const again = replay(timeline, history.events, lastPassed(history.effects.flat()), told)
  const moves = movesOf([...again.decisions.flatMap(({ effects }) => effects), ...again.after])
  const differing = movesBetween(posted, moves)
  const differences = differing.slice(0, differencesMax).map(({ cause, rule, asset, from, to, amount }) => ({
    ...{ member, cause, rule, asset, from, to, amount },
  }))
  return { transfers: posted.length, differing: differing.length, differences }
}

const nothingPosted: Reproduction = { transfers: 0, differing: 0, differences: [] }

const addedUp = (a: Reproduction, b: Reproduction): Reproduction => ({
  transfers: a.transfers + b.transfers,
  differing: a.differing + b.differing,
  differences: [...a.differences, ...b.differences].slice(0, differencesMax),
})

/** Of members that are in one of them each. */
export function mergeStored(a: StoredResult, b: StoredResult): StoredResult {
  const months = { ...a.ordersByMonth }
  for (const [month, orders] of Object.entries(b.ordersByMonth)) months[month] = (months[month] ?? 0) + orders
  return {
    backtested: mergeBacktested(a.backtested, b.backtested),
    events: a.events + b.events,
    ordersByMonth: months,
    reproduction: addedUp(a.reproduction, b.reproduction),
  }
}
