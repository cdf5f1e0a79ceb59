import type { Award, Ladder, Level, Program } from '../program/program.ts'

/** Rewards that something gives, be it rule, card, level, goal, board, draw, plan or referral; of levels those that `counts` names. */
export function rewardsGiven(
  { awardsOn, ladders, cards, challenges, leaderboards, draws, offers, memberships, referral }: Program,
  counts: (ladder: Ladder, level: Level) => boolean = () => true,
): ReadonlySet<string> {
  const given: readonly (readonly Award[])[] = [
    ...[awardsOn.order, ...awardsOn.activity.values(), ...awardsOn.occasion.values()]
      .flat()
      .map(({ awards }) => awards),
    ...[...cards.values(), ...challenges.values(), ...draws.values()].map(({ awards }) => awards),
    ...[...offers.values()].flatMap(({ type }) => (type.type === 'goal' ? [type.awards] : [])),
    ...[...challenges.values()].flatMap(({ milestones, streak }) => [
      ...milestones.map(({ awards }) => awards),
      streak?.awards ?? [],
    ]),
    ...[...leaderboards.values()].flatMap(({ ranks }) => ranks.map(({ awards }) => awards)),
    ...[...memberships.values()].map(({ entry }) => entry),
    ...(referral === null ? [] : [referral.friend, referral.advocate]),
    ...ladders.flatMap((ladder) => ladder.levels.filter((level) => counts(ladder, level)).map(({ entry }) => entry)),
  ]
  return new Set(given.flat().flatMap((award) => (award.type === 'reward' ? [award.reward] : [])))
}
