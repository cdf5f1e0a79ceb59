/**
 * Columns of values as PostgreSQL's binary arrays: a parameter for `unnest`. As text, an array of JSON documents would have
 * every quotation mark escaped here and parsed there, which costs more than the rows themselves. pg sends a Buffer in binary,
 * and the statement names the type: `$1::text[]`.
 *
 * Layout (array_recv): dimensions, has-nulls, element type, length, lower bound, then each element with its length in bytes;
 * big-endian, -1 for null.
 */

const typeIds = {
  bool: 16,
  int2: 21,
  int4: 23,
  int8: 20,
  text: 25,
  bytea: 17,
  uuid: 2950,
  timestamp: 1114,
  timestamptz: 1184,
} as const

const headerBytes = 20
/** PostgreSQL counts microseconds from 2000-01-01. */
const epochMs = Date.UTC(2000, 0, 1)
const two32 = 0x1_0000_0000

export const bools = (values: readonly (boolean | null)[]): Buffer => fixed(typeIds.bool, 1, values, writeBool)
export const int2s = (values: readonly (number | null)[]): Buffer => fixed(typeIds.int2, 2, values, writeInt16)
export const int4s = (values: readonly (number | null)[]): Buffer => fixed(typeIds.int4, 4, values, writeInt32)
export const int8s = (values: readonly (number | bigint | null)[]): Buffer => fixed(typeIds.int8, 8, values, writeInt64)
/** Epoch milliseconds as instants. */
export const instants = (values: readonly (number | null)[]): Buffer =>
  fixed(typeIds.timestamptz, 8, values, writeMoment)
/** Wall clocks (`LocalTime`) as timestamps without zone. */
export const walls = (values: readonly (number | null)[]): Buffer => fixed(typeIds.timestamp, 8, values, writeMoment)
/** From 32 hexadecimal digits each. */
export const uuids = (values: readonly string[]): Buffer => fixed(typeIds.uuid, 16, values, writeHex)

export function texts(values: readonly (string | null)[]): Buffer {
  if (values.length === 0) return emptyOf(typeIds.text)
  // A code unit never takes more than three bytes; what is reserved in vain is cut off again.
  let most = headerBytes
  for (const value of values) most += 4 + (value === null ? 0 : value.length * 3)
  const buffer = Buffer.allocUnsafe(most)
  writeHeader(buffer, typeIds.text, values.length)
  let at = headerBytes
  for (const value of values) {
    if (value === null) at = buffer.writeInt32BE(-1, at)
    else {
      const bytes = buffer.write(value, at + 4)
      buffer.writeInt32BE(bytes, at)
      at += 4 + bytes
    }
  }
  return buffer.subarray(0, at)
}

/** As `bytea`, from hexadecimal digits. */
export function hexes(values: readonly (string | null)[]): Buffer {
  if (values.length === 0) return emptyOf(typeIds.bytea)
  let size = headerBytes
  for (const value of values) size += 4 + (value?.length ?? 0) / 2
  const buffer = Buffer.allocUnsafe(size)
  writeHeader(buffer, typeIds.bytea, values.length)
  let at = headerBytes
  for (const value of values) {
    at = buffer.writeInt32BE(value === null ? -1 : value.length / 2, at)
    if (value !== null) at += buffer.write(value, at, 'hex')
  }
  return buffer
}

function fixed<Value>(
  typeId: number,
  width: number,
  values: readonly (Value | null)[],
  write: (buffer: Buffer, value: Value, at: number) => void,
): Buffer {
  if (values.length === 0) return emptyOf(typeId)
  const buffer = Buffer.allocUnsafe(headerBytes + values.length * (4 + width))
  writeHeader(buffer, typeId, values.length)
  let at = headerBytes
  for (const value of values) {
    if (value === null) at = buffer.writeInt32BE(-1, at)
    else {
      buffer.writeInt32BE(width, at)
      write(buffer, value, at + 4)
      at += 4 + width
    }
  }
  return buffer.subarray(0, at)
}

/** No dimension, so neither length nor lower bound. */
function emptyOf(typeId: number): Buffer {
  const buffer = Buffer.alloc(12)
  buffer.writeInt32BE(typeId, 8)
  return buffer
}

function writeHeader(buffer: Buffer, typeId: number, length: number): void {
  buffer.writeInt32BE(1, 0)
  buffer.writeInt32BE(1, 4)
  buffer.writeInt32BE(typeId, 8)
  buffer.writeInt32BE(length, 12)
  buffer.writeInt32BE(1, 16)
}

function writeBool(buffer: Buffer, value: boolean, at: number): void {
  buffer.writeUInt8(value ? 1 : 0, at)
}
function writeInt16(buffer: Buffer, value: number, at: number): void {
  buffer.writeInt16BE(value, at)
}
function writeInt32(buffer: Buffer, value: number, at: number): void {
  buffer.writeInt32BE(value, at)
}
/** In two halves: a BigInt for each amount would be garbage for each amount. */
function writeInt64(buffer: Buffer, value: number | bigint, at: number): void {
  if (typeof value === 'bigint') {
    buffer.writeBigInt64BE(value, at)
    return
  }
  if (!Number.isSafeInteger(value)) throw new RangeError(`${value} is no safe whole number`)
  const high = Math.floor(value / two32)
  buffer.writeInt32BE(high, at)
  buffer.writeUInt32BE(value - high * two32, at + 4)
}
/** In microseconds, exactly: stamps are of our days, but what staff let end in 2300 is a moment, too. */
export function writeMoment(buffer: Buffer, value: number, at: number): void {
  const micros = (value - epochMs) * 1000
  if (Number.isSafeInteger(micros)) writeInt64(buffer, micros, at)
  else buffer.writeBigInt64BE(BigInt(value - epochMs) * 1000n, at)
}
function writeHex(buffer: Buffer, value: string, at: number): void {
  buffer.write(value, at, 'hex')
}
