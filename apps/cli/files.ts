import { createReadStream, readFileSync } from 'node:fs'
import type { Readable } from 'node:stream'
import { createGunzip } from 'node:zlib'
import { CommandFailure, exitCodes } from './exit.ts'

/** A small text file that a command was given. */
export function readText(file: string): string {
  try {
    return readFileSync(file, 'utf8')
  } catch (error) {
    throw unreadable(error, file)
  }
}

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

/** Lines of a file, one at a time; nothing but the current line is held. */
export async function* readFileLines(file: string): AsyncGenerator<string> {
  try {
    yield* linesOf(openFile(file).setEncoding('utf8'))
  } catch (error) {
    throw unreadable(error, file)
  }
}

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
  }
  if (why[code] === undefined) return error
  return new CommandFailure(exitCodes.usage, why[code], { place: file, remedy: 'check the path' })
}
