import { sql } from '../db/transaction.ts'

export interface QueuedRow {
  readonly member: string
  readonly source: string
  readonly id: string
  readonly order_id: string | null
  readonly amount: number | null
  readonly currency: string | null
  readonly reason: string
  readonly line: string | null
  readonly recorded_at: string
  readonly outcome: string | null
}

const queued =
  'SELECT member, source, id, order_id, amount, currency, reason, line, recorded_at, outcome FROM unmatched_refund'

export const openRefunds = sql<QueuedRow>(
  'open-refunds',
  `${queued} WHERE program = $1 AND outcome IS NULL
     AND ($2::timestamptz IS NULL OR (recorded_at, source, id) > ($2, $3, $4))
   ORDER BY recorded_at, source, id LIMIT $5`,
)

/** Currency by currency; last those of which nobody knows it. */
export const openRefundsTotals = sql<{ currency: string | null; count: number; amount: string }>(
  'open-refunds-totals',
  `SELECT currency, count(*) AS count, coalesce(sum(amount), 0)::text AS amount
   FROM unmatched_refund WHERE program = $1 AND outcome IS NULL GROUP BY currency ORDER BY currency`,
)

export const queuedRefund = sql<QueuedRow>(
  'queued-refund',
  `${queued} WHERE bucket = $1 AND program = $2 AND member = $3 AND source = $4 AND id = $5`,
)

export const dismissQueuedRefund = sql<{ amount: number | null; currency: string | null }>(
  'dismiss-refund',
  `UPDATE unmatched_refund SET outcome = 'dismissed', answered_at = $6, answered_by = $7
   WHERE bucket = $1 AND program = $2 AND member = $3 AND source = $4 AND id = $5 AND outcome IS NULL
   RETURNING amount, currency`,
)

// ---- overdue facts (EVT-4) -----------------------------------------------------------------------------------------------

export interface OverdueFactRow {
  readonly member: string
  readonly source: string
  readonly id: string
  readonly content: string
  readonly recorded_at: string
  readonly outcome: string | null
}

const overdue = 'SELECT member, source, id, content, recorded_at, outcome FROM overdue_fact'

export const openOverdueFacts = sql<OverdueFactRow>(
  'open-overdue-facts',
  `${overdue} WHERE program = $1 AND outcome IS NULL
     AND ($2::timestamptz IS NULL OR (recorded_at, source, id) > ($2, $3, $4))
   ORDER BY recorded_at, source, id LIMIT $5`,
)

export const openOverdueFactsTotal = sql<{ count: number }>(
  'open-overdue-facts-total',
  'SELECT count(*) AS count FROM overdue_fact WHERE program = $1 AND outcome IS NULL',
)

/** Nobody holds the identity of a fact that was never recorded, so it is looked for by its name; of several members' the oldest. */
export const overdueFactByName = sql<OverdueFactRow>(
  'overdue-fact-by-name',
  `${overdue} WHERE program = $1 AND source = $2 AND id = $3
   ORDER BY outcome IS NOT NULL, recorded_at, member LIMIT 1`,
)

export const answerOverdueFact = sql<{ member: string }>(
  'answer-overdue-fact',
  `UPDATE overdue_fact SET outcome = $6, answered_at = $7
   WHERE bucket = $1 AND program = $2 AND member = $3 AND source = $4 AND id = $5 AND outcome IS NULL
   RETURNING member`,
)
