import { Transform } from 'node:stream'
import { nearestWord } from '@laurel/engine'
import { CsvError, type Info, parse } from 'csv-parse'
import { CommandFailure, exitCodes } from '../exit.ts'
import { notUtf8, openFile, unreadable } from '../files.ts'
import { type Decimal, lineTotal, parseDecimal, parseWhole } from './decimal.ts'
import { type Columns, type Mapping, namedColumns, type Test } from './mapping.ts'
import { shownIn } from './time-format.ts'

/** A line of a sale or of a cancellation, parsed. Amounts are minor units, above zero for both. */
export interface SourceLine {
  readonly invoice: string
  /** '' on a cancellation that names the sale instead. */
  readonly member: string
  readonly sku: string
  readonly quantity: number
  readonly price: Price
  /** Epoch milliseconds. */
  readonly at: number
  readonly cancels: boolean
  readonly category: string | null
  readonly brand: string | null
  readonly channel: string | null
  readonly place: string | null
  readonly refundOf: string | null
  /** Line of the file, the header being line 1. */
  readonly fileLine: number
}

/** What one item costs, or, where the file says so, the whole line. */
export type Price =
  | { readonly per: 'item'; readonly decimal: Decimal }
  | { readonly per: 'line'; readonly minor: number }

/** What became of the lines of a file. Every line is in exactly one of the numbers. */
export interface Tally {
  lines: number
  sold: number
  cancelled: number
  withoutMember: number
  /** By the mapping's own reasons. */
  leftOut: Record<string, number>
  /** Of those sold and cancelled: in an hour that clocks showed twice. */
  shownTwice: number
  rejected: number
  /** The first of the rejected, for people; `rejected` counts them all. */
  rejections: RejectedLine[]
}
export interface RejectedLine {
  readonly fileLine: number
  readonly column: string
  readonly reason: string
}

/** Enough to see what is wrong with a file; ten thousand messages say no more. */
const rejectionsMax = 1_000
/** 30 times the largest shop file we tried; a larger one is a database dump and better split by year. */
const linesMax = 20_000_000
/** A quote that is never closed takes the rest of the file for one field; no line of a shop is this long. */
const lineLengthMax = 256 * 1024

/** An id has 200 characters; that of a refund is its invoice, a colon and the order's. */
const invoiceLengthMax = 99

export const newTally = (): Tally => ({
  lines: 0,
  sold: 0,
  cancelled: 0,
  withoutMember: 0,
  leftOut: {},
  shownTwice: 0,
  rejected: 0,
  rejections: [],
})

export function reject(tally: Tally, rejection: RejectedLine) {
  tally.rejected++
  if (tally.rejections.length < rejectionsMax) tally.rejections.push(rejection)
}

/** Takes back that a line sells or cancels: it belongs to nobody, or is rejected after all. */
export function uncount(tally: Tally, cancels: boolean): void {
  if (cancels) tally.cancelled--
  else tally.sold--
}

/**
 * Reads a CSV, gzipped or not, line by line and yields those that sell to or take back from somebody; the rest is counted
 * in `tally`. The header is checked before the first line; a file that has not even one is a day on which nothing was sold, and as
 * whole as one that has nothing else. `onBytes` hears how many bytes of the file were read.
 */
export async function* readLines(
  file: string,
  mapping: Mapping,
  exponent: number,
  tally: Tally,
  onBytes: (bytes: number) => void = () => {},
): AsyncGenerator<SourceLine> {
  const parser = parse({
    ...{ bom: true, delimiter: mapping.delimiter, relax_column_count: true, skip_empty_lines: true },
    // With the number of the line: empty ones are lines of the file, too.
    ...{ info: true, max_record_size: lineLengthMax },
  })
  const text = openFile(file, onBytes)
  text.on('error', (error) => parser.destroy(error))
  if (mapping.encoding === 'windows-1252') text.pipe(fromWindows1252()).pipe(parser)
  else text.pipe(parser)
  let columns: ColumnPositions | null = null
  try {
    for await (const { record, info } of parser as AsyncIterable<{ record: string[]; info: Info }>) {
      if (columns === null) {
        columns = positionsOf(record, mapping, file)
        continue
      }
      tally.lines++
      if (tally.lines > linesMax) {
        throw new CommandFailure(exitCodes.usage, `more than ${linesMax} lines`, {
          place: file,
          remedy: 'split the file',
        })
      }
      const line = parseLine(record, info.lines, columns, mapping, exponent, tally)
      if (line !== null) yield line
    }
  } catch (error) {
    throw notCsv(error, file)
  } finally {
    text.destroy()
  }
}

