import type { Finding, FindingCode } from './finding.ts'
import type { Names } from './names.ts'
import { assetUnder, inOwnWords } from './own-words.ts'
import { childOf, type Entry, type MapTree, type TextTree, type Tree } from './syntax-tree.ts'

/**
 * One part of the language: how it is read, how it is written in the canonical form, and how editors are told about it. The
 * whole document is one such shape, put together from small ones, so that reader, canonical form and published schema
 * cannot drift apart.
 */
export interface Shape<out Value> {
  /** The value, or `undefined` where it could not be read; why not has been reported. */
  read(tree: Tree, reading: Reading): Value | undefined
  /** The same in the one canonical way; only for what was read without an error. */
  canonical(tree: Tree, reading: Reading): Json
  /** `definitions` gathers what stands in many places. */
  schema(definitions: Definitions): JsonSchema
  /** The words that a text here must be one of, where there are such. */
  readonly words?: readonly string[]
  /** The ids that it may be, where it refers to what the document declares under `where`. */
  readonly declared?: { readonly where: string; known(names: Names): readonly string[] }
  /** The keys of a map, where it has keys of its own. */
  readonly fields?: Readonly<Record<string, KnownField>>
}

export interface KnownField {
  readonly shape: Shape<unknown>
  readonly required: boolean
  /** Shown when an editor's pointer rests on the key. */
  readonly says: string
  readonly example: string
}
export type Definitions = Map<string, JsonSchema>
export type ValueOf<S> = S extends Shape<infer Value> ? Value : never

/** What reading goes by and reports to. */
export interface Reading {
  readonly names: Names
  /** `meant` is what stands there, written as it would be right, where that is one thing. */
  report(
    at: Pick<Tree, 'path' | 'at'>,
    code: FindingCode,
    message: string,
    instead: string,
    meant?: string | null,
  ): void
  readonly findings: Finding[]
  /** How the value of the key that is being read looks. */
  readonly example: string
  /** The map in which the value stands. */
  readonly within: MapTree | null
  /** The keys that this map may have. */
  readonly beside: readonly string[]
  /** Whether a list of such values may stand in the place of one. */
  readonly listed: boolean
  /** The asset that amounts are in here, where what stands beside them says it. */
  readonly asset: string | null
  /** Whether members pay with it: what is only collected to climb cannot stand here. */
  readonly spent: boolean
  /** Whether it counts what is given, which is never money. */
  readonly given: boolean
  /** What is counted here, where what stands beside it says so. */
  readonly counts: Counted | null
  /** Only whether it can be read is asked: remedies are not looked for. */
  readonly quiet: boolean
}

/** An amount of an asset, money, or things by their unit. */
export type Counted = 'amount' | 'money' | 'orders' | 'visits' | 'times' | 'items'

export type Json = string | readonly Json[] | { readonly [key: string]: Json }
export type JsonSchema = { readonly [key: string]: unknown }

export const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1)

/** `meant` is the same text, written as it would be right, where that is clear. */
export function reportShape(
  tree: Tree,
  reading: Reading,
  wanted: string,
  example: string,
  meant: string | null = null,
): undefined {
  if (tree.type === 'refused') return
  const shown = inOwnWords(example, reading.names)
  const instead = meant !== null ? `Write ${meant}` : example === '' ? `Write ${wanted}` : `For instance: ${shown}`
  if (tree.type === 'text' && tree.text === '') {
    reading.report(tree, 'empty-value', 'Nothing is said here', instead, meant)
    return
  }
  const found = tree.type === 'text' ? `the text \`${tree.text}\`` : tree.type === 'list' ? 'a list' : 'a map'
  reading.report(tree, 'wrong-shape', `Here stands ${found}; ${wanted} is expected`, instead, meant)
}

/** Whether it would be right, without a word about it. */
export function reads(shape: Shape<unknown>, tree: Tree, reading: Reading): boolean {
  let right = true
  const report = () => {
    right = false
  }
  return shape.read(tree, { ...reading, findings: [], report, quiet: true }) !== undefined && right
}

/** The text as this shape reads it: as it stands, or as what is said of it would have it; null where that is not clear. */
export function mended(shape: Shape<unknown>, tree: Tree, reading: Reading): string | null {
  if (tree.type !== 'text') {
    if (reads(shape, tree, reading)) return written(tree)
    const [only, ...more] = tree.type === 'list' ? tree.items : []
    return only?.type === 'text' && more.length === 0 && reads(shape, only, reading) ? writtenIn(only.text) : null
  }
  const said: (string | null)[] = []
  const report: Reading['report'] = (_at, _code, _message, _instead, meant = null) => said.push(meant)
  const value = shape.read(tree, { ...reading, findings: [], report })
  if (said.length === 0) return value === undefined ? null : writtenIn(tree.text)
  return said.length === 1 ? (said[0] ?? null) : null
}

// Looking for a remedy reads the text again for every key it may belong to; a page of mistakes is not worth more of that.
const REMEDIES_MAX = 100
export const seeksRemedy = ({ quiet, findings }: Reading): boolean => !quiet && findings.length < REMEDIES_MAX

