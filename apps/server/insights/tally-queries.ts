import type { MemberStatus } from '@laurel/engine'
import { sql } from '../db/transaction.ts'

export const beginTally = sql(
  'begin-tally',
  'INSERT INTO tally_position (program, position, counted_at) VALUES ($1, 0, $2) ON CONFLICT DO NOTHING',
)

/** Whoever counts holds the row: a page is counted by one server, and the next one begins behind it. */
export const lockTally = sql<{ position: number }>(
  'lock-tally',
  'SELECT position FROM tally_position WHERE program = $1 FOR UPDATE',
)

export const moveTally = sql(
  'move-tally',
  'UPDATE tally_position SET position = $2, counted_at = $3 WHERE program = $1',
)

/** As `feedAfter` of the statements, and says only whose turn it is. */
export const touchedAfter = sql<{ position: number; bucket: number; member: string; seq: number }>(
  'touched-after',
  `WITH bound AS (
     SELECT coalesce(min(open.id), pg_snapshot_xmax(pg_current_snapshot()))::text::bigint * $3 AS open
     FROM pg_snapshot_xip(pg_current_snapshot()) AS open (id)
     WHERE open.id::xid::text <> ALL ($5::text[])
   )
   SELECT position, bucket, member, seq FROM decision
   WHERE program = $1 AND position > $2 AND position < (SELECT open FROM bound) ORDER BY position LIMIT $4`,
)

export interface DecisionToTally {
  readonly bucket: number
  readonly member: string
  readonly seq: number
  readonly recorded_at: string
  readonly content: string | null
  /** Milliseconds as if the program's zone were UTC. */
  readonly local_ms: number | null
  readonly effects: string
}

/** Of each member those after the one that is counted, up to the one that the page has. */
export const decisionsToTally = sql<DecisionToTally>(
  'decisions-to-tally',
  `SELECT d.bucket, d.member, d.seq, d.recorded_at, d.content, (extract(epoch FROM d.local) * 1000)::bigint AS local_ms, d.effects
   FROM unnest($2::int[], $3::text[], $4::int[], $5::int[]) AS k (bucket, member, after, until)
   JOIN decision d ON d.bucket = k.bucket AND d.program = $1 AND d.member = k.member AND d.seq > k.after AND d.seq <= k.until
   ORDER BY d.bucket, d.member, d.seq`,
)

export interface MemberTallyRow {
  readonly bucket: number
  readonly member: string
  readonly seq: number
  readonly status: MemberStatus
  readonly measured: boolean
  readonly marked: boolean
  readonly joined_on: number | null
  readonly last_seen_on: number | null
  readonly levels: Readonly<Record<string, string>>
}

export const memberTallies = sql<MemberTallyRow>(
  'member-tallies',
  `SELECT t.bucket, t.member, t.seq, t.status, t.measured, t.marked, t.joined_on, t.last_seen_on, t.levels
   FROM unnest($2::int[], $3::text[]) AS k (bucket, member)
   JOIN member_tally t ON t.bucket = k.bucket AND t.program = $1 AND t.member = k.member`,
)

export interface OrderTallyRow {
  readonly bucket: number
  readonly member: string
  readonly order_key: string
  readonly day: number
  readonly kept: boolean
  readonly spend: number
  readonly refunded: number
}

export const orderTallies = sql<OrderTallyRow>(
  'order-tallies',
  `SELECT t.bucket, t.member, t.order_key, t.day, t.kept, t.spend, t.refunded
   FROM unnest($2::int[], $3::text[], $4::text[]) AS k (bucket, member, order_key)
   JOIN order_tally t ON t.bucket = k.bucket AND t.program = $1 AND t.member = k.member AND t.order_key = k.order_key`,
)

export interface DayTallyRow {
  readonly bucket: number
  readonly member: string
  readonly day: number
  readonly orders: number
  /** Decimal digits: a sum may be beyond what a number holds. */
  readonly spend: string
  readonly refunded: string
  readonly doings: number
}

const dayColumns = 't.bucket, t.member, t.day, t.orders, t.spend::text AS spend, t.refunded::text AS refunded, t.doings'

