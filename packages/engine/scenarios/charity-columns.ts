import { mulDiv } from '../amounts/fraction.ts'
import { decimalText } from '../program/currency.ts'
import type { Charity, Program } from '../program/program.ts'
import { type Column, moneyCell, wholeCell } from './column.ts'
import { booksColumn } from './columns.ts'
import { moneyText } from './outcomes.ts'

/** What has come to a charity: its account in the books, by asset, and in money where vouchers were given to it. */
export interface CharityStanding {
  readonly charity: Charity
  readonly amounts: ReadonlyMap<string, number>
}

/** A column of charities: an asset, what it is all worth, and what came of it. */
export function charityColumn(name: string, program: Program): Column<CharityStanding> | null {
  if (name === 'worth') {
    return {
      name,
      canonical: moneyCell(program),
      actual: ({ amounts }) => moneyText(program, worthOf(program, amounts)),
    }
  }
  if (name === 'impact') {
    return { name, canonical: wholeCell, actual: (standing) => decimalText(impactOf(program, standing), 0) }
  }
  const asset = booksColumn(name, program)
  return asset === null ? null : { ...asset, actual: ({ amounts }) => asset.actual(amounts) }
}

export const charityColumnNames = ({ assets }: Program): string[] => [...assets.map(({ id }) => id), 'worth', 'impact']

function worthOf({ assets, currency }: Program, amounts: ReadonlyMap<string, number>): number {
  return assets.reduce((sum, { id, worth }) => {
    const amount = amounts.get(id) ?? 0
    return worth === null ? sum : sum + mulDiv(amount, worth.minor, worth.amount, 'half-even')
  }, amounts.get(currency.code) ?? 0)
}

/** How often what it takes has come together. */
function impactOf(program: Program, { charity: { impact }, amounts }: CharityStanding): number {
  if (impact === null) return 0
  const { per } = impact
  switch (per.type) {
    case 'amount':
      return Math.floor((amounts.get(per.asset) ?? 0) / per.amount)
    case 'worth':
      return Math.floor(worthOf(program, amounts) / per.minor)
  }
}
