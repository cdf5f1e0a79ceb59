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

/** How one earns: rule by rule, each with what multiplies it, and how they compete. */
export function earning(speaker: Speaker, program: Program): Part[] {
  const { onOrder, onActivity, onOccasion, awardsOn } = program
  const order: Source = { type: 'order' }
  const groups = groupsOf(speaker, program)
  const named = new Set(groups.flatMap(({ rules }) => rules))
  const shared = new Set(groups.flatMap(({ cap }) => cap ?? []))
  const giver = (rule: GivingRule, source: Source) => giving(speaker, rule, source, capsOf(speaker, rule, shared))
  const awarder = (rule: AwardingRule, source: Source) => awarding(speaker, rule, source, capsOf(speaker, rule, shared))
  const rules = [
    ...onOrder.map((rule) => giver(rule, order)),
    ...awardsOn.order.map((rule) => awarder(rule, order)),
    ...[...onActivity].flatMap(([name, own]) => own.map((rule) => giver(rule, { type: 'activity', name }))),
    ...[...awardsOn.activity].flatMap(([name, own]) => own.map((rule) => awarder(rule, { type: 'activity', name }))),
    ...[...onOccasion].flatMap(([type, own]) => own.map((rule) => giver(rule, { type }))),
    ...[...awardsOn.occasion].flatMap(([type, own]) => own.map((rule) => awarder(rule, { type }))),
  ]
  // Only what is spoken of by its name has one.
  const called = rules.map((part) =>
    part.id !== null && named.has(part.id) ? { ...part, name: speaker.name(undefined, part.id) } : part,
  )
  return [...called, ...groups.map(({ part }) => part)]
}

function giving(speaker: Speaker, rule: GivingRule, source: Source, caps: readonly Cap[]): Part {
  const { say } = speaker
  const [withBonuses, apart] = capsWithBonuses(speaker, rule, caps)
  const said = limited(speaker, givenFor(speaker, rule, source), { ...rule, caps: apart, asset: rule.asset })
  return {
    id: rule.id,
    name: null,
    sentences: [
      toAll(said),
      ...when(rule.charity, (id) => toAll(say.goesTo({ charity: charityName(speaker, id) }))),
      ...when(rule.expiry, (expiry) => expirySentences(speaker, expiry).map(toAll)),
      ...budgetSentence(speaker, rule.budget),
      ...when(rule.burnAs, (kind) => toBusiness(say.spentAs({ kind: speaker.quoted(kind) }))),
      ...when(rule.holdout, (share) => toBusiness(say.heldOut({ percent: speaker.percent(share) }))),
      ...multiplierSentences(speaker, rule),
      ...withBonuses,
      ...(rule.crossing === 'split' ? [toAll(say.crossingSplit)] : []),
      ...(rule.per.type === 'spend' || (rule.per.type === 'fact' && rule.per.count > 1)
        ? [toBusiness(say.roundings[rule.round]({ step: speaker.amount(rule.asset, 1) }))]
        : []),
    ],
  }
}

/** What a rule meets by itself. A budget is a cap, too, and has a sentence of its own, as has what several rules share. */
const capsOf = ({ program }: Speaker, rule: Pick<GivingRule, 'caps'>, shared: ReadonlySet<string>): readonly Cap[] =>
  rule.caps
    .flatMap((index) => program.caps[index] ?? [])
    // Once a visit is what `per` says already.
    .filter(({ id, span }) => !id.startsWith('budget:') && span.type !== 'visit' && !shared.has(id))

/** An amount is cut when the bonuses are in it (EARN-3 step 4): said before them, they would seem to come on top. */
function capsWithBonuses(
  speaker: Speaker,
  { multipliers, asset }: GivingRule,
  caps: readonly Cap[],
): readonly [Said[], readonly Cap[]] {
  const meets = (cap: Cap): boolean => multipliers.length > 0 && cap.counts === 'amount'
  const said = caps.filter(meets).map((cap) => toAll(speaker.say.bonusesIncluded({ cap: speaker.cap(cap, asset) })))
  return [said, caps.filter((cap) => !meets(cap))]
}

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

