import type { Finding, FindingCode } from './finding.ts'
import { keyMeanings } from './key-meanings.ts'
import { lookAlikesIn } from './look-alikes.ts'
import type { Names } from './names.ts'
import { meantWord } from './nearest.ts'
import { assetUnder, choices, inOwnWords } from './own-words.ts'
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
}
export type Definitions = Map<string, JsonSchema>
export type ValueOf<S> = S extends Shape<infer Value> ? Value : never

/** What reading goes by and reports to. */
export interface Reading {
  readonly names: Names
  report(at: Pick<Tree, 'path' | 'at'>, code: FindingCode, message: string, instead: string): void
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
  /** What is counted here, where what stands beside it says so. */
  readonly counts: Counted | null
  /** Only whether it can be read is asked: remedies are not looked for. */
  readonly quiet: boolean
}

/** An amount of an asset, money, or things by their unit. */
export type Counted = 'amount' | 'money' | 'orders' | 'visits' | 'times' | 'items'

export type Json = string | readonly Json[] | { readonly [key: string]: Json }
export type JsonSchema = { readonly [key: string]: unknown }

export interface Field<out Value> {
  readonly shape: Shape<unknown>
  readonly required: boolean
  /** Shown when an editor's pointer rests on the key. */
  readonly says: string
  readonly example: string
  /** A code of its own where silence is dangerous. */
  readonly missing?: FindingCode
  /** Only for the type. */
  readonly value?: Value
}

export const required = <Value>(
  shape: Shape<Value>,
  says: string,
  example: string,
  missing?: FindingCode,
): Field<Value> => ({ shape, required: true, says, example, ...(missing === undefined ? {} : { missing }) })

export const optional = <Value>(shape: Shape<Value>, says: string, example = ''): Field<Value | null> => ({
  shape,
  required: false,
  says,
  example,
})

type Fields = Readonly<Record<string, Field<unknown>>>
type Read<F extends Fields> = { readonly [Key in keyof F]: F[Key] extends Field<infer Value> ? Value : never } & {
  /** Where it stands, for findings of later checks. */
  readonly tree: MapTree
}

/** A map with known keys. What is optional and absent, or could not be read, is null; a required one must be readable. */
export function record<F extends Fields>(name: string, fields: F): Shape<Read<F>> {
  return {
    read(tree, reading) {
      const { values, complete } = readFields(name, fields, tree, reading)
      return complete ? (values as Read<F>) : undefined
    },
    canonical: (tree, reading) => canonicalMap(tree, (entry) => fields[entry.key.text]?.shape, reading),
    schema: (definitions) => recordSchema(fields, definitions),
  }
}

/** As `record`, and every field that cannot be read is null: the rest of the document is still checked. */
export function sections<F extends Fields>(
  name: string,
  fields: F,
): Shape<{ readonly [Key in keyof Read<F>]: Key extends 'tree' ? MapTree : Read<F>[Key] | null }> {
  type Sections = { readonly [Key in keyof Read<F>]: Key extends 'tree' ? MapTree : Read<F>[Key] | null }
  return {
    ...record(name, fields),
    read(tree, reading) {
      const { values } = readFields(name, fields, tree, reading)
      return values === null ? undefined : (values as Sections)
    },
  }
}

function readFields(name: string, fields: Fields, tree: Tree, reading: Reading) {
  if (tree.type !== 'map') {
    const shape = record(name, fields)
    const meant = meantMap(Object.keys(fields), () => shape, tree, reading)
    const example = tree.path === '' ? exampleOf(fields, true) : reading.example || exampleOf(fields, false)
    reportShape(tree, reading, `${name} with keys`, example, meant)
    return { values: null, complete: false }
  }
  const values: Record<string, unknown> = { tree }
  let complete = true
  // A key that is only misspelt is not missing as well: one mistake, one finding.
  const misspelt = new Set<string | null>()
  // As is what stands one brace too far out.
  const mended = new Map<string, Tree>()
  for (const entry of tree.entries) {
    if (Object.hasOwn(fields, entry.key.text)) continue
    const home = homeOf(entry, tree, fields, reading)
    if (home === null) misspelt.add(reportUnknownKey(entry, name, Object.keys(fields), reading))
    else mended.set(home.key.text, withInside(home, entry, reading))
  }
  for (const [key, field] of Object.entries(fields)) {
    const child = mended.get(key) ?? childOf(tree, key)
    const value =
      child === undefined
        ? null
        : field.shape.read(child, {
            ...reading,
            within: tree,
            beside: Object.keys(fields),
            listed: false,
            example: inOwnWords(field.example, reading.names),
          })
    values[key] = value ?? null
    if (child === undefined && field.required && !misspelt.has(key)) {
      reading.report(
        tree,
        field.missing ?? 'missing-key',
        `${capital(name)} does not say \`${key}\``,
        toAdd(key, field, reading),
      )
    }
    if (field.required && (value === undefined || child === undefined)) complete = false
  }
  return { values, complete }
}