function notCsv(error: unknown, file: string): unknown {
  if (!(error instanceof CsvError)) return unreadable(error, file)
  const place = `${file}, line ${error['lines'] ?? '?'}`
  // What it quotes of the file may be all of it.
  const message = error.message.length > 100 ? `${error.message.slice(0, 100)}…` : error.message
  return new CommandFailure(exitCodes.usage, `not CSV: ${message}`, {
    place,
    remedy: 'check the quotes of the line, and that the file is a CSV and no spreadsheet',
  })
}

function fromWindows1252(): Transform {
  const decoder = new TextDecoder('windows-1252')
  return new Transform({ transform: (chunk: Buffer, _, done) => done(null, decoder.decode(chunk)) })
}

/** Stands for each byte that is not UTF-8; where it is in the file itself, whoever wrote that has lost the character before. */
const lostCharacter = '\u{fffd}'
const encodingRemedy = 'save the file as UTF-8, or write encoding: windows-1252 in the mapping if it is that'

interface ColumnPositions {
  readonly byName: ReadonlyMap<string, number>
  /** How many columns the header has. */
  readonly width: number
  /** Those that the mapping names. */
  readonly named: readonly string[]
}

function positionsOf(header: readonly string[], mapping: Mapping, file: string): ColumnPositions {
  const names = header.map((name) => name.trim())
  const byName = new Map(names.map((name, position) => [name, position]))
  const named = namedColumns(mapping)
  const [first, ...more] = named.flatMap(({ key, column }) => {
    const times = names.filter((name) => name === column).length
    if (times === 1) return []
    if (times > 1) return [`${key} names "${column}", of which the file has ${times}`]
    const near = nearestWord(column, names)
    return [`${key} names "${column}", which is not in the file${near === null ? '' : `; did you mean "${near}"?`}`]
  })
  if (first !== undefined) {
    throw new CommandFailure(exitCodes.usage, [first, ...more].join('\n  '), {
      place: `${file}, header`,
      remedy: names.join('').includes(lostCharacter)
        ? `the header ${notUtf8}: ${encodingRemedy}`
        : `the file has ${names.join(', ')}`,
    })
  }
  return { byName, width: header.length, named: named.map(({ column }) => column) }
}

