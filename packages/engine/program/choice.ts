import { lookAlikesIn } from './look-alikes.ts'
import { exampleWith, meantInField } from './meant-keys.ts'
import { meantWord } from './nearest.ts'
import { inOwnWords } from './own-words.ts'
import {
  capital,
  type KnownField,
  meantMap,
  mended,
  type Reading,
  reads,
  reportShape,
  type Shape,
  seeksRemedy,
  type ValueOf,
  writtenMap,
} from './shape.ts'
import { childOf, type MapTree, type Tree } from './syntax-tree.ts'

interface Choices {
  readonly text?: Shape<unknown>
  readonly list?: Shape<unknown>
  /** A map is told apart by the one of these keys that it has. */
  readonly maps?: Readonly<Record<string, Shape<unknown>>>
}
type ChoiceOf<C extends Choices> =
  | ValueOf<C['text']>
  | ValueOf<C['list']>
  | (C['maps'] extends Readonly<Record<string, Shape<unknown>>> ? ValueOf<C['maps'][keyof C['maps']]> : never)

/** One of several forms. */
export function choice<C extends Choices>(name: string, example: string, choices: C): Shape<ChoiceOf<C>> {
  const maps: Readonly<Record<string, Shape<unknown>>> = choices.maps ?? {}
  const keys = Object.keys(maps)
  const words = choices.text?.words ?? []
  const forms = { name, example, keys, words }
  const keysIn = (tree: MapTree) => keys.filter((key) => childOf(tree, key) !== undefined)
  const shapeOf = (tree: Tree): Shape<unknown> | undefined => {
    if (tree.type === 'text') return choices.text
    if (tree.type === 'list') return choices.list
    if (tree.type === 'refused') return undefined
    const [only, ...more] = keysIn(tree)
    return more.length === 0 && only !== undefined ? maps[only] : undefined
  }
  return {
    read(tree, reading) {
      const fields = fieldsOf(maps)
      const meant = () =>
        meantMap(keys, (key) => maps[key] ?? this, tree, reading) ??
        meantAfterKey(fields, tree, reading) ??
        meantInField(fields, tree, reading) ??
        // A word of its own, or an amount without its number: `points`.
        (choices.text !== undefined && words.length === 0 ? meantText(choices.text, tree, reading) : null)
      if (tree.type === 'text' && keys.length > 0 && words.length > 0 && meantWord(tree.text, words) === null) {
        const written = tree.text === '' ? null : meant()
        const instead = written === null ? `For instance: ${inOwnWords(example, reading.names)}` : `Write ${written}`
        reading.report(tree, 'unknown-word', `${toldBy(forms)}; here is \`${tree.text}\``, instead, written)
        return undefined
      }
      const shape = shapeOf(tree)
      // A word alone where a number or a map is expected is not told about numbers.
      const isWord = tree.type === 'text' && keys.length > 0 && words.length === 0 && /^[^\d]+$/.test(tree.text)
      const shown = () => exampleIn(maps, tree, reading) ?? example
      if (isWord && shape !== undefined && !reads(shape, tree, reading))
        return reportShape(tree, reading, name, shown(), meant())
      const inner = tree.type === 'text' ? { ...reading, listed: choices.list !== undefined } : reading
      if (shape !== undefined) return shape.read(tree, inner) as ChoiceOf<C> | undefined
      if (tree.type !== 'map' || keys.length === 0) return reportShape(tree, reading, name, example, meant())
      reportUnclear(tree, forms, keysIn(tree), maps, reading)
      return undefined
    },
    canonical: (tree, reading) => shapeOf(tree)?.canonical(tree, reading) ?? '',
    fields: fieldsOf(maps),
    schema: (definitions) => {
      const forms = [choices.text, choices.list, ...Object.values(maps)].filter((shape) => shape !== undefined)
      const [only, ...more] = forms.map((shape) => shape.schema(definitions))
      return more.length === 0 && only !== undefined ? only : { anyOf: [only, ...more] }
    },
  }
}

/** Under the one key that takes it, among examples of what must stand beside it. */
function exampleIn(maps: Readonly<Record<string, Shape<unknown>>>, tree: Tree, reading: Reading): string | null {
  const told = Object.values(maps).flatMap(({ fields }) =>
    fields === undefined ? [] : (exampleWith(fields, tree, reading) ?? []),
  )
  return told.length === 1 ? (told[0] ?? null) : null
}

/** The keys that tell a map, each with what stands under it. */
const fieldsOf = (maps: Readonly<Record<string, Shape<unknown>>>): Readonly<Record<string, KnownField>> =>
  Object.fromEntries(
    Object.entries(maps).flatMap(([key, { fields }]) => {
      const field = fields?.[key]
      const others = Object.entries(fields ?? {}).some(([each, { required }]) => each !== key && required)
      return field === undefined || others ? [] : [[key, { ...field, required: false }]]
    }),
  )

