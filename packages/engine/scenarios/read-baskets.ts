import { suggestion } from '../program/nearest.ts'
import type { Program } from '../program/program.ts'
import { type Basket, lineKindOf } from './read-order.ts'
import type { BasketLine } from './step.ts'
import type { Cell, Mistake, Table } from './tables.ts'
import { type MoneyOf, Unreadable, Words } from './words.ts'

const columns = ['order', 'line', 'items', 'category', 'brand', 'sku', 'kind', 'total', 'tax', 'discount']

/** The lines of orders, by order, from a table of them. */
export function readBaskets(
  { header, rows }: Table,
  program: Program,
  report: (mistake: Mistake) => void,
): Map<string, Basket> {
  for (const { text, line, column } of header) {
    if (columns.includes(text)) continue
    const instead = suggestion(text, columns, columns.join(', '))
    report({ line, column, message: `lines of orders have no column "${text}"`, instead })
  }
  const baskets = new Map<string, { readonly lines: BasketLine[]; readonly currency: string }>()
  for (const row of rows) {
    try {
      const order = cellAt(header, row, 'order')?.text ?? ''
      const before = baskets.get(order)?.lines ?? []
      const { line, currency } = lineOf(header, row, program, String(before.length + 1))
      const basket = baskets.get(order) ?? { lines: [], currency }
      if (currency !== basket.currency) throw otherCurrency(row, basket.currency)
      basket.lines.push(line)
      baskets.set(order, basket)
    } catch (error) {
      if (!(error instanceof Unreadable)) throw error
      report(error.mistake)
    }
  }
  return baskets
}

const cellAt = (header: readonly Cell[], row: readonly Cell[], name: string): Cell | undefined => {
  const cell = row[header.findIndex(({ text }) => text === name)]
  return cell?.text === '' ? undefined : cell
}

function lineOf(
  header: readonly Cell[],
  row: readonly Cell[],
  program: Program,
  number: string,
): { readonly line: BasketLine; readonly currency: string } {
  const text = (name: string): string | null => cellAt(header, row, name)?.text ?? null
  const read = <Value>(name: string, reader: (words: Words) => Value): Value | null => {
    const cell = cellAt(header, row, name)
    if (cell === undefined) return null
    const words = new Words(cell, program)
    const value = reader(words)
    words.end('put what follows into a column of its own')
    return value
  }
  const money = (name: string): MoneyOf | null => read(name, (words) => words.money())
  const total = money('total')
  if (total === null) {
    const { line = 0, column = 1 } = row[0] ?? {}
    throw new Unreadable({ line, column, message: 'this line says no total', instead: 'write it like 30.00 USD' })
  }
  const line: BasketLine = {
    line: text('line') ?? number,
    quantity: read('items', (words) => words.count('items')) ?? 1,
    total: total.minor,
    tax: money('tax')?.minor ?? 0,
    discount: money('discount')?.minor ?? 0,
    categories: text('category')?.split(/,\s*/) ?? [],
    brand: text('brand'),
    sku: text('sku'),
    kind: read('kind', (words) => lineKindOf(words.next('the kind', 'goods'), words)) ?? 'goods',
  }
  return { line, currency: total.currency }
}

function otherCurrency(row: readonly Cell[], currency: string): Unreadable {
  const { line = 0, column = 1 } = row[0] ?? {}
  return new Unreadable({
    line,
    column,
    message: 'an order has one currency',
    instead: `write ${currency} in every line`,
  })
}
