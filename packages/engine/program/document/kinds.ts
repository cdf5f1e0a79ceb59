import { suggestion } from '../nearest.ts'
import { right, scalar, wrong } from '../scalar.ts'
import { capital, type Reading, reportShape, type Shape } from '../shape.ts'
import { childOf, type Tree } from '../syntax-tree.ts'

/** A map whose `kind` says how the rest of it is read. */
export function byKind<Value>(what: string, kinds: Readonly<Record<string, Shape<Value>>>): Shape<Value> {
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
    return kind === undefined ? undefined : kinds[kindWord.read(kind, reading) ?? '']
  }
  return {
    read(tree, reading) {
      if (tree.type !== 'map') return reportShape(tree, reading, `${what} with keys`, `kind: ${known[0]}`)
      if (childOf(tree, 'kind') !== undefined) return shapeOf(tree, reading)?.read(tree, reading)
      const message = `${capital(what)} does not say its \`kind\``
      reading.report(tree, 'missing-key', message, `Add kind: one of ${known.join(', ')}`)
      return undefined
    },
    canonical: (tree, reading) => shapeOf(tree, reading)?.canonical(tree, reading) ?? {},
    schema: (definitions) => ({ oneOf: Object.values(kinds).map((shape) => shape.schema(definitions)) }),
  }
}
