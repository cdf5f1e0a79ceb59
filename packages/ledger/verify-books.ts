import { bucketOf } from './bucket.ts'
import { NotCanonical } from './canonical.ts'
import { type ClosingCheck, createClosingCheck } from './closing-check.ts'
import type { Disagreement, MemberDisagreement } from './disagreement.ts'
import type { BookRecord, FooterRecord, HeaderRecord, MemberRecord, PublishedRoot } from './export.ts'
import { MemberBook } from './member-book.ts'
import { bookRecordOf } from './record-shape.ts'
import { type Sum, TrialBalance } from './trial-balance.ts'

export interface BooksReport {
  readonly clean: boolean
  readonly checked: {
    readonly members: number
    readonly decisions: number
    readonly transfers: number
    readonly closings: number
  }
  /** The first disagreement of each member, in order of the books, and those of the whole. */
  readonly disagreements: readonly Disagreement[]
  /** How many more were found than are listed. */
  readonly disagreementsLeftOut: number
}

/** Enough to see what happened; a report of a million wallets would not be read and not fit in memory. */
const disagreementsMax = 1000

/**
 * The first layer of `verify` (LED-6): recomputes chains, transfers, balances, lots, totals and roots from the stored effects
 * of an export, and names the first entry of each member that disagrees. `records` are the parsed lines; nothing about them
 * is trusted. One member is held in memory at a time.
 */
export function verifyBooks(records: Iterable<unknown>): BooksReport {
  const check = new BooksCheck()
  for (const record of records) check.read(record)
  return check.finish()
}

/** `verifyBooks` for lines that arrive one after another. */
export class BooksCheck {
  readonly #published: readonly PublishedRoot[]
  readonly #checked = { members: 0, decisions: 0, transfers: 0, closings: 0 }
  readonly #disagreements: Disagreement[] = []
  #disagreementsLeftOut = 0
  readonly #trial = new TrialBalance()
  #line = 0
  #program = ''
  /** Null before the header. */
  #closings: ClosingCheck | null = null
  #book: MemberBook | null = null
  #bookDisagrees = false
  #lastMember: MemberRecord | null = null
  #ended = false

  /** `published`: roots that have left the house before, of any programs; those of these books must be theirs (LED-7). */
  constructor(published: readonly PublishedRoot[] = []) {
    this.#published = published
  }

  /** The next line, parsed. */
  read(value: unknown): void {
    const record = bookRecordOf(value)
    if (typeof record === 'string') {
      this.refuse(record)
      return
    }
    this.#line += 1
    try {
      this.#disagree(this.#readRecord(record))
    } catch (error) {
      if (!(error instanceof NotCanonical)) throw error
      this.#disagree({ code: 'malformed', entry: this.#place(), message: error.message })
    }
  }

  /** The next line could not be read, and why. */
  refuse(message: string): void {
    this.#line += 1
    this.#disagree({ code: 'malformed', entry: this.#place(), message })
  }

  finish(): BooksReport {
    this.#cutOff()
    if (!this.#ended) this.#disagree({ code: 'cut-off', entry: 'footer', message: 'the books end without a footer' })
    for (const disagreement of this.#closings?.finish() ?? []) this.#report(disagreement)
    return {
      clean: this.#disagreements.length === 0,
      checked: this.#checked,
      disagreements: this.#disagreements,
      disagreementsLeftOut: this.#disagreementsLeftOut,
    }
  }

  #readRecord(record: BookRecord): MemberDisagreement | null {
    if (this.#ended) return this.#misplaced('something follows the footer')
    if (record.type === 'header') return this.#readHeader(record)
    const closings = this.#closings
    if (closings === null) return this.#misplaced('the books begin with a header')
    switch (record.type) {
      case 'member':
        this.#cutOff()
        return this.#openMember(record, closings)
      case 'decision':
        this.#checked.decisions += 1
        closings.readDecision(record)
        return this.#inBook((book) => book.readDecision(record))
      case 'transfer':
        this.#checked.transfers += 1
        this.#trial.add(record)
        return this.#inBook((book) => book.readTransfer(record))
      case 'state': {
        if (this.#book !== null) closings.closeMember(this.#book.member)
        this.#disagree(this.#inBook((book) => book.readState(record)))
        this.#book = null
        return null
      }
      case 'footer':
        this.#cutOff()
        this.#ended = true
        this.#compareFooter(record)
        return null
    }
  }

  #readHeader(header: HeaderRecord): MemberDisagreement | null {
    if (this.#line !== 1) return this.#misplaced('a header stands only at the start')
    this.#program = header.program
    const published = this.#published.filter(({ program }) => program === header.program)
    this.#checked.closings = header.closings.length + published.length
    this.#closings = createClosingCheck(header.program, header.closings, published)
    return null
  }

  #openMember(record: MemberRecord, closings: ClosingCheck): MemberDisagreement | null {
    const last = this.#lastMember
    const follows =
      last === null || record.bucket > last.bucket || (record.bucket === last.bucket && record.member > last.member)
    this.#lastMember = record
    this.#checked.members += 1
    closings.openBucket(record.bucket)
    this.#book = new MemberBook(this.#program, record.member)
    this.#bookDisagrees = false
    if (!follows) return this.#misplaced('members come in order of bucket and id, each once')
    const bucket = bucketOf(this.#program, record.member)
    return record.bucket === bucket ? null : this.#misplaced(`its bucket is ${record.bucket}, by its id ${bucket}`)
  }

  /** A member that is still open when something else begins. */
  #cutOff(): void {
    if (this.#book === null) return
    this.#disagree({ code: 'cut-off', entry: 'state', message: 'the member has no closing state' })
    this.#book = null
  }

  #inBook(read: (book: MemberBook) => MemberDisagreement | null): MemberDisagreement | null {
    if (this.#book === null) return this.#misplaced('it stands outside a member')
    return this.#bookDisagrees ? null : read(this.#book)
  }

  #compareFooter(footer: FooterRecord): void {
    const differ = (entry: string, stated: Sum | 'nothing', found: Sum | 'nothing'): void => {
      if (stated === found) return
      const message = `the footer says ${stated}, the books ${found}`
      this.#report({ code: 'totals', member: null, entry, message })
    }
    for (const name of ['members', 'decisions', 'transfers'] as const) differ(name, footer[name], this.#checked[name])
    const found = new Map(this.#trial.rows().map((row) => [`${row.asset}:${row.account}`, row.position]))
    for (const { asset, account, position } of footer.totals) {
      const entry = `${asset}:${account}`
      differ(entry, position, found.get(entry) ?? 'nothing')
      found.delete(entry)
    }
    for (const [entry, position] of found) differ(entry, 'nothing', position)
  }

  #place(): string {
    return `line ${this.#line}`
  }

  #misplaced(message: string): MemberDisagreement {
    return { code: 'out-of-place', entry: this.#place(), message }
  }

  /** Of an open member the first disagreement only. */
  #disagree(found: MemberDisagreement | null): void {
    if (found === null) return
    if (this.#book === null) {
      this.#report({ ...found, member: null })
      return
    }
    if (this.#bookDisagrees) return
    this.#bookDisagrees = true
    this.#report({ ...found, member: this.#book.member })
  }

  #report(disagreement: Disagreement): void {
    if (this.#disagreements.length < disagreementsMax) this.#disagreements.push(disagreement)
    else this.#disagreementsLeftOut += 1
  }
}
