import type { LineFacts, Need, NeedFact } from '../program/condition.ts'
import type { AwardingRule, GivingRule, Multiplier } from '../program/program.ts'
import type { Situation } from './applies.ts'

type Rule = GivingRule | AwardingRule | Multiplier

/** What an event has of the facts by which rules are found. */
export interface Present {
  of(fact: NeedFact): readonly string[]
}

/** Each is gathered once, when the first list of rules asks for it. */
export function presentIn(situation: Situation, { lines }: { readonly lines: readonly LineFacts[] }): Present {
  const known = new Map<NeedFact, readonly string[]>()
  return {
    of(fact) {
      let values = known.get(fact)
      if (values === undefined) {
        values = valuesOf(fact, situation, lines)
        known.set(fact, values)
      }
      return values
    },
  }
}

function valuesOf(fact: NeedFact, situation: Situation, lines: readonly LineFacts[]): readonly string[] {
  switch (fact) {
    case 'sku':
      return lines.map((line) => line.sku)
    case 'category':
      return lines.flatMap((line) => line.categories)
    case 'brand':
      return lines.map((line) => line.brand)
    case 'kind':
      return lines.map((line) => line.kind)
    case 'place':
      return situation.place === null ? [] : [situation.place]
    case 'channel':
      return situation.channel === null ? [] : [situation.channel]
    case 'partner':
      return situation.partner === undefined ? [] : [situation.partner]
    case 'tag':
      return situation.tags
    case 'segment':
      return situation.segments
    case 'badge':
      return situation.badges ?? []
    case 'membership':
      return situation.memberships ?? []
    case 'level':
      return situation.tiers.map(({ ladder, level }) => `${ladder}/${level}`)
  }
}

// Asking a few rules is cheaper than finding out which need not be asked.
const ASKED_ALL_MAX = 12

/**
 * The rules that the event could match, in document order. The others need a text (a place, a channel, a tier, a category)
 * that the event has not: their conditions would not hold.
 */
export function candidatesOf<R extends Rule>(rules: readonly R[], present: Present): readonly R[] {
  if (rules.length <= ASKED_ALL_MAX) return rules
  const { always, byFact } = indexOf(rules)
  const found = new Set(always)
  for (const [fact, byValue] of byFact) {
    for (const value of present.of(fact)) for (const position of byValue.get(value) ?? []) found.add(position)
  }
  return rules.filter((_, position) => found.has(position))
}

interface Index {
  /** Positions of rules that need nothing. */
  readonly always: readonly number[]
  readonly byFact: ReadonlyMap<NeedFact, ReadonlyMap<string, readonly number[]>>
}

const indexByRules = new WeakMap<readonly Rule[], Index>()

function indexOf(rules: readonly Rule[]): Index {
  const made = indexByRules.get(rules)
  if (made !== undefined) return made
  const always: number[] = []
  const byFact = new Map<NeedFact, Map<string, number[]>>()
  rules.forEach((rule, position) => {
    const need = rarestOf(needsOf(rule))
    if (need === null) {
      always.push(position)
      return
    }
    const byValue = byFact.get(need.fact) ?? new Map<string, number[]>()
    byFact.set(need.fact, byValue)
    for (const value of new Set(need.values)) byValue.set(value, [...(byValue.get(value) ?? []), position])
  })
  const index = { always, byFact }
  indexByRules.set(rules, index)
  return index
}

function needsOf({ audience, when, lines }: Rule): readonly Need[] {
  const { places, channels, partners, tiers, segments, tags, badges, memberships } = audience
  const asked: readonly Need[] = [
    { fact: 'place', values: places },
    { fact: 'channel', values: channels },
    { fact: 'partner', values: partners },
    { fact: 'level', values: tiers.map(({ ladder, level }) => `${ladder}/${level}`) },
    { fact: 'segment', values: segments },
    { fact: 'tag', values: tags },
    { fact: 'badge', values: badges },
    { fact: 'membership', values: memberships },
  ]
  return [...asked.filter(({ values }) => values.length > 0), ...(when?.needs ?? []), ...(lines?.needs ?? [])]
}

/** Facts that tell most events apart come first. */
const byRarity: readonly NeedFact[] = [
  'sku',
  'category',
  'brand',
  'place',
  'partner',
  'tag',
  'segment',
  'badge',
  'membership',
  'level',
  'channel',
  'kind',
]

const rarestOf = (needs: readonly Need[]): Need | null =>
  needs.toSorted((a, b) => byRarity.indexOf(a.fact) - byRarity.indexOf(b.fact))[0] ?? null
