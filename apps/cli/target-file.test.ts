import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
  writeSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { openTarget } from './target-file.ts'

const folder = mkdtempSync(path.join(tmpdir(), 'laurel-target-'))
afterAll(() => rmSync(folder, { recursive: true }))
const at = (name: string) => path.join(folder, name)

test('a file bears its name once it is whole, and the one before stays until then', () => {
  writeFileSync(at('books'), 'before')
  const target = openTarget('--to', at('books'))
  writeSync(target.descriptor, 'after')
  expect(readFileSync(at('books'), 'utf8')).toBe('before')
  target.keep()
  expect(readFileSync(at('books'), 'utf8')).toBe('after')
  const given = openTarget('--to', at('books'))
  writeSync(given.descriptor, 'half')
  given.drop()
  expect(readFileSync(at('books'), 'utf8')).toBe('after')
  expect(readdirSync(folder)).toEqual(['books'])
})

test('a link goes on pointing where it did', () => {
  writeFileSync(at('far'), 'before')
  symlinkSync(at('far'), at('link'))
  const target = openTarget('--to', at('link'))
  writeSync(target.descriptor, 'after')
  target.keep()
  expect(readFileSync(at('far'), 'utf8')).toBe('after')
})

test('a device is written to and stays one', () => {
  const before = statSync('/dev/null').mode
  const target = openTarget('--to', '/dev/null')
  writeSync(target.descriptor, 'away')
  target.keep()
  expect(statSync('/dev/null').mode).toBe(before)
})

test('what the command reads is not written, by whichever name', () => {
  writeFileSync(at('orders'), 'orders')
  symlinkSync(at('orders'), at('same'))
  for (const name of ['orders', 'same']) {
    expect(() => openTarget('--effects', at(name), [at('nothing'), at('orders')])).toThrow(/reads this file/)
  }
  expect(readFileSync(at('orders'), 'utf8')).toBe('orders')
})

test('a folder, and a place in none, are refused with nothing left behind', () => {
  mkdirSync(at('sub'))
  expect(() => openTarget('--to', at('sub'))).toThrow(/it is a folder/)
  expect(() => openTarget('--to', at('none/books'))).toThrow(/cannot be written/)
  expect(readdirSync(folder).filter((name) => name.includes('unfinished'))).toEqual([])
})
