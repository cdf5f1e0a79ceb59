import { EvaluationError, ParseError, TypeError as TypeMismatch } from '@marcbachmann/cel-js'
import type { Condition } from '../condition.ts'
import { type ConditionFacts, conditionFacts, pastFacts, type ScopeKind } from '../condition-facts.ts'
import { asksFirstAndLast, type Beside, excludesItself, saidByKeys } from '../condition-keys.ts'
import { needsOf } from '../condition-needs.ts'
import { childrenOf, factIn, notOffered, partsOf, type Syntax, textIn } from '../condition-syntax.ts'
import { truthOf } from '../condition-truth.ts'
import { conditionWords } from '../condition-words.ts'
import { decimalText, decimalUnits } from '../currency.ts'
import type { Finding, FindingCode } from '../finding.ts'
import type { Names } from '../names.ts'
import { meantWord, suggestion } from '../nearest.ts'
import type { FactKind } from '../program.ts'
import { capital, type Reading } from '../shape.ts'
import type { TextTree } from '../syntax-tree.ts'

/** Compiles the conditions of one document. */
export interface ConditionCompiler {
  /** Null where it cannot be compiled; why not has been reported. `activity` names whose facts an activity's condition sees. */
  compile(text: TextTree, kind: ScopeKind, beside: Beside, activity?: string | null): Condition | null
  /** Whether one that was compiled asks for the member's past. */
  asksPast(): boolean
}

export function conditionCompiler(reading: Reading): ConditionCompiler {
  const factsByScope = new Map<string, ConditionFacts>()
  const factsOf = (kind: ScopeKind, activity: string | null): ConditionFacts => {
    const key = kind === 'activity' ? `activity.${activity}` : kind
    const made = factsByScope.get(key)
    if (made !== undefined) return made
    const declared = reading.names.activities.get(activity ?? '') ?? noFacts
    const facts = conditionFacts(kind, declared)
    factsByScope.set(key, facts)
    return facts
  }
  let asksPast = false
  return {
    compile(text, kind, beside, activity = null) {
      const compiled = compileCondition(text, factsOf(kind, activity), beside, reading)
      if (compiled === null) return null
      asksPast ||= compiled.asksPast
      return compiled.condition
    },
    asksPast: () => asksPast,
  }
}

const noFacts: ReadonlyMap<string, FactKind> = new Map()

interface CompiledCondition {
  readonly condition: Condition
  readonly asksPast: boolean
}

function compileCondition(
  tree: TextTree,
  facts: ConditionFacts,
  beside: Beside,
  reading: Reading,
): CompiledCondition | null {
  const report = (
    offset: number,
    code: FindingCode,
    message: string,
    instead: string,
    severity: Finding['severity'] = 'error',
  ) => {
    reading.findings.push({ code, severity, path: tree.path, ...tree.positionOf(offset), message, instead })
  }

  let run: ReturnType<typeof facts.environment.parse>
  try {
    run = facts.environment.parse(tree.text)
  } catch (error) {
    if (!(error instanceof ParseError)) throw error
    const at = error.range?.start ?? 0
    const mistake = syntaxMistake(error.summary, tree.text, at, reading.names)
    report(mistake.at ?? at, 'condition-syntax', mistake.message, mistake.instead)
    return null
  }
  const syntax = run.ast
  const before = reading.findings.length
  for (const part of partsOf(syntax)) {
    const refused = notOffered(part)
    if (refused === null) continue
    const code = refused.isFunction ? 'condition-unknown-function' : 'condition-not-offered'
    report(part.start, code, refused.message, refused.instead)
  }
  if (reading.findings.length > before) return null

  const checked = run.check()
  if (!checked.valid) {
    const error = checked.error
    const node = error?.node as Syntax | undefined
    const mismatch = typeMismatch(error?.code ?? '', error?.summary ?? '', node, facts, reading.names)
    report((mismatch.at ?? error?.range)?.start ?? 0, mismatch.code, mismatch.message, mismatch.instead)
    return null
  }
  if (checked.type !== 'bool') {
    const message = `The condition is ${typeName(checked.type ?? '')}; it must be true or false`
    report(0, 'condition-type', message, 'Compare it with something, for instance: order.items >= 3')
    return null
  }
  checkMoney(syntax, reading.names, report)
  checkValues(syntax, reading.names, report)
  if (reading.findings.length > before) return null

  const { context, point } = facts.bind()
  const plain = truthOf(syntax, (part) => constantOf(tree.text.slice(part.start, part.end), facts))
  const excludes = plain === null && excludesItself(syntax, beside, reading.names)
  const truth = excludes ? false : plain
  if (truth === true) {
    report(
      0,
      'condition-always',
      'The condition is always true',
      'Leave it out, or compare with something else',
      'warning',
    )
  }
  if (excludes) {
    const message = 'Its parts exclude each other, or what a key beside it says: nothing can come of it'
    report(
      0,
      'condition-excludes',
      message,
      'Where one of several will do, write || between them, or name all in the key',
    )
  } else if (truth === false) {
    report(
      0,
      'condition-never',
      'The condition is never true: nothing can come of it',
      'Where one of several will do, write || between them; else compare with something that can be',
    )
  }
  if (truth === null && asksFirstAndLast(syntax)) {
    const message = 'A first order has none before it: this holds only for who gave back all that was bought'
    report(0, 'condition-hardly', message, 'Keep one of the two, or ask for member.daysSinceJoined', 'warning')
  }
  // What is never true says nothing that a key could.
  const keysToName = truth === false ? [] : beside.free
  for (const { start, written } of saidByKeys(syntax, keysToName, reading.names)) {
    const message = `A key says the same: ${written}`
    report(start, 'condition-key', message, 'Write the key, and take this out of the condition', 'note')
  }
  const condition: Condition = {
    text: tree.text,
    needs: needsOf(syntax),
    test(scope) {
      point(scope)
      try {
        return run(context) === true
      } catch (error) {
        // Only a fact that an activity lacks, or a day that never was, can fail. It counts as false.
        if (error instanceof EvaluationError) return false
        throw error
      }
    },
  }
  return { condition, asksPast: [...partsOf(syntax)].some((part) => pastFacts.has(factIn(part) ?? '')) }
}

