import { describe, expect, test } from 'vitest'
import { anyOrder } from './any-order.ts'
import { burnInParallel } from './burn-in-parallel.ts'
import type { Verdict } from './drill.ts'
import { killDatabase, seeLoss } from './kill-database.ts'
import { killServer } from './kill-server.ts'
import { twoServers } from './two-servers.ts'

// The drills of `npm run survive` with small counts: a few kills show that the harness works, many that the server does.
const say = () => {}
const seed = 1
const expectPassed = ({ passed, detail }: Verdict) => expect(passed, detail).toBe(true)

describe('survival, in small', { timeout: 120_000 }, () => {
  test('R1: a server killed in mid-load loses nothing and counts nothing twice', async () => {
    expectPassed(await killServer({ seed, say, count: 4, between: 200 }))
  })
  test('R2: a killed PostgreSQL loses nothing that was acknowledged', async () => {
    expectPassed(await killDatabase({ seed, say, count: 2, between: 200 }))
  })
  test('R2: the audit sees what a careless database loses', async () => {
    expectPassed(await seeLoss({ seed, say, count: 2, between: 200 }))
  })
  test('R3: parallel burns of one balance grant exactly what it covers', async () => {
    expectPassed(await burnInParallel({ seed, say, count: 200 }))
  })
  test('R4: facts in any order make the same members', async () => {
    expectPassed(await anyOrder({ seed, say, count: 8 }))
  })
  test('R5: two servers on one database lose no update', async () => {
    expectPassed(await twoServers({ seed, say, count: 600 }))
  })
})
