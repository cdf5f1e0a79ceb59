import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Console, expectSound, looks, openConsole, type Session } from './open-console.ts'

// From a draft to a version and back: a second person, a day to come, a version taken back, the past as of a day; and a rate turned.

let laurel: Console
let manager: Session
let document = ''

beforeAll(async () => {
  laurel = await openConsole('versions')
  const { client } = laurel
  manager = await laurel.joined('bo@example.com', 'manager')
  const { document: first } = await client.call('readVersion', { path: { version: '1' } })
  document = `${first.replace('inForce: { from: always }\n', '')}\npublishing: { approval: second-person }\n`
  await client.call('publishProgram', {
    body: first.replace('inForce: { from: always }\n', '').replace('give: 1 points', 'give: 3 points'),
  })
}, 120_000)

afterAll(() => laurel?.close())

const at = (path: string) => `${laurel.server.url}/console/${path}`

async function order(): Promise<void> {
  const events = Array.from({ length: 30 }, (_, number) => ({
    ...{ type: 'order.paid', id: `e${number}`, source: 'web', member: `m${number % 10}` },
    occurredAt: new Date(Date.now() - (60 + number) * 86_400_000).toISOString(),
    order: {
      id: `o${number}`,
      currency: 'USD',
      lines: [{ id: '1', sku: 'SERUM', quantity: 1, total: 2000 + number * 100, categories: ['hair'] }],
    },
  }))
  const response = await fetch(`${laurel.server.url}/v1/events?history=true`, {
    method: 'POST',
    headers: { authorization: `Bearer ${laurel.server.key}`, 'content-type': 'application/json' },
    body: JSON.stringify(events),
  })
  expect(response.status).toBe(200)
}

async function write(page: Page, text: string): Promise<void> {
  await page.getByRole('textbox', { name: 'The document' }).click()
  await page.keyboard.press('Control+a')
  await page.evaluate(`(() => {
    const clipboardData = new DataTransfer()
    clipboardData.setData('text/plain', ${JSON.stringify(text)})
    const paste = new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true })
    document.querySelector('.cm-content').dispatchEvent(paste)
  })()`)
}

test('before there are orders a rate cannot be tried, and that is said', async () => {
  const { page, complaints, close } = await laurel.opened(390, 'light')
  await page.goto(at('program?part=what-if'))
  await page.getByText('There are no orders to try it on yet.').waitFor()
  await expectSound(page)
  expect(complaints).toEqual([])
  await close()
})

test('an older version counts again, and which one judged on a day is told', async () => {
  const { page, complaints, close } = await laurel.opened(1440, 'dark')
  await page.goto(at('program?part=versions'))
  await page
    .getByRole('row', { name: /Version 1 / })
    .getByRole('button', { name: 'Roll back' })
    .click()
  await page.getByText('The document of version 1 counts again from now on').waitFor()
  await expectSound(page)
  await page.getByRole('button', { name: 'Let version 1 count again' }).click()
  await page.getByText('The document of version 1 once more').waitFor()
  await page
    .getByRole('row', { name: /Version 3/ })
    .getByText('in force')
    .waitFor()
  await page.getByLabel('On', { exact: true }).fill('2026-01-15')
  await page.getByRole('button', { name: 'Look' }).click()
  await page.getByRole('status').getByText('Version 1', { exact: true }).waitFor()
  await expectSound(page)
  await page.getByLabel('On', { exact: true }).fill('1500-01-15')
  await page.getByRole('button', { name: 'Look' }).click()
  await page.getByRole('alert').waitFor()
  expect(complaints.every((text) => text.includes('400'))).toBe(true)
  await close()
})

