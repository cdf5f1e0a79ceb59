import type { LoadOrder } from '../load/generator.ts'
import { runLoad } from '../load/run-load.ts'
import { type Figure, figure, median } from './figures.ts'
import type { Bench } from './house.ts'

/** As many as a busy shop's pages ask, whatever the house can take. */
const questionsPerSecond = 200

/** E1: a shop asks "free shipping?" in one call, while orders come in at a quarter of what the house can take. */
export async function measureEntitlements(bench: Bench): Promise<Figure[]> {
  const { server } = await bench.house()
  const { seconds, rounds, members } = bench.options
  const { url, key } = server
  const orders = { kind: 'order', path: '/v1/events', connections: 64, members, url, key } as const
  const most = await runLoad({ ...orders, ...paced(null, seconds / 2), stream: 'e1-most', seed: 1 })
  const quarter = most.perSecond / 4
  bench.say(`orders: at most ${most.perSecond.toFixed(0)}/s, a quarter is ${quarter.toFixed(0)}/s`)

  const path = '/v1/members/{member}/entitlements?benefit=free-shipping&total=4500'
  const questions = { kind: 'question', path, connections: 16, members, url, key } as const
  const p99s: number[] = []
  const p50s: number[] = []
  const orderRates: number[] = []
  for (let round = 0; round < rounds; round++) {
    const [bought, asked] = await Promise.all([
      runLoad({ ...orders, ...paced(quarter, seconds), stream: `e1-${round}`, seed: round + 1 }),
      runLoad({ ...questions, ...paced(questionsPerSecond, seconds), stream: 'ask', seed: round + 101 }),
    ])
    p99s.push(asked.p99Ms)
    p50s.push(asked.p50Ms)
    orderRates.push(bought.perSecond)
    bench.say(
      `"free shipping?": ${asked.perSecond.toFixed(0)}/s, p50 ${asked.p50Ms.toFixed(1)} ms, p99 ${asked.p99Ms.toFixed(1)} ms`,
    )
  }
  const note =
    `${questionsPerSecond} questions a second, p50 ${median(p50s).toFixed(1)} ms, beside ${median(orderRates).toFixed(0)} ` +
    'orders a second; a question that had to wait for its turn is counted from then on'
  return [
    figure('E1', 'may this member have free shipping, p99 of the answers', 'ms', '< 10', median(p99s), null, note),
  ]
}

const paced = (perSecond: number | null, seconds: number): Pick<LoadOrder, 'perSecond' | 'warmUpMs' | 'runMs'> => ({
  perSecond,
  warmUpMs: 2000,
  runMs: seconds * 1000,
})
