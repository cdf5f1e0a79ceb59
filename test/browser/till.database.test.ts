import type { Page } from 'playwright-core'
import { beforeAll, describe, expect, test } from 'vitest'
import { buy, client, club, enter, expectSound, home, joined, opened, shoot } from './portal.fixture.ts'

// The till in a real browser, as it is built and served: at a phone's and a counter's width, light and dark, in five languages.

const looks = [390, 1280].flatMap((width) => (['light', 'dark'] as const).map((scheme) => ({ width, scheme })))
const long = 'Maximiliane-Theodora von Hohenschwangau-Württemberg zu Überlingen <b>& Söhne</b>'

const items = [
  { sku: 'FLAT', name: 'Flat white', price: 380, category: 'coffee' },
  { sku: 'ESP', name: 'Espresso', price: 240, category: 'coffee' },
  { sku: 'CAKE', name: 'Zwetschgendatschi mit Schlagobers und Zimtstreuseln', price: 520, category: 'bakery' },
]
let cashier = ''
beforeAll(async () => {
  await client.call('setTillItems', { body: { items } })
  cashier = (await client.call('addCashier', { body: { name: 'Cora', pin: '4711' } })).id
  await client.call('addCashier', { body: { name: long.slice(0, 100), pin: '1234' } })
})

let tills = 0
const newCode = async () => (await client.call('addTill', { body: { name: `Counter ${++tills}` } })).code

let phones = 0
/** A member with so many beans and a number that is theirs alone. */
async function guest(beans: number, name: string | null = 'Maren') {
  const member = await joined(name)
  const phone = `+3162${String(++phones).padStart(6, '0')}`
  await client.call('changeProfile', { path: { member }, body: { phone } })
  if (beans > 0) await buy({ member, daysAgo: 1, total: beans * 50, category: 'other' })
  return { member, phone }
}

async function press(page: Page, digits: string): Promise<void> {
  for (const digit of digits) await page.locator('.key', { hasText: new RegExp(`^${digit}$`) }).click()
}

/** By hand, as a manager and a cashier do it. */
async function atWork(page: Page): Promise<void> {
  await page.goto(`${home}/till/${club.id}`)
  await page.locator('#code').fill(await newCode())
  await page.locator('button[type=submit]').click()
  await page.getByRole('button', { name: 'Cora' }).click()
  await page.locator('.key').nth(3).click()
  await page.keyboard.type('711')
  await page.locator('.door > .button').first().click()
  await page.locator('#guest').waitFor()
}

async function found(page: Page, phone: string): Promise<void> {
  await page.locator('#guest').fill(phone)
  await page.keyboard.press('Enter')
  await page.locator('#guest-name').waitFor()
}

describe.each(looks)('$width wide, $scheme', (look) => {
  const named = (page: string) => `till-${look.width}-${look.scheme}-${page}`

  test('a device is enrolled, a cashier comes in, sells, redeems and undoes; axe finds nothing', async () => {
    const { phone } = await guest(400, long)
    const { page, complaints, close } = await opened(look)
    await page.goto(`${home}/till/${club.id}`)
    await page.getByText('Make this device a till').waitFor()
    await page.getByRole('button', { name: 'Make it a till' }).click()
    await page.getByText('Something is not typed yet.').waitFor()
    await expectSound(page)
    await shoot(page, named('enrol'))
    await page.getByLabel('Code').fill(await newCode())
    await page.getByRole('button', { name: 'Make it a till' }).click()
    await page.getByText('Who is here?').waitFor()
    await expectSound(page)
    await shoot(page, named('people'))
    await page.getByRole('button', { name: 'Cora' }).click()
    await press(page, '4711')
    await expectSound(page)
    await shoot(page, named('pin'))
    await page.getByRole('button', { name: 'Begin' }).click()
    await page.getByText('Scan the card, or type the phone number.').waitFor()
    await page.getByText('Nothing was done here in the last half hour.').waitFor()
    await expectSound(page)
    await shoot(page, named('counter'))

    await found(page, phone)
    await page.getByText(long).waitFor()
    expect(await page.locator('.figure').first().textContent()).toBe('400')
    await page.getByRole('button', { name: /^Flat white/ }).click()
    await page.getByRole('button', { name: /^Flat white/ }).click()
    await page.getByRole('button', { name: /^Espresso/ }).click()
    await page.getByRole('button', { name: 'Without Espresso' }).click()
    await press(page, '450')
    await page.getByText('Can be used now').waitFor()
    await expectSound(page)
    await shoot(page, named('guest'))
    const drink = page.getByRole('listitem').filter({ hasText: 'Any hot drink' })
    await drink.getByRole('button').click()
    await page.getByText('Hand it over now.').waitFor()
    await page.getByRole('button', { name: 'Record €12.10' }).click()
    await page.getByRole('heading', { name: 'Recorded' }).waitFor()
    await page.getByText('+24 beans').waitFor()
    await page.getByText('2 of 10 stamps').waitFor()
    await expectSound(page)
    await shoot(page, named('done'))
    await page.getByRole('button', { name: 'Undo' }).click()
    await page.getByRole('heading', { name: 'Undone' }).waitFor()
    await page.getByText('0 of 10 stamps').waitFor()
    await page.getByRole('button', { name: 'Next guest' }).first().click()
    await page.getByText('Reward redeemed').waitFor()
    await expectSound(page)
    await shoot(page, named('acts'))
    await page.getByRole('button', { name: 'Lock' }).click()
    await page.getByText('Who is here?').waitFor()
    expect(complaints).toEqual([])
    await close()
  })
})

