import { type Brand, brandColoursOf, Problem, type ShopSettings } from '@laurel/contract'
import type { Program } from '@laurel/engine'
import { rowOf } from '../db/transaction.ts'
import type { ProgramContext } from '../programs/timeline.ts'
import { type BrandRow, brandOfProgram } from './queries.ts'

/** Laurel's own green, until the shop says which colour is its own. */
export const firstColour = '#1b6b49'

/** Of the shop and its program, for staff. */
export async function readSettings(context: ProgramContext, program: string): Promise<ShopSettings> {
  const latest = await latestOf(context, program)
  if (latest === null) throw new Problem('no-program')
  const row = await rowOf(context.database.application, brandOfProgram(program))
  const { code, exponent } = latest.currency
  return {
    ...brandOf(program, latest, row),
    ...{ currency: { code, exponent }, zone: latest.zone },
    ...{ changedAt: row?.changed_at ?? null, changedBy: row?.changed_by ?? null },
  }
}

/** What anybody may see who comes to the shop's pages. */
export async function readBrand(context: ProgramContext, program: string): Promise<Brand> {
  const latest = await latestOf(context, program)
  if (latest === null || context.isSandbox(program)) throw new Problem('unknown-route')
  return brandOf(program, latest, await rowOf(context.database.application, brandOfProgram(program)))
}

/** Null: nothing is published under this id. */
export const latestOf = async (context: ProgramContext, program: string): Promise<Program | null> =>
  (await context.timelines.of(program))?.latest ?? null

/** As the program is called: in English, or in the first language that it has. */
export const nameOf = ({ id, name }: Program): string => name['en'] ?? Object.values(name)[0] ?? id

const brandOf = (program: string, latest: Program, row: BrandRow | undefined): Brand => ({
  program,
  shop: row?.shop ?? nameOf(latest),
  colours: brandColoursOf(row?.colour ?? firstColour),
  logo: row?.logo_hash == null ? null : `/v1/brands/${program}/logo?${row.logo_hash.slice(0, 16)}`,
})
