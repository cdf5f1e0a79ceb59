import type { AwardingRule, Budget, Cap, GivingRule, Multiplier, Occasion, Program } from '../program/program.ts'
import { expirySentences } from './collecting.ts'
import { type Part, type Said, toAll, toBusiness, when } from './explanation.ts'
import { limited } from './qualifiers.ts'
import type { Speaker } from './speaker.ts'

/** What a rule listens to. */
type Source =
  | { readonly type: 'order' }
  | { readonly type: 'activity'; readonly name: string }
  | { readonly type: Occasion }

/** How one earns: rule by rule, each with what multiplies it. */
export function earning(speaker: Speaker, program: Program): Part[] {
  const { onOrder, onActivity, onOccasion, awardsOn } = program
  const order: Source = { type: 'order' }
  const rules = [
    ...onOrder.map((rule) => giving(speaker, rule, order)),
    ...awardsOn.order.map((rule) => awarding(speaker, rule, order)),
    ...[...onActivity].flatMap(([name, own]) => own.map((rule) => giving(speaker, rule, { type: 'activity', name }))),
    ...[...awardsOn.activity].flatMap(([name, own]) =>
      own.map((rule) => awarding(speaker, rule, { type: 'activity', name })),
    ),
    ...[...onOccasion].flatMap(([type, own]) => own.map((rule) => giving(speaker, rule, { type }))),
    ...[...awardsOn.occasion].flatMap(([type, own]) => own.map((rule) => awarding(speaker, rule, { type }))),
  ]
  return [...rules, ...groupsOf(speaker, program)]
}

function giving(speaker: Speaker, rule: GivingRule, source: Source): Part {
  const { say } = speaker
  // Once a visit is what `per` says already.
  const caps = capsOf(speaker, rule).filter(({ span }) => span.type !== 'visit')
  const said = limited(speaker, givenFor(speaker, rule, source), { ...rule, caps, asset: rule.asset })
  return {
    id: rule.id,
    name: null,
    sentences: [
      toAll(said),
      ...when(rule.charity, (id) => toAll(say.goesTo({ charity: charityName(speaker, id) }))),
      ...when(rule.expiry, (expiry) => expirySentences(speaker, expiry).map(toAll)),
      ...multiplierSentences(speaker, rule),
      ...(rule.crossing === 'split' ? [toAll(say.crossingSplit)] : []),
      ...budgetSentence(speaker, rule.budget),
      ...(rule.exclusive ? [toBusiness(say.nothingElse)] : []),
      ...when(rule.burnAs, (kind) => toBusiness(say.spentAs({ kind: speaker.quoted(kind) }))),
      ...(rule.per.type === 'spend' || (rule.per.type === 'fact' && rule.per.count > 1)
        ? [toBusiness(say.roundings[rule.round]({ step: speaker.amount(rule.asset, 1) }))]
        : []),
      ...when(rule.holdout, (share) => toBusiness(say.heldOut({ percent: speaker.percent(share) }))),
    ],
  }
}

/** A budget is a cap, too, and has a sentence of its own. */
const capsOf = ({ program }: Speaker, rule: Pick<GivingRule, 'caps'>): readonly Cap[] =>
  rule.caps.flatMap((index) => program.caps[index] ?? []).filter(({ id }) => !id.startsWith('budget:'))

const charityName = (speaker: Speaker, id: string): string => speaker.name(speaker.program.charities.get(id)?.name, id)

function givenFor(speaker: Speaker, rule: GivingRule, source: Source): string {
  const award = speaker.amount(rule.asset, rule.give)
  switch (rule.per.type) {
    case 'spend': {
      const isMoney = speaker.program.assets.find(({ id }) => id === rule.asset)?.kind === 'money'
      if (!isMoney) return speaker.say.earnSpend({ award, money: speaker.money(rule.per.minor) })
      const share = { numerator: rule.give, denominator: rule.per.minor }
      return speaker.say.earnShare({ percent: speaker.percent(share), asset: speaker.asset(rule.asset) })
    }
    case 'item':
      return speaker.say.earnItem({ award })
    case 'visit':
      return speaker.say.earnVisit({ award })
    case 'fact': {
      const { fact, count } = rule.per
      const said = {
        fact: speaker.quoted(fact),
        activity: source.type === 'activity' ? speaker.quoted(source.name) : '',
      }
      if (count === 1) return speaker.say.earnEachOf({ award, ...said })
      return speaker.say.earnPerFact({ award, count: speaker.wording.number(count, 0), ...said })
    }
    case 'order':
    case 'activity':
    case 'occasion':
      return awardFor(speaker, award, source)
  }
}

