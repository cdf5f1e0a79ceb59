import { readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { makeTemporaryFolder } from '../../../test/process/temporary-folder.ts'
import { LinesFile } from './lines-file.ts'

let folder: ReturnType<typeof makeTemporaryFolder>
beforeEach(() => {
  folder = makeTemporaryFolder('lines')
})
afterEach(() => folder.remove())
const place = () => path.join(folder.path, 'deep', 'lines.ndjson')
const text = () => readFileSync(place(), 'utf8')

const missing =
  (...wanted: string[]) =>
  (known: readonly string[]) =>
    wanted.filter((line) => !known.includes(line))

describe('a file of lines', () => {
  test('is made with the first line, and each line comes once, however many ask at one time', async () => {
    const file = new LinesFile(place())
    expect(await file.read()).toEqual([])
    const added = await Promise.all([file.append(missing('{"a":1}')), file.append(missing('{"a":1}', '{"a":2}'))])
    expect(added).toEqual([1, 1])
    expect(text()).toBe('{"a":1}\n{"a":2}\n')
    expect(await new LinesFile(place()).append(missing('{"a":2}'))).toBe(0)
  })

  test.each([...'{"b":"ü"}'].slice(0, -1).map((_, index, all) => [all.slice(0, index + 1).join('')]))(
    'a crash after %s of a line: it is written again, once and whole',
    async (torn) => {
      const file = new LinesFile(place())
      await file.append(missing('{"a":1}'))
      writeFileSync(place(), `{"a":1}\n${torn}`)
      expect(await new LinesFile(place()).read()).toEqual(['{"a":1}'])
      expect(await new LinesFile(place()).append(missing('{"a":1}', '{"b":"ü"}'))).toBe(1)
      expect(text()).toBe('{"a":1}\n{"b":"ü"}\n')
    },
  )

  test('a last line without its end, as an editor leaves it, is a line', async () => {
    const file = new LinesFile(place())
    await file.append(missing('{"a":1}'))
    writeFileSync(place(), '{"a":1}\n{"a":2}')
    expect(await file.read()).toEqual(['{"a":1}', '{"a":2}'])
    expect(await file.append(missing('{"a":2}', '{"a":3}'))).toBe(1)
    expect(text()).toBe('{"a":1}\n{"a":2}\n{"a":3}\n')
  })

  test('bytes that are no text are kept as they are, and what comes after is whole', async () => {
    const file = new LinesFile(place())
    await file.append(missing('{"a":1}'))
    const odd = Buffer.from([0x7b, 0xff, 0xfe, 0x7d, 0x0a])
    writeFileSync(place(), Buffer.concat([odd, Buffer.from('{"a"')]))
    expect(await file.append(missing('{"a":2}'))).toBe(1)
    expect(readFileSync(place())).toEqual(Buffer.concat([odd, Buffer.from('{"a":2}\n')]))
  })
})
