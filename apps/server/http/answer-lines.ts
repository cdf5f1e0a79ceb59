import { Readable } from 'node:stream'
import { Problem } from '@laurel/contract'

/** An order of 500 lines with all its fields is some 100 kB. */
const lineBytesMax = 256 * 1024
/**
 * Enough for the recorder to fill two batches. More would cost more than it saves: what is parsed and waits outlives the young
 * generation of the heap, and what is in flight is lost to the client when we end.
 */
const linesInFlightMax = 256
const bytesInFlightMax = 8 * 1024 * 1024
/** Answers that are ready together leave together. */
const chunkCharactersMax = 64 * 1024

interface Slot {
  answer: string | undefined
  readonly bytes: number
}

/**
 * Answers each line of a stream by a line, in order. Reading stops while too much is in flight or the client does not read its
 * answers: memory stays bounded however long the stream is. `answer` never throws; a line that is too long ends the stream
 * with the line `tooLong`.
 */
export function answerLines(
  lines: Readable,
  answer: (line: string) => Promise<string>,
  tooLong: (problem: Problem) => string,
): Readable {
  return Readable.from(answersOf(lines, answer, tooLong), { objectMode: false, highWaterMark: chunkCharactersMax })
}

async function* answersOf(
  lines: Readable,
  answer: (line: string) => Promise<string>,
  tooLong: (problem: Problem) => string,
): AsyncGenerator<string> {
  const slots: Slot[] = []
  const changes = new Changes()
  let bytes = 0
  let ended = false
  let failure: unknown

  const read = async () => {
    for await (const line of linesOf(lines)) {
      const slot: Slot = { answer: undefined, bytes: line.length }
      slots.push(slot)
      bytes += slot.bytes
      answer(line).then((text) => {
        slot.answer = text
        changes.tell()
      })
      while (slots.length >= linesInFlightMax || bytes >= bytesInFlightMax) await changes.next()
    }
  }
  const reading = read()
    .catch((error) => {
      if (error instanceof Problem) slots.push({ answer: tooLong(error), bytes: 0 })
      else failure = error
    })
    .finally(() => {
      ended = true
      changes.tell()
    })

  try {
    while (!ended || slots.length > 0) {
      let chunk = ''
      for (let first = slots[0]; first?.answer !== undefined; first = slots[0]) {
        chunk += `${first.answer}\n`
        bytes -= first.bytes
        slots.shift()
        if (chunk.length >= chunkCharactersMax) break
      }
      if (chunk !== '') {
        changes.tell()
        yield chunk
      } else if (!ended || slots.length > 0) await changes.next()
    }
    if (failure !== undefined) throw failure
  } finally {
    lines.destroy()
    await reading
  }
}

/** Wakes whoever waits for something to have changed; a change between two waits is not lost. */
class Changes {
  #wake: (() => void)[] = []

  tell(): void {
    const waiting = this.#wake
    this.#wake = []
    for (const wake of waiting) wake()
  }

  next(): Promise<void> {
    return new Promise((resolve) => this.#wake.push(resolve))
  }
}

/** The lines of a stream of UTF-8, without their ends; empty ones are left out. */
async function* linesOf(stream: Readable): AsyncGenerator<string> {
  const decoder = new TextDecoder('utf-8', { fatal: true })
  let rest = ''
  for await (const chunk of stream) {
    rest += decode(decoder, chunk)
    let start = 0
    for (let end = rest.indexOf('\n', start); end !== -1; end = rest.indexOf('\n', start)) {
      const line = rest.slice(start, end)
      start = end + 1
      if (line.length > lineBytesMax) throw tooLarge()
      if (line.trim() !== '') yield line
    }
    rest = rest.slice(start)
    if (rest.length > lineBytesMax) throw tooLarge()
  }
  if (rest.trim() !== '') yield rest
}

function decode(decoder: TextDecoder, chunk: Uint8Array): string {
  try {
    return decoder.decode(chunk, { stream: true })
  } catch (cause) {
    throw new Problem('malformed-body', { detail: 'It is not UTF-8.', cause })
  }
}

const tooLarge = () => new Problem('body-too-large', { detail: `A line has more than ${lineBytesMax} characters.` })