/** The map beside it that would be right with it and is not without: `{ activities: { atLeast: 3 times }, of: review }`. */
function homeOf(entry: Entry, tree: MapTree, fields: Fields, reading: Reading): MapEntry | null {
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
  const said = moved.entries.map((each) => (each.value.type === 'text' ? `${each.key.text}: ${each.value.text}` : null))
  const instead = said.includes(null) ? 'Write it there' : `Write ${key.text}: { ${said.join(', ')} }`
  reading.report(entry.key, 'unknown-key', `\`${entry.key.text}\` belongs inside \`${key.text}\``, instead)
  return moved
}

/** What fits this document, where that is known; else an example that is called one. */
function toAdd(key: string, { shape, says, example }: Field<unknown>, { names }: Reading): string {
  const told = `${says.charAt(0).toLowerCase()}${says.slice(1)}`
  const known = shape.declared?.known(names) ?? shape.words ?? []
  const written = choices(known.map((each) => `\`${key}: ${each}\``))
  if (written !== null) return `Add ${written}: ${told}`
  if (shape.declared !== undefined && known.length === 0) {
    return `Add \`${key}\`, ${told}; declare it under \`${shape.declared.where}\``
  }
  return `Add \`${key}\`, for instance \`${key}: ${inOwnWords(example, names)}\`: ${told}`
}

export const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1)

const exampleOf = (fields: Fields, isRoot: boolean): string => {
  const required = Object.entries(fields).filter(([, field]) => field.required)
  const told = Object.entries(fields).filter(([, field]) => field.example !== '')
  const keys = (required.length > 0 ? required : told.slice(0, 1))
    .slice(0, 3) // enough to see how it looks
    .map(([key, field]) => `${key}: ${field.example}`)
    .join(', ')
  return isRoot || keys === '' ? keys : `{ ${keys} }`
}

/** The known key that was meant, where one is near. */
function reportUnknownKey(entry: Entry, name: string, known: readonly string[], reading: Reading): string | null {
  const key = entry.key.text
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
  // The opposite of `include` is one letter or two away from it.
  if (key.toLowerCase().startsWith('exclu') && known.includes('include')) {
    const message = `${capital(name)} has no key \`${key}\``
    const instead = `Leave it out: what spend leaves out counts only where \`include\` names it; for goods, write lines: 'line.category != "gift"'`
    reading.report(entry.key, 'unknown-key', message, instead)
    return key
  }
  const near = meantWord(key, known)
  const instead = near === null ? `The keys of ${name} are: ${known.join(', ')}` : `Did you mean \`${near}\`?`
  reading.report(entry.key, 'unknown-key', `${capital(name)} has no key \`${key}\``, instead)
  return near
}

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
    reading.report(tree, 'empty-value', 'Nothing is said here', instead)
    return
  }
  const found = tree.type === 'text' ? `the text \`${tree.text}\`` : tree.type === 'list' ? 'a list' : 'a map'
  reading.report(tree, 'wrong-shape', `Here stands ${found}; ${wanted} is expected`, instead)
}

/** Whether it would be right, without a word about it. */
export function reads(shape: Shape<unknown>, tree: Tree, reading: Reading): boolean {
  let right = true
  const report = () => {
    right = false
  }
  return shape.read(tree, { ...reading, findings: [], report, quiet: true }) !== undefined && right
}

