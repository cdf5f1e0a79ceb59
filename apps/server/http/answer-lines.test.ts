import { Readable } from 'node:stream'
import { text } from 'node:stream/consumers'
import { Problem } from '@laurel/contract'
import { expect, test } from 'vitest'
import { answerLines, type Line } from './answer-lines.ts'

const echo = async ({ number, text }: Line) => (text instanceof Problem ? `${number}: ${text.message}` : `<${text}>`)

test('answers each line in order, whichever is ready first', async () => {
  const releases = new Map<string, () => void>()
  const waiting = ({ text }: Line) =>
    new Promise<string>((resolve) => {
      releases.set(String(text), () => resolve(`<${text}>`))
      // The last line to come lets all go, latest first.
      if (text === 'c') for (const name of ['c', 'b', 'a']) releases.get(name)?.()
    })
  expect(await text(answerLines(Readable.from([Buffer.from('a\nb\n\nc')]), waiting))).toBe('<a>\n<b>\n<c>\n')
})

test('reads lines and characters that are cut by chunks', async () => {
  const bytes = Buffer.from('größe\r\nzwei\n')
  const chunks = Array.from(bytes, (_, index) => bytes.subarray(index, index + 1))
  expect(await text(answerLines(Readable.from(chunks), echo))).toBe('<größe\r>\n<zwei>\n')
})

test('answers while the stream is open', async () => {
  const stream = new Readable({ read: () => undefined })
  const answers = answerLines(stream, echo)[Symbol.asyncIterator]()
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
  const answers = answerLines(endless, never)
  answers.read()
  // Everything that can happen without an answer has happened once the event loop comes round with nothing left to do.
  for (let turn = 0; turn < 5000; turn++) await new Promise((resolve) => setImmediate(resolve))
  expect(asked).toBe(256)
  endless.destroy()
})

const around = (bad: Buffer) => Buffer.concat([Buffer.from('a\n\n'), bad, Buffer.from('\nb')])
/** As one chunk, as chunks that are no longer than a byte or a packet. */
const cut = (bytes: Buffer, size: number) =>
  Readable.from(
    Array.from({ length: Math.ceil(bytes.length / size) }, (_, at) => bytes.subarray(at * size, at * size + size)),
  )

test.each([
  ['a byte alone', Buffer.from([0xff])],
  ['a byte within a text', Buffer.from([0x22, 0xc3, 0x22])],
  ['half a character at the end', Buffer.from([0x61, 0xe2, 0x82])],
])('what is no UTF-8 is answered by itself, with its place: %s', async (_, bad) => {
  for (const size of [1, 3, 1000]) {
    expect(await text(answerLines(cut(around(bad), size), echo))).toBe('<a>\n3: It is not UTF-8.\n<b>\n')
  }
})

test('a line that is too long is answered by itself, and those around it as ever', async () => {
  for (const [bytes, size] of [
    [300_000, 65_536],
    [262_145, 1_000],
    [3_000_000, 5_000_000],
  ] as const) {
    expect(await text(answerLines(cut(around(Buffer.alloc(bytes, 'x')), size), echo))).toBe(
      '<a>\n3: A line has more than 262144 bytes.\n<b>\n',
    )
  }
  const longest = 'x'.repeat(262_144)
  expect(await text(answerLines(cut(around(Buffer.from(longest)), 65_536), echo))).toBe(`<a>\n<${longest}>\n<b>\n`)
})
