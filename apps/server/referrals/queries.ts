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

export const clicksOfMember = sql<{ clicks: number }>(
  'referral-clicks-of-member',
  'SELECT coalesce(sum(clicks), 0)::bigint AS clicks FROM referral_code WHERE program = $1 AND member = $2',
)

export interface ClaimRow {
  readonly advocate: string
  readonly friend: string
  readonly signals: string
  readonly recent: number
}

/** The first time stands. */
export const keepClaim = sql(
  'keep-referral-claim',
  `INSERT INTO referral_claim (bucket, program, advocate, friend, claimed_at, signals, recent)
   SELECT $1, $2, $3, $4, $5, $6, 1 + count(*) FROM referral_claim
   WHERE bucket = $1 AND program = $2 AND advocate = $3 AND friend <> $4 AND claimed_at > $7
   ON CONFLICT (bucket, program, advocate, friend) DO NOTHING`,
)

export const claimOf = sql<ClaimRow>(
  'referral-claim',
  `SELECT advocate, friend, signals, recent FROM referral_claim
   WHERE bucket = $1 AND program = $2 AND advocate = $3 AND friend = $4`,
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
