import { readFileSync } from 'node:fs'
import path from 'node:path'
import { gunzipSync } from 'node:zlib'
import { groupInvoices } from '../../apps/cli/import/invoices.ts'
import { parseMapping } from '../../apps/cli/import/mapping.ts'
import { newTally, priceOfItems, readLines } from '../../apps/cli/import/read-lines.ts'
import { cdnow, records } from './records.fixture.ts'

/** Who bought on which day, in days since 1970, for how much in minor units. */
interface Purchase {
  readonly member: string
  readonly on: number
  readonly amount: number
}

const millisecondsOfDay = 86_400_000

/** `1997-09-30` as a number of days since 1970. */
export const dayOf = (date: string): number => Date.parse(date) / millisecondsOfDay

/** CDNOW: columns of text, the last three the day, how many CDs, and dollars. */
export function cdnowPurchases(which: keyof typeof cdnow): Purchase[] {
  const file = readFileSync(cdnow[which])
  const text = (which === 'all' ? gunzipSync(file) : file).toString()
  return text.split('\n').flatMap((line) => {
    const fields = line.trim().split(/\s+/)
    const [member = '', dollars = '', , day = ''] = [fields[0], ...fields.toReversed()]
    const [, year, month, date] = /^(\d{4})(\d\d)(\d\d)$/.exec(day) ?? []
    return year === undefined
      ? []
      : [{ member, on: dayOf(`${year}-${month}-${date}`), amount: Math.round(Number(dollars) * 100) }]
  })
}

/** Online Retail: the invoices that name a customer and cancel nothing, whole; cancellations never say what they cancel. */
export async function onlineRetailPurchases(): Promise<Purchase[]> {
  const mappingFile = path.join(import.meta.dirname, 'online-retail.mapping.yaml')
  const mapping = parseMapping(readFileSync(mappingFile, 'utf8'), mappingFile)
  const tally = newTally()
  const invoicesByMember = await groupInvoices(readLines(records, mapping, 2, tally), tally)
  const dayInLondon = new Intl.DateTimeFormat('en-CA', { timeZone: mapping.zone })
  return [...invoicesByMember].flatMap(([member, invoices]) =>
    invoices
      .filter(({ cancels }) => !cancels)
      .map(({ at, lines }) => ({
        member,
        on: dayOf(dayInLondon.format(at)),
        amount: lines.reduce((sum, line) => sum + priceOfItems(line, line.quantity, 2), 0),
      })),
  )
}
