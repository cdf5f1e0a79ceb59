import { compileProgram, readScenarios } from '@laurel/engine'
import { expect, test } from 'vitest'
import { openOfflineWorld } from '../../apps/cli/scenarios/offline-world.ts'
import { playScenario } from '../../apps/cli/scenarios/play-scenario.ts'

const document = (more = '') => `
laurel: 1
id: earned
name: { en: Earned }
zone: Europe/Berlin
currency: EUR
inForce: { from: 2024-01-01 }
late: { accept: P30D }
refunds: { accept: P60D, shortfall: waive }
leaving: { forfeitAfter: P30D }
unknownMembers: create
assets:
  points: { kind: spendable, pending: none, expires: never }
  stars: { kind: spendable, pending: none, expires: never }
earn:
  - { id: base, on: order.paid, give: 1 points, per: 1.00 EUR }
  - { id: welcome, on: member.joined, give: 200 points }
  - { id: treat, on: member.birthday, give: 1000 points }
tiers:
  - ladder: standing
    measure: { earned: points }
    window: lifetime
    rise: at-once
    fall: { to: never }
    levels:
      - { id: first, reach: 0 points, name: { en: First } }
      - { id: second, reach: 850 points, name: { en: Second } }
challenges:
  start: { goal: { orders: { atLeast: 1 times } }, window: lifetime, give: 500 points }
  rich: { goal: { earned: { atLeast: 300 points } }, window: lifetime, give: 300 points }
${more}
leaderboards:
  most: { measure: { earned: points }, window: { calendar: month }, ties: share, top: 3 members, ranks: [{ rank: 1, give: 5 stars }] }
`
const page = `# Earned

## What is awarded lifts on a ladder, and meets no goal

| when             | who | what                        | gives |
|--|--|--|--|
| 2024-03-01 12:00 | Ada | joins                       | +200 points |
|                  | Ada | buys for 150.00 EUR, order 1 | +650 points, challenge start, rises to second |
|                  | Ada | has a birthday              | +1000 points |
|                  | Ben | joins                       | +200 points |
|                  | Ben | buys for 149.00 EUR, order 2 | +649 points, challenge start |

| member | points | tier   | progress rich | rank most |
|--|--|--|--|--|
| Ada    | 1850   | second | 150 of 300    | 1         |
| Ben    | 849    | first  | 149 of 300    | 2         |

| when             | who | what                        | gives |
|--|--|--|--|
|                  | Ben | buys for 151.00 EUR, order 3 | +451 points, challenge rich, rises to second |

| member | points | progress rich | rank most |
|--|--|--|--|
| Ada    | 1850   | 150 of 300    | 2         |
| Ben    | 1300   | 300 of 300    | 1         |
`

test('TIER-2 GAME-1 what is awarded counts as earned on a ladder, and in no goal and on no leaderboard', async () => {
  const { program, findings } = compileProgram(document(), { version: 1, hash: '' })
  if (program === null) throw new Error(JSON.stringify(findings))
  const { scenarios, mistakes } = readScenarios(page, program)
  expect(mistakes).toEqual([])
  const [scenario] = scenarios
  if (scenario === undefined) throw new Error('the page has a story')
  expect(await playScenario(program, scenario, openOfflineWorld(program))).toEqual([])
})

test('GAME-1 a goal of what only awards give is never reached, and the checker says so', () => {
  const stars = '  starry: { goal: { earned: { atLeast: 1 stars } }, window: lifetime, give: 1 stars }'
  const { findings } = compileProgram(document(stars), { version: 1, hash: '' })
  const found = findings.filter(({ code }) => code === 'goal-never')
  expect(found.map(({ message }) => message)).toEqual([
    'No rule gives `stars` for orders or activities: nobody ever gets there',
  ])
})
