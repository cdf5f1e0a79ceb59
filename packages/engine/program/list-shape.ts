import { idMeant } from './id-meant.ts'
import { canonicalMap, mended, type Reading, reads, reportShape, type Shape, writtenMap } from './shape.ts'
import { childOf, type Tree } from './syntax-tree.ts'

/** Lists, and maps under ids of the author's own: how many there may be, and that none stands twice. */

const listHow = '[first, second], or a line for each that begins with a dash'
const mapHow = 'first-id: …, each under an id of your own and without a dash'

/** A list where position may decide something. Empty lists say nothing and are refused. */
export function listOf<Value>(item: Shape<Value>, lengthMax: number): Shape<readonly Value[]> {
  return {
    read(tree, reading) {
      if (tree.type !== 'list')
        return reportShape(tree, reading, 'a list', reading.example || listHow, meantList(item, tree, reading))
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
      if (tree.type !== 'map')
        return reportShape(tree, reading, 'a map', reading.example || mapHow, meantIds(item, tree, reading))
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

/** `{ high-street: {} }` for `[high-street]`, where nothing must be said of each. */
function meantIds(item: Shape<unknown>, tree: Tree, reading: Reading): string | null {
  if (tree.type !== 'list' || !reads(item, { type: 'map', path: tree.path, at: tree.at, entries: [] }, reading))
    return null
  const named = tree.items.map((each): readonly [string, string] | null => {
    const id = each.type === 'text' ? idMeant(each.text) : ''
    if (each.type !== 'text' || id === '') return null
    return [id, id === each.text ? '{}' : (mended(item, each, reading) ?? '{}')]
  })
  const known = named.filter((each) => each !== null)
  return known.length < named.length || known.length === 0 ? null : writtenMap(known)
}

function tooMany(tree: Tree, count: number, max: number, reading: Reading): boolean {
  if (count > max)
    reading.report(tree, 'too-many', `There are ${count} of them; at most ${max} are read`, `Keep to ${max}`)
  return count > max
}

/** `[gold]` for `gold`, `[tip]` for `tips`: an example could be another word that is right as well. */
function meantList(item: Shape<unknown>, tree: Tree, reading: Reading): string | null {
  const meant = tree.type === 'text' && tree.text !== '' ? mended(item, tree, reading) : null
  return meant === null ? null : `[${meant}]`
}
