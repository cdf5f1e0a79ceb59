import type { Statement } from '../db/exchange.ts'

/**
 * Every statement of the write path. The recorder's connections plan them once, for good, with index scans and nested loops
 * only (`prepareSession`): a plan made while a table was empty would read all of it when it is full.
 */

const statement = (name: string, text: string): Statement => ({ name: `recorder-${name}`, text })

export const prepareSession = [
  statement('generic-plans', "SET plan_cache_mode = 'force_generic_plan'"),
  statement('no-table-scans', 'SET enable_seqscan = off'),
  statement('no-hash-joins', 'SET enable_hashjoin = off'),
  statement('no-merge-joins', 'SET enable_mergejoin = off'),
]

export const begin = statement('begin', 'BEGIN ISOLATION LEVEL READ COMMITTED')
export const commit = statement('commit', 'COMMIT')
export const rollback = statement('rollback', 'ROLLBACK')

// ---- reading: `n` is the place in the arrays, from 1 --------------------------------------------------------------------

/**
 * The number of this transaction, from which places in the feed are made, with the versions of each program and its clock; at least
 * one row.
 */
export const opening = statement(
  'opening',
  `SELECT pg_current_xact_id(), p.id, p.versions, p.clock FROM (SELECT 1) AS one LEFT JOIN program p ON p.id = ANY ($1::text[])`,
)

export const identitiesKnown = statement(
  'identities',
  `SELECT k.n, i.member, i.seq
   FROM unnest($1::int[], $2::uuid[]) WITH ORDINALITY AS k (bucket, key, n)
   JOIN identity i ON i.bucket = k.bucket AND i.key = k.key`,
)

export const memberStates = statement(
  'member-states',
  `SELECT k.n, m.seq, m.transfer_count, m.state, m.hash, m.due_at, m.recorded_at
   FROM unnest($1::int[], $2::text[], $3::text[]) WITH ORDINALITY AS k (bucket, program, id, n)
   JOIN member m ON m.bucket = k.bucket AND m.program = k.program AND m.id = k.id`,
)

/** In one order for everybody: who holds some members and waits for others is waited for by none that it waits for. */
export const holdMembers = statement(
  'hold-members',
  `SELECT m.seq
   FROM unnest($1::int[], $2::text[], $3::text[]) AS k (bucket, program, id)
   JOIN member m ON m.bucket = k.bucket AND m.program = k.program AND m.id = k.id
   ORDER BY m.bucket, m.program, m.id FOR UPDATE OF m`,
)

/** By identity: what was answered first, and to what. */
export const firstDecisions = statement(
  'first-decisions',
  `SELECT k.n, d.content, d.answer
   FROM unnest($1::int[], $2::text[], $3::text[], $4::int[]) WITH ORDINALITY AS k (bucket, program, member, seq, n)
   JOIN decision d ON d.bucket = k.bucket AND d.program = k.program AND d.member = k.member AND d.seq = k.seq`,
)

/** The decision that holds an order's record: the last one that changed it, else the first. */
export const orderDecisions = statement(
  'order-decisions',
  `SELECT k.n, d.content, d.effects
   FROM unnest($1::int[], $2::text[], $3::text[], $4::text[], $5::int[]) WITH ORDINALITY
        AS k (bucket, program, member, order_key, seq, n)
   LEFT JOIN order_record o
     ON o.bucket = k.bucket AND o.program = k.program AND o.member = k.member AND o.order_key = k.order_key
   JOIN decision d
     ON d.bucket = k.bucket AND d.program = k.program AND d.member = k.member AND d.seq = coalesce(o.seq, k.seq)`,
)

export const finishedHolds = statement(
  'finished-holds',
  `SELECT k.n, f.record
   FROM unnest($1::int[], $2::text[], $3::text[], $4::text[]) WITH ORDINALITY AS k (bucket, program, member, redemption, n)
   JOIN finished_hold f
     ON f.bucket = k.bucket AND f.program = k.program AND f.member = k.member AND f.redemption = k.redemption`,
)

export const closedVouchers = statement(
  'closed-vouchers',
  `SELECT k.n, v.record
   FROM unnest($1::int[], $2::text[], $3::text[], $4::text[]) WITH ORDINALITY AS k (bucket, program, member, id, n)
   JOIN voucher v ON v.bucket = k.bucket AND v.program = k.program AND v.member = k.member AND v.id = k.id
   WHERE v.status <> 'open'`,
)

