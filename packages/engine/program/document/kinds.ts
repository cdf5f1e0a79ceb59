import { meantWord, suggestion } from '../nearest.ts'
import { right, scalar, wrong } from '../scalar.ts'
import { capital, type Reading, reads, reportShape, type Shape } from '../shape.ts'
import { childOf, type Tree } from '../syntax-tree.ts'

/** A map whose `kind` says how the rest of it is read. */
export function byKind<Value>(what: string, kinds: Readonly<Record<string, Shape<Value>>>): Shape<Value> {
  const known = Object.keys(kinds)
  const kindWord = scalar<string>({
    name: `the kind of ${what}`,
    example: known[0] ?? '',
    schema: { enum: known },
    parse(text, reading) {
      if (Object.hasOwn(kinds, text)) return right(text)
      const message = `There is no kind of ${what.replace(/^an? /, '')} \`${text}\``
      // `discount` is money off or a percentage off: what stands beside it tells.
      const meant = meantWord(text, fitting(reading))
      const instead = meant === null ? suggestion(text, known, '') : `Did you mean \`${meant}\`?`
      return wrong('unknown-word', message, instead)
    },
    print: (value) => value,
  })
  /** Kinds as which the map around it is right. */
  const fitting = (reading: Reading): readonly string[] => {
    const { within, quiet } = reading
    if (within === null || quiet) return []
    const as = (kind: string): Tree => ({
      ...within,
      entries: within.entries.map((entry) =>
        entry.key.text === 'kind' ? { ...entry, value: { ...entry.key, text: kind } } : entry,
      ),
    })
    return known.filter((kind) => {
      const shape = kinds[kind]
      return shape !== undefined && reads(shape, as(kind), reading)
    })
  }
  const shapeOf = (tree: Tree, reading: Reading): Shape<Value> | undefined => {
    const kind = tree.type === 'map' ? childOf(tree, 'kind') : undefined
    const within = tree.type === 'map' ? tree : null
    return kind === undefined ? undefined : kinds[kindWord.read(kind, { ...reading, within }) ?? '']
  }
  return {
    read(tree, reading) {
      if (tree.type !== 'map') return reportShape(tree, reading, `${what} with keys`, `{ kind: ${known[0]} }`)
      if (childOf(tree, 'kind') !== undefined) return shapeOf(tree, reading)?.read(tree, reading)
      const misspelt = tree.entries.find(
        ({ key, value }) => meantWord(key.text, ['kind']) !== null && reads(kindWord, value, reading),
      )
      if (misspelt !== undefined) {
        const { key } = misspelt
        reading.report(key, 'unknown-key', `${capital(what)} has no key \`${key.text}\``, 'Did you mean `kind`?')
        return undefined
      }
      const message = `${capital(what)} does not say its \`kind\``
      reading.report(tree, 'missing-key', message, `Add kind: one of ${known.join(', ')}`)
      return undefined
    },
    canonical: (tree, reading) => shapeOf(tree, reading)?.canonical(tree, reading) ?? {},
    schema: (definitions) => ({ oneOf: Object.values(kinds).map((shape) => shape.schema(definitions)) }),
  }
}
