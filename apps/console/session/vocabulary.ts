import type { Vocabulary } from '@laurel/contract'
import { useSuspenseQuery } from '@tanstack/react-query'
import { amountText, changeText, moneyText, type Sum } from '../words/format.ts'
import { words } from '../words/words.ts'
import { client } from './client.ts'

/** What the program calls things, and how its amounts are written. */
export function useVocabulary(): Named {
  const { data } = useSuspenseQuery({
    queryKey: ['vocabulary'],
    queryFn: () => client.call('readVocabulary', {}),
    staleTime: 300_000,
  })
  return namedBy(data)
}

export interface Named {
  readonly program: Vocabulary
  readonly programName: string
  readonly asset: (id: string) => string
  readonly kindOf: (asset: string) => Vocabulary['assets'][number]['kind'] | null
  readonly scaleOf: (asset: string) => number
  readonly amount: (units: Sum, asset: string) => string
  readonly change: (units: number, asset: string) => string
  /** `1,250 points` */
  readonly amountOf: (units: Sum, asset: string) => string
  readonly money: (minor: Sum) => string
  readonly level: (ladder: string, level: string) => string
  /** What a ladder counts: `134.50 USD`, `40 points`, `3 orders`. */
  readonly measured: (ladder: string, sum: number) => string
  readonly reward: (id: string) => string
  readonly card: (id: string) => string
  readonly challenge: (id: string) => string
}

function namedBy(program: Vocabulary): Named {
  const nameIn = (parts: readonly { readonly id: string; readonly name: Texts }[] | undefined, id: string) =>
    textOf(parts?.find((part) => part.id === id)?.name) ?? wordsOf(id)
  const assetBy = (id: string) => program.assets.find((asset) => asset.id === id)
  const scaleOf = (id: string) => assetBy(id)?.scale ?? 0
  const ladderBy = (id: string) => program.ladders.find((ladder) => ladder.id === id)
  const { code, exponent } = program.currency
  const amount = (units: Sum, asset: string) => amountText(units, scaleOf(asset))
  const money = (minor: Sum) => moneyText(minor, code, exponent)
  const asset = (id: string) => nameIn(program.assets, id)
  const amountOf = (units: Sum, id: string) => `${amount(units, id)} ${asset(id)}`
  return {
    program,
    programName: textOf(program.name) ?? program.program,
    asset,
    kindOf: (id) => assetBy(id)?.kind ?? null,
    scaleOf,
    amount,
    change: (units, id) => changeText(units, scaleOf(id)),
    amountOf,
    money,
    level: (ladder, level) => nameIn(ladderBy(ladder)?.levels, level),
    measured: (id, sum) => {
      const ladder = ladderBy(id)
      if (ladder === undefined) return amountText(sum)
      switch (ladder.measure) {
        case 'earned':
          return amountOf(sum, ladder.of ?? '')
        case 'spend':
          return money(sum)
        case 'orders':
          return words.tier.orders(sum, amountText(sum))
        case 'visits':
          return words.tier.visits(sum, amountText(sum))
        case 'activities':
          return `${amountText(sum)} × ${wordsOf(ladder.of ?? '')}`
        case 'referrals':
          return words.tier.friends(sum, amountText(sum))
      }
    },
    reward: (id) => nameIn(program.rewards, id),
    card: (id) => nameIn(program.cards, id),
    challenge: (id) => nameIn(program.challenges, id),
  }
}

type Texts = Readonly<Record<string, string>>

/** In the language of the console, or else in English, or else in whichever there is. */
export const textOf = (name: Texts | undefined): string | undefined =>
  name?.[words.language] ?? name?.['en'] ?? Object.values(name ?? {})[0]

/** `full-basket` reads `Full basket`: rules and ladders have no name but their id. */
export function wordsOf(id: string): string {
  const text = id.replaceAll(/[-_]+/g, ' ').trim()
  return text === '' ? id : text.slice(0, 1).toUpperCase() + text.slice(1)
}