/** Which redemptions another order of the member names. */
export const paidElsewhere = statement(
  'paid-elsewhere',
  `SELECT k.n
   FROM unnest($1::int[], $2::text[], $3::text[], $4::text[], $5::text[]) WITH ORDINALITY
        AS k (bucket, program, member, redemption, order_key, n)
   WHERE EXISTS (
     SELECT FROM order_payment p
     WHERE p.bucket = k.bucket AND p.program = k.program AND p.member = k.member AND p.redemption = k.redemption
       AND p.order_key <> k.order_key)`,
)

export const overdueFactsKnown = statement(
  'overdue-facts',
  `SELECT k.n, l.content_hash, l.outcome = 'dismissed'
   FROM unnest($1::int[], $2::text[], $3::text[], $4::text[], $5::text[]) WITH ORDINALITY
        AS k (bucket, program, member, source, id, n)
   JOIN overdue_fact l
     ON l.bucket = k.bucket AND l.program = k.program AND l.member = k.member AND l.source = k.source AND l.id = k.id`,
)

// ---- one member's whole history ------------------------------------------------------------------------------------------

export const memberHistory = statement(
  'member-history',
  `SELECT seq, content, occurred_at, local, place_local, version, pinned, effects
   FROM decision WHERE bucket = $1 AND program = $2 AND member = $3 ORDER BY seq`,
)

/** Up to a decision: what another server has committed since the history was read is in no history that it is held against. */
export const postedTotals = statement(
  'posted-totals',
  `SELECT cause, rule, asset, from_account, to_account, sum(amount), effective, max(version), max(revision)
   FROM transfer WHERE bucket = $1 AND program = $2 AND member = $3 AND seq <= $4
   GROUP BY cause, rule, asset, from_account, to_account, effective`,
)

export const queueOfMember = statement(
  'queue-of-member',
  'SELECT source, id, amount, reason, outcome FROM unmatched_refund WHERE bucket = $1 AND program = $2 AND member = $3',
)

// ---- writing -------------------------------------------------------------------------------------------------------------

export const copyIdentities = statement('copy-identities', 'COPY identity (bucket, key, member, seq) FROM STDIN BINARY')

/** Changes a row only where nobody else has decided for the member meanwhile. */
export const updateMembers = statement(
  'update-members',
  `UPDATE member m
   SET seq = u.next, transfer_count = u.transfer_count, state = u.state, hash = u.hash, due_at = u.due_at, recorded_at = u.recorded_at
   FROM unnest($1::int[], $2::text[], $3::text[], $4::int[], $5::int[], $6::int[], $7::text[], $8::bytea[],
               $9::timestamptz[], $10::timestamptz[])
        AS u (bucket, program, id, seq, next, transfer_count, state, hash, due_at, recorded_at)
   WHERE m.bucket = u.bucket AND m.program = u.program AND m.id = u.id AND m.seq = u.seq`,
)

export const copyMembers = statement(
  'copy-members',
  `COPY member (bucket, program, id, seq, transfer_count, state, hash, due_at, joined_on, created_at, recorded_at)
   FROM STDIN BINARY`,
)

/** A late fact, or a second joining, has moved the day. */
export const moveJoining = statement(
  'move-joining',
  `UPDATE member m SET joined_on = u.joined_on
   FROM unnest($1::int[], $2::text[], $3::text[], $4::int[]) AS u (bucket, program, id, joined_on)
   WHERE m.bucket = u.bucket AND m.program = u.program AND m.id = u.id`,
)

/** Who was merged goes on as another, or was not merged after all (MRG-1). */
export const goOnAs = statement(
  'go-on-as',
  `UPDATE member m SET goes_on_as = u.goes_on_as
   FROM unnest($1::int[], $2::text[], $3::text[], $4::text[]) AS u (bucket, program, id, goes_on_as)
   WHERE m.bucket = u.bucket AND m.program = u.program AND m.id = u.id`,
)

export const copyDecisions = statement(
  'copy-decisions',
  `COPY decision (bucket, program, member, seq, position, recorded_at, engine, content, content_hash, occurred_at, local,
                  place_local, version, pinned, effects, because, answer, hash)
   FROM STDIN BINARY`,
)

export const copyTransfers = statement(
  'copy-transfers',
  `COPY transfer (bucket, program, member, number, seq, effect, asset, from_account, to_account, amount, cause, rule,
                  version, revision, because, effective, recorded_at, pending_after, active_after, held_after, debt_after)
   FROM STDIN BINARY`,
)

export const copyBalances = statement(
  'copy-balances',
  'COPY balance (bucket, program, member, asset, pending, active, held, debt) FROM STDIN BINARY',
)

