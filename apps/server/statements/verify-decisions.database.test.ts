import { expect, test } from 'vitest'
import { openTestServer, orderPaid } from '../server.fixture.ts'
import { decideAgain } from './verify-decisions.ts'

const server = await openTestServer()
await server.publish()
const { call, context } = server
const program = (await context.timelines.ids())[0] ?? ''

test('LED-6 deciding again finds nothing after late facts and refunds, and a stored decision that was changed by hand', async () => {
  await call('POST', '/v1/events', orderPaid('v1', 'imke', 5000, { occurredAt: '2026-03-01T10:00:00Z' }))
  const refund = { type: 'refund.made', id: 'v2', source: 'web', member: 'imke', order: 'order-v1', amount: 2000 }
  await call('POST', '/v1/events', { ...refund, occurredAt: '2026-03-10T10:00:00Z' })
  await call('POST', '/v1/events', orderPaid('v3', 'imke', 1000, { occurredAt: '2026-03-03T10:00:00Z' }))
  expect(await decideAgain(context, program)).toMatchObject({
    clean: true,
    checked: { members: 1, decisions: 3 },
    differences: [],
  })

  const changed = await context.database.migrator.query(
    `UPDATE decision SET effects = replace(effects::text, '"amount":50,', '"amount":51,') WHERE member = 'imke' AND seq = 1`,
  )
  expect(changed.rowCount).toBe(1)
  expect(await decideAgain(context, program)).toMatchObject({
    clean: false,
    differences: [
      {
        ...{ member: 'imke', seq: 1, cause: 'web/v1', rule: 'base', explainedBy: null },
        move: { amount: 1, from: 'active', to: 'issued' },
      },
    ],
  })
})
