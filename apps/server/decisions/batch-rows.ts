import type { Effect, Member, ReferralChanged, Send, Voucher } from '@laurel/engine'
import { nameBefore } from '@laurel/engine'
import type { Transfer } from '@laurel/ledger'
import { hexes, instants, int4s, int8s, texts } from '../db/binary-array.ts'
import { CopyRows } from '../db/copy-rows.ts'
import { copyStep, type Statement, type Step, step } from '../db/exchange.ts'
import { bucketOf, effectKeyOf, type IdentityKey } from './identity.ts'
import type { MemberEntry } from './member-cache.ts'
import * as queries from './queries.ts'

/** Whose rows these are. */
export interface Owner {
  readonly bucket: number
  readonly program: string
  readonly member: string
}

export interface DecisionRow {
  readonly seq: number
  readonly recordedAt: number
  readonly engine: number
  readonly event: {
    readonly content: string
    readonly hash: string
    readonly at: number
    readonly local: number
    readonly placeLocal: number
    readonly version: number | null
    readonly pinned: string | null
  } | null
  readonly effects: string
  readonly because: string | null
  readonly answer: string | null
  readonly hash: string
}

/** A statement, and how many rows it must have written: fewer mean that another server was faster. */
export interface Write {
  readonly step: Step
  readonly rows: number | null
}

/**
 * The rows of one transaction, written down in PostgreSQL's own formats as they arise. A lane has one and empties it for each
 * batch, so that its buffers are made once.
 */
export class BatchRows {
  readonly #decisions = new CopyRows(18)
  readonly #transfers = new CopyRows(21)
  readonly #newMembers = new CopyRows(11)
  readonly #newBalances = new CopyRows(8)
  readonly #identities = new CopyRows(4)
  #identityRows: (Owner & { readonly identity: IdentityKey; readonly seq: number })[] = []
  #movedMembers: { readonly entry: MemberEntry; readonly state: string; readonly seqBefore: number }[] = []
  #rejoined: MemberEntry[] = []
  #merged: MemberEntry[] = []
  #movedBalances: (Owner & { readonly asset: string; readonly amounts: Amounts })[] = []
  #orders = new Map<string, Owner & { readonly key: string; readonly seq: number }>()
  #holds = new Map<string, Owner & { readonly redemption: string; readonly record: string }>()
  #vouchers = new Map<string, Owner & { voucher: Voucher; readonly seen: string | null; readonly at: number }>()
  #queued: (Owner & Queued)[] = []
  #answered: (Owner & QueueAnswer)[] = []
  #overdue: (Owner & OverdueFact)[] = []
  #roomChange: Write | null = null
  #referrals = new Map<string, Owner & { changed: ReferralChanged; readonly at: number }>()
  #outgoing: (Owner & { readonly send: Send; readonly at: number })[] = []