/** By relative amounts (LED-3): the constraints judge what stands in the table, not what somebody believed to stand there. */
export const updateBalances = statement(
  'update-balances',
  `UPDATE balance b
   SET pending = b.pending + u.pending, active = b.active + u.active, held = b.held + u.held, debt = b.debt + u.debt
   FROM unnest($1::int[], $2::text[], $3::text[], $4::text[], $5::bigint[], $6::bigint[], $7::bigint[], $8::bigint[])
        AS u (bucket, program, member, asset, pending, active, held, debt)
   WHERE b.bucket = u.bucket AND b.program = u.program AND b.member = u.member AND b.asset = u.asset`,
)

export const pointOrders = statement(
  'point-orders',
  `INSERT INTO order_record (bucket, program, member, order_key, seq)
   SELECT * FROM unnest($1::int[], $2::text[], $3::text[], $4::text[], $5::int[])
   ON CONFLICT (bucket, program, member, order_key) DO UPDATE SET seq = excluded.seq`,
)

export const notePayments = statement(
  'note-payments',
  `INSERT INTO order_payment (bucket, program, member, redemption, order_key)
   SELECT * FROM unnest($1::int[], $2::text[], $3::text[], $4::text[], $5::text[])
   ON CONFLICT DO NOTHING`,
)

export const keepFinishedHolds = statement(
  'keep-finished-holds',
  `INSERT INTO finished_hold (bucket, program, member, redemption, record)
   SELECT * FROM unnest($1::int[], $2::text[], $3::text[], $4::text[], $5::text[])
   ON CONFLICT (bucket, program, member, redemption) DO UPDATE SET record = excluded.record`,
)

/** A voucher that a refund had taken back is issued again under its own id; any other one that is there is somebody else's. */
export const issueVouchers = statement(
  'issue-vouchers',
  `INSERT INTO voucher (bucket, program, member, id, reward, status, record, issued_at)
   SELECT * FROM unnest($1::int[], $2::text[], $3::text[], $4::text[], $5::text[], $6::text[], $7::text[], $8::timestamptz[])
   ON CONFLICT (bucket, program, member, id) DO UPDATE SET status = excluded.status, record = excluded.record
   WHERE voucher.status = 'revoked'`,
)

/** What another has brought along has the code that was revealed to that one (MRG-1). */
export const bringCodes = statement(
  'bring-codes',
  `UPDATE voucher v SET code = o.code, last_four = o.last_four
   FROM unnest($1::int[], $2::text[], $3::text[], $4::text[], $5::int[], $6::text[], $7::text[])
        AS u (bucket, program, member, id, from_bucket, from_member, from_id)
   JOIN voucher o ON o.bucket = u.from_bucket AND o.program = u.program AND o.member = u.from_member AND o.id = u.from_id
   WHERE v.bucket = u.bucket AND v.program = u.program AND v.member = u.member AND v.id = u.id AND o.code IS NOT NULL`,
)

/** As each stands; for lists of referrals alone, since the member's state says it too. */
export const noteReferrals = statement(
  'note-referrals',
  `INSERT INTO referral (bucket, program, member, advocate, status, signals, changed_at)
   SELECT * FROM unnest($1::int[], $2::text[], $3::text[], $4::text[], $5::text[], $6::text[], $7::timestamptz[])
   ON CONFLICT (bucket, program, member) DO UPDATE
   SET advocate = excluded.advocate, status = excluded.status, signals = excluded.signals, changed_at = excluded.changed_at`,
)

/** Single use (RED-5): only the voucher that still is what the decision saw changes. */
export const changeVouchers = statement(
  'change-vouchers',
  `UPDATE voucher v SET status = k.status, record = k.record
   FROM unnest($1::int[], $2::text[], $3::text[], $4::text[], $5::text[], $6::text[], $7::text[])
        AS k (bucket, program, member, id, seen, status, record)
   WHERE v.bucket = k.bucket AND v.program = k.program AND v.member = k.member AND v.id = k.id AND v.status = k.seen`,
)

/** Codes that somebody may have seen go with the vouchers that go back: the room of their reward is so much smaller (RED-5). */
export const retireCodes = statement(
  'retire-codes',
  `UPDATE room r SET added = r.added - g.codes
   FROM (SELECT u.room_bucket, u.program, u.room, count(*) AS codes
         FROM unnest($1::int[], $2::text[], $3::text[], $4::text[], $5::int[], $6::text[])
              AS u (bucket, program, member, id, room_bucket, room)
         JOIN voucher v ON v.bucket = u.bucket AND v.program = u.program AND v.member = u.member AND v.id = u.id
         WHERE v.code IS NOT NULL
         GROUP BY u.room_bucket, u.program, u.room) g
   WHERE r.bucket = g.room_bucket AND r.program = g.program AND r.room = g.room`,
)

