import { isUtf8 } from 'node:buffer'
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

/** A line of a stream; text, or why it is none. */
export interface Line {
  /** From 1 on, empty ones counted. */
  readonly number: number
  readonly text: string | Problem
}

interface Slot {
  answer: string | undefined
  readonly bytes: number
}

/**
 * Answers each line of a stream by a line, in order. Reading stops while too much is in flight or the client does not read its
 * answers: memory stays bounded however long the stream and each line of it is. `answer` never throws. Empty lines are left out.
 */
export function answerLines(lines: Readable, answer: (line: Line) => Promise<string>): Readable {
  return Readable.from(answersOf(lines, answer), { objectMode: false, highWaterMark: chunkCharactersMax })
}

async function* answersOf(lines: Readable, answer: (line: Line) => Promise<string>): AsyncGenerator<string> {
  const slots: Slot[] = []
  const changes = new Changes()
  let bytes = 0
  let ended = false
  let failure: unknown

  const read = async () => {
    for await (const line of linesOf(lines)) {
      const slot: Slot = { answer: undefined, bytes: line.text instanceof Problem ? 0 : line.text.length }
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
      failure = error
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

/** Split before it is decoded: no byte of a longer character of UTF-8 reads as a line's end, whatever stands around it. */
async function* linesOf(stream: Readable): AsyncGenerator<Line> {
  let number = 1
  let pieces: Uint8Array[] = []
  let bytes = 0
  const take = (piece: Uint8Array) => {
    bytes += piece.length
    if (bytes <= lineBytesMax) pieces.push(piece)
    // Too long: what there is of it is let go, and what still comes is only counted.
    else pieces = []
  }
  const finish = (): Line | undefined => {
    const text = bytes > lineBytesMax ? tooLarge() : textOf(pieces)
    const line = { number, text }
    number += 1
    pieces = []
    bytes = 0
    return text === '' ? undefined : line
  }
  for await (const chunk of stream as AsyncIterable<Uint8Array>) {
    let start = 0
    for (let end = chunk.indexOf(lineEnd); end !== -1; end = chunk.indexOf(lineEnd, start)) {
      take(chunk.subarray(start, end))
      start = end + 1
      const line = finish()
      if (line !== undefined) yield line
    }
    if (start < chunk.length) take(chunk.subarray(start))
  }
  const last = finish()
  if (last !== undefined) yield last
}

const lineEnd = 0x0a

/** Empty where nothing but space is in it. */
function textOf(pieces: readonly Uint8Array[]): string | Problem {
  const bytes = Buffer.concat(pieces)
  if (!isUtf8(bytes)) return new Problem('malformed-body', { detail: 'It is not UTF-8.' })
  const text = bytes.toString('utf8')
  return text.trim() === '' ? '' : text
}

const tooLarge = () => new Problem('body-too-large', { detail: `A line has more than ${lineBytesMax} bytes.` })