function awarding(speaker: Speaker, rule: AwardingRule, source: Source, caps: readonly Cap[]): Part {
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
  const groups = competing(multipliers)
  const [only] = groups
  const isOneGroup = only?.length === multipliers.length && !only.some(({ exclusive }) => exclusive)
  const named = new Set(isOneGroup ? [] : groups.flat().map(({ id }) => id))
  const choices = isOneGroup
    ? [only[0]?.group?.take === 'best' ? say.onlyBest : say.onlyFirst]
    : groups.flatMap((own) => choiceOf(speaker, own))
  const leftOut = groups.reduce((sum, own) => sum + (own[0]?.group?.take === 'all' ? 0 : own.length - 1), 0)
  const together = stack === 'add' ? say.bonusesAdd : say.bonusesMultiply
  return [
    ...multipliers.flatMap((multiplier) =>
      multiplied(speaker, multiplier).map((said, index) => {
        const isNamed = index === 0 && named.has(multiplier.id)
        const text = isNamed ? say.calledBonus({ bonus: speaker.quoted(multiplier.id), text: said.text }) : said.text
        return { ...said, text, bonus: multiplier.id }
      }),
    ),
    ...choices.map(toAll),
    ...(multipliers.length - leftOut > 1 ? [toAll(together)] : []),
  ]
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

type Contender = Pick<GivingRule, 'id' | 'group' | 'exclusive'>

/** Rules that one event can meet, by groups in which not all of them count. */
function competing<Rule extends Contender>(rules: readonly Rule[]): readonly (readonly Rule[])[] {
  const byGroup = Map.groupBy(rules, ({ group }) => group?.id ?? null)
  return [...byGroup].flatMap(([id, own]) => {
    const chooses = own.some(({ group, exclusive }) => group?.take !== 'all' || exclusive)
    return id !== null && own.length > 1 && chooses ? [own] : []
  })
}

/** Which of a group counts, by name; of those that are exclusive the first wins. */
function choiceOf(speaker: Speaker, own: readonly Contender[]): string[] {
  const { say } = speaker
  const all = (rules: readonly Contender[]): string => speaker.all(rules.map(({ id }) => speaker.quoted(id)))
  const take = own[0]?.group?.take
  const taken = take === 'best' ? [say.bestOfGroup] : take === 'first' ? [say.firstOfGroup] : []
  const alone = own.filter(({ exclusive }) => exclusive)
  return [
    ...taken.map((sentence) => sentence({ rules: all(own) })),
    ...alone.flatMap((rule, index) => {
      const before = alone.slice(0, index + 1)
      const others = own.filter((other) => !before.includes(other))
      return others.length === 0 ? [] : [say.insteadOf({ rule: speaker.quoted(rule.id), rules: all(others) })]
    }),
  ]
}

interface Group {
  readonly part: Part
  /** Rules of which it speaks. */
  readonly rules: readonly string[]
  /** Met by all of them together. */
  readonly cap: string | null
}

/** How rules that give compete: those of one event by what their group takes, and all of a group by its cap. */
function groupsOf(speaker: Speaker, { onOrder, onActivity, onOccasion, awardsOn }: Program): Group[] {
  const ofOneEvent: (readonly (GivingRule | AwardingRule)[])[] = [
    [...onOrder, ...awardsOn.order],
    ...[...onActivity].map(([name, own]) => [...own, ...(awardsOn.activity.get(name) ?? [])]),
    ...[...onOccasion].map(([type, own]) => [...own, ...(awardsOn.occasion.get(type) ?? [])]),
    ...[...awardsOn.activity].flatMap(([name, own]) => (onActivity.has(name) ? [] : [own])),
    ...[...awardsOn.occasion].flatMap(([type, own]) => (onOccasion.has(type) ? [] : [own])),
  ]
  const choices = ofOneEvent.flatMap(competing)
  const byGroup = Map.groupBy(ofOneEvent.flat(), ({ group }) => group?.id ?? null)
  return [...byGroup].flatMap(([id, own]): Group[] => {
    if (id === null || own.length < 2) return []
    const chosen = choices.filter(([first]) => first?.group?.id === id)
    const cap = speaker.program.caps.find((each) => each.id === `group:${id}`) ?? null
    if (cap === null && chosen.length === 0) return []
    const texts = [
      ...chosen.flatMap((rules) => choiceOf(speaker, rules)),
      ...(cap === null ? [] : [sharedCap(speaker, own, cap)]),
    ]
    const rules = (cap === null ? chosen.flat() : own).map((rule) => rule.id)
    return [{ part: { id, name: null, sentences: texts.map(toAll) }, rules, cap: cap?.id ?? null }]
  })
}

function sharedCap(speaker: Speaker, rules: readonly (GivingRule | AwardingRule)[], cap: Cap): string {
  const { say } = speaker
  const giving = rules.flatMap((rule) => ('asset' in rule ? [rule] : []))
  const most = speaker.cap(cap, giving[0]?.asset ?? null)
  const hasBonuses = cap.counts === 'amount' && giving.some(({ multipliers }) => multipliers.length > 0)
  return say.sharedCap({
    rules: speaker.all(rules.map(({ id }) => speaker.quoted(id))),
    cap: hasBonuses ? say.bonusesIncluded({ cap: most }) : most,
  })
}
