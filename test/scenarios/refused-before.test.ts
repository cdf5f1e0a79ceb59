import { compileProgram, readScenarios } from '@laurel/engine'
import { expect, test } from 'vitest'
import { openOfflineWorld } from '../../apps/cli/scenarios/offline-world.ts'
import { playScenario } from '../../apps/cli/scenarios/play-scenario.ts'

const document = `
laurel: 1
id: steps
name: { en: Steps }
zone: Europe/Berlin
currency: EUR
inForce: { from: 2024-01-01 }
late: { accept: P30D }
refunds: { shortfall: waive }
unknownMembers: create
assets: { points: { kind: spendable, pending: none, expires: never, worth: { 100 points: 1.00 EUR } } }
earn: [{ id: base, on: order.paid, give: 1 points, per: 1.00 EUR }]
rewards: { pay: { kind: pay-with-points, least: 20 points, step: 20 points } }
`
const page = `# Steps

## A redemption that was refused

| when             | who | what                                | gives                        |
|------------------|-----|-------------------------------------|------------------------------|
| 2024-03-01 12:00 | Ada | buys for 100.00 EUR, order 1        | +100 points                  |
|                  | Ada | redeems pay as r1 with 55 points    | refused: off-step            |
|                  | Ada | redeems pay as r1 with 55 points    | refused: off-step            |
|                  | Ada | redeems pay as r1 with 60 points    | rejected: redemption-refused |
|                  | Ada | redeems pay as r2 with 60 points    | 60 points spent, …           |
`

test('RED-1 in a story, too, a refused id stays refused and says so', async () => {
  const { program, findings } = compileProgram(document, { version: 1, hash: '' })
  if (program === null) throw new Error(JSON.stringify(findings))
  const { scenarios, mistakes } = readScenarios(page, program)
  expect(mistakes).toEqual([])
  const [scenario] = scenarios
  if (scenario === undefined) throw new Error('the page has a story')
  expect(await playScenario(program, scenario, openOfflineWorld(program))).toEqual([])
})
