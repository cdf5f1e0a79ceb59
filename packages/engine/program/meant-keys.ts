import { isFirstOrder } from './condition-words.ts'
import { lookAlikesIn } from './look-alikes.ts'
import { sessionMeant } from './meant-session.ts'
import { meantWord, wordsMeantElsewhere } from './nearest.ts'
import { choices, inOwnWords } from './own-words.ts'
import { money } from './scalar-amount.ts'
import {
  capital,
  type KnownField,
  mended,
  type Reading,
  reads,
  type Shape,
  seeksRemedy,
  written,
  writtenMap,
} from './shape.ts'
import { childOf, type Entry, type MapTree, type TextTree, type Tree } from './syntax-tree.ts'

/** Keys that a map does not have: what each was meant to be, and where it belongs. */

type Fields = Readonly<Record<string, KnownField>>

/** Under which of the inner keys an entry belongs. */
type InnerKey = (entry: Entry, inner: Fields) => string | null

interface Unknown {
  /** Keys that are not missing as well: one mistake, one finding. */
  readonly missing: ReadonlySet<string>
  /** What is read in the place of a key, since something belongs inside it. */
  readonly mended: ReadonlyMap<string, Tree>
}

/** What reading goes by under a key of this map. */
export const readingUnder = (tree: MapTree, fields: Fields, key: string, reading: Reading): Reading => ({
  ...reading,
  within: tree,
  beside: Object.keys(fields),
  listed: false,
  example: inOwnWords(fields[key]?.example ?? '', reading.names),
})

export function reportUnknownKeys(name: string, fields: Fields, tree: MapTree, reading: Reading): Unknown {
  const missing = new Set<string>()
  const mendedByKey = new Map<string, Tree>()
  const unknown = tree.entries.filter((entry) => !Object.hasOwn(fields, entry.key.text))
  const strays = unknown.filter((entry) => {
    const home = homeBeside(entry, tree, fields, reading)
    if (home !== null) mendedByKey.set(home.key.text, withInside(home, entry, reading))
    return home === null
  })
  const session =
    fields['sessions'] === undefined || childOf(tree, 'sessions') !== undefined ? null : sessionMeant(strays, reading)
  if (session !== null) {
    const { key } = session.entry
    reading.report(key, 'unknown-key', noKey(name, key.text), `Write sessions: ${session.meant}`)
    missing.add('sessions')
  }
  const others = strays.filter((entry) => !session?.told.has(entry))
  const isExact = (entry: Entry, inner: Fields) => (Object.hasOwn(inner, entry.key.text) ? entry.key.text : null)
  const rest = reportStrays(name, others, isExact, fields, tree, reading, missing)
  const nameless = rest.filter((entry) => {
    const key = reportMeantKey(entry, name, fields, tree, reading)
    if (key !== null) missing.add(key)
    return key === null
  })
  const isMeant = (entry: Entry, inner: Fields) => meantWord(entry.key.text, Object.keys(inner))
  for (const entry of reportStrays(name, nameless, isMeant, fields, tree, reading, missing)) {
    const instead = `The keys of ${name} are: ${Object.keys(fields).join(', ')}`
    reading.report(entry.key, 'unknown-key', noKey(name, entry.key.text), instead)
  }
  return { missing, mended: mendedByKey }
}

const noKey = (name: string, key: string) => `${capital(name)} has no key \`${key}\``

/** The map beside it that would be right with it and is not without: `{ activities: { atLeast: 3 times }, of: review }`. */
function homeBeside(entry: Entry, tree: MapTree, fields: Fields, reading: Reading): MapEntry | null {
  if (!seeksRemedy(reading)) return null
  const isHome = (each: Entry): each is MapEntry => {
    const shape = fields[each.key.text]?.shape
    if (shape === undefined || each.value.type !== 'map') return false
    const moved = { ...each.value, entries: [...each.value.entries, entry] }
    return !reads(shape, each.value, reading) && reads(shape, moved, reading)
  }
  return tree.entries.find(isHome) ?? null
}
type MapEntry = Entry & { readonly value: MapTree }

function withInside({ key, value }: MapEntry, entry: Entry, reading: Reading): MapTree {
  const moved = { ...value, entries: [...value.entries, entry] }
  const message = `\`${entry.key.text}\` belongs inside \`${key.text}\``
  reading.report(entry.key, 'unknown-key', message, `Write ${key.text}: ${written(moved)}`)
  return moved
}

