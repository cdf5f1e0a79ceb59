import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { compileProgram, decideInPlace, newMember, type Timeline } from '@laurel/engine'
import { type Figure, figure, median } from './figures.ts'
import { historiesOf } from './history.ts'
import type { Bench } from './house.ts'
import { type Ending, newEnding, runPlainly } from './plain-loop.ts'

const members = 1_000
const ordersEach = 100
const file = fileURLToPath(new URL('../load/program.yaml', import.meta.url))

type Histories = ReturnType<typeof historiesOf>

/** P4: orders a second and core by the engine, against a loop written by hand for this one program. */
export function measureBacktest(bench: Bench): Promise<Figure[]> {
  const timeline = timelineOf(readFileSync(file, 'utf8'))
  const histories = historiesOf(members, ordersEach)
  const seconds: number[] = []
  const plainSeconds: number[] = []
  // The first round warms the code up.
  for (let round = 0; round <= bench.options.rounds; round++) {
    const [byEngine, byHand] = [newEnding(), newEnding()]
    const engine = secondsOf(() => runEngine(timeline, histories, byEngine))
    const plain = secondsOf(() => runPlainly(histories, byHand))
    if (JSON.stringify(byEngine) !== JSON.stringify(byHand)) {
      throw new Error(`the engine ends with ${JSON.stringify(byEngine)}, the loop with ${JSON.stringify(byHand)}`)
    }
    if (round === 0) continue
    seconds.push(engine)
    plainSeconds.push(plain)
    bench.say(
      `backtest: ${((members * ordersEach) / engine).toFixed(0)}/s, by hand ${((members * ordersEach) / plain).toFixed(0)}/s`,
    )
  }
  const rate = (members * ordersEach) / median(seconds)
  const times = median(seconds) / median(plainSeconds)
  const note = `${members * ordersEach} orders of ${members} members, a tenth refunded in part; both end alike`
  return Promise.resolve([
    figure('P4', 'orders decided a second and core', '1/s', '>= 300000', rate, null, note),
    figure('P4', 'time against a loop by hand', 'times', '<= 8', times),
  ])
}

function secondsOf(work: () => void): number {
  const before = process.cpuUsage()
  work()
  const { user, system } = process.cpuUsage(before)
  return (user + system) / 1e6
}

function timelineOf(text: string): Timeline {
  const { program } = compileProgram(text, { version: 1, hash: '' })
  if (program === null) throw new Error('the load program does not compile')
  const always = Number.NEGATIVE_INFINITY
  return [{ program, fromAt: always, fromLocal: always, publishedAt: always, publishedLocal: always }]
}

function runEngine(timeline: Timeline, histories: Histories, ending: Ending): void {
  for (const events of histories) {
    const member = newMember()
    for (const event of events) {
      for (const effect of decideInPlace(timeline, member, event).effects) {
        if (effect.type !== 'move' || effect.asset !== 'points') continue
        if (effect.from === 'issued') ending.issued += effect.amount
        else if (effect.to === 'issued') ending.takenBack += effect.amount
        else if (effect.to === 'expired') ending.expired += effect.amount
      }
    }
    ending.active += member.assets.find(({ asset }) => asset === 'points')?.active ?? 0
    const level = timeline[0]?.program.ladders[0]?.levels.findIndex(({ id }) => id === member.ladders[0]?.level) ?? 0
    ending.levels[level] = (ending.levels[level] ?? 0) + 1
  }
}
