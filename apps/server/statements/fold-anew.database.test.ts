import { beforeAll, expect, test } from 'vitest'
import { openTestServer, orderPaid } from '../server.fixture.ts'
import { foldAnew } from './fold-anew.ts'

const server = await openTestServer()
const { call, context } = server
const { migrator } = context.database
const fold = (write = false) => foldAnew(context, 'club', { write })
const rowsOf = async (table: string) =>
  (await migrator.query(`SELECT * FROM ${table} ORDER BY 1, 2, 3, 4`)).rows.map((row) => ({
    ...row,
    created_at: null,
    // The order of keys has no meaning.
    ...(row.state === undefined ? {} : { state: JSON.parse(row.state) }),
  }))

beforeAll(async () => {
  await server.publish()
  for (const member of ['maren', 'lena', 'mo']) {
    await call('POST', '/v1/events', orderPaid(`${member}-1`, member, 12_000))
    await call('POST', '/v1/events', orderPaid(`${member}-2`, member, 3_000, { occurredAt: '2026-03-01T10:00:00Z' }))
  }
  const refund = { type: 'refund.made', id: 'r1', source: 'web', member: 'mo', occurredAt: '2026-03-14T11:00:00Z' }
  await call('POST', '/v1/events', { ...refund, order: 'order-mo-1', amount: 2_000 })
  const asked = { id: 'red-1', member: 'lena', reward: 'five-off', confirm: true }
  expect((await call('POST', '/v1/redemptions', asked)).body).toMatchObject({ granted: true })
})

test('LED-6 every state and balance is the fold of its decisions, also after late facts, refunds and redemptions', async () => {
  const folded = await fold()
  expect(folded).toMatchObject({ clean: true, differences: [], checked: { members: 3 } })
  expect(folded.checked.decisions).toBeGreaterThan(7)
})

test('LED-6 what was changed or lost is named, and written anew exactly as it was', async () => {
  const before = { member: await rowsOf('member'), balance: await rowsOf('balance') }
  await migrator.query(
    `UPDATE member SET state = replace(state, '"active":', '"active":9'), due_at = NULL WHERE id = 'maren'`,
  )
  await migrator.query(`UPDATE balance SET active = active + 1000 WHERE member = 'lena'`)
  await migrator.query(`DELETE FROM member WHERE id = 'mo'`)
  await migrator.query(`DELETE FROM balance WHERE member = 'mo'`)
  const found = await fold()
  expect(found.clean).toBe(false)
  expect(found.differences).toHaveLength(4)
  expect(found.differences).toEqual(
    expect.arrayContaining([
      { member: 'maren', what: 'state', detail: 'otherwise: assets, next timer', mended: false },
      {
        member: 'lena',
        what: 'balances',
        detail: expect.stringMatching(/points: active is \d+, folded \d+/),
        mended: false,
      },
      { member: 'mo', what: 'state', detail: 'otherwise: all of it', mended: false },
      expect.objectContaining({ member: 'mo', what: 'balances' }),
    ]),
  )
  expect((await fold(true)).differences.every(({ mended }) => mended)).toBe(true)
  expect({ member: await rowsOf('member'), balance: await rowsOf('balance') }).toEqual(before)
  expect(await fold()).toMatchObject({ clean: true })
})

test('LED-6 what the decisions themselves say otherwise is named and never touched', async () => {
  await migrator.query(
    `UPDATE decision SET effects = replace(effects, '"amount":120', '"amount":121') WHERE member = 'maren'`,
  )
  await migrator.query(`UPDATE transfer SET amount = amount + 1 WHERE member = 'lena' AND number = 1`)
  const before = await rowsOf('member')
  const { differences } = await fold(true)
  expect(differences).toHaveLength(2)
  expect(differences).toContainEqual(expect.objectContaining({ member: 'maren', what: 'decisions', mended: false }))
  expect(differences).toContainEqual(expect.objectContaining({ member: 'lena', what: 'transfers', mended: false }))
  expect(await rowsOf('member')).toEqual(before)
})
