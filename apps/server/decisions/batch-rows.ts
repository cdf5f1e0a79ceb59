import type { Member } from '@laurel/engine'
import type { Transfer } from '@laurel/ledger'
import { hexes, instants, int4s, int8s, texts } from '../db/binary-array.ts'
import { CopyRows } from '../db/copy-rows.ts'
import { copyStep, type Statement, step } from '../db/exchange.ts'
import { effectKeyOf, type IdentityKey } from './identity.ts'
import type { MemberEntry } from './member-cache.ts'
import { type Owner, ownersOf } from './owner.ts'
import * as queries from './queries.ts'
import { RareRows, type Write } from './rare-rows.ts'

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

/**
 * The rows of one transaction, written down in PostgreSQL's own formats as they arise. A lane has one and empties it for each
 * batch, so that its buffers are made once.
 */
export class BatchRows {
  readonly rare: RareRows
  readonly #decisions = new CopyRows(18)
  readonly #transfers = new CopyRows(21)
  readonly #newMembers = new CopyRows(11)
  readonly #newBalances = new CopyRows(8)
  readonly #identities = new CopyRows(4)
  #identityRows: (Owner & { readonly identity: IdentityKey; readonly seq: number })[] = []
  #movedMembers: { readonly entry: MemberEntry; readonly seqBefore: number }[] = []
  #movedBalances: (Owner & { readonly asset: string; readonly amounts: Amounts })[] = []

  constructor(wallNow: () => number) {
    this.rare = new RareRows(wallNow)
  }

  clear(): void {
    for (const rows of [this.#decisions, this.#transfers, this.#newMembers, this.#newBalances, this.#identities]) {
      if (rows.rows > 0) rows.take()
    }
    this.#identityRows = []
    this.#movedMembers = []
    this.#movedBalances = []
    this.rare.clear()
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

  addNewMember(entry: MemberEntry): void {
    const rows = this.#newMembers
    rows.row()
    rows.int4(entry.bucket)
    rows.text(entry.program)
    rows.text(entry.id)
    rows.int4(entry.member.seq)
    rows.int4(entry.transferCount)
    rows.text(entry.state)
    rows.hex(entry.hash)
    rows.moment(entry.dueAt)
    rows.int4(entry.member.joinedOn)
    rows.moment(entry.recordedAt)
    rows.moment(entry.recordedAt)
  }

  addMovedMember(entry: MemberEntry, before: Member): void {
    this.#movedMembers.push({ entry, seqBefore: before.seq })
    this.rare.addMoved(entry, before)
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
    writes.push(...this.rare.takeWrites())
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
      texts(entries.map(({ state }) => state)),
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
}

interface Amounts {
  readonly pending: number
  readonly active: number
  readonly held: number
  readonly debt: number
}

const compareEntries = (a: MemberEntry, b: MemberEntry): number =>
  a.bucket - b.bucket || compareTexts(a.program, b.program) || compareTexts(a.id, b.id)
const compareTexts = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0)
