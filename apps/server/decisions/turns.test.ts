import { setImmediate as soon } from 'node:timers/promises'
import { expect, test } from 'vitest'
import { Turns } from './turns.ts'

const few = () => 1
const many = () => 1000

/** What has started, after everybody had the chance. */
async function started(turns: Record<string, Promise<void>>): Promise<string[]> {
  const names: string[] = []
  for (const [name, turn] of Object.entries(turns)) turn.then(() => names.push(name))
  await soon()
  return names
}

test('a lane that is alone starts at once, a second one with few tasks when the first has ended', async () => {
  const turns = new Turns()
  const first = turns.take(few)
  const second = turns.take(few)
  expect(await started({ first, second })).toEqual(['first'])
  turns.give()
  expect(await started({ first, second })).toEqual(['first', 'second'])
})

test('who waits goes before who has just ended', async () => {
  const turns = new Turns()
  await turns.take(few)
  const second = turns.take(few)
  turns.give()
  const again = turns.take(few)
  expect(await started({ second, again })).toEqual(['second'])
  turns.give()
  expect(await started({ again })).toEqual(['again'])
})

test('a lane with many tasks waits for nobody, nor does one that gets them while it waits', async () => {
  const turns = new Turns()
  await turns.take(few)
  expect(await started({ large: turns.take(many) })).toEqual(['large'])
  let tasks = 1
  const growing = turns.take(() => tasks)
  turns.look()
  expect(await started({ growing })).toEqual([])
  tasks = 1000
  turns.look()
  expect(await started({ growing })).toEqual(['growing'])
  for (let ended = 0; ended < 3; ended++) turns.give()
  expect(await started({ next: turns.take(few) })).toEqual(['next'])
})
