import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Console, expectSound, looks, openConsole } from './open-console.ts'

// The shop's own name, colour and logo, as somebody sets them, and as others see them.

let here: Console
beforeAll(async () => {
  here = await openConsole('settings')
}, 120_000)
afterAll(() => here?.close())

const settings = async () => await here.client.call('readSettings', {})

/** A picture as a browser makes it. */
async function pictureOf(
  page: Page,
  type: string,
  side: number,
): Promise<{ name: string; mimeType: string; buffer: Buffer }> {
  const data = (await page.evaluate(
    `(() => {
      const canvas = document.createElement('canvas')
      canvas.width = canvas.height = ${side}
      const drawing = canvas.getContext('2d')
      drawing.fillStyle = '#235c9f'
      drawing.fillRect(0, 0, ${side}, ${side})
      drawing.fillStyle = '#ffffff'
      drawing.fillRect(${side} / 4, ${side} / 4, ${side} / 2, ${side} / 2)
      return canvas.toDataURL('${type}')
    })()`,
  )) as string
  return { name: 'logo', mimeType: type, buffer: Buffer.from(data.slice(data.indexOf(',') + 1), 'base64') }
}

test.each(looks)('%i wide, %s: name and colour are seen before they are saved', async (width, scheme) => {
  const { page, complaints, close } = await here.opened(width, scheme)
  await page.goto(`${here.server.url}/console/settings`)
  await page.getByText('How members see you').waitFor()
  await page.getByText('USD').waitFor()
  await expectSound(page)
  const shop = `Pip & Kettle <b>${width}</b> ${scheme} Überlingen am Bodensee`
  await page.getByLabel('Name of the shop').fill('')
  await page.getByText('Say how your shop is called.').waitFor()
  expect(await page.getByRole('button', { name: 'Save' }).isDisabled()).toBe(true)
  await page.getByLabel('Name of the shop').fill(shop)
  await page.getByRole('radio', { name: width === 390 ? 'Orange' : 'Plum' }).check()
  await page.getByText(width === 390 ? 'darkened to' : 'lightened to').waitFor()
  await expectSound(page)
  await page.getByRole('button', { name: 'Save' }).click()
  await page.getByText('Saved.').waitFor()
  await page.getByText('by you.').waitFor()
  expect(await settings()).toMatchObject({ shop, colours: { colour: width === 390 ? '#d97a16' : '#5e2a6e' } })
  expect(complaints).toEqual([])
  await close()
})

test('a logo of each kind is shown; one that is too large, too small or something else is refused with the reason', async () => {
  const { page, complaints, close } = await here.opened(1440, 'light')
  await page.goto(`${here.server.url}/console/settings`)
  const choose = page.locator('input[type=file]')
  await page.getByText('No logo yet').waitFor()
  for (const type of ['image/png', 'image/jpeg', 'image/webp']) {
    const before = (await settings()).logo
    await choose.setInputFiles(await pictureOf(page, type, 96))
    await expect.poll(async () => (await settings()).logo).not.toBe(before)
    await page.getByRole('img', { name: /^Logo of/ }).waitFor()
    expect((await fetch(`${here.server.url}${(await settings()).logo}`)).headers.get('content-type')).toBe(type)
  }
  await expectSound(page)
  const kept = (await settings()).logo
  await choose.setInputFiles({ name: 'a.png', mimeType: 'image/png', buffer: Buffer.alloc(250_000) })
  await page.getByText('The file has 250 kB, and 200 kB are the most.').waitFor()
  expect(complaints).toEqual([])
  // From here on the server refuses, which browsers note.
  await choose.setInputFiles(await pictureOf(page, 'image/png', 32))
  await page.getByText('The file has 32 × 32 pixels: each side must have from 64 to 2048').waitFor()
  await choose.setInputFiles({ name: 'a.png', mimeType: 'image/png', buffer: Buffer.from('<svg/>') })
  await page.getByText('is no PNG, JPEG or WebP picture').waitFor()
  await expectSound(page)
  expect((await settings()).logo).toBe(kept)
  await page.getByRole('button', { name: 'Take it away' }).click()
  await page.getByText('No logo yet').waitFor()
  await close()
})

test('a session that ends meanwhile loses nothing that was typed', async () => {
  const { page, context, close } = await here.opened(1440, 'light')
  await page.goto(`${here.server.url}/console/settings`)
  await page.getByLabel('Name of the shop').fill('Kettle & Pip')
  await context.clearCookies()
  await page.getByRole('button', { name: 'Save' }).click()
  await page.getByRole('alert').getByText('Your session has ended').waitFor()
  expect(await page.getByLabel('Name of the shop').inputValue()).toBe('Kettle & Pip')
  await context.addCookies(here.owner.cookies)
  await page.getByRole('button', { name: 'Save' }).click()
  await expect.poll(async () => (await settings()).shop).toBe('Kettle & Pip')
  await close()
})

test('support may look and not change; a cashier finds no door, and is told why at its address', async () => {
  const support = await here.opened(1440, 'light', await here.joined('bo@example.com', 'support'))
  await support.page.goto(`${here.server.url}/console/settings`)
  await support.page.getByText('Your role may look, not change.').waitFor()
  expect(await support.page.getByRole('button', { name: 'Save' }).count()).toBe(0)
  expect(await support.page.getByLabel('Name of the shop').isDisabled()).toBe(true)
  await expectSound(support.page)
  const cashier = await here.opened(390, 'dark', await here.joined('cy@example.com', 'cashier'))
  await cashier.page.goto(`${here.server.url}/console/settings`)
  await cashier.page.getByText('You are a cashier here. This room is not for that role.').waitFor()
  expect(await cashier.page.getByRole('link', { name: 'Settings' }).count()).toBe(0)
  await expectSound(cashier.page)
  expect([...support.complaints, ...cashier.complaints]).toEqual([])
  await support.close()
  await cashier.close()
})
