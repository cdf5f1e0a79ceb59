import { compileProgram, readScenarios } from '@laurel/engine'
import { expect, test } from 'vitest'
import { openOfflineWorld } from '../../apps/cli/scenarios/offline-world.ts'
import { playScenario } from '../../apps/cli/scenarios/play-scenario.ts'

/** A story is the same with a row in which nothing happens, and birthdays come whichever days have a row. */

const { program } = compileProgram(
  `
laurel: 1
id: days
name: { en: Days }
zone: Europe/Berlin
currency: EUR
inForce: { from: 2024-01-01 }
late: { accept: P30D }
refunds: { shortfall: waive }
assets: { points: { kind: spendable, pending: none, expires: never } }
earn:
  - { id: base, on: order.paid, give: 1 points, per: 1.00 EUR }
  - { id: treat, on: member.birthday, give: 100 points }
  - { id: years, on: member.anniversary, give: 10 points }
`,
  { version: 1, hash: '' },
)
if (program === null) throw new Error('the document is right')

const begins = [
  '| 2024-01-10 10:00 | Ada | joins | nothing |',
  '| 2024-01-10 10:01 | Ada | has birthday 02-29 | nothing |',
]
const story = (rows: readonly string[], points: number) =>
  ['# Days', '', '## Of many years', '', '| when | who | what | gives |', '|--|--|--|--|', ...begins, ...rows, '']
    .concat(['| member | points |', '|--|--|', `| Ada | ${points} |`, ''])
    .join('\n')

async function differences(rows: readonly string[], points: number) {
  if (program === null) throw new Error('the document is right')
  const { scenarios, mistakes } = readScenarios(story(rows, points), program)
  const [scenario] = scenarios
  if (scenario === undefined) throw new Error(JSON.stringify(mistakes))
  return await playScenario(program, scenario, openOfflineWorld(program))
}

test('EARN-7 TIME-3 a birthday comes on its day, with a row on that day or without, and in each of several years', async () => {
  const last = (gives: string) => `| 2024-12-01 10:00 | Ada | buys for 1.00 EUR, order 1 | ${gives} |`
  const idle = '| 2024-02-29 12:00 | | time passes | Ada: +100 points |'
  expect(await differences([last('+101 points')], 101)).toEqual([])
  expect(await differences([idle, last('+1 points')], 101)).toEqual([])
  const early = '| 2025-02-28 10:00 | Ada | time passes | +210 points |'
  const later = (gives: string) => `| 2027-03-01 10:00 | Ada | time passes | ${gives} |`
  expect(await differences([early, later('+220 points')], 430)).toEqual([])
  expect(await differences([later('+430 points')], 430)).toEqual([])
})