// Looking for a remedy reads the text again for every key it may belong to; a page of mistakes is not worth more of that.
const REMEDIES_MAX = 100
const seeksRemedy = ({ quiet, findings }: Reading): boolean => !quiet && findings.length < REMEDIES_MAX

/** `[tip]` for `tips`: an example could be another word that is right as well. */
function nearItem(item: Shape<unknown>, tree: Tree): string | null {
  const near = tree.type === 'text' && tree.text !== '' ? meantWord(tree.text, item.words ?? []) : null
  return near === null ? null : `[${near}]`
}

/** `[gold]` for `gold`. */
function meantList(item: Shape<unknown>, tree: Tree, reading: Reading): string | null {
  if (tree.type !== 'text' || !seeksRemedy(reading) || !reads(item, tree, reading)) return null
  return `[${writtenIn(tree.text)}]`
}

/**
 * `{ calendar: year }` for `year`, `{ tier: [gold] }` for `gold`: the one key to which it belongs. A key that would take any
 * text tells nothing, and of several nobody knows which was meant.
 */
export function meantMap(
  keys: readonly string[],
  mapWith: (key: string) => Shape<unknown>,
  tree: Tree,
  reading: Reading,
): string | null {
  if (tree.type !== 'text' || tree.text === '' || !seeksRemedy(reading)) return null
  const { path, at } = tree
  const nonsense = { ...tree, text: 'no-such-word-here' }
  const fits = (key: string, value: TextTree, isList: boolean): boolean => {
    const said: Tree = isList ? { type: 'list', path, at, items: [value] } : value
    return reads(
      mapWith(key),
      { type: 'map', path, at, entries: [{ key: { ...tree, text: key }, value: said }] },
      reading,
    )
  }
  const meant = keys.flatMap((key) =>
    [false, true].flatMap((isList) =>
      fits(key, tree, isList) && !fits(key, nonsense, isList)
        ? [`{ ${key}: ${isList ? `[${writtenIn(tree.text)}]` : writtenIn(tree.text)} }`]
        : [],
    ),
  )
  return meant.length === 1 ? (meant[0] ?? null) : null
}

