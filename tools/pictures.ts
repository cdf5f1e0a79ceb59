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
  readonly key: string
  stop(): Promise<void>
}

/** Resolves with the address and the key that the demo prints when it is ready. */
async function startDemo(folder: string, port: number): Promise<Demo> {
  const args = [`${root}apps/cli/main.ts`, 'demo', '--data', folder, '--port', String(port)]
  const demo = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] })
  const ended = new Promise<void>((resolve) => demo.on('exit', () => resolve()))
  const stop = async () => {
    demo.kill('SIGINT')
    await ended
  }
  let said = ''
  const key = await new Promise<string>((resolve, reject) => {
    demo.stdout.on('data', (chunk) => {
      said += String(chunk)
      if (said.includes('Ctrl-C')) resolve(/\blrl_[\w-]+/.exec(said)?.[0] ?? '')
    })
    demo.on('exit', () => reject(new Error(`the demo ended before it was ready:\n${said}`)))
  })
  return { url: `http://127.0.0.1:${port}`, key, stop }
}

const shots = [
  { name: 'member', width: 1440, height: 1000, colorScheme: 'light' },
  { name: 'member-phone', width: 390, height: 844, colorScheme: 'dark' },
] as const

const folder = makeTemporaryFolder('pictures')
mkdirSync(pictures, { recursive: true })
const demo = await startDemo(folder.path, await freePort())
const browser = await openBrowser()
try {
  for (const { name, width, height, colorScheme } of shots) {
    const context = await browser.newContext({ viewport: { width, height }, colorScheme })
    const page = await context.newPage()
    await page.goto(demo.url)
    await page.getByLabel('Key').fill(demo.key)
    await page.getByRole('button', { name: 'Show members' }).click()
    await page.getByRole('searchbox').waitFor()
    await page.goto(`${demo.url}/members/${member}`)
    await page.screenshot({ path: `${pictures}/${name}.png` })
    await context.close()
  }
} finally {
  await browser.close()
  await demo.stop()
  folder.remove()
}
