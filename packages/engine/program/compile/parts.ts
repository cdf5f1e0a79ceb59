import type { Fraction } from '../../amounts/fraction.ts'
import { DAY_MS, dayFromCivil } from '../../time/local.ts'
import type { Condition } from '../condition.ts'
import type { ScopeKind } from '../condition-facts.ts'
import { type Beside, NOTHING_BESIDE } from '../condition-keys.ts'
import type { ExpiryText } from '../document/assets.ts'
import type { AudienceText, DuringText, TraitsText } from '../document/audience.ts'
import type { AwardText } from '../document/awards.ts'
import type { BasketText } from '../document/benefits.ts'
import type { BudgetText, CapText } from '../document/bounds.ts'
import type { DocumentText } from '../document/document.ts'
import type { Named } from '../list-shape.ts'
import type { Audience, Award, Basket, Budget, Cap, During, Expiry, LevelOf, Traits } from '../program.ts'
import type { Reading } from '../shape.ts'
import type { TextTree } from '../syntax-tree.ts'
import type { ConditionCompiler } from './condition.ts'

/** What every section is compiled with. */
export interface Compiling {
  readonly document: DocumentText
  readonly reading: Reading
  readonly conditions: ConditionCompiler
}

/** Null for none written, and for one that cannot be compiled: why not has been reported. */
export const conditionOf = (
  { conditions }: Compiling,
  text: TextTree | null,
  kind: ScopeKind,
  beside: Beside,
  activity: string | null = null,
): Condition | null => (text === null ? null : conditions.compile(text, kind, beside, activity))

interface Where {
  readonly places: readonly string[] | null
  readonly channels: readonly string[] | null
  readonly partners: readonly string[] | null
}
const ANYWHERE: Where = { places: null, channels: null, partners: null }

export function audienceOf(text: AudienceText | null, where: Partial<Where> = ANYWHERE): Audience {
  return {
    ...traitsOf(text),
    not: traitsOf(text?.not ?? null),
    places: where.places ?? [],
    channels: where.channels ?? [],
    partners: where.partners ?? [],
  }
}

const traitsOf = (text: TraitsText | AudienceText | null): Traits => ({
  tiers: (text?.tier ?? []).map(levelOf),
  segments: text?.segment ?? [],
  tags: text?.tag ?? [],
  memberships: text?.membership ?? [],
  badges: text?.badge ?? [],
})

/** `ladder/level` as the reference reads it. */
function levelOf(text: string): LevelOf {
  const [ladder = '', level = ''] = text.split('/')
  return { ladder, level }
}

const weekdays = ['monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday']

export function duringOf(text: DuringText | null): During | null {
  if (text === null) return null
  const { from, through, days, hours, except } = text
  return {
    from: from === null ? null : from.local,
    through: through === null ? null : endOf(through),
    weekdays: days === null ? null : new Set(days.map((day) => weekdays.indexOf(day))),
    hours: hours === null ? null : { from: hours.from, to: hours.to },
    except: new Set((except ?? []).map(dayIn)),
  }
}

/** A date names a whole day, and ends are half-open (TIME-2). */
export const endOf = (moment: { readonly local: number; readonly wholeDay: boolean }): number =>
  moment.local + (moment.wholeDay ? DAY_MS : 0)

const dayIn = (text: string): number => {
  const [year = 0, month = 0, day = 0] = text.split('-').map(Number)
  return dayFromCivil(year, month, day)
}

export function expiryOf(text: ExpiryText): Expiry {
  switch (text.type) {
    case 'never':
      return { type: 'never' }
    case 'life':
      return { type: 'life', life: text.life, endOf: text.endOf }
    case 'inactive':
      return { type: 'inactive', idle: text.inactive, moves: new Set(text.moves) }
    case 'date':
      return { type: 'date', month: text.date.month, day: text.date.day, leastLife: text.leastLife }
    case 'anniversary':
      return { type: 'anniversary', leastLife: text.leastLife }
  }
}

export const awardsOf = (list: readonly AwardText[] | null): readonly Award[] => (list ?? []).map(awardOf)

function awardOf(award: AwardText): Award {
  switch (award.type) {
    case 'amount':
      return { type: 'amount', asset: award.asset, amount: award.units }
    case 'reward':
      return { type: 'reward', reward: award.reward }
    case 'badge':
      return { type: 'badge', badge: award.badge }
    case 'tier':
      return { type: 'tier', ...levelOf(award.level), keep: award.keep }
  }
}

export const basketOf = (compiling: Compiling, text: BasketText | null): Basket | null =>
  text === null
    ? null
    : { least: text.least?.minor ?? 0, lines: conditionOf(compiling, text.lines, 'line', NOTHING_BESIDE) }

export function capOf(id: string, text: CapText): Cap {
  const { most } = text
  return {
    id,
    counts: most.type === 'count' ? 'times' : 'amount',
    most: most.type === 'count' ? most.count : most.type === 'amount' ? most.units : 0, // money is refused by the checks
    of: text.whose ?? 'member',
    span: spanOf(text),
    edge: text.edge ?? 'trim',
  }
}

function spanOf({ each, within }: CapText): Cap['span'] {
  switch (each) {
    case 'order':
      return { type: 'order' }
    case 'calendar-day':
      return { type: 'calendar', unit: 'day' }
    case 'calendar-week':
      return { type: 'calendar', unit: 'week' }
    case 'calendar-month':
      return { type: 'calendar', unit: 'month' }
    case 'calendar-quarter':
      return { type: 'calendar', unit: 'quarter' }
    case 'calendar-year':
      return { type: 'calendar', unit: 'year' }
    case 'ever':
      return { type: 'ever' }
    case null:
      return within === null ? { type: 'ever' } : { type: 'sliding', length: within }
  }
}

export const budgetOf = (id: string, text: BudgetText | null): Budget | null =>
  text === null ? null : { id, most: mostOf(text.most), edge: text.edge ?? 'trim' }

function mostOf(most: BudgetText['most']): Budget['most'] {
  switch (most.type) {
    case 'amount':
      return { type: 'amount', asset: most.asset, amount: most.units }
    case 'money':
      return { type: 'worth', minor: most.minor }
    case 'count':
      return { type: 'times', times: most.count }
  }
}

/** What is said of holding out, else what the program says by silence (EXP-1). */
export const holdoutOf = (
  said: { readonly share: Fraction | null } | null,
  silent: Fraction | null,
): Fraction | null => (said === null ? silent : said.share)

export const byId = <Text, Value extends { readonly id: string }>(
  entries: readonly Named<Text>[] | null,
  compile: (id: string, text: Text) => Value | null,
): ReadonlyMap<string, Value> =>
  new Map(
    (entries ?? []).flatMap(({ id, value }) => {
      const compiled = compile(id, value)
      return compiled === null ? [] : [[id, compiled] as const]
    }),
  )