/**
 * `{ calendar: year }` for `year`, `{ tier: [gold] }` for `gold` and for `[gold]`: the one key to which it belongs. A key that
 * would take any text tells nothing, and of several nobody knows which was meant.
 */
export function meantMap(
  keys: readonly string[],
  mapWith: (key: string) => Shape<unknown>,
  tree: Tree,
  reading: Reading,
): string | null {
  if (!seeksRemedy(reading) || (tree.type === 'text' ? tree.text === '' : tree.type !== 'list')) return null
  const { path, at } = tree
  const inList = (items: readonly Tree[]): Tree => ({ type: 'list', path, at, items })
  const nonsense: TextTree = { type: 'text', path, at, text: 'no-such-word-here', positionOf: () => at }
  const ways = tree.type === 'text' ? [[tree, nonsense] as const, [inList([tree]), inList([nonsense])] as const] : []
  const fits = (key: string, value: Tree): boolean => {
    const entries = [{ key: { ...nonsense, text: key }, value }]
    return reads(mapWith(key), { type: 'map', path, at, entries }, reading)
  }
  const meant = keys.flatMap((key) =>
    (ways.length > 0 ? ways : [[tree, inList([nonsense])] as const]).flatMap(([value, other]) =>
      fits(key, value) && !fits(key, other) ? [writtenMap([[key, written(value)]])] : [],
    ),
  )
  return meant.length === 1 ? (meant[0] ?? null) : null
}

/** Inside braces and brackets. */
export const writtenIn = (text: string): string => (/[,:#[\]{}"']/.test(text) ? JSON.stringify(text) : text)

/** The same words in one line. */
export function written(tree: Tree): string {
  switch (tree.type) {
    case 'text':
      return writtenIn(tree.text)
    case 'list':
      return `[${tree.items.map(written).join(', ')}]`
    case 'map':
      return writtenMap(tree.entries.map(({ key, value }) => [key.text, written(value)]))
    case 'refused':
      return ''
  }
}
export const writtenMap = (entries: readonly (readonly [key: string, value: string])[]): string =>
  entries.length === 0 ? '{}' : `{ ${entries.map(([key, value]) => `${key}: ${value}`).join(', ')} }`

/** A map in the canonical way, each value by its own shape. */
export const canonicalMap = (
  tree: Tree,
  shapeOf: (entry: Entry) => Shape<unknown> | undefined,
  reading: Reading,
): Json => {
  if (tree.type !== 'map') return {}
  const entries = tree.entries.map((entry) => [entry.key.text, shapeOf(entry)?.canonical(entry.value, reading) ?? ''])
  return Object.fromEntries(entries) as Json
}

/** The same words, another value. */
export const mapped = <From, To>(shape: Shape<From>, convert: (value: From) => To): Shape<To> => ({
  read(tree, reading) {
    const value = shape.read(tree, reading)
    return value === undefined ? undefined : convert(value)
  },
  canonical: (tree, reading) => shape.canonical(tree, reading),
  schema: (definitions) => shape.schema(definitions),
  ...(shape.words === undefined ? {} : { words: shape.words }),
  ...(shape.declared === undefined ? {} : { declared: shape.declared }),
  ...(shape.fields === undefined ? {} : { fields: shape.fields }),
})

/** The same shape, where amounts are in the asset that stands beside it under this key. */
export const inAssetOf = <Value>(key: string, shape: Shape<Value>): Shape<Value> => ({
  ...shape,
  read: (tree, reading) =>
    shape.read(tree, { ...reading, asset: assetUnder(key, reading.within, reading.names) ?? reading.asset }),
})

/** The same shape, where members pay with what stands here. */
export const asPayment = <Value>(shape: Shape<Value>): Shape<Value> => ({
  ...shape,
  read: (tree, reading) => shape.read(tree, { ...reading, spent: true }),
})

/** The same shape, where what is counted goes by the word that stands beside it under this key. */
export const countedBy = <Value>(
  key: string,
  says: Readonly<Record<string, Counted>>,
  shape: Shape<Value>,
): Shape<Value> => ({
  ...shape,
  read(tree, reading) {
    const beside = reading.within === null ? undefined : childOf(reading.within, key)
    const words =
      beside?.type === 'text' ? [beside.text] : beside?.type === 'map' ? beside.entries.map(({ key }) => key.text) : []
    const [counts = null] = words.flatMap((word) => (Object.hasOwn(says, word) ? (says[word] ?? []) : []))
    return shape.read(tree, { ...reading, counts })
  },
})

/** A shape that stands in many places: the published schema says it once, under this name. */
export const defined = <Value>(name: string, shape: Shape<Value>): Shape<Value> => ({
  ...shape,
  schema(definitions) {
    if (!definitions.has(name)) {
      definitions.set(name, {}) // its place, before those of what it holds
      definitions.set(name, shape.schema(definitions))
    }
    return { $ref: `#/$defs/${name}` }
  },
})
