import type { Client } from '@laurel/contract'
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { ServerProcess } from '../process/start-server.ts'
import { type Console, expectSound, looks, openConsole, password, type Session } from './open-console.ts'

// The console in a real browser, as it is built and served: at a phone's and a desk's width, light and dark.

const longName = 'Maximiliane-Theodora von Hohenschwangau-Württemberg zu Überlingen <b>& Söhne</b>'
let opening: Console
let server: ServerProcess
let browser: Browser
let client: Client
let session: Session
let opened: Console['opened']
let joined: Console['joined']

beforeAll(async () => {
  opening = await openConsole('console')
  ;({ server, browser, client, owner: session, opened, joined } = opening)
  await fill()
}, 120_000)

afterAll(() => opening?.close())

async function fill(): Promise<void> {
  await client.call('createMember', { body: { id: 'm-full', profile: { name: longName, email: 'max@example.com' } } })
  await client.call('createMember', { body: { id: 'm-empty' } })
  const body = Array.from({ length: 25 }, (_, number) => ({
    ...{ type: 'order.paid', id: `e${number}`, source: 'web', member: 'm-full' },
    occurredAt: new Date(Date.now() - (25 - number) * 20 * 86_400_000).toISOString(),
    order: {
      id: `o${number}`,
      currency: 'USD',
      lines: [{ id: '1', sku: 'SERUM', quantity: 1, total: 4900 + number * 100, categories: ['skincare'] }],
    },
  }))
  const refund = { type: 'refund.made', id: 'r1', source: 'web', member: 'm-full', order: null, amount: 1740 }
  const response = await fetch(`${server.url}/v1/events?history=true`, {
    method: 'POST',
    headers: { authorization: `Bearer ${server.key}`, 'content-type': 'application/json' },
    body: JSON.stringify([
      ...body,
      { ...refund, currency: 'USD', occurredAt: new Date(Date.now() - 60_000).toISOString() },
    ]),
  })
  expect(response.status).toBe(200)
}

describe.each(looks)('%i wide, %s', (width, scheme) => {
  test('somebody is found, and asked why; nothing is refused and axe finds nothing', async () => {
    const { page, complaints, close } = await opened(width, scheme)
    await page.goto(`${server.url}/console/members`)
    await page.getByRole('searchbox').fill('Maximil')
    await page.waitForURL(/q=Maximil/)
    await expectSound(page)
    await page.getByRole('link', { name: longName }).click()
    await page.getByRole('heading', { level: 1, name: longName }).waitFor()
    await page.getByRole('button', { name: 'Why?' }).first().waitFor()
    await expectSound(page)
    await page
      .getByRole('row', { name: /Base o?e?24/ })
      .getByRole('button', { name: 'Why?' })
      .click()
    await page.getByText('Not given, as the condition did not hold').first().waitFor()
    expect(page.url()).toContain('why=')
    await expectSound(page)
    for (const part of ['Vouchers', 'Challenges']) {
      await page.getByRole('tab', { name: part }).click()
      await expectSound(page)
    }
    await page.goto(`${server.url}/console/members/m-empty`)
    await page.getByText('There was none yet').waitFor()
    await expectSound(page)
    expect(complaints).toEqual([])
    await close()
  })

  test('home tells figures and leads to what needs a person', async () => {
    const { page, complaints, close } = await opened(width, scheme)
    await page.goto(`${server.url}/console`)
    await page.getByText('1 refund matches no order').waitFor()
    await page.getByText('Joined by week').waitFor()
    await expectSound(page)
    await page.getByRole('link', { name: 'Match' }).click()
    const [file] = await Promise.all([page.waitForEvent('download'), page.getByRole('button', { name: 'CSV' }).click()])
    expect(await new Response(await file.createReadStream()).text()).toMatch(
      /^Refund,Member,Amount,.*\r\nweb\/r1,m-full,1740,/,
    )
    await page.getByRole('button', { name: 'Answer' }).click()
    await page.getByText('It names no order.').waitFor()
    await expectSound(page)
    await page.goto(`${server.url}/console/overdue`)
    await page.getByText('Nothing came too late.').waitFor()
    await expectSound(page)
    expect(complaints).toEqual([])
    await close()
  })
})

