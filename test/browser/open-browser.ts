import { existsSync } from 'node:fs'
import bundled from '@sparticuz/chromium'
import { type Browser, chromium } from 'playwright-core'

/** Where Debian and its kin put the browser of the system. */
const installed = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome']

/** Nothing is looked up or fetched by the browser itself; as root it must do without its sandbox. */
const quiet = [
  '--no-sandbox',
  '--disable-gpu',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
]

/** A real browser without a window: the system's where there is one, else the one that an npm package brings. */
export async function openBrowser(): Promise<Browser> {
  const executablePath = installed.find((file) => existsSync(file)) ?? (await bundled.executablePath())
  return await chromium.launch({ executablePath, args: quiet, headless: true })
}
