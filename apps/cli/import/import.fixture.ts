import { writeFileSync } from 'node:fs'
import path from 'node:path'
import { eventsOfMember } from './history-events.ts'
import { groupInvoices } from './invoices.ts'
import { parseMapping } from './mapping.ts'
import { newMatching } from './match-cancellations.ts'
import { newTally, readLines } from './read-lines.ts'

export const mappingText = `
mapping: 1
source: shop
currency: GBP
zone: Europe/London
timeFormat: yyyy-MM-dd HH:mm:ss
columns: { invoice: Invoice, member: Customer, sku: Code, quantity: Items, at: Date, unitPrice: Price }
cancellation: { column: Invoice, begins: C }
leaveOut:
  - { reason: postage, column: Code, equals: [POST] }
`
export const header = 'Invoice,Customer,Code,Items,Date,Price'

/** Reads files in this folder; the folder is the caller's, since unit tests share their modules. */
export function importing(folder: string) {
  /** A history of these lines. */
  async function imported(rows: readonly string[], mapping = mappingText, first = header) {
    const file = path.join(folder, 'orders.csv')
    writeFileSync(file, [first, ...rows].join('\r\n'))
    return importedFile(file, mapping)
  }

  async function importedFile(file: string, text = mappingText) {
    const mapping = parseMapping(text, 'mapping.yaml')
    const tally = newTally()
    const matching = newMatching()
    const history = await groupInvoices(readLines(file, mapping, 2, tally), tally)
    const members = [...history].map(([member, invoices]) => ({
      member,
      ...eventsOfMember(invoices, mapping, 2, { tally, matching }),
    }))
    return { tally, matching, members, events: members.flatMap(({ events }) => events) }
  }

  return { imported, importedFile }
}
