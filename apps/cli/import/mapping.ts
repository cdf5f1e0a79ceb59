import { currencyExponentOf, wrongInSource } from '@laurel/contract'
import { nearestWord } from '@laurel/engine'
import { isMap, isScalar, isSeq, LineCounter, type Node, parseDocument, YAMLMap } from 'yaml'
import { CommandFailure, exitCodes } from '../exit.ts'
import type { DecimalStyle } from './decimal.ts'
import { compileTimeFormat, type TimeFormat } from './time-format.ts'

/** How the columns of a shop's file become orders and refunds. */
export interface Mapping {
  /** Who knows the orders: half of an order's and an event's identity. */
  readonly source: string
  readonly currency: string
  /** Zone of the times in the file. */
  readonly zone: string
  /** Of the file; UTF-16 says so itself. */
  readonly encoding: Encoding
  readonly delimiter: string
  readonly decimals: DecimalStyle
  readonly columns: Columns
  readonly timeFormat: TimeFormat
  /** An ending that the file hangs on member ids, as `.0` of a spreadsheet; '' where there is none. */
  readonly memberEnding: string
  /** What makes a line take back instead of sell; null: the file holds sales only. */
  readonly cancellation: Test | null
  readonly leaveOut: readonly { readonly reason: string; readonly test: Test }[]
}

export type Encoding = 'utf-8' | 'windows-1252'

/** Names of columns. Of `unitPrice` and `total` exactly one is there. */
export interface Columns {
  readonly invoice: string
  readonly member: string
  readonly sku: string
  readonly quantity: string
  readonly at: string
  readonly unitPrice: string | null
  readonly total: string | null
  readonly category: string | null
  readonly brand: string | null
  readonly channel: string | null
  readonly place: string | null
  /** On a cancellation: the invoice it takes back from, where the shop knows it. */
  readonly refundOf: string | null
}

/** A question to one column of a line. */
export type Test = { readonly column: string } & (
  | { readonly is: 'empty' | 'negative' | 'zero' }
  | { readonly begins: string }
  | { readonly equals: readonly string[] }
)

const roles = [
  ...['invoice', 'member', 'sku', 'quantity', 'at', 'unitPrice', 'total'],
  ...['category', 'brand', 'channel', 'place', 'refundOf'],
]
const known = [
  ...['mapping', 'source', 'currency', 'zone', 'encoding', 'delimiter', 'decimals', 'timeFormat', 'memberEnding'],
  ...['columns', 'cancellation', 'leaveOut'],
]

/** A mapping is a page of text; more is another file given by mistake. */
const bytesMax = 64 * 1024

/** Of the program that is to judge the file, and what that is called. */
export interface ProgramCurrency {
  readonly code: string
  readonly program: string
}

/**
 * Reads `mapping.yaml`. Every error is found at once and names line, key and what would be right. `own`: what the currency must be;
 * null: that is not known yet.
 */
