import { type ExactSum, mulDiv, roundSum } from '../amounts/fraction.ts'
import { prorate } from '../amounts/prorate.ts'
import type { Award } from '../points/pending.ts'
import type { LineFacts, Scope } from '../program/condition.ts'
import type { GivingRule, Multiplier, Program } from '../program/program.ts'
import type { Trace } from '../trace.ts'
import { refusedBy, type Situation } from './applies.ts'
import { candidatesOf, type Present, presentIn } from './candidates.ts'
import type { Room } from './caps.ts'

/** What earning looks at: one order as it stands, or one activity. */
export interface Earnable {
  readonly scope: Scope
  readonly lines: readonly LineFacts[]
  /** Weight of each line for a rule: eligible minor units or items; `extra` is what has no line (shipping, tip). */
  spendOf(rule: GivingRule): { readonly lines: readonly number[]; readonly extra: number }
  readonly items: readonly number[]
  /** Eligible minor units of each line by the default exclusions (EARN-2). */
  readonly eligible: readonly number[]
}

/** What a rule or a multiplier's share gives of an event: awards, and which cap bit. */
export interface Earning {
  readonly awards: readonly Award[]
  readonly capped: readonly { readonly rule: string; readonly cap: string; readonly trimmed: number }[]
}

/**
 * The steps of EARN-3 over the rules of one event: exact amounts, multipliers, one rounding, caps. Each giving rule's base and
 * each multiplier's share come out as awards of their own, in the order of the document.
 */
export function earn(
  program: Program,
  rules: readonly GivingRule[],
  earnable: Earnable,
  situation: Situation,
  room: Room,
  trace: Trace | null,
): Earning {
  // A trace tells of every rule, also of those that could not match.
  const present = trace === null ? presentIn(situation, earnable) : null
  const candidates: Candidate[] = []
  for (const rule of present === null ? rules : candidatesOf(rules, present)) {
    const candidate = candidateOf(rule, earnable, situation, present, trace)
    if (candidate) candidates.push(candidate)
  }
  const chosen = winnersOf(
    candidates,
    (candidate) => candidate.rule,
    (a, b) => a.total > b.total,
    trace,
  )
  const awards: Award[] = []
  const capped: { rule: string; cap: string; trimmed: number }[] = []
  for (const candidate of chosen) give(program, candidate, situation, room, awards, capped, trace)
  return { awards, capped }
}

interface Candidate {
  readonly rule: GivingRule
  /** Weights that earn: eligible money, items, or a single 1. */
  readonly weights: readonly number[]
  readonly shares: readonly { readonly id: string; readonly amount: number }[]
  readonly total: number
}

function candidateOf(
  rule: GivingRule,
  earnable: Earnable,
  situation: Situation,
  present: Present | null,
  trace: Trace | null,
): Candidate | null {
  const refused = refusedBy(rule, situation, earnable.scope)
  if (refused) {
    trace?.push({ rule: rule.id, ...refused, amount: 0, exact: null, perLine: null })
    return null
  }
  const weights = weightsOf(rule, earnable)
  let whole = 0
  for (const weight of weights) whole += weight
  if (whole === 0) {
    trace?.push({
      rule: rule.id,
      outcome: 'no-line',
      because: rule.lines?.text ?? null,
      amount: 0,
      exact: null,
      perLine: null,
    })
    return null
  }
  const unit = rule.per.type === 'spend' ? rule.per.minor : 1
  const shares = sharesOf(rule, weights, whole, unit, earnable, situation, present, trace)
  let total = 0
  for (const share of shares) total += share.amount
  return { rule, weights, shares, total }
}

function weightsOf(rule: GivingRule, earnable: Earnable): readonly number[] {
  switch (rule.per.type) {
    case 'spend': {
      const spend = earnable.spendOf(rule)
      if (rule.lines) return masked(rule.lines, spend.lines, earnable)
      return spend.extra === 0 ? spend.lines : [...spend.lines, spend.extra]
    }
    case 'item':
      return rule.lines ? masked(rule.lines, earnable.items, earnable) : earnable.items
    case 'order':
    case 'visit':
    case 'activity':
    case 'occasion': {
      if (!rule.lines) return [1]
      return masked(rule.lines, earnable.items, earnable).some((items) => items > 0) ? [1] : [0]
    }
  }
}

