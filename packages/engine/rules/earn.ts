import { mulDiv, NOTHING, plus, roundSum, times } from '../amounts/fraction.ts'
import { prorate } from '../amounts/prorate.ts'
import type { FactValue } from '../event.ts'
import { expirySourceOfLevel, expirySourceOfRule } from '../points/expiry-source.ts'
import type { Earned } from '../points/pending.ts'
import type { GivingRule, Program } from '../program/program.ts'
import type { Trace, TraceEntry } from '../trace.ts'
import { refusedBy, type Situation } from './applies.ts'
import { candidatesOf, presentIn } from './candidates.ts'
import type { CapRoom } from './caps.ts'
import type { Earnable, Stretch } from './earnable.ts'
import { exactWith, type JudgedBy, type Match, matchesOf, multiplied, winnersOf } from './multiply.ts'
import { masked } from './on-lines.ts'

/** What a rule or a multiplier's share gives of an event, and which cap bit. */
export interface Earning {
  readonly earned: readonly Earned[]
  readonly capped: readonly { readonly rule: string; readonly cap: string; readonly trimmed: number }[]
}

/** The rules of one event, and what they are judged by. */
interface EarnedFrom {
  readonly rules: readonly GivingRule[]
  readonly earnable: Earnable
  readonly situation: Situation
  readonly room: CapRoom
  readonly trace: Trace | null
  /** Of an order that crosses levels; absent: it does not. */
  readonly stretches?: readonly Stretch[]
}

/** What is given so far. */
interface Given {
  readonly earned: Earned[]
  readonly capped: { rule: string; cap: string; trimmed: number }[]
}

/**
 * The steps of EARN-3 over the rules of one event: exact amounts, multipliers, one rounding, caps. Each giving rule's base and
 * each multiplier's share come out as amounts of their own, in the order of the document. Rules that say so are judged by the
 * stretches of the order, where there are any.
 */
export function earn(program: Program, judged: EarnedFrom): Earning {
  const { rules, earnable, situation, trace, stretches = [] } = judged
  // A trace tells of every rule, also of those that could not match; and another level may let another rule match.
  const present = trace === null && stretches.length === 0 ? presentIn(situation, earnable) : null
  const by: JudgedBy = { earnable, situation, present, trace }
  const candidates: Candidate[] = []
  for (const rule of present === null ? rules : candidatesOf(rules, present)) {
    const candidate =
      stretches.length > 0 && rule.crossing === 'split' ? splitCandidate(rule, stretches, trace) : candidateOf(rule, by)
    if (candidate) candidates.push(candidate)
  }
  const chosen = winnersOf(
    candidates,
    (candidate) => candidate.rule,
    (a, b) => a.total > b.total,
    (candidate) => candidate.rule.asset,
    trace,
  )
  const given: Given = { earned: [], capped: [] }
  for (const candidate of chosen) give(program, candidate, judged, given)
  return given
}

interface Candidate {
  readonly rule: GivingRule
  readonly shares: readonly { readonly id: string; readonly amount: number }[]
  readonly total: number
  /** Weights that earn: eligible money, items, or a single 1. Null where an order is split, for its stretches have their own. */
  readonly weights: readonly number[] | null
}

function candidateOf(rule: GivingRule, judged: JudgedBy): Candidate | null {
  const holding = holdingOf(rule, judged)
  if (holding === null) return null
  const { weights, whole, matches } = holding
  const unit = unitOf(rule)
  const base = mulDiv(whole, rule.give, unit, rule.round)
  const shares = [{ id: rule.id, amount: base }]
  let total = base
  for (let count = 1; count <= matches.length; count++) {
    const next = multiplied(rule, weights, unit, matches.slice(0, count))
    shares.push({ id: matches[count - 1]?.multiplier.id ?? '', amount: next - total })
    total = next
  }
  return { rule, shares, total, weights }
}

/** A rule that holds: what it gives for, and what multiplies it. */
interface Holding {
  readonly weights: readonly number[]
  readonly whole: number
  /** In the order of the document. */
  readonly matches: readonly Match[]
}

function holdingOf(rule: GivingRule, judged: JudgedBy): Holding | null {
  const { earnable, situation, trace } = judged
  const refused = refusedBy(rule, situation, earnable.scope)
  if (refused) {
    trace?.push({ rule: rule.id, ...refused, asset: rule.asset, amount: 0, exact: null, perLine: null })
    return null
  }
  const weights = weightsOf(rule, earnable)
  let whole = 0
  for (const weight of weights) whole += weight
  if (whole === 0) {
    const [because, asset] = [rule.lines?.text ?? null, rule.asset]
    const outcome = rule.per.type === 'fact' ? 'rounded-to-zero' : 'no-line'
    trace?.push({ rule: rule.id, outcome, because, asset, amount: 0, exact: null, perLine: null })
    return null
  }
  return { weights, whole, matches: matchesOf(rule, weights, judged) }
}

