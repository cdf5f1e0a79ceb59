import { compileProgram, readScenarios } from '@laurel/engine'
import { expect, test } from 'vitest'
import { openOfflineWorld } from '../../apps/cli/scenarios/offline-world.ts'
import { playScenario } from '../../apps/cli/scenarios/play-scenario.ts'
import { openTestServer } from '../../apps/server/server.fixture.ts'
import { openServerWorld } from './server-world.ts'

// What no ready-made program tells a story of, and the engine alone once told otherwise than a server.

const server = await openTestServer()

const document = `
laurel: 1
id: both
name: { en: Both }
zone: Europe/Berlin
currency: EUR
inForce: { from: 2024-01-01 }
late: { accept: P30D }
refunds: { shortfall: debt, limit: 1000 points }
unknownMembers: create
leaving: { forfeitAfter: P30D }
assets:
  points: { kind: spendable, pending: none, expires: never, worth: { 100 points: 1.00 EUR } }
  tickets: { kind: tickets, pending: none, expires: never }
earn:
  - { id: base, on: order.paid, give: 1 points, per: 1.00 EUR }
  - { id: entry, on: order.paid, give: 1 tickets, per: order }
pools:
  purse: { of: points, share: 50%, burn: everyone, most: 6 members, leaving: take-share }
draws:
  bicycle: { name: { en: The bicycle }, of: tickets, window: { from: 2024-03-01, through: 2024-03-31 }, winners: 1 winners, give: 500 points }
`

const page = `# Both

## Who is in a purse is not merged into somebody before leaving it

| when             | who | what                         | gives                          |
|------------------|-----|------------------------------|--------------------------------|
| 2024-03-01 12:00 | Ben | buys for 20.00 EUR, order 1  | …                              |
| 2024-03-02 12:00 | Ada | founds pool purse as home    | in pool home                   |
| 2024-03-03 12:00 | Ada | buys for 60.00 EUR, order 2  | …                              |
| 2024-03-04 12:00 | Ada | merges into Ben              | rejected: member-in-pool       |

| pool | points |
|------|--------|
| home | 30     |

## Who is erased leaves their part in the purse, and no order of theirs counts any more

| when             | who | what                         | gives                             |
|------------------|-----|------------------------------|-----------------------------------|
| 2024-03-02 12:00 | Ada | founds pool purse as home    | in pool home                      |
| 2024-03-02 12:01 | Ben | joins pool home              | in pool home                      |
| 2024-03-03 12:00 | Ada | buys for 100.00 EUR, order 1 | …                                 |
| 2024-03-03 12:01 | Ben | buys for 60.00 EUR, order 2  | …                                 |
| 2024-03-04 12:00 | Ben | is erased                    | 30 points forfeited, …            |

| pool | points |
|------|--------|
| home | 80     |

| when             | who | what                         | gives                             |
|------------------|-----|------------------------------|-----------------------------------|
| 2024-03-05 12:00 | Ben | buys for 60.00 EUR, order 3  | rejected: member-erased           |
| 2024-03-06 12:00 | Ben | refunds order 2              | rejected: member-erased           |

## All of an order is what is not back yet

| when             | who | what                                     | gives                |
|------------------|-----|------------------------------------------|----------------------|
| 2024-03-02 12:00 | Ada | buys 2 items for 20.00 EUR, order 1      | …                    |
| 2024-03-03 12:00 | Ada | refunds order 1 line 1 items 1 as f1     | -10 points           |
| 2024-03-04 12:00 | Ada | refunds order 1                          | -10 points, …        |
| 2024-03-05 12:00 | Ada | refund f1 fails                          | +10 points, …        |

## Who wins follows from the seed

| when             | who  | what                        | gives              |
|------------------|------|-----------------------------|--------------------|
| 2024-03-01 12:00 | Ada  | buys for 10.00 EUR, order 1 | …                  |
|                  | Ben  | buys for 10.00 EUR, order 2 | …                  |
|                  | Cleo | buys for 10.00 EUR, order 3 | …                  |
|                  | Dora | buys for 10.00 EUR, order 4 | …                  |
|                  | Emil | buys for 10.00 EUR, order 5 | …                  |
| 2024-04-01 12:00 |      | draws bicycle seed abc      | Dora: +500 points, Dora: wins bicycle |
`

const { program, findings } = compileProgram(document, { version: 1, hash: '' })
if (program === null) throw new Error(JSON.stringify(findings))
const { scenarios, mistakes } = readScenarios(page, program)

test('the page is read', () => expect(mistakes).toEqual([]))

test.each(scenarios.map((scenario, index) => ({ title: scenario.title, scenario, index })))(
  'alone and through a server: $title',
  async ({ scenario, index }) => {
    expect(await playScenario(program, scenario, openOfflineWorld(program))).toEqual([])
    const world = await openServerWorld(server, program, document, `both-${index}`)
    expect(await playScenario(program, scenario, world)).toEqual([])
  },
)