export function parseMapping(text: string, file: string, own: ProgramCurrency | null = null): Mapping {
  const reader = new MappingReader(text, file)
  const root = reader.root()
  reader.rejectUnknown(root, known, '')
  const version = reader.text(root, 'mapping', '1')
  if (version !== '1') reader.complain(root, 'mapping', `"${version}" is no version of mappings`, 'write mapping: 1')
  const zone = reader.text(root, 'zone')
  if (!isZone(zone)) reader.complain(root, 'zone', `"${zone}" is no time zone`, 'write a name as Europe/London')
  const currency = reader.text(root, 'currency')
  if (currencyExponentOf(currency) === undefined) {
    reader.complain(root, 'currency', `"${currency}" is no currency`, 'write its ISO 4217 code, as GBP')
  } else if (own !== null && currency !== own.code) {
    const message = `${currency} is not the currency of ${own.program}, which is ${own.code}`
    reader.complain(root, 'currency', message, `write ${own.code} if the amounts are that; a mapping has no rates`)
  }
  const source = reader.text(root, 'source')
  const wrong = source === '' ? null : wrongInSource(source)
  if (wrong !== null) reader.complain(root, 'source', `"${source}" ${wrong}`, 'write what knows the orders, as shop')
  const columnsNode = reader.map(root, 'columns')
  reader.rejectUnknown(columnsNode, roles, 'columns.')
  const columns: Columns = {
    invoice: reader.text(columnsNode, 'invoice'),
    member: reader.text(columnsNode, 'member'),
    sku: reader.text(columnsNode, 'sku'),
    quantity: reader.text(columnsNode, 'quantity'),
    at: reader.text(columnsNode, 'at'),
    unitPrice: reader.optionalText(columnsNode, 'unitPrice'),
    total: reader.optionalText(columnsNode, 'total'),
    category: reader.optionalText(columnsNode, 'category'),
    brand: reader.optionalText(columnsNode, 'brand'),
    channel: reader.optionalText(columnsNode, 'channel'),
    place: reader.optionalText(columnsNode, 'place'),
    refundOf: reader.optionalText(columnsNode, 'refundOf'),
  }
  if ((columns.unitPrice === null) === (columns.total === null)) {
    reader.complain(root, 'columns', 'a line needs its price', 'name exactly one of unitPrice and total')
  }
  const timeFormat = compileTimeFormat(reader.text(root, 'timeFormat'))
  if (timeFormat === null) {
    reader.complain(root, 'timeFormat', 'not a format of dates', 'use yyyy MM dd HH mm ss, as yyyy-MM-dd HH:mm:ss')
  }
  const leaveOut = reader.list(root, 'leaveOut').map((entry) => {
    reader.rejectUnknown(entry, ['reason', 'column', 'is', 'begins', 'equals'], 'leaveOut.')
    return { reason: reader.text(entry, 'reason'), test: reader.test(entry) }
  })
  const cancellationNode = reader.optionalMap(root, 'cancellation')
  if (cancellationNode !== null) {
    reader.rejectUnknown(cancellationNode, ['column', 'is', 'begins', 'equals'], 'cancellation.')
  }
  const mapping = {
    source,
    currency,
    zone,
    encoding: reader.encoding(root),
    delimiter: reader.text(root, 'delimiter', ','),
    decimals: reader.decimals(root),
    columns,
    timeFormat: timeFormat ?? never,
    memberEnding: reader.optionalText(root, 'memberEnding') ?? '',
    cancellation: cancellationNode === null ? null : reader.test(cancellationNode),
    leaveOut,
  }
  reader.finish()
  return mapping
}

/** Stands in for a format that was rejected, until `finish` throws. */
const never: TimeFormat = () => null

function isZone(zone: string): boolean {
  try {
    Temporal.Instant.fromEpochMilliseconds(0).toZonedDateTimeISO(zone)
    return true
  } catch {
    return false
  }
}

/** All columns that the mapping names, with the key that names them. */
export function namedColumns(mapping: Mapping): { readonly key: string; readonly column: string }[] {
  const named: [string, string | null][] = Object.entries(mapping.columns)
  const tests = [
    ...(mapping.cancellation === null ? [] : [{ key: 'cancellation.column', column: mapping.cancellation.column }]),
    ...mapping.leaveOut.map((entry) => ({ key: `leaveOut (${entry.reason})`, column: entry.test.column })),
  ]
  return [...named.flatMap(([role, column]) => (column === null ? [] : [{ key: `columns.${role}`, column }])), ...tests]
}

/** Walks the document, collects what is wrong, and says it together. */
class MappingReader {
  readonly #lines = new LineCounter()
  readonly #file: string
  readonly #document
  readonly #errors: { place: string; message: string; remedy: string }[] = []

  constructor(text: string, file: string) {
    this.#file = file
    if (Buffer.byteLength(text) > bytesMax) {
      throw new CommandFailure(exitCodes.usage, `a mapping has at most ${bytesMax / 1024} kB`, { place: file })
    }
    // Failsafe: every scalar stays the text that was written, so that 1.0 and 01 are not numbers.
    this.#document = parseDocument(text, { schema: 'failsafe', lineCounter: this.#lines })
    const [error] = this.#document.errors
    if (error !== undefined) {
      const place = `${file}, line ${error.linePos?.[0].line ?? 1}`
      throw new CommandFailure(exitCodes.usage, `not YAML: ${error.message.split('\n')[0]}`, { place })
    }
  }