function unitOf({ per }: GivingRule): number {
  switch (per.type) {
    case 'spend':
      return per.minor
    case 'fact':
      return per.count
    case 'item':
    case 'order':
    case 'visit':
    case 'activity':
    case 'occasion':
      return 1
  }
}

/**
 * An order that is split (EARN-6): each stretch is judged by its own levels and earns its share of the whole, exactly, and what
 * the stretches come to together is rounded once.
 */
function splitCandidate(rule: GivingRule, stretches: readonly Stretch[], trace: Trace | null): Candidate | null {
  const told: TraceEntry[] = []
  const held = stretches.flatMap(({ share, earnable, situation }) => {
    const holding = holdingOf(rule, { earnable, situation, present: null, trace: trace === null ? null : told })
    return holding === null ? [] : [{ ...holding, share }]
  })
  const unit = unitOf(rule)
  const totalWith = (ids: ReadonlySet<string>): number => {
    const parts = held.map(({ share, weights, matches }) => {
      const chosen = matches.filter(({ multiplier }) => ids.has(multiplier.id))
      return times(exactWith(rule, weights, unit, chosen), share)
    })
    return roundSum(parts.reduce(plus, NOTHING), rule.round)
  }
  const ids = new Set<string>()
  const shares: { id: string; amount: number }[] = []
  let total = 0
  for (const { id } of [rule, ...rule.multipliers]) {
    if (id !== rule.id && !held.some(({ matches }) => matches.some(({ multiplier }) => multiplier.id === id))) continue
    ids.add(id)
    const next = totalWith(ids)
    shares.push({ id, amount: next - total })
    total = next
  }
  // What holds for one stretch holds; of what holds for none it is said once why.
  const said = new Set(held.length === 0 ? [] : ids)
  for (const entry of told) {
    if (said.has(entry.rule)) continue
    said.add(entry.rule)
    trace?.push(entry)
  }
  return held.length === 0 ? null : { rule, shares, total, weights: null }
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
    case 'fact':
      return [countedIn(earnable.scope.activity?.[rule.per.fact])]
    case 'order':
    case 'visit':
    case 'activity':
    case 'occasion': {
      if (!rule.lines) return [1]
      return masked(rule.lines, earnable.items, earnable).some((items) => items > 0) ? [1] : [0]
    }
  }
}

// What somebody does at once comes to less; it keeps what is given for it a safe number.
const FACT_MAX = 10_000_000

/** A fact that is absent, no number or below zero counts nothing. */
const countedIn = (fact: FactValue | undefined): number =>
  typeof fact === 'number' && fact > 0 ? Math.min(fact, FACT_MAX) : 0

/** Caps, then what is left of each share (EARN-3 steps 4, 6 and 7): what is trimmed goes off the last share first. */
function give(
  program: Program,
  { rule, weights, shares: bounded, total }: Candidate,
  { situation, room, trace }: EarnedFrom,
  { earned, capped }: Given,
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
      asset: rule.asset,
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
        asset: rule.asset,
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
      asset: rule.asset,
      amount,
      exact: share.id === rule.id && weights !== null ? exactOf(rule, weights) : null,
      perLine: weights === null ? null : prorate(amount, weights),
    })
    if (amount > 0) earned.push({ rule: share.id, asset: rule.asset, amount, priority, expiryOf })
  }
}

/** A multiplier's share as far as the multiplier's own budget goes, before the caps of the whole (EARN-3 step 5). */
function withinBudget(
  rule: GivingRule,
  { id, amount }: Candidate['shares'][number],
  room: CapRoom,
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
    const trimmed = { asset: rule.asset, amount: amount - kept }
    trace?.push({ rule: id, outcome, because: cap.id, ...trimmed, exact: null, perLine: null })
  }
  if (kept > 0) room.take(cap, kept)
  return kept
}

/** The base amount before rounding, in smallest units, as `numerator/denominator`. */
function exactOf(rule: GivingRule, weights: readonly number[]): string {
  const whole = weights.reduce((sum, weight) => sum + weight, 0)
  return `${BigInt(whole) * BigInt(rule.give)}/${unitOf(rule)}`
}

function priorityOf(program: Program, rule: GivingRule): number {
  const order = program.assets.find((asset) => asset.id === rule.asset)?.burnOrder
  if (!order || order.length === 0) return 0
  const at = rule.burnAs === null ? -1 : order.indexOf(rule.burnAs)
  return at < 0 ? order.length : at
}

/** The rule's own expiry, else that of the first held level which states one for the asset (LOT-2). */
function expirySourceOf(program: Program, rule: GivingRule, situation: Situation): string {
  if (rule.expiry) return expirySourceOfRule(rule.id)
  for (const ladder of program.ladders) {
    const held = situation.tiers.find((tier) => tier.ladder === ladder.id)?.level
    const level = ladder.levels.find((entry) => entry.id === held)
    if (level?.expiry.has(rule.asset)) return expirySourceOfLevel(ladder.id, level.id)
  }
  return ''
}