/** `tier: gold` where `for: { tier: [gold] }` is read: all that belong inside one key that is not there, told once. */
function reportStrays(
  name: string,
  strays: readonly Entry[],
  innerKey: InnerKey,
  fields: Fields,
  tree: MapTree,
  reading: Reading,
  missing: Set<string>,
): readonly Entry[] {
  if (!seeksRemedy(reading)) return strays
  const quietly = { ...reading, quiet: true }
  const direct = homesIn(fields, [], strays, innerKey, tree, quietly)
  const homes = direct.length > 0 ? direct : homesWithin(strays, innerKey, fields, tree, quietly)
  const most = Math.max(0, ...homes.map(({ taken }) => taken.length))
  const [home, ...others] = homes.filter(({ taken }) => taken.length === most)
  const [first] = home?.taken ?? []
  if (home === undefined || first === undefined || others.length > 0) return strays
  const inside = writtenMap(home.taken.map(({ under, value }) => [under, value]))
  const [key = '', ...deeper] = home.path
  const value = deeper.reduceRight((said, each) => writtenMap([[each, said]]), inside)
  reading.report(first.entry.key, 'unknown-key', noKey(name, first.entry.key.text), `Write ${key}: ${value}`)
  missing.add(key)
  const told = new Set(home.taken.map(({ entry }) => entry))
  return reportStrays(
    name,
    strays.filter((entry) => !told.has(entry)),
    innerKey,
    fields,
    tree,
    reading,
    missing,
  )
}

interface Home {
  readonly path: readonly string[]
  readonly taken: readonly { readonly entry: Entry; readonly under: string; readonly value: string }[]
}

/** Each key that is not there yet and could take some of them, and would be whole with them. */
const homesIn = (
  fields: Fields,
  path: readonly string[],
  strays: readonly Entry[],
  innerKey: InnerKey,
  tree: MapTree,
  reading: Reading,
): readonly Home[] =>
  Object.entries(fields).flatMap(([key, { shape }]) => {
    const inner = shape.fields
    if (inner === undefined || (path.length === 0 && childOf(tree, key) !== undefined)) return []
    const taken = strays.flatMap((entry) => {
      const under = innerKey(entry, inner)
      const value = under === null ? null : valueUnder(under, inner, entry, tree, reading)
      return under === null || value === null ? [] : [{ entry, under, value }]
    })
    const said = new Set(taken.map(({ under }) => under))
    const isWhole = Object.entries(inner).every(([each, field]) => !field.required || said.has(each))
    return taken.length > 0 && said.size === taken.length && isWhole ? [{ path: [...path, key], taken }] : []
  })

/** One level further in: `sendTo: { for: { tier: [gold] } }`. */
const homesWithin = (
  strays: readonly Entry[],
  innerKey: InnerKey,
  fields: Fields,
  tree: MapTree,
  reading: Reading,
): readonly Home[] =>
  Object.entries(fields).flatMap(([key, { shape }]) =>
    shape.fields === undefined ||
    childOf(tree, key) !== undefined ||
    Object.values(shape.fields).some(({ required }) => required)
      ? []
      : homesIn(shape.fields, [key], strays, innerKey, tree, reading),
  )

/** The value as it is read there: `gold` is `[gold]` where a list is. */
function valueUnder(key: string, fields: Fields, { value }: Entry, tree: MapTree, reading: Reading): string | null {
  const shape = fields[key]?.shape
  return shape === undefined ? null : mended(shape, value, readingUnder(tree, fields, key, reading))
}

