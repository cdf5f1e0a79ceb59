import { hash } from 'node:crypto'
import { closeSync, openSync, readFileSync, writeSync } from 'node:fs'
import path from 'node:path'

/**
 * A history in so many files, each member whole in one of them: a worker holds one at a time. Of 250 MB of events that is one MB,
 * and no system minds so many open files.
 */
export const PARTS = 256

const partFile = (folder: string, part: number): string => path.join(folder, `part-${part}.ndjson`)

/** Characters gathered for one file before they are written: few writes, and never much in memory. */
const pendingMax = 1 << 13

/** Divides lines by member as they come; nothing but what is pending is held. */
export class PartWriter {
  readonly #descriptors: number[]
  readonly #pending: string[]

  constructor(folder: string, fileOf: (folder: string, part: number) => string = partFile) {
    this.#descriptors = Array.from({ length: PARTS }, (_, part) => openSync(fileOf(folder, part), 'w'))
    this.#pending = Array.from({ length: PARTS }, () => '')
  }

  add(member: string, line: string): void {
    const part = Number.parseInt(hash('sha256', member, 'hex').slice(0, 8), 16) % PARTS
    const pending = `${this.#pending[part] ?? ''}${line}\n`
    this.#pending[part] = pending
    if (pending.length >= pendingMax) this.#flush(part)
  }

  close(): void {
    for (let part = 0; part < PARTS; part++) this.#flush(part)
    for (const descriptor of this.#descriptors) closeSync(descriptor)
  }

  #flush(part: number): void {
    const descriptor = this.#descriptors[part]
    if (descriptor !== undefined) writeSync(descriptor, this.#pending[part] ?? '')
    this.#pending[part] = ''
  }
}

export const partFiles = (folder: string): string[] =>
  Array.from({ length: PARTS }, (_, part) => partFile(folder, part))

/** Lines of a file of one part. */
export const linesIn = (file: string): string[] =>
  readFileSync(file, 'utf8')
    .split('\n')
    .filter((line) => line !== '')
