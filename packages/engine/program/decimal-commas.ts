import { isScalar, type ParsedNode, Scalar } from 'yaml'

/** A key and its value in a map, as the parser gives them. */
export interface WrittenPair {
  readonly key: ParsedNode
  readonly value: ParsedNode | null
}

/**
 * Inside braces and brackets YAML ends a text at a comma: `{ per: 1,00 EUR }` says `per: 1` and a key `00 EUR`. Digits before
 * and behind a comma without a blank were one number, and are read as one: what is wrong with it is then said once, by
 * whoever reads the number.
 */
export function joinedPairs(pairs: readonly WrittenPair[]): readonly WrittenPair[] {
  const joined: WrittenPair[] = []
  for (const pair of pairs) {
    const before = joined.at(-1)
    const value = pair.value === null ? oneNumber(before?.value, pair.key) : null
    const key = before?.value === null ? oneNumber(before.key, pair.key) : null
    if (before !== undefined && value !== null) joined[joined.length - 1] = { key: before.key, value }
    else if (key !== null) joined[joined.length - 1] = { key, value: pair.value }
    else joined.push(pair)
  }
  return joined
}

/** As in maps, where the second part has a unit: numbers alone may be names of things. */
export function joinedItems(items: readonly ParsedNode[]): readonly ParsedNode[] {
  const joined: ParsedNode[] = []
  for (const item of items) {
    const number = isScalar(item) && /^\d+ \p{L}/u.test(String(item.value)) ? oneNumber(joined.at(-1), item) : null
    if (number === null) joined.push(item)
    else joined[joined.length - 1] = number
  }
  return joined
}

function oneNumber(before: ParsedNode | null | undefined, behind: ParsedNode): ParsedNode | null {
  if (!isPlain(before) || !isPlain(behind) || behind.range[0] !== before.range[1] + 1) return null
  if (!/^\d[\d.,]*$/.test(String(before.value)) || !/^\d/.test(String(behind.value))) return null
  const number = new Scalar(`${before.value},${behind.value}`)
  return Object.assign(number, {
    type: Scalar.PLAIN,
    range: [before.range[0], behind.range[1], behind.range[2]],
  }) as typeof behind
}

const isPlain = (node: ParsedNode | null | undefined): node is Scalar.Parsed =>
  isScalar(node) && node.type === Scalar.PLAIN && node.tag === undefined
