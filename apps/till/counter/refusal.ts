import { words } from '../words/words.ts'

/** Why the program says no, as a cashier says it aloud. */
export function refusalText(code: string): string {
  const { refusals, guest } = words
  const said: Readonly<Record<string, string>> = {
    short: refusals.short,
    'already-used': refusals.used,
    expired: refusals.expired,
    'sold-out': refusals.soldOut,
    'basket-missing': refusals.basket,
    'below-least': refusals.least,
    'no-line': refusals.least,
    'one-per-order': refusals.onePerOrder,
    'not-together': refusals.notTogether,
    'limit-reached': refusals.limit,
    'not-for-member': refusals.notForMember,
    'not-now': refusals.notNow,
    'at-checkout': refusals.atCheckout,
    frozen: guest.frozen,
    left: guest.left,
  }
  return said[code] ?? refusals.other(code)
}