function masked(condition: NonNullable<GivingRule['lines']>, weights: readonly number[], earnable: Earnable): number[] {
  return weights.map((weight, index) => {
    const line = earnable.lines[index]
    return weight !== 0 && line && condition.test({ ...earnable.scope, line }) ? weight : 0
  })
}

/** Base and multiplier shares as differences of rounded running totals (EARN-3 steps 2 and 3). */
function sharesOf(
  rule: GivingRule,
  weights: readonly number[],
  whole: number,
  unit: number,
  earnable: Earnable,
  situation: Situation,
  present: Present | null,
  trace: Trace | null,
): { id: string; amount: number }[] {
  const base = mulDiv(whole, rule.give, unit, rule.round)
  const shares = [{ id: rule.id, amount: base }]
  if (rule.multipliers.length === 0) return shares
  const { multipliers } = rule
  const matching = (present === null ? multipliers : candidatesOf(multipliers, present))
    .map((multiplier) => matchOf(rule, multiplier, weights, earnable, situation, trace))
    .filter((match): match is Match => match !== null)
  const chosen: Match[] = []
  let running = base
  for (const match of chosenOf(matching, weights, trace)) {
    chosen.push(match)
    const total = multiplied(rule, weights, unit, chosen)
    shares.push({ id: match.multiplier.id, amount: total - running })
    running = total
  }
  return shares
}

interface Match {
  readonly multiplier: Multiplier
  /** Which weights it multiplies; null: all. */
  readonly mask: readonly boolean[] | null
}

function matchOf(
  rule: GivingRule,
  multiplier: Multiplier,
  weights: readonly number[],
  earnable: Earnable,
  situation: Situation,
  trace: Trace | null,
): Match | null {
  const refused = refusedBy(multiplier, situation, earnable.scope)
  if (refused) {
    trace?.push({ rule: multiplier.id, ...refused, amount: 0, exact: null, perLine: null })
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
      amount: 0,
      exact: null,
      perLine: null,
    })
    return null
  }
  return { multiplier, mask }
}

/** At most one multiplier per group applies: the exclusive one, else the best by exact amount or the first (EARN-3 step 2). */
function chosenOf(matching: readonly Match[], weights: readonly number[], trace: Trace | null): readonly Match[] {
  if (matching.length < 2) return matching
  const gains = new Map(matching.map((match) => [match, gainOf(match, weights)]))
  const gainsMore = (a: Match, b: Match): boolean => {
    const [one, other] = [gains.get(a), gains.get(b)]
    return !!one && !!other && one.numerator * other.denominator > other.numerator * one.denominator
  }
  return winnersOf(matching, (match) => match.multiplier, gainsMore, trace)
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
  trace: Trace | null,
): readonly Contender[] {
  if (contenders.length < 2) return contenders
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
      trace?.push({ rule: id, outcome: 'group-lost', because: group.id, amount: 0, exact: null, perLine: null })
    }
    return won
  })
}

/** The rule's exact amount under these multipliers, rounded once: each weight times 1 + sum(by - 1), or times their product. */
function multiplied(rule: GivingRule, weights: readonly number[], unit: number, matches: readonly Match[]): number {
  const simple = multipliedWhole(rule, weights, unit, matches)
  if (simple !== null) return simple
  let denominator = 1n
  for (const { multiplier } of matches) denominator *= BigInt(multiplier.by.denominator)
  let numerator = 0n
  for (let i = 0; i < weights.length; i++) {
    const weight = weights[i] ?? 0
    if (weight !== 0) numerator += BigInt(weight) * factorAt(i, rule.stack, matches, denominator)
  }
  return roundSum({ numerator: numerator * BigInt(rule.give), denominator: denominator * BigInt(unit) }, rule.round)
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
    factor = stack === 'sum' ? factor + ((by - over) * denominator) / over : (factor * by) / over
  }
  return factor
}

