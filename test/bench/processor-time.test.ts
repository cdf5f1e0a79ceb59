import { expect, test } from 'vitest'
import { processorTimeOf, shareText } from './processor-time.ts'

test('processor time is this process’s own and grows with work, or is not known where there is no /proc', () => {
  const me = { pid: process.pid, postgresPid: process.ppid }
  const before = processorTimeOf(me)
  const until = process.cpuUsage().user + 50_000
  while (process.cpuUsage().user < until) Math.sqrt(until)
  const after = processorTimeOf(me)
  if (before === null || after === null) {
    expect(process.platform).not.toBe('linux')
    return
  }
  expect(after.server - before.server).toBeGreaterThanOrEqual(30_000)
  // This process is a child of its parent, as PostgreSQL's are.
  expect(after.database).toBeGreaterThanOrEqual(after.server - 10_000)
})

test('shares are told for each event', () => {
  const before = { server: 1_000_000, database: 500_000 }
  const after = { server: 1_300_000, database: 620_000 }
  expect(shareText(before, after, 2_000)).toBe('server 150 µs, PostgreSQL 60 µs')
  expect(shareText(null, after, 2_000)).toBe('processor time is not known here')
})
