import { type FieldError, parseEvent } from '@laurel/contract'
import type { Invoice } from './invoices.ts'
import type { Columns, Mapping } from './mapping.ts'
import { reject, type Tally, uncount } from './read-lines.ts'

/**
 * Whether the event of an invoice is one that a server would take. If not, each line of the invoice is counted as rejected: an order
 * of which a part is missing would earn what it should not. Messages name lines and columns, never what stands there.
 */
export function isSendable(event: unknown, invoice: Invoice, mapping: Mapping, tally: Tally): boolean {
  const parsed = parseEvent(event)
  if (parsed.ok) return true
  const found = parsed.errors.map(({ path, message }) => ({ ...placeOf(path), message }))
  const [first] = found
  const whose = invoice.lines[first?.line ?? 0]?.fileLine
  for (const [line, { cancels, fileLine }] of invoice.lines.entries()) {
    const own = found.find((each) => (each.line ?? 0) === line)
    const reason = own?.message ?? `the invoice cannot be sent without line ${whose}, which is rejected`
    uncount(tally, cancels)
    reject(tally, { fileLine, column: columnOf(own?.role ?? 'invoice', mapping), reason })
  }
  return false
}

interface Place {
  readonly role: keyof Columns
  /** Of the invoice, from 0; null: it is about all of it. */
  readonly line: number | null
}

/** Where in the file a field of an event comes from. */
function placeOf(path: FieldError['path']): Place {
  const [, line, field] = /^\/order\/lines\/(\d+)\/(\w+)/.exec(path) ?? []
  if (line !== undefined && field !== undefined) return { role: roleByField[field] ?? 'invoice', line: Number(line) }
  return { role: roleByField[path.split('/').at(-1) ?? ''] ?? 'invoice', line: null }
}

const roleByField: Readonly<Record<string, keyof Columns>> = {
  ...{ member: 'member', occurredAt: 'at', channel: 'channel', place: 'place', order: 'refundOf' },
  ...{ sku: 'sku', quantity: 'quantity', total: 'unitPrice', categories: 'category', brand: 'brand' },
}

const columnOf = (role: keyof Columns, { columns }: Mapping): string =>
  columns[role] ?? (role === 'unitPrice' ? columns.total : null) ?? role