  root(): YAMLMap {
    const { contents } = this.#document
    if (isMap(contents)) return contents
    throw new CommandFailure(exitCodes.usage, 'a mapping is a list of keys with values', { place: this.#file })
  }

  complain(node: YAMLMap, key: string, message: string, remedy: string) {
    const pair = node.items.find((item) => isScalar(item.key) && item.key.value === key)
    const place = pair?.key as Node | undefined
    const offset = (place ?? node).range?.[0] ?? 0
    this.#errors.push({ place: `line ${this.#lines.linePos(offset).line}, ${key}`, message, remedy })
  }

  rejectUnknown(node: YAMLMap, allowed: readonly string[], prefix: string) {
    for (const item of node.items) {
      const key = isScalar(item.key) ? String(item.key.value) : ''
      if (allowed.includes(key)) continue
      const near = nearestWord(key, allowed)
      const remedy = near === null ? `one of ${allowed.join(', ')}` : `did you mean ${near}?`
      this.complain(node, key, `unknown key "${prefix}${key}"`, remedy)
    }
  }

  text(node: YAMLMap, key: string, fallback?: string): string {
    const value = this.optionalText(node, key)
    if (value !== null) return value
    if (fallback !== undefined) return fallback
    this.complain(node, key, `"${key}" is missing`, 'it must be said')
    return ''
  }

  optionalText(node: YAMLMap, key: string): string | null {
    const value = node.get(key, true)
    if (value === undefined) return null
    if (isScalar(value) && value.value !== '') return String(value.value)
    this.complain(node, key, `"${key}" is not a text`, 'write one value')
    return null
  }

  map(node: YAMLMap, key: string): YAMLMap {
    const found = this.optionalMap(node, key)
    if (found !== null) return found
    if (!node.has(key)) this.complain(node, key, `"${key}" is missing`, 'it lists keys with values')
    return new YAMLMap()
  }

  optionalMap(node: YAMLMap, key: string): YAMLMap | null {
    const value = node.get(key, true)
    if (isMap(value)) return value
    // Passed over, cancellations would be sales.
    if (value !== undefined)
      this.complain(node, key, `"${key}" is no list of keys`, 'write its keys below it, indented')
    return null
  }

  list(node: YAMLMap, key: string): YAMLMap[] {
    const value = node.get(key, true) as unknown
    const items = isSeq(value) ? value.items : []
    if (value !== undefined && (!isSeq(value) || !items.every((item) => isMap(item)))) {
      this.complain(node, key, `"${key}" is no list of entries`, 'begin each entry with "- " and give it keys')
    }
    return items.filter((item) => isMap(item))
  }

  test(node: YAMLMap): Test {
    const column = this.text(node, 'column')
    const is = this.optionalText(node, 'is')
    if (is === 'empty' || is === 'negative' || is === 'zero') return { column, is }
    const begins = this.optionalText(node, 'begins')
    if (begins !== null) return { column, begins }
    const equals = node.get('equals', true) as unknown
    if (isSeq(equals)) return { column, equals: equals.items.map((item) => (isScalar(item) ? String(item.value) : '')) }
    if (isScalar(equals)) return { column, equals: [String(equals.value)] }
    this.complain(
      node,
      'column',
      'nothing is asked of the column',
      'add is: empty, negative or zero; begins; or equals',
    )
    return { column, is: 'empty' }
  }

  encoding(node: YAMLMap): Encoding {
    const written = this.optionalText(node, 'encoding') ?? 'utf-8'
    if (written === 'utf-8' || written === 'windows-1252') return written
    this.complain(node, 'encoding', `"${written}" is no encoding known here`, 'write utf-8 or windows-1252')
    return 'utf-8'
  }

  decimals(node: YAMLMap): DecimalStyle {
    const written = this.optionalText(node, 'decimals') ?? '1234.50'
    const styleByExample: Record<string, DecimalStyle> = {
      '1234.50': { point: '.', group: null },
      '1,234.50': { point: '.', group: ',' },
      '1234,50': { point: ',', group: null },
      '1.234,50': { point: ',', group: '.' },
      '1 234,50': { point: ',', group: ' ' },
      "1'234.50": { point: '.', group: "'" },
    }
    const style = styleByExample[written]
    if (style !== undefined) return style
    const examples = Object.keys(styleByExample).join(' or ')
    this.complain(node, 'decimals', `"${written}" is no way to write numbers`, `write it as ${examples}`)
    return { point: '.', group: null }
  }

  finish() {
    const [first, ...more] = this.#errors
    if (first === undefined) return
    const rest = more.map((error) => `\n  ${error.place}: ${error.message}; ${error.remedy}`).join('')
    throw new CommandFailure(exitCodes.usage, `${first.message}; ${first.remedy}${rest}`, {
      place: `${this.#file}, ${first.place}`,
    })
  }
}
