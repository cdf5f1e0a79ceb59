import type { MemberEvent, Program } from '@laurel/engine'
import { isDrawn } from '../auditor/drawn.ts'
import { livesOfDays } from '../generators/scale.ts'
import type { Case } from '../properties/cases.ts'
import { adjusted, burn, cancel, on, paid, refund, reserve, tick } from '../vectors/history-builder.ts'
import { anyAmount, cardOf, days, intoStars, points, program, reward, timelineOf } from '../vectors/program-builder.ts'

/** Two versions by hand: what each judges (EVT-3), and what becomes of points that the second gives up (TRN-2). */

/** Under the version that rules then. */
const at = (text: string) => on(text, text < '2026-06-01' ? 1 : 2)

const story = (first: Partial<Program>, second: Partial<Program>, events: readonly MemberEvent[]): Case => ({
  scale: livesOfDays,
  timeline: timelineOf(program(first), [at('2026-06-01').at, program({ version: 2, ...second })]),
  events,
})

const bottle = reward('bottle')
const card = cardOf('ten', 10, { awards: [{ type: 'reward', reward: 'bottle' }] })

/** The next version, which is published by then, has no such card. */
const filledBefore = story(
  { cards: new Map([['ten', card]]), rewards: new Map([['bottle', bottle]]) },
  { rewards: new Map([['bottle', bottle]]) },
  [paid('o1', at('2026-05-01T09:00'), 1_000)],
)

/** From June on. */
const stars: Partial<Program> = {
  assets: [points({ id: 'stars' })],
  onOrder: [],
  rewards: new Map([['any', anyAmount('stars')]]),
  transitions: intoStars,
}

/** Four points are one star, though two and two of them are none. */
const convertedInParts = story({}, stars, [
  adjusted('gift', at('2026-05-01'), 4),
  reserve('r1', at('2026-05-31T12:00'), 2, { lastsMs: 86_400_000 }),
  tick(at('2026-06-01')),
  cancel('r1', at('2026-06-01T09:00')),
])

/** What comes back after the start would have lapsed before it. */
const overByThen = story({ assets: [points({ expiry: { type: 'life', life: days(4), endOf: null } })] }, stars, [
  paid('o1', at('2026-05-25T09:00'), 1_000),
  ...burn('r1', at('2026-05-26'), 10),
  paid('o2', at('2026-05-26T09:00'), 10, { payments: [{ by: 'points', amount: 10, redemption: 'r1' }] }),
  tick(at('2026-06-01')),
  refund('back', 'o2', at('2026-06-02'), 10),
])

const idleAfter = (count: number): Partial<Program> => ({
  assets: [points({ expiry: { type: 'inactive', idle: days(count), moves: new Set(['order.paid']) } })],
})

/** By the version on trial, which half of the members are drawn into, what was bought before it lapses ten days after the last order. */
function onTrial(isIn: boolean): Case {
  const { timeline, ...told } = story(idleAfter(300), idleAfter(10), [
    paid('o1', at('2026-05-01T09:00'), 1_000),
    paid('o2', on('2026-06-02T09:00', isIn ? 2 : 1), 1_000),
    tick(at('2026-06-20')),
  ])
  const share = { numerator: 1, denominator: 2 }
  let chance = 0
  while (isDrawn(chance, 'pilot:2', share) !== isIn) chance += 0x10001
  const never = Number.POSITIVE_INFINITY
  const [first, second] = timeline
  if (first === undefined || second === undefined) throw new Error('a story has two versions')
  const { fromAt, fromLocal } = second
  const pilot = { begun: 2, share, fromAt, fromLocal }
  return { ...told, chance, timeline: [first, { ...second, fromAt: never, fromLocal: never, pilot }] }
}

export const craftedVersions: readonly Case[] = [
  ...[filledBefore, convertedInParts, overByThen],
  ...[onTrial(true), onTrial(false)],
]
