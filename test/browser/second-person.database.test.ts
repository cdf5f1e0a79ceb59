import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Console, expectSound, looks, openConsole, type Session } from './open-console.ts'

// What is more than one person may adjust alone: limits are set, something waits, and somebody else answers it.

let here: Console
let support: Session
let manager: Session
beforeAll(async () => {
  here = await openConsole('second-person')
  support = await here.joined('sam@example.com', 'support')
  manager = await here.joined('kit@example.com', 'manager')
  await here.client.call('createMember', { body: { id: 'm-1', profile: { name: 'Maren Ø. Sørensen' } } })
}, 120_000)
afterAll(() => here?.close())

const goTo = (page: Page, path: string) => page.goto(`${here.server.url}/console${path}`)

async function ask(page: Page, amount: string, reason: string): Promise<void> {
  await goTo(page, '/members/m-1')
  await page.getByRole('button', { name: 'Adjust balance' }).click()
  await page.getByLabel('How much').fill(amount)
  await page.getByLabel('Reason').fill(reason)
  await page.getByRole('button', { name: /^Book \+/ }).click()
}

const balance = async () => (await here.client.call('readMember', { path: { member: 'm-1' } })).balances[0]?.active

describe.each(looks)('%i wide, %s', (width, scheme) => {
  test('a limit is set, something waits beyond it, is approved by somebody else, and another declined', async () => {
    const owner = await here.opened(width, scheme)
    await goTo(owner.page, '/team')
    await owner.page.getByText('There is no limit.').waitFor()
    await expectSound(owner.page)
    await owner.page.getByRole('button', { name: 'Set a limit' }).click()
    const form = owner.page.getByRole('dialog')
    await form.getByLabel('Role').selectOption({ label: 'Support' })
    await form.getByLabel('At most in 24 hours').fill('0')
    await expectSound(owner.page)
    await form.getByRole('button', { name: 'Set it' }).click()
    const limits = owner.page.getByRole('table', { name: 'What one person may adjust alone' })
    await limits.getByText('Support').waitFor()
    await goTo(owner.page, '/waiting')
    await owner.page.getByText('Nothing waits for a second person.').waitFor()
    await expectSound(owner.page)

    const before = (await balance()) ?? 0
    const asking = await here.opened(width, scheme, support)
    await ask(asking.page, '300', 'case-1')
    await asking.page.getByText('it waits for a second person').waitFor()
    expect(await balance()).toBe(before)
    // Nobody approves what they have asked for.
    await asking.page.getByText('You asked for it, so somebody else has to approve it.').waitFor()
    await expectSound(asking.page)
    await goTo(asking.page, '/waiting')
    await asking.page.getByRole('button', { name: 'Take back' }).waitFor()
    expect(await asking.page.getByRole('button', { name: /^Approve/ }).count()).toBe(0)
    await ask(asking.page, '55', 'case-2')
    await asking.page.getByText('it waits for a second person').waitFor()

    const second = await here.opened(width, scheme, manager)
    await goTo(second.page, '')
    await second.page.getByText('2 adjustments wait for a second person').waitFor()
    await second.page.getByRole('link', { name: 'Review' }).click()
    const row = (amount: string) => second.page.getByRole('row').filter({ hasText: amount })
    await row('+300').getByText('case-1').waitFor()
    await expectSound(second.page)
    await row('+300').getByRole('button', { name: 'Approve +300' }).click()
    await second.page.getByText('recorded in the name of').waitFor()
    await expectSound(second.page)
    await second.page.getByRole('dialog').getByRole('button', { name: 'Approve +300' }).click()
    await second.page.getByRole('status').getByText('approved and booked').waitFor()
    expect(await balance()).toBe(before + 300)
    await goTo(second.page, '/members/m-1')
    await second.page.getByText('A second person is needed').waitFor()
    await second.page.getByText(/Afterwards the balance would be/).waitFor()
    await expectSound(second.page)
    await second.page.getByRole('button', { name: 'Decline' }).click()
    await second.page.getByRole('dialog').getByRole('button', { name: 'Decline' }).click()
    await second.page.getByText('Declined. Nothing was given or taken.').waitFor()
    expect(await balance()).toBe(before + 300)
    expect(second.complaints).toEqual([])
    await second.close()

    await goTo(owner.page, '/team')
    await limits.getByRole('button', { name: 'Take away' }).click()
    await expectSound(owner.page)
    await owner.page.getByRole('dialog').getByRole('button', { name: 'Take away' }).click()
    await owner.page.getByText('There is no limit.').waitFor()
    await ask(asking.page, '1', 'case-3')
    await asking.page.getByRole('status').getByText('Booked +1').waitFor()
    // The two that were refused to one person alone are the only complaints: the browser tells of each answer that is a no.
    expect(asking.complaints.filter((each) => !each.includes('409'))).toEqual([])
    expect(owner.complaints).toEqual([])
    await asking.close()
    await owner.close()
  }, 120_000)
})

test('what somebody else has declined meanwhile says so, and one who may not finds no door', async () => {
  await here.client.call('setLimit', { body: { role: 'support', asset: 'points', mostPerDay: 10 } })
  const asking = await here.opened(1440, 'light', support)
  await ask(asking.page, '77', 'case-9')
  await asking.page.getByText('it waits for a second person').waitFor()
  await asking.close()
  const { page, close } = await here.opened(390, 'dark', manager)
  await goTo(page, '/waiting')
  await page.getByRole('button', { name: 'Approve +77' }).click()
  const [act] = (await here.client.call('listWaitingActs', {})).acts
  await here.client.call('rejectAct', { path: { act: act?.id ?? '' } })
  await page.getByRole('dialog').getByRole('button', { name: 'Approve +77' }).click()
  await page.getByRole('status').getByText('Somebody has answered it already.').waitFor()
  await page.getByText('Nothing waits for a second person.').waitFor()
  await close()

  const cashier = await here.opened(1440, 'light', await here.joined('bo@example.com', 'cashier'))
  await goTo(cashier.page, '')
  await cashier.page.getByRole('link', { name: 'Members' }).waitFor()
  expect(await cashier.page.getByRole('link', { name: 'Second person' }).count()).toBe(0)
  await goTo(cashier.page, '/waiting')
  await cashier.page.getByText('This room is not for that role.').waitFor()
  await expectSound(cashier.page)
  expect(cashier.complaints).toEqual([])
  await cashier.close()
  const auditor = await here.opened(1440, 'dark', await here.joined('li@example.com', 'auditor'))
  await goTo(auditor.page, '/team')
  await auditor.page.getByRole('table', { name: 'What one person may adjust alone' }).getByText('Support').waitFor()
  expect(await auditor.page.getByRole('button', { name: 'Set a limit' }).count()).toBe(0)
  await expectSound(auditor.page)
  await auditor.close()
})
