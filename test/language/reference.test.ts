import { programSchema } from '@laurel/engine'
import { expect, test } from 'vitest'
import { childOf, type Entry, parseTree, type Tree } from '../../packages/engine/program/syntax-tree.ts'
import { standings } from '../../tools/words-page.ts'
import { pageOf } from './guide.ts'

test('a key that says what its silence means has no word that says it is another', () => {
  const rows = [
    ...pageOf('docs/reference/language.md').matchAll(/^\| \*{0,2}`([^`]+)`\*{0,2} \| ([^|]*) \| ([^|]*) \|$/gm),
  ]
  expect(rows.length).toBeGreaterThan(standings().keys.length / 2)
  const twice = rows.filter(
    ([, , says = '', looks = '']) => /silence means/.test(says) && /what silence means/.test(looks),
  )
  expect(twice.map(([row]) => row)).toEqual([])
})

/** The parts of a JSON Schema that say what a value looks like; every scalar is text. */
interface Form {
  readonly description?: string
  readonly $ref?: string
  readonly type?: string
  readonly const?: string | number
  readonly enum?: readonly (string | number)[]
  readonly pattern?: string
  readonly anyOf?: readonly Form[]
  readonly oneOf?: readonly Form[]
  readonly properties?: Readonly<Record<string, Form>>
  readonly required?: readonly string[]
  readonly additionalProperties?: Form | false
  readonly propertyNames?: Form
  readonly items?: Form
  readonly $defs?: Readonly<Record<string, Form>>
}

const schema: Form = programSchema()

function fits(form: Form, tree: Tree): boolean {
  const { $ref, anyOf, oneOf, properties = {}, required = [], additionalProperties, propertyNames, items } = form
  if ($ref !== undefined) return fits(schema.$defs?.[$ref.slice('#/$defs/'.length)] ?? { enum: [] }, tree)
  const ways = anyOf ?? oneOf
  if (ways !== undefined) return ways.some((way) => fits(way, tree))
  switch (tree.type) {
    case 'refused':
      return false
    case 'text': {
      const words = form.const === undefined ? form.enum : [form.const]
      const isWord = words === undefined || words.some((word) => String(word) === tree.text)
      const isScalar = form.type !== 'object' && form.type !== 'array'
      return isWord && isScalar && new RegExp(form.pattern ?? '').test(tree.text)
    }
    case 'list':
      return items !== undefined && tree.items.every((item) => fits(items, item))
    case 'map':
      return (
        form.type === 'object' &&
        required.every((key) => childOf(tree, key) !== undefined) &&
        tree.entries.every(({ key, value }) => {
          const inner = properties[key.text] ?? additionalProperties
          return !!inner && fits(inner, value) && (propertyNames === undefined || fits(propertyNames, key))
        })
      )
  }
}

test('every example of the reference is what its key takes', () => {
  const examples = keysIn(schema).flatMap(([key, form]) => {
    const [, example] = form.description?.split('. For instance: ') ?? []
    return example === undefined ? [] : [{ key, form, example }]
  })
  expect(examples.length).toBeGreaterThan(150)
  const wrong = examples.filter(({ key, form, example }) => {
    const { tree, findings } = parseTree(example)
    const value = tree?.type === 'map' ? childOf(tree, key) : undefined
    return findings.length > 0 || value === undefined || !fits(form, value)
  })
  expect(wrong.map(({ example }) => example)).toEqual([])
})

/** Every key with what it takes, wherever it stands. */
function keysIn(node: unknown): readonly (readonly [key: string, form: Form])[] {
  if (typeof node !== 'object' || node === null) return []
  const { properties = {} } = node as Form
  return [...Object.entries(properties), ...Object.values(node).flatMap(keysIn)]
}

test('whatever the guide says in passing is what some key takes', () => {
  const prose = pageOf('docs/language.md').replace(/^```[\s\S]*?^```/gm, '')
  const said = [...prose.matchAll(/`(\{ [^`…]+ \}|[A-Za-z]+: [^`…]+)`/g)].map(([, text = '']) => text)
  expect(said.length).toBeGreaterThan(30)
  const forms = Map.groupBy(keysIn(schema), ([key]) => key)
  const isRight = ({ key, value }: Entry) => forms.get(key.text)?.some(([, form]) => fits(form, value)) ?? false
  const wrong = said.filter((text) => {
    const { tree } = parseTree(text)
    // `{ 100 points: 5.00 EUR }` has a key of one's own.
    return tree?.type !== 'map' || !tree.entries.every((entry) => /^\d/.test(entry.key.text) || isRight(entry))
  })
  expect(wrong).toEqual(['laurel: 2']) // which is told to be yet to come
})