function awardFor(speaker: Speaker, award: string, source: Source): string {
  switch (source.type) {
    case 'order':
      return speaker.say.earnOrder({ award })
    case 'activity':
      return speaker.say.earnActivity({ award, activity: speaker.quoted(source.name) })
    case 'member.joined':
    case 'member.birthday':
    case 'member.anniversary':
    case 'membership.renewed':
      return speaker.say.earnOccasion[source.type]({ award })
  }
}

function awarding(speaker: Speaker, rule: AwardingRule, source: Source): Part {
  const caps = capsOf(speaker, rule)
  const said = awardFor(speaker, speaker.awards(rule.awards), source)
  return {
    id: rule.id,
    name: null,
    sentences: [
      toAll(limited(speaker, said, { ...rule, caps })),
      ...budgetSentence(speaker, rule.budget),
      ...when(rule.holdout, (share) => toBusiness(speaker.say.heldOut({ percent: speaker.percent(share) }))),
    ],
  }
}

/** What more it gives, and what happens where several bonuses meet. */
function multiplierSentences(speaker: Speaker, { multipliers, stack }: GivingRule): Said[] {
  const { say } = speaker
  const takes = new Set(multipliers.map(({ group }) => group?.take ?? 'all'))
  const meet =
    multipliers.length < 2
      ? []
      : takes.size === 1 && takes.has('best')
        ? [toAll(say.onlyBest)]
        : takes.size === 1 && takes.has('first')
          ? [toAll(say.onlyFirst)]
          : [toAll(stack === 'add' ? say.bonusesAdd : say.bonusesMultiply)]
  return [...multipliers.flatMap((multiplier) => multiplied(speaker, multiplier)), ...meet]
}

/** Every bonus by itself: in the whole it stands with the rule that it raises. */
export function bonuses(speaker: Speaker, { onOrder, onActivity, onOccasion }: Program): Part[] {
  return [onOrder, ...onActivity.values(), ...onOccasion.values()].flat().flatMap(({ multipliers }) =>
    multipliers.map((multiplier) => ({
      id: multiplier.id,
      name: null,
      sentences: multiplied(speaker, multiplier),
    })),
  )
}

function multiplied(speaker: Speaker, multiplier: Multiplier): Said[] {
  const { numerator, denominator } = multiplier.by
  const times = speaker.wording.number(Math.round((numerator * 10_000) / denominator), 4)
  return [
    toAll(limited(speaker, speaker.say.multiplied({ times }), multiplier)),
    ...(multiplier.exclusive ? [toBusiness(speaker.say.nothingElse)] : []),
    ...budgetSentence(speaker, multiplier.budget),
    ...when(multiplier.holdout, (share) => toBusiness(speaker.say.heldOut({ percent: speaker.percent(share) }))),
  ]
}

/** A bound on all members together. */
export function budgetSentence(speaker: Speaker, budget: Budget | null): Said[] {
  return when(budget, ({ most }) => {
    const much =
      most.type === 'amount'
        ? speaker.amount(most.asset, most.amount)
        : most.type === 'worth'
          ? speaker.money(most.minor)
          : speaker.count('times', most.times)
    return toAll(speaker.say.budget({ much }))
  })
}

/** Groups of giving rules, of which not all give. */
function groupsOf(speaker: Speaker, { onOrder, onActivity, onOccasion, awardsOn }: Program): Part[] {
  const rules = [
    ...[onOrder, ...onActivity.values(), ...onOccasion.values()].flat(),
    ...[awardsOn.order, ...awardsOn.activity.values(), ...awardsOn.occasion.values()].flat(),
  ]
  const byGroup = Map.groupBy(rules, ({ group }) => (group === null || group.take === 'all' ? '' : group.id))
  return [...byGroup].flatMap(([id, own]): Part[] => {
    const take = own[0]?.group?.take
    if (id === '' || own.length < 2 || take === undefined) return []
    const named = speaker.all(own.map((rule) => speaker.quoted(rule.id)))
    const text =
      take === 'best' ? speaker.say.bestOfGroup({ rules: named }) : speaker.say.firstOfGroup({ rules: named })
    return [{ id, name: null, sentences: [toAll(text)] }]
  })
}
