import { reject, type SourceLine, type Tally } from './read-lines.ts'

/** Lines of one invoice: a sale, or a cancellation. */
export interface Invoice {
  readonly id: string
  readonly member: string
  readonly cancels: boolean
  /** When its first line happened; invoices that carry two minutes happen at the first. */
  readonly at: number
  readonly lines: SourceLine[]
}

/** Invoices by member, members by code unit, each member's in tidy order: instant, sales before cancellations, id. */
export type History = Map<string, readonly Invoice[]>

export async function groupInvoices(lines: AsyncIterable<SourceLine>, tally: Tally): Promise<History> {
  const invoiceById = new Map<string, Invoice>()
  const invoicesByMember = new Map<string, Invoice[]>()
  for await (const line of lines) {
    const known = invoiceById.get(line.invoice)
    if (known === undefined) {
      const { invoice: id, member, cancels, at } = line
      const invoice = { id, member, cancels, at, lines: [line] }
      invoiceById.set(id, invoice)
      const others = invoicesByMember.get(member)
      if (others === undefined) invoicesByMember.set(member, [invoice])
      else others.push(invoice)
      continue
    }
    const reason =
      known.member !== line.member
        ? `invoice ${line.invoice} belongs to another member`
        : known.cancels !== line.cancels
          ? `invoice ${line.invoice} both sells and cancels`
          : null
    if (reason === null) {
      known.lines.push(line)
      continue
    }
    if (line.cancels) tally.cancelled--
    else tally.sold--
    reject(tally, { fileLine: line.fileLine, column: 'invoice', reason })
  }
  return new Map(
    [...invoicesByMember.entries()]
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([member, invoices]) => [member, invoices.sort(compareInvoices)]),
  )
}

function compareInvoices(a: Invoice, b: Invoice): number {
  if (a.at !== b.at) return a.at - b.at
  if (a.cancels !== b.cancels) return a.cancels ? 1 : -1
  return a.id < b.id ? -1 : a.id > b.id ? 1 : 0
}