describe.each(['tr', 'de', 'es', 'ar'])('in %s', (language) => {
  test.each([390, 1280])('everything is said, nothing in English, and nothing is cut: %i wide', async (width) => {
    const { phone } = await guest(400, null)
    const { page, complaints, close } = await opened({ width, language })
    await atWork(page)
    await shoot(page, `till-${width}-${language}-counter`)
    await expectSound(page)
    await found(page, phone)
    await page.locator('.item-add').first().click()
    await expectSound(page)
    await shoot(page, `till-${width}-${language}-guest`)
    const said = (await page.locator('body').innerText()).replaceAll(/Cora|Counter \d+|Flat white|Espresso/g, '')
    expect(said).not.toMatch(/\b(Guest|Sale|Record|Lock|Amount|Total|Find|nothing|Another|used)\b/)
    await page.locator('.record').click()
    await page.locator('#done-title').waitFor()
    await expectSound(page)
    expect(complaints).toEqual([])
    await close()
  })
})

test('the card that a phone shows is scanned once: the same picture of it is worth nothing', async () => {
  const { member } = await guest(40)
  const [phone, counter] = [await opened(), await opened({ width: 1280 })]
  await enter(phone.page, member)
  const [answer] = await Promise.all([
    phone.page.waitForResponse((response) => response.url().endsWith('/v1/self/card-code')),
    phone.page.getByRole('button', { name: 'Show my code' }).click(),
  ])
  const { code } = (await answer.json()) as { code: string }
  await atWork(counter.page)
  // A scanner types into nothing in particular, and ends with Enter.
  await counter.page.locator('#find-title').click()
  await counter.page.evaluate('document.activeElement.blur()')
  await counter.page.keyboard.type(code)
  await counter.page.keyboard.press('Enter')
  await counter.page.getByRole('heading', { name: 'Maren' }).waitFor()
  await counter.page.getByRole('button', { name: 'Another guest' }).click()
  await counter.page.locator('#guest').fill(code)
  await counter.page.keyboard.press('Enter')
  await counter.page.getByText('This code was taken already.').waitFor()
  await expectSound(counter.page)
  await phone.close()
  await counter.close()
})

test('a camera that reads codes finds the guest, and one that is refused says so', async () => {
  const { member } = await guest(40)
  const phone = await opened()
  await enter(phone.page, member)
  const [answer] = await Promise.all([
    phone.page.waitForResponse((response) => response.url().endsWith('/v1/self/card-code')),
    phone.page.getByRole('button', { name: 'Show my code' }).click(),
  ])
  const { code } = (await answer.json()) as { code: string }
  const { page, close } = await opened()
  // What phones and tablets bring along and this browser does not: a reader of codes, and a camera that shows something.
  await page.addInitScript(`
    globalThis.cameras = 0
    globalThis.BarcodeDetector = class { async detect(video) { return video.videoWidth > 0 ? [{ rawValue: '${code}' }] : [] } }
    const media = { getUserMedia: async () => {
      if (globalThis.cameras++ === 0) throw new Error('refused')
      const canvas = Object.assign(document.createElement('canvas'), { width: 64, height: 48 })
      const drawing = canvas.getContext('2d')
      setInterval(() => drawing.fillRect(0, 0, 64, 48), 50)
      return canvas.captureStream()
    } }
    Object.defineProperty(navigator, 'mediaDevices', { value: media })
  `)
  await atWork(page)
  await page.getByRole('button', { name: 'Camera' }).click()
  await page.getByText('The camera cannot be used here.').waitFor()
  await page.getByRole('button', { name: 'Stop the camera' }).click()
  await page.getByRole('button', { name: 'Camera' }).click()
  await page.getByRole('heading', { name: 'Maren' }).waitFor()
  await phone.close()
  await close()
})

