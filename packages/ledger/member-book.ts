import type { LotChanged } from '@laurel/engine'
import { type AssetBalances, type Balances, NOTHING } from './accounts.ts'
import { canonicalBytes, canonicalText } from './canonical.ts'
import { chainHash, chainStart, type Hash, sha256 } from './chain.ts'
import { disagreement, type MemberDisagreement } from './disagreement.ts'
import type { DecisionRecord, LotRow, StateRecord, TransferRecord } from './export.ts'
import { LedgerFault } from './invariant.ts'
import { movesOf, revisionKeyOf, type Transfer, transfersOf } from './transfers.ts'

/**
 * One member's books, recomputed record by record (LED-6). Each reading answers what disagrees first, or null. After a
 * disagreement the rest of the member cannot be judged: what follows from it would only hide it.
 */
export class MemberBook {
  readonly member: string

  #hash: Hash
  #seq = 0
  #recordedAt = Number.NEGATIVE_INFINITY
  #transferCount = 0
  readonly #balances = new Map<string, AssetBalances>()
  readonly #lots = new Map<string, LotRow>()
  readonly #revisions = new Map<string, number>()
  /** What the last decision must have posted and has not been read yet. */
  #expected: Transfer[] = []

  constructor(program: string, member: string) {
    this.member = member
    this.#hash = chainStart(program, member)
  }

  readDecision(record: DecisionRecord): MemberDisagreement | null {
    return this.#missingTransfer() ?? this.#link(record) ?? this.#post(record) ?? this.#foldLots(record)
  }

  readTransfer({ type: _, ...stored }: TransferRecord): MemberDisagreement | null {
    const expected = this.#expected.shift()
    if (expected === undefined) {
      return disagreement('transfer', stored.effectId, `decision ${this.#seq} has no effect that posts it`)
    }
    if (canonicalText(expected) === canonicalText(stored)) return null
    const field = Object.keys(expected).find((key) => textOf(expected, key) !== textOf(stored, key)) ?? 'fields'
    const message = `${field} is ${textOf(stored, field)}, by the effects ${textOf(expected, field)}`
    return disagreement('transfer', expected.effectId, message)
  }

  readState(state: StateRecord): MemberDisagreement | null {
    return this.#missingTransfer() ?? this.#compareHead(state) ?? this.#compareRows(state)
  }