/** Inside braces and brackets. */
export const writtenIn = (text: string): string => (/[,:#[\]{}"']/.test(text) ? JSON.stringify(text) : text)

const canonicalMap = (tree: Tree, shapeOf: (entry: Entry) => Shape<unknown> | undefined, reading: Reading): Json => {
  if (tree.type !== 'map') return {}
  const entries = tree.entries.map((entry) => [entry.key.text, shapeOf(entry)?.canonical(entry.value, reading) ?? ''])
  return Object.fromEntries(entries) as Json
}

function recordSchema(fields: Fields, definitions: Definitions): JsonSchema {
  const properties = Object.entries(fields).map(([key, field]) => {
    const example = field.example === '' ? '' : `. For instance: ${key}: ${field.example}`
    const told = { title: keyMeanings[key] ?? key, description: `${field.says}${example}` }
    return [key, { ...field.shape.schema(definitions), ...told }]
  })
  const names = Object.entries(fields).flatMap(([key, field]) => (field.required ? [key] : []))
  return {
    type: 'object',
    properties: Object.fromEntries(properties),
    ...(names.length === 0 ? {} : { required: names }),
    additionalProperties: false,
  }
}

const listHow = '[first, second], or a line for each that begins with a dash'
const mapHow = 'first-id: …, each under an id of your own and without a dash'

/** A list where position may decide something. Empty lists say nothing and are refused. */
export function listOf<Value>(item: Shape<Value>, lengthMax: number): Shape<readonly Value[]> {
  return {
    read(tree, reading) {
      if (tree.type !== 'list')
        return reportShape(
          tree,
          reading,
          'a list',
          reading.example || listHow,
          meantList(item, tree, reading) ?? nearItem(item, tree),
        )
      if (tree.items.length === 0) {
        reading.report(tree, 'empty-list', 'The list is empty', 'Leave the key out, or name at least one')
        return undefined
      }
      if (tooMany(tree, tree.items.length, lengthMax, reading)) return undefined
      const inner = { ...reading, example: '' }
      const values = tree.items.map((child) => item.read(child, inner))
      return values.filter((value) => value !== undefined)
    },
    canonical: (tree, reading) =>
      tree.type === 'list' ? tree.items.map((child) => item.canonical(child, reading)) : [],
    schema: (definitions) => ({ type: 'array', items: item.schema(definitions), minItems: 1, maxItems: lengthMax }),
  }
}

/** A list in which no two have the same id: asked of what is written, so that it is told also where one cannot be read. */
export function withUnique<Value>(key: string, what: string, list: Shape<readonly Value[]>): Shape<readonly Value[]> {
  return {
    ...list,
    read(tree, reading) {
      const firstById = new Map<string, Tree>()
      for (const item of tree.type === 'list' ? tree.items : []) {
        const id = item.type === 'map' ? childOf(item, key) : undefined
        if (id?.type !== 'text') continue
        const first = firstById.get(id.text)
        firstById.set(id.text, first ?? item)
        if (first === undefined) continue
        const message = `There are two ${what}s \`${id.text}\`; the first is in line ${first.at.line}`
        reading.report(id, 'duplicate-id', message, 'Give one of them another id')
      }
      return list.read(tree, reading)
    },
  }
}

/** A list in which order means nothing and nothing stands twice: read in the order of its texts. */
export function setOf<Value extends string>(item: Shape<Value>, lengthMax: number): Shape<readonly Value[]> {
  const list = listOf(item, lengthMax)
  return {
    read(tree, reading) {
      const values = list.read(tree, reading)
      if (values === undefined || tree.type !== 'list') return undefined
      const seen = new Set<string>()
      for (const child of tree.items) {
        if (child.type !== 'text') continue
        if (seen.has(child.text))
          reading.report(child, 'duplicate-item', `\`${child.text}\` stands here twice`, 'Keep one')
        seen.add(child.text)
      }
      return [...values].sort()
    },
    canonical: (tree, reading) => {
      const items = list.canonical(tree, reading)
      return Array.isArray(items) ? [...items].sort() : items
    },
    schema: (definitions) => ({ ...list.schema(definitions), uniqueItems: true }),
  }
}

export interface Named<Value> {
  readonly id: string
  readonly value: Value
}

/** A map from ids of the author's own to values. It is read in the order of its ids: nothing depends on how a map is ordered. */
export function mapOf<Value>(id: Shape<string>, item: Shape<Value>, sizeMax: number): Shape<readonly Named<Value>[]> {
  return {
    read(tree, reading) {
      if (tree.type !== 'map') return reportShape(tree, reading, 'a map', reading.example || mapHow)
      if (tree.entries.length === 0) {
        reading.report(tree, 'empty-list', 'The map is empty', 'Leave the key out, or name at least one')
        return undefined
      }
      if (tooMany(tree, tree.entries.length, sizeMax, reading)) return undefined
      const inner = { ...reading, example: '' }
      const named = tree.entries.flatMap((entry) => {
        const name = id.read(entry.key, inner)
        const value = item.read(entry.value, inner)
        return name === undefined || value === undefined ? [] : [{ id: name, value }]
      })
      return named.sort((a, b) => (a.id < b.id ? -1 : 1))
    },
    canonical: (tree, reading) => canonicalMap(tree, () => item, reading),
    schema: (definitions) => ({
      type: 'object',
      propertyNames: id.schema(definitions),
      additionalProperties: item.schema(definitions),
      minProperties: 1,
      maxProperties: sizeMax,
    }),
  }
}

function tooMany(tree: Tree, count: number, max: number, reading: Reading): boolean {
  if (count > max)
    reading.report(tree, 'too-many', `There are ${count} of them; at most ${max} are read`, `Keep to ${max}`)
  return count > max
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
})

/** The same shape, where amounts are in the asset that stands beside it under this key. */
export const inAssetOf = <Value>(key: string, shape: Shape<Value>): Shape<Value> => ({
  ...shape,
  read: (tree, reading) =>
    shape.read(tree, { ...reading, asset: assetUnder(key, reading.within, reading.names) ?? reading.asset }),
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
