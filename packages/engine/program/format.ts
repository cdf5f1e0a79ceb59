import {
  type Document,
  isCollection,
  isMap,
  isPair,
  isScalar,
  isSeq,
  Lexer,
  type ParsedNode,
  parseDocument,
  visit,
} from 'yaml'
import { readDocument } from './read.ts'

// As wide as is read without moving the eyes back; longer maps are written a key to a line.
const FLOW_WIDTH_MAX = 100

/**
 * The layout of the language: two spaces, one key to a line, braces and brackets only for what fits a line and was written
 * so, conditions in single quotes; comments, blank lines and order as they were. Null where the text is no document of the
 * language. Formatting twice is formatting once, and the program stays the same.
 */
export function formatProgram(text: string): string | null {
  const { tree, reading } = readDocument(text)
  if (tree === null || reading.findings.length > 0) return null
  const document = parseDocument(text, { schema: 'failsafe', uniqueKeys: false })
  layOut(document)
  return tightLists(document.toString({ lineWidth: 0, flowCollectionPadding: true, indentSeq: true }))
}

function layOut(document: Document.Parsed): void {
  visit(document, {
    Pair(_key, pair, path) {
      const name = isScalar(pair.key) ? pair.key.value : ''
      const short = oneAward(String(name), pair.value) ?? plainLife(String(name), pair.value, path)
      if (short !== null) pair.value = short
    },
    Scalar(key, node, path) {
      if (typeof node.value !== 'string' || node.type === 'BLOCK_LITERAL' || node.type === 'BLOCK_FOLDED') return
      const owner = path.at(-1)
      const name = isPair(owner) && key === 'value' && isScalar(owner.key) ? owner.key.value : ''
      node.type = name === 'when' || name === 'lines' ? 'QUOTE_SINGLE' : 'PLAIN'
    },
    Collection(_key, node, path) {
      const depth = path.filter((step) => isCollection(step)).length
      const listsMaps = isSeq(node) && node.items.some((item) => isMap(item))
      if (depth === 0 || !node.flow || listsMaps || standsOnItsOwn(path, depth) || !fits(node, depth)) node.flow = false
    },
  })
}

const awardKeys = new Set(['give', 'entry', 'friend', 'advocate'])

/** One thing has one way to be said: an award alone is no list, `5 points` for `[5 points]`. Comments keep what they stand at. */
function oneAward(name: string, value: unknown): ParsedNode | null {
  if (!awardKeys.has(name) || !isSeq<ParsedNode>(value) || value.items.length !== 1) return null
  const [only] = value.items
  return only === undefined || [value, only].some(isCommented) ? null : only
}

/** `P30D` for `{ life: P30D }` in a reward. */
function plainLife(name: string, value: unknown, path: readonly unknown[]): ParsedNode | null {
  const section = path.find((step) => isPair(step))
  if (name !== 'expires' || !isPair(section) || !isScalar(section.key) || section.key.value !== 'rewards') return null
  if (!isMap<ParsedNode, ParsedNode | null>(value) || value.items.length !== 1) return null
  const [only] = value.items
  if (only === undefined || !isScalar(only.key) || only.key.value !== 'life' || only.value === null) return null
  return [value, only.key, only.value].some(isCommented) ? null : only.value
}

const isCommented = (node: Pick<ParsedNode, 'comment' | 'commentBefore'>): boolean =>
  Boolean(node.comment) || Boolean(node.commentBefore)

const ownLines = new Set(['assets', 'earn', 'rewards', 'tiers'])

/** Rules, assets, ladders and rewards have a key to a line, however short: that is where a reader looks for them. */
function standsOnItsOwn(path: readonly unknown[], depth: number): boolean {
  const section = path.find((step) => isPair(step))
  return depth <= 2 && isPair(section) && isScalar(section.key) && ownLines.has(String(section.key.value))
}

function fits(node: Document.Parsed['contents'] | object, depth: number): boolean {
  const alone = parseDocument('{}', { schema: 'failsafe' })
  alone.contents = node as typeof alone.contents
  const written = alone.toString({ lineWidth: 0, flowCollectionPadding: true }).trim()
  return !written.includes('\n') && !written.includes('#') && written.length + depth * 2 <= FLOW_WIDTH_MAX
}

/** Braces are written with blanks inside and brackets without; the printer knows one or the other. */
function tightLists(text: string): string {
  const tokens = [...new Lexer().lex(text)].filter((token) => !marks.has(token))
  return tokens
    .filter((token, index) => {
      if (!/^ +$/.test(token)) return true
      return tokens[index - 1] !== '[' && tokens[index + 1] !== ']'
    })
    .join('')
}

// What the lexer puts between the pieces of the text: begin of document, end of a broken flow, begin of a scalar.
const marks = new Set(['\u0002', '\u0018', '\u001f'])
