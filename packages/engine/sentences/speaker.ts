import type { Fraction } from '../amounts/fraction.ts'
import type { Award, Cap, LevelOf, PluralCategory, Program, Texts } from '../program/program.ts'
import { dayOf, type LocalTime, type Period, startOf } from '../time/local.ts'
import type { Noun, Sentences, SpanWord } from './sentences.ts'
import type { Wording } from './wording.ts'

/** The sentences of whatever language: a form that it does not have is never asked for. */
export type AnySentences = Omit<Sentences<'other'>, 'counts'> & {
  readonly counts: Readonly<Record<Noun, Readonly<Partial<Record<PluralCategory, string>>>>>
}

/** Enough for every language to speak of many. */
const SEVERAL = 3

/** A program, a language, and the pieces that sentences are made of. */
export class Speaker {
  readonly program: Program
  readonly wording: Wording
  readonly say: AnySentences

  /** What of the program is spoken of; names are looked up in the whole. */
  readonly #told: Program

  constructor(program: Program, wording: Wording, sentences: AnySentences, told: Program = program) {
    this.program = program
    this.#told = told
    this.wording = wording
    this.say = sentences
  }

  /** Between a sentence and what limits it. */
  get comma(): string {
    return this.wording.language === 'ar' ? '، ' : ', '
  }

  /** What people read, in this language, else in English, else in any, else the id in words. */
  name(texts: Texts | undefined, id: string): string {
    const text = texts?.[this.wording.language] ?? texts?.['en'] ?? Object.values(texts ?? {})[0]
    return this.wording.isolate(text ?? id.replaceAll('-', ' '))
  }
  /** A name that comes from outside, or that nobody put into words. */
  quoted(id: string): string {
    return this.wording.isolate(this.say.quote({ text: id.replaceAll('-', ' ') }))
  }

  /** What several of it are called. */
  asset(id: string): string {
    const several = this.#formOf(id, SEVERAL)
    return several === null ? this.name(this.#assetOf(id)?.name, id) : this.wording.isolate(several)
  }
  /** `1 point`, `2,000 points`; of money `1.50 USD store credit`. */
  amount(id: string, units: number): string {
    const asset = this.#assetOf(id)
    if (asset?.kind === 'money') return `${this.wording.money(units, this.program.currency)} ${this.asset(id)}`
    const scale = asset?.scale ?? 0
    const count = units / 10 ** scale
    const form = this.#formOf(id, count)
    const named = this.wording.isolate(form ?? '')
    // A dual says by itself that there are two.
    if (form !== null && this.wording.plural(count) === 'two') return named
    return `${this.wording.number(units, scale)} ${form === null ? this.name(asset?.name, id) : named}`
  }
  /** The form of an asset's name that goes with a number; null where its name serves every number. */
  #formOf(id: string, count: number): string | null {
    const counted = this.#assetOf(id)?.counted
    const forms = counted?.[this.wording.language] ?? counted?.['en']
    return forms?.[this.wording.plural(count)] ?? null
  }
  #assetOf(id: string) {
    return this.program.assets.find((asset) => asset.id === id)
  }

  money(minor: number): string {
    return this.wording.money(minor, this.program.currency)
  }
  percent(share: Fraction): string {
    return this.wording.percent(share)
  }
  count(noun: Noun, count: number): string {
    const forms = this.say.counts[noun]
    return (forms[this.wording.plural(count)] ?? forms.other ?? '#').replace('#', this.wording.number(count, 0))
  }
  all(items: readonly string[]): string {
    return this.wording.all(items)
  }
  any(items: readonly string[]): string {
    return this.wording.any(items)
  }

  period({ months, days, ms }: Period): string {
    const minutes = Math.floor(ms / 60_000)
    const parts: (readonly [Noun, number])[] = [
      ['years', months % 12 === 0 ? months / 12 : 0],
      ['months', months % 12 === 0 ? 0 : months],
      ['days', days],
      ['hours', Math.floor(minutes / 60)],
      ['minutes', minutes % 60],
    ]
    return this.all(parts.flatMap(([noun, count]) => (count === 0 ? [] : [this.count(noun, count)])))
  }
  clock(ms: number): string {
    return this.period({ months: 0, days: 0, ms })
  }
  /** A moment: its date where it is midnight. */
  moment(local: LocalTime): string {
    return local === startOf(dayOf(local)) ? this.wording.date(dayOf(local)) : this.wording.dateTime(local)
  }
  /** The last day or moment before an end (TIME-2). */
  lastBefore(end: LocalTime): string {
    return end === startOf(dayOf(end)) ? this.wording.date(dayOf(end) - 1) : this.wording.dateTime(end)
  }

  level({ ladder, level }: LevelOf): string {
    const levels = this.program.ladders.find(({ id }) => id === ladder)?.levels
    return this.name(levels?.find(({ id }) => id === level)?.name, level)
  }
  reward(id: string): string {
    return this.name(this.program.rewards.get(id)?.name, id)
  }

  /** Whether an asset is spoken of. */
  tells(asset: string): boolean {
    return this.#told.assets.some(({ id }) => id === asset)
  }

  /** Several things that are given. */
  awards(awards: readonly Award[]): string {
    // Nobody learns the name of a hidden level by what gives it (TIER-7).
    const shown = awards.filter((award) => award.type !== 'tier' || this.#tellsLevel(award))
    const told = shown.filter((award) => award.type !== 'amount' || this.tells(award.asset))
    // Where nothing else is given, it is better said than not.
    const said = (told.length > 0 ? told : shown).map((award) => this.#award(award))
    return said.length > 0 ? this.all(said) : this.say.awardHidden
  }
  #tellsLevel({ ladder, level }: LevelOf): boolean {
    return this.#told.ladders.some(({ id, levels }) => id === ladder && levels.some((each) => each.id === level))
  }
  #award(award: Award): string {
    switch (award.type) {
      case 'amount':
        return this.amount(award.asset, award.amount)
      case 'reward':
        return this.say.awardReward({ reward: this.reward(award.reward) })
      case 'badge':
        return this.say.awardBadge({ badge: this.name(this.program.badges.get(award.badge)?.name, award.badge) })
      case 'tier':
        return this.say.awardLevel({ level: this.level(award), period: this.period(award.keep) })
    }
  }

  /** `at most 3 times in one calendar month`. `asset` is what an amount is of. */
  cap(cap: Cap, asset: string | null): string {
    const much = cap.counts === 'times' || asset === null ? this.count('times', cap.most) : this.amount(asset, cap.most)
    const said = this.say.atMost({ much, span: this.span(cap.span) })
    switch (cap.of) {
      case 'member':
        return said
      case 'place':
        return `${said}, ${this.say.inEachPlace}`
      case 'program':
        return `${said}, ${this.say.allTogether}`
    }
  }
  span(span: Cap['span']): string {
    switch (span.type) {
      case 'order':
      case 'ever':
        return this.say.spans[span.type]
      case 'calendar':
        return this.spanOf(span.unit)
      case 'sliding':
        return this.say.sliding({ period: this.period(span.length) })
      case 'visit':
        return this.spanOf('day')
    }
  }
  spanOf(unit: SpanWord): string {
    return this.say.spans[unit]
  }

  /** Begins with a capital where it begins with a letter, and ends with a full stop. */
  sentence(text: string): string {
    const [first = ''] = text
    // The Turkish i keeps its dot.
    const capital = this.wording.language === 'tr' && first === 'i' ? 'İ' : first.toUpperCase()
    const begun = capital + text.slice(first.length)
    return /[.!?…]$/.test(begun) ? begun : `${begun}.`
  }
}
