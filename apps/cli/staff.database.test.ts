import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import { describe, expect, test } from 'vitest'
import { main, openCommandLine, program } from './command-line.fixture.ts'

// The first owner, an invitation and a lost password, as people meet them, on an embedded PostgreSQL and over HTTP.
const { data, run, laurel } = openCommandLine('staff')

interface Begun {
  readonly url: string
  readonly firstOwners: readonly { readonly program: string; readonly link: string }[]
}

/** `laurel start` for the length of a visit. */
async function whileOpen<Result>(visit: (said: Begun) => Promise<Result>, ...more: string[]): Promise<Result> {
  const server = spawn(process.execPath, [main, 'start', '--data', data, '--port', '0', '--json', ...more], {
    stdio: ['ignore', 'pipe', 'ignore'],
  })
  const ended = once(server, 'exit')
  try {
    const lines: string[] = []
    for await (const line of createInterface({ input: server.stdout })) {
      lines.push(line)
      if (line === '}' || (lines.length === 1 && line.endsWith('}'))) break
    }
    return await visit(JSON.parse(lines.join('\n')))
  } finally {
    server.kill('SIGINT')
    await ended
  }
}

const send = async (url: string, fields: Record<string, string>) =>
  await fetch(url, {
    ...{ method: 'POST', redirect: 'manual', body: new URLSearchParams(fields) },
    headers: { 'sec-fetch-site': 'same-origin', origin: new URL(url).origin },
  })

/** Null: not let in. */
async function signIn(url: string, password: string) {
  const answer = await send(`${url}/sign-in/password`, { email: 'ada@example.com', password })
  const cookie = answer.headers.getSetCookie().find((each) => each.startsWith('laurel_staff='))
  if (cookie === undefined) return null
  const me = await fetch(`${url}/v1/me`, { headers: { cookie: cookie.split(';')[0] ?? '' } })
  return (await me.json()) as { role: string; program: string }
}

describe('staff', { timeout: 90_000 }, () => {
  test('start: prints a link for the first owner until there is one, and the link before ends', async () => {
    const before = await whileOpen(async ({ firstOwners }) => firstOwners, '--program', program)
    expect(before).toMatchObject([
      { program: 'point-per-pound', link: expect.stringMatching(/\/invitation\/[\w-]{43}$/) },
    ])
    await whileOpen(async ({ url, firstOwners }) => {
      const [first] = firstOwners
      const fields = { name: 'Ada', email: 'ada@example.com', password: 'a long enough password' }
      const old = `${url}${new URL(before[0]?.link ?? '').pathname}`
      expect((await send(old, fields)).status).toBe(404)
      expect(new URL(first?.link ?? '').origin).toBe(url)
      expect((await send(first?.link ?? '', fields)).status).toBe(303)
      expect((await send(first?.link ?? '', fields)).status).toBe(404)
      expect(await signIn(url, fields.password)).toMatchObject({ role: 'owner', program: 'point-per-pound' })
    })
    expect(await whileOpen(async ({ firstOwners }) => firstOwners)).toEqual([])
  })

  test('invite: shows a link that fits where Laurel will run, and names the roles', () => {
    const { document } = laurel('staff', 'invite', 'Cora@example.com', '--role', 'cashier')
    expect(document).toMatchObject({ email: 'cora@example.com', role: 'cashier', mailed: false })
    expect(document.link).toMatch(/^http:\/\/127\.0\.0\.1:3000\/invitation\//)
    expect(laurel('staff', 'invite', 'cora@example.com', '--role', 'king')).toMatchObject({
      ...{ status: 2, stderr: expect.stringContaining('roles are owner, manager') },
    })
    expect(laurel('staff', 'invite', 'cora', '--role', 'cashier').status).toBe(2)
    expect(laurel('staff', 'list')).toMatchObject({
      document: { team: [{ email: 'ada@example.com', role: 'owner' }], invitations: [{ email: 'cora@example.com' }] },
    })
    expect(run('staff', 'list', '--data', data).stdout).toMatch(
      /^ada@example\.com {2}Ada {2}owner .*\ncora@example\.com/,
    )
  })

  test('recover: a new password lets in, the old one and every session are gone', async () => {
    expect(laurel('staff', 'recover', 'nobody@example.com')).toMatchObject({ status: 2 })
    const { document } = laurel('staff', 'recover', 'ada@example.com')
    expect(document.password).toMatch(/^[\w-]{20}$/)
    expect(laurel('staff', 'list').document.team).toMatchObject([{ sessions: 0 }])
    await whileOpen(async ({ url }) => {
      expect(await signIn(url, 'a long enough password')).toBeNull()
      expect(await signIn(url, document.password)).toMatchObject({ role: 'owner' })
    })
  })

  test('sign-out and remove: by address, and never the last owner', () => {
    expect(laurel('staff', 'sign-out', 'ada@example.com')).toMatchObject({ status: 0, document: { ended: 1 } })
    expect(laurel('staff', 'sign-out', 'nobody@example.com').status).toBe(2)
    expect(laurel('staff', 'remove', 'ada@example.com')).toMatchObject({
      ...{ status: 2, document: { error: { message: expect.stringContaining('last-owner') } } },
    })
  })
})
