/** The same card is the same award, in every replay. */
export const awardIdOfCard = (card: string, number: number): string => `card/${card}/${number}`

/** Which card an award is of, also by what it gives beside its first item; null: of none. */
export function cardOfAward(id: string): { readonly card: string; readonly number: number } | null {
  const [kind, card, number] = id.split('/')
  return kind === 'card' && card !== undefined && number !== undefined
    ? { card, number: Number.parseInt(number, 10) }
    : null
}
