// `npm run bench`: speed as ratios, taken side by side in one run. See `--help`.
import { parseArgs } from 'node:util'
import { makeTemporaryFolder } from '../process/temporary-folder.ts'
import { type Figure, tableOf } from './figures.ts'
import { type Bench, openBench } from './house.ts'
import { measureBacktest } from './measure-backtest.ts'
import { measureBulk } from './measure-bulk.ts'
import { measureEntitlements } from './measure-entitlements.ts'
import { measureGrowth } from './measure-growth.ts'
import { measureLate } from './measure-late.ts'
import { measureOrders } from './measure-orders.ts'
import { measurePreview } from './measure-preview.ts'
import { measureSending } from './measure-sending.ts'
import { measureStart } from './measure-start.ts'

const help = `npm run bench -- [options]
  --only P1,P2    some of P1 P2 P3 P4 P5 P8 P9 O1 E1 L1 (P1 and P9 are one run)
  --seconds N     length of each measured stretch (20)
  --rounds N      how often it is measured, the baseline in between (3)
  --members N     members that exist before P1 (100000)
  --scale N       scale of the TPC-B baseline (50)
  --large         P5 up to 10 million entries instead of 1 million
  --no-pgbench    measure the baseline over pg connections even where pgbench is installed
  --json          one array of figures on stdout`

const { values } = parseArgs({
  options: {
    only: { type: 'string', default: 'P1,P2,P3,P4,P5,P8,P9,O1,E1,L1' },
    seconds: { type: 'string', default: '20' },
    rounds: { type: 'string', default: '3' },
    members: { type: 'string', default: '100000' },
    scale: { type: 'string', default: '50' },
    large: { type: 'boolean', default: false },
    'no-pgbench': { type: 'boolean', default: false },
    json: { type: 'boolean', default: false },
    help: { type: 'boolean', default: false },
  },
})

const measures: readonly { readonly ids: readonly string[]; measure(bench: Bench): Promise<Figure[]> }[] = [
  { ids: ['P1', 'P9'], measure: measureOrders },
  { ids: ['P2'], measure: measureBulk },
  { ids: ['P3'], measure: measurePreview },
  { ids: ['P4'], measure: measureBacktest },
  { ids: ['P5'], measure: measureGrowth },
  { ids: ['P8'], measure: measureStart },
  { ids: ['O1'], measure: measureSending },
  { ids: ['E1'], measure: measureEntitlements },
  { ids: ['L1'], measure: measureLate },
]

async function run(): Promise<Figure[]> {
  const wanted = new Set(values.only.split(','))
  const folder = makeTemporaryFolder('bench')
  const bench = openBench(folder.path, {
    seconds: Number(values.seconds),
    rounds: Number(values.rounds),
    members: Number(values.members),
    scale: Number(values.scale),
    large: values.large,
    mayUsePgbench: !values['no-pgbench'],
  })
  const figures: Figure[] = []
  try {
    for (const { ids, measure } of measures) {
      if (!ids.some((id) => wanted.has(id))) continue
      figures.push(...(await measure(bench)).filter(({ id }) => wanted.has(id)))
    }
  } finally {
    await bench.close()
    folder.remove()
  }
  return figures
}

if (values.help) console.log(help)
else {
  const figures = await run()
  console.log(values.json ? JSON.stringify(figures) : tableOf(figures))
  process.exitCode = figures.every(({ met }) => met) ? 0 : 1
}