test('a draft for a day to come is approved by a second person, published, and kept from beginning', async () => {
  await laurel.client.call('publishProgram', { body: document })
  const writer = await laurel.opened(1440, 'light')
  await writer.page.goto(at('program'))
  await writer.page.getByRole('button', { name: 'Write a draft' }).click()
  await writer.page.getByLabel('Name of the draft').fill('later')
  await writer.page.getByRole('button', { name: 'Begin with this version' }).click()
  await write(writer.page, document.replace('give: 1 points', 'give: 2 points'))
  await writer.page.getByLabel('Counts from').selectOption('a day')
  const next = new Date(Date.now() + 40 * 86_400_000).toISOString().slice(0, 10)
  await writer.page.getByLabel('Day', { exact: true }).fill(next)
  await writer.page.getByRole('button', { name: 'Save', exact: true }).click()
  await writer.page.getByRole('button', { name: 'Ask for approval' }).click()
  await writer.page.getByText('Somebody else must approve it: you wrote it.').waitFor()
  const { document: saved } = await laurel.client.call('readDraft', { path: { draft: 'later' } })
  expect(saved).toContain(`inForce: { from: ${next} }`)
  await expectSound(writer.page)
  expect(await writer.page.getByRole('button', { name: 'Publish', exact: true }).count()).toBe(0)

  const second = await laurel.opened(390, 'dark', manager)
  await second.page.goto(at('program?draft=later'))
  await second.page.getByLabel('What you say to it').fill('Two points from winter on')
  await expectSound(second.page)
  await second.page.getByRole('button', { name: 'Approve' }).click()
  await second.page.getByRole('cell', { name: /Approved revision 2 “Two points from winter on”/ }).waitFor()
  await second.page.getByRole('button', { name: 'Publish', exact: true }).click()
  await second.page.getByText('published.').waitFor()
  await second.page.goto(at('program?part=versions'))
  const row = second.page.getByRole('row', { name: /Version 5/ })
  await row.getByText('waits').waitFor()
  await row.getByRole('button', { name: 'What it changed' }).click()
  await second.page.getByText(/2 points for every \$1 you spend/).waitFor()
  await expectSound(second.page)
  await row.getByRole('button', { name: 'Withdraw' }).click()
  await second.page.getByLabel('Why').fill('Not this winter')
  await second.page.getByRole('button', { name: 'Keep version 5 from beginning' }).click()
  await second.page.getByText('so that version 5 never begins').waitFor()
  expect(writer.complaints).toEqual([])
  expect(second.complaints).toEqual([])
  await writer.close()
  await second.close()
})

describe.each(looks)('%i wide, %s', (width, scheme) => {
  test('a rate is turned, and what it costs on the shop’s own orders follows from the engine in the browser', async () => {
    if (width === 390 && scheme === 'light') await order()
    const { page, complaints, close } = await laurel.opened(width, scheme)
    await page.goto(at('program?part=what-if'))
    await page.getByText('On 30 orders of 10 of your own members').waitFor()
    await page.getByText('Turn the rate: as it stands it changes nothing.').waitFor()
    const slider = page.getByRole('slider', { name: 'Rate' })
    await slider.focus()
    await page.keyboard.press('ArrowRight')
    // Whole dollars: nothing is rounded, so twice the rate gives twice the points.
    const { document: running } = await laurel.client.call('readVersion', { path: { version: '6' } })
    expect(running).toContain('give: 1 points')
    await page.getByText(/^Members would have earned [\d,]+ points more \(\+100 %\)/).waitFor()
    await page.getByText('10 would have more, 0 less, and 0 as much as now.').waitFor()
    await expectSound(page)
    await page.getByRole('button', { name: 'Begin a draft with it' }).click()
    await page.getByLabel('Name of the draft').fill(`turned-${width}-${scheme}`)
    await page.getByRole('button', { name: 'Begin with this version' }).click()
    await page.getByRole('region', { name: 'In sentences' }).locator('ins').getByText('2 points for every $1').waitFor()
    await page.goto(at('program?part=versions'))
    await page.getByRole('row', { name: /Version 1 / }).waitFor()
    await expectSound(page)
    expect(complaints).toEqual([])
    await close()
  })
})
