import { Readable } from 'node:stream'
import { text } from 'node:stream/consumers'
import { Problem } from '@laurel/contract'
import { expect, test } from 'vitest'
import { answerLines, type Line } from './answer-lines.ts'

// What is kept is what the whole process keeps, so nobody else may be in it.
const echo = async ({ number, text }: Line) => (text instanceof Problem ? `${number}: ${text.message}` : `<${text}>`)

test('of a line without an end no more is kept than a line may have', async () => {
  let most = 0
  async function* endless() {
    for (let count = 0; count < 500; count++) {
      most = Math.max(most, process.memoryUsage().arrayBuffers)
      yield Buffer.alloc(1024 * 1024, 'x')
    }
    yield Buffer.from('\nb\n')
  }
  expect(await text(answerLines(Readable.from(endless()), echo))).toMatch(/^1: A line has more.*\n<b>\n$/)
  // Half of what came: what is let go is not collected at once.
  expect(most).toBeLessThan(250 * 1024 * 1024)
})
