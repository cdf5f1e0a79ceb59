import type { ConditionFacts } from '../condition-facts.ts'
import { conditionWords, isFirstOrder } from '../condition-words.ts'
import { decimalText, decimalUnits } from '../currency.ts'
import type { FindingCode } from '../finding.ts'
import { daysMeant } from '../meant-days.ts'
import type { Names } from '../names.ts'
import { meantWord } from '../nearest.ts'

interface Spoken {
  readonly code: FindingCode
  readonly message: string
  readonly instead: string
  readonly at: number
}

/**
 * A condition as people say it: `first-order`, `weekend`, `total > 30`, `order.total between 10 and 20`, `member.tier == "gold"`.
 * Null where it is not said so that one condition is meant; asked only of what is none.
 */
export function spokenCondition(text: string, facts: ConditionFacts, names: Names): Spoken | null {
  const plain = text.trim()
  const said: Said = (code, instead, at = 0, message = `\`${plain}\` is not how conditions are written`) => ({
    code,
    message,
    instead,
    at,
  })
  const owners = Object.keys(facts.known)
  if (owners.includes('order') && isFirstOrder(plain.replace(/^order\./, '')))
    return said('condition-unknown-fact', 'Write order.firstOrder')
  const days = daysMeant(plain)
  if (days !== null) return said('condition-time', timeOf(days))
  return comparison(plain, facts, names, said)
}

const timeOf = (days: readonly string[]) => `Times have a key of their own: during: { days: [${days.join(', ')}] }`

type Said = (code: FindingCode, instead: string, at?: number, message?: string) => Spoken

const operators: readonly (readonly [words: RegExp, operator: string])[] = [
  [/^(?:>=|(?:is )?at least|from)$/, '>='],
  [/^(?:<=|(?:is )?at most|up to)$/, '<='],
  [/^(?:>|(?:is )?(?:more|greater|higher) than|(?:is )?(?:over|above))$/, '>'],
  [/^(?:<|(?:is )?(?:less|lower|fewer) than|(?:is )?(?:under|below))$/, '<'],
  [/^(?:!=|<>|is not)$/, '!='],
  [/^(?:==?|is|equals?|is equal to)$/, '=='],
]
const spokenOperators =
  'is at least|at least|is at most|at most|up to|is more than|more than|greater than|higher than|is over|over|above|is less than|less than|lower than|fewer than|under|below|is not|is|equals|equal|>=|<=|<>|!=|==|=|>|<'
const compared = new RegExp(
  `^([A-Za-z.]+) *(?:\\b|(?=[<>=!]))(${spokenOperators})(?:\\b|(?<=[<>=])) *("[^"]*"|[^"&|()]+)$`,
)
const between = /^([A-Za-z.]+) (?:is )?between (\S+) and (\S+)$/

function comparison(text: string, facts: ConditionFacts, names: Names, said: Said): Spoken | null {
  const [, spanned = '', low = '', high = ''] = between.exec(text) ?? []
  if (spanned !== '') {
    const fact = factNamed(spanned, facts)
    const [least, most] = [low, high].map((value) => (fact === null ? null : comparedWith(value, fact, names)))
    return fact === null || least == null || most == null
      ? null
      : said('condition-syntax', `Write ${fact.name} >= ${least} && ${fact.name} <= ${most}`)
  }
  const [, word = '', spoken = '', value = ''] = compared.exec(text) ?? []
  const operator = operators.find(([words]) => words.test(spoken))?.[1]
  if (operator === undefined) return null
  const asked = value.startsWith('"') ? value.slice(1, -1) : value.trim()
  const days = /(?:^|\.)(?:day|weekday|dayOfWeek|date)$/i.test(word) && operator === '==' ? daysMeant(asked) : null
  const [owner = '', name = ''] = word.split('.')
  const unknown = name === '' ? undefined : `\`${owner}\` has no fact \`${name}\``
  if (days !== null) return said('condition-time', timeOf(days), word.lastIndexOf('.') + 1, unknown)
  if (owner === 'order' && Object.hasOwn(conditionWords.line, name) && !Object.hasOwn(conditionWords.order, name))
    return said(
      'condition-unknown-fact',
      `It is a fact of each line: lines: 'line.${name} ${operator} ${value}'`,
      6,
      unknown,
    )
  const fact = factNamed(word, facts)
  const right = fact === null ? null : comparedWith(value, fact, names)
  if (fact === null || right === null) return null
  // What is only misspelt, or a text beside a list, is told where it stands.
  const isSaid = spoken === operator && (fact.name === word || right === value)
  if (fact.says.startsWith('A list'))
    return operator !== '==' || fact.name === word ? null : said('condition-type', `Write ${right} in ${fact.name}`)
  if (isSaid && !value.includes(',')) return null
  const single = spoken === '=' ? 'A single `=` compares nothing' : undefined
  const at = single === undefined ? 0 : text.indexOf('=')
  return said('condition-syntax', `Write ${fact.name} ${operator} ${right}`, at, single)
}

interface Fact {
  readonly name: string
  readonly says: string
}

/** A fact as it is written, by its name alone, or as others call it. */
function factNamed(word: string, { known }: ConditionFacts): Fact | null {
  const [owner = '', name = owner, ...more] = word.split('.')
  if (more.length > 0 || Object.hasOwn(known, word)) return null
  const owners = Object.keys(known).filter((each) => !word.includes('.') || each === owner)
  for (const each of owners) {
    const near = meantWord(name, known[each] ?? [])
    const says = near === null ? undefined : saysOf(each, near)
    if (near !== null && says !== undefined) return { name: `${each}.${near}`, says }
  }
  return null
}

function saysOf(owner: string, name: string): string | undefined {
  const words: Readonly<Record<string, Readonly<Record<string, string>>>> = conditionWords
  return Object.hasOwn(words, owner) ? words[owner]?.[name] : undefined
}

/** `30`, `30 USD` and `1.000,50` as money where money is compared, numbers as they are, and words in quotes. */
function comparedWith(value: string, { says }: Fact, { currency }: Names): string | null {
  const plain = value.trim()
  if (!says.startsWith('Money')) {
    if (/^How many|^Days/.test(says)) return /^\d+$/.test(plain) ? plain : null
    if (/^Yes or no/.test(says)) return /^(true|false)$/.test(plain) ? plain : null
    return plain.startsWith('"') ? plain : /^[\p{L}\d-]+$/u.test(plain) ? JSON.stringify(plain) : null
  }
  const exponent = currency?.exponent ?? 2
  const [, whole = '', parts = ''] =
    /^\p{Sc}? ?(\d+|\d{1,3}(?:[.,]\d{3})+)(?:[.,](\d{1,2}))?(?: ?(?:\p{Sc}|[A-Z]{3}))?$/u.exec(plain) ?? []
  const minor =
    whole === '' ? null : decimalUnits(`${whole.replace(/\D/g, '')}${parts === '' ? '' : `.${parts}`}`, exponent)
  return minor === null ? null : `money("${decimalText(minor, exponent)}")`
}
