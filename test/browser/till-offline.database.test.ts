import type { Page } from 'playwright-core'
import { beforeAll, expect, test } from 'vitest'
import { buy, client, club, expectSound, home, joined, opened, shoot } from './portal.fixture.ts'

// The till in a real browser whose network is cut: what it sells is kept, and agrees with the books afterwards.

beforeAll(async () => {
  const items = [{ sku: 'HOT', name: 'Hot drink', price: 380, category: 'coffee' }]
  await client.call('setTillItems', { body: { items, offlineMost: 500 } })
  await client.call('addCashier', { body: { name: 'Cora', pin: '4711' } })
})

let tills = 0
async function atWork(page: Page): Promise<string> {
  const { id, code } = await client.call('addTill', { body: { name: `Cut off ${++tills}` } })
  await page.goto(`${home}/till/${club.id}`)
  await page.locator('#code').fill(code)
  await page.locator('button[type=submit]').click()
  await page.getByRole('button', { name: 'Cora' }).click()
  await page.getByRole('heading', { name: 'PIN of Cora' }).waitFor()
  await page.keyboard.type('4711')
  await page.getByRole('button', { name: 'Begin' }).click()
  await page.locator('#guest').waitFor()
  return id
}

/** Somebody with 400 beans and a number that is theirs alone, and drinks in hand that cost 100 each. */
async function guest(phone: string, drinks: number): Promise<string> {
  const member = await joined()
  await client.call('changeProfile', { path: { member }, body: { phone } })
  await buy({ member, daysAgo: 1, total: 20_000, category: 'other' })
  for (let drink = 0; drink < drinks; drink++) {
    const body = { id: `drink-${member}-${drink}`, member, reward: 'hot-drink', confirm: true }
    await client.call('reserveRedemption', { body })
  }
  return member
}

async function say(page: Page, phone: string): Promise<void> {
  await page.locator('#guest').fill(phone)
  await page.keyboard.press('Enter')
  await page.locator('#guest-name').waitFor()
}

async function sell(page: Page, digits: string): Promise<void> {
  for (const digit of digits) await page.locator('.key', { hasText: new RegExp(`^${digit}$`) }).click()
  await page.locator('.record').click()
  await page.locator('#done-title').waitFor()
}

const beansOf = async (member: string) =>
  (await client.call('readBalance', { path: { member } })).balances.find(({ asset }) => asset === 'beans')?.active
const alarmsOf = async (till: string) =>
  (await client.call('listTillAlarms', {})).alarms.filter((alarm) => alarm.till === till)

test.each([390, 1280])(
  'a till whose line is cut sells on, honours what it holds, and agrees with the books: %i wide',
  async (width) => {
    const phone = `+3163000${width}`
    const member = await guest(phone, 2)
    const { page, context, close } = await opened({ width })
    const till = await atWork(page)
    await say(page, phone)
    await page.getByRole('heading', { name: 'Maren' }).waitFor()
    // It has the page without a line as soon as its worker is there.
    await page.evaluate('navigator.serviceWorker.ready')
    await page.getByRole('button', { name: 'Another guest' }).click()

    await context.setOffline(true)
    await say(page, phone)
    await page.getByText('What they buy earns as soon as there is a line.').waitFor()
    const drinks = page.getByRole('listitem').filter({ hasText: 'Any hot drink' })
    await expect.poll(() => drinks.count()).toBe(2)
    await drinks.first().getByRole('button', { name: 'Use' }).click()
    await expect.poll(() => drinks.count()).toBe(1)
    // 3.80 each, and 5.00 is what the shop has stated.
    await drinks.first().getByRole('button', { name: 'Use' }).click()
    await page.getByText('no more than €5.00').waitFor()
    await expectSound(page)
    await shoot(page, `till-${width}-without-line`)
    await sell(page, '500')
    await page.getByRole('heading', { name: 'Kept here' }).waitFor()
    await page.getByText('Sales that this till holds, none lost: 1.').waitFor()
    await expectSound(page)
    await shoot(page, `till-${width}-kept`)

    await page.getByRole('button', { name: 'Next guest' }).first().click()
    await say(page, '+31999')
    await page.getByRole('heading', { name: 'Guest without a line' }).waitFor()
    await sell(page, '700')

    // The page is loaded anew, and whoever was at the till still is.
    await page.goto(`${home}/till/`)
    await page.getByText('Sales that this till holds, none lost: 2.').waitFor()
    await say(page, phone)
    // What was handed over is in no hand any more.
    await expect.poll(() => drinks.count()).toBe(1)
    await sell(page, '600')
    await page.getByText('Sales that this till holds, none lost: 3.').waitFor()
    await shoot(page, `till-${width}-holds`)
    expect(await beansOf(member)).toBe(200)

    await context.setOffline(false)
    await expect.poll(() => page.getByText('none lost').count(), { timeout: 30_000 }).toBe(0)
    expect(await beansOf(member)).toBe(200 + 10 + 12)
    await page.getByText('No line to the shop.').waitFor({ state: 'hidden', timeout: 20_000 })
    // What was on the counter is still there.
    await page.getByRole('heading', { name: 'Kept here' }).waitFor()
    const { vouchers } = await client.call('listVouchers', { path: { member }, query: { status: 'all' } })
    expect(vouchers.map(({ status }) => status).toSorted()).toEqual(['open', 'used'])
    const told = await alarmsOf(till)
    expect(told.map(({ kind, amount }) => [kind, amount])).toEqual([['nobody', 700]])
    await close()
  },
)

test('a sale whose line is cut while it is recorded counts once', async () => {
  const member = await guest('+3163111111', 0)
  const { page, context, close } = await opened()
  const till = await atWork(page)
  await say(page, '+3163111111')
  // The shop gets it, and its answer does not come through.
  await page.route('**/v1/till/sales', async (route) => {
    await route.fetch()
    await route.abort()
  })
  await sell(page, '900')
  await page.getByRole('heading', { name: 'Kept here' }).waitFor()
  await page.unroute('**/v1/till/sales')
  await context.setOffline(false)
  await expect.poll(() => page.getByText('none lost').count(), { timeout: 30_000 }).toBe(0)
  expect(await beansOf(member)).toBe(400 + 18)
  expect(await alarmsOf(till)).toEqual([])
  await close()
})

test('a device that still holds sales says so before it becomes another till, and a wrong code takes nothing of them', async () => {
  const member = await guest('+3163222222', 0)
  const { page, context, close } = await opened()
  const till = await atWork(page)
  await context.setOffline(true)
  await say(page, '+3163222222')
  await sell(page, '900')
  await client.call('revokeTill', { path: { till } })
  await context.setOffline(false)
  await page.reload()
  await page.getByText('Make this device a till').waitFor()
  await page.getByText('Sales that this till holds, none lost: 1. They are of the till that this device was').waitFor()
  await expectSound(page)
  await shoot(page, 'till-holds-for-another')
  await page.getByLabel('Code').fill('WRONG-WRONG')
  await page.getByRole('button', { name: 'Make it a till' }).click()
  await page.getByText('The code is wrong, too old, or was used.').waitFor()
  await page.reload()
  await page.getByText('Sales that this till holds, none lost: 1.').waitFor()
  expect(await beansOf(member)).toBe(400)
  await close()
})
