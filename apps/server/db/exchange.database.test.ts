import type { PoolClient } from 'pg'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { freshDatabase } from '../../../test/database/fresh-database.ts'
import { bools, hexes, instants, int2s, int4s, int8s, texts, uuids, walls } from './binary-array.ts'
import { CopyRows } from './copy-rows.ts'
import { copyStep, exchange, isSpoilt, step } from './exchange.ts'

const database = await freshDatabase()
let client: PoolClient

beforeAll(async () => {
  await database.migrator.query(`CREATE TABLE thing (
    small smallint, whole integer, large bigint, words text, bytes bytea, at timestamptz, wall timestamp, key uuid PRIMARY KEY)`)
  client = await database.migrator.connect()
})
afterAll(() => {
  client.release()
})

const one = { name: 'one', text: 'SELECT 1' }
const key = (n: number) => n.toString(16).padStart(2, '0').repeat(16)
const at = Date.UTC(2026, 2, 14, 9, 26, 53, 589)
const old = Date.UTC(1950, 0, 1)

test('values of every kind arrive as they were sent, in arrays', async () => {
  const statement = {
    name: 'arrays',
    text: `SELECT * FROM unnest($1::smallint[], $2::int[], $3::bigint[], $4::text[], $5::bytea[], $6::timestamptz[],
                                $7::timestamp[], $8::uuid[], $9::bool[], $10::bigint[])`,
  }
  const [found] = await exchange(client, [
    step(
      statement,
      int2s([1, -2, null]),
      int4s([1, -2_000_000_000, null]),
      int8s([Number.MAX_SAFE_INTEGER, -Number.MAX_SAFE_INTEGER, null]),
      texts(['', '{"a":"ü\\n€😀"}', null]),
      hexes(['', '00ff', null]),
      instants([at, old, null]),
      walls([at, old, null]),
      uuids([key(0), key(17), key(255)]),
      bools([true, false, null]),
      int8s([2n ** 63n - 1n, -(2n ** 63n), 2n ** 53n]),
    ),
  ])
  expect(found?.rows).toEqual([
    [
      '1',
      '1',
      '9007199254740991',
      '',
      '\\x',
      '2026-03-14 09:26:53.589+00',
      '2026-03-14 09:26:53.589',
      '00000000-0000-0000-0000-000000000000',
      't',
      '9223372036854775807',
    ],
    [
      '-2',
      '-2000000000',
      '-9007199254740991',
      '{"a":"ü\\n€😀"}',
      '\\x00ff',
      '1950-01-01 00:00:00+00',
      '1950-01-01 00:00:00',
      '11111111-1111-1111-1111-111111111111',
      'f',
      '-9223372036854775808',
    ],
    [null, null, null, null, null, null, null, 'ffffffff-ffff-ffff-ffff-ffffffffffff', null, '9007199254740992'],
  ])
})

test('moments arrive exactly, however far they are', async () => {
  const far = [Date.UTC(2285, 5, 4), Date.UTC(2300, 0, 1, 0, 0, 0, 1), Date.UTC(9999, 11, 31)]
  const statement = { name: 'far', text: 'SELECT * FROM unnest($1::timestamptz[], $2::timestamp[])' }
  const [found] = await exchange(client, [step(statement, instants(far), walls(far))])
  const told = far.map((ms) =>
    new Date(ms)
      .toISOString()
      .replace('T', ' ')
      .replace(/(?:\.000)?Z$/, ''),
  )
  expect(found?.rows).toEqual(told.map((text) => [`${text}+00`, text]))
  const rows = new CopyRows(1)
  for (const ms of far) rows.moment(ms)
  expect(rows.take().length).toBeGreaterThan(far.length * 12)
})

test('empty arrays are empty', async () => {
  const [found] = await exchange(client, [
    step({ name: 'empty', text: 'SELECT cardinality($1::text[]), cardinality($2::int[])' }, texts([]), int4s([])),
  ])
  expect(found?.rows).toEqual([['0', '0']])
})

test('rows are copied, more than fit into the first buffer, between other statements', async () => {
  const rows = new CopyRows(8)
  const long = 'ü'.repeat(40_000)
  for (let n = 1; n <= 5; n++) {
    rows.row()
    rows.int2(n)
    rows.int4(n === 1 ? null : -n)
    rows.int8(-n * 2 ** 40)
    rows.text(n === 1 ? null : n === 2 ? '' : long)
    rows.hex(n === 1 ? null : key(n))
    rows.moment(n === 1 ? null : at)
    rows.moment(n === 1 ? null : old)
    rows.bytes(Buffer.alloc(16, n))
  }
  expect(rows.rows).toBe(5)
  const copy = { name: 'copy', text: 'COPY thing FROM STDIN BINARY' }
  const outcomes = await exchange(client, [step(one), copyStep(copy, rows.take()), step(one)])
  expect(outcomes.map(({ count }) => count)).toEqual([1, 5, 1])
  expect(rows.rows).toBe(0)
  const { rows: found } = await database.migrator.query(
    "SELECT small, whole, large, length(words) AS long, encode(bytes, 'hex') AS bytes, wall, at FROM thing ORDER BY small",
  )
  expect(found[0]).toEqual({ small: 1, whole: null, large: -(2 ** 40), long: null, bytes: null, wall: null, at: null })
  expect(found[4]).toEqual({
    small: 5,
    whole: -5,
    large: -5 * 2 ** 40,
    long: 40_000,
    bytes: key(5),
    wall: '1950-01-01 00:00:00',
    at: '2026-03-14T09:26:53.589Z',
  })
})

test('a statement that fails ends the exchange, writes nothing, and leaves the connection of use', async () => {
  const rows = new CopyRows(8)
  rows.row()
  for (const write of [
    () => rows.int2(9),
    () => rows.int4(1),
    () => rows.int8(1),
    () => rows.text(null),
    () => rows.hex(null),
  ])
    write()
  rows.moment(null)
  rows.moment(null)
  rows.hex(key(9))
  const copy = { name: 'copy', text: 'COPY thing FROM STDIN BINARY' }
  const bad = { name: 'bad', text: 'SELECT 1 / $1::int' }
  await expect(exchange(client, [copyStep(copy, rows.take()), step(bad, '0'), step(one)])).rejects.toMatchObject({
    code: '22012',
  })
  expect(isSpoilt(client)).toBe(true)
  expect((await exchange(client, [step(one)]))[0]?.rows).toEqual([['1']])
  const { rows: found } = await database.migrator.query('SELECT 1 FROM thing WHERE small = 9')
  expect(found).toEqual([])
})

test('a copy that fails is skipped with what follows it', async () => {
  const rows = new CopyRows(8)
  for (let n = 0; n < 2; n++) {
    rows.row()
    rows.int2(10)
    rows.int4(1)
    rows.int8(1)
    rows.text('twice')
    rows.hex(null)
    rows.moment(null)
    rows.moment(null)
    rows.hex(key(10))
  }
  const copy = { name: 'copy', text: 'COPY thing FROM STDIN BINARY' }
  await expect(exchange(client, [copyStep(copy, rows.take()), step(one)])).rejects.toMatchObject({ code: '23505' })
  expect((await exchange(client, [step(one)]))[0]?.rows).toEqual([['1']])
})

test('a number that is no safe whole one is refused before anything is sent', () => {
  expect(() => int8s([2 ** 53])).toThrow(RangeError)
  expect(() => instants([Number.NaN])).toThrow(RangeError)
  expect(() => new CopyRows(1).int8(0.5)).toThrow(RangeError)
})
