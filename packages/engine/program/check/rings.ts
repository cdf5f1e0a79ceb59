import type { AudienceText } from '../document/audience.ts'
import type { DocumentText } from '../document/document.ts'
import type { RuleText } from '../document/earn.ts'
import type { CardText } from '../document/games.ts'
import type { RewardText } from '../document/rewards.ts'
import type { Named } from '../list-shape.ts'
import { printAmount } from '../scalar-amount.ts'
import type { Reading } from '../shape.ts'
import type { MapTree } from '../syntax-tree.ts'
import { disjointTiers } from './audience.ts'
import { remark } from './remark.ts'

/** One way by which so much of one asset becomes so much of another, as often as a member likes. */
interface Step {
  readonly from: string
  readonly to: string
  /** How much comes for one unit, as a fraction. */
  readonly gives: bigint
  readonly takes: bigint
  readonly text: string
  readonly at: readonly [MapTree, string]
  readonly audiences: readonly (AudienceText | null)[]
  /** A card: nobody has to ask for it. */
  readonly isByItself: boolean
}

/**
 * Ways that lead from an asset back to it and give more than was put in: points out of nothing. Where cards alone make the round
 * and nothing is lost on it, it does not end either. What a cap, a stock or a budget bounds, or a condition, is no way round.
 */
export function checkRings(document: DocumentText, reading: Reading): void {
  const steps = stepsIn(document, reading)
  const gaining = gainingRing(steps)
  if (gaining !== null) report(gaining, 'ring-gains', `each round makes ${productOf(gaining)} out of one`, reading)
  const byItself = steps.filter((step) => step.isByItself)
  const endless = gaining === null ? evenRing(byItself) : null
  if (endless !== null) report(endless, 'award-endless', 'nothing is lost on the way, and it would never end', reading)
}

function report(ring: readonly Step[], code: 'ring-gains' | 'award-endless', what: string, reading: Reading): void {
  // Nobody can go all the way round.
  const audiences = ring.flatMap((step) => step.audiences)
  if (audiences.some((one) => audiences.some((other) => disjointTiers(one, other)))) return
  const lineOf = ({ at: [tree] }: Step) => tree.at.line
  const first = ring.reduce((least, step, index) => (lineOf(step) < lineOf(ring[least] ?? step) ? index : least), 0)
  const round = [...ring.slice(first), ...ring.slice(0, first)]
  const message = `A ring: ${round.map(({ text }) => text).join(', ')}: ${what}`
  const instead = ring.every((step) => step.isByItself)
    ? 'Let the round give less than it takes'
    : 'Let the round give less than it takes, or add a cap to a reward in it'
  const [from, key] = round[0]?.at ?? []
  if (from !== undefined && key !== undefined) remark(reading, 'error', [from, key], code, message, instead)
}

// ---- the steps ---------------------------------------------------------------------------------------------------------

function stepsIn({ cards, rewards, earn, assets }: DocumentText, reading: Reading): Step[] {
  const all = rewards ?? []
  const worthOf = (asset: string) => assets?.find(({ id }) => id === asset)?.value.worth ?? null
  const rules = (earn ?? []).flatMap(earningOf)
  return [
    ...(cards ?? []).flatMap((card) => cardSteps(card, all, rules, reading)),
    ...all.flatMap((reward) => rewardSteps(reward, rules, worthOf, reading)),
  ]
}

type Worth = { readonly units: number; readonly minor: number } | null

