import { describe, expect, test } from 'vitest'
import { at, buy, client, codeFor, enter, expectSound, home, joined, opened, regular, shoot } from './portal.fixture.ts'

// The portal of members in a real browser, as it is built and served: at a phone's and a desk's width, light and dark, in five
// languages.

const looks = [390, 1440].flatMap((width) => (['light', 'dark'] as const).map((scheme) => ({ width, scheme })))

describe.each(looks)('$width wide, $scheme', (look) => {
  const named = (page: string) => `${look.width}-${look.scheme}-${page}`

  test('a member comes in with a code and finds card, rewards and history; axe finds nothing', async () => {
    const member = await regular()
    const { page, complaints, close } = await opened(look)
    await page.goto(at())
    await page.getByText('Welcome to Kettle Club').waitFor()
    await expectSound(page)
    await shoot(page, named('door'))
    await page.getByLabel('E-mail or phone').fill(`${member}@example.com`)
    await page.getByRole('button', { name: 'Send me a code' }).click()
    await page.getByText('six digits are on their way').waitFor()
    await expectSound(page)
    await page.getByLabel('Code').fill(await codeFor(member))
    await page.getByRole('button', { name: 'Sign in', exact: true }).click()
    await page.getByText('What lapses, and when').waitFor()
    await page.getByText('Silver', { exact: true }).first().waitFor()
    await page.getByText(/reach Gold/).waitFor()
    await expectSound(page)
    await shoot(page, named('card'))

    await page.getByRole('link', { name: 'Rewards' }).click()
    await page.getByRole('heading', { name: 'Any hot drink' }).waitFor()
    await expectSound(page)
    await shoot(page, named('rewards'))

    await page.getByRole('link', { name: 'History' }).click()
    await page
      .getByRole('button', { name: /^Earned.*19 beans/ })
      .first()
      .click()
    await page.getByText('2 beans for every €1 you spend.').waitFor()
    await page.getByRole('button', { name: 'Earlier' }).click()
    await expectSound(page)
    await shoot(page, named('history'))

    await page.getByRole('link', { name: 'You' }).click()
    await page.getByText('Where you are signed in').waitFor()
    await expectSound(page)
    await shoot(page, named('me'))
    await page.getByRole('button', { name: 'Sign out' }).click()
    await page.getByText('Welcome to Kettle Club').waitFor()
    // Nothing of anybody is left on the device.
    expect(await page.evaluate('JSON.stringify(localStorage)')).not.toMatch(/Maximiliane|beans/)
    expect(complaints).toEqual([])
    await close()
  })

  test('who has nothing yet is told how it begins', async () => {
    const member = await joined(null)
    const { page, complaints, close } = await opened(look)
    await enter(page, member)
    await expectSound(page)
    await shoot(page, named('card-empty'))
    await page.getByRole('link', { name: 'History' }).click()
    await page.getByText('Everything that you earn and spend will stand here.').waitFor()
    await expectSound(page)
    await page.getByRole('link', { name: 'Rewards' }).click()
    await page.getByText('What you redeem will stand here with its code.').waitFor()
    await shoot(page, named('rewards-empty'))
    await page.goto(at('/nowhere'))
    await page.getByText('There is nothing here').waitFor()
    await expectSound(page)
    expect(complaints).toEqual([])
    await close()
  })
})

describe.each([
  ['tr', 'Neden?', 'Harcadığın her €1 için 2 çekirdek.'],
  ['de', 'Warum?', 'Bohne'],
  ['es', '¿Por qué?', 'granos'],
  ['ar', 'لماذا؟', 'حب'],
])('in %s', (language, why, sentence) => {
  test.each(looks.filter(({ scheme, width }) => (scheme === 'light') === (width === 390)))(
    'every page is read in it, at $width, $scheme',
    async (look) => {
      const member = await regular()
      const { page, complaints, close } = await opened({ ...look, language })
      await enter(page, member)
      expect(await page.evaluate('document.documentElement.lang')).toBe(language)
      expect(await page.evaluate('document.documentElement.dir')).toBe(language === 'ar' ? 'rtl' : 'ltr')
      await expectSound(page)
      await shoot(page, `${language}-${look.width}-card`)
      for (const path of ['/rewards', '/history', '/me']) {
        await page.locator(`a.tab[href$="${path}"]`).click()
        await page.locator('h1').waitFor()
        if (path === '/history') {
          await page.locator('.line', { hasText: why }).first().click()
          await page.locator('.why', { hasText: sentence }).first().waitFor()
        } else
          await page
            .locator(path === '/me' ? 'select' : '.reward')
            .first()
            .waitFor()
        await expectSound(page)
        await shoot(page, `${language}-${look.width}-${path.slice(1)}`)
      }
      expect(complaints).toEqual([])
      await close()
    },
  )
})

