import { expect, test } from 'vitest'
import { openTestServer } from '../server.fixture.ts'
import { browserOf, password, staffOf } from '../team/staff.fixture.ts'

const server = await openTestServer()
await server.publish()
await staffOf(server, 'ada@example.com', { club: 'owner' })

test('a password lets in, by a cookie that scripts and other sites cannot use', async () => {
  const browser = browserOf(server)
  const answer = await browser.send('/sign-in/password', { email: ' Ada@Example.com', password })
  expect(answer.statusCode, answer.body).toBe(303)
  expect(String(answer.headers['set-cookie'])).toMatch(
    /^laurel_staff=[^;]+; Max-Age=43200; Path=\/; HttpOnly; SameSite=Lax$/,
  )
  expect((await browser.open('/')).body).toContain('Find a member')
  const me = await server.inject({ method: 'GET', url: '/v1/me', headers: { cookie: browser.cookie() } })
  expect(me.json()).toMatchObject({ person: { email: 'ada@example.com' }, program: 'club', role: 'owner' })
})
