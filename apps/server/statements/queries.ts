import { sql } from '../db/transaction.ts'

export interface TransferRow {
  readonly member: string
  readonly number: number
  readonly seq: number
  readonly asset: string
  readonly from_account: string
  readonly to_account: string
  readonly amount: number
  readonly cause: string
  readonly rule: string
  readonly version: number
  readonly revision: number
  readonly because: string | null
  /** Wall clock as epoch-like milliseconds. */
  readonly effective_ms: number
  readonly recorded_at: string
  readonly pending_after: number
  readonly active_after: number
  readonly held_after: number
  readonly debt_after: number
}

const columns = `member, number, seq, asset, from_account, to_account, amount, cause, rule, version, revision, because,
  (extract(epoch FROM effective) * 1000)::bigint AS effective_ms, recorded_at, pending_after, active_after, held_after, debt_after`

export const transfersBefore = sql<TransferRow>(
  'transfers-before',
  `SELECT ${columns} FROM transfer
   WHERE bucket = $1 AND program = $2 AND member = $3 AND ($4::integer IS NULL OR number < $4)
   ORDER BY number DESC LIMIT $5`,
)

export const transfersOfMember = sql<TransferRow>(
  'transfers-of-member',
  `SELECT ${columns} FROM transfer WHERE bucket = $1 AND program = $2 AND member = $3 ORDER BY number`,
)

export interface ReadingRow {
  /** `source/id` of the event. */
  readonly cause: string
  readonly at_ms: number
  readonly local_ms: number
  readonly pinned: string | null
}

/** Decisions of events at the wall clock readings given, and those that pinned the end of something that is held. */
export const decisionsRead = sql<ReadingRow>(
  'decisions-read',
  `SELECT (content::json ->> 'source') || '/' || (content::json ->> 'id') AS cause,
     (extract(epoch FROM occurred_at) * 1000)::bigint AS at_ms, (extract(epoch FROM local) * 1000)::bigint AS local_ms, pinned
   FROM decision WHERE bucket = $1 AND program = $2 AND member = $3 AND content IS NOT NULL
     AND ((extract(epoch FROM local) * 1000)::bigint = ANY ($4::bigint[]) OR pinned LIKE '%"until"%')
   ORDER BY seq`,
)

// ---- the whole books -----------------------------------------------------------------------------------------------------

export const bucketsOfProgram = sql<{ bucket: number }>(
  'buckets-of-program',
  'SELECT DISTINCT bucket FROM member WHERE program = $1 ORDER BY bucket',
)

export const membersOfBucket = sql<{ id: string }>(
  'members-of-bucket',
  'SELECT id FROM member WHERE bucket = $1 AND program = $2',
)

export interface MemberOfBooks {
  readonly id: string
  readonly seq: number
  readonly transfer_count: number
  readonly state: string
  readonly hash: Buffer
}

export const membersOfBooks = sql<MemberOfBooks>(
  'members-of-books',
  'SELECT id, seq, transfer_count, state, hash FROM member WHERE bucket = $1 AND program = $2 AND id = ANY ($3::text[])',
)

export interface DecisionRow {
  readonly member: string
  readonly seq: number
  readonly recorded_at: string
  readonly engine: number
  readonly content: string | null
  readonly content_hash: Buffer | null
  readonly effects: string
  readonly because: string | null
  readonly hash: Buffer
}

export const decisionsOfMembers = sql<DecisionRow>(
  'decisions-of-members',
  `SELECT member, seq, recorded_at, engine, content, content_hash, effects, because, hash FROM decision
   WHERE bucket = $1 AND program = $2 AND member = ANY ($3::text[]) ORDER BY member, seq`,
)

export const transfersOfMembers = sql<TransferRow>(
  'transfers-of-members',
  `SELECT ${columns} FROM transfer
   WHERE bucket = $1 AND program = $2 AND member = ANY ($3::text[]) ORDER BY member, number`,
)

export interface BalanceRow {
  readonly member: string
  readonly asset: string
  readonly pending: number
  readonly active: number
  readonly held: number
  readonly debt: number
}

export const balancesOfMembers = sql<BalanceRow>(
  'balances-of-members',
  `SELECT member, asset, pending, active, held, debt FROM balance
   WHERE bucket = $1 AND program = $2 AND member = ANY ($3::text[]) ORDER BY member, asset`,
)

export interface RootRow {
  readonly day: string
  readonly root: Buffer
  readonly members: number
  readonly closed_at: string
}

export const rootsBefore = sql<RootRow>(
  'roots-before',
  `SELECT day, root, members, closed_at FROM program_root
   WHERE program = $1 AND ($2::date IS NULL OR day < $2) ORDER BY day DESC LIMIT $3`,
)

export const bucketRootsOf = sql<{ bucket: number; root: Buffer }>(
  'bucket-roots-of',
  'SELECT bucket, root FROM bucket_root WHERE program = $1 AND day = $2 ORDER BY bucket',
)

