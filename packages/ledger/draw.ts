import { hash as hashOf } from 'node:crypto'
import { canonicalBytes } from './canonical.ts'

/** Draws that anyone can run again (GAME-2): docs/explain/draws.md says the same in words. */

export interface DrawEntry {
  /** A name that means nothing outside of this draw: who it is, the program alone can tell, and the member. */
  readonly entrant: string
  /** Whole, above zero. */
  readonly tickets: number
}

/** What is published of a draw once it is over. Hashes and the seed are lower-case hex. */
export interface DrawRecord {
  readonly format: 'laurel-draw/1'
  readonly program: string
  readonly draw: string
  /** How many winners there are at most. */
  readonly winners: number
  /** SHA-256 of the seed's 32 bytes: published before the first entry could be made. */
  readonly seedHash: string
  readonly seed: string
  /** SHA-256 of the canonical JSON (RFC 8785) of `entries`. */
  readonly entriesHash: string
  /** In the order of the entrants' code units, each once. */
  readonly entries: readonly DrawEntry[]
  /** First, second, third … */
  readonly drawn: readonly string[]
}

/** The commitment to a seed, and to a list of entries. */
export const seedHashOf = (seed: string): string => hashOf('sha256', Buffer.from(seed, 'hex'), 'hex')
export const entriesHashOf = (entries: readonly DrawEntry[]): string => hashOf('sha256', canonicalBytes(entries), 'hex')

export const inDrawOrder = (entries: readonly DrawEntry[]): DrawEntry[] =>
  entries.toSorted((a, b) => (a.entrant < b.entrant ? -1 : a.entrant > b.entrant ? 1 : 0))

/**
 * The winners, first one first: each ticket of those who have not won yet is equally likely. Entries must be in draw order; there
 * are as many winners as were wanted, or as there are entrants.
 */
export function drawWinners(seed: string, entries: readonly DrawEntry[], winners: number): string[] {
  const entriesHash = entriesHashOf(entries)
  const left = entries.slice()
  const drawn: string[] = []
  let counter = 0
  while (drawn.length < winners && left.length > 0) {
    const tickets = left.reduce((sum, entry) => sum + BigInt(entry.tickets), 0n)
    // Numbers above the last whole multiple would favour the first tickets: they are passed over.
    const limit = SPACE - (SPACE % tickets)
    const number = numberOf(seed, entriesHash, counter)
    counter += 1
    if (number >= limit) continue
    const at = holderOf(left, number % tickets)
    const [winner] = left.splice(at, 1)
    if (winner) drawn.push(winner.entrant)
  }
  return drawn
}

/** 256 bits. */
const SPACE = 1n << 256n

const numberOf = (seed: string, entriesHash: string, counter: number): bigint =>
  BigInt(`0x${hashOf('sha256', `${seed}/${entriesHash}/${counter}`, 'hex')}`)

/** Who holds the ticket, counted from 0 through all tickets in their order. */
function holderOf(entries: readonly DrawEntry[], ticket: bigint): number {
  let before = 0n
  return entries.findIndex((entry) => {
    before += BigInt(entry.tickets)
    return ticket < before
  })
}

/** Runs a published draw again: what does not fit, in words; nothing where it was fair. */
export function drawDisagreements(record: DrawRecord): string[] {
  const { seed, seedHash, entries, entriesHash, winners, drawn } = record
  const found: string[] = []
  if (seedHashOf(seed) !== seedHash) found.push('the seed is not the one that was promised: its hash is another')
  const ordered = inDrawOrder(entries)
  const isOrdered = entries.every((entry, index) => entry.entrant === ordered[index]?.entrant)
  if (!isOrdered || new Set(entries.map(({ entrant }) => entrant)).size !== entries.length)
    found.push('the entries are not in the order of their entrants, each once')
  if (entriesHashOf(entries) !== entriesHash) found.push('the entries are not those whose hash was published')
  const again = drawWinners(seed, entries, winners)
  if (again.join() !== drawn.join()) {
    found.push(`drawn again the winners are ${again.join(', ') || 'nobody'}, not ${drawn.join(', ') || 'nobody'}`)
  }
  return found
}

/** A record as it was read from outside; a text says why it is none. */
export function drawRecordOf(value: unknown): DrawRecord | string {
  if (value === null || typeof value !== 'object') return 'it is no JSON object'
  const { format, program, draw, winners, seedHash, seed, entriesHash, entries, drawn } = value as Record<
    string,
    unknown
  >
  if (format !== 'laurel-draw/1') return 'its format is not "laurel-draw/1"'
  if (typeof program !== 'string' || typeof draw !== 'string') return 'program and draw must be texts'
  if (!isCount(winners)) return 'winners must be a whole number above zero'
  if (!isHex(seedHash) || !isHex(seed) || !isHex(entriesHash))
    return 'seedHash, seed and entriesHash must be 64 hex digits'
  if (!Array.isArray(entries) || !entries.every(isEntry))
    return 'each entry must have an entrant and a number of tickets'
  if (!Array.isArray(drawn) || !drawn.every((entrant) => typeof entrant === 'string')) return 'drawn must list entrants'
  return { format, program, draw, winners, seedHash, seed, entriesHash, entries, drawn }
}

const isCount = (value: unknown): value is number => Number.isSafeInteger(value) && Number(value) > 0
const isHex = (value: unknown): value is string => typeof value === 'string' && /^[0-9a-f]{64}$/.test(value)

function isEntry(value: unknown): value is DrawEntry {
  if (value === null || typeof value !== 'object') return false
  const { entrant, tickets } = value as Record<string, unknown>
  return typeof entrant === 'string' && isCount(tickets) && Object.keys(value).length === 2
}
