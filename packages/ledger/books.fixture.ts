import { type Account, type Effect, type LotChanged, type LotEnd, lotDifferences, type Move } from '@laurel/engine'
import fc from 'fast-check'
import { type AssetBalances, moved, NOTHING } from './accounts.ts'
import { bucketOf } from './bucket.ts'
import { canonicalBytes } from './canonical.ts'
import { bucketRootOf, chainHash, chainStart, type Hash, programRootOf, sha256 } from './chain.ts'
import { correctionsOf } from './corrections.ts'
import { BooksWriter, type Closing, type LotRow, type StoredDecision } from './export.ts'
import { movesOf, type Transfer, transfersOf } from './transfers.ts'

/** Members whose books are right by construction, made without the engine: random acts, each cut down to what is possible. */

export const move = (parts: Partial<Move> = {}): Move => ({
  type: 'move',
  cause: 'shop/1',
  rule: 'base',
  asset: 'points',
  from: 'issued',
  to: 'active',
  amount: 50,
  effective: 0,
  version: 1,
  ...parts,
})

const acts = ['earn', 'wait', 'activate', 'burn', 'confirm', 'release', 'take-back', 'lapse', 'adjust', 'late'] as const

export interface Act {
  readonly act: (typeof acts)[number]
  readonly asset: 'points' | 'stamps'
  readonly amount: number
}

export const someActs: fc.Arbitrary<Act[]> = fc.array(
  fc.record({
    act: fc.constantFrom(...acts),
    asset: fc.constantFrom('points' as const, 'stamps' as const),
    amount: fc.integer({ min: 1, max: 100 }),
  }),
  { minLength: 1, maxLength: 25, size: 'max' },
)

export interface Book {
  readonly bucket: number
  readonly member: string
  readonly decisions: readonly StoredDecision[]
  readonly balances: readonly AssetBalances[]
  readonly lots: readonly LotRow[]
  readonly head: Hash
}

/** In this program Anna and Ben are in one bucket, Ann is in one before it, Cat and Cleo are in later ones. */
export const PROGRAM = 'glow-club-4138'
/** Decision n of every member is recorded at this plus n hours. */
export const START = Date.UTC(2026, 2, 31, 12)

type Forgery = (effects: readonly Effect[]) => readonly Effect[]

/** `forge` changes effects after they were posted and before they are hashed: a forger who knows the format. */
export function bookOf(member: string, story: readonly Act[], forge: Forgery = (same) => same): Book {
  const draft = new Draft()
  const decisions: StoredDecision[] = []
  let head = chainStart(PROGRAM, member)
  for (const [index, { act, asset, amount }] of story.entries()) {
    const seq = index + 1
    const before = { balances: draft.balances(), transferCount: draft.transferCount }
    const lotsBefore = draft.lots()
    const posted = decisions.flatMap((decision) => decision.transfers)
    let effects = draft.act(act, { cause: `shop/${seq}`, asset, amount, effective: act === 'late' ? -seq : seq })
    let transfers: readonly Transfer[]
    if (act === 'late') {
      const correction = correctionsOf(posted, withLate(posted, movesOf(effects)), before, `shop/${seq}`)
      effects = [...correction.moves, ...lotDifferences(byAsset(lotsBefore), byAsset(draft.lots()))]
      transfers = correction.transfers
    } else transfers = transfersOf(effects, before).transfers
    draft.transferCount += transfers.length
    const content = { type: act, id: String(seq) }
    const event = { source: 'shop', id: String(seq), hash: sha256(canonicalBytes(content)) }
    const because = act === 'late' ? `shop/${seq}` : null
    const entry = { seq, event, recordedAt: START + seq * HOUR, engine: 1, because, effects: forge(effects) }
    head = chainHash(head, entry)
    decisions.push({ entry, content, hash: head, transfers })
  }
  return { bucket: bucketOf(PROGRAM, member), member, decisions, balances: draft.balances(), lots: draft.lots(), head }
}

const HOUR = 3_600_000

/** What a replay would say: everything as before, but one unit of an older earn is given by the late one instead. */
function withLate(posted: readonly Transfer[], late: readonly Move[]): Move[] {
  const before = posted.map((transfer) => move({ ...transfer, type: 'move' }))
  const [earned, ...rest] = late
  const shrunk = before.find((line) => line.asset === earned?.asset && isGift(line) && line.amount > 1)
  if (earned === undefined || shrunk === undefined) return [...before, ...late]
  const others = before.map((line) => (line === shrunk ? { ...line, amount: line.amount - 1 } : line))
  return [...others, { ...earned, amount: earned.amount + 1 }, ...rest]
}

const isGift = (line: Move): boolean => line.from === 'issued' && line.to === 'active'

const byAsset = (lots: readonly LotRow[]) => lots.map((lot) => ({ asset: lot.asset, lots: [lot] }))

/** A member in the making, the plain way: two lots per asset, burnt in order of their days. */
class Draft {
  transferCount = 0
  readonly #balances = new Map<string, AssetBalances>()
  #lots: LotRow[] = []
  #effects: Effect[] = []

