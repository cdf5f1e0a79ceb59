import { fork } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import { runLoad } from '../load/run-load.ts'
import { type Figure, figure, median } from './figures.ts'
import type { Bench } from './house.ts'
import type { PlainOrder } from './plain-server.ts'

/** P3: what a cart would give, against a server that only validates it and reads one row. */
export async function measurePreview(bench: Bench): Promise<Figure[]> {
  const { server, baseline } = await bench.house()
  const plain = await startPlain({ databaseUrl: baseline.url, scale: bench.options.scale })
  const { seconds, rounds, members } = bench.options
  const load = {
    kind: 'cart',
    path: '/v1/carts/preview',
    connections: 64,
    perSecond: null,
    members,
    stream: 'cart',
  } as const
  const measure = async (url: string, key: string | null, seed: number) =>
    (await runLoad({ ...load, url, key, seed, warmUpMs: 2000, runMs: (seconds * 1000) / 2 })).perSecond
  const rates: number[] = []
  const baselines: number[] = []
  for (let round = 0; round < rounds; round++) {
    baselines.push(await measure(plain.url, null, round + 1))
    rates.push(await measure(server.url, server.key, round + 1))
    bench.say(`previews: ${rates.at(-1)?.toFixed(0)}/s, plain: ${baselines.at(-1)?.toFixed(0)}/s`)
  }
  await plain.stop()
  const note = 'held against Fastify with the same validation and one indexed SELECT, the same load on both'
  return [figure('P3', 'cart previews over HTTP', '1/s', '>= 0.5', median(rates), median(baselines), note)]
}

async function startPlain(order: PlainOrder) {
  const child = fork(fileURLToPath(new URL('./plain-server.ts', import.meta.url)), [], { stdio: 'inherit' })
  child.send(order)
  const [url] = (await once(child, 'message')) as [string]
  return {
    url,
    stop: async () => {
      child.send('stop')
      await once(child, 'exit')
    },
  }
}
