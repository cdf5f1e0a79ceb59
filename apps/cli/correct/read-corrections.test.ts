import { readFileSync } from 'node:fs'
import path from 'node:path'
import { type CorrectionAnswer, createClient } from '@laurel/contract'
import { afterAll, expect, test } from 'vitest'
import { makeTemporaryFolder } from '../../../test/process/temporary-folder.ts'
import { withTable } from './read-corrections.ts'

const { path: folder, remove } = makeTemporaryFolder('read-corrections')
afterAll(remove)

test('what lapses on another day is written as an amount of its asset', async () => {
  const members = [
    {
      ...{ member: '=ada', facts: 1, outcome: null, decision: null, levels: [], vouchers: [] },
      changes: [{ asset: 'credit', change: -1250, debt: 0, borne: 0, pooled: 0 }],
      lots: [{ asset: 'credit', lastDay: '2027-01-31', change: -1250 }],
    },
  ]
  const fetch = async () =>
    new Response(JSON.stringify({ members, next: null }), { headers: { 'content-type': 'application/json' } })
  const client = createClient({ url: 'http://laurel.test', key: 'lrl_test', fetch })
  // Only what the table reads of it.
  const found: CorrectionAnswer = JSON.parse(
    '{ "id": "c1", "summary": { "sharing": 0, "assets": [{ "asset": "credit", "scale": 2 }] } }',
  )
  const file = path.join(folder, 'members.csv')
  await withTable(client, file, async () => found)
  expect(readFileSync(file, 'utf8').split('\r\n').slice(1)).toEqual([
    "'=ada,1,credit,-12.50,0.00,0.00,0.00,,,",
    "'=ada,1,credit,,,,,,,lapsing 2027-01-31: -12.50",
    '',
  ])
})
