import { hash } from 'node:crypto'
import { Problem, type SaleMade } from '@laurel/contract'
import { bucketOf } from '@laurel/ledger'
import { countOf, rowOf, rowsOf } from '../db/transaction.ts'
import type { RecordingContext } from '../decisions/recorder.ts'
import type { Actor } from '../http/bind.ts'
import { type ActRow, actById, actsOfSale, actsSince, insertAct, setOutcome } from './queries.ts'
import { cashierIn, tillIn } from './till-of-request.ts'

/** What became of an act, as it is kept with it. */
export interface Outcome {
  readonly granted: boolean
  /** The reward or voucher; of a sale null. */
  readonly about: string | null
  /** Minor units of a sale or a use; of a redemption what it cost. */
  readonly amount: number
  readonly asset: string | null
  /** Of a sale: what it was answered. */
  readonly sold?: SaleMade
  /** Of a use, and of a redemption that was used at once: what names the use, and minor units that it took off or paid. */
  readonly use?: {
    readonly id: string
    readonly voucher: string
    readonly amount: number
    readonly byGiftCard: boolean
  }
}

export interface ToNote {
  readonly act: string
  readonly kind: ActRow['kind']
  readonly member: string
  readonly sale: string
  /** Everything by which two acts of one name are told apart. */
  readonly asked: object
}

type Place = readonly [bucket: number, program: string, till: string]

export function placeOf(actor: Actor): Place {
  const till = tillIn(actor)
  return [bucketOf(actor.program, till), actor.program, till]
}

/**
 * Writes down what a till is about to do, before it is done: sent again it is the same act, at the same moment, also where nobody knows
 * whether the first sending came through.
 */
export async function noteAct(context: RecordingContext, actor: Actor, toNote: ToNote): Promise<ActRow> {
  const { act, kind, member, sale, asked } = toNote
  const { application } = context.database
  const askedHash = hash('sha256', JSON.stringify([kind, member, sale, asked]), 'buffer')
  const at = new Date(context.now(actor.program)).toISOString()
  const place = placeOf(actor)
  await countOf(application, insertAct(...place, act, kind, cashierIn(actor), member, sale, at, askedHash))
  const row = await rowOf(application, actById(...place, act))
  if (row === undefined) throw new Error('invariant: an act that was written is there')
  if (!row.asked_hash.equals(askedHash)) throw new Problem('identity-conflict')
  return row
}

export async function closeAct(
  context: RecordingContext,
  actor: Actor,
  { id }: ActRow,
  outcome: Outcome,
): Promise<void> {
  await countOf(context.database.application, setOutcome(...placeOf(actor), id, JSON.stringify(outcome)))
}

/** Our own text; null: nobody knows that it was done. */
export const outcomeOf = ({ outcome }: ActRow): Outcome | null => (outcome === null ? null : JSON.parse(outcome))

export async function readAct(context: RecordingContext, actor: Actor, id: string): Promise<ActRow> {
  const row = await rowOf(context.database.application, actById(...placeOf(actor), id))
  if (row === undefined) throw new Problem('unknown-act-at-till')
  return row
}

/** What vouchers took off a sale, and what gift cards paid of it. */
export async function takenOff(context: RecordingContext, actor: Actor, sale: string) {
  const rows = await rowsOf(context.database.application, actsOfSale(...placeOf(actor), sale))
  const uses = rows.flatMap((row) => (row.undone_at === null ? (outcomeOf(row)?.use ?? []) : []))
  const sumOf = (isByCard: boolean) =>
    uses.filter(({ byGiftCard }) => byGiftCard === isByCard).reduce((sum, { amount }) => sum + amount, 0)
  return { off: sumOf(false), byGiftCard: sumOf(true) }
}

/** What was done last, and can still be undone here. */
export const undoableMs = 1_800_000

export async function listActs(context: RecordingContext, actor: Actor, limit: number) {
  cashierIn(actor)
  const since = new Date(context.now(actor.program) - undoableMs).toISOString()
  const rows = await rowsOf(context.database.application, actsSince(...placeOf(actor), since, limit))
  return {
    acts: rows.flatMap((row) => {
      const outcome = outcomeOf(row)
      if (outcome === null || !outcome.granted) return []
      const { about, amount, asset } = outcome
      return [{ act: row.id, kind: row.kind, at: row.at, about, amount, asset, undone: row.undone_at !== null }]
    }),
  }
}