  balances = (): AssetBalances[] => [...this.#balances.values()]
  lots = (): LotRow[] => this.#lots.filter((lot) => lot.amount > 0)

  act(act: Act['act'], { amount, ...line }: Pick<Move, 'cause' | 'asset' | 'amount' | 'effective'>): readonly Effect[] {
    this.#effects = []
    const put = (rule: string, from: Account, to: Account, wished: number) => {
      const most = from in NOTHING && from !== 'debt' ? this.#of(line.asset)[from as 'active'] : wished
      if (Math.min(wished, most) > 0) this.#put(move({ ...line, rule, from, to, amount: Math.min(wished, most) }))
      return wished - Math.min(wished, most)
    }
    switch (act) {
      case 'earn':
      case 'late':
        put('base', 'issued', 'active', amount)
        break
      case 'adjust':
        put('adjust', 'adjusted', 'active', amount)
        break
      case 'wait':
        put('base', 'issued', 'pending', amount)
        break
      case 'activate':
        put('activate', 'pending', 'active', amount)
        break
      case 'burn':
        put('reserve', 'active', 'held', amount)
        break
      case 'confirm':
        put('any', 'held', 'redeemed', amount)
        break
      case 'release':
        put('cancel', 'held', 'active', amount)
        break
      case 'take-back':
        put('base', 'debt', 'issued', put('base', 'active', 'issued', amount))
        break
      case 'lapse':
        put('expire', 'active', 'expired', amount)
        break
    }
    const { active, debt } = this.#of(line.asset)
    put('repay', 'active', 'debt', Math.min(active, debt))
    this.#settleLots(line.asset, amount % 2 === 0 ? 20_600 : 'never')
    return this.#effects
  }

  #of = (asset: string): AssetBalances => this.#balances.get(asset) ?? { asset, ...NOTHING }

  #put(line: Move): void {
    this.#effects.push(line)
    const { asset } = line
    this.#balances.set(asset, { asset, ...moved(this.#of(asset), line.from, line.to, line.amount) })
  }

  /** Grows the lot of `lastDay`, or burns lots in order, until they hold what is active. */
  #settleLots(asset: string, lastDay: LotEnd): void {
    const own = this.#lots.filter((lot) => lot.asset === asset)
    let missing = this.#of(asset).active - own.reduce((sum, lot) => sum + lot.amount, 0)
    if (missing > 0) this.#change({ type: 'lot', asset, priority: 0, lastDay, change: missing })
    for (const lot of own.sort((a) => (a.lastDay === 'never' ? 1 : -1))) {
      const taken = Math.min(lot.amount, Math.max(0, -missing))
      if (taken > 0) this.#change({ type: 'lot', asset, priority: 0, lastDay: lot.lastDay, change: -taken })
      missing += taken
    }
  }

  #change(effect: LotChanged): void {
    this.#effects.push(effect)
    const { asset, priority, lastDay, change } = effect
    const same = this.#lots.find((lot) => lot.asset === asset && lot.lastDay === lastDay)
    const amount = (same?.amount ?? 0) + change
    this.#lots = [...this.#lots.filter((lot) => lot !== same), { asset, priority, lastDay, amount }]
  }
}

/** The lines of an export of these members, with a closing at each of these instants. */
export function exportOf(books: readonly Book[], cuts: readonly number[] = []): string[] {
  const writer = new BooksWriter()
  const ordered = [...books].sort((a, b) => a.bucket - b.bucket || (a.member < b.member ? -1 : 1))
  const lines = [
    writer.header(
      PROGRAM,
      START,
      cuts.map((cut) => closingOf(ordered, cut)),
    ),
  ]
  for (const { bucket, member, decisions, balances, lots, head } of ordered) {
    lines.push(writer.member(bucket, member), ...decisions.map((decision) => writer.decision(decision)))
    const transferCount = decisions.reduce((sum, decision) => sum + decision.transfers.length, 0)
    lines.push(writer.state({ seq: decisions.length, hash: head, transferCount, balances, lots }))
  }
  lines.push(writer.footer())
  return lines.join('').trimEnd().split('\n')
}

function closingOf(books: readonly Book[], cutAt: number): Closing {
  const day = new Date(cutAt).toISOString().slice(0, 10)
  const buckets = [...new Set(books.map((book) => book.bucket))].flatMap((bucket) => {
    const heads = books
      .filter((book) => book.bucket === bucket)
      .flatMap(({ member, decisions }) => {
        const last = decisions.findLast(({ entry }) => entry.recordedAt < cutAt)
        return last ? [{ member, seq: last.entry.seq, hash: last.hash }] : []
      })
    return heads.length === 0 ? [] : [{ bucket, root: bucketRootOf(heads) }]
  })
  const root = programRootOf({ program: PROGRAM, day, cutAt }, buckets)
  return { day, cutAt, root, buckets }
}
