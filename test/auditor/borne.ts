import type { ActivePart } from '@laurel/engine'
import { type Book, post } from './book.ts'
import { sum } from './exact.ts'
import type { Borne } from './records.ts'

export function note(book: Book, { asset, ...borne }: Omit<Borne, 'held'>): void {
  const open = [...book.redemptions.values()].filter((each) => each.state === 'held' && each.asset === asset)
  book.borne.push({ asset, ...borne, held: open.map(({ id }) => id) })
}

/** Of what is waived no more is borne: in the end by whoever could be asked last. */
export function bound(book: Book, known: { readonly waived: number }): void {
  let room = known.waived
  for (const each of book.borne.filter((one) => one.known === known).reverse()) {
    each.left = Math.min(each.left, room)
    room -= each.left
  }
}

/** What is left of points that came to `active`, once they have paid what was borne since they were held. */
export function payBorne(
  book: Book,
  id: string,
  asset: string,
  parts: readonly ActivePart[],
  cause: string,
): readonly ActivePart[] {
  const rest = parts.map((part) => ({ ...part }))
  for (const borne of book.borne.filter((each) => each.asset === asset && each.held.includes(id))) {
    const { rule, known, isOwn } = borne
    const amount = Math.min(borne.left, sum(rest.map((part) => part.amount)))
    post(book, { cause, rule, asset, from: 'active', to: 'issued', amount })
    post(book, { cause, rule, asset, from: 'issued', to: 'adjusted', amount })
    borne.left -= amount
    if (known !== null) known.waived -= amount
    let missing = amount
    const take = (fits: (part: ActivePart) => boolean) => {
      for (const part of rest.filter(fits)) {
        const taken = Math.min(missing, part.amount)
        part.amount -= taken
        missing -= taken
      }
    }
    take((part) => part.lastDay === 'uncovered')
    take(({ priority, lastDay }) => lastDay !== 'uncovered' && isOwn({ priority, lastDay }))
    take(() => true)
  }
  return rest
}