test('a language and a look are chosen, and stay', async () => {
  const { page, complaints, close } = await opened()
  await enter(page, await joined())
  await page.getByRole('link', { name: 'You' }).click()
  await page.getByLabel('Light or dark').selectOption('dark')
  expect(await page.evaluate('getComputedStyle(document.documentElement).colorScheme')).toBe('dark')
  await page.getByLabel('Language').selectOption('de')
  await page.getByRole('heading', { name: 'Aussehen' }).waitFor()
  await page.reload()
  await page.getByRole('heading', { name: 'Aussehen' }).waitFor()
  expect(await page.evaluate('getComputedStyle(document.documentElement).colorScheme')).toBe('dark')
  expect(complaints).toEqual([])
  await close()
})

test('a reward is redeemed once, and its voucher shows the code that the till knows', async () => {
  const member = await joined()
  await buy({ member, daysAgo: 1, total: 9400 })
  const { page, complaints, close } = await opened()
  await enter(page, member)
  await page.getByRole('link', { name: 'Rewards' }).click()
  await page.getByRole('button', { name: 'Redeem for 100 beans' }).click()
  await shoot(page, 'sure')
  await page.getByRole('button', { name: 'Not now' }).click()
  await page.getByRole('button', { name: 'Redeem for 100 beans' }).click()
  await page.getByRole('button', { name: 'Yes, redeem' }).dblclick()
  await page.getByText('Any hot drink is yours.').waitFor()
  // What is near says how far, and what is far says nothing of it.
  await page.getByText('12 beans to go').waitFor()
  await page.getByRole('button', { name: 'Show the code' }).click()
  const code = (await page.locator('.code bdi').textContent()) ?? ''
  await expectSound(page)
  await shoot(page, 'redeemed')
  expect(await client.call('lookUpCode', { body: { code } })).toMatchObject({ member })
  const { balances } = await client.call('readMember', { path: { member } })
  expect(balances).toMatchObject([{ asset: 'beans', active: 88 }, {}])
  expect(complaints).toEqual([])
  await close()
})

test('a seat is booked, a full session leads to the line, and a gift to a cause is thanked for', async () => {
  const [first, second] = [await joined('Maren'), await joined('Ilse')]
  await buy({ member: first, daysAgo: 1, total: 9000 }, { member: second, daysAgo: 1, total: 9000 })
  const { page, complaints, close } = await opened()
  await enter(page, first)
  await page.getByRole('link', { name: 'Rewards' }).click()
  await page.getByRole('button', { name: 'Book for 50 beans' }).first().click()
  await page.getByRole('button', { name: 'Yes, redeem' }).click()
  await page.getByRole('status').getByText('Your seat is booked.').waitFor()
  await page.getByRole('button', { name: 'Give 20 beans' }).click()
  await page.getByRole('button', { name: 'Yes, redeem' }).click()
  await page.getByText('It goes to Hill growers.').waitFor()
  await close()
  const other = await opened()
  await enter(other.page, second)
  await other.page.getByRole('link', { name: 'Rewards' }).click()
  await other.page.getByRole('button', { name: 'Wait for a seat' }).click()
  await other.page.getByRole('group').getByRole('button', { name: 'Wait for a seat' }).click()
  await other.page.getByText('You are number 1 in line.').waitFor()
  await expectSound(other.page)
  await shoot(other.page, 'line')
  expect([...complaints, ...other.complaints]).toEqual([])
  await other.close()
})

