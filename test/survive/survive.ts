// `npm run survive`: faults under load, at full count. See `--help`.
import { parseArgs } from 'node:util'
import { sayWithSeconds } from '../load/say.ts'
import { anyOrder } from './any-order.ts'
import { burnInParallel } from './burn-in-parallel.ts'
import type { DrillOptions, Verdict } from './drill.ts'
import { killDatabase, seeLoss } from './kill-database.ts'
import { killServer } from './kill-server.ts'
import { twoServers } from './two-servers.ts'

const help = `npm run survive -- [options]
  --only R1,R2   some of R1 R2 R3 R4 R5
  --seed N       another seed kills at other moments (the day's where nothing is said; it is printed)
  --share X      a share of the full count, as 0.1
  --json         one array of verdicts on stdout`

/** The full count of each drill: kills, kills, burns, members, events. */
const drills: readonly {
  readonly id: string
  readonly count: number
  drill(options: DrillOptions): Promise<Verdict>
}[] = [
  { id: 'R1', count: 200, drill: killServer },
  { id: 'R2', count: 50, drill: killDatabase },
  { id: 'R2', count: 5, drill: seeLoss },
  { id: 'R3', count: 1_000, drill: burnInParallel },
  { id: 'R4', count: 500, drill: anyOrder },
  { id: 'R5', count: 20_000, drill: twoServers },
]

const { values } = parseArgs({
  options: {
    only: { type: 'string', default: 'R1,R2,R3,R4,R5' },
    seed: { type: 'string', default: new Date().toISOString().slice(0, 10).replaceAll('-', '') },
    share: { type: 'string', default: '1' },
    json: { type: 'boolean', default: false },
    help: { type: 'boolean', default: false },
  },
})

async function run(): Promise<Verdict[]> {
  const say = sayWithSeconds()
  say(`seed ${values.seed}`)
  const wanted = new Set(values.only.split(','))
  const verdicts: Verdict[] = []
  for (const { id, count, drill } of drills) {
    if (!wanted.has(id)) continue
    const verdict = await drill({
      seed: Number(values.seed),
      count: Math.max(1, Math.round(count * Number(values.share))),
      say,
    })
    say(`${verdict.id} ${verdict.passed ? 'passed' : 'FAILED'}: ${verdict.what}: ${verdict.detail}`)
    verdicts.push(verdict)
  }
  return verdicts
}

if (values.help) console.log(help)
else {
  const verdicts = await run()
  const lines = verdicts.map(
    ({ id, what, passed, detail }) => `${id}  ${passed ? 'passed' : 'FAILED'}  ${what}\n    ${detail}`,
  )
  console.log(values.json ? JSON.stringify(verdicts) : lines.join('\n'))
  process.exitCode = verdicts.every(({ passed }) => passed) ? 0 : 1
}
