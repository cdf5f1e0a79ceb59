import type { Program } from '../program/program.ts'
import { type Column, moneyCell, numberIn } from './column.ts'
import { moneyText } from './outcomes.ts'

/** What has gone between a partner and the program (PART-1), over all assets. */
export interface PartnerStanding {
  /** Smallest units earned at the partner's places, and burned there, net of what went back. */
  readonly issued: number
  readonly burned: number
  /** Minor units that the partner owes the program; below zero the program owes. */
  readonly owes: number
}

export const partnerColumnNames = ['issued', 'burned', 'owes'] as const

export function partnerColumn(name: string, program: Program): Column<PartnerStanding> | null {
  if (name === 'owes') {
    return { name, canonical: moneyCell(program), actual: ({ owes }) => moneyText(program, owes) }
  }
  if (name !== 'issued' && name !== 'burned') return null
  return { name, canonical: (text) => numberIn(text, 0), actual: (partner) => String(partner[name]) }
}
