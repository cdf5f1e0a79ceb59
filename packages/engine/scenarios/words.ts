import { currencyCodes, currencyOf, decimalText, decimalUnits } from '../program/currency.ts'
import { suggestion } from '../program/nearest.ts'
import type { Program } from '../program/program.ts'
import { dayOutOfYears, parseClock, parseDay, parsePeriod } from '../program/scalar-time.ts'
import { addToTime, type LocalDay, type LocalTime, type Period, startOf } from '../time/local.ts'
import type { Cell, Mistake } from './tables.ts'

/** Thrown while a phrase is read, and caught where the cell is. */
export class Unreadable extends Error {
  readonly mistake: Mistake

  constructor(mistake: Mistake) {
    super(mistake.message)
    this.mistake = mistake
  }
}

interface Word {
  readonly text: string
  readonly column: number
}

export interface MoneyOf {
  readonly minor: number
  readonly currency: string
}
export interface AmountOf {
  readonly asset: string
  readonly units: number
}

/** The words of one cell, read from left to right. Commas and the colon before a reason are for the reader of the page. */
export class Words {
  readonly program: Program
  readonly cell: Cell
  /** What stands after the colon. */
  readonly reason: string | null
  readonly #words: readonly Word[]
  #at = 0

  constructor(cell: Cell, program: Program) {
    this.program = program
    this.cell = cell
    const colon = cell.text.search(/:(\s|$)/)
    this.reason = colon === -1 ? null : cell.text.slice(colon + 1).trim()
    const phrase = colon === -1 ? cell.text : cell.text.slice(0, colon)
    this.#words = [...phrase.matchAll(/\S+/g)].map((found) => ({
      text: found[0].replace(/,$/, ''),
      column: cell.column + found.index,
    }))
  }

  get isOver(): boolean {
    return this.#at >= this.#words.length
  }
  peek(ahead = 0): string {
    return this.#words[this.#at + ahead]?.text ?? ''
  }
  /** Takes the next words where they are these. */
  take(phrase: string): boolean {
    const wanted = phrase.split(' ')
    if (!wanted.every((word, index) => this.peek(index) === word)) return false
    this.#at += wanted.length
    return true
  }
  expect(phrase: string, example: string): void {
    if (!this.take(phrase)) this.fail(`"${phrase}" must come here`, example)
  }
  next(what: string, example: string): string {
    const word = this.peek()
    if (word === '') this.fail(`${what} is missing`, example)
    this.#at++
    return word
  }
  /** Refuses what stands here, or the end of the phrase. */
  fail(message: string, instead: string): never {
    const { text, column } = this.#words[this.#at] ?? { text: '', column: this.cell.column + this.cell.text.length }
    const found = text === '' ? 'the phrase ends' : `"${text}" stands here`
    throw new Unreadable({ line: this.cell.line, column, message: `${message}, but ${found}`, instead })
  }
  /** Refuses the word just taken. */
  failBefore(message: string, instead: string): never {
    const column = this.#words[this.#at - 1]?.column ?? this.cell.column
    throw new Unreadable({ line: this.cell.line, column, message, instead })
  }
  end(example: string): void {
    if (!this.isOver) this.fail('the phrase should be over', example)
  }

  /** Clauses in any order until the words are over; each begins with one of these words. */
  clauses(readers: Readonly<Record<string, () => void>>): void {
    while (!this.isOver) {
      const word = this.next('a clause', '')
      const read = Object.hasOwn(readers, word) ? readers[word] : undefined
      if (read === undefined) {
        const known = Object.keys(readers)
        const none = known.length === 0 ? 'end the phrase here' : ''
        this.failBefore(`"${word}" means nothing here`, suggestion(word, known, none))
      }
      read()
    }
  }

  /** One of the names that the program knows. */
  known(what: string, names: Iterable<string>): string {
    const name = this.next(`the id of ${what}`, 'write its id in the program')
    const all = [...names]
    if (all.includes(name)) return name
    this.failBefore(`there is no ${what} "${name}"`, suggestion(name, all, 'declare it in the program'))
  }

  money(): MoneyOf {
    const own = this.program.currency
    const like = (minor: number) => `${decimalText(minor, own.exponent)} ${own.code}`
    const number = this.next('an amount of money', `write it like ${like(10 ** own.exponent * 12)}`)
    const digits = decimalUnits(number.replace(/^\p{Sc}|\p{Sc}$/gu, ''), own.exponent)
    const code = this.next('a currency', `write ${like(digits ?? 10 ** own.exponent * 12)}`)
    const currency = currencyOf(code)
    if (currency === null) {
      this.failBefore(`there is no currency "${code}"`, suggestion(code, currencyCodes(), 'write its code: USD'))
    }
    const minor = decimalUnits(number, currency.exponent)
    const decimals = number.split('.')[1]?.length ?? 0
    if (minor !== null && decimals === currency.exponent) return { minor, currency: code }
    const example = decimalText(minor ?? 10 ** currency.exponent * 40, currency.exponent)
    this.failBefore(`"${number} ${code}" is no amount of ${code}`, `write it like ${example} ${code}`)
  }

  /** `500 points`; its sign, if there may be one, has been taken off. */
  amount(sign = ''): AmountOf {
    const number = this.next('an amount', 'write it like 500 points').slice(sign.length)
    const asset = this.asset()
    const units = decimalUnits(number, asset.scale)
    if (units !== null) return { asset: asset.id, units }
    this.failBefore(`"${number}" is no amount of ${asset.id}`, `write digits only, like 1500 ${asset.id}`)
  }
  asset(): { readonly id: string; readonly scale: number } {
    const name = this.known(
      'asset',
      this.program.assets.map(({ id }) => id),
    )
    return { id: name, scale: this.program.assets.find(({ id }) => id === name)?.scale ?? 0 }
  }

  count(what: string): number {
    const text = this.next(what, 'write a whole number')
    const number = decimalUnits(text, 0)
    if (number !== null && number > 0) return number
    this.failBefore(`"${text}" is no number of ${what}`, 'write a whole number above 0')
  }
  date(): LocalDay {
    const text = this.next('a date', 'write it like 2026-03-31')
    const far = dayOutOfYears(text)
    if (far !== null) this.failBefore(far.message, far.instead)
    return parseDay(text) ?? this.failBefore(`"${text}" is no date of the calendar`, 'write it like 2026-03-31')
  }
  period(): Period {
    const parsed = parsePeriod(this.next('a period', 'write it like P14D'))
    return 'value' in parsed ? parsed.value : this.failBefore(parsed.message, parsed.instead)
  }
}

