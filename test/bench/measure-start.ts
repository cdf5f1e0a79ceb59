import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import { freePort } from '../process/start-server.ts'
import { type Figure, figure, median } from './figures.ts'
import type { Bench } from './house.ts'

const root = fileURLToPath(new URL('../../', import.meta.url))
const pollEveryMs = 10

/** P8: from `npm start` on an existing data folder to the first answer. */
export async function measureStart(bench: Bench): Promise<Figure[]> {
  const { folder, server } = await bench.emptyHouse('start')
  await server.stop()
  const seconds: number[] = []
  for (let round = 0; round < bench.options.rounds; round++) {
    seconds.push(await startOnce(folder))
    bench.say(`npm start: ${seconds.at(-1)?.toFixed(2)} s`)
  }
  return [figure('P8', 'npm start on an existing folder to the first answer', 's', '<= 3', median(seconds))]
}

async function startOnce(folder: string): Promise<number> {
  const port = await freePort()
  const startedAt = performance.now()
  const child = spawn('npm', ['start', '--silent', '--', '--data', folder, '--port', String(port)], {
    cwd: root,
    stdio: ['ignore', 'ignore', 'inherit'],
    detached: true, // a group of its own: npm, and what it starts, end together
  })
  const gone = once(child, 'exit')
  while (!(await answers(port))) await new Promise((resolve) => setTimeout(resolve, pollEveryMs))
  const seconds = (performance.now() - startedAt) / 1000
  process.kill(-(child.pid ?? 0), 'SIGTERM')
  await gone
  return seconds
}

const answers = async (port: number): Promise<boolean> =>
  await fetch(`http://127.0.0.1:${port}/readyz`).then(
    (response) => response.ok,
    () => false,
  )
