import { challengeStateOf } from '../challenges/challenge-state.ts'
import { leastOf, progressOf } from '../goals/reach.ts'
import type { Member } from '../member.ts'
import { assetOf } from '../points/asset-state.ts'
import type { Program } from '../program/program.ts'
import { ladderStateOf, supportOf } from '../tiers/judge.ts'
import { dayOf, type LocalTime } from '../time/local.ts'
import { pricedRewards } from './priced-rewards.ts'

/** Something a member can come to: a tier, a step of a challenge, the price of the cheapest reward. */
export interface Aim {
  /** `tier:standing/gold`, `challenge:summer/goal`, `challenge:summer/half`, `reward:coffee`. */
  readonly name: string
  /** What has to come so far: `tier:standing`, `challenge:summer`, `asset:points`. */
  readonly of: string
  /** How far, in its own unit. */
  readonly target: number
}

/** By invitation nobody comes to a level, and everybody stands on the first. */
export function aimsOf(program: Program): Aim[] {
  const tiers = program.ladders.flatMap(({ id, levels }) =>
    levels
      .filter(({ reach, invitation }) => reach > 0 && !invitation)
      .map((level) => ({ name: `tier:${id}/${level.id}`, of: `tier:${id}`, target: level.reach })),
  )
  const challenges = [...program.challenges.values()].flatMap(({ id, goal, milestones }) => [
    ...milestones.map((step) => ({ name: `challenge:${id}/${step.id}`, of: `challenge:${id}`, target: step.reach })),
    { name: `challenge:${id}/goal`, of: `challenge:${id}`, target: leastOf(goal, 1) },
  ])
  return [...tiers, ...challenges, ...cheapestRewards(program)]
}

/** Of each asset the reward that asks least of it; what is free is no aim. */
function cheapestRewards(program: Program): Aim[] {
  const cheapest = new Map<string, Aim>()
  for (const { reward, asset, least } of pricedRewards(program)) {
    const known = cheapest.get(asset)
    if (least === 0 || (known !== undefined && known.target <= least)) continue
    cheapest.set(asset, { name: `reward:${reward}`, of: `asset:${asset}`, target: least })
  }
  return [...cheapest.values()]
}

/** The furthest that one member ever came, by what an aim is `of`, looked up after each decision. */
export class Furthest {
  readonly #by = new Map<string, number>()
  /** States are replaced and never written to, so the same one says nothing new. */
  readonly #seen = new Map<string, object>()

  get(of: string): number {
    return this.#by.get(of) ?? 0
  }

  look(program: Program, member: Member, now: LocalTime): void {
    for (const ladder of program.ladders) {
      const state = ladderStateOf(member, ladder.id)
      if (state === undefined || this.#hasSeen(`tier:${ladder.id}`, state)) continue
      this.#reach(`tier:${ladder.id}`, supportOf(ladder, state, member.joinedOn ?? dayOf(now), now).net)
    }
    if (member.challenges !== undefined) {
      for (const { id, goal } of program.challenges.values()) {
        const state = challengeStateOf(member, id)
        if (this.#hasSeen(`challenge:${id}`, state)) continue
        for (const { tally } of state.windows) this.#reach(`challenge:${id}`, progressOf(goal, tally))
      }
    }
    for (const { id } of program.assets) this.#reach(`asset:${id}`, assetOf(member, id).active)
  }

  #hasSeen(of: string, state: object): boolean {
    if (this.#seen.get(of) === state) return true
    this.#seen.set(of, state)
    return false
  }

  #reach(of: string, far: number): void {
    if (far > this.get(of)) this.#by.set(of, far)
  }
}
