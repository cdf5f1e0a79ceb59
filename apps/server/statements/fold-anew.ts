import { type Account, checkpointOf, evolveThrough, type Member } from '@laurel/engine'
import { type Balances, canonicalText, chainStart, type Hash, linkHash, moved, NOTHING } from '@laurel/ledger'
import { countOf, rowsOf, type Transaction, transaction } from '../db/transaction.ts'
import { newcomer } from '../decisions/history.ts'
import { effectsOf } from '../decisions/stored.ts'
import { dueAtOf } from '../decisions/write-member.ts'
import type { ProgramContext, ProgramTimeline } from '../programs/timeline.ts'
import {
  type BalanceRow,
  bucketsWithPast,
  type DecisionRow,
  idsOfBucket,
  type StateRow,
  statesToFold,
  type TransferRow,
  writeBalance,
  writeState,
} from './queries.ts'
import { identityIn } from './read-decisions.ts'
import { membersTogether, rowsByMember } from './rows-by-member.ts'

export interface FoldDifference {
  readonly member: string
  /**
   * `decisions`: they are no chain; `transfers`: they are not what the decisions move. Both are the evidence itself, which
   * nothing here touches. `state` and `balances` are made of it, and can be written anew.
   */
  readonly what: 'decisions' | 'transfers' | 'state' | 'balances'
  readonly detail: string
  readonly mended: boolean
}

export interface FoldedAnew {
  /** Nothing differed. */
  readonly clean: boolean
  readonly checked: { readonly members: number; readonly decisions: number }
  readonly differences: readonly FoldDifference[]
  readonly differencesLeftOut: number
}

/** Enough to see what happened. */
const differencesMax = 1_000

/**
 * Folds every member of a program anew from the stored effects, and compares what is kept of it: the state and the balances.
 * With `write` what differs is replaced, if the decisions themselves are whole. A checkpoint is a cache: what another server
 * holds of one in memory is not mended, so with a database of one's own the others should be stopped.
 */
export async function foldAnew(
  context: ProgramContext,
  program: string,
  { write }: { readonly write: boolean },
): Promise<FoldedAnew> {
  const found = await context.timelines.of(program)
  const checked = { members: 0, decisions: 0 }
  const differences: FoldDifference[] = []
  let differing = 0
  const { application } = context.database
  if (found === null) return { clean: true, checked, differences, differencesLeftOut: 0 }
  for (const { bucket } of await rowsOf(application, bucketsWithPast(program))) {
    const ids = (await rowsOf(application, idsOfBucket(bucket, program))).map(({ id }) => id)
    for (let from = 0; from < ids.length; from += membersTogether) {
      const some = ids.slice(from, from + membersTogether)
      const folded = await transaction(application, (tx) =>
        foldMembers(tx, found, { bucket, program, ids: some, write }),
      )
      checked.members += some.length
      checked.decisions += folded.decisions
      differing += folded.differences.length
      differences.push(...folded.differences.slice(0, differencesMax - differences.length))
    }
  }
  return { clean: differing === 0, checked, differences, differencesLeftOut: differing - differences.length }
}

interface Some {
  readonly bucket: number
  readonly program: string
  readonly ids: readonly string[]
  readonly write: boolean
}

async function foldMembers(tx: Transaction, timeline: ProgramTimeline, some: Some) {
  const { bucket, program, ids, write } = some
  const place = [bucket, program, ids] as const
  const states = new Map((await rowsOf(tx, statesToFold(...place))).map((row) => [row.id, row]))
  const { decisions, transfers, balances } = await rowsByMember(tx, ...place)
  const differences: FoldDifference[] = []
  let count = 0
  for (const id of ids) {
    const kept: Kept = {
      past: decisions.get(id) ?? [],
      balances: balances.get(id) ?? [],
      transfers: transfers.get(id) ?? [],
    }
    count += kept.past.length
    const folded = fold(timeline, program, id, kept.past)
    const found = compare(folded, states.get(id), kept)
    const isWhole = !found.some(({ what }) => what === 'decisions' || what === 'transfers')
    const mended = write && isWhole && found.length > 0
    if (mended) await writeFolded(tx, some, id, folded, kept)
    differences.push(...found.map((each) => ({ member: id, ...each, mended })))
  }
  return { decisions: count, differences }
}

/** Rows of a member. */
interface Kept {
  readonly past: readonly DecisionRow[]
  readonly balances: readonly BalanceRow[]
  readonly transfers: readonly TransferRow[]
}

interface Folded {
  readonly state: string
  readonly member: Member
  readonly head: Hash
  readonly dueAt: string | null
  /** The first decision that does not follow from the one before; null: all do. */
  readonly broken: number | null
}

