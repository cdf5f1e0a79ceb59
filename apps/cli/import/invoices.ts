import { reject, type SourceLine, type Tally, uncount } from './read-lines.ts'

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

/**
 * The lines with whoever they are of: an invoice is of whoever it names first, and either sells or cancels. A cancellation that names
 * no member and a sale is of whoever bought that; where the sale comes later in the file the cancellation comes after all others.
 * What belongs to nobody, or to another invoice, is counted.
 */
export async function* ownedLines(
  lines: AsyncIterable<SourceLine> | Iterable<SourceLine>,
  tally: Tally,
): AsyncGenerator<SourceLine> {
  const known = new Map<string, Pick<Invoice, 'member' | 'cancels'>>()
  const owned = (line: SourceLine): SourceLine[] => {
    const reason = strangeIn(line, known.get(line.invoice))
    if (reason === null) {
      known.set(line.invoice, { member: line.member, cancels: line.cancels })
      return [line]
    }
    uncount(tally, line.cancels)
    reject(tally, { fileLine: line.fileLine, column: 'invoice', reason })
    return []
  }
  const nobodys: SourceLine[] = []
  for await (const line of lines) {
    if (line.member === '') nobodys.push(line)
    else yield* owned(line)
  }
  for (const line of nobodys) {
    const sale = known.get(line.refundOf ?? '')
    if (sale !== undefined && !sale.cancels) {
      yield* owned({ ...line, member: sale.member })
      continue
    }
    uncount(tally, line.cancels)
    tally.withoutMember++
  }
}

function strangeIn(line: SourceLine, known: Pick<Invoice, 'member' | 'cancels'> | undefined): string | null {
  if (known === undefined) return null
  if (known.member !== line.member) return `invoice ${line.invoice} belongs to another member`
  return known.cancels === line.cancels ? null : `invoice ${line.invoice} both sells and cancels`
}

export async function groupInvoices(
  lines: AsyncIterable<SourceLine> | Iterable<SourceLine>,
  tally: Tally,
): Promise<History> {
  const invoiceById = new Map<string, Invoice>()
  const invoicesByMember = new Map<string, Invoice[]>()
  for await (const line of ownedLines(lines, tally)) {
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
