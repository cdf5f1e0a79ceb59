import type { LocalDay } from '@laurel/engine'
import type { Term } from '@laurel/ledger'
import { bools, int4s, int8s, texts } from '../db/binary-array.ts'
import { countOf, type Transaction } from '../db/transaction.ts'
import {
  type Counted,
  countMember,
  type DayTally,
  isEmpty,
  isNothing,
  type OrderChange,
  type ProgramDay,
} from './day-changes.ts'
import { type Moved, monthOf, type Said, type Standing } from './tally-decision.ts'
import * as queries from './tally-queries.ts'

/** A member of the page: what was counted of it, and what its next decisions say. */
export interface Turned {
  readonly bucket: number
  readonly member: string
  readonly before: Standing & Counted
  readonly said: Said
  readonly orders: ReadonlyMap<string, OrderChange>
  readonly after: Counted
}

/** Writes down what the members of a page come to. */
export async function writeTallies(tx: Transaction, program: string, turned: readonly Turned[]): Promise<void> {
  await writeOrders(tx, program, turned)
  await writeDays(tx, program, turned)
  await writePoints(tx, program, turned)
  const met = turned.flatMap(({ bucket, member, said }) => said.met.map((each) => ({ bucket, member, ...each })))
  if (met.length > 0) {
    await countOf(
      tx,
      queries.writeMeetings(
        program,
        int4s(met.map(({ bucket }) => bucket)),
        texts(met.map(({ member }) => member)),
        texts(met.map(({ experiment }) => experiment)),
        bools(met.map(({ heldOut }) => heldOut)),
        int4s(met.map(({ on }) => on)),
      ),
    )
  }
  await countOf(
    tx,
    queries.writeMemberTallies(
      program,
      int4s(turned.map(({ bucket }) => bucket)),
      texts(turned.map(({ member }) => member)),
      int4s(turned.map(({ said }) => said.standing.seq)),
      texts(turned.map(({ said }) => said.standing.status)),
      bools(turned.map(({ after }) => after.measured)),
      bools(turned.map(({ said }) => said.standing.marked)),
      int4s(turned.map(({ said }) => said.standing.joinedOn)),
      int4s(turned.map(({ said }) => said.standing.lastSeenOn)),
      texts(turned.map(({ said }) => JSON.stringify(said.standing.levels))),
    ),
  )
}

async function writeOrders(tx: Transaction, program: string, turned: readonly Turned[]): Promise<void> {
  const all = turned.flatMap(({ bucket, member, said }) =>
    [...said.orders].map(([key, order]) => ({ bucket, member, key, order })),
  )
  const gone = all.filter(({ order }) => order === null)
  const kept = all.flatMap(({ order, ...of }) => (order === null ? [] : [{ ...of, ...order }]))
  await countOf(
    tx,
    queries.writeOrderTallies(
      program,
      int4s(kept.map(({ bucket }) => bucket)),
      texts(kept.map(({ member }) => member)),
      texts(kept.map(({ key }) => key)),
      int4s(kept.map(({ day }) => day)),
      bools(kept.map((order) => order.kept)),
      int8s(kept.map(({ spend }) => spend)),
      int8s(kept.map(({ refunded }) => refunded)),
      texts(kept.map(({ place }) => place)),
      texts(kept.map(({ channel }) => channel)),
    ),
  )
  if (gone.length === 0) return
  await countOf(
    tx,
    queries.deleteOrderTallies(
      program,
      int4s(gone.map(({ bucket }) => bucket)),
      texts(gone.map(({ member }) => member)),
      texts(gone.map(({ key }) => key)),
    ),
  )
}

async function writeDays(tx: Transaction, program: string, turned: readonly Turned[]): Promise<void> {
  const all = turned.flatMap(({ bucket, member, before, after }) =>
    [...after.days].flatMap(([day, tally]) =>
      isSameDay(before.days.get(day), tally) ? [] : [{ bucket, member, day, ...tally }],
    ),
  )
  const [empty, full] = [all.filter(isEmpty), all.filter((day) => !isEmpty(day))]
  await countOf(
    tx,
    queries.writeDayTallies(
      program,
      int4s(full.map(({ bucket }) => bucket)),
      texts(full.map(({ member }) => member)),
      int4s(full.map(({ day }) => day)),
      int4s(full.map(({ orders }) => orders)),
      int8s(full.map(({ spend }) => spend)),
      int8s(full.map(({ refunded }) => refunded)),
      int4s(full.map(({ doings }) => doings)),
    ),
  )
  if (empty.length > 0) {
    await countOf(
      tx,
      queries.deleteEmptyDays(
        program,
        int4s(empty.map(({ bucket }) => bucket)),
        texts(empty.map(({ member }) => member)),
        int4s(empty.map(({ day }) => day)),
      ),
    )
  }
  const changes = new Map<LocalDay, ProgramDay>()
  for (const { before, after } of turned) {
    countMember(changes, before, -1)
    countMember(changes, after, 1)
  }
  const days = [...changes].filter(([, change]) => !isNothing(change)).sort(([a], [b]) => a - b)
  const of = <Name extends keyof ProgramDay>(name: Name) => days.map(([, change]) => change[name])
  const named = days.map(([day]) => day)
  await countOf(
    tx,
    queries.addProgramDays(
      ...[program, int4s(named), int8s(of('orders')), int8s(of('spend')), int8s(of('refunded'))],
      ...[int8s(of('active')), int8s(of('buyers')), int8s(of('joined'))],
    ),
  )
  await countOf(tx, queries.deleteZeroDays(program, int4s(named)))
}

