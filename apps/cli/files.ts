import { isUtf8 } from 'node:buffer'
import { createReadStream, readFileSync, statSync } from 'node:fs'
import type { Readable } from 'node:stream'
import { createGunzip } from 'node:zlib'
import { CommandFailure, exitCodes } from './exit.ts'

/** A small text file that a command was given. */
export function readText(file: string): string {
  const bytes = bytesOf(file)
  if (isUtf8(bytes)) return bytes.toString('utf8')
  throw new CommandFailure(exitCodes.usage, notUtf8, {
    place: `${file}, line ${lineNotUtf8(bytes)}`,
    remedy: 'save it as UTF-8',
  })
}

/** Read all the same, names that differ only there would become one. */
export const notUtf8 = 'has bytes that are not UTF-8'

/** By name: what a pipe gave. It gives that once, and a command may ask for it again. */
const piped = new Map<string, Buffer>()

function bytesOf(file: string): Buffer {
  const known = piped.get(file)
  if (known !== undefined) return known
  try {
    const bytes = readFileSync(file)
    if (!statSync(file).isFile()) piped.set(file, bytes)
    return bytes
  } catch (error) {
    throw unreadable(error, file)
  }
}

/** No byte of a longer character of UTF-8 reads as a line's end, whatever stands around it. */
function lineNotUtf8(bytes: Buffer): number {
  let [line, start] = [1, 0]
  for (let end = bytes.indexOf(lineEnd); end !== -1; end = bytes.indexOf(lineEnd, start)) {
    if (!isUtf8(bytes.subarray(start, end))) break
    line++
    start = end + 1
  }
  return line
}

const lineEnd = 0x0a

/** Bytes of a file, unpacked where its name says gzip. `onBytes` hears how many were read of the file as it lies there. */
export function openFile(file: string, onBytes: (bytes: number) => void = () => {}): Readable {
  const bytes = createReadStream(file, { highWaterMark: 1 << 18 })
  bytes.on('data', (chunk) => onBytes(chunk.length))
  if (!file.endsWith('.gz')) return bytes
  const unpacked = createGunzip()
  bytes.on('error', (error) => unpacked.destroy(error))
  unpacked.on('close', () => bytes.destroy())
  return bytes.pipe(unpacked)
}

/** Lines of a file, one at a time; nothing but the current line is held. Null: its bytes are not UTF-8. */
export async function* readFileLines(file: string): AsyncGenerator<string | null> {
  let pieces: Buffer[] = []
  const take = (piece: Buffer): string | null => {
    const line = pieces.length === 0 ? piece : Buffer.concat([...pieces, piece])
    pieces = []
    if (!isUtf8(line)) return null
    return line.toString('utf8', 0, line.at(-1) === carriageReturn ? line.length - 1 : line.length)
  }
  try {
    for await (const chunk of openFile(file) as AsyncIterable<Buffer>) {
      let start = 0
      for (let end = chunk.indexOf(lineEnd); end !== -1; end = chunk.indexOf(lineEnd, start)) {
        yield take(chunk.subarray(start, end))
        start = end + 1
      }
      if (start < chunk.length) pieces.push(chunk.subarray(start))
    }
    if (pieces.length > 0) yield take(Buffer.alloc(0))
  } catch (error) {
    throw unreadable(error, file)
  }
}

const carriageReturn = 0x0d

export async function* linesOf(text: AsyncIterable<string>): AsyncGenerator<string> {
  let rest = ''
  for await (const chunk of text) {
    const lines = (rest + chunk).split('\n')
    rest = lines.pop() ?? ''
    for (const line of lines) yield line.endsWith('\r') ? line.slice(0, -1) : line
  }
  if (rest !== '') yield rest
}

/** The failure of reading a file in words for whoever named it; what is no such failure stays as it is. */
export function unreadable(error: unknown, file: string): unknown {
  if (!(error instanceof Error) || error instanceof CommandFailure) return error
  const code = 'code' in error ? String(error.code) : ''
  if (code.startsWith('Z_')) {
    return new CommandFailure(exitCodes.usage, `not gzip: ${error.message}`, { place: file, remedy: 'check the file' })
  }
  const why: Record<string, string> = {
    ENOENT: 'there is no such file',
    EACCES: 'it may not be read',
    EISDIR: 'it is a folder',
    ELOOP: 'its links lead back to themselves',
    ENOTDIR: 'what stands before it in the path is no folder',
    ENAMETOOLONG: 'its name is too long',
  }
  if (why[code] === undefined) return error
  return new CommandFailure(exitCodes.usage, why[code], { place: file, remedy: 'check the path' })
}