function constantOf(text: string, facts: ConditionFacts): boolean | null {
  try {
    const value: unknown = facts.environment.evaluate(text, {})
    return typeof value === 'boolean' ? value : null
  } catch (error) {
    if (error instanceof EvaluationError || error instanceof ParseError || error instanceof TypeMismatch) return null
    throw error
  }
}

/** What people write who know SQL, speak English, or whose editor bends the quotes. */
function syntaxMistake(
  summary: string,
  text: string,
  at: number,
  names: Names,
): Omit<Mismatch, 'code' | 'at'> & { at?: number } {
  const rest = text.slice(at)
  const [bent] = /[“”„‟‘’‚«»]/u.exec(text) ?? []
  if (bent !== undefined) {
    const instead = 'Write straight quotes: " around texts, and \' around the whole condition'
    return { message: `\`${bent}\` is a quote for printed text`, instead, at: text.indexOf(bent) }
  }
  if (/^=[^=]/.test(rest)) {
    return { message: 'A single `=` compares nothing', instead: 'Write == to compare: order.items == 3' }
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
    const instead = question === 'contains' ? `Write ${what} in ${fact}` : `Write ${fact}.${question}(${what})`
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

type Report = (offset: number, code: FindingCode, message: string, instead: string) => void

/** Money is named with the decimals of the program's currency, so that it cannot be off by a factor. */
function checkMoney(syntax: Syntax, names: Names, report: Report): void {
  const currency = names.currency
  if (currency === null) return
  for (const part of partsOf(syntax)) {
    if (part.op !== 'call' || part.args[0] !== 'money') continue
    const [argument] = part.args[1]
    const text = argument === undefined ? null : textIn(argument)
    const minor = text === null ? null : decimalUnits(text, currency.exponent)
    const decimals = text?.split('.')[1]?.length ?? 0
    if (minor !== null && decimals === currency.exponent) continue
    const example = decimalText(minor ?? 30 * 10 ** currency.exponent, currency.exponent)
    const instead = `Write the number as text, with the decimals of ${currency.code}: money("${example}")`
    report(argument?.start ?? part.start, 'condition-money', 'This is no amount of money', instead)
  }
}

/** Some facts have few values, and a misspelt one would be a condition that never holds. */
function checkValues(syntax: Syntax, names: Names, report: Report): void {
  const knownByFact: Readonly<Record<string, { readonly what: string; readonly known: ReadonlySet<string> }>> = {
    'line.kind': { what: 'kind of line', known: new Set(['goods', 'gift-card', 'service']) },
    'member.tiers': { what: 'level', known: new Set(names.laddersByLevel.keys()) },
    ...(names.ids.places.size > 0 ? { 'order.place': { what: 'place', known: names.ids.places } } : {}),
    ...(names.ids.segments.size > 0 ? { 'member.segments': { what: 'segment', known: names.ids.segments } } : {}),
    'member.badges': { what: 'badge', known: names.ids.badges },
    'member.memberships': { what: 'membership', known: names.ids.memberships },
    'order.partner': { what: 'partner', known: names.ids.partners },
  }
  for (const part of partsOf(syntax)) {
    if (part.op !== '==' && part.op !== '!=' && part.op !== 'in') continue
    const closed = part.args.map((side) => knownByFact[factIn(side) ?? '']).find((found) => found !== undefined)
    if (closed === undefined) continue
    const literals = part.args.flatMap((side) => (side.op === 'list' ? childrenOf(side) : [side]))
    for (const literal of literals) {
      const text = textIn(literal)
      if (text === null || text === '' || closed.known.has(text)) continue
      const instead = suggestion(text, closed.known, `There is none to compare with`)
      report(literal.start, 'condition-unknown-value', `There is no ${closed.what} "${text}"`, instead)
    }
  }
}

interface Mismatch {
  readonly code: FindingCode
  readonly message: string
  readonly instead: string
  readonly at?: { readonly start: number } | undefined
}

function typeMismatch(
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
const typeName = (type: string): string => (Object.hasOwn(typeNames, type) ? (typeNames[type] ?? type) : type)

/** Parts of a list, or the two outcomes of a choice, that are not of one kind. */
function unevenParts(summary: string): { readonly message: string; readonly instead: string } {
  const kinds = [...summary.matchAll(/'([^']+)'/g)].map(([, type = '']) => typeName(type))
  const what = summary.startsWith('List') ? 'What stands in a list' : 'What stands on both sides of `:`'
  const instead = 'Write texts in quotes and numbers without, and only one of the two'
  return { message: `${what} must be of one kind; here is ${kinds.join(' and ')}`, instead }
}
