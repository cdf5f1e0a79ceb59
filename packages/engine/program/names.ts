import { currencyOf, decimalUnits } from './currency.ts'
import { idMeant } from './id-meant.ts'
import type { Asset, Currency, FactKind } from './program.ts'
import { childOf, type MapTree, type Tree } from './syntax-tree.ts'

/**
 * What a document declares, gathered before anything is read: amounts need their asset's scale, references their target, and
 * a declaration with a mistake in it still counts as declared, so that one mistake is reported once.
 */
export interface Names {
  readonly currency: Currency | null
  readonly assets: ReadonlyMap<string, AssetNames>
  /** Facts of each activity. */
  readonly activities: ReadonlyMap<string, ReadonlyMap<string, FactKind>>
  /** What each rule does, by what it says under `give`. */
  readonly rules: ReadonlyMap<string, 'amount' | 'other'>
  /** Ladders that have a level of this id. */
  readonly laddersByLevel: ReadonlyMap<string, readonly string[]>
  /** Ids of the sections that are maps. */
  readonly ids: Readonly<Record<NamedSection, ReadonlySet<string>>>
}

const namedSections = [
  'badges',
  'benefits',
  'charities',
  'groups',
  'memberships',
  'partners',
  'places',
  'rewards',
  'segments',
] as const
export type NamedSection = (typeof namedSections)[number]

export interface AssetNames {
  readonly scale: number
  readonly kind: Asset['kind']
  /** What it is worth is said; money is worth itself. */
  readonly hasWorth: boolean
  /** So many smallest units are worth so much, where that can be read. */
  readonly worth: { readonly units: number; readonly minor: number } | null
  readonly neverLapses: boolean
  /** MM-DD where it lapses on a day of the calendar. */
  readonly lapsesOn: string | null
  readonly burnClasses: readonly string[]
}

export function namesOf(tree: Tree): Names {
  const currency = currencyOf(textAt(tree, 'currency') ?? '')
  const assets = new Map<string, AssetNames>()
  for (const [id, asset] of declaredIn(tree, 'assets')) {
    const classes = asset.type === 'map' ? childOf(asset, 'burnOrder') : undefined
    const kind = assetKindOf(textAt(asset, 'kind'))
    const smallest = textAt(asset, 'smallest')
    const expires = at(asset, 'expires')
    const scale = smallest === null && kind === 'money' ? (currency?.exponent ?? 0) : scaleOf(smallest ?? '')
    assets.set(id, {
      kind,
      hasWorth: kind === 'money' || at(asset, 'worth') !== undefined,
      neverLapses: textAt(asset, 'expires') === 'never',
      lapsesOn: expires === undefined ? null : textAt(expires, 'date'),
      worth: kind === 'money' ? { units: 1, minor: 1 } : worthOf(asset, scale, currency),
      scale,
      burnClasses:
        classes?.type === 'list' ? classes.items.flatMap((item) => (item.type === 'text' ? [item.text] : [])) : [],
    })
  }
  const activities = new Map<string, ReadonlyMap<string, FactKind>>()
  for (const [name, activity] of entriesOf(tree, 'activities')) {
    const facts = entriesOf(activity, 'facts').flatMap(([fact, kind]) =>
      kind.type === 'text' && isFactKind(kind.text) ? [[fact, kind.text] as const] : [],
    )
    activities.set(name, new Map(facts))
  }
  const laddersByLevel = new Map<string, string[]>()
  for (const ladder of itemsOf(tree, 'tiers')) {
    const id = textAt(ladder, 'ladder')
    for (const level of itemsOf(ladder, 'levels')) {
      const name = textAt(level, 'id')
      if (id !== null && name !== null) laddersByLevel.set(name, [...(laddersByLevel.get(name) ?? []), id])
    }
  }
  return {
    currency,
    assets,
    activities,
    rules: new Map(
      itemsOf(tree, 'earn').flatMap((rule): [string, 'amount' | 'other'][] => {
        const id = textAt(rule, 'id')
        return id === null ? [] : [[id, textAt(rule, 'give') === null ? 'other' : 'amount']]
      }),
    ),
    laddersByLevel,
    ids: Object.fromEntries(
      namedSections.map((section) => [section, new Set(declaredIn(tree, section).map(([id]) => id))]),
    ) as Record<NamedSection, Set<string>>,
  }
}

/** Kinds of assets, with the sentence an editor shows. */
export const assetKinds = {
  spendable: 'Members spend it on rewards',
  qualifying: 'It counts towards tiers and is never spent',
  money: 'Store credit: it is worth what it says, in the currency of the program',
  stamps: 'It is collected on cards',
  tickets: 'Each is an entry of a draw',
} as const satisfies Record<Asset['kind'], string>

const assetKindOf = (text: string | null): Asset['kind'] =>
  text !== null && Object.hasOwn(assetKinds, text) ? (text as Asset['kind']) : 'spendable'

/** Kinds of facts an activity may declare, with the sentence an editor shows. */
export const factKinds = {
  number: 'a number, compared with numbers',
  text: 'a text, compared with texts in quotes',
  'yes-no': 'true or false',
  money: 'money in the currency of the program, compared with money("1.00")',
} as const satisfies Record<FactKind, string>
const isFactKind = (text: string): text is FactKind => Object.hasOwn(factKinds, text)

/** Decimals of the smallest part an asset is kept in: `0.01 credit` has 2. Anything else is refused where it is read. */
function scaleOf(smallest: string): number {
  const match = /^0\.(0*)1(?: |$)/.exec(smallest)
  return match === null ? 0 : (match[1]?.length ?? 0) + 1
}

/** `{ 100 points: 1.00 USD }`, where both can be read. */
function worthOf(asset: Tree, scale: number, currency: Currency | null): AssetNames['worth'] {
  const [[amount, money] = ['', undefined]] = entriesOf(asset, 'worth')
  const units = decimalUnits(amount.split(' ')[0] ?? '', scale)
  const minor = money?.type === 'text' ? decimalUnits(money.text.split(' ')[0] ?? '', currency?.exponent ?? 2) : null
  return units === null || minor === null || units === 0 || minor === 0 ? null : { units, minor }
}

/** `Points` is declared as the id that it is told to be: what is said elsewhere need not be unsaid then. */
const declaredIn = (tree: Tree, section: string): (readonly [string, Tree])[] =>
  entriesOf(tree, section).map(([id, value]) => [/^[A-Za-z][\w -]*$/.test(id) ? idMeant(id) : id, value] as const)

const entriesOf = (tree: Tree, key: string): (readonly [string, Tree])[] => {
  const child = at(tree, key)
  if (child?.type !== 'map') return []
  const entries = child.entries.map((entry) => [entry.key.text, entry.value] as const)
  return entries.sort(([a], [b]) => (a < b ? -1 : 1))
}
const itemsOf = (tree: Tree, key: string): readonly MapTree[] => {
  const child = at(tree, key)
  return child?.type === 'list' ? child.items.flatMap((item) => (item.type === 'map' ? [item] : [])) : []
}
const textAt = (tree: Tree, key: string): string | null => {
  const child = at(tree, key)
  return child?.type === 'text' ? child.text : null
}
const at = (tree: Tree, key: string): Tree | undefined => (tree.type === 'map' ? childOf(tree, key) : undefined)
