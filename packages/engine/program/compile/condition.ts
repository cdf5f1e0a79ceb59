import { EvaluationError, ParseError, TypeError as TypeMismatch } from '@marcbachmann/cel-js'
import type { Condition } from '../condition.ts'
import { type ConditionFacts, conditionFacts, pastFacts, type ScopeKind } from '../condition-facts.ts'
import { asksFirstAndLast, type Beside, excludesItself, saidByKeys } from '../condition-keys.ts'
import { needsOf } from '../condition-needs.ts'
import { childrenOf, factIn, notOffered, partsOf, type Syntax, textIn } from '../condition-syntax.ts'
import { truthOf } from '../condition-truth.ts'
import { decimalText, decimalUnits } from '../currency.ts'
import type { Finding, FindingCode } from '../finding.ts'
import type { Names } from '../names.ts'
import { suggestion } from '../nearest.ts'
import type { FactKind } from '../program.ts'
import type { Reading } from '../shape.ts'
import type { TextTree } from '../syntax-tree.ts'
import { syntaxMistake, typeMismatch, typeName } from './condition-mistakes.ts'
import { spokenCondition } from './spoken-condition.ts'

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
    const spoken = spokenCondition(tree.text, facts, reading.names)
    const mistake = spoken ?? syntaxMistake(error.summary, tree.text, at, reading.names)
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
    const spoken = spokenCondition(tree.text, facts, reading.names)
    if (spoken !== null) {
      report(spoken.at, spoken.code, spoken.message, spoken.instead)
      return null
    }
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
