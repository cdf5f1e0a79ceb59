import type { Guest } from '@laurel/contract'
import { amountText, apart, pluralOf } from '../words/format.ts'
import { words } from '../words/words.ts'

type Texts = Readonly<Record<string, string>>

/** In the language of whoever reads, else in English, else in any. */
function textOf(name: Texts | undefined): string | undefined {
  const text = name?.[words.language] ?? name?.['en'] ?? Object.values(name ?? {})[0]
  return text === undefined ? undefined : apart(text)
}

/** `full-basket` reads `Full basket`: what has no name is called by its id. */
function readable(id: string): string {
  const text = id.replaceAll(/[-_]+/g, ' ').trim()
  return text === '' ? id : text.slice(0, 1).toUpperCase() + text.slice(1)
}

export interface Named {
  /** `1,250 points` */
  readonly amountOf: (units: number, asset: string) => string
  /** The same without its unit. */
  readonly amount: (units: number, asset: string) => string
  readonly unit: (units: number, asset: string) => string
  readonly isStamps: (asset: string) => boolean
  readonly level: (ladder: string, level: string) => string
  readonly card: (id: string) => string
  readonly reward: (id: string, name?: Texts) => string
}

/** What the program calls things, and how its amounts are written. */
export function namedBy({ assets, ladders, rewards, cards }: Guest['words'], money: (minor: number) => string): Named {
  const assetBy = (id: string) => assets.find((asset) => asset.id === id)
  const amount = (units: number, id: string) => {
    const asset = assetBy(id)
    return asset?.kind === 'money' ? money(units) : amountText(units, asset?.scale ?? 0)
  }
  const unit = (units: number, id: string) => {
    const asset = assetBy(id)
    const forms = asset?.counted[words.language] ?? asset?.counted['en']
    const count = units / 10 ** (asset?.scale ?? 0)
    return forms?.[pluralOf(count)] ?? forms?.['other'] ?? textOf(asset?.name) ?? readable(id)
  }
  return {
    amount,
    unit,
    amountOf: (units, id) => apart(`${amount(units, id)} ${unit(units, id)}`),
    isStamps: (id) => assetBy(id)?.kind === 'stamps',
    level: (ladder, level) =>
      textOf(ladders.find(({ id }) => id === ladder)?.levels.find(({ id }) => id === level)?.name) ?? readable(level),
    card: (id) => textOf(cards.find((card) => card.id === id)?.name) ?? readable(id),
    reward: (id, name) => textOf(name) ?? textOf(rewards.find((reward) => reward.id === id)?.name) ?? readable(id),
  }
}
