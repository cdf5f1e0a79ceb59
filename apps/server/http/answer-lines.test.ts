import { Readable } from 'node:stream'
import { text } from 'node:stream/consumers'
import { expect, test } from 'vitest'
import { answerLines } from './answer-lines.ts'

const tooLong = (problem: Error) => `too long: ${problem.message}`
const echo = async (line: string) => `<${line}>`

test('answers each line in order, whichever is ready first', async () => {
  const releases = new Map<string, () => void>()
  const waiting = (line: string) =>
    new Promise<string>((resolve) => {
      releases.set(line, () => resolve(`<${line}>`))
      // The last line to come lets all go, latest first.
      if (line === 'c') for (const name of ['c', 'b', 'a']) releases.get(name)?.()
    })
  expect(await text(answerLines(Readable.from([Buffer.from('a\nb\n\nc')]), waiting, tooLong))).toBe('<a>\n<b>\n<c>\n')
})

test('reads lines and characters that are cut by chunks', async () => {
  const bytes = Buffer.from('größe\r\nzwei\n')
  const chunks = Array.from(bytes, (_, index) => bytes.subarray(index, index + 1))
  expect(await text(answerLines(Readable.from(chunks), echo, tooLong))).toBe('<größe\r>\n<zwei>\n')
})

test('answers while the stream is open', async () => {
  const stream = new Readable({ read: () => undefined })
  const answers = answerLines(stream, echo, tooLong)[Symbol.asyncIterator]()
  stream.push('one\n')
  expect(String((await answers.next()).value)).toBe('<one>\n')
  stream.push('two\n')
  expect(String((await answers.next()).value)).toBe('<two>\n')
  stream.push(null)
  expect((await answers.next()).done).toBe(true)
})

test('stops reading while a thousand lines wait for their answers', async () => {
  let asked = 0
  const never = () => {
    asked += 1
    return new Promise<string>(() => undefined)
  }
  let sent = 0
  const endless = new Readable({
    read() {
      sent += 1
      this.push(`${sent}\n`)
    },
  })
  const answers = answerLines(endless, never, tooLong)
  answers.read()
  // Everything that can happen without an answer has happened once the event loop comes round with nothing left to do.
  for (let turn = 0; turn < 5000; turn++) await new Promise((resolve) => setImmediate(resolve))
  expect(asked).toBe(256)
  endless.destroy()
})

test('a line that is too long ends the stream, after the answers to those before', async () => {
  const lines = Readable.from([Buffer.from('a\n'), Buffer.from('x'.repeat(300_000)), Buffer.from('\nb\n')])
  expect(await text(answerLines(lines, echo, tooLong))).toMatch(
    /^<a>\ntoo long: A line has more than 262144 characters\.\n$/,
  )
})

test('what is no UTF-8 ends the stream', async () => {
  const lines = Readable.from([Buffer.from('a\n'), Buffer.from([0xff, 0x0a])])
  expect(await text(answerLines(lines, echo, tooLong))).toBe('<a>\ntoo long: It is not UTF-8.\n')
})
