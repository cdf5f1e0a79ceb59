import { expect, test } from 'vitest'
import { clubDocument, openTestServer } from '../server.fixture.ts'
import { experimentsReport } from './experiments-report.ts'
import { readLifts } from './read-lifts.ts'

const server = await openTestServer()
await server.publish(`${clubDocument}offers:
  spring:
    goal: { order: { moreThan: 10.00 GBP } }
    window: { length: P30D, end: open }
    give: 20 points
    holdout: 50%
`)
const { context } = server
const { application } = context.database
const asOf = 20_500
const members = Array.from({ length: 120 }, (_, index) => index)
const nameOf = (member: number) => `m${member}`
const isHeldOut = (member: number) => member % 2 === 1

for (const member of members) {
  const name = nameOf(member)
  const row = (orders: number, spend: number, day: number) =>
    application.query(
      'INSERT INTO member_day_tally (bucket, program, member, day, orders, spend, refunded, doings) VALUES ($1, $2, $3, $4, $5, $6, 0, 1)',
      [member % 4, 'club', name, day, orders, spend],
    )
  await application.query(
    `INSERT INTO member_tally (bucket, program, member, seq, status, measured, marked, orders, refunds, spend, refunded, levels, points)
     VALUES ($1, 'club', $2, 1, 'active', $3, $4, 1, 0, 0, 0, '{}', '{}')`,
    // Somebody of the firm is in no arm.
    [member % 4, name, member !== 0, member === 0],
  )
  await application.query(
    `INSERT INTO experiment_tally (bucket, program, member, experiment, held_out, met_on) VALUES ($1, 'club', $2, 'offer:spring', $3, $4)`,
    [member % 4, name, isHeldOut(member), asOf - 9],
  )
  // Ten days since it was met, and ten before; what lies before those is in neither.
  await row(1, 50_000, asOf - 20)
  await row(1, 1_000 + 10 * member, asOf - 19)
  if (!isHeldOut(member) || member % 3 === 0) await row(1, 2_000 + (isHeldOut(member) ? 0 : 3_000) + 7 * member, asOf)
}

test('EXP-2 members as drawn are compared by what they spent since, in as many days as before', async () => {
  const lifts = await readLifts(context, 'club', asOf, new AbortController().signal)
  const [spring] = lifts ?? []
  expect(lifts).toHaveLength(1)
  const measured = members.filter((member) => member !== 0)
  const treated = measured.filter((member) => !isHeldOut(member))
  const heldOut = measured.filter(isHeldOut)
  const spentBy = (member: number) =>
    isHeldOut(member) ? (member % 3 === 0 ? 2_000 + 7 * member : 0) : 5_000 + 7 * member
  const meanOf = (arm: readonly number[]) => arm.reduce((sum, member) => sum + spentBy(member), 0) / arm.length
  expect(spring).toMatchObject({
    ...{ name: 'offer:spring', treated: 59, heldOut: 60, since: asOf - 9 },
    lift: {
      ...{ type: 'told', verdict: 'more' },
      spend: { treated: expect.closeTo(meanOf(treated), 6), heldOut: expect.closeTo(meanOf(heldOut), 6) },
      buyers: { treated: 1, heldOut: heldOut.filter((member) => member % 3 === 0).length / 60 },
    },
  })
  const [row] = experimentsReport(lifts ?? []).tables[0]?.rows ?? []
  expect(row?.slice(0, 5)).toEqual(['offer:spring', '2026-02-07', 59, 60, 'more'])
  expect(row).toHaveLength(20)
})
