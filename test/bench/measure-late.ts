import { createShopper } from '../load/shopper.ts'
import { type Figure, figure, median } from './figures.ts'
import { type Bench, ordersOf, sendLines } from './house.ts'

/** Orders that a member has when one comes late, before all of them. */
const few = 2_000
const many = 8_000
/** Members of one length, each in a stream of its own: as many rounds as can be measured. */
const membersEach = 4

type Server = Awaited<ReturnType<Bench['emptyHouse']>>['server']

/** L1: what a late fact costs by the length of the past that it makes be told again, and how long others wait meanwhile. */
export async function measureLate(bench: Bench): Promise<Figure[]> {
  const { server } = await bench.emptyHouse('late')
  const at = Date.now() - 10 * 86_400_000
  for (const [index, count] of [few, many].entries()) {
    const from = { member: index * membersEach, members: membersEach, at, count: count * membersEach }
    await sendLines(server, (stream) => ordersOf(stream, `past-${count}`, from))
    bench.say(`${membersEach} members with ${count} orders each`)
  }
  const ofFew: number[] = []
  const ofMany: number[] = []
  const waits: number[] = []
  // The first one warms the code up.
  for (let member = 0; member < membersEach; member++) {
    const short = await tellLate(server, member, at)
    const long = await tellLate(server, membersEach + member, at)
    bench.say(`late: ${short.ms.toFixed(0)} ms after ${few}, ${long.ms.toFixed(0)} ms after ${many}`)
    if (member === 0) continue
    ofFew.push((1000 * short.ms) / few)
    ofMany.push((1000 * long.ms) / many)
    waits.push(long.othersWaitedMs)
  }
  const what = `a late fact, each of ${many} orders in its past against each of ${few}`
  const note = 'time to the answer, in microseconds for each order that is told again'
  const waited = `another member's order while ${many} are told again, the slowest`
  return [
    figure('L1', what, 'µs', '<= 1.5', median(ofMany), median(ofFew), note),
    figure('L1', waited, 'ms', '< 250', median(waits)),
  ]
}

/** An order before all others of a member; meanwhile somebody else buys, again and again. */
async function tellLate(server: Server, member: number, at: number) {
  const late = createShopper(`late-${member}`, member + 1, 1, member).order(new Date(at - 1000).toISOString())
  const another = createShopper(`beside-${member}`, member + 1, 1000, 2 * membersEach)
  let isTold = false
  const telling = send(server, late).finally(() => {
    isTold = true
  })
  let othersWaitedMs = 0
  while (!isTold) othersWaitedMs = Math.max(othersWaitedMs, await send(server, another.order(new Date().toISOString())))
  return { ms: await telling, othersWaitedMs }
}

async function send({ url, key }: Server, body: string): Promise<number> {
  const startedAt = performance.now()
  const headers = { authorization: `Bearer ${key}`, 'content-type': 'application/json' }
  const response = await fetch(new URL('/v1/events', url), { method: 'POST', headers, body })
  const text = await response.text()
  if (!response.ok) throw new Error(`${response.status}: ${text}`)
  return performance.now() - startedAt
}
