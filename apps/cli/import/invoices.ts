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

/** An invoice is of whoever it names first, and either sells or cancels: for whoever does not hold the invoices themselves. */
export class InvoiceOwners {
  readonly #known = new Map<string, Pick<Invoice, 'member' | 'cancels'>>()

  /** Whether the line belongs to its invoice; where not, that is counted. */
  admits(line: SourceLine, tally: Tally): boolean {
    const known = this.#known.get(line.invoice)
    if (known === undefined) {
      this.#known.set(line.invoice, { member: line.member, cancels: line.cancels })
      return true
    }
    const reason =
      known.member !== line.member
        ? `invoice ${line.invoice} belongs to another member`
        : known.cancels !== line.cancels
          ? `invoice ${line.invoice} both sells and cancels`
          : null
    if (reason === null) return true
    if (line.cancels) tally.cancelled--
    else tally.sold--
    reject(tally, { fileLine: line.fileLine, column: 'invoice', reason })
    return false
  }
}

export async function groupInvoices(
  lines: AsyncIterable<SourceLine> | Iterable<SourceLine>,
  tally: Tally,
): Promise<History> {
  const owners = new InvoiceOwners()
  const invoiceById = new Map<string, Invoice>()
  const invoicesByMember = new Map<string, Invoice[]>()
  for await (const line of lines) {
    if (!owners.admits(line, tally)) continue
    const known = invoiceById.get(line.invoice)
    if (known !== undefined) {
      known.lines.push(line)
      continue
    }
    const { invoice: id, member, cancels, at } = line
    const invoice = { id, member, cancels, at, lines: [line] }
    invoiceById.set(id, invoice)
    const others = invoicesByMember.get(member)
    if (others === undefined) invoicesByMember.set(member, [invoice])
    else others.push(invoice)
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
