import { setTimeout as delay } from 'node:timers/promises'
import { dayOf, type LocalDay, type Program, WALLETS } from '@laurel/engine'
import { bucketOf } from '@laurel/ledger'
import { int4s, texts } from '../db/binary-array.ts'
import { countOf, rowOf, rowsOf, type Transaction, transaction } from '../db/transaction.ts'
import type { StoredEvent } from '../decisions/content.ts'
import { DECISIONS_MAX } from '../decisions/gather.ts'
import { effectsWith } from '../decisions/stored.ts'
import type { ProgramContext } from '../programs/timeline.ts'
import { localOf } from '../programs/zone.ts'
import { openElsewhere } from '../statements/queries.ts'
import { type DayTally, daysAfter, type OrderChange } from './day-changes.ts'
import { type Decided, NOBODY_YET, type Said, type Standing, tallyDecisions } from './tally-decision.ts'
import * as queries from './tally-queries.ts'
import { type Turned, writeTallies } from './write-tallies.ts'

/**
 * Some twenty milliseconds of computing, in pieces between which members are served, and a megabyte that is let go while it is young:
 * what waits through a longer page settles in the heap as garbage.
 */
const PAGE = 250
/** Of the time that a page took, and then nothing: somebody else's turn. */
const PAUSE_SHARE = 1

export interface Gathering {
  /** Decisions in one transaction; for tests. */
  readonly page?: number
  /** Pages at most: a job among others is short. */
  readonly pagesMax?: number
  /** Aborted: the page under way is the last. */
  readonly interrupted?: AbortSignal
  readonly onPage?: (decisions: number) => void
}

/**
 * Counts what was decided since it was counted last, page by page in the order of the feed. Each page is one transaction with the
 * place where the next begins, and what a member's tally holds stands with the member, so that nothing counts twice or never,
 * wherever it is broken off. Answers whether it has come to the end.
 */
export async function gatherTallies(
  context: ProgramContext,
  program: string,
  { page = PAGE, pagesMax = Number.POSITIVE_INFINITY, interrupted, onPage }: Gathering = {},
): Promise<boolean> {
  const found = await context.timelines.of(program)
  if (found === null) return true
  const { application } = context.database
  await countOf(application, queries.beginTally(program, new Date(context.wallNow()).toISOString()))
  for (let pages = 0; pages < pagesMax && interrupted?.aborted !== true; pages++) {
    const beganAt = performance.now()
    const elsewhere = (await rowOf(application, openElsewhere()))?.ids ?? []
    const counted = await transaction(application, (tx) =>
      tallyPage(tx, context, found.latest, program, elsewhere, page),
    )
    onPage?.(counted)
    if (counted < page) return true
    await delay((performance.now() - beganAt) * PAUSE_SHARE)
  }
  return false
}

async function tallyPage(
  tx: Transaction,
  context: ProgramContext,
  latest: Program,
  program: string,
  elsewhere: readonly string[],
  page: number,
): Promise<number> {
  const from = (await rowOf(tx, queries.lockTally(program)))?.position ?? 0
  const touched = await rowsOf(tx, queries.touchedAfter(program, from, DECISIONS_MAX, page, elsewhere))
  const last = touched.at(-1)
  if (last === undefined) return 0
  const members = await readMembers(tx, latest, program, touched)
  await writeTallies(tx, program, members)
  await countOf(tx, queries.moveTally(program, last.position, new Date(context.wallNow()).toISOString()))
  return touched.length
}

async function readMembers(
  tx: Transaction,
  latest: Program,
  program: string,
  touched: readonly { readonly bucket: number; readonly member: string; readonly seq: number }[],
): Promise<Turned[]> {
  const until = new Map<string, number>()
  for (const { member, seq } of touched) until.set(member, Math.max(seq, until.get(member) ?? 0))
  const members = [...until.keys()]
  const buckets = int4s(members.map((member) => bucketOf(program, member)))
  const known = Map.groupBy(
    await rowsOf(tx, queries.memberTallies(program, buckets, texts(members))),
    ({ member }) => member,
  )
  const standingOf = (member: string): Standing => standingIn(known.get(member)?.[0])
  // Also such as lie in no page yet: of two servers the one that began first may write last, and its places come before.
  const after = members.map((member) => standingOf(member).seq)
  const rows = await rowsOf(
    tx,
    queries.decisionsToTally(program, buckets, texts(members), int4s(after), int4s([...until.values()])),
  )
  const decisions = Map.groupBy(rows, ({ member }) => member)
  const said = new Map(
    members.flatMap((member) => {
      const decided = (decisions.get(member) ?? []).map((row) => decidedOf(latest.zone, row))
      return decided.length === 0 ? [] : [[member, tallyDecisions(latest, standingOf(member), decided)] as const]
    }),
  )
  const orders = await readOrders(tx, program, said)
  const measured = (member: string) => known.get(member)?.[0]?.measured ?? false
  const days = await readDays(
    tx,
    program,
    said,
    orders,
    (member, { standing }) => measured(member) !== isMeasured(member, standing),
  )
  return [...said].map(([member, each]): Turned => {
    const changed = orders.get(member) ?? new Map<string, OrderChange>()
    const own = days.get(member) ?? new Map<LocalDay, DayTally>()
    const before = { ...standingOf(member), measured: measured(member), days: own }
    const { standing } = each
    return {
      bucket: bucketOf(program, member),
      member,
      before,
      said: each,
      orders: changed,
      after: {
        measured: isMeasured(member, standing),
        joinedOn: standing.joinedOn,
        days: daysAfter(own, changed.values(), each.doings),
      },
    }
  })
}

