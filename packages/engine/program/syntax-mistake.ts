import type { CST } from 'yaml'
import type { FindingCode } from './finding.ts'

/** What the parser found. */
interface YamlError {
  readonly code: string
  readonly message: string
  readonly pos: readonly [number, number]
}

interface Opened {
  readonly offset: number
  readonly closing: string
}

export interface SyntaxMistake {
  readonly code: Extract<FindingCode, 'yaml-syntax' | 'yaml-quote'>
  readonly offset: number
  readonly message: string
  readonly instead: string
}

/** The parser's complaint in words of every day, at the place where a person would look. */
export function syntaxMistake(error: YamlError, tokens: readonly CST.Token[], text: string): SyntaxMistake {
  const offset = error.pos[0]
  const said = (what: string, instead: string, at = offset): SyntaxMistake => ({
    code: 'yaml-syntax',
    offset: at,
    message: `This cannot be read: ${what}`,
    instead,
  })
  const opened = unclosedIn(tokens)
  if (opened !== null && (error.code === 'MISSING_CHAR' || error.code === 'BAD_INDENT')) {
    const line = lineAt(text, opened.offset)
    const instead = /\s#/.test(line)
      ? 'A `#` behind a blank begins a comment: put quotes around the text'
      : `Add \`${opened.closing}\` where ${isQuote(opened.closing) ? 'the text' : 'it'} ends`
    return said('what is opened here is not closed', instead, opened.offset)
  }
  const line = lineAt(text, offset)
  // `points { kind: spendable }` is a key without its colon, in a line of its own or inside other braces.
  const braced =
    error.code === 'BLOCK_AS_IMPLICIT_KEY' || error.code === 'MISSING_CHAR'
      ? /(?:^|[,{[])(?:\s*-)?\s*([\w-]+) +([{[])/.exec(line)
      : null
  if (braced !== null) return said('a colon is missing behind the key', `Write ${braced[1]}: ${braced[2]} …`)
  // The last key of a block has no line behind it that it could run into: then the colon is said to be missing.
  if (error.code === 'MULTILINE_IMPLICIT_KEY' || error.code === 'MISSING_CHAR') {
    const glued = /^\s*([\w-]+):(\S.*)$/.exec(line)
    if (glued !== null) return said('a blank is missing behind the colon', `Write ${glued[1]}: ${glued[2]}`)
    const bare = /^\s*(?:- )?([\w-]+) +([^\s#:].*)$/.exec(line)
    const meant = bare === null ? 'Write `key: value`' : `Write ${bare[1]}: ${bare[2]}`
    return said('a colon is missing behind the key', meant)
  }
  if (error.code === 'BLOCK_AS_IMPLICIT_KEY' && /^\s*-/.test(line))
    return said(
      'this dash does not stand under the others',
      'Indent what belongs together by the same number of spaces',
    )
  const quoted = /^(\s*-?.*?\b(?:when|lines):\s*)'([^']*)'(?=[\w.])(.*)'/.exec(line)
  if (quoted !== null && error.code === 'UNEXPECTED_TOKEN') {
    const [, , before = '', rest = ''] = quoted
    const meant = `'${before}"${rest.replaceAll("'", '"')}'`
    const mistake = said(
      'a single quote ends the text that a single quote began',
      `Write double quotes inside: ${meant}`,
    )
    return { ...mistake, code: 'yaml-quote' }
  }
  const percent = error.code === 'BAD_SCALAR_START' ? /^% ?(\d[\d.,]*)/.exec(text.slice(offset)) : null
  if (percent !== null)
    return said('a percent sign stands behind its number', `Write ${percent[1]?.replace(/,$/, '')}%`)
  const instead = hints[error.code] ?? 'Check the indentation, the colons and the quotes around this place'
  return said(messages[error.code] ?? plainTokens(error.message), instead)
}

/** The first quote that is never closed, or else the first bracket or brace: an open quote swallows the brackets behind it. */
function unclosedIn(tokens: readonly CST.Token[]): Opened | null {
  const open = [...tokens]
  let first: Opened | null = null
  const note = (offset: number, closing: string) => {
    if (first === null || rankOf({ offset, closing }) < rankOf(first)) first = { offset, closing }
  }
  for (let token = open.pop(); token !== undefined; token = open.pop()) {
    switch (token.type) {
      case 'document':
        if (token.value !== undefined) open.push(token.value)
        break
      case 'double-quoted-scalar':
      case 'single-quoted-scalar': {
        const quote = token.source.charAt(0)
        if (token.source.length < 2 || !token.source.endsWith(quote)) note(token.offset, quote)
        break
      }
      case 'flow-collection': {
        const closing = token.start.source === '{' ? '}' : ']'
        if (!token.end.some(({ source }) => source === closing)) note(token.start.offset, closing)
        for (const { key, value } of token.items) open.push(...[key, value].flatMap((each) => each ?? []))
        break
      }
      case 'block-map':
      case 'block-seq':
        for (const { key, value } of token.items) open.push(...[key, value].flatMap((each) => each ?? []))
        break
    }
  }
  return first
}

const rankOf = ({ offset, closing }: Opened): number => (isQuote(closing) ? offset - 1e9 : offset)
const isQuote = (closing: string): boolean => closing === '"' || closing === "'"

function lineAt(text: string, offset: number): string {
  const end = text.indexOf('\n', offset)
  return text.slice(text.lastIndexOf('\n', offset - 1) + 1, end === -1 ? text.length : end)
}

/** The parser's words for what stands in a text, in words of every day. */
const plainTokens = (message: string): string =>
  message.replace(/(\S+) token in YAML stream.*|(\S+) at node end/s, (_all, first?: string, second?: string) => {
    const token = first ?? second ?? ''
    return `${tokenWords.get(token) ?? token} here`
  })
const tokenWords = new Map([
  ['comma', 'comma'],
  ['flow-map-end', 'closing brace'],
  ['flow-map-start', 'opening brace'],
  ['flow-seq-end', 'closing bracket'],
  ['flow-seq-start', 'opening bracket'],
  ['map-value-ind', 'colon'],
  ['scalar', 'text'],
  ['seq-item-ind', 'dash'],
])

const messages: Readonly<Record<string, string>> = {
  BAD_INDENT: 'the indentation does not fit',
  BAD_SCALAR_START: 'a text cannot begin like this',
  BLOCK_AS_IMPLICIT_KEY: 'there are two keys on one line',
  BLOCK_IN_FLOW: 'inside braces there are two colons without a comma between',
  TAB_AS_INDENT: 'a tab indents the line',
}
const hints: Readonly<Record<string, string>> = {
  BAD_INDENT: 'Indent what belongs together by the same number of spaces',
  BAD_SCALAR_START: 'Put quotes around a text that begins with such a character',
  BLOCK_AS_IMPLICIT_KEY: 'Begin the inner key on a line of its own, indented, or put quotes around a text with a colon',
  BLOCK_IN_FLOW: 'Put a comma before the second key, or quotes around a text with a colon',
  TAB_AS_INDENT: 'Indent with spaces',
  UNEXPECTED_TOKEN: 'Put quotes around the whole text, or begin a new line',
}
