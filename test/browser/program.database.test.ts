import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Console, expectSound, looks, openConsole, type Session } from './open-console.ts'

// The program in the console: sentences and document as one truth, written by one person or two.

let laurel: Console
let manager: Session
let document = ''

beforeAll(async () => {
  laurel = await openConsole('program')
  manager = await laurel.joined('bo@example.com', 'manager')
  await laurel.client.call('createMember', { body: { id: 'm-full' } })
  document = (await laurel.client.call('readVersion', { path: { version: '1' } })).document.replace(
    'inForce: { from: always }\n',
    '',
  )
}, 120_000)

afterAll(() => laurel?.close())

const save = (draft: string, text: string, revision = 0) =>
  laurel.client.call('saveDraft', { path: { draft }, body: { revision, document: text } })

const openDraft = async (page: Page, draft: string) => {
  await page.goto(`${laurel.server.url}/console/program?draft=${draft}`)
  await page.getByRole('textbox', { name: 'The document' }).waitFor()
}

/** Puts a text in the place of all that stands in the editor, as somebody does who pastes it. */
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

describe.each(looks)('%i wide, %s', (width, scheme) => {
  test('the program and a draft of it read as sentences beside their document', async () => {
    await save(`look-${width}-${scheme}`, document.replace('give: 1 points', 'give: 2 points'))
    const { page, complaints, close } = await laurel.opened(width, scheme)
    await page.goto(`${laurel.server.url}/console/program`)
    await page.getByText('1 point for every $1 you spend.').waitFor()
    await page.getByText('unknownMembers: create').waitFor()
    await expectSound(page)
    await openDraft(page, `look-${width}-${scheme}`)
    const sentences = page.getByRole('region', { name: 'In sentences' })
    await sentences.locator('ins').getByText('2 points for every $1 you spend.').waitFor()
    await sentences.locator('del').getByText('1 point for every $1 you spend.').waitFor()
    await page.getByText('What changes when it is published').waitFor()
    await expectSound(page)
    expect(complaints).toEqual([])
    await close()
  })
})

test('a draft is checked as it is typed, saved, compared and published; an order is tried', async () => {
  const { page, complaints, close } = await laurel.opened(1440, 'light')
  await page.goto(`${laurel.server.url}/console/program`)
  await page.getByRole('button', { name: 'Write a draft' }).click()
  await page.getByLabel('Name of the draft').fill('double')
  await page.getByRole('button', { name: 'Begin with this version' }).click()
  await page.getByRole('textbox', { name: 'The document' }).waitFor()
  await write(page, document.replace('give: 1 points', 'give: 1 pionts'))
  await page.getByLabel('What the checker says').getByText('pionts').first().waitFor()
  await page.getByText('The document cannot be read as it stands').waitFor()
  await expectSound(page)
  await write(page, document.replace('give: 1 points', 'give: 2 points'))
  await page.getByText('2 points for every $1 you spend.').waitFor()
  await page.getByLabel('What it is for').fill('Autumn')
  await page.getByRole('button', { name: 'Save', exact: true }).click()
  await page.getByText('What changes when it is published').waitFor()
  await page.getByRole('cell', { name: 'Saved revision 2 “Autumn”' }).waitFor()
  await expectSound(page)
  await page.getByRole('button', { name: 'Publish', exact: true }).click()
  await page.getByText('published.').waitFor()
  await page.goto(`${laurel.server.url}/console/program`)
  await page.getByText('2 points for every $1 you spend.').waitFor()

  await page.getByLabel('Member (id)').fill('m-full')
  await page.getByLabel('Total in USD').fill('50')
  await page.getByRole('button', { name: 'What would it give?' }).click()
  await page.getByLabel('Try an order').getByText('+100').first().waitFor()
  await expectSound(page)
  expect(complaints).toEqual([])
  await close()
})

test('the language completes and explains what is written; sentences and document have one cursor', async () => {
  await save('helped', document)
  const { page, complaints, close } = await laurel.opened(1440, 'dark')
  await openDraft(page, 'helped')
  await page.getByText('unknownMembers').hover()
  await page.locator('.cm-meaning').getByText('For instance').waitFor()
  await expectSound(page)
  const sentences = page.getByRole('region', { name: 'In sentences' })
  const base = sentences.locator('[data-part="earning/base"]')
  await base.getByRole('button', { name: /^line/ }).click()
  await expect.poll(() => base.getAttribute('class')).toContain('active')
  await page.keyboard.press('ArrowDown')
  await page.keyboard.press('End')
  await page.keyboard.press('Enter')
  await page.keyboard.type('pla')
  await page.locator('.cm-tooltip-autocomplete').getByText('places').first().waitFor()
  await expectSound(page)
  await page.keyboard.press('Escape')
  await page.keyboard.press('Control+End')
  await page.keyboard.type('\nref')
  await page.locator('.cm-tooltip-autocomplete').getByText('referral', { exact: true }).click()
  await page.locator('.cm-line').getByText('referral: ').waitFor()
  expect(complaints).toEqual([])
  await close()
})

