import type { MemberEvent, Program, Reward, Timeline } from '@laurel/engine'
import { adjusted, on } from '../vectors/history-builder.ts'
import { points, program, reward, timelineOf } from '../vectors/program-builder.ts'
import { answersOf, live } from '../vectors/reading.ts'

export const price = (amount: number): Reward['price'] => ({
  type: 'fixed',
  asset: 'points',
  choices: [{ audience: program().rewards.get('any')?.audience ?? never(), amount }],
})
const never = (): never => {
  throw new Error('the program of these tests has the reward')
}

export const tenOff = reward('ten-off', { kind: { type: 'money-off', minor: 1000 }, price: price(500) })
export const worth = points({ worth: { amount: 100, minor: 100 } })

export const withRewards = (rewards: readonly Reward[], parts: Partial<Program> = {}): Timeline =>
  timelineOf(program({ assets: [worth], rewards: new Map(rewards.map((each) => [each.id, each])), ...parts }))

export const rich = adjusted('gift', on('2026-01-01'), 10_000)

/** What the last request was answered. */
export function lastAnswer(timeline: Timeline, events: readonly MemberEvent[]) {
  const { decisions, member } = live(timeline, events)
  const answer = answersOf(decisions).at(-1)
  return { member, answer, refusal: answer?.granted === false ? answer.refusal : null, decisions }
}
