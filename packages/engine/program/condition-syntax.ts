import type { ASTNode } from '@marcbachmann/cel-js'

/**
 * A condition's syntax as the language offers it: facts, literals, comparisons, logic, sums, and a few questions about texts
 * and lists. What CEL has beyond that can fail while it runs, take long, or is a word the language does not need.
 */
export type Syntax = ASTNode

/** All parts of a condition, outer ones first. */
export function* partsOf(node: Syntax): Generator<Syntax> {
  yield node
  for (const child of childrenOf(node)) yield* partsOf(child)
}

export function childrenOf(node: Syntax): readonly Syntax[] {
  switch (node.op) {
    case 'value':
    case 'id':
      return []
    case '.':
    case '.?':
      return [node.args[0]]
    case '!_':
    case '-_':
      return [node.args]
    case 'call':
      return node.args[1]
    case 'rcall':
      return [node.args[1], ...node.args[2]]
    case 'map':
      return node.args.flat()
    case 'list':
    case '?:':
    case '[]':
    case '[?]':
    case '||':
    case '&&':
    case '==':
    case '!=':
    case 'in':
    case '+':
    case '-':
    case '*':
    case '/':
    case '%':
    case '<':
    case '<=':
    case '>':
    case '>=':
      return node.args
  }
}

/** `order.total` where the node is a fact, else null. */
export function factIn(node: Syntax): string | null {
  if (node.op !== '.') return null
  const [of, name] = node.args
  return of.op === 'id' ? `${of.args}.${name}` : null
}

/** The text of a literal, else null. */
export const textIn = (node: Syntax): string | null =>
  node.op === 'value' && typeof node.args === 'string' ? node.args : null

/** Whole numbers of a literal that a double holds exactly. */
const INT_MAX = 9_007_199_254_740_992n

const functions = new Set(['money', 'size'])
const methods = new Set(['startsWith', 'endsWith', 'contains', 'size', 'exists', 'all', 'exists_one'])

export interface NotOffered {
  readonly message: string
  readonly instead: string
  /** It is a function of that name. */
  readonly isFunction?: true
}

/** Why the language does not offer this part, or null where it does. */
export function notOffered(node: Syntax): NotOffered | null {
  switch (node.op) {
    case '*':
    case '/':
    case '%':
      return {
        message: `Conditions do not calculate with \`${node.op}\``,
        instead: 'Compare with the value itself: order.total >= money("60.00")',
      }
    case '[]':
    case '[?]':
    case '.?':
      return { message: 'Conditions do not reach into lists by position', instead: 'Ask "x" in order.tags instead' }
    case 'map':
      return { message: 'Conditions have no maps', instead: 'Compare facts with values, or use a list: [1, 2]' }
    case 'call':
      return functions.has(node.args[0]) ? null : unknownFunction(`${node.args[0]}()`)
    case 'rcall':
      return methods.has(node.args[0]) ? null : unknownFunction(`.${node.args[0]}()`)
    case 'value': {
      const value = node.args
      if (typeof value === 'string' || typeof value === 'boolean') return null
      if (typeof value === 'number' && Number.isFinite(value)) return null
      if (typeof value === 'bigint' && value <= INT_MAX && value >= -INT_MAX) return null
      return { message: 'Conditions have no such value', instead: 'Write a text in quotes, a number, true or false' }
    }
    case 'id':
    case '.':
    case 'list':
    case '?:':
    case '||':
    case '&&':
    case '!_':
    case '-_':
    case '==':
    case '!=':
    case 'in':
    case '+':
    case '-':
    case '<':
    case '<=':
    case '>':
    case '>=':
      return null
  }
}

const unknownFunction = (name: string): NotOffered => ({
  isFunction: true,
  message: `Conditions have no \`${name}\``,
  instead: `There are money(), size(), startsWith(), endsWith(), contains(), exists(), all() and exists_one()`,
})