test('a member comes in with a passkey, which opens nothing of the staff', async () => {
  const { page, context, close } = await opened()
  const devtools = await context.newCDPSession(page)
  await devtools.send('WebAuthn.enable')
  await devtools.send('WebAuthn.addVirtualAuthenticator', {
    options: {
      ...{ protocol: 'ctap2', transport: 'internal', hasResidentKey: true, hasUserVerification: true },
      ...{ isUserVerified: true, automaticPresenceSimulation: true },
    },
  })
  await enter(page, await joined('Maren'))
  await page.getByRole('link', { name: 'You' }).click()
  await page.getByRole('button', { name: 'Make a passkey of this device' }).click()
  await page.getByText('From now on this device lets you in.').waitFor()
  await page.getByRole('button', { name: 'Sign out' }).click()
  await page.getByRole('button', { name: 'Sign in with a passkey' }).click()
  await page.getByRole('heading', { name: 'Maren' }).waitFor()
  // The same passkey at the door of the staff.
  await page.goto(`${home}/sign-in`)
  await page.getByRole('button', { name: 'Sign in with a passkey' }).click()
  await page.getByText('It did not work').waitFor()
  await close()
})

describe('what goes wrong', () => {
  test('a wrong code is said to be one, and nothing typed is lost', async () => {
    const { page, close } = await opened()
    const member = await joined()
    await page.goto(at())
    await page.getByRole('button', { name: 'Send me a code' }).click()
    await page.getByText('Nothing is typed yet.').waitFor()
    await page.getByLabel('E-mail or phone').fill(`${member}@example.com`)
    await page.getByRole('button', { name: 'Send me a code' }).click()
    const wrong = (await codeFor(member)) === '000000' ? '111111' : '000000'
    await page.getByLabel('Code').fill(wrong)
    await page.getByRole('button', { name: 'Sign in', exact: true }).click()
    await page.getByText('The code is wrong or too old.').waitFor()
    expect(await page.getByLabel('Code').inputValue()).toBe(wrong)
    await expectSound(page)
    await close()
  })

  test('a shop that is not there has no door', async () => {
    const { page, close } = await opened()
    for (const path of ['/portal/nowhere', '/portal', '/portal/No_shop']) {
      await page.goto(`${home}${path}`)
      await page.getByText('No shop is at this address').waitFor()
    }
    await expectSound(page)
    await shoot(page, 'nowhere')
    await close()
  })

  test('a session that was ended elsewhere leads to the door', async () => {
    const member = await joined()
    const [here, there] = [await opened(), await opened()]
    await enter(here.page, member)
    await enter(there.page, member, 1)
    await there.page.getByRole('link', { name: 'You' }).click()
    await there.page.getByRole('button', { name: 'End it' }).click()
    await there.page.getByText('It is ended.').waitFor()
    await here.page.getByRole('link', { name: 'Rewards' }).click()
    await here.page.reload()
    await here.page.getByText('Welcome to Kettle Club').waitFor()
    await here.close()
    await there.close()
  })
})

test('the first load is small, holds no engine and no schemas, and allows no script or style of its own', async () => {
  const response = await fetch(at(), { headers: { accept: 'text/html' } })
  const policy = response.headers.get('content-security-policy') ?? ''
  expect(policy).toContain(`script-src 'self';`)
  expect(policy).not.toContain('unsafe')
  const { page, complaints, close } = await opened()
  let bytes = 0
  const seen = new Set<string>()
  const texts: string[] = []
  page.on('response', async (answer) => {
    const { pathname } = new URL(answer.url())
    if (!pathname.startsWith('/portal/assets/') || seen.has(pathname)) return
    seen.add(pathname)
    const packed = await fetch(answer.url(), { headers: { 'accept-encoding': 'br' } })
    bytes += Number(packed.headers.get('content-length') ?? 0)
    texts.push(await packed.text())
  })
  await page.goto(at())
  await page.getByText('Welcome to Kettle Club').waitFor()
  await expect.poll(() => texts.length).toBeGreaterThanOrEqual(3)
  expect(bytes).toBeGreaterThan(50_000)
  expect(bytes).toBeLessThan(150_000)
  expect(texts.join('')).not.toMatch(/ZodError|claw_back|compileProgram/)
  expect(complaints).toEqual([])
  await close()
})