describe('what goes wrong', () => {
  test('a wrong code, a wrong PIN, and a number that nobody has are said, and what to do', async () => {
    const { page, close } = await opened()
    await page.goto(`${home}/till`)
    await page.getByLabel('Program').fill(club.id)
    await page.getByLabel('Code').fill('WRONG-WRONG')
    await page.getByRole('button', { name: 'Make it a till' }).click()
    await page.getByText('The code is wrong, too old, or was used.').waitFor()
    await expectSound(page)
    await page.getByLabel('Code').fill(await newCode())
    await page.getByRole('button', { name: 'Make it a till' }).click()
    const { id } = await client.call('addCashier', { body: { name: 'Locked out', pin: '9999' } })
    await page.reload()
    await page.getByRole('button', { name: 'Locked out' }).click()
    for (let tries = 0; tries < 4; tries++) {
      await press(page, '1111')
      await page.getByRole('button', { name: 'Begin' }).click()
      await page.getByText('The PIN is wrong.').waitFor()
      await page.getByLabel('0 digits').waitFor()
    }
    await press(page, '1111')
    await page.getByRole('button', { name: 'Begin' }).click()
    await page.getByText(/Wrong five times\. Locked until \d\d:\d\d/).waitFor()
    await expectSound(page)
    await shoot(page, 'till-locked')
    await client.call('setPin', { path: { cashier: id }, body: { pin: '8888' } })
    await press(page, '8888')
    await page.getByRole('button', { name: 'Begin' }).click()
    await page.getByRole('button', { name: 'Find' }).click()
    await page.getByText('Nothing is typed yet.').waitFor()
    await page.locator('#guest').fill('+31 6 99999999')
    await page.keyboard.press('Enter')
    await page.getByText('Nobody has this number alone.').waitFor()
    await page.locator('#guest').fill('lc1.nonsense')
    await page.keyboard.press('Enter')
    await page.getByText('This is no card of this shop.').waitFor()
    await expectSound(page)
    await shoot(page, 'till-nobody')
    await close()
  })

  test('a till that is revoked, and a cashier who has left, are out with the next touch', async () => {
    const { phone } = await guest(0)
    const [one, other] = [await opened(), await opened()]
    await atWork(one.page)
    await atWork(other.page)
    const { tills: all } = await client.call('listTills', {})
    const [till] = all
    await client.call('revokeTill', { path: { till: till?.id ?? '' } })
    await other.page.reload()
    await other.page.getByText('Make this device a till').waitFor()
    await client.call('endCashier', { path: { cashier } })
    await found(one.page, phone).catch(() => undefined)
    await one.page.getByText('Who is here?').waitFor()
    cashier = (await client.call('addCashier', { body: { name: 'Cora', pin: '4711' } })).id
    await one.close()
    await other.close()
  })

  test('a reward for which there is not enough says how much is missing, and nobody who has nothing is offered it', async () => {
    const { phone } = await guest(0, null)
    const { page, close } = await opened()
    await atWork(page)
    await found(page, phone)
    await page.getByRole('heading', { name: 'Guest without a name' }).waitFor()
    await page
      .getByText(/more to go/)
      .first()
      .waitFor()
    await page.getByRole('button', { name: 'Another guest' }).click()
    await page.locator('#guest').waitFor()
    await expectSound(page)
    await close()
  })
})

test('the first load is small, holds no engine and no schemas, and allows no script of its own', async () => {
  const { page, complaints, close } = await opened()
  const { headers } = await fetch(`${home}/till/`, { headers: { accept: 'text/html' } })
  expect(headers.get('content-security-policy')).toContain(`script-src 'self';`)
  expect(headers.get('content-security-policy')).not.toContain('unsafe')
  let bytes = 0
  const texts: string[] = []
  const seen = new Set<string>()
  page.on('response', async (answer) => {
    const { pathname } = new URL(answer.url())
    if (!pathname.startsWith('/till/assets/') || seen.has(pathname)) return
    seen.add(pathname)
    const packed = await fetch(answer.url(), { headers: { 'accept-encoding': 'br' } })
    bytes += Number(packed.headers.get('content-length') ?? 0)
    texts.push(await packed.text())
  })
  await page.goto(`${home}/till`)
  await page.getByText('Make this device a till').waitFor()
  await expect.poll(() => texts.length).toBeGreaterThanOrEqual(3)
  expect(bytes).toBeGreaterThan(50_000)
  expect(bytes).toBeLessThan(150_000)
  expect(texts.join('')).not.toMatch(/ZodError|claw_back|compileProgram/)
  expect(complaints).toEqual([])
  await close()
})