function cardSteps(
  { id, value: card }: Named<CardText>,
  rewards: readonly Named<RewardText>[],
  rules: readonly Earning[],
  reading: Reading,
): Step[] {
  const { of, full, give, tree } = card
  if (card.repeat === 'no' || full.asset !== of || full.units === 0) return []
  const way = { from: of, at: [tree, 'give'] as const, audiences: [card.for], isByItself: true }
  const taken = `card \`${id}\` ${printAmount(full, reading)} → `
  const amounts = new Map<string, number>()
  const bought: Step[] = []
  for (const item of give) {
    const reward = item.type === 'reward' ? rewards.find((each) => each.id === item.reward)?.value : undefined
    const given = item.type === 'amount' ? item : reward?.type === 'exchange' ? reward.gets : null
    if (given !== null) amounts.set(given.asset, (amounts.get(given.asset) ?? 0) + given.units)
    if (reward?.type !== 'gift-card' || reward.stock !== null) continue
    const spent = spending(rules, 'stored-value', { units: full.units, minor: reward.value.minor })
    bought.push(...spent.map((by) => ({ ...way, ...by, text: `${taken}${by.text}`, isByItself: false })))
  }
  // What gives the asset that it takes is looked at where it stands.
  amounts.delete(of)
  const direct = [...amounts].map(
    ([to, units]): Step => ({
      ...way,
      to,
      gives: BigInt(units),
      takes: BigInt(full.units),
      text: `${taken}${printAmount({ asset: to, units }, reading)}`,
    }),
  )
  return [...direct, ...bought]
}

function rewardSteps(
  { id, value: reward }: Named<RewardText>,
  rules: readonly Earning[],
  worthOf: (asset: string) => Worth,
  reading: Reading,
): Step[] {
  const { tree } = reward
  const named = `reward \`${id}\` `
  if (reward.type === 'pay-with-points') {
    const { asset } = reward.least
    const worth = reward.worth ?? worthOf(asset)
    if (worth === null) return []
    const way = { from: asset, at: [tree, 'least'] as const, audiences: [reward.for], isByItself: false }
    const paid = printAmount({ asset, units: worth.units }, reading)
    return spending(rules, 'points', worth).map((by) => ({ ...way, ...by, text: `${named}${paid} → ${by.text}` }))
  }
  const { price, priceFor, stock, cap } = reward
  if (price?.type !== 'amount' || price.units === 0 || stock !== null || cap !== null) return []
  const prices = [{ price, for: null }, ...(priceFor ?? [])].filter((each) => each.price.units > 0)
  return prices.flatMap(({ price: paid, for: payer }): Step[] => {
    const way = { from: paid.asset, audiences: [reward.for, payer], isByItself: false }
    const taken = `${named}${printAmount(paid, reading)} → `
    if (reward.type === 'exchange' && reward.gets.asset === paid.asset) return []
    if (reward.type === 'exchange') {
      const { gets } = reward
      const rate = { gives: BigInt(gets.units), takes: BigInt(paid.units) }
      return [{ ...way, ...rate, to: gets.asset, at: [tree, 'gets'], text: `${taken}${printAmount(gets, reading)}` }]
    }
    if (reward.type !== 'gift-card') return []
    const spent = spending(rules, 'stored-value', { units: paid.units, minor: reward.value.minor })
    return spent.map((by) => ({ ...way, ...by, at: [tree, 'price'], text: `${taken}${by.text}` }))
  })
}

/** A rule that gives so much for so much money, to whoever buys whatever, as often as they do. */
interface Earning {
  readonly id: string
  readonly asset: string
  readonly units: number
  readonly minor: number
  readonly include: readonly string[]
  readonly for: AudienceText | null
}

function earningOf(rule: RuleText): Earning[] {
  if (rule.type !== 'give' || rule.on.type !== 'order') return []
  const { id, give, share, per } = rule
  const bounds = [rule.cap, rule.budget, rule.charity, rule.when, rule.lines, rule.during, rule.group]
  if (bounds.some((bound) => bound !== null)) return []
  const minor = share?.denominator ?? (per?.type === 'spend' ? per.minor : 0)
  if (minor === 0) return []
  return [{ id, asset: give.asset, units: give.units, minor, include: rule.include ?? [], for: rule.for }]
}