function parseLine(
  record: readonly string[],
  fileLine: number,
  { byName, width, named }: ColumnPositions,
  mapping: Mapping,
  exponent: number,
  tally: Tally,
): SourceLine | null {
  const { columns } = mapping
  const at = (column: string) => record[byName.get(column) ?? -1]?.trim() ?? ''
  const rejected = (role: keyof Columns, reason: string) => {
    reject(tally, { fileLine, column: columns[role] ?? role, reason })
    return null
  }
  const optional = (role: keyof Columns) => {
    const column = columns[role]
    return column === null ? null : at(column) || null
  }
  // A comma too many moves everything behind it: what was a price may now be read as a quantity.
  if (record.slice(width).some((field) => field.trim() !== '')) {
    const reason = `${record.length} fields, the header has ${width}: is a field with a delimiter in it not quoted?`
    reject(tally, { fileLine, column: 'line', reason })
    return null
  }
  const lost = named.find((column) => at(column).includes(lostCharacter))
  if (lost !== undefined) {
    reject(tally, { fileLine, column: lost, reason: `${notUtf8}: ${encodingRemedy}` })
    return null
  }
  const member = memberOf(at(columns.member), mapping.memberEnding)
  // Whoever bought what it gives back may be found yet.
  const isFound = member !== '' || (optional('refundOf') !== null && cancelsIn(mapping, at))
  if (!isFound) {
    tally.withoutMember++
    return null
  }
  const left = mapping.leaveOut.find(({ test }) => holds(test, at(test.column), mapping))
  if (left !== undefined) {
    tally.leftOut[left.reason] = (tally.leftOut[left.reason] ?? 0) + 1
    return null
  }
  const invoice = at(columns.invoice)
  if (invoice === '') return rejected('invoice', 'is empty')
  if (mapping.cancellation !== null && invoice.length > invoiceLengthMax) {
    return rejected('invoice', `has more than ${invoiceLengthMax} characters: a refund is named by two of them`)
  }
  const sku = at(columns.sku)
  if (sku === '') return rejected('sku', 'is empty')
  const read = mapping.timeFormat(at(columns.at))
  if (read === null) return rejected('at', `"${at(columns.at)}" does not fit the mapping's timeFormat`)
  const shown = shownIn(mapping.zone, read)
  if (shown === null) {
    return rejected('at', `"${at(columns.at)}" never was: clocks of ${mapping.zone} were set forward past it`)
  }
  const signed = parseWhole(at(columns.quantity), mapping.decimals)
  if (signed === null || signed === 0) return rejected('quantity', `"${at(columns.quantity)}" is no count of items`)
  const cancels = cancelsIn(mapping, at)
  if (cancels !== signed < 0) {
    const expected = cancels ? 'a cancellation takes back: its quantity is below zero' : 'a sale has items above zero'
    return rejected('quantity', `"${at(columns.quantity)}": ${expected}`)
  }
  const refundOf = cancels ? optional('refundOf') : null
  if (refundOf !== null && refundOf.length > invoiceLengthMax) {
    return rejected('refundOf', `has more than ${invoiceLengthMax} characters: a refund is named by two of them`)
  }
  const priceRole = columns.unitPrice === null ? 'total' : 'unitPrice'
  const written = at(columns[priceRole] ?? '')
  const price = priceOf(priceRole, written, Math.abs(signed), exponent, mapping)
  if (price === null) return rejected(priceRole, `"${written}" is no price of 0 or more that an amount can hold`)
  if (cancels) tally.cancelled++
  else tally.sold++
  if (shown.twice) tally.shownTwice++
  return {
    ...{ invoice, member, sku, quantity: Math.abs(signed), price, at: shown.at, cancels, fileLine },
    ...{ category: optional('category'), brand: optional('brand') },
    ...{ channel: optional('channel'), place: optional('place'), refundOf },
  }
}

const cancelsIn = (mapping: Mapping, at: (column: string) => string): boolean =>
  mapping.cancellation !== null && holds(mapping.cancellation, at(mapping.cancellation.column), mapping)

function memberOf(written: string, ending: string): string {
  return ending !== '' && written.endsWith(ending) ? written.slice(0, -ending.length) : written
}

function priceOf(role: 'unitPrice' | 'total', written: string, items: number, exponent: number, mapping: Mapping) {
  const decimal = parseDecimal(written, mapping.decimals)
  if (decimal === null) return null
  // Files write the total of a cancellation with or without its sign.
  const price: Decimal = role === 'total' ? { ...decimal, digits: Math.abs(decimal.digits) } : decimal
  if (price.digits < 0) return null
  try {
    const minor = lineTotal(role === 'total' ? 1 : items, price, exponent)
    return role === 'total' ? ({ per: 'line', minor } as const) : ({ per: 'item', decimal: price } as const)
  } catch (error) {
    if (error instanceof RangeError) return null
    throw error
  }
}

/** What `items` of the line cost: all of it, or a part of a line that has only a total. */
export function priceOfItems(line: SourceLine, items: number, exponent: number): number {
  return line.price.per === 'item'
    ? lineTotal(items, line.price.decimal, exponent)
    : Math.floor((line.price.minor * items) / line.quantity)
}

function holds(test: Test, value: string, mapping: Mapping): boolean {
  if ('begins' in test) return value.startsWith(test.begins)
  if ('equals' in test) return test.equals.includes(value)
  switch (test.is) {
    case 'empty':
      return value === ''
    case 'negative':
      return (parseDecimal(value, mapping.decimals)?.digits ?? 0) < 0
    case 'zero':
      return parseDecimal(value, mapping.decimals)?.digits === 0
  }
}