/** The known key that was meant, where one is near, with the value as it would be right there. */
function reportMeantKey(entry: Entry, name: string, fields: Fields, tree: MapTree, reading: Reading): string | null {
  const key = entry.key.text
  const known = Object.keys(fields)
  // `{ id:base }`
  const [, glued = '', value = ''] = /^([A-Za-z][\w-]*):(\S.*)$/.exec(key) ?? []
  if (known.includes(glued)) {
    const message = `\`${key}\` is no key: a blank is missing after the colon`
    reading.report(entry.key, 'blank-missing', message, `Put it there: \`${glued}: ${value}\``)
    return glued
  }
  // `name { en: C }`: a line without the colon of its key, and with that of what is inside.
  const [, opened = '', inside = ''] = /^([A-Za-z][\w-]*) *([{[].*)$/.exec(key) ?? []
  if (opened !== '' && entry.value.type === 'text') {
    const message = `This cannot be read: a colon is missing behind the key \`${opened}\``
    reading.report(entry.key, 'yaml-syntax', message, `Write ${opened}: ${inside}: ${entry.value.text}`)
    return opened
  }
  const plain = lookAlikesIn(key)
  if (plain !== null && known.includes(plain.plain)) {
    const message = `\`${key}\` has ${plain.name} in it`
    reading.report(entry.key, 'unknown-key', message, `Write ${plain.plain} in letters of one alphabet`)
    return plain.plain
  }
  const advice = adviceFor(entry, fields, tree, reading)
  if (advice !== null) {
    reading.report(entry.key, 'unknown-key', noKey(name, key), advice)
    return key
  }
  const free = known.filter((each) => childOf(tree, each) === undefined)
  const read = (each: string) => (seeksRemedy(reading) ? valueUnder(each, fields, entry, tree, reading) : null)
  const near = wordsMeantElsewhere(key, free).find((each) => read(each) !== null) ?? meantWord(key, free)
  if (near === null) return null
  const meant = read(near)
  const isRight = meant === null || meant === written(entry.value)
  const instead = isRight ? `Did you mean \`${near}\`?` : `Write ${near}: ${meant}`
  reading.report(entry.key, 'unknown-key', noKey(name, key), instead)
  return near
}

/** What other tools have a key for, and here is said in another way. */
function adviceFor({ key: { text }, value }: Entry, fields: Fields, tree: MapTree, reading: Reading): string | null {
  const key = text.toLowerCase().replace(/[ _-]/g, '')
  const has = (...keys: readonly string[]) => keys.every((each) => Object.hasOwn(fields, each))
  // The opposite of `include` is one letter or two away from it.
  if (key.startsWith('exclu') && has('include'))
    return `Leave it out: what spend leaves out counts only where \`include\` names it; for goods, write lines: 'line.category != "gift"'`
  if (has('multiply') && ['on', 'give', 'per'].includes(text))
    return `Leave it out: what multiplies holds wherever the rule does that it multiplies`
  if (/^(enabled|active|activated)$/.test(key)) return 'Leave it out: what stands in the program holds'
  if (key === 'priority' && has('group'))
    return 'Leave it out: rules that compete are put into a group, which says which of them counts'
  if (/^(name|title|label|description)$/.test(key) && has('id', 'when', 'group'))
    return 'Leave it out: a rule is known by its id, and what members read is made of what it does'
  if (key === 'once' && has('cap')) return 'Write cap: { most: 1 times, each: ever }'
  if (!has('when', 'lines')) return null
  const also = (condition: string) => {
    const when = childOf(tree, 'when')
    return when?.type === 'text' ? `Write when: '${when.text} && ${condition}'` : `Write when: '${condition}'`
  }
  if (isFirstOrder(text)) return also('order.firstOrder')
  const least = value.type === 'text' && /^min/.test(key) ? leastOf(value, reading) : null
  if (least !== null) return also(least)
  const fact = factByKey[key]
  const said = value.type === 'text' ? [value.text] : value.type === 'list' ? value.items.map(written) : []
  if (fact === undefined || said.length === 0) return null
  const texts = said.map((each) => JSON.stringify(each))
  return `Write lines: 'line.${fact} ${texts.length === 1 ? `== ${texts[0]}` : `in [${texts.join(', ')}]`}'`
}

/** `20.00 USD` and `3 items` as the least that an order has. */
function leastOf(value: TextTree, reading: Reading): string | null {
  const [, items] = /^(\d+) (?:items|pieces|products)$/.exec(value.text) ?? []
  const spent = items === undefined ? mended(money, value, reading) : null
  if (spent === null) return items === undefined ? null : `order.items >= ${items}`
  return `order.total >= money("${spent.split(' ')[0]}")`
}
const factByKey: Readonly<Record<string, string>> = {
  brand: 'brand',
  brands: 'brand',
  categories: 'category',
  category: 'category',
  product: 'sku',
  products: 'sku',
  sku: 'sku',
  skus: 'sku',
}

/** `{ length: P7D, end: open }` for `P7D`: the one key under which it is right, among examples of what must stand beside it. */
export function exampleWith(fields: Fields, tree: Tree, reading: Reading): string | null {
  if (tree.type !== 'text' || tree.text === '' || !seeksRemedy(reading)) return null
  const quietly = { ...reading, quiet: true }
  const fitting = Object.entries(fields).flatMap(([key, { shape }]) => {
    const value = takesAnything(shape, tree, quietly) ? null : mended(shape, tree, quietly)
    return value === null ? [] : [{ key, value }]
  })
  const [only, ...more] = fitting
  if (only === undefined || more.length > 0) return null
  const needed = Object.entries(fields).filter(([key, field]) => field.required && key !== only.key)
  return writtenMap([[only.key, only.value], ...needed.map(([key, { example }]): [string, string] => [key, example])])
}

/** `{}` for `yes`, and `{ name: { en: Red Cross } }` for `Red Cross`, where nothing else must be said. */
export function meantAlone(fields: Fields, tree: Tree, reading: Reading): string | null {
  if (tree.type !== 'text' || tree.text === '' || Object.values(fields).some(({ required }) => required)) return null
  if (/^(yes|true|on)$/i.test(tree.text)) return '{}'
  const name = fields['name'] === undefined ? null : mended(fields['name'].shape, tree, reading)
  return name === null ? null : writtenMap([['name', name]])
}

/** `{ days: [saturday, sunday] }` for `weekends`: the keys under which it is clear, though not yet right. */
export function meantInField(fields: Fields, tree: Tree, reading: Reading): string | null {
  if (tree.type !== 'text' || tree.text === '' || !seeksRemedy(reading)) return null
  const quietly = { ...reading, quiet: true }
  const needed = Object.entries(fields).filter(([, field]) => field.required)
  const meant = Object.entries(fields).flatMap(([key, { shape }]) => {
    if (needed.some(([each]) => each !== key) || takesAnything(shape, tree, quietly)) return []
    const value = mended(shape, tree, quietly)
    return value === null ? [] : [writtenMap([[key, value]])]
  })
  return meant.length > MEANT_MAX ? null : choices(meant)
}

// Of more, none was meant more than the others.
const MEANT_MAX = 3

const takesAnything = (shape: Shape<unknown>, tree: Extract<Tree, { type: 'text' }>, reading: Reading): boolean =>
  mended(shape, { ...tree, text: 'no-such-word-here' }, reading) !== null