/** What is earned on money that was paid with what an asset is worth. */
const spending = (rules: readonly Earning[], paidWith: string, worth: NonNullable<Worth>) =>
  rules
    .filter(({ include }) => include.includes(paidWith))
    .map(({ id, asset, units, minor }) => ({
      to: asset,
      gives: BigInt(worth.minor) * BigInt(units),
      takes: BigInt(worth.units) * BigInt(minor),
      text: `paid with it, rule \`${id}\` gives \`${asset}\``,
    }))

// ---- the rings ---------------------------------------------------------------------------------------------------------

interface Best {
  readonly gives: bigint
  readonly takes: bigint
  readonly by: Step | null
}

const ONE_UNIT: Best = { gives: 1n, takes: 1n, by: null }

/**
 * Bellman and Ford, with products for sums: the most that one unit of anything becomes of each asset, over as many steps as there
 * are assets. Where one more step still makes more, a ring gains, and whoever follows the steps back ends in it.
 */
function mostOf(steps: readonly Step[]): { readonly best: ReadonlyMap<string, Best>; readonly last: Step | null } {
  const best = new Map<string, Best>()
  const assets = new Set(steps.flatMap(({ from, to }) => [from, to]))
  let last: Step | null = null
  for (let round = 0; round <= assets.size; round++) {
    last = null
    for (const step of steps) {
      const made = through(step, best.get(step.from) ?? ONE_UNIT)
      if (!isMore(made, best.get(step.to) ?? ONE_UNIT)) continue
      best.set(step.to, made)
      last = step
    }
    if (last === null) break
  }
  return { best, last }
}

const through = (step: Step, { gives, takes }: Best): Best => ({
  gives: gives * step.gives,
  takes: takes * step.takes,
  by: step,
})
const isMore = (a: Best, b: Best): boolean => a.gives * b.takes > b.gives * a.takes

function gainingRing(steps: readonly Step[]): readonly Step[] | null {
  const { best, last } = mostOf(steps)
  if (last === null) return null
  let asset = last.to
  // Far enough back to be in the ring for sure.
  for (let back = 0; back < best.size; back++) asset = best.get(asset)?.by?.from ?? asset
  const ring: Step[] = []
  for (let at = asset; ring.length === 0 || at !== asset; ) {
    const step = best.get(at)?.by
    if (step == null) return null
    ring.unshift(step)
    at = step.from
  }
  return ring
}

/** Of steps among which no ring gains: one on which nothing is lost. All its steps are as good as the best. */
function evenRing(steps: readonly Step[]): readonly Step[] | null {
  const { best } = mostOf(steps)
  const even = steps.filter((step) => {
    const [made, known] = [through(step, best.get(step.from) ?? ONE_UNIT), best.get(step.to) ?? ONE_UNIT]
    return made.gives * known.takes === known.gives * made.takes
  })
  const back = (path: readonly Step[], seen: ReadonlySet<string>): readonly Step[] | null => {
    const end = path.at(-1)
    for (const step of even.filter(({ from }) => from === end?.to)) {
      if (step.to === path[0]?.from) return [...path, step]
      if (seen.has(step.to)) continue
      const ring = back([...path, step], new Set([...seen, step.to]))
      if (ring !== null) return ring
    }
    return null
  }
  for (const step of even) {
    const ring = back([step], new Set([step.from, step.to]))
    if (ring !== null) return ring
  }
  return null
}

/** `2`, or `3/2`. */
function productOf(ring: readonly Step[]): string {
  const gives = ring.reduce((product, step) => product * step.gives, 1n)
  const takes = ring.reduce((product, step) => product * step.takes, 1n)
  const divisor = greatestDivisor(gives, takes)
  return takes === divisor ? `${gives / divisor}` : `${gives / divisor}/${takes / divisor}`
}

const greatestDivisor = (a: bigint, b: bigint): bigint => (b === 0n ? a : greatestDivisor(b, a % b))