  #missingTransfer(): MemberDisagreement | null {
    const [missing] = this.#expected
    if (missing === undefined) return null
    return disagreement('transfer', missing.effectId, 'the effects post it, the books lack it')
  }

  #link(record: DecisionRecord): MemberDisagreement | null {
    const { seq, event, content, recordedAt } = record
    const entry = `decision ${seq}`
    if (seq !== this.#seq + 1) return disagreement('seq', entry, `follows decision ${this.#seq}`)
    if (recordedAt < this.#recordedAt) {
      return disagreement('time-runs-back', entry, 'it was recorded before the one that it follows')
    }
    if (content !== null) {
      const found = sha256(canonicalBytes(content))
      const stated = event?.hash ?? 'nothing'
      if (found !== stated) return disagreement('content', entry, `hashes to ${found}, the chain says ${stated}`)
    }
    const hash = chainHash(this.#hash, record)
    if (hash !== record.hash) {
      return disagreement('chain', entry, `hashes to ${hash}, stored is ${record.hash}`)
    }
    this.#hash = hash
    this.#seq = seq
    this.#recordedAt = recordedAt
    return null
  }

  #post({ seq, because, effects }: DecisionRecord): MemberDisagreement | null {
    const balances = [...this.#balances.values()]
    try {
      const posting = transfersOf(effects, {
        balances,
        transferCount: this.#transferCount,
        because,
        revisions: this.#revisions,
      })
      this.#expected = [...posting.transfers]
      this.#transferCount = posting.transferCount
      for (const transfer of posting.transfers) {
        this.#revisions.set(revisionKeyOf(transfer), transfer.revision + 1)
        this.#balances.set(transfer.asset, { asset: transfer.asset, ...transfer.after })
      }
      return null
    } catch (error) {
      if (!(error instanceof LedgerFault)) throw error
      return disagreement('posting', `decision ${seq}`, error.message)
    }
  }

  /** LED-4: a second, simpler reading of the lots than the engine's own: sums by asset, priority and last day. */
  #foldLots({ seq, effects }: DecisionRecord): MemberDisagreement | null {
    const entry = `decision ${seq}`
    const touched = new Set(movesOf(effects).map((move) => move.asset))
    for (const effect of effects) {
      if (effect.type !== 'lot') continue
      const { asset, priority, lastDay, change } = effect
      touched.add(asset)
      const key = lotKeyOf(effect)
      const amount = (this.#lots.get(key)?.amount ?? 0) + change
      if (amount === 0) this.#lots.delete(key)
      else this.#lots.set(key, { asset, priority, lastDay, amount })
    }
    const sums = new Map<string, number>()
    for (const lot of this.#lots.values()) {
      if (lot.amount < 0) return disagreement('lots', entry, `lot ${lotKeyOf(lot)} would hold ${lot.amount}`)
      sums.set(lot.asset, (sums.get(lot.asset) ?? 0) + lot.amount)
    }
    for (const asset of touched) {
      const sum = sums.get(asset) ?? 0
      const active = this.#balances.get(asset)?.active ?? 0
      if (sum !== active) return disagreement('lots', entry, `lots of ${asset} hold ${sum}, active is ${active}`)
    }
    return null
  }

  #compareHead(state: StateRecord): MemberDisagreement | null {
    const believed = { seq: state.seq, hash: state.hash, transferCount: state.transferCount }
    const computed = { seq: this.#seq, hash: this.#hash, transferCount: this.#transferCount }
    for (const field of ['seq', 'hash', 'transferCount'] as const) {
      if (believed[field] === computed[field]) continue
      return disagreement('state', field, `is ${believed[field]}, by the decisions ${computed[field]}`)
    }
    return null
  }

  #compareRows({ balances, lots }: StateRecord): MemberDisagreement | null {
    const rows = { believed: balances, computed: [...this.#balances.values()] }
    const believedLots = lots.filter((lot) => lot.amount !== 0)
    return (
      differenceOf('balance', entriesOf(rows.believed, balanceEntry), entriesOf(rows.computed, balanceEntry), atZero) ??
      differenceOf('lot', entriesOf(believedLots, lotEntry), entriesOf([...this.#lots.values()], lotEntry), '0')
    )
  }
}

type Entry = readonly [key: string, text: string]

/** By key; a key that comes twice is told apart, so that it cannot hide behind its twin. */
function entriesOf<Row>(rows: readonly Row[], entryOf: (row: Row) => Entry): Map<string, string> {
  const entries = new Map<string, string>()
  for (const row of rows) {
    const [key, text] = entryOf(row)
    entries.set(entries.has(key) ? `${key} again` : key, text)
  }
  return entries
}

/** Rows at zero may be left out. */
function differenceOf(
  what: string,
  believed: ReadonlyMap<string, string>,
  computed: ReadonlyMap<string, string>,
  absent: string,
): MemberDisagreement | null {
  for (const key of new Set([...believed.keys(), ...computed.keys()])) {
    const left = believed.get(key) ?? absent
    const right = computed.get(key) ?? absent
    if (left !== right) return disagreement('state', `${what} ${key}`, `is ${left}, by the effects ${right}`)
  }
  return null
}

const lotKeyOf = (lot: Pick<LotChanged, 'asset' | 'priority' | 'lastDay'>): string =>
  `${lot.asset}/${lot.priority}/${lot.lastDay}`

const lotEntry = (lot: LotRow): Entry => [lotKeyOf(lot), String(lot.amount)]

const amountsText = ({ pending, active, held, debt }: Balances): string =>
  canonicalText({ pending, active, held, debt })

const balanceEntry = (row: AssetBalances): Entry => [row.asset, amountsText(row)]

const atZero = amountsText(NOTHING)

const textOf = (transfer: Transfer, key: string): string =>
  canonicalText({ ...transfer }[key as keyof Transfer] ?? null)
