import { factIn, partsOf, type Syntax } from './condition-syntax.ts'

/**
 * Whether a condition is always or never true, as far as that can be told without knowing the facts: by constants, by facts
 * that are never below zero, and by comparisons joined with `&&` that contradict each other. `null` says: it depends.
 */
export function truthOf(node: Syntax, constant: (node: Syntax) => boolean | null): boolean | null {
  switch (node.op) {
    case '!_': {
      const inner = truthOf(node.args, constant)
      return inner === null ? null : !inner
    }
    case '&&': {
      const sides = node.args.map((side) => truthOf(side, constant))
      if (sides.includes(false) || contradicts(node)) return false
      return sides.every((side) => side === true) ? true : null
    }
    case '||': {
      const sides = node.args.map((side) => truthOf(side, constant))
      if (sides.includes(true)) return true
      return sides.every((side) => side === false) ? false : null
    }
    default: {
      if (!readsFacts(node)) return constant(node)
      const comparison = comparisonOf(node)
      if (comparison === null || typeof comparison.value !== 'number') return null
      return truthAboveZero(comparison.op, comparison.value, neverBelowZero.has(comparison.fact))
    }
  }
}

const readsFacts = (node: Syntax): boolean => {
  for (const part of partsOf(node)) if (part.op === 'id') return true
  return false
}

type Operator = '==' | '!=' | '<' | '<=' | '>' | '>='
interface Comparison {
  readonly fact: string
  readonly op: Operator
  readonly value: string | number | boolean
}
const mirrored: Record<Operator, Operator> = { '==': '==', '!=': '!=', '<': '>', '<=': '>=', '>': '<', '>=': '<=' }

/** `order.items >= 3` or `3 <= order.items`; money as a number of its own text. */
function comparisonOf(node: Syntax): Comparison | null {
  switch (node.op) {
    case '==':
    case '!=':
    case '<':
    case '<=':
    case '>':
    case '>=': {
      const [left, right] = node.args
      const fact = factIn(left)
      const value = literalIn(right)
      if (fact !== null && value !== null) return { fact, op: node.op, value }
      const other = factIn(right)
      const first = literalIn(left)
      return other !== null && first !== null ? { fact: other, op: mirrored[node.op], value: first } : null
    }
    default:
      return null
  }
}

function literalIn(node: Syntax): string | number | boolean | null {
  if (node.op === '-_') {
    const value = literalIn(node.args)
    return typeof value === 'number' ? -value : null
  }
  if (node.op === 'call' && node.args[0] === 'money') {
    const [text] = node.args[1]
    return text?.op === 'value' ? Number(text.args) : null // only compared with other such amounts
  }
  if (node.op !== 'value') return null
  const value = node.args
  if (typeof value === 'bigint') return Number(value)
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean' ? value : null
}

const neverBelowZero = new Set([
  'order.total',
  'order.eligible',
  'order.shipping',
  'order.items',
  'order.lines',
  'line.quantity',
  'member.orders',
  'member.spend',
  'line.total',
  'line.unitPrice',
  'line.discount',
])

function truthAboveZero(op: Operator, value: number, aboveZero: boolean): boolean | null {
  if (!aboveZero) return null
  if (op === '<' || op === '<=' || op === '==') return value < 0 || (op === '<' && value === 0) ? false : null
  return value < 0 || (op === '>=' && value === 0) ? true : null
}

/** Two comparisons of one fact that no value meets: `== "a" && == "b"`, `> 5 && < 3`. */
function contradicts(node: Syntax): boolean {
  const byFact = new Map<string, Comparison[]>()
  for (const comparison of conjunctsOf(node).map(comparisonOf)) {
    if (comparison !== null) byFact.set(comparison.fact, [...(byFact.get(comparison.fact) ?? []), comparison])
  }
  for (const comparisons of byFact.values()) {
    const equal = comparisons.find((each) => each.op === '==')
    if (equal !== undefined) {
      if (comparisons.some((each) => !holds(equal.value, each))) return true
      continue
    }
    const lower = comparisons.filter((each) => each.op === '>' || each.op === '>=')
    const upper = comparisons.filter((each) => each.op === '<' || each.op === '<=')
    const crossed = lower.some((low) => upper.some((high) => !between(low, high)))
    if (crossed) return true
  }
  return false
}

const conjunctsOf = (node: Syntax): readonly Syntax[] => (node.op === '&&' ? node.args.flatMap(conjunctsOf) : [node])

function holds(value: Comparison['value'], { op, value: other }: Comparison): boolean {
  if (typeof value !== typeof other) return true
  switch (op) {
    case '==':
      return value === other
    case '!=':
      return value !== other
    case '<':
      return value < other
    case '<=':
      return value <= other
    case '>':
      return value > other
    case '>=':
      return value >= other
  }
}

const between = (low: Comparison, high: Comparison): boolean =>
  typeof low.value !== typeof high.value ||
  low.value < high.value ||
  (low.value === high.value && low.op === '>=' && high.op === '<=')
