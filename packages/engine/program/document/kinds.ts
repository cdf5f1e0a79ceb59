import { suggestion } from '../nearest.ts'
import { right, scalar, wrong } from '../scalar.ts'
import type { Reading, Shape } from '../shape.ts'
import { childOf, type Tree } from '../syntax-tree.ts'

/** A map whose `kind` says how the rest of it is read. Without a kind it is read as `plain`, which says that one is missing. */
export function byKind<Value>(
  what: string,
  kinds: Readonly<Record<string, Shape<Value>>>,
  plain: Shape<Value>,
): Shape<Value> {
  const known = Object.keys(kinds)
  const kindWord = scalar<string>({
    name: `the kind of ${what}`,
    example: known[0] ?? '',
    schema: { enum: known },
    parse: (text) =>
      Object.hasOwn(kinds, text)
        ? right(text)
        : wrong(
            'unknown-word',
            `There is no kind of ${what.replace(/^an? /, '')} \`${text}\``,
            suggestion(text, known, ''),
          ),
    print: (value) => value,
  })
  const shapeOf = (tree: Tree, reading: Reading): Shape<Value> | undefined => {
    const kind = tree.type === 'map' ? childOf(tree, 'kind') : undefined
    if (kind === undefined) return plain
    return kinds[kindWord.read(kind, reading) ?? '']
  }
  return {
    read: (tree, reading) => shapeOf(tree, reading)?.read(tree, reading),
    canonical: (tree, reading) => shapeOf(tree, reading)?.canonical(tree, reading) ?? {},
    schema: (definitions) => ({ oneOf: Object.values(kinds).map((shape) => shape.schema(definitions)) }),
  }
}
