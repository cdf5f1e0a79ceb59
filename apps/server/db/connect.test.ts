import { expect, test } from 'vitest'
import { openStubServer } from '../../../test/database/stub-server.ts'
import { silentLog } from '../../../test/database/template.ts'
import { openDatabase } from './connect.ts'

test.each(['14.12', '9.6.24', '14.12 (Debian 14.12-1.pgdg120+1)'])('PostgreSQL %s is too old', async (version) => {
  const stub = await openStubServer(version)
  const opened = openDatabase({ url: stub.url, folder: '', log: silentLog })
  await expect(opened).rejects.toMatchObject({
    code: 'database-too-old',
    message: `PostgreSQL ${version.split(' ')[0]} is too old: Laurel needs 15 to 18.`,
  })
  // It was asked what it is, and nothing else: no role was made, no table looked for.
  expect(stub.statements).toHaveLength(1)
  expect(stub.statements[0]).toMatch(/^SELECT current_setting\('server_version'\)/)
  await stub.close()
})