export const dayTallies = sql<DayTallyRow>(
  'day-tallies',
  `SELECT ${dayColumns} FROM unnest($2::int[], $3::text[], $4::int[]) AS k (bucket, member, day)
   JOIN member_day_tally t ON t.bucket = k.bucket AND t.program = $1 AND t.member = k.member AND t.day = k.day`,
)

/** All days of members who are measured from now on, or no longer. */
export const dayTalliesOfMembers = sql<DayTallyRow>(
  'day-tallies-of-members',
  `SELECT ${dayColumns} FROM unnest($2::int[], $3::text[]) AS k (bucket, member)
   JOIN member_day_tally t ON t.bucket = k.bucket AND t.program = $1 AND t.member = k.member`,
)

// ---- writing -------------------------------------------------------------------------------------------------------------

export const writeOrderTallies = sql(
  'write-order-tallies',
  `INSERT INTO order_tally (program, bucket, member, order_key, day, kept, spend, refunded, place, channel)
   SELECT $1, u.* FROM unnest($2::int[], $3::text[], $4::text[], $5::int[], $6::bool[], $7::bigint[], $8::bigint[], $9::text[], $10::text[])
     AS u (bucket, member, order_key, day, kept, spend, refunded, place, channel)
   ON CONFLICT (bucket, program, member, order_key) DO UPDATE SET day = excluded.day, kept = excluded.kept,
     spend = excluded.spend, refunded = excluded.refunded, place = excluded.place, channel = excluded.channel`,
)

export const deleteOrderTallies = sql(
  'delete-order-tallies',
  `DELETE FROM order_tally t USING unnest($2::int[], $3::text[], $4::text[]) AS k (bucket, member, order_key)
   WHERE t.bucket = k.bucket AND t.program = $1 AND t.member = k.member AND t.order_key = k.order_key`,
)

export const writeDayTallies = sql(
  'write-day-tallies',
  `INSERT INTO member_day_tally (program, bucket, member, day, orders, spend, refunded, doings)
   SELECT $1, u.* FROM unnest($2::int[], $3::text[], $4::int[], $5::int[], $6::bigint[], $7::bigint[], $8::int[])
     AS u (bucket, member, day, orders, spend, refunded, doings)
   ON CONFLICT (bucket, program, member, day) DO UPDATE SET orders = excluded.orders, spend = excluded.spend,
     refunded = excluded.refunded, doings = excluded.doings`,
)

/** Days on which, as it turns out, nothing happened. */
export const deleteEmptyDays = sql(
  'delete-empty-days',
  `DELETE FROM member_day_tally t USING unnest($2::int[], $3::text[], $4::int[]) AS k (bucket, member, day)
   WHERE t.bucket = k.bucket AND t.program = $1 AND t.member = k.member AND t.day = k.day`,
)

export const addMonthTallies = sql(
  'add-month-tallies',
  `INSERT INTO member_month_tally AS t (program, bucket, member, asset, month, gained, burned, lapsed, sent, received)
   SELECT $1, u.* FROM unnest($2::int[], $3::text[], $4::text[], $5::int[], $6::bigint[], $7::bigint[], $8::bigint[], $9::bigint[], $10::bigint[])
     AS u (bucket, member, asset, month, gained, burned, lapsed, sent, received)
   ON CONFLICT (bucket, program, member, asset, month) DO UPDATE SET gained = t.gained + excluded.gained,
     burned = t.burned + excluded.burned, lapsed = t.lapsed + excluded.lapsed, sent = t.sent + excluded.sent,
     received = t.received + excluded.received`,
)

