import { rmSync } from 'node:fs'
import path from 'node:path'
import { CommandFailure, exitCodes } from '../exit.ts'
import { notUtf8, readFileLines, readText } from '../files.ts'
import { eventsOfMember } from '../import/history-events.ts'
import { groupInvoices, ownedLines } from '../import/invoices.ts'
import { type ProgramCurrency, parseMapping } from '../import/mapping.ts'
import { newMatching } from '../import/match-cancellations.ts'
import { newTally, readLines, type SourceLine } from '../import/read-lines.ts'
import { exponentOf } from '../import/read-shop-history.ts'
import { linesIn, PARTS, PartWriter } from './parts.ts'

/** Enough to see what is wrong with a history. */
export const rejectionsMax = 100

/** What is known of a history once it is divided, before any of it is decided. */
export interface Spooled {
  /** Lines that are no events, and the first of the reasons. */
  readonly rejected: number
  readonly rejections: readonly string[]
  /** Instant as a text: how far the history goes. */
  readonly last: string | null
  /** Orders by calendar month of UTC, `2026-03`. */
  readonly ordersByMonth: Readonly<Record<string, number>>
}

export interface SpoolTask {
  readonly events: string
  readonly mapping: string | undefined
  readonly folder: string
  readonly own: ProgramCurrency
}

/** Divides a history into parts, as it is read: what is held does not grow with it. */
export async function spoolHistory({ events, mapping, folder, own }: SpoolTask): Promise<Spooled> {
  if (mapping !== undefined) return await spoolShopFile(events, mapping, folder, own)
  if (/\.csv(\.gz)?$/.test(events)) {
    throw new CommandFailure(exitCodes.usage, 'a CSV needs a mapping', { place: events, remedy: 'add --mapping FILE' })
  }
  const spool = new Spool(folder)
  for await (const line of readFileLines(events)) spool.add(line)
  return spool.close()
}

/** A shop's lines know nothing of orders: they are divided by member first, and become events part by part. */
async function spoolShopFile(
  events: string,
  mappingFile: string,
  folder: string,
  own: ProgramCurrency,
): Promise<Spooled> {
  const mapping = parseMapping(readText(mappingFile), mappingFile, own)
  const exponent = exponentOf(mapping)
  const tally = newTally()
  const lineFile = (of: string, part: number) => path.join(of, `lines-${part}.ndjson`)
  const writer = new PartWriter(folder, lineFile)
  for await (const line of ownedLines(readLines(events, mapping, exponent, tally), tally)) {
    writer.add(line.member, JSON.stringify(line))
  }
  writer.close()
  const matching = newMatching()
  const spool = new Spool(folder)
  for (let part = 0; part < PARTS; part++) {
    const file = lineFile(folder, part)
    const lines = linesIn(file).map((text): SourceLine => JSON.parse(text))
    for (const invoices of (await groupInvoices(lines, tally)).values()) {
      const { events } = eventsOfMember(invoices, mapping, exponent, { tally, matching })
      for (const event of events) spool.add(JSON.stringify(event))
    }
    rmSync(file)
  }
  const { rejected, rejections } = tally
  const said = rejections.map(({ fileLine, column, reason }) => `line ${fileLine}, ${column}: ${reason}`)
  return { ...spool.close(), rejected, rejections: said.slice(0, rejectionsMax) }
}

class Spool {
  readonly #parts: PartWriter
  #lines = 0
  #rejected = 0
  readonly #rejections: string[] = []
  #last: string | null = null
  readonly #ordersByMonth: Record<string, number> = {}

  constructor(folder: string) {
    this.#parts = new PartWriter(folder)
  }

  /** A line of NDJSON. That it is an event the contract takes is for the worker to see. */
  add(read: string | null): void {
    this.#lines++
    const line = this.#lines === 1 ? withoutMark(read) : read
    if (line?.trim() === '') return
    const named = line === null ? notUtf8 : namedIn(line)
    if (line === null || typeof named === 'string') {
      this.#rejected++
      if (this.#rejections.length < rejectionsMax) this.#rejections.push(`line ${this.#lines}: ${named}`)
      return
    }
    const { member, type, occurredAt } = named
    if (occurredAt !== null) this.#note(type, occurredAt)
    this.#parts.add(member, line)
  }

  close(): Spooled {
    this.#parts.close()
    return {
      rejected: this.#rejected,
      rejections: this.#rejections,
      last: this.#last,
      ordersByMonth: this.#ordersByMonth,
    }
  }

  #note(type: string, occurredAt: number): void {
    const instant = new Date(occurredAt).toISOString()
    if (this.#last === null || instant > this.#last) this.#last = instant
    const month = instant.slice(0, 7)
    if (type === 'order.paid') this.#ordersByMonth[month] = (this.#ordersByMonth[month] ?? 0) + 1
  }
}

/** A file from a Windows tool may begin with a byte order mark, which is none of its first line's. */
const withoutMark = (line: string | null): string | null =>
  line?.charCodeAt(0) === byteOrderMark ? line.slice(1) : line
const byteOrderMark = 0xfeff

/** Or why it is no event of anybody. */
function namedIn(line: string): { member: string; type: string; occurredAt: number | null } | string {
  const event = jsonIn(line)
  if (event === undefined) return 'it is no JSON'
  const { member, type, occurredAt } = Object(event)
  if (typeof member !== 'string') return 'it names no member'
  const at = typeof occurredAt === 'string' ? Date.parse(occurredAt) : Number.NaN
  return { member, type: String(type), occurredAt: Number.isNaN(at) ? null : at }
}

function jsonIn(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
