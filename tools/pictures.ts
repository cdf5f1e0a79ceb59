// `npm run pictures`: the pictures of the README, taken of the demo in a real browser.
import { spawn } from 'node:child_process'
import { mkdirSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
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
  const password = await new Promise<string>((resolve, reject) => {
    demo.stdout.on('data', (chunk) => {
      said += String(chunk)
      if (said.includes('Ctrl-C')) resolve(/owner@demo\.example +(\S+)/.exec(said)?.[1] ?? '')
    })
    demo.on('exit', () => reject(new Error(`the demo ended before it was ready:\n${said}`)))
  })
  return { url: `http://127.0.0.1:${port}`, password, stop }
}

const shots = [
  { name: 'home', address: '/console', width: 1440, height: 900, colorScheme: 'light' },
  { name: 'member', address: `/console/members/${member}`, width: 1440, height: 1100, colorScheme: 'light' },
  { name: 'member-phone', address: `/console/members/${member}`, width: 390, height: 844, colorScheme: 'dark' },
  { name: 'program', address: '/console/program', width: 1440, height: 1000, colorScheme: 'light' },
] as const

const folder = makeTemporaryFolder('pictures')
mkdirSync(pictures, { recursive: true })
const demo = await startDemo(folder.path, await freePort())
const browser = await openBrowser()
try {
  for (const { name, address, width, height, colorScheme } of shots) {
    const context = await browser.newContext({ viewport: { width, height }, colorScheme, locale: 'en-GB' })
    const page = await context.newPage()
    await page.goto(demo.url + address)
    await page.getByLabel('E-mail').fill(email)
    await page.getByLabel('Password').fill(demo.password)
    await page.getByRole('button', { name: 'Sign in', exact: true }).click()
    await page.getByRole('heading', { level: 1 }).waitFor()
    await page.waitForLoadState('networkidle')
    // A line with more than one rule behind it: what the books are asked most.
    if (name === 'member') await page.getByRole('row', { name: /Base/ }).getByRole('button').first().click()
    await page.waitForLoadState('networkidle')
    await page.screenshot({ path: `${pictures}/${name}.png` })
    await context.close()
  }
} finally {
  await browser.close()
  await demo.stop()
  folder.remove()
}
