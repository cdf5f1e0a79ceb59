import type { LotEnd } from '@laurel/engine'
import type { AssetBalances } from './accounts.ts'
import { canonicalText } from './canonical.ts'
import type { DecisionEntry } from './chain.ts'
import type { Transfer } from './transfers.ts'
import { type TotalRow, TrialBalance } from './trial-balance.ts'

/** Changes whenever a reader of the last format would misread the next. */
export const BOOKS_FORMAT = 'laurel-books/1'

/** The books of a program, one JSON document a line, in this order: header, then each member whole, then footer (SPEC.md). */
export type BookRecord = HeaderRecord | MemberRecord | DecisionRecord | TransferRecord | StateRecord | FooterRecord

export interface HeaderRecord {
  readonly type: 'header'
  readonly format: typeof BOOKS_FORMAT
  readonly program: string
  /** Epoch milliseconds, by the clock of whoever wrote it: nothing proves it. */
  readonly exportedAt: number
  /** Closed days, oldest first (LED-7); any choice of them. */
  readonly closings: readonly Closing[]
}
export interface Closing {
  /** `2026-03-31`, in the program's zone. */
  readonly day: string
  /** The first instant after the day: decisions recorded before it are in. */
  readonly cutAt: number
  /** Hashes are lower-case hex. */
  readonly root: string
  readonly buckets: readonly { readonly bucket: number; readonly root: string }[]
}

/** A day's root as it left the house: a line of the file to which each closed day is added (LED-7). */
export interface PublishedRoot {
  readonly program: string
  readonly day: string
  readonly cutAt: number
  readonly root: string
  /** How many chains it covers. */
  readonly members: number
}

/** Opens a member. Members come in order of bucket, then of their ids by UTF-16 code unit. */
export interface MemberRecord {
  readonly type: 'member'
  readonly bucket: number
  readonly member: string
}

/** Decisions in order of `seq`, each followed by its transfers in order of `number`. */
export interface DecisionRecord extends DecisionEntry {
  readonly type: 'decision'
  /** The event as it is stored, of which `event.hash` is the SHA-256 in canonical form; null: time passed, or left out. */
  readonly content: unknown
  readonly hash: string
}
export interface TransferRecord extends Transfer {
  readonly type: 'transfer'
}

/** Closes a member: what the live system believes. Rows at zero may be left out. */
export interface StateRecord {
  readonly type: 'state'
  readonly seq: number
  readonly hash: string
  readonly transferCount: number
  readonly balances: readonly AssetBalances[]
  readonly lots: readonly LotRow[]
}
export interface LotRow {
  readonly asset: string
  readonly priority: number
  readonly lastDay: LotEnd
  readonly amount: number
}

/** Without it the export is cut off. `totals` is the trial balance: per asset the accounts sum to zero. */
export interface FooterRecord {
  readonly type: 'footer'
  readonly members: number
  readonly decisions: number
  readonly transfers: number
  readonly totals: readonly TotalRow[]
}

/** A decision as it is stored, with what it posted. */
export interface StoredDecision {
  readonly entry: DecisionEntry
  readonly content: unknown
  /** Lower-case hex. */
  readonly hash: string
  readonly transfers: readonly Transfer[]
}

/** Writes the lines of an export, each with its line feed, and counts what the footer must say. */
export class BooksWriter {
  #members = 0
  #decisions = 0
  #transfers = 0
  readonly #trial = new TrialBalance()

  header(program: string, exportedAt: number, closings: readonly Closing[]): string {
    return lineOf({ type: 'header', format: BOOKS_FORMAT, program, exportedAt, closings })
  }

  member(bucket: number, member: string): string {
    this.#members += 1
    return lineOf({ type: 'member', bucket, member })
  }

  decision({ entry, content, hash, transfers }: StoredDecision): string {
    this.#decisions += 1
    this.#transfers += transfers.length
    for (const transfer of transfers) this.#trial.add(transfer)
    const { seq, event, recordedAt, engine, because, effects } = entry
    const head = lineOf({ type: 'decision', seq, event, recordedAt, engine, because, content, effects, hash })
    return head + transfers.map((transfer) => lineOf({ type: 'transfer', ...transferFieldsOf(transfer) })).join('')
  }

  state(state: Omit<StateRecord, 'type'>): string {
    const { seq, hash, transferCount } = state
    const balances = state.balances.map(({ asset, pending, active, held, debt }) => ({
      asset,
      pending,
      active,
      held,
      debt,
    }))
    const lots = state.lots.map(({ asset, priority, lastDay, amount }) => ({ asset, priority, lastDay, amount }))
    return lineOf({ type: 'state', seq, hash, transferCount, balances, lots })
  }

  footer(): string {
    const counts = { members: this.#members, decisions: this.#decisions, transfers: this.#transfers }
    return lineOf({ type: 'footer', ...counts, totals: this.#trial.rows() })
  }
}

const lineOf = (record: BookRecord): string => `${canonicalText(record)}\n`

/** A transfer may come as a row with more columns; the export has these. */
function transferFieldsOf(transfer: Transfer): Transfer {
  const { effectId, revision, asset, from, to, amount, cause, rule, version, effective, number, because } = transfer
  const { pending, active, held, debt } = transfer.after
  const after = { pending, active, held, debt }
  return { effectId, revision, asset, from, to, amount, cause, rule, version, effective, number, because, after }
}
