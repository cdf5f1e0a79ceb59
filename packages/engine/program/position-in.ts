import { type Position, parseTree } from './syntax-tree.ts'

/** Where a path of the document stands, or what is nearest above it: what is no longer there has no place of its own. */
export function positionIn(text: string, path: string): Position {
  let { tree } = parseTree(text)
  let found: Position = { line: 1, column: 1 }
  for (const word of path.split(/\.|\["|"\]/)) {
    const entry = tree?.type === 'map' ? tree.entries.find(({ key }) => key.text === word) : undefined
    if (entry === undefined) break
    const { line, column } = entry.key.at
    found = { line, column }
    tree = entry.value
  }
  return found
}
