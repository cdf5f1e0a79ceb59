import { sql } from '../db/transaction.ts'

export interface BrandRow {
  readonly shop: string
  readonly colour: string
  readonly logo_type: string | null
  readonly logo_hash: string | null
  readonly changed_at: string
  readonly changed_by: string
}

/** A sandbox looks as its program does, until somebody makes it look otherwise. */
const ofProgram = `FROM program_brand b JOIN program p ON p.id = $1 AND b.program IN (p.id, p.sandbox_of)
  ORDER BY b.program = $1 DESC LIMIT 1`

export const brandOfProgram = sql<BrandRow>(
  'brand-of-program',
  `SELECT shop, colour, logo_type, logo_hash, changed_at, changed_by ${ofProgram}`,
)

export interface LogoRow {
  readonly logo: Buffer | null
  readonly logo_type: string | null
  readonly logo_hash: string | null
}

export const logoOfProgram = sql<LogoRow>('logo-of-program', `SELECT logo, logo_type, logo_hash ${ofProgram}`)

export const writeBrand = sql(
  'write-brand',
  `INSERT INTO program_brand (program, shop, colour, logo, logo_type, logo_hash, changed_at, changed_by)
   VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
   ON CONFLICT (program) DO UPDATE SET shop = excluded.shop, colour = excluded.colour, logo = excluded.logo,
     logo_type = excluded.logo_type, logo_hash = excluded.logo_hash, changed_at = excluded.changed_at,
     changed_by = excluded.changed_by`,
)