test('what a member has been given, has in hand and is on the way to is taken along in files', async () => {
  const { page, complaints, close } = await opened(390, 'dark')
  const reserve = (id: string, confirm: boolean) =>
    client.call('reserveRedemption', {
      ...{ body: { member: 'm-full', reward: 'five-off', id, confirm }, idempotencyKey: id },
    })
  expect((await reserve('used-at-once', true)).granted).toBe(true)
  expect((await reserve('only-held', false)).granted).toBe(true)
  await page.goto(`${server.url}/console/members/m-full`)
  const textOfFile = async () => {
    const [file] = await Promise.all([page.waitForEvent('download'), page.getByRole('button', { name: 'CSV' }).click()])
    return { name: file.suggestedFilename(), text: await new Response(await file.createReadStream()).text() }
  }
  const ledger = await textOfFile()
  expect(ledger.name).toBe('ledger-m-full.csv')
  const { lines } = await client.call('readStatement', { path: { member: 'm-full' }, query: { limit: '200' } })
  expect(lines.length).toBeGreaterThan(25)
  expect(ledger.text.trim().split('\r\n')).toHaveLength(1 + lines.length)
  expect(ledger.text).toMatch(/^Number,When,What,Rule,Cause,Of what,Amount,Balance\r\n\d+,2\d{3}-/)
  await page.getByRole('tab', { name: 'Vouchers' }).click()
  const vouchers = await textOfFile()
  expect(vouchers.name).toBe('vouchers-m-full.csv')
  expect(vouchers.text).toMatch(/only-held,5 dollars off,"reserved, not confirmed",,2\d{3}-.*,500,points/)
  expect(vouchers.text).toMatch(/used-at-once,5 dollars off,open,2\d{3}-/)
  await expectSound(page)
  expect(complaints).toEqual([])
  await close()
})

test('a balance is adjusted once, and the ledger shows it', async () => {
  const { page, complaints, close } = await opened(1440, 'light')
  await page.goto(`${server.url}/console/members/m-empty`)
  await page.getByRole('button', { name: 'Adjust balance' }).click()
  await page.getByLabel('How much').fill('1250')
  await page.getByLabel('Reason').fill('case-17')
  await expectSound(page)
  await page.getByRole('button', { name: /^Book \+1,250/ }).click()
  await page.getByRole('status').getByText('Booked +1,250').waitFor()
  await page.getByText('Given by hand').waitFor()
  const { lines } = await client.call('readStatement', { path: { member: 'm-empty' } })
  expect(lines.map(({ amount }) => amount)).toEqual([1250])
  expect(complaints).toEqual([])
  await close()
})

test('a refund that matched no order is counted against the order that somebody names', async () => {
  const { page, complaints, close } = await opened(390, 'light')
  await page.goto(`${server.url}/console/refunds`)
  await page.getByRole('button', { name: 'Answer' }).click()
  await page.getByLabel('Order, where another is meant').fill('o24')
  await page.getByText('Write it as source/id').waitFor()
  await page.getByLabel('Order, where another is meant').fill('web/o24')
  await page.getByLabel('Reason').fill('case-19')
  await page.getByRole('button', { name: 'Count it', exact: true }).click()
  await page.getByText('No refund waits for its order.').waitFor()
  const { lines } = await client.call('readStatement', { path: { member: 'm-full' } })
  expect(lines.some(({ cause, amount }) => cause.includes('r1') && amount < 0)).toBe(true)
  expect(complaints).toEqual([])
  await close()
})

test('a session that ends in the middle of a form loses nothing that was typed', async () => {
  const { page, context, close } = await opened(1440, 'light')
  await page.goto(`${server.url}/console/members/m-full`)
  await page.getByRole('button', { name: 'Adjust balance' }).click()
  await page.getByLabel('How much').fill('7')
  await page.getByLabel('Reason').fill('case-18')
  await context.clearCookies()
  await page.getByRole('button', { name: /^Book \+7/ }).click()
  await page.getByRole('alert').getByText('Your session has ended').waitFor()
  expect(await page.getByLabel('Reason').inputValue()).toBe('case-18')
  await context.addCookies(session.cookies)
  await page.getByRole('button', { name: /^Book \+7/ }).click()
  await page.getByRole('status').getByText('Booked +7').waitFor()
  await close()
})

