import { writeMoment } from './binary-array.ts'

/**
 * Rows for `COPY … FROM STDIN BINARY`: the cheapest way into a table, about a third below an INSERT from arrays. One writer
 * serves one table at a time and is used again; its buffer grows to the largest batch and stays.
 *
 * Layout: signature, flags, header extension; for each row the number of columns, for each column its length in bytes and
 * the bytes; big-endian, -1 for null; -1 at the end.
 */
export class CopyRows {
  #buffer = Buffer.allocUnsafe(64 * 1024)
  #at = 0
  #rows = 0
  readonly #columns: number

  constructor(columns: number) {
    this.#columns = columns
    this.#begin()
  }

  get rows(): number {
    return this.#rows
  }

  row(): void {
    this.#reserve(2)
    this.#at = this.#buffer.writeInt16BE(this.#columns, this.#at)
    this.#rows += 1
  }

  int2(value: number): void {
    this.#reserve(6)
    this.#at = this.#buffer.writeInt32BE(2, this.#at)
    this.#at = this.#buffer.writeInt16BE(value, this.#at)
  }

  int4(value: number | null): void {
    this.#reserve(8)
    if (value === null) {
      this.#null()
      return
    }
    this.#at = this.#buffer.writeInt32BE(4, this.#at)
    this.#at = this.#buffer.writeInt32BE(value, this.#at)
  }

  int8(value: number): void {
    this.#reserve(12)
    this.#at = this.#buffer.writeInt32BE(8, this.#at)
    this.#int64(value)
  }

  /** Epoch milliseconds for a timestamptz, a `LocalTime` for a timestamp. */
  moment(ms: number | null): void {
    this.#reserve(12)
    if (ms === null) {
      this.#null()
      return
    }
    this.#at = this.#buffer.writeInt32BE(8, this.#at)
    writeMoment(this.#buffer, ms, this.#at)
    this.#at += 8
  }

  text(value: string | null): void {
    if (value === null) {
      this.#reserve(4)
      this.#null()
      return
    }
    // A code unit never takes more than three bytes.
    this.#reserve(4 + value.length * 3)
    const bytes = this.#buffer.write(value, this.#at + 4)
    this.#buffer.writeInt32BE(bytes, this.#at)
    this.#at += 4 + bytes
  }

  bytes(value: Uint8Array): void {
    this.#reserve(4 + value.length)
    this.#at = this.#buffer.writeInt32BE(value.length, this.#at)
    this.#buffer.set(value, this.#at)
    this.#at += value.length
  }

  /** The bytes that hexadecimal digits stand for. */
  hex(value: string | null): void {
    this.#reserve(4 + (value?.length ?? 0))
    if (value === null) {
      this.#null()
      return
    }
    const bytes = this.#buffer.write(value, this.#at + 4, 'hex')
    this.#buffer.writeInt32BE(bytes, this.#at)
    this.#at += 4 + bytes
  }

  /** What was written; the writer is empty again. The bytes are good until the next row: send them and wait for the answer. */
  take(): Buffer {
    this.#reserve(2)
    this.#at = this.#buffer.writeInt16BE(-1, this.#at)
    const taken = this.#buffer.subarray(0, this.#at)
    this.#begin()
    return taken
  }

  #begin(): void {
    this.#at = header.copy(this.#buffer, 0)
    this.#rows = 0
  }

  #null(): void {
    this.#at = this.#buffer.writeInt32BE(-1, this.#at)
  }

  /** In two halves: a BigInt for each amount would be garbage for each amount. */
  #int64(value: number): void {
    if (!Number.isSafeInteger(value)) throw new RangeError(`${value} is no safe whole number`)
    const high = Math.floor(value / two32)
    this.#at = this.#buffer.writeInt32BE(high, this.#at)
    this.#at = this.#buffer.writeUInt32BE(value - high * two32, this.#at)
  }

  #reserve(bytes: number): void {
    if (this.#at + bytes <= this.#buffer.length) return
    const larger = Buffer.allocUnsafe(Math.max(this.#buffer.length * 2, this.#at + bytes))
    this.#buffer.copy(larger, 0, 0, this.#at)
    this.#buffer = larger
  }
}

const header = Buffer.from('PGCOPY\n\xff\r\n\0\0\0\0\0\0\0\0\0', 'latin1')
const two32 = 0x1_0000_0000