/** Caps, then awards (EARN-3 steps 4, 6 and 7): what is trimmed goes off the last share first. */
function give(
  program: Program,
  { rule, weights, shares: bounded, total }: Candidate,
  situation: Situation,
  room: Room,
  awards: Award[],
  capped: { rule: string; cap: string; trimmed: number }[],
  trace: Trace | null,
): void {
  let given = 0
  const shares = bounded.map((share) => {
    const amount = withinBudget(rule, share, room, capped, trace)
    given += amount
    return { id: share.id, amount }
  })
  for (const position of rule.caps) {
    if (given === 0) break
    const cap = room.capAt(position)
    const left = room.leftOf(cap)
    const fits = cap.counts === 'times' ? (left >= 1 ? given : 0) : Math.min(given, left)
    if (fits === given) continue
    const kept = cap.edge === 'refuse' ? 0 : fits
    capped.push({ rule: rule.id, cap: cap.id, trimmed: given - kept })
    trace?.push({
      rule: rule.id,
      outcome: cap.edge === 'refuse' ? 'cap-refused' : 'capped',
      because: cap.id,
      amount: given - kept,
      exact: null,
      perLine: null,
    })
    given = kept
  }
  if (given === 0) {
    if (total === 0)
      trace?.push({
        rule: rule.id,
        outcome: 'rounded-to-zero',
        because: rule.round,
        amount: 0,
        exact: null,
        perLine: null,
      })
    return
  }
  for (const position of rule.caps) room.take(room.capAt(position), given)
  const priority = priorityOf(program, rule)
  const expiryOf = expirySourceOf(program, rule, situation)
  let before = 0
  let running = 0
  for (const share of shares) {
    running += share.amount
    const upTo = Math.min(running, given)
    const amount = upTo - before
    before = upTo
    trace?.push({
      rule: share.id,
      outcome: share.id === rule.id ? 'gave' : 'multiplied',
      because: null,
      amount,
      exact: share.id === rule.id ? exactOf(rule, weights) : null,
      perLine: prorate(amount, weights),
    })
    if (amount > 0) awards.push({ rule: share.id, asset: rule.asset, amount, priority, expiryOf })
  }
}

/** A multiplier's share as far as the multiplier's own budget goes, before the caps of the whole (EARN-3 step 5). */
function withinBudget(
  rule: GivingRule,
  { id, amount }: Candidate['shares'][number],
  room: Room,
  capped: { rule: string; cap: string; trimmed: number }[],
  trace: Trace | null,
): number {
  const position = rule.multipliers.find((multiplier) => multiplier.id === id)?.budgetCap ?? null
  if (position === null || amount === 0) return amount
  const cap = room.capAt(position)
  const left = room.leftOf(cap)
  const fits = cap.counts === 'times' ? (left >= 1 ? amount : 0) : Math.min(amount, left)
  const kept = fits < amount && cap.edge === 'refuse' ? 0 : fits
  if (kept < amount) {
    capped.push({ rule: id, cap: cap.id, trimmed: amount - kept })
    const outcome = cap.edge === 'refuse' ? 'cap-refused' : 'capped'
    trace?.push({ rule: id, outcome, because: cap.id, amount: amount - kept, exact: null, perLine: null })
  }
  if (kept > 0) room.take(cap, kept)
  return kept
}

/** The base amount before rounding, in smallest units, as `numerator/denominator`. */
function exactOf(rule: GivingRule, weights: readonly number[]): string {
  const whole = weights.reduce((sum, weight) => sum + weight, 0)
  return `${BigInt(whole) * BigInt(rule.give)}/${rule.per.type === 'spend' ? rule.per.minor : 1}`
}

function priorityOf(program: Program, rule: GivingRule): number {
  const order = program.assets.find((asset) => asset.id === rule.asset)?.burnOrder
  if (!order || order.length === 0) return 0
  const at = rule.burnAs === null ? -1 : order.indexOf(rule.burnAs)
  return at < 0 ? order.length : at
}

/** The rule's own expiry, else that of the first held level which states one for the asset (LOT-2). */
function expirySourceOf(program: Program, rule: GivingRule, situation: Situation): string {
  if (rule.expiry) return `rule:${rule.id}`
  for (const ladder of program.ladders) {
    const held = situation.tiers.find((tier) => tier.ladder === ladder.id)?.level
    const level = ladder.levels.find((entry) => entry.id === held)
    if (level?.expiry.has(rule.asset)) return `tier:${ladder.id}/${level.id}`
  }
  return ''
}
