import { ownSource } from '@laurel/contract'
import type { Send } from '@laurel/engine'
import { sql } from '../db/transaction.ts'
import type { Answer } from './submission.ts'

/** What one member has sent another and nobody has delivered yet. The recorder writes it with the decision that sends it. */
export interface OutgoingRow {
  readonly bucket: number
  readonly program: string
  /** The sender. */
  readonly member: string
  readonly id: string
  readonly receiver: string
  readonly event: string
  readonly tries: number
}

/** What a decision sends to another member. */
export type Sent = Send['event'] & { readonly from: string }
type Merge = Extract<Sent, { type: 'merge.received' }>

/** The receiver's event is named after the sender's: however often it is delivered, and by whomever, it counts once. */
export const deliveryNameOf = ({ member, id }: Pick<OutgoingRow, 'member' | 'id'>) => ({
  source: ownSource,
  id: `${member}/${id}`,
})

/** The receiver's event; null: a merge, which goes with all the past of its member (MRG-1). */
export function deliveryOf(
  row: Pick<OutgoingRow, 'member' | 'id' | 'event'>,
): (Exclude<Sent, Merge> & ReturnType<typeof deliveryNameOf>) | null {
  const sent: Sent = JSON.parse(row.event) // our own text, written by the recorder
  return sent.type === 'merge.received' ? null : { ...sent, ...deliveryNameOf(row) }
}

export const isDelivered = ({ status }: Answer): boolean => status === 'recorded' || status === 'repeated'

/** Oldest first. Nobody locks them: two servers that deliver the same one are told so by its identity. */
export const outgoingDue = sql<OutgoingRow>(
  'outgoing-due',
  `SELECT bucket, program, member, id, receiver, event, tries FROM outbox
   WHERE due_at <= $1 ORDER BY due_at LIMIT $2`,
)

/** The same, of one program. */
export const outgoingOf = sql<OutgoingRow>(
  'outgoing-of',
  `SELECT bucket, program, member, id, receiver, event, tries FROM outbox
   WHERE program = $1 AND due_at <= $2 ORDER BY due_at LIMIT $3`,
)

export const outgoingTo = sql<OutgoingRow>(
  'outgoing-to',
  `SELECT bucket, program, member, id, receiver, event, tries FROM outbox
   WHERE bucket = $1 AND program = $2 AND member = $3 AND receiver = $4`,
)

export const outgoingById = sql<OutgoingRow>(
  'outgoing-by-id',
  `SELECT bucket, program, member, id, receiver, event, tries FROM outbox
   WHERE bucket = $1 AND program = $2 AND member = $3 AND id = $4`,
)

export const deleteOutgoing = sql(
  'delete-outgoing',
  'DELETE FROM outbox WHERE bucket = $1 AND program = $2 AND member = $3 AND id = $4',
)

export const putOutgoingOff = sql(
  'put-outgoing-off',
  `UPDATE outbox SET tries = tries + 1, due_at = $5
   WHERE bucket = $1 AND program = $2 AND member = $3 AND id = $4`,
)

/** Of members: what sandboxes send is nobody's alarm. */
export const outgoingWaiting = sql<{ waiting: string; oldest: string | null }>(
  'outgoing-waiting',
  `SELECT count(*) AS waiting, min(recorded_at) AS oldest FROM outbox
   WHERE NOT EXISTS (SELECT FROM program p WHERE p.id = outbox.program AND p.clock IS NOT NULL)`,
)
