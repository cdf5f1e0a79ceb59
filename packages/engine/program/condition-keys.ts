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

/** The keys beside a condition: which are still free, and what those that are written say. */
export interface Beside {
  readonly free: readonly KeyBeside[]
  readonly written: readonly Says[]
}
export const NOTHING_BESIDE: Beside = { free: [], written: [] }

/** A key that is written has its meaning, and the condition narrows it. */
export function keysBeside(text: {
  readonly for?: AudienceText | null
  readonly channels?: readonly string[] | null
  readonly partners?: readonly string[] | null
  readonly places?: readonly string[] | null
}): Beside {
  const { for: audience } = text
  const saysIn = (key: KeyBeside, values: readonly string[] | null): Says[] =>
    values === null ? [] : [{ fact: factByKey[key], values }]
  return {
    free: [
      ...whereKeys.filter((key) => text[key] === null),
      ...(audience === undefined ? [] : audienceKeys.filter((key) => (audience?.[key] ?? null) === null)),
    ],
    written: [
      ...whereKeys.flatMap((key) => saysIn(key, text[key] ?? null)),
      ...saysIn('tier', audience?.tier?.map((level) => level.slice(level.indexOf('/') + 1)) ?? null),
    ],
  }
}

const onlyOne: ReadonlySet<string> = new Set([factByKey.channels, factByKey.partners, factByKey.places])

/** Whether parts that must hold leave nothing over, with each other or with the keys: two channels, two levels of one ladder. */
export function excludesItself(node: Syntax, { written }: Beside, names: Names): boolean {
  const all = [...written, ...conjunctsOf(node).flatMap((part) => saysOf(part) ?? [])]
  return all.some((one, index) => all.slice(index + 1).some((other) => exclude(one, other, names)))
}

function exclude(one: Says, other: Says, names: Names): boolean {
  if (one.fact !== other.fact) return false
  if (onlyOne.has(one.fact)) return !one.values.some((value) => other.values.includes(value))
  if (one.fact !== factByKey.tier) return false
  return one.values.every((level) => other.values.every((each) => level !== each && shareLadder(level, each, names)))
}

/** Of one ladder one level is held. */
function shareLadder(one: string, other: string, { laddersByLevel }: Names): boolean {
  const [ladder, ...more] = laddersByLevel.get(one) ?? []
  const [second, ...others] = laddersByLevel.get(other) ?? []
  return ladder !== undefined && ladder === second && more.length === 0 && others.length === 0
}

/** Who buys for the first time bought last only where all of it went back. */
export function asksFirstAndLast(node: Syntax): boolean {
  const parts = conjunctsOf(node)
  const facts = (part: Syntax) => [part, ...childrenOf(part)].map(factIn)
  const isFirst = (part: Syntax) => (part.op === '.' || part.op === '==') && facts(part).includes('order.firstOrder')
  return parts.some(isFirst) && parts.some((part) => facts(part).includes('member.daysSinceOrder'))
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
  if (node.op === '!_') {
    const inner = node.args
    if (inner.op === '!_') return saysOf(inner.args)
    return inner.op === '!=' ? equalTo(inner) : null
  }
  if (node.op === 'rcall') return anyOf(node)
  if (node.op === '==') {
    const [left, right] = node.args
    if (isTrue(right)) return saysOf(left)
    return isTrue(left) ? saysOf(right) : equalTo(node)
  }
  return inList(node)
}

const isTrue = (node: Syntax): boolean => node.op === 'value' && node.args === true

/** `member.tiers.exists(t, t == "gold")` */
function anyOf(node: Syntax & { readonly op: 'rcall' }): Says | null {
  const [name, list, [each, body]] = node.args
  const fact = factIn(list)
  if (name !== 'exists' || fact === null || each?.op !== 'id' || body?.op !== '==') return null
  const other = body.args.find((side) => side.op !== 'id' || side.args !== each.args)
  const text = other === undefined ? null : textIn(other)
  return text === null || !body.args.some((side) => side.op === 'id') ? null : { fact, values: [text] }
}

function equalTo(node: Syntax & { readonly op: '==' | '!=' }): Says | null {
  return textsOf(node.args[0], [node.args[1]]) ?? textsOf(node.args[1], [node.args[0]])
}

function inList(node: Syntax): Says | null {
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
