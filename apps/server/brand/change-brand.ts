import { hash } from 'node:crypto'
import { Problem, type ShopSettings } from '@laurel/contract'
import { writeAudit } from '../access/write-audit.ts'
import { countOf, rowOf, type Transaction, transaction } from '../db/transaction.ts'
import { lockProgram } from '../programs/queries.ts'
import type { ProgramContext } from '../programs/timeline.ts'
import { pictureIn } from './picture-in.ts'
import { brandOfProgram, type LogoRow, logoOfProgram, writeBrand } from './queries.ts'
import { firstColour, latestOf, nameOf, readSettings } from './read-brand.ts'

export interface BrandChange {
  readonly shop?: string | undefined
  readonly colour?: string | undefined
  /** Null: none any more. */
  readonly logo?: LogoRow | undefined
}

const noLogo: LogoRow = { logo: null, logo_type: null, logo_hash: null }

/** What is left out stays; who says nothing new has changed nothing, and nothing is written down. */
export async function changeBrand(
  context: ProgramContext,
  by: string,
  program: string,
  change: BrandChange,
): Promise<ShopSettings> {
  const latest = await latestOf(context, program)
  if (latest === null) throw new Problem('no-program')
  await transaction(context.database.application, async (tx) => {
    // One after the other, lest a new name undo a new colour.
    await rowOf(tx, lockProgram(program))
    const row = await rowOf(tx, brandOfProgram(program))
    const kept = (await rowOf(tx, logoOfProgram(program))) ?? noLogo
    const before = { shop: row?.shop ?? nameOf(latest), colour: row?.colour ?? firstColour, logo: kept }
    const after = {
      shop: change.shop ?? before.shop,
      colour: change.colour ?? before.colour,
      logo: change.logo ?? before.logo,
    }
    const changed = [
      ...(after.shop === before.shop ? [] : ['shop']),
      ...(after.colour === before.colour ? [] : ['colour']),
      ...(after.logo.logo_hash === before.logo.logo_hash ? [] : ['logo']),
    ]
    if (changed.length === 0) return
    await addBrand(tx, context, by, program, after)
    // The name may be a person's: the log says that it was changed, the table how it is now.
    await writeAudit(tx, context, {
      program,
      actor: by,
      act: 'settings.changed',
      subject: program,
      detail: { changed },
    })
  })
  return await readSettings(context, program)
}

/** How a program looks from now on. */
export async function addBrand(
  tx: Transaction,
  context: ProgramContext,
  by: string,
  program: string,
  { shop, colour, logo = noLogo }: { readonly shop: string; readonly colour: string; readonly logo?: LogoRow },
): Promise<void> {
  const at = new Date(context.wallNow()).toISOString()
  await countOf(tx, writeBrand(program, shop, colour, logo.logo, logo.logo_type, logo.logo_hash, at, by))
}

/** Throws a Problem that says what is wrong with the file. */
export function logoOf(base64: string): LogoRow {
  const logo = Buffer.from(base64, 'base64')
  const picture = pictureIn(logo)
  if ('wrong' in picture) {
    throw new Problem('invalid-request', { errors: [{ path: '/data', message: picture.wrong }] })
  }
  return { logo, logo_type: picture.type, logo_hash: hash('sha256', logo) }
}

export const withoutLogo = { logo: noLogo } as const
