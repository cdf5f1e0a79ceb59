import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import path from 'node:path'
import { text } from 'node:stream/consumers'
import { expect, test } from 'vitest'
import { heapOptions } from './node26.mjs'

const launcher = path.join(import.meta.dirname, 'node26.mjs')
/** Stays until it is asked to end, and says so; above it stand whoever is to be killed. */
const stays =
  "setInterval(() => {}, 1e6); process.on('SIGTERM', () => { console.log('ended'); process.exit() }); console.log('here')"
const staysDeaf = "setInterval(() => {}, 1e6); console.log('here')"

/** What is said until nobody is left who could say more: the output ends only when the last of them has let go of it. */
async function saidUntilGone(child: ChildProcess, begun: (child: ChildProcess) => void): Promise<string> {
  const { stdout } = child
  if (stdout === null) throw new Error('its output is read')
  stdout.once('readable', () => begun(child))
  const [said] = await Promise.all([text(stdout), once(child, 'exit')])
  return said
}

const kill = (child: ChildProcess) => child.kill('SIGKILL')
const piped = { stdio: ['ignore', 'pipe', 'inherit'] as ['ignore', 'pipe', 'inherit'] }

test('what the launcher started is asked to end when the launcher is killed', async () => {
  expect(await saidUntilGone(spawn(process.execPath, [launcher, '-e', stays], piped), kill)).toBe('here\nended\n')
})

test('what does not listen ends, too', async () => {
  expect(await saidUntilGone(spawn(process.execPath, [launcher, '-e', staysDeaf], piped), kill)).toBe('here\n')
})

test.each([
  ['itself', [process.execPath, launcher, '-e', stays]],
  // Two commands, so that no shell puts the last one in its own place.
  ['by a shell that stays', ['sh', '-c', `"${process.execPath}" "${launcher}" -e "${stays}"; exit`]],
])('what npm started %s is asked to end when npm is killed', async (_, [command, ...args]) => {
  const start = `require('node:child_process').spawn(${JSON.stringify(command)}, ${JSON.stringify(args)}, { stdio: 'inherit' })`
  const env = { ...process.env, npm_lifecycle_event: 'start' }
  const npm = spawn(process.execPath, ['-e', start], { ...piped, env })
  expect(await saidUntilGone(npm, kill)).toBe('here\nended\n')
})

test('a script that is done ends with its code, and nobody waits for the launcher', async () => {
  const child = spawn(process.execPath, [launcher, '-e', 'process.exitCode = 7'], piped)
  expect(await once(child, 'exit')).toEqual([7, null])
})

/** Garbage of which a little lives for a while, as requests make it; then how many megabytes the young generation has. */
const makesGarbage = `
  const kept = []
  for (let turn = 0; turn < 200; turn++) {
    kept.push(Array.from({ length: 40_000 }, (_, index) => ({ index })).slice(0, 2_000))
    if (kept.length > 50) kept.shift()
  }
  const spaces = require('node:v8').getHeapSpaceStatistics()
  console.log(spaces.find((space) => space.space_name === 'new_space').space_size / 2 ** 20)`

test('what is started with the options of the heap keeps its young generation small', async () => {
  const child = spawn(process.execPath, [launcher, ...heapOptions, '-e', makesGarbage], piped)
  const said = await saidUntilGone(child, () => undefined)
  expect(Number(said)).toBeGreaterThan(0)
  expect(Number(said)).toBeLessThanOrEqual(32)
})
