import { hash } from 'node:crypto'
import { closeSync, openSync, readFileSync, writeSync } from 'node:fs'
import path from 'node:path'
import { readFileLines } from '../files.ts'

/**
 * A history in so many files, each member whole in one of them: a worker holds one at a time. Of 250 MB of events that is one MB,
 * and no system minds so many open files.
 */
export const PARTS = 256

/** What is known of a history once it is divided, before any of it is decided. */
export interface Spooled {
  readonly lines: number
  /** Lines that name no member: no event either. */
  readonly unreadable: number
  /** Instants as texts: how far the history goes. */
  readonly first: string | null
  readonly last: string | null
  /** Orders by calendar month of UTC, `2026-03`. */
  readonly ordersByMonth: Readonly<Record<string, number>>
}

export const partFile = (folder: string, part: number): string => path.join(folder, `part-${part}.ndjson`)

/** Characters gathered for one file before they are written: few writes, and never much in memory. */
const pendingMax = 1 << 14

/** Divides events as they come; nothing but what is pending is held. */
export class Spool {
  readonly #descriptors: number[]
  readonly #pending: string[]
  #lines = 0
  #unreadable = 0
  #first: string | null = null
  #last: string | null = null
  readonly #ordersByMonth: Record<string, number> = {}

  constructor(folder: string) {
    this.#descriptors = Array.from({ length: PARTS }, (_, part) => openSync(partFile(folder, part), 'w'))
    this.#pending = Array.from({ length: PARTS }, () => '')
  }

  /** A line of NDJSON. That it is an event the contract takes is for the worker to see. */
  add(line: string): void {
    this.#lines++
    const named = namedIn(line)
    if (named === null) {
      this.#unreadable++
      return
    }
    const { member, type, occurredAt } = named
    if (occurredAt !== null) this.#note(type, occurredAt)
    const part = Number.parseInt(hash('sha256', member, 'hex').slice(0, 8), 16) % PARTS
    const pending = `${this.#pending[part] ?? ''}${line}\n`
    this.#pending[part] = pending
    if (pending.length >= pendingMax) this.#flush(part)
  }

  close(): Spooled {
    for (let part = 0; part < PARTS; part++) this.#flush(part)
    for (const descriptor of this.#descriptors) closeSync(descriptor)
    const [lines, unreadable, first, last] = [this.#lines, this.#unreadable, this.#first, this.#last]
    return { lines, unreadable, first, last, ordersByMonth: this.#ordersByMonth }
  }

  #note(type: string, occurredAt: number): void {
    const instant = new Date(occurredAt).toISOString()
    if (this.#first === null || instant < this.#first) this.#first = instant
    if (this.#last === null || instant > this.#last) this.#last = instant
    const month = instant.slice(0, 7)
    if (type === 'order.paid') this.#ordersByMonth[month] = (this.#ordersByMonth[month] ?? 0) + 1
  }

  #flush(part: number): void {
    const descriptor = this.#descriptors[part]
    if (descriptor !== undefined) writeSync(descriptor, this.#pending[part] ?? '')
    this.#pending[part] = ''
  }
}

function namedIn(line: string): { member: string; type: string; occurredAt: number | null } | null {
  try {
    const { member, type, occurredAt } = JSON.parse(line)
    if (typeof member !== 'string') return null
    const at = typeof occurredAt === 'string' ? Date.parse(occurredAt) : Number.NaN
    return { member, type: String(type), occurredAt: Number.isNaN(at) ? null : at }
  } catch {
    return null
  }
}

/** Months without an order between the first and the last with one: what a file has lost, or a shop that was shut. */
export function gapsIn({ ordersByMonth }: Spooled): string[] {
  const months = Object.keys(ordersByMonth).sort()
  const [first, last] = [months.at(0), months.at(-1)]
  const gaps: string[] = []
  if (first === undefined || last === undefined) return gaps
  let month = Temporal.PlainYearMonth.from(first)
  for (; month.toString() < last; month = month.add({ months: 1 })) {
    if (ordersByMonth[month.toString()] === undefined) gaps.push(month.toString())
  }
  return gaps
}

export async function spoolFile(file: string, folder: string): Promise<Spooled> {
  const spool = new Spool(folder)
  for await (const line of readFileLines(file)) if (line.trim() !== '') spool.add(line)
  return spool.close()
}

/** The lines of one part. */
export const linesOfPart = (folder: string, part: number): string[] =>
  readFileSync(partFile(folder, part), 'utf8')
    .split('\n')
    .filter((line) => line !== '')
