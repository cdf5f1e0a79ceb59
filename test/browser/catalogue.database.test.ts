import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Console, expectSound, looks, openConsole } from './open-console.ts'

// What the program has for its members, and what staff do with it: codes, seats, vouchers, offers, months with others.

const members = Array.from({ length: 9 }, (_, index) => `m-${index}`)
let here: Console
let voucher = ''

beforeAll(async () => {
  const file = fileURLToPath(new URL('./everything.yaml', import.meta.url))
  here = await openConsole('catalogue', { id: 'everything', file })
  await fill()
}, 120_000)
afterAll(() => here?.close())

async function fill(): Promise<void> {
  const occurredAt = new Date(Date.now() - 60_000).toISOString()
  const orders = members.map((member) => ({
    ...{ type: 'order.paid', id: `o-${member}`, source: 'till', member, occurredAt },
    order: {
      id: `o-${member}`,
      currency: 'GBP',
      place: 'oven',
      lines: [{ id: '1', sku: 'BUN', quantity: 1, total: 9000 }],
    },
  }))
  const response = await fetch(`${here.server.url}/v1/events`, {
    method: 'POST',
    headers: { authorization: `Bearer ${here.server.key}`, 'content-type': 'application/json' },
    body: JSON.stringify(orders),
  })
  expect(new Set(((await response.json()) as { status: string }[]).map(({ status }) => status))).toEqual(
    new Set(['recorded']),
  )
  const reserve = (id: string, member: string, reward: string, session?: string) =>
    here.client.call('reserveRedemption', {
      body: { id, member, reward, confirm: true, ...(session === undefined ? {} : { session, wait: true }) },
    })
  for (const member of members.slice(0, 4)) await reserve(`seat-${member}`, member, 'evening', 'may')
  await reserve('tree', 'm-1', 'planting')
  await reserve('mug', 'm-1', 'mug')
  await reserve('treat', 'm-2', 'treat')
  const { code } = await here.client.call('revealCode', { path: { member: 'm-2', voucher: 'treat' } })
  voucher = code ?? ''
}

describe.each(looks)('%i wide, %s', (width, scheme) => {
  test('rewards tell what is left, seats who waits', async () => {
    const { page, complaints, close } = await here.opened(width, scheme)
    await page.goto(`${here.server.url}/console/rewards`)
    const table = page.getByRole('table', { name: 'Rewards' })
    await table.getByText('2 of 3', { exact: true }).waitFor()
    await expectSound(page)
    await page.getByRole('button', { name: 'Seats' }).click()
    await page.getByText('1 of 1').waitFor()
    expect(page.url()).toContain('seats=evening')
    await expectSound(page)
    await page.getByRole('button', { name: '3: who?' }).click()
    await page.getByRole('dialog').getByRole('link', { name: 'm-3' }).waitFor()
    await expectSound(page)
    expect(complaints).toEqual([])
    await close()
  })

  test('codes are uploaded once, and one that is wrong is named', async () => {
    const { page, close } = await here.opened(width, scheme)
    await page.goto(`${here.server.url}/console/rewards`)
    await page.getByRole('button', { name: 'Upload codes' }).click()
    const form = page.getByRole('dialog')
    const codes = [1, 2, 3].map((number) => `CINEMA-${width}-${scheme.toUpperCase()}-${number}`).join('\n')
    for (const expected of ['3 were added, 0 were there before.', '0 were added, 3 were there before.']) {
      await form.getByLabel('Codes, one in a line').fill(`${codes}\n\n`)
      await form.getByRole('button', { name: 'Upload codes' }).click()
      await form.getByText(expected).waitFor()
    }
    await expectSound(page)
    await form.getByLabel('Codes, one in a line').fill('x')
    await form.getByRole('button', { name: 'Upload codes' }).click()
    await form.getByRole('alert').getByText('/codes/0').waitFor()
    expect(await form.getByLabel('Codes, one in a line').inputValue()).toBe('x')
    await expectSound(page)
    await close()
  })

  test('offers and challenges tell who is held out, and months who owes whom', async () => {
    const { page, complaints, close } = await here.opened(width, scheme)
    await page.goto(`${here.server.url}/console/offers`)
    await page.getByText('50 %').waitFor()
    await page.getByText('12.5 %').waitFor()
    await expectSound(page)
    await page.getByRole('button', { name: 'Who is held out' }).last().click()
    await page.getByRole('dialog').getByText('Whoever has met it so far.').waitFor()
    await expectSound(page)
    await page.goto(`${here.server.url}/console/partners`)
    const settlement = page.getByRole('table', { name: 'Settlement' })
    await settlement.getByText('£8.10 to you').waitFor()
    await page.getByText('1 × a tree').waitFor()
    await page.getByText('£1.00 for 100 points').waitFor()
    await expectSound(page)
    await page.getByLabel('Month').selectOption({ index: 5 })
    await page.getByText('Nothing happened with others in this month.').waitFor()
    await expectSound(page)
    expect(complaints).toEqual([])
    await close()
  })
})