  clear(): void {
    for (const rows of [this.#decisions, this.#transfers, this.#newMembers, this.#newBalances, this.#identities]) {
      if (rows.rows > 0) rows.take()
    }
    this.#identityRows = []
    this.#movedMembers = []
    this.#rejoined = []
    this.#merged = []
    this.#movedBalances = []
    this.#orders.clear()
    this.#holds.clear()
    this.#vouchers.clear()
    this.#queued = []
    this.#answered = []
    this.#overdue = []
    this.#referrals.clear()
    this.#outgoing = []
    this.#roomChange = null
  }

  /** Whether something is to be delivered once this is durable. */
  get isSending(): boolean {
    return this.#outgoing.length > 0
  }

  get decisions(): number {
    return this.#decisions.rows
  }

  addIdentity(owner: Owner, identity: IdentityKey, seq: number): void {
    this.#identityRows.push({ ...owner, identity, seq })
  }

  addDecision({ bucket, program, member }: Owner, row: DecisionRow, position: number): void {
    const rows = this.#decisions
    rows.row()
    rows.int4(bucket)
    rows.text(program)
    rows.text(member)
    rows.int4(row.seq)
    rows.int8(position)
    rows.moment(row.recordedAt)
    rows.int2(row.engine)
    rows.text(row.event?.content ?? null)
    rows.hex(row.event?.hash ?? null)
    rows.moment(row.event?.at ?? null)
    rows.moment(row.event?.local ?? null)
    rows.moment(row.event?.placeLocal ?? null)
    rows.int4(row.event?.version ?? null)
    rows.text(row.event?.pinned ?? null)
    rows.text(row.effects)
    rows.text(row.because)
    rows.text(row.answer)
    rows.hex(row.hash)
  }

  addTransfer({ bucket, program, member }: Owner, transfer: Transfer, seq: number, recordedAt: number): void {
    const rows = this.#transfers
    rows.row()
    rows.int4(bucket)
    rows.text(program)
    rows.text(member)
    rows.int4(transfer.number)
    rows.int4(seq)
    rows.bytes(effectKeyOf(transfer.cause, transfer.effectId))
    rows.text(transfer.asset)
    rows.text(transfer.from)
    rows.text(transfer.to)
    rows.int8(transfer.amount)
    rows.text(transfer.cause)
    rows.text(transfer.rule)
    rows.int4(transfer.version)
    rows.int4(transfer.revision)
    rows.text(transfer.because)
    rows.moment(transfer.effective)
    rows.moment(recordedAt)
    rows.int8(transfer.after.pending)
    rows.int8(transfer.after.active)
    rows.int8(transfer.after.held)
    rows.int8(transfer.after.debt)
  }

  addNewMember(entry: MemberEntry, state: string): void {
    const rows = this.#newMembers
    rows.row()
    rows.int4(entry.bucket)
    rows.text(entry.program)
    rows.text(entry.id)
    rows.int4(entry.member.seq)
    rows.int4(entry.transferCount)
    rows.text(state)
    rows.hex(entry.hash)
    rows.moment(entry.dueAt)
    rows.int4(entry.member.joinedOn)
    rows.moment(entry.recordedAt)
    rows.moment(entry.recordedAt)
  }

  addMovedMember(entry: MemberEntry, state: string, before: Member): void {
    this.#movedMembers.push({ entry, state, seqBefore: before.seq })
    if (entry.member.joinedOn !== before.joinedOn) this.#rejoined.push(entry)
    if (entry.member.left?.into !== before.left?.into) this.#merged.push(entry)
  }

  addNewBalance({ bucket, program, member }: Owner, asset: string, amounts: Amounts): void {
    const rows = this.#newBalances
    rows.row()
    rows.int4(bucket)
    rows.text(program)
    rows.text(member)
    rows.text(asset)
    rows.int8(amounts.pending)
    rows.int8(amounts.active)
    rows.int8(amounts.held)
    rows.int8(amounts.debt)
  }

  addMovedBalance(owner: Owner, asset: string, amounts: Amounts): void {
    this.#movedBalances.push({ ...owner, asset, amounts })
  }

  /** The record of an order no longer stands where its identity points to. */
  addOrder(owner: Owner, key: string, seq: number): void {
    this.#orders.set(`${owner.program}\0${owner.member}\0${key}`, { ...owner, key, seq })
  }

  addFinishedHold(owner: Owner, { redemption, finished }: Extract<Effect, { type: 'hold-ended' }>): void {
    const record = JSON.stringify(finished)
    this.#holds.set(`${owner.program}\0${owner.member}\0${redemption}`, { ...owner, redemption, record })
  }

  /** `seen`: its status before the decision; null: it was not there. */
  addVoucher(owner: Owner, voucher: Voucher, seen: string | null, at: number): void {
    const name = `${owner.program}\0${owner.member}\0${voucher.id}`
    const known = this.#vouchers.get(name)
    if (known === undefined) this.#vouchers.set(name, { ...owner, voucher, seen, at })
    else known.voucher = voucher
  }

  addReferral(owner: Owner, changed: ReferralChanged, at: number): void {
    this.#referrals.set(`${owner.program}\0${owner.member}`, { ...owner, changed, at })
  }

  addQueued(owner: Owner, queued: Queued): void {
    this.#queued.push({ ...owner, ...queued })
  }

  addQueueAnswer(owner: Owner, answer: QueueAnswer): void {
    this.#answered.push({ ...owner, ...answer })
  }

  addRoomChange(change: Step, rooms: number): void {
    this.#roomChange = { step: change, rows: rooms }
  }

  addOutgoing(owner: Owner, send: Send, at: number): void {
    this.#outgoing.push({ ...owner, send, at })
  }

  addOverdueFact(owner: Owner, fact: OverdueFact): void {
    this.#overdue.push({ ...owner, ...fact })
  }

  /**
   * Where two servers meet comes first: identities, the member's guard, the decision's place in the chain. All statements are
   * sent before the first answer is read, so whoever lost the race must meet the winner's decision before a balance that the
   * winner has moved on: that would look like a row that cannot be written. Nothing is kept of what is taken.
   */
  takeWrites(): Write[] {
    const writes: Write[] = []
    const copy = (statement: Statement, rows: CopyRows) => {
      const count = rows.rows
      if (count > 0) writes.push({ step: copyStep(statement, rows.take()), rows: count })
    }
    this.#writeIdentities()
    copy(queries.copyIdentities, this.#identities)
    if (this.#movedMembers.length > 0) writes.push(this.#updateMembers())
    copy(queries.copyMembers, this.#newMembers)
    copy(queries.copyDecisions, this.#decisions)
    if (this.#movedBalances.length > 0) writes.push(this.#updateBalances())
    copy(queries.copyBalances, this.#newBalances)
    copy(queries.copyTransfers, this.#transfers)
    this.#addRareWrites(writes)
    this.clear()
    return writes
  }

  /** In order of keys, so that two servers that meet on two identities wait for each other instead of both. */
  #writeIdentities(): void {
    const rows = this.#identities
    this.#identityRows.sort((a, b) => (a.identity.name < b.identity.name ? -1 : 1))
    for (const { identity, member, seq } of this.#identityRows) {
      rows.row()
      rows.int4(identity.bucket)
      rows.hex(identity.name)
      rows.text(member)
      rows.int4(seq)
    }
  }

  #updateMembers(): Write {
    const moved = this.#movedMembers.sort((a, b) => compareEntries(a.entry, b.entry))
    const entries = moved.map(({ entry }) => entry)
    const values = [
      int4s(entries.map(({ bucket }) => bucket)),
      texts(entries.map(({ program }) => program)),
      texts(entries.map(({ id }) => id)),
      int4s(moved.map(({ seqBefore }) => seqBefore)),
      int4s(entries.map(({ member }) => member.seq)),
      int4s(entries.map(({ transferCount }) => transferCount)),
      texts(moved.map(({ state }) => state)),
      hexes(entries.map(({ hash }) => hash)),
      instants(entries.map(({ dueAt }) => dueAt)),
      instants(entries.map(({ recordedAt }) => recordedAt)),
    ]
    return { step: step(queries.updateMembers, ...values), rows: moved.length }
  }

  #updateBalances(): Write {
    const moved = this.#movedBalances
    const values = [
      ...ownersOf(moved),
      texts(moved.map(({ asset }) => asset)),
      int8s(moved.map(({ amounts }) => amounts.pending)),
      int8s(moved.map(({ amounts }) => amounts.active)),
      int8s(moved.map(({ amounts }) => amounts.held)),
      int8s(moved.map(({ amounts }) => amounts.debt)),
    ]
    return { step: step(queries.updateBalances, ...values), rows: moved.length }
  }

  #addRareWrites(writes: Write[]): void {
    if (this.#rejoined.length > 0) {
      const owners = ownersOf(this.#rejoined.map(({ bucket, program, id }) => ({ bucket, program, member: id })))
      const days = int4s(this.#rejoined.map(({ member }) => member.joinedOn))
      writes.push({ step: step(queries.moveJoining, ...owners, days), rows: this.#rejoined.length })
    }
    if (this.#merged.length > 0) {
      const owners = ownersOf(this.#merged.map(({ bucket, program, id }) => ({ bucket, program, member: id })))
      const others = texts(this.#merged.map(({ member }) => member.left?.into ?? null))
      writes.push({ step: step(queries.goOnAs, ...owners, others), rows: this.#merged.length })
    }
    const orders = [...this.#orders.values()]
    if (orders.length > 0) {
      const values = [...ownersOf(orders), texts(orders.map(({ key }) => key)), int4s(orders.map(({ seq }) => seq))]
      writes.push({ step: step(queries.pointOrders, ...values), rows: null })
    }
    const holds = [...this.#holds.values()]
    if (holds.length > 0) {
      const redemptions = texts(holds.map(({ redemption }) => redemption))
      const values = [...ownersOf(holds), redemptions, texts(holds.map(({ record }) => record))]
      writes.push({ step: step(queries.keepFinishedHolds, ...values), rows: null })
    }
    if (this.#vouchers.size > 0) this.#addVoucherWrites(writes)
    if (this.#referrals.size > 0) writes.push({ step: referralStep([...this.#referrals.values()]), rows: null })
    if (this.#queued.length > 0) writes.push({ step: queueStep(this.#queued), rows: null })
    if (this.#answered.length > 0) writes.push({ step: answerStep(this.#answered), rows: null })
    if (this.#roomChange !== null) writes.push(this.#roomChange)
    if (this.#outgoing.length > 0) writes.push({ step: sendStep(this.#outgoing), rows: this.#outgoing.length })
    if (this.#overdue.length > 0) writes.push({ step: overdueStep(this.#overdue), rows: null })
  }

  #addVoucherWrites(writes: Write[]): void {
    const all = [...this.#vouchers.values()]
    const issued = all.filter(({ seen }) => seen === null)
    const changed = all.filter(({ seen }) => seen !== null)
    const ids = (rows: typeof all) => texts(rows.map(({ voucher }) => voucher.id))
    const statuses = (rows: typeof all) => texts(rows.map(({ voucher }) => voucher.status))
    const records = (rows: typeof all) => texts(rows.map(({ voucher }) => JSON.stringify(voucher)))
    if (issued.length > 0) {
      const rewards = texts(issued.map(({ voucher }) => voucher.reward))
      const ats = instants(issued.map(({ at }) => at))
      const values = [...ownersOf(issued), ids(issued), rewards, statuses(issued), records(issued), ats]
      writes.push({ step: step(queries.issueVouchers, ...values), rows: issued.length })
    }
    const brought = issued.flatMap((row) => (row.voucher.via === undefined ? [] : [{ ...row, via: row.voucher.via }]))
    if (brought.length > 0) {
      const vias = brought.map(({ program, via }) => bucketOf(program, via))
      const names = brought.map(({ voucher, via }) => nameBefore(voucher.id, via))
      const from = [int4s(vias), texts(brought.map(({ via }) => via)), texts(names)]
      writes.push({ step: step(queries.bringCodes, ...ownersOf(brought), ids(brought), ...from), rows: null })
    }
    if (changed.length > 0) {
      const seen = texts(changed.map((row) => row.seen))
      const values = [...ownersOf(changed), ids(changed), seen, statuses(changed), records(changed)]
      writes.push({ step: step(queries.changeVouchers, ...values), rows: changed.length })
    }
  }
}

interface Amounts {
  readonly pending: number
  readonly active: number
  readonly held: number
  readonly debt: number
}

/** A refund that no order takes; `seq` is the decision that says so. */
export interface Queued {
  readonly source: string
  readonly id: string
  readonly order: string | null
  readonly amount: number
  readonly currency: string | null
  readonly reason: string
  readonly seq: number
  readonly at: number
}

export interface QueueAnswer {
  readonly source: string
  readonly id: string
  readonly outcome: 'accepted' | 'dismissed' | 'matched'
  readonly at: number
  readonly by: string
}

export interface OverdueFact {
  readonly source: string
  readonly id: string
  readonly content: string
  readonly hash: string
  readonly occurredAt: number
  readonly at: number
}

const ownersOf = (rows: readonly Owner[]): Buffer[] => [
  int4s(rows.map(({ bucket }) => bucket)),
  texts(rows.map(({ program }) => program)),
  texts(rows.map(({ member }) => member)),
]

const namesOf = (rows: readonly { readonly source: string; readonly id: string }[]): Buffer[] => [
  texts(rows.map(({ source }) => source)),
  texts(rows.map(({ id }) => id)),
]

function queueStep(all: readonly (Owner & Queued)[]): Step {
  // One statement may not touch a row twice; what was said last stands.
  const queued = [
    ...new Map(all.map((row) => [`${row.program}\0${row.member}\0${row.source}/${row.id}`, row])).values(),
  ]
  return step(
    queries.queueRefunds,
    ...ownersOf(queued),
    ...namesOf(queued),
    texts(queued.map(({ order }) => order)),
    int8s(queued.map(({ amount }) => amount)),
    texts(queued.map(({ currency }) => currency)),
    texts(queued.map(({ reason }) => reason)),
    int4s(queued.map(({ seq }) => seq)),
    instants(queued.map(({ at }) => at)),
  )
}

const answerStep = (answered: readonly (Owner & QueueAnswer)[]): Step =>
  step(
    queries.answerQueue,
    ...ownersOf(answered),
    ...namesOf(answered),
    texts(answered.map(({ outcome }) => outcome)),
    instants(answered.map(({ at }) => at)),
    texts(answered.map(({ by }) => by)),
  )

const overdueStep = (facts: readonly (Owner & OverdueFact)[]): Step =>
  step(
    queries.keepOverdueFacts,
    ...ownersOf(facts),
    ...namesOf(facts),
    texts(facts.map(({ content }) => content)),
    hexes(facts.map(({ hash }) => hash)),
    instants(facts.map(({ occurredAt }) => occurredAt)),
    instants(facts.map(({ at }) => at)),
  )

const referralStep = (
  referrals: readonly (Owner & { readonly changed: ReferralChanged; readonly at: number })[],
): Step =>
  step(
    queries.noteReferrals,
    ...ownersOf(referrals),
    texts(referrals.map(({ changed }) => changed.referral?.advocate ?? '')),
    texts(referrals.map(({ changed }) => changed.status)),
    texts(referrals.map(({ changed }) => JSON.stringify(changed.referral?.signals ?? []))),
    instants(referrals.map(({ at }) => at)),
  )

const sendStep = (outgoing: readonly (Owner & { readonly send: Send; readonly at: number })[]): Step =>
  step(
    queries.send,
    ...ownersOf(outgoing),
    texts(outgoing.map(({ send }) => send.id)),
    texts(outgoing.map(({ send, member }) => send.to ?? member)),
    texts(outgoing.map(({ send, member }) => JSON.stringify({ from: member, ...send.event }))),
    instants(outgoing.map(({ at }) => at)),
  )

const compareEntries = (a: MemberEntry, b: MemberEntry): number =>
  a.bucket - b.bucket || compareTexts(a.program, b.program) || compareTexts(a.id, b.id)
const compareTexts = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0)
