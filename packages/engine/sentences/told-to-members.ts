import { parse } from '@marcbachmann/cel-js'
import type { Condition } from '../program/condition.ts'
import { factIn, partsOf, textIn } from '../program/condition-syntax.ts'
import type { Audience, Award, LevelOf, Multiplier, Price, Program, Reward } from '../program/program.ts'
import { rewardsGiven } from './rewards-given.ts'

/**
 * The program as members are told of it: without assets that are not shown and what gives them, without hidden levels and what is
 * for these alone (TIER-7). Names are still looked up in the whole program.
 */
export function toldToMembers(program: Program): Program {
  const hidden = program.ladders.flatMap(({ id: ladder, levels }) =>
    levels.filter((level) => level.hidden).map(({ id: level }) => ({ ladder, level })),
  )
  const unseen = new Set(program.assets.filter((asset) => !asset.shown).map(({ id }) => id))
  const isHidden = ({ ladder, level }: LevelOf) => hidden.some((each) => each.ladder === ladder && each.level === level)

  /** Whom something is for, as far as members are told; null: nobody whom they know of. */
  const audienceTold = (audience: Audience): Audience | null => {
    const tiers = audience.tiers.filter((tier) => !isHidden(tier))
    if (tiers.length === 0 && audience.tiers.length > 0) return null
    return { ...audience, tiers, not: { ...audience.not, tiers: audience.not.tiers.filter((tier) => !isHidden(tier)) } }
  }
  const told = <Item extends Ruled>(items: Iterable<Item>): Item[] =>
    [...items].flatMap((item) => {
      const audience = asksForAny(item.when, hidden) ? null : audienceTold(item.audience)
      return audience === null ? [] : [{ ...item, audience }]
    })
  const toldById = <Item extends Ruled & { readonly id: string }>(
    items: ReadonlyMap<string, Item>,
  ): Map<string, Item> => new Map(told(items.values()).map((item) => [item.id, item]))
  const toldOn = <Key, Rule extends Ruled>(rules: ReadonlyMap<Key, readonly Rule[]>) =>
    new Map([...rules].map(([key, own]) => [key, told(own)]))
  const giving = <Rule extends Ruled & { readonly asset: string; readonly multipliers: readonly Multiplier[] }>(
    rules: readonly Rule[],
  ): Rule[] =>
    told(rules.filter(({ asset }) => !unseen.has(asset))).map((rule) => ({
      ...rule,
      multipliers: told(rule.multipliers),
    }))
  const givingOn = <Key, Rule extends Parameters<typeof giving>[0][number]>(rules: ReadonlyMap<Key, readonly Rule[]>) =>
    new Map([...rules].map(([key, own]) => [key, giving(own)]))

  const isTold = (award: Award) => award.type !== 'amount' || !unseen.has(award.asset)
  const onlyForHidden = rewardsOnlyOf(program, hidden)
  const rewards = told([...program.rewards.values()].filter(({ id }) => !onlyForHidden.has(id)))
  const benefits = told(program.benefits.values()).filter(
    ({ levels, memberships }) => levels.length === 0 || memberships.length > 0 || !levels.every(isHidden),
  )
  return {
    ...program,
    assets: program.assets.filter(({ shown }) => shown),
    onOrder: giving(program.onOrder),
    onActivity: givingOn(program.onActivity),
    onOccasion: givingOn(program.onOccasion),
    awardsOn: {
      order: told(program.awardsOn.order),
      activity: toldOn(program.awardsOn.activity),
      occasion: toldOn(program.awardsOn.occasion),
    },
    ladders: program.ladders.map((ladder) => ({ ...ladder, levels: ladder.levels.filter((level) => !level.hidden) })),
    benefits: new Map(
      benefits.map((benefit) => [
        benefit.id,
        { ...benefit, levels: benefit.levels.filter((level) => !isHidden(level)) },
      ]),
    ),
    rewards: new Map(rewards.map((reward) => [reward.id, { ...reward, price: priceTold(reward.price, told) }])),
    cards: new Map([...toldById(program.cards)].filter(([, { awards }]) => awards.some(isTold))),
    challenges: toldById(program.challenges),
    leaderboards: toldById(program.leaderboards),
    draws: toldById(program.draws),
    memberships: toldById(program.memberships),
    transitions: {
      ...program.transitions,
      levels: new Map([...program.transitions.levels].filter(([, { to }]) => to === null || !isHidden(to))),
    },
  }
}

/** What says whom it is for. */
interface Ruled {
  readonly audience: Audience
  readonly when?: Condition | null
}

/** Whether a condition speaks of a hidden level; whatever it says of it, members are not told of such a rule. */
const asksForAny = (condition: Condition | null | undefined, levels: readonly LevelOf[]): boolean =>
  !!condition &&
  [...partsOf(parse(condition.text).ast)].some(
    (part) =>
      part.op === 'in' &&
      factIn(part.args[1]) === 'member.tiers' &&
      levels.some(({ level }) => level === textIn(part.args[0])),
  )

function priceTold(price: Reward['price'], told: <Item extends Ruled>(items: Iterable<Item>) => Item[]): Price | null {
  return price?.type === 'fixed' ? { ...price, choices: told(price.choices) } : price
}

/** Rewards that nobody can buy and that nothing gives but a hidden level. */
function rewardsOnlyOf(program: Program, hidden: readonly LevelOf[]): ReadonlySet<string> {
  const known = rewardsGiven(
    program,
    ({ id }, level) => !hidden.some((each) => each.ladder === id && each.level === level.id),
  )
  const all = rewardsGiven(program)
  return new Set([...all].filter((id) => !known.has(id) && program.rewards.get(id)?.price === null))
}
