import type { Need, NeedFact } from './condition.ts'
import { childrenOf, factIn, type Syntax, textIn } from './condition-syntax.ts'

/**
 * What a condition cannot hold without, of facts that are texts: `order.channel == "web" && …` needs the channel web. Rules
 * are found by it without being asked one by one; what it misses costs time and nothing else.
 */
export function needsOf(node: Syntax): readonly Need[] {
  switch (node.op) {
    case '&&':
      return node.args.flatMap(needsOf)
    case '||':
      return common(node.args.map(needsOf))
    case '==':
      return needOf(node.args[0], [node.args[1]]) ?? needOf(node.args[1], [node.args[0]]) ?? []
    case 'in': {
      const [left, right] = node.args
      if (right.op === 'list') return needOf(left, childrenOf(right)) ?? []
      return needOf(right, [left]) ?? []
    }
    default:
      return []
  }
}

const facts: Readonly<Record<string, NeedFact>> = {
  'line.sku': 'sku',
  'line.category': 'category',
  'line.categories': 'category',
  'line.brand': 'brand',
  'line.kind': 'kind',
  'order.channel': 'channel',
  'order.place': 'place',
  'order.partner': 'partner',
  'order.tags': 'tag',
  'member.tags': 'tag',
  'member.segments': 'segment',
  'member.badges': 'badge',
  'member.memberships': 'membership',
}

function needOf(side: Syntax, others: readonly Syntax[]): readonly Need[] | null {
  const fact = facts[factIn(side) ?? '']
  if (fact === undefined) return null
  const values: string[] = []
  for (const other of others) {
    const text = textIn(other)
    // The empty text stands for a fact that is not there.
    if (text === null || text === '') return []
    values.push(text)
  }
  return [{ fact, values }]
}

/** One side or the other: what both need, with the values of either. */
function common(sides: readonly (readonly Need[])[]): readonly Need[] {
  const [first = [], ...others] = sides
  return first.flatMap((need) => {
    const same = others.map((side) => side.find(({ fact }) => fact === need.fact))
    const values = same.flatMap((other) => other?.values ?? [])
    return same.includes(undefined) ? [] : [{ fact: need.fact, values: [...need.values, ...values] }]
  })
}