test('of two who write one draft the second is told, loses nothing, and decides', async () => {
  await save('shared', document)
  const first = await laurel.opened(1440, 'light')
  const second = await laurel.opened(390, 'dark', manager)
  await openDraft(first.page, 'shared')
  await openDraft(second.page, 'shared')
  await write(first.page, document.replace('give: 1 points', 'give: 3 points'))
  await write(second.page, document.replace('give: 1 points', 'give: 4 points'))
  await first.page.getByRole('button', { name: 'Save', exact: true }).click()
  await first.page.getByText('Revision 2 by Ada Lovelace').waitFor()
  await second.page.getByRole('button', { name: 'Save', exact: true }).click()
  const told = second.page.getByRole('alert', { name: /has saved this draft while you were writing/ })
  await told.getByText(/4 points for every \$1 you spend/).waitFor()
  await second.page.getByText('4 points for every $1 you spend.', { exact: true }).waitFor()
  await expectSound(second.page)
  await told.getByRole('button', { name: 'Save mine in its place' }).click()
  await second.page.getByText('Revision 3 by Ada Lovelace').waitFor()
  expect((await laurel.client.call('readDraft', { path: { draft: 'shared' } })).document).toContain('give: 4 points')

  // Whoever has not saved yet is told without asking.
  await write(first.page, document.replace('give: 1 points', 'give: 5 points'))
  await first.page.getByRole('alert', { name: /has saved this draft while/ }).waitFor({ timeout: 20_000 })
  await first.page.getByRole('button', { name: 'Throw mine away and take theirs' }).click()
  await first.page.getByText('4 points for every $1 you spend.', { exact: true }).waitFor()
  await first.page.getByText('Revision 3 by').waitFor()
  await first.close()
  await second.close()
})

test('a session that ends while a draft is written takes nothing that was typed, nor does a tab that is closed', async () => {
  await save('kept', document)
  const { page, context, close } = await laurel.opened(1440, 'light')
  await openDraft(page, 'kept')
  await write(page, document.replace('give: 1 points', 'give: 7 points'))
  await context.clearCookies()
  await page.getByRole('button', { name: 'Save', exact: true }).click()
  await page.getByRole('alert').getByText('Your session has ended').waitFor()
  await page.getByText('7 points for every $1 you spend.').first().waitFor()
  await context.addCookies(laurel.owner.cookies)
  await openDraft(page, 'kept')
  await page.getByText('What you typed here and did not save is back.').waitFor()
  await page.getByText('7 points for every $1 you spend.').first().waitFor()
  await expectSound(page)
  await page.getByRole('button', { name: 'Save', exact: true }).click()
  await page.getByText('Revision 2 by').waitFor()
  expect((await laurel.client.call('readDraft', { path: { draft: 'kept' } })).document).toContain('give: 7 points')
  await close()
})

test('a draft that another version has overtaken says so, and goes on from there once its writer has seen it', async () => {
  await save('overtaken', document.replace('give: 1 points', 'give: 6 points'))
  const { version } = await laurel.client.call('publishProgram', {
    body: document.replace('give: 1 points', 'give: 8 points'),
  })
  const { page, close } = await laurel.opened(390, 'dark')
  await openDraft(page, 'overtaken')
  await page.getByText(`Version ${version} was published since this draft was begun.`, { exact: false }).waitFor()
  await page.getByRole('region', { name: 'In sentences' }).locator('del').getByText('8 points for every $1').waitFor()
  await expectSound(page)
  await page.getByRole('button', { name: 'Publish', exact: true }).click()
  await page.getByRole('alert').waitFor()
  await page.getByRole('button', { name: `Go on from version ${version}` }).click()
  await page.getByText('Revision 2 by').waitFor()
  await page.getByRole('button', { name: 'Publish', exact: true }).click()
  await page.getByText('published.').waitFor()
  await close()
})