const momentRule = 'write 2026-03-31 18:00, a date alone (noon), or +P1D after the row above'

/** A moment on the program's clock. */
export interface Moment {
  readonly local: LocalTime
  /** How far the clock is ahead of UTC, which tells two readings apart where it is set back; null: nothing is said. */
  readonly offset: ClockOffset | null
}
/** `said` of this row; else it is that of the row above, as long as the clock has it. */
export interface ClockOffset {
  readonly ms: number
  readonly said: boolean
}

/** When a row happens: a moment on the program's clock, or so much further on it than the row above. */
export function readMoment(cell: Cell, above: Moment | null): Moment {
  const fail = (message: string): never => {
    throw new Unreadable({ line: cell.line, column: cell.column, message, instead: momentRule })
  }
  const { text } = cell
  const after = (period: Period): Moment => {
    if (above === null) return fail(text === '' ? 'the first row says no moment' : 'there is no row above')
    return { local: addToTime(above.local, period), offset: above.offset && { ms: above.offset.ms, said: false } }
  }
  if (text === '') return after({ months: 0, days: 0, ms: 1000 })
  if (text.startsWith('+')) {
    const parsed = parsePeriod(text.slice(1))
    return 'value' in parsed ? after(parsed.value) : fail(parsed.message)
  }
  const [, date = '', clock = '12:00', fraction = '0', sign, hours = '0', minutes = '0'] =
    /^(\S+?)(?:[ T](\d{2}:\d{2}(?::\d{2})?)(?:\.(\d{1,3}))?(?: ?([+-])(\d{2}):([0-5]\d))?)?$/.exec(text) ?? []
  const day = parseDay(date)
  const ms = parseClock(clock)
  const far = dayOutOfYears(date)
  if (far !== null) return fail(far.message)
  if (day === null || ms === null || ms === 86_400_000) return fail(`"${text}" is no moment`)
  const ahead = (Number(hours) * 60 + Number(minutes)) * 60_000 * (sign === '-' ? -1 : 1)
  return {
    local: startOf(day) + ms + Number(fraction.padEnd(3, '0')),
    offset: sign === undefined ? null : { ms: ahead, said: true },
  }
}
