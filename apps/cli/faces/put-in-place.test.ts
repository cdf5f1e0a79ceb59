import { mkdirSync, readdirSync, utimesSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { makeTemporaryFolder } from '../../../test/process/temporary-folder.ts'
import { hashOfSources } from './hash-of-sources.ts'
import { putInPlace, unfinishedOf } from './put-in-place.ts'

const { path: folder, remove } = makeTemporaryFolder('faces')
afterAll(remove)

/** No process has it: the largest that any system gives is far below. */
const nobody = 2 ** 30

function built(parent: string, name: string, hoursAgo: number): void {
  const made = path.join(parent, name)
  mkdirSync(made, { recursive: true })
  const at = Date.now() / 1000 - hoursAgo * 3600
  utimesSync(made, at, at)
}

test('a build takes its place; of those before one is kept, and of unfinished ones those that somebody works at', () => {
  const dist = path.join(folder, 'dist')
  for (const [index, name] of ['oldest', 'older', 'old'].entries()) built(dist, name, 9 - index)
  const [ours, dead, running] = [
    unfinishedOf('new', process.pid),
    unfinishedOf('gone', nobody),
    unfinishedOf('elsewhere', process.ppid),
  ]
  for (const name of [ours, dead, running]) built(dist, name, 0)
  putInPlace(path.join(dist, ours), path.join(dist, 'new'))
  expect(readdirSync(dist).toSorted()).toEqual([running, 'new', 'old'].toSorted())
})

test('another byte in a source is another build; a test or a page of text is not', () => {
  const app = path.join(folder, 'sources/app/room')
  mkdirSync(app, { recursive: true })
  const write = (name: string, text: string) => writeFileSync(path.join(app, name), text)
  const hash = () => hashOfSources(path.join(folder, 'sources'), ['app', 'lock.json'])
  writeFileSync(path.join(folder, 'sources/lock.json'), '{}')
  write('room.tsx', 'one')
  const first = hash()
  expect(first).toMatch(/^[0-9a-f]{16}$/)
  write('room.test.ts', 'a test')
  write('README.md', 'a page')
  expect(hash()).toBe(first)
  write('room.tsx', 'two')
  const second = hash()
  write('style.css', '')
  const third = hash()
  writeFileSync(path.join(folder, 'sources/lock.json'), '{ }')
  const all = [first, second, third, hash()]
  expect(new Set(all).size).toBe(all.length)
  write('room.tsx', 'one')
  expect(all).not.toContain(hash())
})
