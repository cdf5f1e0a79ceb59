import pg from 'pg'
import { expect, test, vi } from 'vitest'
import { checkWrites } from './check-server.ts'
import { explain } from './transaction.ts'

test('a standby is said to be one, with what to do', async () => {
  const client = new pg.Client()
  // No second server is at hand that follows a first one.
  const found = { standby: true, reads: 'on', user: 'laurel', database: 'shop' }
  vi.spyOn(client, 'query').mockImplementation(() => Promise.resolve({ rows: [found] }))
  await expect(checkWrites(client)).rejects.toMatchObject({
    code: 'database-read-only',
    message: expect.stringContaining('name its primary in DATABASE_URL'),
  })
})

test('a database that becomes one while it serves takes no writes: it can be reached', () => {
  const refused = Object.assign(new Error('cannot execute INSERT in a read-only transaction'), { code: '25006' })
  expect(explain(refused)).toMatchObject({
    code: 'database-unavailable',
    message: 'The database takes no writes: cannot execute INSERT in a read-only transaction',
  })
})
