import { createDice } from './dice.ts'

/**
 * Bodies of requests as a busy shop sends them: orders of three lines, members drawn uniformly. Made of text, not of objects:
 * the generator shares the machine with what it measures. A small generator of its own keeps a stream repeatable.
 */
export interface Shopper {
  /** An `order.paid` with an id that is new. */
  order(occurredAt: string): string
  /** A cart of the same kind. */
  cart(): string
  /** A member to ask something about. */
  member(): string
  /** The member of the last body. */
  lastMember(): string
}

const skus = ['TEA-OOLONG', 'TEA-SENCHA', 'CUP-BLUE', 'CUP-WHITE', 'POT-IRON', 'HONEY', 'BISCUIT', 'TOWEL']
const categories = ['tea', 'tea', 'ware', 'ware', 'ware', 'food', 'food', 'home']

export const memberName = (index: number): string => `m${String(index).padStart(8, '0')}`

/** `stream` keeps ids of several generators apart; members are `members` in number from `firstMember` on. */
export function createShopper(stream: string, seed: number, members: number, firstMember = 0): Shopper {
  const dice = createDice(seed)
  let count = 0
  let member = ''
  const next = (below: number) => Math.floor(dice() * below)
  const line = (id: number) => {
    const product = next(skus.length)
    const quantity = 1 + next(3)
    const total = quantity * (299 + next(4_000))
    return `{"id":"${id}","sku":"${skus[product]}","quantity":${quantity},"total":${total},"categories":["${categories[product]}"]}`
  }
  const content = (id: string) =>
    `{"id":"${id}","currency":"USD","channel":"${next(3) === 0 ? 'shop' : 'web'}","lines":[${line(1)},${line(2)},${line(3)}]}`
  const draw = () => {
    member = memberName(firstMember + next(members))
  }
  return {
    order: (occurredAt) => {
      draw()
      const id = `${stream}-${++count}`
      return `{"type":"order.paid","id":"${id}","source":"bench","member":"${member}","occurredAt":"${occurredAt}","order":${content(id)}}`
    },
    cart: () => {
      draw()
      return `{"member":"${member}","order":${content('cart')}}`
    },
    member: () => {
      draw()
      return member
    },
    lastMember: () => member,
  }
}
