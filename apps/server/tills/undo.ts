import { Problem } from '@laurel/contract'
import { writeAudit } from '../access/write-audit.ts'
import { countOf, rowOf, transaction } from '../db/transaction.ts'
import { ask } from '../decisions/ask.ts'
import type { RecordingContext } from '../decisions/recorder.ts'
import type { Actor } from '../http/bind.ts'
import { requireMember } from '../members/require-member.ts'
import { askAbout } from '../vouchers/ask-about-voucher.ts'
import { type Outcome, outcomeOf, placeOf, readAct, undoableMs } from './acts.ts'
import { type ActRow, askUndo, markUndone } from './queries.ts'
import { parsed } from './sell.ts'
import { cashierIn, tillIn } from './till-of-request.ts'
import { redemptionOf } from './use-and-redeem.ts'

interface Undone {
  readonly act: string
  readonly undone: boolean
  readonly refusal: { readonly code: string; readonly shortBy: number | null } | null
}

/**
 * Undoes what this till has just done. A sale is cancelled by the shop, and gives back what was used for it (RED-2); a use comes to
 * nothing; of a redemption the voucher goes back for its price. Each is one request, however often it is sent.
 */
export async function undoAct(context: RecordingContext, actor: Actor, id: string): Promise<Undone> {
  const cashier = cashierIn(actor)
  const row = await readAct(context, actor, id)
  const outcome = outcomeOf(row)
  if (outcome === null || !outcome.granted) throw new Problem('unknown-act-at-till')
  if (row.undone_at !== null) return { act: id, undone: true, refusal: null }
  const now = context.now(actor.program)
  if (Date.parse(row.at) + undoableMs < now) throw new Problem('too-late-to-undo')
  const refusal = await takeBack(context, actor, row, outcome, now)
  if (refusal !== null) return { act: id, undone: false, refusal }
  await transaction(context.database.application, async (tx) => {
    const undone = await countOf(tx, markUndone(...placeOf(actor), id, new Date(now).toISOString()))
    const { program, name } = actor
    const detail = { till: tillIn(actor), kind: row.kind, cashier }
    if (undone > 0) await writeAudit(tx, context, { program, actor: name, act: 'till-act.undone', subject: id, detail })
  })
  return { act: id, undone: true, refusal: null }
}

/** Null: it is taken back. */
async function takeBack(
  context: RecordingContext,
  actor: Actor,
  row: ActRow,
  outcome: Outcome,
  now: number,
): Promise<Undone['refusal']> {
  const { program } = actor
  const member = await requireMember(context, program, row.member)
  switch (row.kind) {
    case 'sale': {
      // Never before the sale: the clock of this server may be behind that of the one that recorded it.
      const at = new Date(Math.max(Date.parse(row.at), now)).toISOString()
      const asked = await rowOf(context.database.application, askUndo(...placeOf(actor), row.id, at))
      const occurredAt = asked?.undo_asked_at ?? at
      const cancelled = { type: 'order.cancelled', id: `undo-${row.id}`, source: tillIn(actor), member, occurredAt }
      const { decision } = await ask(context, program, member, parsed({ ...cancelled, order: row.id, by: 'shop' }))
      return decision.refusal ?? null
    }
    case 'use':
      return await restored(context, program, member, outcome)
    case 'redemption': {
      const refused = await restored(context, program, member, outcome)
      if (refused !== null) return refused
      const named = { member, voucher: redemptionOf(actor, row.id) }
      return (await askAbout(context, program, named, { type: 'voucher.return' }, undefined)).refusal
    }
  }
}

async function restored(context: RecordingContext, program: string, member: string, { use }: Outcome) {
  if (use === undefined) return null
  const named = { member, voucher: use.voucher }
  return (await askAbout(context, program, named, { type: 'voucher.restore', use: use.id }, undefined)).refusal
}