const isSameDay = (before: DayTally | undefined, after: DayTally): boolean =>
  before !== undefined &&
  before.orders === after.orders &&
  before.doings === after.doings &&
  before.spend === after.spend &&
  before.refunded === after.refunded

/** What a term counts for in a member's month. */
const MONTHLY: Readonly<Record<Term, readonly ['gained' | 'burned' | 'lapsed', 1n | -1n]>> = {
  earned: ['gained', 1n],
  imported: ['gained', 1n],
  adjusted: ['gained', 1n],
  fromPartners: ['gained', 1n],
  clawedBack: ['gained', -1n],
  redeemed: ['burned', 1n],
  toCharities: ['burned', 1n],
  toPartners: ['burned', 1n],
  returned: ['burned', -1n],
  expired: ['lapsed', 1n],
  forfeited: ['lapsed', 1n],
  reinstated: ['lapsed', -1n],
}

const TERMS = [
  ...(['earned', 'clawedBack', 'returned', 'redeemed', 'expired', 'reinstated', 'forfeited', 'adjusted'] as const),
  ...(['imported', 'toCharities', 'toPartners', 'fromPartners'] as const),
] satisfies Term[]

type MonthColumn = 'gained' | 'burned' | 'lapsed' | 'sent' | 'received'
const EMPTY_MONTH = { gained: 0n, burned: 0n, lapsed: 0n, sent: 0n, received: 0n }

async function writePoints(tx: Transaction, program: string, turned: readonly Turned[]): Promise<void> {
  const months = new Map<
    string,
    { bucket: number; member: string; asset: string; month: number } & Record<MonthColumn, bigint>
  >()
  const days = new Map<string, { by: string; day: LocalDay; asset: string; terms: Map<Term, bigint> }>()
  for (const { bucket, member, said } of turned) {
    for (const moved of said.moved) {
      if (moved.terms.length === 0 && moved.between === null) continue
      const month = monthOf(moved.effectiveOn)
      const key = JSON.stringify([member, moved.asset, month])
      const own = months.get(key) ?? { bucket, member, asset: moved.asset, month, ...EMPTY_MONTH }
      months.set(key, own)
      for (const { term, sign } of moved.terms) {
        const [column, side] = MONTHLY[term]
        own[column] += side * BigInt(sign * moved.amount)
      }
      if (moved.between !== null) own[moved.between] += BigInt(moved.amount)
      if (moved.terms.length === 0) continue
      addTo(days, 'effective', moved.effectiveOn, moved)
      addTo(days, 'recorded', moved.recordedOn, moved)
    }
  }
  const ofMembers = [...months.values()]
  await countOf(
    tx,
    queries.addMonthTallies(
      program,
      int4s(ofMembers.map(({ bucket }) => bucket)),
      texts(ofMembers.map(({ member }) => member)),
      texts(ofMembers.map(({ asset }) => asset)),
      int4s(ofMembers.map(({ month }) => month)),
      int8s(ofMembers.map(({ gained }) => gained)),
      int8s(ofMembers.map(({ burned }) => burned)),
      int8s(ofMembers.map(({ lapsed }) => lapsed)),
      int8s(ofMembers.map(({ sent }) => sent)),
      int8s(ofMembers.map(({ received }) => received)),
    ),
  )
  const ofProgram = [...days.values()]
  await countOf(
    tx,
    queries.addProgramAssets(
      program,
      texts(ofProgram.map(({ by }) => by)),
      int4s(ofProgram.map(({ day }) => day)),
      texts(ofProgram.map(({ asset }) => asset)),
      ...TERMS.map((term) => int8s(ofProgram.map(({ terms }) => terms.get(term) ?? 0n))),
    ),
  )
}

function addTo(
  days: Map<string, { by: string; day: LocalDay; asset: string; terms: Map<Term, bigint> }>,
  by: 'effective' | 'recorded',
  day: LocalDay,
  { asset, terms, amount }: Moved,
): void {
  const key = JSON.stringify([by, day, asset])
  const known = days.get(key) ?? { by, day, asset, terms: new Map<Term, bigint>() }
  days.set(key, known)
  for (const { term, sign } of terms) known.terms.set(term, (known.terms.get(term) ?? 0n) + BigInt(sign * amount))
}
