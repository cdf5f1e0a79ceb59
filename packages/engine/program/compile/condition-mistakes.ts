import type { ConditionFacts } from '../condition-facts.ts'
import { childrenOf, factIn, type Syntax, textIn } from '../condition-syntax.ts'
import { conditionWords } from '../condition-words.ts'
import { decimalText, decimalUnits } from '../currency.ts'
import type { FindingCode } from '../finding.ts'
import { lookAlikesIn } from '../look-alikes.ts'
import type { Names } from '../names.ts'
import { meantWord, suggestion } from '../nearest.ts'
import { oddBlankIn } from '../odd-blanks.ts'
import { capital } from '../shape.ts'

interface Told {
  readonly message: string
  readonly instead: string
}
interface SyntaxMistake extends Told {
  /** Where it begins, if elsewhere than where reading stopped. */
  readonly at?: number
}
interface Mismatch extends Told {
  readonly code: FindingCode
  readonly at?: { readonly start: number } | undefined
}

/** What people write who know SQL, speak English, or whose editor bends the quotes. */
export function syntaxMistake(summary: string, text: string, at: number, names: Names): SyntaxMistake {
  const rest = text.slice(at)
  const [bent] = /[“”„‟‘’‚«»]/u.exec(text) ?? []
  if (bent !== undefined) {
    const instead = 'Write straight quotes: " around texts, and \' around the whole condition'
    return { message: `\`${bent}\` is a quote for printed text`, instead, at: text.indexOf(bent) }
  }
  const odd = oddBlankIn(text)
  if (odd !== null) return { message: `Here is ${odd.name}`, instead: `Write ${odd.plain}`, at: odd.at }
  // What stands in quotes is the shop's own, in whatever alphabet.
  const bare = text.replace(/"[^"]*"|'[^']*'/g, (quoted) => ' '.repeat(quoted.length))
  const foreign = lookAlikesIn(bare)
  if (foreign !== null) {
    const [word = ''] = foreign.plain.slice(foreign.plain.lastIndexOf(' ', foreign.at) + 1).split(' ')
    return {
      message: `Here is ${foreign.name.replace(/,$/, '')}`,
      instead: `Write ${word} in letters of one alphabet`,
      at: foreign.at,
    }
  }
  if (/^=[^=]/.test(rest)) {
    return { message: 'A single `=` compares nothing', instead: 'Write == to compare, for instance order.items == 3' }
  }
  const [word] = /^(?:and|or|not|AND|OR|NOT)\b|^[&|](?![&|])/.exec(rest) ?? []
  if (word !== undefined) {
    return { message: `Conditions have no \`${word}\``, instead: 'Write && for and, || for or, ! for not' }
  }
  const price = /\p{Sc}\s*(\d+)(?:\.\d+)?|(\d+)(?:\.\d+)?\s*(?:\p{Sc}|[A-Z]{3}\b)/u.exec(text)
  if (price !== null) {
    const exponent = names.currency?.exponent ?? 2
    const minor = decimalUnits(price[0].replace(/[^\d.]/g, ''), exponent) ?? 30 * 10 ** exponent
    const instead = `Write money("${decimalText(minor, exponent)}")`
    return { message: `\`${price[0]}\` is not how conditions say money`, instead, at: price.index }
  }
  const asked = /(\S+) +(contains|startsWith|endsWith) +("[^"]*"|\S+)/.exec(text)
  if (asked !== null) {
    const [, fact, question = '', what] = asked
    const quoted = what?.startsWith('"') ? what : JSON.stringify(what)
    const instead = question === 'contains' ? `Write ${quoted} in ${fact}` : `Write ${fact}.${question}(${quoted})`
    return {
      message: `\`${question}\` does not stand between two things`,
      instead,
      at: text.indexOf(` ${question} `) + 1,
    }
  }
  const example = 'order.total >= money("30.00") && order.items >= 3'
  const plain = summary.replace(/^Unexpected/, 'unexpected')
  const message = summary.includes('EOF') ? 'The condition ends too early' : `This is no condition: ${plain}`
  return { message, instead: `Conditions look like this: ${example}` }
}

