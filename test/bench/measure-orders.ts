import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { runLoad } from '../load/run-load.ts'
import { type Figure, figure, median } from './figures.ts'
import type { Bench } from './house.ts'
import { processorTimeOf, shareText } from './processor-time.ts'

/** P1: single orders over HTTP against TPC-B, in turns. P9: what the server's process holds meanwhile. */
export async function measureOrders(bench: Bench): Promise<Figure[]> {
  const { server, baseline } = await bench.house()
  const { seconds, rounds, members } = bench.options
  const rates: number[] = []
  const p99s: number[] = []
  const shares: number[] = []
  const spent: string[] = []
  const baselines: number[] = []
  let residentMb = 0
  for (let round = 0; round < rounds; round++) {
    if (round > 0) {
      baselines.push(await baseline.measure(seconds))
      bench.say(`TPC-B: ${baselines.at(-1)?.toFixed(0)}/s`)
    }
    const watch = setInterval(() => {
      residentMb = Math.max(residentMb, residentMbOf(server.pid))
    }, 250)
    const load = {
      kind: 'order',
      path: '/v1/events',
      connections: 64,
      perSecond: null,
      members,
      warmUpMs: 3000,
      runMs: seconds * 1000,
    } as const
    const before = processorTimeOf(server)
    const report = await runLoad({ ...load, url: server.url, key: server.key, stream: `p1-${round}`, seed: round + 1 })
    // With the warm-up, whose orders are some of those that were answered.
    const orders = report.perSecond * (seconds + load.warmUpMs / 1000)
    spent.push(shareText(before, processorTimeOf(server), orders))
    clearInterval(watch)
    rates.push(report.perSecond)
    p99s.push(report.p99Ms)
    shares.push(report.cpuShare)
    bench.say(
      `orders: ${report.perSecond.toFixed(0)}/s, p99 ${report.p99Ms.toFixed(1)} ms, at most ${report.mostMs.toFixed(0)} ms`,
    )
  }
  if (baselines.length === 0) baselines.push(await baseline.measure(seconds))
  const share =
    `the load generator used ${(median(shares) * 100).toFixed(0)} % of a core; B is ${baseline.label}; ` +
    `of each order, in the last round: ${spent.at(-1)}, load generator ${((median(shares) * 1e6) / median(rates)).toFixed(0)} µs`
  return [
    figure(
      'P1',
      'single orders over HTTP, each answered on its own',
      '1/s',
      '>= 2',
      median(rates),
      median(baselines),
      share,
    ),
    figure('P1', 'the same, p99 of the answers', 'ms', '< 50', median(p99s)),
    figure('P9', "resident memory of the server's process under P1, at most", 'MB', '<= 300', residentMb),
  ]
}

function residentMbOf(pid: number): number {
  try {
    const kilobytes = /^VmRSS:\s+(\d+)/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]
    return Number(kilobytes) / 1024
  } catch {
    return Number(execFileSync('ps', ['-o', 'rss=', '-p', String(pid)], { encoding: 'utf8' })) / 1024 // not Linux
  }
}
