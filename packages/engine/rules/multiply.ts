import { type ExactSum, mulDiv, roundSum } from '../amounts/fraction.ts'
import type { GivingRule, Multiplier } from '../program/program.ts'
import type { Trace } from '../trace.ts'
import { refusedBy, type Situation } from './applies.ts'
import { candidatesOf, type Present } from './candidates.ts'
import type { Earnable } from './earnable.ts'

/** What multiplies a rule on one event, and which multipliers go together (EARN-3 steps 2 and 3). */

export interface Match {
  readonly multiplier: Multiplier
  /** Which weights it multiplies; null: all. */
  readonly mask: readonly boolean[] | null
}

/** What a rule and its multipliers are judged by. */
export interface JudgedBy {
  readonly earnable: Earnable
  readonly situation: Situation
  /** What the event has that rules may need; null: every rule is looked at. */
  readonly present: Present | null
  readonly trace: Trace | null
}

/** Multipliers that hold for an event, less those that their groups leave out. */
export function matchesOf(rule: GivingRule, weights: readonly number[], judged: JudgedBy): readonly Match[] {
  const { present, trace } = judged
  const { multipliers } = rule
  if (multipliers.length === 0) return []
  const matching = (present === null ? multipliers : candidatesOf(multipliers, present))
    .map((multiplier) => matchOf(rule, multiplier, weights, judged))
    .filter((match): match is Match => match !== null)
  return chosenOf(rule, matching, weights, trace)
}

function matchOf(
  rule: GivingRule,
  multiplier: Multiplier,
  weights: readonly number[],
  { earnable, situation, trace }: JudgedBy,
): Match | null {
  const refused = refusedBy(multiplier, situation, earnable.scope)
  if (refused) {
    trace?.push({ rule: multiplier.id, ...refused, asset: rule.asset, amount: 0, exact: null, perLine: null })
    return null
  }
  if (!multiplier.lines) return { multiplier, mask: null }
  const condition = multiplier.lines
  const hits = earnable.lines.map((line) => condition.test({ ...earnable.scope, line }))
  const whole = rule.per.type !== 'spend' && rule.per.type !== 'item'
  const mask = whole ? [hits.includes(true)] : weights.map((_, index) => hits[index] ?? false)
  if (!mask.some((hit, index) => hit && weights[index] !== 0)) {
    trace?.push({
      rule: multiplier.id,
      outcome: 'no-line',
      because: condition.text,
      asset: rule.asset,
      amount: 0,
      exact: null,
      perLine: null,
    })
    return null
  }
  return { multiplier, mask }
}

/** At most one multiplier per group applies: the exclusive one, else the best by exact amount or the first (EARN-3 step 2). */
function chosenOf(
  { asset }: GivingRule,
  matching: readonly Match[],
  weights: readonly number[],
  trace: Trace | null,
): readonly Match[] {
  if (matching.length < 2) return matching
  const gains = new Map(matching.map((match) => [match, gainOf(match, weights)]))
  const gainsMore = (a: Match, b: Match): boolean => {
    const [one, other] = [gains.get(a), gains.get(b)]
    return !!one && !!other && one.numerator * other.denominator > other.numerator * one.denominator
  }
  return winnersOf(
    matching,
    (match) => match.multiplier,
    gainsMore,
    () => asset,
    trace,
  )
}

/** What a multiplier alone would add, in units of the rule's exact amount. */
function gainOf({ multiplier, mask }: Match, weights: readonly number[]): ExactSum {
  const whole = weights.reduce((sum, weight, index) => (mask && !mask[index] ? sum : sum + weight), 0)
  const { numerator, denominator } = multiplier.by
  return { numerator: BigInt(whole) * BigInt(numerator - denominator), denominator: BigInt(denominator) }
}

/** Of each group the first exclusive member wins alone, else what the group takes; ties go to the list. */
export function winnersOf<Contender>(
  contenders: readonly Contender[],
  ruleOf: (contender: Contender) => Pick<GivingRule, 'id' | 'group' | 'exclusive'>,
  beats: (a: Contender, b: Contender) => boolean,
  assetOf: (contender: Contender) => string | null,
  trace: Trace | null,
): readonly Contender[] {
  if (contenders.length < 2 || !contenders.some((contender) => ruleOf(contender).group)) return contenders
  const winnerByGroup = new Map<string, Contender>()
  for (const contender of contenders) {
    const { group, exclusive } = ruleOf(contender)
    if (!group || (group.take === 'all' && !exclusive)) continue
    const best = winnerByGroup.get(group.id)
    if (!best) winnerByGroup.set(group.id, contender)
    else if (ruleOf(best).exclusive) continue
    else if (exclusive || (group.take === 'best' && beats(contender, best))) winnerByGroup.set(group.id, contender)
  }
  return contenders.filter((contender) => {
    const { id, group } = ruleOf(contender)
    const winner = group && winnerByGroup.get(group.id)
    const won = !winner || winner === contender
    if (!won) {
      const nothing = { asset: assetOf(contender), amount: 0, exact: null, perLine: null }
      trace?.push({ rule: id, outcome: 'group-lost', because: group.id, ...nothing })
    }
    return won
  })
}

/** The rule's exact amount under these multipliers, rounded once. */
export function multiplied(
  rule: GivingRule,
  weights: readonly number[],
  unit: number,
  matches: readonly Match[],
): number {
  return multipliedWhole(rule, weights, unit, matches) ?? roundSum(exactWith(rule, weights, unit, matches), rule.round)
}

/** Each weight times 1 + sum(by - 1), or times the product. */
export function exactWith(
  rule: GivingRule,
  weights: readonly number[],
  unit: number,
  matches: readonly Match[],
): ExactSum {
  let denominator = 1n
  for (const { multiplier } of matches) denominator *= BigInt(multiplier.by.denominator)
  let numerator = 0n
  for (let i = 0; i < weights.length; i++) {
    const weight = weights[i] ?? 0
    if (weight !== 0) numerator += BigInt(weight) * factorAt(i, rule.stack, matches, denominator)
  }
  return { numerator: numerator * BigInt(rule.give), denominator: denominator * BigInt(unit) }
}

/** The same for one multiplier of everything, which is the usual case and needs no wide numbers; null: it is another case. */
function multipliedWhole(
  rule: GivingRule,
  weights: readonly number[],
  unit: number,
  matches: readonly Match[],
): number | null {
  const [only, second] = matches
  if (!only || second || only.mask) return null
  const { by } = only.multiplier
  const [numerator, denominator] = [by.numerator * rule.give, by.denominator * unit]
  if (!Number.isSafeInteger(numerator) || !Number.isSafeInteger(denominator)) return null
  let whole = 0
  for (const weight of weights) whole += weight
  return mulDiv(whole, numerator, denominator, rule.round)
}

/** What the weight at this place is multiplied by, over the common denominator. */
function factorAt(index: number, stack: GivingRule['stack'], matches: readonly Match[], denominator: bigint): bigint {
  let factor = denominator
  for (const { multiplier, mask } of matches) {
    if (mask && !mask[index]) continue
    const over = BigInt(multiplier.by.denominator)
    const by = BigInt(multiplier.by.numerator)
    factor = stack === 'add' ? factor + ((by - over) * denominator) / over : (factor * by) / over
  }
  return factor
}
