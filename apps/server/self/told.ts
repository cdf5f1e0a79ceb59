import type { OwnVocabulary } from '@laurel/contract'
import type { Program, Timeline } from '@laurel/engine'
import { gatherMember } from '../members/gather-member.ts'
import { readVocabulary } from '../programs/read-vocabulary.ts'
import type { ProgramContext } from '../programs/timeline.ts'

/** What members are told of a program, and what is kept from them. */

/** Whether members see an asset, by the last version that knows it. */
export const isSeen = (timeline: Timeline, id: string): boolean =>
  timeline.flatMap(({ program }) => program.assets.find((asset) => asset.id === id) ?? []).at(-1)?.shown ?? true

/** The version that rules the member now; null: the program has not begun. */
export const ruling = ({ timeline, stamp }: Awaited<ReturnType<typeof gatherMember>>): Program | null =>
  timeline.find(({ program }) => program.version === stamp.version)?.program ?? null

/** What things are called, without assets that are not shown and hidden levels that the member does not hold (TIER-7). */
export async function readOwnVocabulary(
  context: ProgramContext,
  program: string,
  member: string,
): Promise<OwnVocabulary> {
  const gathered = await gatherMember(context, program, member)
  const { timeline, latest } = gathered
  const vocabulary = await readVocabulary(context, program)
  const programs = timeline.map((entry) => entry.program)
  const named = (
    all: (from: Program) => ReadonlyMap<string, { readonly id: string; readonly name: Program['name'] }>,
  ) =>
    [...new Map(programs.flatMap((each) => [...all(each)])).values()].map(({ id, name }) => ({ id, name: { ...name } }))
  const isTold = (ladder: string, level: string): boolean =>
    programs
      .findLast((each) => each.ladders.some(({ id }) => id === ladder))
      ?.ladders.find(({ id }) => id === ladder)
      ?.levels.find(({ id }) => id === level)?.hidden !== true ||
    gathered.member.ladders.some((held) => held.ladder === ladder && held.level === level)
  return {
    ...vocabulary,
    assets: vocabulary.assets.filter(({ id }) => isSeen(timeline, id)),
    ladders: vocabulary.ladders.map((ladder) => ({
      ...ladder,
      levels: ladder.levels.filter(({ id }) => isTold(ladder.id, id)),
    })),
    badges: named(({ badges }) => badges),
    charities: named(({ charities }) => charities),
    memberships: named(({ memberships }) => memberships),
    offers: named(({ offers }) => offers),
    refers: latest.referral !== null,
    ranks: latest.leaderboards.size > 0,
  }
}
