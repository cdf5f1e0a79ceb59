import type { Effect, Member, ReferralChanged, Send, Voucher } from '@laurel/engine'
import { codesOf, isBack, nameBefore } from '@laurel/engine'
import { bucketOf } from '@laurel/ledger'
import { hexes, instants, int4s, int8s, texts } from '../db/binary-array.ts'
import { type Step, step } from '../db/exchange.ts'
import type { MemberEntry } from './member-cache.ts'
import { type Owner, ownersOf } from './owner.ts'
import * as queries from './queries.ts'

/** A statement, and how many rows it must have written: fewer mean that another server was faster. */
export interface Write {
  readonly step: Step
  readonly rows: number | null
}

interface Outgoing {
  readonly send: Send
  readonly at: number
  /** From when on it may be delivered. */
  readonly dueAt: number
}

/** Rows that few decisions of a batch write, gathered and written by one statement for each kind. */
export class RareRows {
  #rejoined: MemberEntry[] = []
  #merged: MemberEntry[] = []
  #orders = new Map<string, Owner & { readonly key: string; readonly seq: number }>()
  #payments = new Map<string, Owner & { readonly key: string; readonly redemption: string }>()
  #holds = new Map<string, Owner & { readonly redemption: string; readonly record: string }>()
  #vouchers = new Map<string, Owner & { voucher: Voucher; readonly seen: string | null; readonly at: number }>()
  /** Those that leave with the merge that had brought them: they go on with who had them before. */
  #vouchersGone = new Set<string>()
  #queued: (Owner & Queued)[] = []
  #answered: (Owner & QueueAnswer)[] = []
  #overdue: (Owner & OverdueFact)[] = []
  #roomChange: Write | null = null
  #referrals = new Map<string, Owner & { changed: ReferralChanged; readonly at: number }>()
  #outgoing: (Owner & Outgoing)[] = []
  readonly #wallNow: () => number

  constructor(wallNow: () => number) {
    this.#wallNow = wallNow
  }

  clear(): void {
    this.#rejoined = []
    this.#merged = []
    this.#orders.clear()
    this.#payments.clear()
    this.#holds.clear()
    this.#vouchers.clear()
    this.#vouchersGone.clear()
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

  /** What of a member has columns of its own. */
  addMoved(entry: MemberEntry, before: Member): void {
    if (entry.member.joinedOn !== before.joinedOn) this.#rejoined.push(entry)
    if (entry.member.left?.into !== before.left?.into) this.#merged.push(entry)
  }

  /** The record of an order no longer stands where its identity points to. */
  addOrder(owner: Owner, key: string, seq: number): void {
    this.#orders.set(`${owner.program}\0${owner.member}\0${key}`, { ...owner, key, seq })
  }

  /** An order names this redemption as what paid it. */
  addPayment(owner: Owner, key: string, redemption: string): void {
    this.#payments.set(`${owner.program}\0${owner.member}\0${redemption}\0${key}`, { ...owner, key, redemption })
  }

  addFinishedHold(owner: Owner, { redemption, finished }: Extract<Effect, { type: 'hold-ended' }>): void {
    const record = JSON.stringify(finished)
    this.#holds.set(`${owner.program}\0${owner.member}\0${redemption}`, { ...owner, redemption, record })
  }

  /** `seen`: its status before the decision; null: it was not there. */
  addVoucher(owner: Owner, voucher: Voucher, seen: string | null, at: number): void {
    const name = voucherNameOf(owner, voucher)
    const known = this.#vouchers.get(name)
    if (known === undefined) this.#vouchers.set(name, { ...owner, voucher, seen, at })
    else known.voucher = voucher
  }

  addVoucherGone(owner: Owner, voucher: Voucher, at: number): void {
    this.addVoucher(owner, { ...voucher, status: 'revoked' }, voucher.status, at)
    this.#vouchersGone.add(voucherNameOf(owner, voucher))
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
    // Delivery is Laurel's own work, whatever the program's clock shows.
    this.#outgoing.push({ ...owner, send, at, dueAt: this.#wallNow() })
  }

  addOverdueFact(owner: Owner, fact: OverdueFact): void {
    this.#overdue.push({ ...owner, ...fact })
  }

  takeWrites(): Write[] {
    const writes: Write[] = []
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
    const payments = [...this.#payments.values()]
    if (payments.length > 0) {
      const redemptions = texts(payments.map(({ redemption }) => redemption))
      const values = [...ownersOf(payments), redemptions, texts(payments.map(({ key }) => key))]
      writes.push({ step: step(queries.notePayments, ...values), rows: null })
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
    this.clear()
    return writes
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
    const back = changed.filter(
      (row) => row.seen === 'open' && isBack(row.voucher) && !this.#vouchersGone.has(voucherNameOf(row, row.voucher)),
    )
    if (back.length > 0) {
      const rooms = back.map(({ program, voucher }) => ({ program, room: codesOf(voucher.reward) }))
      const of = [
        int4s(rooms.map(({ program, room }) => bucketOf(program, room))),
        texts(rooms.map(({ room }) => room)),
      ]
      writes.push({ step: step(queries.retireCodes, ...ownersOf(back), ids(back), ...of), rows: null })
    }
  }
}

const voucherNameOf = ({ program, member }: Owner, { id }: Voucher): string => `${program}\0${member}\0${id}`

/** A refund that no order takes; `seq` is the decision that says so. */
export interface Queued {
  readonly source: string
  readonly id: string
  readonly order: string | null
  readonly amount: number | null
  readonly currency: string | null
  readonly reason: string
  readonly line: string | null
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
    texts(queued.map(({ line }) => line)),
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

const sendStep = (outgoing: readonly (Owner & Outgoing)[]): Step =>
  step(
    queries.send,
    ...ownersOf(outgoing),
    texts(outgoing.map(({ send }) => send.id)),
    texts(outgoing.map(({ send, member }) => send.to ?? member)),
    texts(outgoing.map(({ send, member }) => JSON.stringify({ from: member, ...send.event }))),
    instants(outgoing.map(({ at }) => at)),
    instants(outgoing.map(({ dueAt }) => dueAt)),
  )
