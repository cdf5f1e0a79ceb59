import { Composer, isMap, isScalar, isSeq, type ParsedNode, Parser } from 'yaml'
import { joinedItems, joinedPairs, type WrittenPair } from './decimal-commas.ts'
import type { Finding, FindingCode } from './finding.ts'
import { refusedWords } from './refused-words.ts'
import { syntaxMistake } from './syntax-mistake.ts'
import { alignText } from './text-positions.ts'

/** Where something stands in the text, in UTF-16 units as editors count. */
export interface Position {
  readonly line: number
  readonly column: number
}

/** The document as it was written: every scalar is still text (YAML's failsafe schema), every node knows its place. */
export type Tree = TextTree | ListTree | MapTree | RefusedTree

interface Placed {
  readonly path: string
  readonly at: Position
}
export interface TextTree extends Placed {
  readonly type: 'text'
  readonly text: string
  /** The place of a character of `text`, for messages about something inside it. */
  positionOf(offset: number): Position
}
export interface ListTree extends Placed {
  readonly type: 'list'
  readonly items: readonly Tree[]
}
export interface MapTree extends Placed {
  readonly type: 'map'
  readonly entries: readonly Entry[]
}
/** What has been refused already (a tag, an alias): nothing more is said about it. */
interface RefusedTree extends Placed {
  readonly type: 'refused'
}
export interface Entry {
  readonly key: TextTree
  readonly value: Tree
}

export const childOf = (tree: MapTree, key: string): Tree | undefined =>
  tree.entries.find((entry) => entry.key.text === key)?.value

/** A program of a hundred rules takes 40 kB; what is larger is no program, and every reader's work is bounded by it. */
export const DOCUMENT_SIZE_MAX = 256_000
/** The language itself is eight levels deep. The limit keeps every walk of the tree from running out of stack. */
const DOCUMENT_DEPTH_MAX = 20

/** Reads YAML 1.2 or JSON. `tree` is null where the text is no document; what is only refused in places is read on. */
export function parseTree(text: string): { tree: Tree | null; findings: Finding[] } {
  const findings: Finding[] = []
  const positionAt = positionsIn(text)
  const refuse = (code: FindingCode, offset: number, message: string, instead: string, path = '') => {
    findings.push({ code, severity: 'error', path, ...positionAt(offset), message, instead })
  }

  if (text.length > DOCUMENT_SIZE_MAX) {
    const size = `The document has ${text.length} characters; at most ${DOCUMENT_SIZE_MAX} are read`
    refuse('document-too-large', 0, size, 'Split it into programs of their own')
    return { tree: null, findings }
  }
  const tokens = [...new Parser().parse(text)]
  const refused = refusedWords(tokens, text, DOCUMENT_DEPTH_MAX)
  for (const word of refused) refuse(word.code, word.offset, word.message, word.instead)
  if (refused.some((word) => word.code === 'document-too-deep')) return { tree: null, findings }

  // Keys are compared below, by name and in linear time; the parser's own check is quadratic.
  const options = { schema: 'failsafe', uniqueKeys: false, prettyErrors: false, logLevel: 'silent' } as const
  const documents = [...new Composer(options).compose(tokens)]
  const document = documents[0]
  let broken = false
  for (const error of documents.flatMap((each) => each.errors)) {
    if (error.code === 'TAG_RESOLVE_FAILED' || error.code === 'BAD_ALIAS') continue // refused by name above
    if (broken) break // what follows a broken place is mostly its consequence
    broken = true
    // What follows an unquoted condition on its line is broken by it.
    const line = positionAt(error.pos[0]).line
    if (findings.some((finding) => finding.code === 'unquoted-condition' && finding.line === line)) continue
    const { code, offset, message, instead } = syntaxMistake(error, tokens, text)
    refuse(code, offset, message, instead)
  }
  if (document?.contents === null || document?.contents === undefined) {
    if (findings.length === 0) {
      refuse('document-empty', 0, 'The document is empty', 'Begin with `laurel: 1` and the id of the program')
    }
    return { tree: null, findings }
  }
  if (broken) return { tree: null, findings }
  return { tree: treeOf(document.contents, ''), findings }

  function treeOf(node: ParsedNode | null, path: string): Tree {
    const offset = node?.range[0] ?? 0
    const at = positionAt(offset)
    if (node === null || node.tag !== undefined) return { type: 'refused', path, at }
    if (isScalar(node)) return textOf(String(node.value ?? ''), node.range, path)
    if (isSeq(node)) {
      const items = joinedItems(node.items as ParsedNode[]).map((item, index) => treeOf(item, `${path}[${index}]`))
      return { type: 'list', path, at, items }
    }
    if (!isMap(node)) return { type: 'refused', path, at } // an alias, refused by name
    const entries = new Map<string, Entry>()
    for (const pair of joinedPairs(node.items as WrittenPair[])) {
      const { key } = pair
      if (!isScalar(key)) {
        const pairAt = key.range[0]
        refuse('key-not-text', pairAt, 'A key is a word, and this one is a list or a map', 'Write `key: value`', path)
        continue
      }
      const name = String(key.value ?? '')
      const keyPath = join(path, name)
      const first = entries.get(name)
      if (name === '<<') {
        const written = 'Write the keys out where they belong'
        refuse('yaml-merge-key', key.range[0], 'Merge keys (`<<`) hide what a program says', written, keyPath)
      } else if (first !== undefined) {
        const where = `The key \`${name}\` stands here already, in line ${first.key.at.line}`
        refuse('duplicate-key', key.range[0], where, 'Keep one of the two', keyPath)
      } else {
        const value = treeOf(pair.value, keyPath)
        entries.set(name, { key: textOf(name, key.range, keyPath), value })
      }
    }
    return { type: 'map', path, at, entries: [...entries.values()] }
  }

  function textOf(value: string, range: readonly [number, number, number], path: string): TextTree {
    const [start, end] = range
    let offsets: readonly number[] | null = null
    const positionOf = (offset: number): Position => {
      offsets ??= alignText(text.slice(start, end), value)
      return positionAt(start + (offsets[Math.min(offset, value.length)] ?? 0))
    }
    return { type: 'text', path, at: positionAt(start), text: value, positionOf }
  }
}

/** `earn[0]` and `give` make `earn[0].give`; a key that is no plain word is quoted: `worth["100 points"]`. */
function join(path: string, key: string): string {
  if (!/^[A-Za-z][\w-]*$/.test(key)) return `${path}[${JSON.stringify(key)}]`
  return path === '' ? key : `${path}.${key}`
}

/** Offset to line and column; a line ends with its line feed. */
function positionsIn(text: string): (offset: number) => Position {
  const starts = [0]
  for (let at = text.indexOf('\n'); at !== -1; at = text.indexOf('\n', at + 1)) starts.push(at + 1)
  return (offset) => {
    let low = 0
    let high = starts.length - 1
    while (low < high) {
      const middle = (low + high + 1) >> 1
      if ((starts[middle] ?? 0) <= offset) low = middle
      else high = middle - 1
    }
    return { line: low + 1, column: offset - (starts[low] ?? 0) + 1 }
  }
}