function fold(timeline: ProgramTimeline, program: string, id: string, past: readonly DecisionRow[]): Folded {
  let head = chainStart(program, id)
  let broken = past.length === 0 ? 1 : null
  const decisions = past.values().map((row) => effectsOf(row.effects, row.content))
  const member = evolveThrough(newcomer({ program, id }), decisions)
  for (const [index, row] of past.entries()) {
    head = linkOf(head, row)
    if (broken === null && (row.seq !== index + 1 || row.hash.toString('hex') !== head)) broken = row.seq
  }
  const dueAt = dueAtOf(timeline, member)
  return {
    state: JSON.stringify(checkpointOf(member)),
    member,
    head,
    dueAt: dueAt === null ? null : new Date(dueAt).toISOString(),
    broken,
  }
}

function linkOf(previous: Hash, row: DecisionRow): Hash {
  const { seq, engine, because, content, content_hash, recorded_at, effects } = row
  const event =
    content === null || content_hash === null ? null : { ...identityIn(content), hash: content_hash.toString('hex') }
  return linkHash(previous, { seq, event, recordedAt: Date.parse(recorded_at), engine, because, effectsText: effects })
}

type Found = Omit<FoldDifference, 'member' | 'mended'>

function compare(folded: Folded, stored: StateRow | undefined, { balances, transfers }: Kept): Found[] {
  const { member, broken } = folded
  if (broken !== null) {
    const detail = `decision ${broken} does not follow from the one before; "laurel verify" says more`
    return [{ what: 'decisions', detail }]
  }
  const found: Found[] = []
  const held = new Map(member.assets.map((asset) => [asset.asset, asset]))
  for (const [asset, posted] of postedBy(transfers)) {
    const differs = differenceOf(held.get(asset) ?? NOTHING, posted)
    if (differs !== null) found.push({ what: 'transfers', detail: `${asset}: ${differs}` })
  }
  const fields = stored === undefined ? ['all of it'] : fieldsThatDiffer(folded, stored, transfers.length)
  if (fields.length > 0) found.push({ what: 'state', detail: `otherwise: ${fields.join(', ')}` })
  const rows = new Map(balances.map((row) => [row.asset, row]))
  for (const asset of new Set([...held.keys(), ...rows.keys()])) {
    const differs = differenceOf(held.get(asset) ?? NOTHING, rows.get(asset) ?? NOTHING)
    if (differs !== null) found.push({ what: 'balances', detail: `${asset}: ${differs}` })
  }
  return found
}

function postedBy(transfers: readonly TransferRow[]): Map<string, Balances> {
  const posted = new Map<string, Balances>()
  for (const { asset, from_account, to_account, amount } of transfers) {
    // The recorder writes these columns from the ledger's own transfers, and nothing ever changes them.
    const [from, to] = [from_account as Account, to_account as Account]
    posted.set(asset, moved(posted.get(asset) ?? NOTHING, from, to, amount))
  }
  return posted
}

const accounts = ['pending', 'active', 'held', 'debt'] as const

/** In words; null: they are the same. */
function differenceOf(folded: Balances, stored: Balances): string | null {
  const differing = accounts.filter((account) => folded[account] !== stored[account])
  if (differing.length === 0) return null
  return differing.map((account) => `${account} is ${stored[account]}, folded ${folded[account]}`).join('; ')
}

function fieldsThatDiffer({ state, member, head, dueAt }: Folded, stored: StateRow, transfers: number): string[] {
  const [folded, kept]: Record<string, unknown>[] = [JSON.parse(state), JSON.parse(stored.state)]
  const names = [...new Set([...Object.keys(folded ?? {}), ...Object.keys(kept ?? {})])].sort()
  const text = (value: unknown) => canonicalText(value ?? null)
  return [
    ...names.filter((name) => text(folded?.[name]) !== text(kept?.[name])),
    ...(stored.seq === member.seq ? [] : ['number of decisions']),
    ...(stored.transfer_count === transfers ? [] : ['number of transfers']),
    ...(stored.hash.toString('hex') === head ? [] : ['head of the chain']),
    ...(stored.due_at === dueAt ? [] : ['next timer']),
    ...(stored.joined_on === member.joinedOn ? [] : ['day of joining']),
    ...(stored.goes_on_as === (member.left?.into ?? null) ? [] : ['who remains']),
  ]
}

async function writeFolded(
  tx: Transaction,
  { bucket, program }: Some,
  id: string,
  { state, member, head, dueAt }: Folded,
  { past, balances, transfers }: Kept,
): Promise<void> {
  const [created, recorded] = [past[0]?.recorded_at, past.at(-1)?.recorded_at]
  if (created === undefined || recorded === undefined) throw new Error('a state without a decision folds to nothing')
  const hash = Buffer.from(head, 'hex')
  await countOf(
    tx,
    writeState(
      ...[bucket, program, id, member.seq, transfers.length, state],
      ...[hash, dueAt, member.joinedOn, member.left?.into ?? null, created, recorded],
    ),
  )
  for (const asset of new Set([...member.assets, ...balances].map((each) => each.asset))) {
    const { pending, active, held, debt } = member.assets.find((each) => each.asset === asset) ?? NOTHING
    await countOf(tx, writeBalance(bucket, program, id, asset, pending, active, held, debt))
  }
}
