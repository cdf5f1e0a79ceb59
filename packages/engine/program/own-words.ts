import { decimalText } from './currency.ts'
import type { Names } from './names.ts'
import type { Asset } from './program.ts'
import { childOf, type MapTree, type Tree } from './syntax-tree.ts'
import { citiesByCurrency } from './zones.table.ts'

/** Kinds of the assets that examples speak of. */
const exampleAssets: Readonly<Record<string, Asset['kind']>> = {
  points: 'spendable',
  status: 'qualifying',
  credit: 'money',
  stamps: 'stamps',
  tickets: 'tickets',
}

/** An example in what the document itself declares: its currency, an asset of its own of the same kind, a city of its currency. */
export function inOwnWords(example: string, names: Names): string {
  const { code, exponent } = names.currency ?? { code: 'USD', exponent: 2 }
  return example
    .replace(/\b(\d+)\.(\d\d) USD\b/g, (_all, whole: string, cents: string) => {
      const hundredths = Number(whole + cents)
      const scaled = Math.max(1, Math.round((hundredths * 10 ** exponent) / 100))
      return `${decimalText(scaled, exponent)} ${code}`
    })
    .replaceAll('America/New_York', citiesByCurrency[code]?.[0] ?? 'America/New_York')
    .replace(/\b(\d+%?) ([a-z]+)\b/g, (all, number: string, asset: string) => {
      const kind = Object.hasOwn(exampleAssets, asset) ? exampleAssets[asset] : undefined
      if (kind === undefined || names.assets.has(asset)) return all
      const own = [...names.assets].find(([, each]) => each.kind === kind)
      return own === undefined ? all : `${number} ${own[0]}`
    })
}

/** What 100 of an asset might be worth: an example, for what it is worth is for the shop to say. */
export const worthExample = (asset: string, names: Names): string =>
  `worth: { 100 ${asset}: ${inOwnWords('1.00 USD', names)} }`

/** A word that names an asset by itself: who writes it means no other. */
export const isExampleAsset = (word: string): boolean => Object.hasOwn(exampleAssets, word)

/** The kind of an asset that bears such a name. */
export const kindByName = (word: string): Asset['kind'] =>
  (isExampleAsset(word) ? exampleAssets[word] : undefined) ?? 'spendable'

/** What is known of amounts where one is read. */
interface AmountsHere {
  readonly names: Names
  readonly asset: string | null
  readonly spent: boolean
}

/** Assets that may be meant here: the one that goes by what stands beside it, or else all that can stand here. */
export const assetsMeant = ({ asset, names, spent }: AmountsHere): readonly string[] =>
  asset !== null ? [asset] : [...names.assets].flatMap(([id, { kind }]) => (spent && kind === 'qualifying' ? [] : [id]))

/** The asset that stands under a key beside it: `of: stamps`, `give: 1 points`, `measure: { earned: status }`. */
export function assetUnder(key: string, within: MapTree | null, names: Names): string | null {
  const named = (tree: Tree | undefined): string | null => {
    if (tree?.type === 'map') return named(tree.entries[0]?.value)
    const word = tree?.type === 'text' ? tree.text.slice(tree.text.lastIndexOf(' ') + 1) : ''
    return names.assets.has(word) ? word : null
  }
  return within === null ? null : named(childOf(within, key))
}

// More choices than these are a list that nobody reads.
export const CHOICES_MAX = 5

/** `10 points or 10 stamps`; null where there are too many or none. */
export function choices(texts: readonly string[]): string | null {
  if (texts.length === 0 || texts.length > CHOICES_MAX) return null
  return texts.length === 1 ? (texts[0] ?? null) : `${texts.slice(0, -1).join(', ')} or ${texts.at(-1)}`
}