test('an offer is sent to a list and to whom the program says; a name is asked for first', async () => {
  const { page, complaints, close } = await here.opened(1440, 'light')
  await page.goto(`${here.server.url}/console/offers`)
  const half = page.getByRole('row').filter({ hasText: 'Half the town' })
  await half.getByText('never').waitFor()
  await half.getByRole('button', { name: 'Send' }).click()
  const form = page.getByRole('dialog')
  await form.getByRole('button', { name: 'Send' }).click()
  await form.getByText('Name one member or more.').waitFor()
  await form.getByLabel('Ids, one in a line').fill(members.join('\n'))
  await expectSound(page)
  await form.getByRole('button', { name: 'Send' }).click()
  await half.getByText(/^to \d, /).waitFor({ timeout: 20_000 })
  await half.getByRole('button', { name: 'Who is held out' }).click()
  const held = page.getByRole('dialog').getByRole('link')
  await held.first().waitFor()
  const out = await held.allTextContents()
  for (const member of members) {
    const { offers } = await here.client.call('readProgress', { path: { member } })
    expect(offers.length === 0).toBe(out.includes(member))
  }
  await page.keyboard.press('Escape')
  const all = page.getByRole('row').filter({ hasText: 'Everybody once' })
  await all.getByRole('button', { name: 'Send' }).click()
  await page.getByRole('dialog').getByText('Each member is looked at').waitFor()
  await expectSound(page)
  await page.getByRole('dialog').getByRole('button', { name: 'Send' }).click()
  await all.getByText('to 9,').waitFor({ timeout: 20_000 })
  expect(complaints).toEqual([])
  await close()
})

test('a voucher is looked up by its code, used once, and an unknown code is told', async () => {
  const { page, close } = await here.opened(390, 'dark', await here.joined('cy@example.com', 'support'))
  await page.goto(`${here.server.url}/console/rewards`)
  await page.getByLabel('Code').fill('NOBODY-0000')
  await page.getByRole('button', { name: 'Look', exact: true }).click()
  await page.getByText('No voucher has this code.').waitFor()
  await expectSound(page)
  await page.getByLabel('Code').fill(voucher)
  await page.getByRole('button', { name: 'Look', exact: true }).click()
  await page.getByText('A treat, open.').waitFor()
  await expectSound(page)
  await page.getByRole('button', { name: 'Use it now' }).click()
  await page.getByText('It is used.').waitFor()
  await page.getByText('A treat, used.').waitFor()
  expect(await page.getByRole('button', { name: 'Use it now' }).count()).toBe(0)
  await expectSound(page)
  await close()
})

test('a cashier finds none of these doors, and is told why at each address', async () => {
  const { page, complaints, close } = await here.opened(1440, 'light', await here.joined('ca@example.com', 'cashier'))
  for (const room of ['Rewards', 'Offers', 'Partners']) {
    await page.goto(`${here.server.url}/console/${room.toLowerCase()}`)
    await page.getByRole('heading', { level: 1, name: room }).waitFor()
    await page.getByText('You are a cashier here.').waitFor()
    expect(await page.getByRole('link', { name: room }).count()).toBe(0)
  }
  expect(complaints).toEqual([])
  await close()
})
