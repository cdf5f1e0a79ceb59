import { sql } from '../db/transaction.ts'

/** Periods count back from the last day, 0 being the one that ends with it; `$3` days each, after the day `$4`. */
const ago = '(($2::int - d.day) / $3::int)'
const within = 'd.program = $1 AND d.day > $4 AND d.day <= $2'

export const activeByPeriod = sql<{ period: number; members: number }>(
  'active-by-period',
  `SELECT ${ago} AS period, count(DISTINCT (d.bucket, d.member)) AS members
   FROM member_day_tally d JOIN member_tally t USING (bucket, program, member)
   WHERE ${within} AND t.measured AND (d.orders > 0 OR d.doings > 0) GROUP BY 1`,
)

/** Who bought in a period, and in the next one, too. */
export const bought = sql<{ period: number; members: number; again: number }>(
  'bought-by-period',
  `WITH p AS (SELECT DISTINCT d.bucket, d.member, ${ago} AS period
     FROM member_day_tally d JOIN member_tally t USING (bucket, program, member) WHERE ${within} AND t.measured AND d.orders > 0)
   SELECT a.period, count(*) AS members, count(b.member) AS again
   FROM p a LEFT JOIN p b ON b.bucket = a.bucket AND b.member = a.member AND b.period = a.period - 1
   GROUP BY a.period`,
)

export const programByPeriod = sql<{ period: number; orders: string; spend: string; joined: string }>(
  'program-by-period',
  `SELECT ${ago} AS period, sum(d.orders)::text AS orders, sum(d.spend)::text AS spend, sum(d.joined)::text AS joined
   FROM program_day_tally d WHERE ${within} GROUP BY 1`,
)

export interface PointsRow {
  readonly period: number
  readonly asset: string
  readonly gained: string
  readonly burned: string
  readonly lapsed: string
}

const gained = 'd.earned + d.imported + d.adjusted + d.from_partners - d.clawed_back'
const lapsed = 'd.expired + d.forfeited - d.reinstated'
const burned = 'd.redeemed + d.to_charities + d.to_partners - d.returned'

export const pointsByPeriod = sql<PointsRow>(
  'points-by-period',
  `SELECT ${ago} AS period, d.asset, sum(${gained})::text AS gained, sum(${burned})::text AS burned,
     sum(${lapsed})::text AS lapsed
   FROM program_asset_tally d WHERE ${within} AND d.by = 'effective' GROUP BY 1, 2`,
)

/** What members have, wait for and hold by the end of a day, less what some of them owe. */
export const netUpTo = sql<{ asset: string; net: string }>(
  'net-up-to',
  `SELECT d.asset, sum((${gained}) - (${burned}) - (${lapsed}))::text AS net FROM program_asset_tally d
   WHERE d.program = $1 AND d.by = 'effective' AND d.day <= $2 GROUP BY d.asset`,
)

/** What was spent, by months since January of the year 0. */
export const spendByMonth = sql<{ month: number; spend: string }>(
  'spend-by-month',
  `SELECT (extract(year FROM on_day) * 12 + extract(month FROM on_day) - 1)::int AS month, sum(spend)::text AS spend
   FROM (SELECT date '1970-01-01' + day AS on_day, spend FROM program_day_tally WHERE program = $1 AND day <= $2) d GROUP BY 1`,
)

const terms = [
  ...(['earned', 'clawed_back', 'returned', 'redeemed', 'expired', 'reinstated', 'forfeited', 'adjusted'] as const),
  ...(['imported', 'to_charities', 'to_partners', 'from_partners'] as const),
] as const

export type MovementOfMonth = Readonly<Record<(typeof terms)[number], string>> & {
  readonly month: number
  readonly asset: string
}

/** The terms of FIN-1 by the month in which they were written down. */
export const movementByMonth = sql<MovementOfMonth>(
  'movement-by-month',
  `SELECT (extract(year FROM on_day) * 12 + extract(month FROM on_day) - 1)::int AS month, asset,
     ${terms.map((term) => `sum(${term})::text AS ${term}`).join(', ')}
   FROM (SELECT date '1970-01-01' + day AS on_day, * FROM program_asset_tally WHERE program = $1 AND by = 'recorded' AND day <= $2) d
   GROUP BY 1, 2 ORDER BY asset, month`,
)

/** Points that were burned from a day on, by asset. */
export const burnedSince = sql<{ asset: string; burned: string }>(
  'burned-since',
  `SELECT d.asset, sum(${burned})::text AS burned FROM program_asset_tally d
   WHERE d.program = $1 AND d.by = 'effective' AND d.day BETWEEN $2 AND $3 GROUP BY d.asset`,
)

// ---- what was closed -----------------------------------------------------------------------------------------------------

export const closesOf = sql<{ asset: string; month: number; deferrals: string; journals: string }>(
  'closes-of',
  'SELECT asset, month, deferrals, journals FROM liability_close WHERE program = $1 AND asset = $2 ORDER BY month',
)

/** A month is closed once: whoever comes second leaves it. */
export const insertClose = sql(
  'insert-close',
  `INSERT INTO liability_close (program, asset, month, made_at, deferrals, journals) VALUES ($1, $2, $3, $4, $5, $6)
   ON CONFLICT DO NOTHING`,
)

export const estimatesOf = sql<{ cohort: number; as_of: number; estimate: string }>(
  'estimates-of',
  'SELECT cohort, as_of, estimate FROM breakage_estimate WHERE program = $1 AND asset = $2 ORDER BY as_of, cohort',
)

export const insertEstimate = sql(
  'insert-estimate',
  'INSERT INTO breakage_estimate (program, asset, cohort, as_of, estimate) VALUES ($1, $2, $3, $4, $5) ON CONFLICT DO NOTHING',
)
