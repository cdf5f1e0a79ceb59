import { childrenOf, factIn, type Syntax, textIn } from './condition-syntax.ts'
import type { AudienceText } from './document/audience.ts'
import type { Names } from './names.ts'

/** Keys that may stand beside a condition and say what it could say, too. */
export type KeyBeside = keyof typeof factByKey
const factByKey = {
  badge: 'member.badges',
  channels: 'order.channel',
  membership: 'member.memberships',
  partners: 'order.partner',
  places: 'order.place',
  segment: 'member.segments',
  tag: 'member.tags',
  tier: 'member.tiers',
} as const

const whereKeys = ['channels', 'partners', 'places'] as const
const audienceKeys = ['badge', 'membership', 'segment', 'tag', 'tier'] as const

/** The keys that are still free beside a condition: one that is written has its meaning, and the condition narrows it. */
export function keysBeside(text: {
  readonly for?: AudienceText | null
  readonly channels?: readonly string[] | null
  readonly partners?: readonly string[] | null
  readonly places?: readonly string[] | null
}): readonly KeyBeside[] {
  const { for: audience } = text
  return [
    ...whereKeys.filter((key) => text[key] === null),
    ...(audience === undefined ? [] : audienceKeys.filter((key) => (audience?.[key] ?? null) === null)),
  ]
}

export interface SaidByKey {
  readonly start: number
  /** `channels: [web]` */
  readonly written: string
}

/**
 * Parts of a condition that must hold and that a key says: one thing has one way to be said. What is only an alternative
 * (`||`), or compares otherwise, has no key.
 */
export function saidByKeys(node: Syntax, keys: readonly KeyBeside[], names: Names): SaidByKey[] {
  const free = new Set(keys)
  const found: SaidByKey[] = []
  for (const part of conjunctsOf(node)) {
    const says = saysOf(part)
    const key = keys.find((each) => free.has(each) && factByKey[each] === says?.fact)
    if (says === null || key === undefined || !says.values.every((value) => isNamed(key, value, names))) continue
    free.delete(key)
    found.push({ start: part.start, written: writtenAs(key, says) })
  }
  return found
}

const conjunctsOf = (node: Syntax): Syntax[] => (node.op === '&&' ? node.args.flatMap(conjunctsOf) : [node])

interface Says {
  readonly fact: string
  readonly values: readonly string[]
}

function saysOf(node: Syntax): Says | null {
  if (node.op === '==') return textsOf(node.args[0], [node.args[1]]) ?? textsOf(node.args[1], [node.args[0]])
  if (node.op !== 'in') return null
  const [left, right] = node.args
  return right.op === 'list' ? textsOf(left, childrenOf(right)) : textsOf(right, [left])
}

function textsOf(side: Syntax, others: readonly Syntax[]): Says | null {
  const fact = factIn(side)
  const values = others.flatMap((other) => textIn(other) ?? [])
  return fact === null || values.length === 0 || values.length < others.length ? null : { fact, values }
}

const label = /^[a-z0-9]+(-[a-z0-9]+)*$/

/** Whether the key could name it: a level that two ladders have is another thing to each of them. */
function isNamed(key: KeyBeside, value: string, names: Names): boolean {
  switch (key) {
    case 'tier':
      return names.laddersByLevel.get(value)?.length === 1
    case 'badge':
      return names.ids.badges.has(value)
    case 'membership':
      return names.ids.memberships.has(value)
    case 'partners':
      return names.ids.partners.has(value)
    case 'places':
      return names.ids.places.has(value)
    case 'segment':
    case 'tag':
    case 'channels':
      return label.test(value)
  }
}

function writtenAs(key: KeyBeside, { values }: Says): string {
  const list = `[${values.join(', ')}]`
  switch (key) {
    case 'channels':
    case 'partners':
    case 'places':
      return `${key}: ${list}`
    case 'badge':
    case 'membership':
    case 'segment':
    case 'tag':
    case 'tier':
      return `for: { ${key}: ${list} }`
  }
}