/** What the checker of types found, in the words of facts and keys. */
export function typeMismatch(
  code: string,
  summary: string,
  node: Syntax | undefined,
  facts: ConditionFacts,
  names: Names,
): Mismatch {
  if (code === 'unknown_variable' && node?.op === 'id') return unknownWord(node.args, facts)
  if (code === 'no_such_key' && node?.op === '.') {
    const [of, name] = node.args
    const known = of.op === 'id' ? (facts.known[of.args] ?? []) : []
    const what = of.op === 'id' ? of.args : 'this'
    const line = what === 'order' && Object.hasOwn(conditionWords.line, name)
    const during = Object.hasOwn(saidByDuring, name) && !known.includes(name) ? saidByDuring[name] : undefined
    const instead =
      during !== undefined
        ? `Times have a key of their own: during: ${during}`
        : line
          ? `It is a fact of each line: lines: 'line.${name} == …'`
          : suggestion(name, known, 'Declare it under `activities`')
    const code = during === undefined ? 'condition-unknown-fact' : 'condition-time'
    return { code, message: `\`${what}\` has no fact \`${name}\``, instead }
  }
  const types = /no such overload: (.+) (\S+) (.+)/.exec(summary)
  if (types !== null && node !== undefined) {
    const [, left = '', op = '', right = ''] = types
    const [first, second] = childrenOf(node)
    if (left === 'Money' || right === 'Money') {
      const other = left === 'Money' ? second : first
      const exponent = names.currency?.exponent ?? 2
      const number = other?.op === 'value' ? decimalUnits(String(other.args), exponent) : null
      const example = decimalText(number ?? 30 * 10 ** exponent, exponent)
      return {
        code: 'condition-money',
        message: `Money is compared with money, and this is ${typeName(left === 'Money' ? right : left)}`,
        instead: `Write money("${example}")`,
        at: other,
      }
    }
    const message = `${capital(typeName(left))} and ${typeName(right)} do not go together with \`${op}\``
    const text = textIn(second ?? node)
    if (left === 'list<string>' && op === '==' && text !== null) {
      const list = factIn(first ?? node) ?? 'order.tags'
      return { code: 'condition-type', message, instead: `Write "${text}" in ${list}`, at: second }
    }
    return {
      code: 'condition-type',
      message,
      instead: 'Compare like with like: texts in quotes, numbers without',
      at: second,
    }
  }
  return plainMismatch(code, summary)
}

/** What people ask of a condition that `during` says. */
const saidByDuring: Readonly<Record<string, string>> = {
  date: '{ from: 2026-03-01, through: 2026-03-31 }',
  day: '{ days: [saturday, sunday] }',
  dayOfWeek: '{ days: [saturday, sunday] }',
  hour: '{ hours: { from: 17:00, to: 19:00 } }',
  month: '{ from: 2026-03-01, through: 2026-03-31 }',
  time: '{ hours: { from: 17:00, to: 19:00 } }',
  weekday: '{ days: [saturday, sunday] }',
}

/** A word that is no fact here may be one elsewhere. */
function unknownWord(word: string, facts: ConditionFacts): Mismatch {
  const code = 'condition-unknown-fact'
  const here = Object.keys(facts.known)
  const elsewhere: Readonly<Record<string, string>> = {
    order: '`order` is seen by `when` of rules on order.paid',
    line: '`line` is seen by `lines` of rules on order.paid',
    activity: '`activity` is seen by `when` of rules on activities',
  }
  const standing = Object.hasOwn(elsewhere, word) ? elsewhere[word] : undefined
  if (standing !== undefined) {
    return {
      code: 'condition-out-of-sight',
      message: `\`${word}\` cannot be seen here`,
      instead: `${standing}; here there is ${here.join(' and ')}`,
    }
  }
  const all = Object.entries(facts.known).flatMap(([owner, names]) =>
    names.map((name) => ({ name, full: `${owner}.${name}` })),
  )
  const near = meantWord(word, [...here, ...all.map((fact) => fact.name)])
  const meant = here.includes(near ?? '') ? near : (all.find((fact) => fact.name === near)?.full ?? null)
  const instead =
    meant === null
      ? `Facts begin with ${here.join(' or ')}; texts stand in quotes: "${word}"`
      : `Did you mean \`${meant}\`?`
  return { code, message: `There is no fact \`${word}\``, instead }
}

function plainMismatch(code: string, summary: string): Mismatch {
  const found = typeName(/'([^']+)'[^']*$/.exec(summary)?.[1] ?? '')
  switch (code) {
    case 'invalid_logical_operand':
    case 'invalid_condition_type': {
      const message = `Here must stand what is true or false, and it is ${found}`
      return {
        code: 'condition-type',
        message,
        instead: 'Join comparisons, for instance: order.items >= 3 && "gift" in order.tags',
      }
    }
    case 'no_matching_overload': {
      const name = /'(?:[^'(]*\.)?(\w+)\(/.exec(summary)?.[1] ?? ''
      const instead =
        'Give money() a text: money("30.00"); startsWith(), endsWith() and contains() ask a text about a text'
      return { code: 'condition-function', message: `\`${name}()\` does not go with this`, instead }
    }
    case 'cannot_index_type':
      return {
        code: 'condition-type',
        message: `${capital(found)} has no facts of its own`,
        instead: 'Leave out what stands behind the dot',
      }
    default:
      return { code: 'condition-uneven', ...unevenParts(summary) }
  }
}

const typeNames: Readonly<Record<string, string>> = {
  int: 'a whole number',
  double: 'a number',
  string: 'a text',
  bool: 'true or false',
  Money: 'money',
  'list<string>': 'a list of texts',
  'list<int>': 'a list of numbers',
  Order: 'the whole order',
  Line: 'the whole line',
  Member: 'the whole member',
  Activity: 'the whole activity',
}
export const typeName = (type: string): string => (Object.hasOwn(typeNames, type) ? (typeNames[type] ?? type) : type)

/** Parts of a list, or the two outcomes of a choice, that are not of one kind. */
function unevenParts(summary: string): Told {
  const kinds = [...summary.matchAll(/'([^']+)'/g)].map(([, type = '']) => typeName(type))
  const what = summary.startsWith('List') ? 'What stands in a list' : 'What stands on both sides of `:`'
  const instead = 'Write texts in quotes and numbers without, and only one of the two'
  return { message: `${what} must be of one kind; here is ${kinds.join(' and ')}`, instead }
}
