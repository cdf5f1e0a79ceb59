import { compileProgram, readScenarios } from '@laurel/engine'
import { expect, test } from 'vitest'
import { openOfflineWorld } from '../../apps/cli/scenarios/offline-world.ts'
import { playScenario } from '../../apps/cli/scenarios/play-scenario.ts'

const document = `
laurel: 1
id: monthly
name: { en: Monthly }
zone: Europe/Berlin
currency: EUR
inForce: { from: 2024-01-01 }
late: { accept: P90D }
refunds: { shortfall: waive }
unknownMembers: create
assets: { points: { kind: spendable, pending: P10D, expires: never } }
earn: [{ id: base, on: order.paid, give: 1 points, per: 1.00 EUR }]
leaderboards:
  most:
    measure: spend
    window: { calendar: month }
    ties: share
    top: 2 members
    ranks: [{ rank: 1-2, give: 10 points }]
`
const page = `# Monthly

## Each month closes as it ends, also where the next row is months later

| when             | who | what                            | gives |
|--|--|--|--|
| 2024-03-01 12:00 | Ada | buys for 30.00 EUR, order 1     | +30 points pending |
|                  | Ben | buys for 20.00 EUR, order 2     | +20 points pending |
|                  | Cem | buys for 10.00 EUR, order 3     | +10 points pending |

| member | rank most |
|--|--|
| Ada    | 1         |
| Cem    | none      |

| when             | who | what                            | gives |
|--|--|--|--|
| 2024-06-15 12:00 | Cem | buys for 1.00 EUR, order 4      | Ada: rank 1 in most, Ada: 30 points activated, Ada: +10 points pending, Ben: rank 2 in most, Ben: 20 points activated, Ben: +10 points pending, 10 points activated, +1 points pending |
| 2024-03-20 12:00 | Ben | buys for 90.00 EUR, order 5     | …     |
|                  | Ada | time passes                     | …     |

| member | points | points pending | rank most |
|--|--|--|--|
| Ada    | 40     | 0              | none      |
| Ben    | 120    | 0              | none      |
| Cem    | 10     | 1              | 1         |
`

test('GAME-1 a story closes a board as its window ends, as a server does, and what comes late changes no result', async () => {
  const { program, findings } = compileProgram(document, { version: 1, hash: '' })
  if (program === null) throw new Error(JSON.stringify(findings))
  const { scenarios, mistakes } = readScenarios(page, program)
  expect(mistakes).toEqual([])
  const [scenario] = scenarios
  if (scenario === undefined) throw new Error('the page has a story')
  expect(await playScenario(program, scenario, openOfflineWorld(program))).toEqual([])
})
