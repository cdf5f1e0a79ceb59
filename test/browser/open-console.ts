import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { fileURLToPath } from 'node:url'
import { type Client, createClient, type RoleName } from '@laurel/contract'
import type { BrowserContext, Page } from 'playwright-core'
import { expect } from 'vitest'
import { builtFaces } from '../../apps/cli/faces/built-faces.ts'
import { freePort, startServer } from '../process/start-server.ts'
import { makeTemporaryFolder } from '../process/temporary-folder.ts'
import { openBrowser } from './open-browser.ts'

/** Whoever is signed in: the cookies that a visit begins with. */
export type Session = Awaited<ReturnType<BrowserContext['storageState']>>
export type Console = Awaited<ReturnType<typeof openConsole>>

/** Each page is looked at this wide, and in these colours. */
export const looks = [390, 1440].flatMap((width) =>
  (['light', 'dark'] as const).map((scheme) => [width, scheme] as const),
)

export const password = 'a long enough password'
const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')
const glowClub = fileURLToPath(new URL('../../programs/glow-club/program.yaml', import.meta.url))

/** The console as it is built and served, of a program that is published and has nobody yet, with an owner signed in. */
export async function openConsole(name: string, program = { id: 'glow-club', file: glowClub }) {
  const folder = makeTemporaryFolder(name)
  const faces = await builtFaces(() => undefined)
  const server = await startServer({ folder: folder.path, port: await freePort(), logLevel: 'error', program, faces })
  const client: Client = createClient({ url: server.url, key: server.key ?? '' })
  const browser = await openBrowser()

  /** Comes in by an invitation. */
  const joined = async (email: string, role: RoleName): Promise<Session> => {
    const { link } = await client.call('invite', { body: { email, role } })
    const context = await browser.newContext()
    const page = await context.newPage()
    await page.goto(`${server.url}${new URL(link ?? '').pathname}`)
    await page.getByLabel('Your name').fill('Ada Lovelace')
    await page.getByLabel('Password').fill(password)
    await page.getByRole('button', { name: 'Join' }).click()
    await page.waitForURL(`${server.url}/console`)
    const state = await context.storageState()
    await context.close()
    return state
  }
  const owner = await joined('ada@example.com', 'owner')

  const opened = async (width: number, colorScheme: 'light' | 'dark', as: Session | null = owner) => {
    const context = await browser.newContext({
      ...{ viewport: { width, height: 900 }, colorScheme, ...(as === null ? {} : { storageState: as }) },
      // What fades in could be measured half way.
      reducedMotion: 'reduce',
    })
    const page = await context.newPage()
    page.setDefaultTimeout(10_000)
    const complaints: string[] = []
    page.on('console', (message) => {
      if (message.type() === 'error') complaints.push(message.text())
    })
    page.on('pageerror', (error) => complaints.push(String(error)))
    // What the policy of the page refuses is told here, whether the console shows it or not.
    await page.addInitScript(
      `document.addEventListener('securitypolicyviolation', ({ violatedDirective, blockedURI }) => {
      console.error('refused: ' + violatedDirective + ' ' + blockedURI)
    })`,
    )
    return { page, context, complaints, close: () => context.close() }
  }
  const close = async () => {
    await browser.close()
    await server.stop()
    folder.remove()
  }
  return { server, client, browser, owner, joined, opened, close }
}

/** Axe finds nothing, and nothing stands beside the page. */
export async function expectSound(page: Page): Promise<void> {
  // What is still fading in has no contrast yet. Some things turn for ever.
  await page.evaluate(`Promise.allSettled(document.getAnimations()
    .filter(({ effect }) => effect?.getComputedTiming().iterations !== Infinity).map(({ finished }) => finished))`)
  const { violations } = await looked(page).catch(() => looked(page))
  expect(violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html}`)).toEqual([])
  expect(await page.evaluate('document.documentElement.scrollWidth - document.documentElement.clientWidth')).toBe(0)
}

/** Axe fails itself where an element that it is about to name has been drawn anew meanwhile, as editors do: it is asked again then. */
const looked = (page: Page) =>
  page.evaluate(
    `(() => { const module = undefined; ${axe}; return axe.run({ runOnly: ['wcag2a','wcag2aa','wcag21a','wcag21aa','wcag22aa'] }) })()`,
  ) as Promise<{ violations: { id: string; nodes: { html: string }[] }[] }>
