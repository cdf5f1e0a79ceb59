import type { OwnVocabulary } from '@laurel/contract'
import { useQuery } from '@tanstack/react-query'
import { amountText, apart, changeText, moneyText, pluralOf } from '../words/format.ts'
import { words } from '../words/words.ts'
import { client } from './client.ts'

/** What the program calls things, and how its amounts are written; null: it is not known yet. */
export function useNamed(): Named | null {
  const { data } = useQuery({
    queryKey: ['vocabulary'],
    queryFn: () => client.call('readSelfVocabulary', {}),
    staleTime: 300_000,
  })
  return data === undefined ? null : namedBy(data)
}

export interface Named {
  readonly vocabulary: OwnVocabulary
  readonly kindOf: (asset: string) => OwnVocabulary['assets'][number]['kind'] | null
  readonly amount: (units: number, asset: string) => string
  readonly change: (units: number, asset: string) => string
  /** What so many of it are called. */
  readonly unit: (units: number, asset: string) => string
  /** `1,250 points` */
  readonly amountOf: (units: number, asset: string) => string
  readonly money: (minor: number) => string
  readonly level: (ladder: string, level: string) => string
  /** What a ladder counts: `134.50 USD`, `40 points`, `3 purchases`. */
  readonly measured: (ladder: string, sum: number) => string
  readonly of: (kind: 'rewards' | 'cards' | 'challenges' | 'badges' | 'charities' | 'offers', id: string) => string
}

function namedBy(vocabulary: OwnVocabulary): Named {
  const assetBy = (id: string) => vocabulary.assets.find((asset) => asset.id === id)
  const scaleOf = (id: string) => assetBy(id)?.scale ?? 0
  const { code, exponent } = vocabulary.currency
  const money = (minor: number) => moneyText(minor, code, exponent)
  const amount = (units: number, id: string) =>
    assetBy(id)?.kind === 'money' ? money(units) : amountText(units, scaleOf(id))
  const unit = (units: number, id: string) => {
    const asset = assetBy(id)
    const forms = asset?.counted[words.language] ?? asset?.counted['en']
    return forms?.[pluralOf(units / 10 ** scaleOf(id))] ?? forms?.['other'] ?? textOf(asset?.name) ?? readable(id)
  }
  const amountOf = (units: number, id: string) => apart(`${amount(units, id)} ${unit(units, id)}`)
  const ladderBy = (id: string) => vocabulary.ladders.find((ladder) => ladder.id === id)
  return {
    vocabulary,
    kindOf: (id) => assetBy(id)?.kind ?? null,
    amount,
    change: (units, id) => changeText(units, scaleOf(id)),
    unit,
    amountOf,
    money,
    level: (ladder, level) => textOf(ladderBy(ladder)?.levels.find(({ id }) => id === level)?.name) ?? readable(level),
    measured: (id, sum) => {
      const ladder = ladderBy(id)
      switch (ladder?.measure) {
        case 'earned':
          return amountOf(sum, ladder.of ?? '')
        case 'spend':
          return money(sum)
        case 'orders':
          return words.tier.orders(sum, amountText(sum))
        case 'visits':
          return words.tier.visits(sum, amountText(sum))
        case 'referrals':
          return words.tier.friends(sum, amountText(sum))
        case 'activities':
          return `${amountText(sum)} × ${readable(ladder.of ?? '')}`
        case undefined:
          return amountText(sum)
      }
    },
    of: (kind, id) => textOf(vocabulary[kind].find((part) => part.id === id)?.name) ?? readable(id),
  }
}

type Texts = Readonly<Record<string, string>>

/** In the language of whoever reads, else in English, else in any. */
export function textOf(name: Texts | undefined | null): string | undefined {
  const text = name?.[words.language] ?? name?.['en'] ?? Object.values(name ?? {})[0]
  return text === undefined ? undefined : apart(text)
}

/** `full-basket` reads `Full basket`: what has no name is called by its id. */
export function readable(id: string): string {
  const text = id.replaceAll(/[-_]+/g, ' ').trim()
  return text === '' ? id : text.slice(0, 1).toUpperCase() + text.slice(1)
}
