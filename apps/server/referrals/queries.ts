import { sql } from '../db/transaction.ts'

/** Whose code it is; made where it is nobody's yet. */
export const keepReferralCode = sql(
  'keep-referral-code',
  `INSERT INTO referral_code (bucket, program, code, member, made_at) VALUES ($1, $2, $3, $4, $5)
   ON CONFLICT (bucket, program, code) DO NOTHING`,
)

export const referralCodeRow = sql<{ member: string }>(
  'referral-code',
  'SELECT member FROM referral_code WHERE bucket = $1 AND program = $2 AND code = $3',
)

export const countClick = sql<{ clicks: number }>(
  'count-referral-click',
  `UPDATE referral_code SET clicks = clicks + 1 WHERE bucket = $1 AND program = $2 AND code = $3 RETURNING clicks`,
)

/** Under every name that the member has had. */
export const clicksOfMember = sql<{ clicks: number }>(
  'referral-clicks-of-member',
  'SELECT coalesce(sum(clicks), 0)::bigint AS clicks FROM referral_code WHERE program = $1 AND member = ANY ($2)',
)

export interface ClaimRow {
  readonly advocate: string
  readonly friend: string
  readonly signals: string
  readonly recent: number
}

/** How many others an advocate has sent since, under every name of theirs: whoever was merged since is one (MRG-1). */
export const friendsSince = sql<{ friends: number }>(
  'friends-since',
  `WITH RECURSIVE sent AS (
     SELECT friend AS id FROM unnest($2::int[], $3::text[]) AS k (bucket, advocate) JOIN referral_claim c USING (bucket, advocate)
     WHERE c.program = $1 AND claimed_at > $4
     UNION SELECT m.goes_on_as FROM sent
       JOIN member m ON m.program = $1 AND m.id = sent.id AND m.goes_on_as IS NOT NULL)
   SELECT count(*)::int AS friends FROM sent
   WHERE id <> ALL ($5) AND NOT EXISTS (
     SELECT FROM member m WHERE m.program = $1 AND m.id = sent.id AND m.goes_on_as IS NOT NULL)`,
)

/** The first time stands. */
export const keepClaim = sql(
  'keep-referral-claim',
  `INSERT INTO referral_claim (bucket, program, advocate, friend, claimed_at, signals, recent)
   VALUES ($1, $2, $3, $4, $5, $6, $7) ON CONFLICT (bucket, program, advocate, friend) DO NOTHING`,
)

/** The first between these two, whatever they were called then. */
export const claimOf = sql<ClaimRow>(
  'referral-claim',
  `SELECT c.advocate, friend, signals, recent
   FROM unnest($2::int[], $3::text[]) AS k (bucket, advocate) JOIN referral_claim c USING (bucket, advocate)
   WHERE c.program = $1 AND friend = ANY ($4) ORDER BY claimed_at, friend LIMIT 1`,
)

/** By whom any of these friends were sent, as it stands: a merge has brought it along (MRG-1). */
export const referralsAmong = sql<Pick<ClaimRow, 'advocate' | 'friend'>>(
  'referrals-among',
  `SELECT advocate, member AS friend FROM unnest($2::int[], $3::text[]) AS k (bucket, member)
   JOIN referral USING (bucket, member) WHERE program = $1`,
)

export const keepFingerprints = sql(
  'keep-fingerprints',
  `INSERT INTO fingerprint (bucket, program, kind, hash, member, told_at)
   SELECT bucket, $1, kind, hash, $2, $3 FROM unnest($4::int[], $5::text[], $6::text[]) AS k (bucket, kind, hash)
   ORDER BY bucket, kind, hash
   ON CONFLICT (bucket, program, kind, hash, member) DO NOTHING`,
)

/** Others with one of these, the latest first. */
export const othersWith = sql<{ kind: string; member: string }>(
  'others-with-fingerprints',
  `SELECT k.kind, f.member FROM unnest($3::int[], $4::text[], $5::text[]) AS k (bucket, kind, hash)
   CROSS JOIN LATERAL (
     SELECT member FROM fingerprint f
     WHERE f.bucket = k.bucket AND f.program = $1 AND f.kind = k.kind AND f.hash = k.hash AND f.member <> $2
     ORDER BY told_at DESC LIMIT $6) f`,
)

export interface ReferralRow {
  readonly member: string
  readonly advocate: string
  readonly status: string
  readonly signals: string
  readonly changed_at: string
}

export const referralsByStatus = sql<ReferralRow>(
  'referrals-by-status',
  `SELECT member, advocate, status, signals, changed_at FROM referral
   WHERE program = $1 AND status = $2
     AND NOT EXISTS (SELECT FROM member m WHERE m.bucket = referral.bucket AND m.program = referral.program
       AND m.id = referral.member AND m.goes_on_as IS NOT NULL)
     AND ($3::timestamptz IS NULL OR (changed_at, member) > ($3, $4))
   ORDER BY changed_at, member LIMIT $5`,
)
