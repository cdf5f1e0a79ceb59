import { parse } from '@marcbachmann/cel-js'
import type { Condition } from '../program/condition.ts'
import { factIn, type Syntax, textIn } from '../program/condition-syntax.ts'
import { decimalUnits } from '../program/currency.ts'
import type { Speaker } from './speaker.ts'

/** A condition in words: comparisons of facts with values, joined by and and or; what is more than that stands as written. */
export function spokenCondition(speaker: Speaker, condition: Condition): string {
  return spoken(speaker, parse(condition.text).ast, false) ?? asWritten(speaker, condition.text)
}

const asWritten = (speaker: Speaker, text: string): string => speaker.wording.isolate(speaker.say.quote({ text }))

/** Null where a part of it cannot be said. `inner`: brackets keep a list of alternatives together. */
function spoken(speaker: Speaker, node: Syntax, inner: boolean): string | null {
  switch (node.op) {
    case '&&': {
      const parts = sidesOf(node, '&&').map((side) => spoken(speaker, side, true))
      return isWhole(parts) ? speaker.all(parts) : null
    }
    case '||': {
      const parts = sidesOf(node, '||').map((side) => spoken(speaker, side, true))
      if (!isWhole(parts)) return null
      return inner ? `(${speaker.any(parts)})` : speaker.any(parts)
    }
    case '!_': {
      const fact = factIn(node.args)
      if (fact !== null) return speaker.say.isNotSo({ fact: factText(speaker, fact) })
      if (node.args.op === 'in') return membership(speaker, node.args.args, true)
      const said = spoken(speaker, node.args, false)
      return said === null ? null : speaker.say.notThis({ condition: said })
    }
    case '==':
    case '!=':
    case '<':
    case '<=':
    case '>':
    case '>=':
      return comparison(speaker, node.op, node.args)
    case 'in':
      return membership(speaker, node.args, false)
    default: {
      const fact = factIn(node)
      return fact === null ? null : speaker.say.isSo({ fact: factText(speaker, fact) })
    }
  }
}

const isWhole = (parts: readonly (string | null)[]): parts is readonly string[] => !parts.includes(null)

function sidesOf(node: Syntax, op: '&&' | '||'): Syntax[] {
  return node.op === op ? node.args.flatMap((side) => sidesOf(side, op)) : [node]
}

type Operator = '==' | '!=' | '<' | '<=' | '>' | '>='
const mirrored: Record<Operator, Operator> = { '==': '==', '!=': '!=', '<': '>', '<=': '>=', '>': '<', '>=': '<=' }

function comparison(speaker: Speaker, op: Operator, [left, right]: readonly [Syntax, Syntax]): string | null {
  const fact = factIn(left)
  if (fact === null) return factIn(right) === null ? null : comparison(speaker, mirrored[op], [right, left])
  if (textIn(right) === '' && (op === '==' || op === '!=')) return absence(speaker, op, fact)
  const value = valueText(speaker, right)
  if (value === null) return null
  if (right.op === 'value' && typeof right.args === 'boolean') {
    const isSo = (op === '==') === right.args
    const said = { fact: factText(speaker, fact) }
    return isSo ? speaker.say.isSo(said) : speaker.say.isNotSo(said)
  }
  return speaker.say.compare[op]({ fact: factText(speaker, fact), value })
}

/** The empty text stands for a fact that is not there: an order without a partner is the business’s own. */
function absence(speaker: Speaker, op: '==' | '!=', fact: string): string {
  const { say } = speaker
  if (fact === 'order.partner') return op === '==' ? say.inOurShops : say.atAnyPartner
  const said = { fact: factText(speaker, fact) }
  return op === '==' ? say.isAbsent(said) : say.isThere(said)
}

/** `"gift" in order.tags`, or `line.category in ["a", "b"]`. */
function membership(speaker: Speaker, [item, list]: readonly [Syntax, Syntax], not: boolean): string | null {
  const listed = factIn(list)
  const value = valueText(speaker, item)
  if (listed !== null && value !== null) {
    const parts = { fact: factText(speaker, listed), value }
    return not ? speaker.say.hasNot(parts) : speaker.say.has(parts)
  }
  const fact = factIn(item)
  if (fact === null || list.op !== 'list') return null
  const values = list.args.map((each) => valueText(speaker, each))
  if (!isWhole(values)) return null
  return speaker.say.compare[not ? '!=' : '==']({ fact: factText(speaker, fact), value: speaker.any(values) })
}

function valueText(speaker: Speaker, node: Syntax): string | null {
  const text = textIn(node)
  if (text !== null) return speaker.quoted(text)
  if (node.op === 'call' && node.args[0] === 'money') {
    const written = node.args[1][0] === undefined ? null : textIn(node.args[1][0])
    const minor = written === null ? null : decimalUnits(written, speaker.program.currency.exponent)
    return minor === null ? null : speaker.money(minor)
  }
  if (node.op !== 'value') return null
  const value = node.args
  if (typeof value === 'bigint') return speaker.wording.number(Number(value), 0)
  return typeof value === 'number' || typeof value === 'boolean' ? String(value) : null
}

/** What an activity brings is called as the program calls it. */
function factText(speaker: Speaker, fact: string): string {
  const facts: Readonly<Record<string, string>> = speaker.say.facts
  return facts[fact] ?? speaker.wording.isolate(fact.slice(fact.indexOf('.') + 1))
}
