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

/** How the portal stands among the apps of a phone (W3C Web Application Manifest): under the shop's name, sign and colour. */
export function manifestOf({ program, shop, colours, logo }: Brand) {
  const at = `/portal/${program}`
  const own = ['192', '512'].map((size) => ({
    ...{ src: `/portal/icon-${size}.png`, type: 'image/png', sizes: `${size}x${size}`, purpose: 'any maskable' },
  }))
  return {
    id: at,
    name: shop,
    // What is longer is cut off below the sign.
    short_name: shop.length > 12 ? (shop.split(/\s+/)[0] ?? shop) : shop,
    start_url: at,
    scope: '/portal/',
    display: 'standalone',
    background_color: '#f6f7f4',
    theme_color: colours.colour,
    icons: [...(logo === null ? [] : [{ src: logo, sizes: 'any', purpose: 'any' }]), ...own],
  }
}
