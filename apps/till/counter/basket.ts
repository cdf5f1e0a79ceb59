import type { SaleToMake, TillItem } from '@laurel/contract'

/** What is being bought: items by their sku, and an amount that was typed in. */
export interface Basket {
  readonly counts: ReadonlyMap<string, number>
  readonly typed: number
}

export const emptyBasket: Basket = { counts: new Map(), typed: 0 }

/** As many digits as an amount at a counter has; more is a hand that lay on the key. */
const typedMax = 99_999_999
/** As much of one thing as the shop lets a till say. */
const countMax = 999

export function withDigits(basket: Basket, digits: string): Basket {
  const typed = Number(`${basket.typed}${digits}`)
  return typed > typedMax ? basket : { ...basket, typed }
}

export const withoutDigit = (basket: Basket): Basket => ({ ...basket, typed: Math.floor(basket.typed / 10) })

export function withItem(basket: Basket, sku: string, change: 1 | -1): Basket {
  const count = (basket.counts.get(sku) ?? 0) + change
  if (count > countMax) return basket
  const counts = new Map(basket.counts)
  if (count <= 0) counts.delete(sku)
  else counts.set(sku, count)
  return { ...basket, counts }
}

/** What of it goes to the shop; items that are on no button any more are left out. */
export function linesOf({ counts, typed }: Basket, items: readonly TillItem[]): SaleToMake['lines'] {
  const chosen = items.flatMap(({ sku, price, category }) => {
    const quantity = counts.get(sku) ?? 0
    return quantity === 0 ? [] : [{ sku, quantity, total: price * quantity, category }]
  })
  return typed === 0 ? chosen : [...chosen, { sku: 'amount', quantity: 1, total: typed, category: null }]
}

export const totalOf = (lines: SaleToMake['lines']): number => lines.reduce((sum, { total }) => sum + total, 0)