/** What is added up of a member's orders and points is read where they stand, so that it can never differ from them. */
export const writeMemberTallies = sql(
  'write-member-tallies',
  `INSERT INTO member_tally AS t (program, bucket, member, seq, status, measured, marked, joined_on, last_seen_on, levels,
     first_order_on, last_order_on, orders, refunds, spend, refunded, place, channel, points)
   SELECT $1, u.bucket, u.member, u.seq, u.status, u.measured, u.marked, u.joined_on, u.last_seen_on, u.levels::jsonb,
     o.first_on, o.last_on, o.orders, o.refunds, o.spend, o.refunded, o.place, o.channel, p.points
   FROM unnest($2::int[], $3::text[], $4::int[], $5::text[], $6::bool[], $7::bool[], $8::int[], $9::int[], $10::text[])
     AS u (bucket, member, seq, status, measured, marked, joined_on, last_seen_on, levels)
   CROSS JOIN LATERAL (
     SELECT min(day) FILTER (WHERE kept) AS first_on, max(day) FILTER (WHERE kept) AS last_on,
       count(*) FILTER (WHERE kept) AS orders, count(*) FILTER (WHERE refunded > 0) AS refunds,
       coalesce(sum(spend), 0) AS spend, coalesce(sum(refunded), 0) AS refunded,
       mode() WITHIN GROUP (ORDER BY place) FILTER (WHERE kept) AS place,
       mode() WITHIN GROUP (ORDER BY channel) FILTER (WHERE kept) AS channel
     FROM order_tally WHERE bucket = u.bucket AND program = $1 AND member = u.member) o
   CROSS JOIN LATERAL (
     SELECT coalesce(jsonb_object_agg(asset, jsonb_build_object('gained', gained, 'burned', burned, 'lapsed', lapsed)), '{}') AS points
     FROM (SELECT asset, sum(gained) AS gained, sum(burned) AS burned, sum(lapsed) AS lapsed
           FROM member_month_tally WHERE bucket = u.bucket AND program = $1 AND member = u.member GROUP BY asset) m) p
   ON CONFLICT (bucket, program, member) DO UPDATE SET seq = excluded.seq, status = excluded.status,
     measured = excluded.measured, marked = excluded.marked, joined_on = excluded.joined_on, last_seen_on = excluded.last_seen_on,
     levels = excluded.levels, first_order_on = excluded.first_order_on, last_order_on = excluded.last_order_on,
     orders = excluded.orders, refunds = excluded.refunds, spend = excluded.spend, refunded = excluded.refunded,
     place = excluded.place, channel = excluded.channel, points = excluded.points`,
)

export const addProgramDays = sql(
  'add-program-days',
  `INSERT INTO program_day_tally AS t (program, day, orders, spend, refunded, active, buyers, joined)
   SELECT $1, u.* FROM unnest($2::int[], $3::bigint[], $4::bigint[], $5::bigint[], $6::bigint[], $7::bigint[], $8::bigint[])
     AS u (day, orders, spend, refunded, active, buyers, joined)
   ON CONFLICT (program, day) DO UPDATE SET orders = t.orders + excluded.orders, spend = t.spend + excluded.spend,
     refunded = t.refunded + excluded.refunded, active = t.active + excluded.active, buyers = t.buyers + excluded.buyers,
     joined = t.joined + excluded.joined`,
)

/** The first meeting stands. */
export const writeMeetings = sql(
  'write-meetings',
  `INSERT INTO experiment_tally (program, bucket, member, experiment, held_out, met_on)
   SELECT $1, u.* FROM unnest($2::int[], $3::text[], $4::text[], $5::bool[], $6::int[])
     AS u (bucket, member, experiment, held_out, met_on)
   ON CONFLICT DO NOTHING`,
)

export const deleteZeroDays = sql(
  'delete-zero-days',
  `DELETE FROM program_day_tally WHERE program = $1 AND day = ANY ($2::int[])
     AND orders = 0 AND spend = 0 AND refunded = 0 AND active = 0 AND joined = 0`,
)

const terms = [
  ...(['earned', 'clawed_back', 'returned', 'redeemed', 'expired', 'reinstated', 'forfeited', 'adjusted'] as const),
  ...(['imported', 'to_charities', 'to_partners', 'from_partners'] as const),
]

/** The values after the program: `by`, days, assets, and one array for each term, as in the table. */
export const addProgramAssets = sql(
  'add-program-assets',
  `INSERT INTO program_asset_tally AS t (program, by, day, asset, ${terms.join(', ')})
   SELECT $1, u.* FROM unnest($2::text[], $3::int[], $4::text[], ${terms.map((_, index) => `$${index + 5}::bigint[]`).join(', ')})
     AS u (by, day, asset, ${terms.join(', ')})
   ON CONFLICT (program, by, day, asset) DO UPDATE SET ${terms.map((term) => `${term} = t.${term} + excluded.${term}`).join(', ')}`,
)