/** `{ visits: { atLeast: 5 visits } }` for `5 visits`, `{ calendar: year }` for `calendar year`. */
function meantAfterKey(fields: Readonly<Record<string, KnownField>>, tree: Tree, reading: Reading): string | null {
  if (tree.type !== 'text' || !seeksRemedy(reading)) return null
  const words = tree.text.split(/[ -]/)
  const said = Object.entries(fields).filter(([key]) => words.length > 1 && words.includes(key))
  const [[key, field] = [], ...more] = said
  if (key === undefined || field === undefined || more.length > 0) return null
  const text = words.filter((word) => word !== key).join(' ')
  const value = mended(field.shape, { ...tree, text }, reading)
  return value === null ? null : writtenMap([[key, value]])
}

function meantText(shape: Shape<unknown>, tree: Tree, reading: Reading): string | null {
  return tree.type === 'text' && !reads(shape, tree, reading) ? mended(shape, tree, reading) : null
}

interface Forms {
  readonly name: string
  readonly example: string
  /** The word it may be, and the keys that tell a map. */
  readonly words: readonly string[]
  readonly keys: readonly string[]
}

/** Every form that it may have. */
function toldBy({ name, words, keys }: Forms): string {
  const maps = keys.length === 1 ? `\`${keys[0]}\`` : `one of ${keys.join(', ')}`
  if (words.length === 0) return `${capital(name)} is told by ${maps}`
  const alone = words.length === 1 ? `the word \`${words[0]}\`` : `one of the words ${words.join(', ')}`
  return `${capital(name)} is ${alone}, or a map with ${maps}`
}

function reportUnclear(
  tree: MapTree,
  forms: Forms,
  present: readonly string[],
  maps: Readonly<Record<string, Shape<unknown>>>,
  reading: Reading,
): void {
  const { keys, words } = forms
  const example = inOwnWords(forms.example, reading.names)
  const told = toldBy(forms)
  if (present.length > 1) {
    const instead = `Keep one of them, for instance: ${example}`
    reading.report(tree, 'choice-unclear', `${told}; here are ${present.join(' and ')}`, instead)
    return
  }
  for (const { key } of tree.entries) {
    const foreign = lookAlikesIn(key.text)
    if (foreign === null || !keys.includes(foreign.plain)) continue
    const message = `\`${key.text}\` has ${foreign.name} in it`
    reading.report(key, 'unknown-key', message, `Write ${foreign.plain} in letters of one alphabet`)
    return
  }
  const near = tree.entries
    .map((entry) => ({ entry, word: meantWord(entry.key.text, [...keys, ...words]) }))
    .find((each) => each.word !== null)
  const stray = strayIn(tree, maps, reading)
  if (stray !== null) {
    reading.report(stray.at, 'choice-unclear', `${told}; here is none`, `Write ${stray.meant}`)
    return
  }
  const alone = near?.word != null && !keys.includes(near.word)
  const instead =
    near === undefined
      ? `For instance: ${example}`
      : alone
        ? `Write \`${near.word}\` by itself, without a map`
        : `Did you mean \`${near.word}\`?`
  reading.report(near?.entry.key ?? tree, 'choice-unclear', `${told}; here is none`, instead)
}

interface Stray {
  readonly at: Tree
  readonly meant: string
}

/** `goal: { spend: { atLeast: 25.00 EUR } }` for `spend: 25.00 EUR`, `give: 5 points` for `points: 5`. */
function strayIn(tree: MapTree, maps: Readonly<Record<string, Shape<unknown>>>, reading: Reading): Stray | null {
  if (!seeksRemedy(reading)) return null
  const found = tree.entries.flatMap((entry): readonly Stray[] => {
    const { text } = entry.key
    const number = entry.value.type === 'text' && /^\d+$/.test(entry.value.text) ? entry.value.text : null
    if (number !== null && reading.names.assets.has(text) && maps['give'] !== undefined)
      return [{ at: entry.key, meant: `give: ${number} ${text}` }]
    if (number !== null && reading.names.assets.has(text) && maps['reward'] !== undefined)
      return [{ at: tree, meant: `${number} ${text}` }]
    return Object.entries(maps).flatMap(([key, { fields }]) => {
      const inside = fields?.[key]?.shape.fields?.[text]
      const value = inside === undefined ? null : mended(inside.shape, entry.value, reading)
      return value === null ? [] : [{ at: entry.key, meant: `${key}: ${writtenMap([[text, value]])}` }]
    })
  })
  return found.length === 1 ? (found[0] ?? null) : null
}
