import type { Effect } from '@laurel/engine'
import type { Book } from './book.ts'
import { statusOf } from './vouchers.ts'

/** EARN-5 RED-3: of what there are only so many, as many are taken as are with the member, counted by head. */
export function compareStock(book: Book, effects: readonly Effect[]): string[] {
  const limited = book.timeline.flatMap(({ program }) =>
    [...program.rewards.values()].flatMap(({ id, stock }) => (stock === null ? [] : [id])),
  )
  return [...new Set(limited)].flatMap((reward) => {
    const taken = effects.reduce(
      (sum, effect) => (effect.type === 'room' && effect.room === `stock/${reward}` ? sum + effect.change : sum),
      0,
    )
    const heads = headsIn(book, reward)
    return taken === heads ? [] : [`taken of ${reward}: audited ${heads}, found ${taken}`]
  })
}

/** Reservations, and what was bought or awarded and did not go back unused; what bought no voucher is in nobody's hand and stays. */
function headsIn({ redemptions, vouchers }: Book, reward: string): number {
  const asked = [...redemptions.values()].filter(
    (each) =>
      each.reward === reward && (each.state === 'held' || (each.state === 'confirmed' && !vouchers.has(each.id))),
  )
  const kept = [...vouchers.values()].filter((each) => {
    const status = statusOf(each)
    return each.reward === reward && (each.uses.length > 0 || (status !== 'returned' && status !== 'revoked'))
  })
  return asked.length + kept.length
}
