import { execFile, execFileSync } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { BooksWriter } from '@laurel/ledger'
import { afterAll, expect, test } from 'vitest'

const main = fileURLToPath(new URL('./main.ts', import.meta.url))
const folder = mkdtempSync(path.join(tmpdir(), 'laurel-export-'))
afterAll(() => rmSync(folder, { recursive: true }))

const writer = new BooksWriter()
const [header, member, footer] = [writer.header('glow', 0, []), writer.member(1, 'mem_ann'), writer.footer()]

/** A server that says this to every request, and `laurel export` from it. */
async function exportedFrom(body: string, to: string, contentType = 'application/x-ndjson') {
  const server = createServer((_, answer) => answer.writeHead(200, { 'content-type': contentType }).end(body))
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  const ended = promisify(execFile)(process.execPath, [main, 'export', '--url', url, '--key', 'k', '--to', to])
  const said = await ended.then(
    ({ stdout }) => ({ code: 0, said: stdout }),
    ({ code, stderr }: { code: number; stderr: string }) => ({ code, said: stderr }),
  )
  server.close()
  return said
}

test('books are kept once they are whole, and what is cut off or no books is not', { timeout: 60_000 }, async () => {
  const to = path.join(folder, 'books.ndjson')
  for (const body of [header + member, member + footer, '']) {
    expect(await exportedFrom(body, to)).toMatchObject({ code: 3, said: expect.stringContaining('not all of them') })
  }
  expect(await exportedFrom('<html></html>', to, 'text/html')).toMatchObject({ code: 3 })
  expect(readdirSync(folder)).toEqual([])
  expect(await exportedFrom(header + member + footer, to)).toMatchObject({ code: 0 })
  expect(readdirSync(folder)).toEqual(['books.ndjson'])
})

test('a pipe gets the books and stays a pipe', async () => {
  const pipe = path.join(folder, 'pipe')
  execFileSync('mkfifo', [pipe])
  const read = promisify(execFile)('cat', [pipe])
  expect(await exportedFrom(header + footer, pipe)).toMatchObject({ code: 0 })
  expect((await read).stdout).toBe(header + footer)
})

test('a folder is refused', async () => {
  expect(await exportedFrom(header + footer, folder)).toMatchObject({
    code: 2,
    said: expect.stringContaining('it is a folder'),
  })
})
