import type { Invoice } from './invoices.ts'
import { priceOfItems, type SourceLine } from './read-lines.ts'

/** What a cancellation takes back, found among the member's own purchases. */
export interface MatchedCancellation {
  readonly invoice: Invoice
  /** Of the orders that its lines name: items by order and position of the line in it. */
  readonly partsByName: ReadonlyMap<Invoice, ReadonlyMap<number, number>>
  /** The same of lines that name none; orders in the order in which they were found. */
  readonly partsByCode: ReadonlyMap<Invoice, ReadonlyMap<number, number>>
  /** What no purchase here accounts for, at the cancellation's own price, by the order that it names. Null: it names none. */
  readonly restByOrder: ReadonlyMap<string | null, number>
}

/** How many lines of cancellations were matched, and what is left of those that name no order. */
export interface Matching {
  fully: number
  partly: number
  not: number
  /** Not or in part, but they name their order, which may have come before: the server looks for it. */
  byName: number
  /** Of those matched fully or in part: they name no order, so that in a file which has grown they may match another purchase. */
  byCode: number
  unmatchedMinor: number
}

export const newMatching = (): Matching => ({ fully: 0, partly: 0, not: 0, byName: 0, byCode: 0, unmatchedMinor: 0 })

type Parts = Map<Invoice, Map<number, number>>

interface Purchase {
  readonly order: Invoice
  readonly position: number
  left: number
}

/**
 * Many shops cancel without saying what: a line is then matched to the member's earlier purchases of the same code, newest
 * first, by what is left of them. `invoices` are one member's in tidy order, so that a purchase in the same minute is earlier.
 */
export function matchCancellations(
  invoices: readonly Invoice[],
  exponent: number,
  matching: Matching,
): MatchedCancellation[] {
  const purchasesBySku = new Map<string, Purchase[]>()
  const matched: MatchedCancellation[] = []
  for (const invoice of invoices) {
    if (invoice.cancels) matched.push(matchOne(invoice, purchasesBySku, exponent, matching))
    else remember(invoice, purchasesBySku)
  }
  return matched
}

function remember(order: Invoice, purchasesBySku: Map<string, Purchase[]>) {
  order.lines.forEach((line, position) => {
    const purchase = { order, position, left: line.quantity }
    const others = purchasesBySku.get(line.sku)
    if (others === undefined) purchasesBySku.set(line.sku, [purchase])
    else others.push(purchase)
  })
}

function matchOne(
  invoice: Invoice,
  purchasesBySku: ReadonlyMap<string, readonly Purchase[]>,
  exponent: number,
  matching: Matching,
): MatchedCancellation {
  const partsByName: Parts = new Map()
  const partsByCode: Parts = new Map()
  const restByOrder = new Map<string | null, number>()
  for (const line of invoice.lines) {
    const parts = line.refundOf === null ? partsByCode : partsByName
    const missing = takeBack(line, purchasesBySku.get(line.sku) ?? [], parts)
    if (line.refundOf === null && missing < line.quantity) matching.byCode++
    if (missing === 0) matching.fully++
    else if (line.refundOf !== null) matching.byName++
    else if (missing < line.quantity) matching.partly++
    else matching.not++
    const restMinor = priceOfItems(line, missing, exponent)
    if (restMinor > 0) restByOrder.set(line.refundOf, (restByOrder.get(line.refundOf) ?? 0) + restMinor)
  }
  matching.unmatchedMinor += restByOrder.get(null) ?? 0
  // An order that is named gets one refund of each cancellation: with more than it accounts for, all of it is an amount.
  for (const [order, itemsByPosition] of partsByName) {
    const restMinor = restByOrder.get(order.id)
    if (restMinor === undefined) continue
    partsByName.delete(order)
    restByOrder.set(order.id, restMinor + priceOfParts(order, itemsByPosition, exponent))
  }
  return { invoice, partsByName, partsByCode, restByOrder }
}

const priceOfParts = (order: Invoice, itemsByPosition: ReadonlyMap<number, number>, exponent: number): number =>
  order.lines.reduce((sum, line, at) => sum + priceOfItems(line, itemsByPosition.get(at) ?? 0, exponent), 0)

/** Items that no purchase accounts for. */
function takeBack(line: SourceLine, purchases: readonly Purchase[], parts: Parts): number {
  let missing = line.quantity
  for (const purchase of purchases.toReversed()) {
    if (missing === 0) break
    if (purchase.left === 0) continue
    if (line.refundOf !== null && purchase.order.id !== line.refundOf) continue
    const taken = Math.min(missing, purchase.left)
    purchase.left -= taken
    missing -= taken
    const itemsByPosition = parts.get(purchase.order) ?? new Map<number, number>()
    itemsByPosition.set(purchase.position, (itemsByPosition.get(purchase.position) ?? 0) + taken)
    parts.set(purchase.order, itemsByPosition)
  }
  return missing
}
