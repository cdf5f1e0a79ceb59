// `npm run pictures`: the pictures of the README, taken of the demo in a real browser.
import { spawn } from 'node:child_process'
import { mkdirSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import type { Page } from 'playwright-core'
import { openBrowser } from '../test/browser/open-browser.ts'
import { freePort } from '../test/process/start-server.ts'
import { makeTemporaryFolder } from '../test/process/temporary-folder.ts'

const root = fileURLToPath(new URL('..', import.meta.url))
const pictures = `${root}docs/pictures`
/** Somebody with a tier, points about to lapse and a long statement; the demo's seed makes the same people every time. */
const member = 'M00001'

interface Demo {
  readonly url: string
  readonly password: string
  readonly key: string
  stop(): Promise<void>
}

const email = 'owner@demo.example'

/** Resolves with the address and the password that the demo prints when it is ready. */
async function startDemo(folder: string, port: number): Promise<Demo> {
  const args = [`${root}apps/cli/main.ts`, 'demo', '--data', folder, '--port', String(port)]
  const demo = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] })
  const ended = new Promise<void>((resolve) => demo.on('exit', () => resolve()))
  const stop = async () => {
    demo.kill('SIGINT')
    await ended
  }
  let said = ''
  await new Promise<void>((resolve, reject) => {
    demo.stdout.on('data', (chunk) => {
      said += String(chunk)
      if (said.includes('Ctrl-C')) resolve()
    })
    demo.on('exit', () => reject(new Error(`the demo ended before it was ready:\n${said}`)))
  })
  const [password = '', key = ''] = [/owner@demo\.example +(\S+)/.exec(said)?.[1], /lrl_[\w-]+/.exec(said)?.[0]]
  return { url: `http://127.0.0.1:${port}`, password, key, stop }
}

const shots = [
  { name: 'home', address: '/console', width: 1440, height: 1040, colorScheme: 'light' },
  { name: 'report', address: '/console/reports/retention', width: 1440, height: 1000, colorScheme: 'light' },
  { name: 'member', address: `/console/members/${member}`, width: 1440, height: 1300, colorScheme: 'light' },
  { name: 'member-phone', address: `/console/members/${member}`, width: 390, height: 844, colorScheme: 'dark' },
  { name: 'program', address: '/console/program', width: 1440, height: 1000, colorScheme: 'light' },
  { name: 'draft', address: '/console/program?draft=autumn', width: 1440, height: 1000, colorScheme: 'light' },
  { name: 'backtest', address: '/console/backtests/{backtest}', width: 1440, height: 1400, colorScheme: 'light' },
] as const

const portalShots = [
  { name: 'portal', page: '', language: 'en-GB', colorScheme: 'light' },
  { name: 'portal-history', page: '/history', language: 'de-DE', colorScheme: 'dark' },
  { name: 'portal-rewards', page: '/rewards', language: 'ar', colorScheme: 'light' },
] as const

/** As the member comes in: the demo shows the code on its page of mail. */
async function enterPortal(page: Page, demo: Demo): Promise<void> {
  const known = await fetch(`${demo.url}/v1/members/${member}`, { headers: { authorization: `Bearer ${demo.key}` } })
  const { profile }: { profile: { email: string } } = JSON.parse(await known.text())
  const sent = async () =>
    (await (await fetch(`${demo.url}/outbox`)).text()).split('<article>').filter((mail) => mail.includes(profile.email))
  const before = (await sent()).length
  await page.goto(`${demo.url}/portal/glow-club`)
  await page.locator('#contact').fill(profile.email)
  await page.locator('button[type=submit]').click()
  const code = page.locator('#code')
  await code.waitFor()
  while ((await sent()).length === before) await page.waitForTimeout(100)
  await code.fill(/\d{6}/.exec((await sent())[0] ?? '')?.[0] ?? '')
  await page.locator('button[type=submit]').click()
  await page.locator('.face').waitFor()
}