/**
 * A refund that is queued again keeps its place. What a person answered stays answered; what an order took is open again, for
 * the order no longer takes all of it.
 */
export const queueRefunds = statement(
  'queue-refunds',
  `INSERT INTO unmatched_refund (bucket, program, member, source, id, order_id, amount, currency, reason, line, seq,
                                 recorded_at)
   SELECT * FROM unnest($1::int[], $2::text[], $3::text[], $4::text[], $5::text[], $6::text[], $7::bigint[], $8::text[],
                        $9::text[], $10::text[], $11::int[], $12::timestamptz[])
   ON CONFLICT (bucket, program, member, source, id)
   DO UPDATE SET amount = excluded.amount, currency = excluded.currency, reason = excluded.reason, line = excluded.line,
                 seq = excluded.seq, outcome = NULL, answered_at = NULL, answered_by = NULL
   WHERE unmatched_refund.outcome IS NULL OR unmatched_refund.outcome = 'matched'`,
)

export const answerQueue = statement(
  'answer-queue',
  `UPDATE unmatched_refund r SET outcome = u.outcome, answered_at = u.answered_at, answered_by = u.answered_by
   FROM unnest($1::int[], $2::text[], $3::text[], $4::text[], $5::text[], $6::text[], $7::timestamptz[], $8::text[])
        AS u (bucket, program, member, source, id, outcome, answered_at, answered_by)
   WHERE r.bucket = u.bucket AND r.program = u.program AND r.member = u.member AND r.source = u.source AND r.id = u.id
     AND r.outcome IS NULL`,
)

// ---- rooms that members share (EARN-5) -------------------------------------------------------------------------------------

export const openRooms = statement(
  'open-rooms',
  `INSERT INTO room (bucket, program, room, used)
   SELECT u.bucket, u.program, u.room, 0 FROM unnest($1::int[], $2::text[], $3::text[]) AS u (bucket, program, room)
   ON CONFLICT (bucket, program, room) DO NOTHING`,
)

/** As much as there is of what is wanted, never more than the whole: the rows stay locked until the batch commits. */
export const claimRooms = statement(
  'claim-rooms',
  `UPDATE room r SET used = r.used + g.granted
   FROM (SELECT l.bucket, l.program, l.room, least(u.want, greatest(0, u.whole + l.added - l.used)) AS granted
         FROM room l
         JOIN unnest($1::int[], $2::text[], $3::text[], $4::bigint[], $5::bigint[])
              AS u (bucket, program, room, whole, want)
           ON l.bucket = u.bucket AND l.program = u.program AND l.room = u.room
         ORDER BY l.bucket, l.program, l.room
         FOR UPDATE OF l) g
   WHERE r.bucket = g.bucket AND r.program = g.program AND r.room = g.room
   RETURNING r.program, r.room, g.granted`,
)

export const changeRooms = statement(
  'change-rooms',
  `UPDATE room r SET used = r.used + u.change
   FROM unnest($1::int[], $2::text[], $3::text[], $4::bigint[]) AS u (bucket, program, room, change)
   WHERE r.bucket = u.bucket AND r.program = u.program AND r.room = u.room`,
)

/** What goes to another member waits for its delivery in the sender's bucket (GIFT-1). */
export const send = statement(
  'send',
  `INSERT INTO outbox (bucket, program, member, id, receiver, event, recorded_at, due_at, tries)
   SELECT u.bucket, u.program, u.member, u.id, u.receiver, u.event, u.at, u.due, 0
   FROM unnest($1::int[], $2::text[], $3::text[], $4::text[], $5::text[], $6::text[], $7::timestamptz[], $8::timestamptz[])
        AS u (bucket, program, member, id, receiver, event, at, due)`,
)

export const keepOverdueFacts = statement(
  'keep-overdue-facts',
  `INSERT INTO overdue_fact (bucket, program, member, source, id, content, content_hash, occurred_at, recorded_at)
   SELECT * FROM unnest($1::int[], $2::text[], $3::text[], $4::text[], $5::text[], $6::text[], $7::bytea[],
                        $8::timestamptz[], $9::timestamptz[])
   ON CONFLICT (bucket, program, member, source, id) DO NOTHING`,
)
