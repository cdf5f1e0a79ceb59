import { placesIn } from './document-places.ts'

/** A number of a document that one can turn: how much a rule gives, or by how much it multiplies. */
export interface Rate {
  readonly rule: string
  readonly kind: 'gives' | 'multiplies'
  readonly value: number
  /** What follows the number: the asset; empty for what multiplies. */
  readonly unit: string
  /** From 1. */
  readonly line: number
  /** Where in the line the number stands. */
  readonly column: number
  readonly length: number
}

/** In braces or on a line of its own; an amount that is told by a table of levels has no one number. */
const patterns = {
  gives: /\bgive:\s*([\d,]*\d(?:\.\d+)?)(\s+[a-z][\w-]*)/,
  multiplies: /\bby:\s*(\d+(?:\.\d+)?)()(?=\s*[},#]|\s*$)/,
} as const

/** The rates of a document's rules, in its own order. */
export function ratesIn(document: string): Rate[] {
  const lines = document.split('\n')
  return [...placesIn(document)].flatMap(([name, place]) => {
    if (!name.startsWith('earn/')) return []
    const rule = name.slice('earn/'.length)
    return lines.slice(place.line - 1, place.until).flatMap((text, index) =>
      (['gives', 'multiplies'] as const).flatMap((kind) => {
        const found = /^\s*#/.test(text) ? null : patterns[kind].exec(text)
        const [whole = '', number = '', unit = ''] = found ?? []
        const value = Number(number.replaceAll(',', ''))
        if (found === null || !(value > 0)) return []
        const column = found.index + whole.indexOf(number)
        return [{ rule, kind, value, unit: unit.trim(), line: place.line + index, column, length: number.length }]
      }),
    )
  })
}

/** The document with this number in the place of the rate's. */
export function withRate(document: string, { line, column, length }: Rate, value: number): string {
  const lines = document.split('\n')
  const text = lines[line - 1] ?? ''
  lines[line - 1] = `${text.slice(0, column)}${value}${text.slice(column + length)}`
  return lines.join('\n')
}
