import { afterAll, beforeAll, expect, test } from 'vitest'
import { freshDatabase } from '../../../test/database/fresh-database.ts'
import { previewCart } from './preview.ts'
import { createRecorder } from './recorder.ts'
import { decisionOf, instantText, openRecording, order, publish, sent, simpleProgram } from './recording.fixture.ts'

const database = await freshDatabase()
const { context } = openRecording(database)
const { recorder } = context

/** Half of the members are held out of what June gives. */
const document = simpleProgram('trial').replace(
  'tiers:',
  `  - { id: june, on: order.paid, give: 50 points, per: order, during: { from: 2026-06-01, through: 2026-06-30 }, holdout: 50% }
tiers:`,
)
const members = Array.from({ length: 12 }, (_, index) => `m${index}`)
const record = (event: Parameters<typeof sent>[1]) => recorder.record(sent('trial', event))
const may = (member: string) => order(member, `${member}-may`, 1_000, '2026-05-20T10:00:00Z')
const review = (member: string, at: string, id = `${member}-review`) => ({
  ...{ type: 'activity.review' as const, id, source: 'shop', member, occurredAt: instantText(at) },
  ...{ place: null, channel: null, facts: { words: 3 } },
})

async function isHeldOut(member: string, at: string | null): Promise<boolean> {
  const cart = { member, order: order(member, 'cart', 1_000).order, at, vouchers: null }
  const previewed = await previewCart(context, 'trial', cart)
  if (!('preview' in previewed)) throw new Error(`rejected: ${previewed.rejection.code}`)
  return previewed.preview.rules.some(({ rule, outcome }) => rule === 'june' && outcome === 'held-out')
}
const heldOutAt = async (at: string | null): Promise<string[]> => {
  const found: string[] = []
  for (const member of members) if (await isHeldOut(member, at)) found.push(member)
  return found
}

beforeAll(async () => {
  await publish(context, 'trial', document)
  for (const member of members) await record(may(member))
})
afterAll(async () => {
  await recorder.close()
})

test('EXP-1 a cart at a past moment holds out whom a cart of now holds out', async () => {
  for (const member of members) await record(review(member, '2026-06-12T10:00:00Z'))
  const now = await heldOutAt(null)
  expect(now.length).toBeGreaterThan(0)
  expect(now.length).toBeLessThan(members.length)
  expect(await heldOutAt('2026-06-10T10:00:00Z')).toEqual(now)
})

test('EXP-1 EVT-2 who is held out stays so after a late fact, in the memory of the server that took it', async () => {
  const said = await heldOutAt(null)
  const own = createRecorder(context)
  const submit = (event: Parameters<typeof sent>[1]) => own.record(sent('trial', event))
  const without: string[] = []
  for (const member of members) {
    expect(decisionOf(await submit(review(member, '2026-06-02T10:00:00Z', `${member}-late`)))).toMatchObject({
      late: true,
    })
    const { earned } = decisionOf(await submit(order(member, `${member}-june`, 1_000)))
    if (!earned?.some(({ rule }) => rule === 'june')) without.push(member)
  }
  await own.close()
  expect(without).toEqual(said)
})