test('a cashier sees members and no door that would not open', async () => {
  const context = await browser.newContext({ storageState: await joined('bo@example.com', 'cashier') })
  const page = await context.newPage()
  await page.goto(`${server.url}/console`)
  await page.getByText('Your role sees members, not the figures of the program.').waitFor()
  expect(await page.getByRole('link', { name: 'Members' }).count()).toBe(1)
  expect(await page.getByRole('link', { name: 'Program' }).count()).toBe(0)
  await page.goto(`${server.url}/console/members/m-full`)
  await page.getByRole('heading', { level: 1, name: longName }).waitFor()
  expect(await page.getByRole('button', { name: 'Adjust balance' }).count()).toBe(0)
  await context.close()
})

test('by keyboard alone: the finder leads to a member', async () => {
  const { page, complaints, close } = await opened(1440, 'dark')
  await page.goto(`${server.url}/console`)
  await page.getByRole('heading', { level: 1 }).waitFor()
  await page.keyboard.press('Control+k')
  await page.locator('input:focus[placeholder="Name, e-mail, phone or id"]').waitFor()
  await page.keyboard.type('max@exa')
  await page.getByText('m-full · max@example.com').waitFor()
  await expectSound(page)
  await page.keyboard.press('ArrowDown')
  await page.keyboard.press('Enter')
  await page.waitForURL(/members\/m-full/)
  expect(complaints).toEqual([])
  await close()
})

test('whoever is not signed in comes back to where they wanted to be', async () => {
  const { page, complaints, close } = await opened(390, 'light', null)
  await page.goto(`${server.url}/console/members/m-full`)
  await page.getByLabel('E-mail').waitFor()
  expect(complaints).toEqual([])
  await page.getByLabel('E-mail').fill('ada@example.com')
  await page.getByLabel('Password').fill('not the password')
  await page.getByRole('button', { name: 'Sign in', exact: true }).click()
  await page.getByRole('alert').waitFor()
  await page.getByLabel('E-mail').fill('ada@example.com')
  await page.getByLabel('Password').fill(password)
  await page.getByRole('button', { name: 'Sign in', exact: true }).click()
  await page.getByRole('heading', { level: 1, name: longName }).waitFor()
  expect(page.url()).toBe(`${server.url}/console/members/m-full`)
  await close()
})

test('files are kept for ever by name and sent packed, the page is not kept and allows no script or style of its own', async () => {
  const cookie = session.cookies.map(({ name, value }) => `${name}=${value}`).join('; ')
  const page = await fetch(`${server.url}/console/members`, { headers: { cookie } })
  const text = await page.text()
  expect(page.headers.get('cache-control')).toBe('no-store')
  const policy = page.headers.get('content-security-policy') ?? ''
  expect(policy).toContain(`script-src 'self';`)
  expect(policy).not.toContain('unsafe')
  const [, nonce = ''] = /'nonce-([^']+)'/.exec(policy) ?? []
  expect(text).toContain(`nonce="${nonce}"`)
  expect(text).not.toMatch(/<script(?![^>]* src=)|<style/)
  const again = (await fetch(`${server.url}/console/members`, { headers: { cookie } })).headers.get(
    'content-security-policy',
  )
  expect(again).not.toBe(policy)

  const [, script = ''] = /src="(\/console\/assets\/[^"]+\.js)"/.exec(text) ?? []
  const file = await fetch(`${server.url}${script}`, { headers: { 'accept-encoding': 'br' } })
  expect(file.headers.get('cache-control')).toBe('public, max-age=31536000, immutable')
  expect(file.headers.get('content-encoding')).toBe('br')
  expect(await file.text()).toContain('/members/$member')
  const plain = await fetch(`${server.url}${script}`, { headers: { 'accept-encoding': 'identity' } })
  expect(plain.headers.get('content-encoding')).toBeNull()
  const known = await fetch(`${server.url}${script}`, { headers: { 'if-none-match': file.headers.get('etag') ?? '' } })
  expect(known.status).toBe(304)
  for (const lost of ['/console/assets/gone.js', '/console/assets/..%2f..%2fpackage.json']) {
    expect((await fetch(`${server.url}${lost}`)).status).toBe(404)
  }
})
