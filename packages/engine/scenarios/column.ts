import { decimalText, decimalUnits } from '../program/currency.ts'
import type { Program } from '../program/program.ts'
import { moneyText } from './outcomes.ts'

export type Wrong = { readonly message: string; readonly instead: string }
export const wrong = (message: string, instead: string): Wrong => ({ message, instead })

/** A column of a table of what stands: how its cells are written, and what really stands there. */
export interface Column<Of> {
  readonly name: string
  /** The one way to write what a cell says. */
  canonical(text: string): string | Wrong
  actual(of: Of): string
}

export const moneyCell =
  (program: Program) =>
  (text: string): string | Wrong =>
    /^-?\d+(\.\d+)? [A-Z]{3}$/.test(text)
      ? text
      : wrong(`"${text}" is no money`, `write it like ${moneyText(program, 1500)}`)
export const wholeCell = (text: string): string | Wrong => numberIn(text, 0)

export function numberIn(text: string, scale: number): string | Wrong {
  const sign = text.startsWith('-') ? '-' : ''
  const units = decimalUnits(text.slice(sign.length), scale)
  return units === null
    ? wrong(`"${text}" is no number`, `write digits only, like ${decimalText(10 ** scale * 1500, scale)}`)
    : decimalText(sign === '' ? units : 0 - units, scale)
}
