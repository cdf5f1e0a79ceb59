import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync } from 'node:fs'
import { createServer } from 'node:net'
import path from 'node:path'
import { afterAll, describe, expect, test, vi } from 'vitest'
import { makeTemporaryFolder } from '../../test/process/temporary-folder.ts'

// A start that somebody thinks better of: asked to stop anywhere on its way, it ends by itself and leaves nothing running.
const main = path.join(import.meta.dirname, 'main.ts')
const { path: folder, remove } = makeTemporaryFolder('interruption')
afterAll(remove)
const interrupted = 130

interface Ended {
  readonly code: number | null
  readonly document: { readonly error?: { readonly message: string }; readonly url?: string }
}

async function laurelUntil(asked: (child: ChildProcess) => Promise<unknown>, ...args: string[]): Promise<Ended> {
  const child = spawn(process.execPath, [main, ...args, '--json'], { stdio: ['ignore', 'pipe', 'ignore'] })
  let said = ''
  child.stdout.setEncoding('utf8').on('data', (text) => {
    said += text
  })
  const gone = once(child, 'close')
  await asked(child)
  child.kill('SIGTERM')
  const [code] = await gone
  return { code, document: said === '' ? {} : JSON.parse(said) }
}

const isThere = (...parts: string[]) =>
  vi.waitUntil(() => existsSync(path.join(...parts)), { timeout: 30_000, interval: 2 })

describe('a start that is asked to stop', { timeout: 60_000 }, () => {
  const data = path.join(folder, 'data')
  const begin = ['start', '--port', '0', '--log', 'warn', '--data', data]

  test('while the data folder is set up: ends with 130, and no half cluster stays', async () => {
    const { code, document } = await laurelUntil(() => isThere(data, 'postgres.new'), ...begin)
    expect({ code, document }).toMatchObject({
      code: interrupted,
      document: { error: { message: 'it was asked to stop' } },
    })
    expect(existsSync(path.join(data, 'postgres.new'))).toBe(false)
    // A slow machine may have been done with it: then it is whole.
    const cluster = path.join(data, 'postgres')
    expect(existsSync(cluster)).toBe(existsSync(path.join(cluster, 'PG_VERSION')))
  })

  test('while PostgreSQL comes up and is migrated: stops it; the next start opens, and stops with 0', async () => {
    const { code } = await laurelUntil(() => isThere(data, 'postgres', 'postmaster.pid'), ...begin)
    // A fast machine may have opened meanwhile, and is closed as any other.
    expect([interrupted, 0]).toContain(code)
    expect(existsSync(path.join(data, 'postgres', 'postmaster.pid'))).toBe(false)
    const whole = await laurelUntil(async (child) => child.stdout && (await once(child.stdout, 'data')), ...begin)
    expect(whole).toMatchObject({ code: 0, document: { url: expect.stringMatching(/^http:/) } })
    expect(existsSync(path.join(data, 'postgres', 'postmaster.pid'))).toBe(false)
  })

  test('asked twice in one breath, as a group of processes is, stops as if asked once', async () => {
    const asked = async (child: ChildProcess) => {
      if (child.stdout) await once(child.stdout, 'data')
      child.kill('SIGINT')
      child.kill('SIGTERM')
    }
    expect(await laurelUntil(asked, ...begin)).toMatchObject({ code: 0 })
    expect(existsSync(path.join(data, 'postgres', 'postmaster.pid'))).toBe(false)
  })

  test('whose launcher is killed: closes as by SIGTERM, and leaves the folder to the next start', async () => {
    const launcher = path.join(import.meta.dirname, 'laurel.mjs')
    const child = spawn(process.execPath, [launcher, ...begin, '--json'], { stdio: ['ignore', 'pipe', 'ignore'] })
    await once(child.stdout, 'data')
    expect(existsSync(path.join(data, 'postgres', 'postmaster.pid'))).toBe(true)
    // The server holds the output, too: it is closed when both are gone.
    const gone = once(child, 'close')
    child.kill('SIGKILL')
    await gone
    expect(existsSync(path.join(data, 'postgres', 'postmaster.pid'))).toBe(false)
    const asked = async (whole: ChildProcess) => whole.stdout && (await once(whole.stdout, 'data'))
    expect(await laurelUntil(asked, ...begin)).toMatchObject({ code: 0 })
  })

  test('while a database of one’s own does not answer: does not wait for it', async () => {
    const silent = createServer().listen(0, '127.0.0.1')
    await once(silent, 'listening')
    const address = silent.address()
    const port = typeof address === 'object' && address !== null ? address.port : 0
    const asked = () => once(silent, 'connection')
    const { code } = await laurelUntil(
      asked,
      'start',
      '--port',
      '0',
      '--database-url',
      `postgres://127.0.0.1:${port}/x`,
    )
    silent.close()
    expect(code).toBe(interrupted)
  })

  test('while the demo is filled: ends with 130, and the next demo goes on with the same people', async () => {
    const demo = ['demo', '--once', '--members', '150', '--data', path.join(folder, 'demo')]
    const { code } = await laurelUntil(() => isThere(folder, 'demo', 'demo.json'), ...demo)
    expect(code).toBe(interrupted)
    const again = await laurelUntil(async (whole) => whole.stdout && (await once(whole.stdout, 'data')), ...demo)
    expect(again).toMatchObject({ code: 0, document: { members: 150, filled: { events: expect.any(Number) } } })
  })
})

describe('a data folder that cannot be made', () => {
  test('below /proc, where nothing can be made, or below a file: is said at once, and ends with 3', async () => {
    const closed = process.platform === 'linux' ? ['/proc/laurel'] : []
    for (const data of [...closed, path.join(main, 'data'), main]) {
      const { code, document } = await laurelUntil(
        async (child) => await once(child, 'exit'),
        'start',
        '--port',
        '0',
        '--data',
        data,
      )
      expect({ code, document }).toMatchObject({
        code: 3,
        document: { error: { message: expect.stringContaining(`The data folder ${data} cannot be made`) } },
      })
    }
  })
})
