import { expect, test } from 'vitest'
import { isBlockedPort } from './blocked-ports.ts'

test('ports that fetch refuses are blocked, and no others', async () => {
  const blocked = Array.from({ length: 65_536 }, (_, port) => port).filter(isBlockedPort)
  expect(blocked).toHaveLength(82)
  const reasons = await Promise.all(
    blocked.map((port) => fetch(`http://127.0.0.1:${port}/`).catch((error: Error) => String(error.cause))),
  )
  expect(new Set(reasons)).toEqual(new Set(['Error: bad port']))
  for (const port of [0, 80, 443, 3000, 8080]) expect(isBlockedPort(port)).toBe(false)
})
