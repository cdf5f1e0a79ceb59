import { type Figure, figure, median } from './figures.ts'
import { type Bench, ordersOf, sendLines } from './house.ts'
import { processorTimeOf, shareText } from './processor-time.ts'

const eventsEach = 200_000
const membersEach = 50_000

/** P2: a file of orders as NDJSON, against TPC-B. */
export async function measureBulk(bench: Bench): Promise<Figure[]> {
  const { server, baseline } = await bench.house()
  const { members } = bench.options
  const rates: number[] = []
  const baselines: number[] = []
  let spent = ''
  for (let round = 0; round < bench.options.rounds; round++) {
    if (round > 0) baselines.push(await baseline.measure(bench.options.seconds))
    // Members of its own, who have bought nothing yet: what came before it plays no part.
    const member = members + round * membersEach
    const from = { member, members: membersEach, at: Date.now() - 10 * 86_400_000, count: eventsEach }
    const before = processorTimeOf(server)
    const startedAt = performance.now()
    await sendLines(server, (stream) => ordersOf(stream, `p2-${round}`, from))
    rates.push(eventsEach / ((performance.now() - startedAt) / 1000))
    spent = shareText(before, processorTimeOf(server), eventsEach)
    bench.say(`bulk: ${rates.at(-1)?.toFixed(0)}/s`)
  }
  if (baselines.length === 0) baselines.push(await baseline.measure(bench.options.seconds))
  const note = `${eventsEach} orders of ${membersEach} members; 4x is the floor; the sender shares the machine; of each order, in the last round: ${spent}`
  return [figure('P2', 'bulk orders as NDJSON', '1/s', '>= 8', median(rates), median(baselines), note)]
}