// ---- states folded anew --------------------------------------------------------------------------------------------------

/** Also of whom only decisions are left. */
export const bucketsWithPast = sql<{ bucket: number }>(
  'buckets-with-past',
  'SELECT bucket FROM member WHERE program = $1 UNION SELECT bucket FROM decision WHERE program = $1 ORDER BY bucket',
)

export const idsOfBucket = sql<{ id: string }>(
  'ids-of-bucket',
  `SELECT id FROM member WHERE bucket = $1 AND program = $2
   UNION SELECT member FROM decision WHERE bucket = $1 AND program = $2`,
)

export interface StateRow extends MemberOfBooks {
  readonly due_at: string | null
  readonly joined_on: number | null
  readonly goes_on_as: string | null
}

/** Locked, so that nobody decides meanwhile: whoever decides for a member writes this row. */
export const statesToFold = sql<StateRow>(
  'states-to-fold',
  `SELECT id, seq, transfer_count, state, hash, due_at, joined_on, goes_on_as FROM member
   WHERE bucket = $1 AND program = $2 AND id = ANY ($3::text[]) ORDER BY id FOR UPDATE`,
)

export const writeState = sql(
  'write-state',
  `INSERT INTO member (bucket, program, id, seq, transfer_count, state, hash, due_at, joined_on, goes_on_as, created_at,
                       recorded_at)
   VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)
   ON CONFLICT (bucket, program, id) DO UPDATE SET seq = excluded.seq, transfer_count = excluded.transfer_count,
     state = excluded.state, hash = excluded.hash, due_at = excluded.due_at, joined_on = excluded.joined_on,
     goes_on_as = excluded.goes_on_as`,
)

export const writeBalance = sql(
  'write-balance',
  `INSERT INTO balance (bucket, program, member, asset, pending, active, held, debt) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
   ON CONFLICT (bucket, program, member, asset) DO UPDATE SET pending = excluded.pending, active = excluded.active,
     held = excluded.held, debt = excluded.debt`,
)

// ---- the feed ------------------------------------------------------------------------------------------------------------

export interface FeedRow {
  readonly position: number
  /** Null: a root. */
  readonly member: string | null
  readonly seq: number | null
  /** Of a root: when its day was closed. */
  readonly recorded_at: string
  readonly occurred_at: string | null
  readonly content: string | null
  readonly effects: string | null
  /** Of a root: the root. */
  readonly hash: Buffer
  readonly day: string | null
  readonly members: number | null
}

/**
 * Transactions that are open and known to be of another database; what has no user, as autovacuum, writes no decision. To be asked
 * for before `feedAfter`: of what ends between its snapshot and a look at the locks nobody could say any more whose it was.
 */
export const openElsewhere = sql<{ readonly ids: readonly string[] }>(
  'open-elsewhere',
  `SELECT coalesce(array_agg(l.transactionid::text), '{}') AS ids
   FROM pg_locks l JOIN pg_stat_activity a ON a.pid = l.pid
   WHERE l.locktype = 'transactionid' AND l.mode = 'ExclusiveLock'
     AND (a.datname <> current_database() OR a.usesysid IS NULL)`,
)

/**
 * Decisions, and the roots of days between them. What every transaction that may still be open has not yet overtaken: its
 * places begin at its number times `$3`, so nothing below the oldest open one can still appear. Numbers belong to the whole
 * server: those of `$5` are known to be of another database and not waited for. What began since then counts as ours; its number
 * is above that of all that was committed by then.
 */
export const feedAfter = sql<FeedRow>(
  'feed-after',
  `WITH bound AS (
     SELECT coalesce(min(open.id), pg_snapshot_xmax(pg_current_snapshot()))::text::bigint * $3 AS open
     FROM pg_snapshot_xip(pg_current_snapshot()) AS open (id)
     WHERE open.id::xid::text <> ALL ($5::text[])
   )
   (SELECT position, member, seq, recorded_at, occurred_at, content, effects, hash, NULL::date AS day, NULL::bigint AS members
    FROM decision WHERE program = $1 AND position > $2 AND position < (SELECT open FROM bound)
    ORDER BY position LIMIT $4)
   UNION ALL
   (SELECT position, NULL, NULL, closed_at, NULL, NULL, NULL, root, day, members
    FROM program_root WHERE program = $1 AND position > $2 AND position < (SELECT open FROM bound)
    ORDER BY position LIMIT $4)
   ORDER BY position LIMIT $4`,
)

// ---- roots that leave the house ------------------------------------------------------------------------------------------

export interface RootToPublish extends RootRow {
  readonly program: string
}

export const rootsOfAll = sql<RootToPublish>(
  'roots-of-all',
  'SELECT program, day, root, members, closed_at FROM program_root ORDER BY day, program',
)