/** A pool's wallet is no member, who was merged is counted as the other one, and who is marked is measured nowhere (END-1). */
const isMeasured = (member: string, { marked, status }: Standing): boolean =>
  !marked && status !== 'merged' && !member.startsWith(WALLETS)

function standingIn(row: queries.MemberTallyRow | undefined): Standing {
  if (row === undefined) return NOBODY_YET
  const { seq, status, marked, joined_on, last_seen_on, levels } = row
  return { seq, status, marked, joinedOn: joined_on, lastSeenOn: last_seen_on, levels }
}

function decidedOf(zone: string, row: queries.DecisionToTally): Decided {
  const { member, seq, content, local_ms, recorded_at, effects } = row
  const event = content === null ? null : (JSON.parse(content) as Pick<StoredEvent, 'type'>)
  return {
    member,
    seq,
    type: event?.type ?? null,
    day: local_ms === null ? null : dayOf(local_ms),
    recordedOn: dayOf(localOf(zone, Date.parse(recorded_at))),
    effects: effectsWith(effects, event),
  }
}

type ByMember<Value> = ReadonlyMap<string, Value>

async function readOrders(
  tx: Transaction,
  program: string,
  said: ByMember<Said>,
): Promise<Map<string, Map<string, OrderChange>>> {
  const keys = [...said].flatMap(([member, { orders }]) => [...orders.keys()].map((key) => [member, key] as const))
  const members = keys.map(([member]) => member)
  const buckets = int4s(members.map((member) => bucketOf(program, member)))
  const orderKeys = texts(keys.map(([, key]) => key))
  const rows = await rowsOf(tx, queries.orderTallies(program, buckets, texts(members), orderKeys))
  const rowByName = new Map(rows.map((row) => [JSON.stringify([row.member, row.order_key]), row]))
  return new Map(
    [...said].map(([member, { orders }]) => [
      member,
      new Map(
        [...orders].map(([key, after]) => [
          key,
          { before: rowByName.get(JSON.stringify([member, key])) ?? null, after },
        ]),
      ),
    ]),
  )
}

/** Days that change, and of whom `needsAll` says so all of them. */
async function readDays(
  tx: Transaction,
  program: string,
  said: ByMember<Said>,
  orders: ByMember<ReadonlyMap<string, OrderChange>>,
  needsAll: (member: string, said: Said) => boolean,
): Promise<Map<string, Map<LocalDay, DayTally>>> {
  const whole: string[] = []
  const some: (readonly [string, LocalDay])[] = []
  for (const [member, each] of said) {
    if (needsAll(member, each)) {
      whole.push(member)
      continue
    }
    const days = new Set(each.doings.keys())
    for (const { before, after } of orders.get(member)?.values() ?? []) {
      if (before !== null) days.add(before.day)
      if (after !== null) days.add(after.day)
    }
    for (const day of days) some.push([member, day])
  }
  const buckets = (members: readonly string[]) => int4s(members.map((member) => bucketOf(program, member)))
  const someMembers = some.map(([member]) => member)
  const rows = [
    ...(await rowsOf(tx, queries.dayTalliesOfMembers(program, buckets(whole), texts(whole)))),
    ...(await rowsOf(
      tx,
      queries.dayTallies(program, buckets(someMembers), texts(someMembers), int4s(some.map(([, day]) => day))),
    )),
  ]
  const found = new Map<string, Map<LocalDay, DayTally>>()
  for (const { member, day, orders, spend, refunded, doings } of rows) {
    const own = found.get(member) ?? new Map<LocalDay, DayTally>()
    found.set(member, own.set(day, { orders, doings, spend: BigInt(spend), refunded: BigInt(refunded) }))
  }
  return found
}