const folder = makeTemporaryFolder('pictures')
mkdirSync(pictures, { recursive: true })
const demo = await startDemo(folder.path, await freePort())
const browser = await openBrowser()
const enterConsole = async (page: Page, address: string) => {
  await page.goto(demo.url + address)
  await page.getByLabel('E-mail').fill(email)
  await page.getByLabel('Password').fill(demo.password)
  await page.getByRole('button', { name: 'Sign in', exact: true }).click()
  await page.getByRole('heading', { level: 1 }).waitFor()
}

/** A draft that gives more, and what it would have made of the past; the id of that backtest. */
async function askOfDraft(): Promise<string> {
  const context = await browser.newContext({ locale: 'en-GB' })
  const page = await context.newPage()
  await enterConsole(page, '/console/program')
  const backtest = await page.evaluate<string>(`(async () => {
    const ask = async (address, body) =>
      (await fetch(address, body === undefined ? {} : {
        method: 'POST',
        headers: { 'content-type': 'application/json', 'idempotency-key': 'pictures' },
        body: JSON.stringify(body),
      })).json()
    const { document } = await ask('/v1/programs/1')
    const autumn = document
      .replace(/inForce: .*/, '')
      .replace('multiply: { rule: base, by: 1.25 }', 'multiply: { rule: base, by: 1.75 }')
      .replace('give: 25 points', 'give: 50 points')
    await ask('/v1/drafts/autumn', { revision: 0, document: autumn, note: 'More for VIB, from autumn on' })
    return (await ask('/v1/backtests', { drafts: [{ draft: 'autumn' }] })).id
  })()`)
  await page.goto(`${demo.url}/console/backtests/${backtest}`)
  await page.getByText('What does it cost?').waitFor({ timeout: 300_000 })
  await context.close()
  return backtest
}

/** What a night would find: home shows how it goes. */
async function readRecords(): Promise<void> {
  const headers = { authorization: `Bearer ${demo.key}`, 'content-type': 'application/json' }
  const begun = await fetch(`${demo.url}/v1/insights/runs`, {
    ...{ method: 'POST', body: '{}', headers: { ...headers, 'idempotency-key': 'pictures' } },
  })
  if (!begun.ok) throw new Error(`the records could not be read: ${await begun.text()}`)
  const { id }: { id: string } = JSON.parse(await begun.text())
  const isDone = async () => {
    const { status }: { status: string } = JSON.parse(
      await (await fetch(`${demo.url}/v1/insights/runs/${id}`, { headers })).text(),
    )
    return status !== 'running'
  }
  while (!(await isDone())) await new Promise((resolve) => setTimeout(resolve, 500))
}

try {
  await readRecords()
  const backtest = await askOfDraft()
  for (const { name, address, width, height, colorScheme } of shots) {
    const context = await browser.newContext({ viewport: { width, height }, colorScheme, locale: 'en-GB' })
    const page = await context.newPage()
    await enterConsole(page, address.replace('{backtest}', backtest))
    await page.waitForLoadState('networkidle')
    // A line with more than one rule behind it: what the books are asked most.
    if (name === 'member') {
      await page.getByRole('row', { name: /Base/ }).getByRole('button').first().click()
      await page.locator('.reasons li').first().waitFor()
    }
    await page.waitForLoadState('networkidle')
    await page.screenshot({ path: `${pictures}/${name}.png` })
    await context.close()
  }
  for (const { name, page: path, language, colorScheme } of portalShots) {
    const viewport = { width: 390, height: 844 }
    const context = await browser.newContext({ viewport, colorScheme, locale: language, deviceScaleFactor: 2 })
    const page = await context.newPage()
    await enterPortal(page, demo)
    if (path !== '') await page.locator(`a.tab[href$="${path}"]`).click()
    await page.waitForLoadState('networkidle')
    if (path === '/history') {
      // The latest line may be of time alone, which no rule has given.
      await page.locator('.line', { hasText: 'Gesammelt' }).first().click()
      await page.locator('.why li').first().waitFor()
    }
    await page.waitForLoadState('networkidle')
    await page.screenshot({ path: `${pictures}/${name}.png` })
    await context.close()
  }
} finally {
  await browser.close()
  await demo.stop()
  folder.remove()
}
