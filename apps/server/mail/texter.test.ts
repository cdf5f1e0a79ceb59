import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterEach, expect, test } from 'vitest'
import { createMailer } from './mailer.ts'
import { createTexter } from './texter.ts'

const open: { close(): void }[] = []
afterEach(() => {
  for (const each of open.splice(0)) each.close()
})

async function gateway(status = 200) {
  const taken: { authorization: string | undefined; url: string | undefined; body: unknown }[] = []
  const server = createServer(async (request, response) => {
    let text = ''
    for await (const chunk of request) text += chunk
    taken.push({ authorization: request.headers.authorization, url: request.url, body: JSON.parse(text) })
    response.writeHead(status, status === 302 ? { location: '/elsewhere' } : {}).end()
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  open.push(server)
  return { address: `127.0.0.1:${(server.address() as AddressInfo).port}`, taken }
}

function texterFor(url: string | undefined) {
  const log: string[] = []
  const note = (fields: object, message: string) => log.push(JSON.stringify({ ...fields, message }))
  const logs = { info: note, warn: note, error: note }
  const mailer = createMailer('box', '', logs, () => 0)
  return { texter: createTexter(url, logs, mailer), mailer, log }
}

const text = { to: '+4915112345678', text: '123456 is your code' }

test('a message is given to the gateway, with its secret and not in the address', async () => {
  const { address, taken } = await gateway()
  const { texter, log } = texterFor(`http://hush%20hush@${address}/messages`)
  expect(await texter.send(text)).toBe(true)
  expect(taken).toEqual([{ authorization: 'Bearer hush hush', url: '/messages', body: text }])
  expect(log).toEqual([])
})

test.each([500, 401, 302])(
  'where the gateway answers with %i it is not sent, and the log holds nothing of it',
  async (status) => {
    const { address } = await gateway(status)
    const { texter, log } = texterFor(`http://hush@${address}/messages`)
    expect(await texter.send(text)).toBe(false)
    expect(log).toHaveLength(1)
    expect(log.join()).not.toMatch(/4915|123456|hush/)
  },
)

test('without a gateway none is sent; in the box it is shown beside the mail', async () => {
  expect(await texterFor(undefined).texter.send(text)).toBe(false)
  const { texter, mailer } = texterFor('box')
  expect(await texter.send(text)).toBe(true)
  expect(mailer.box).toMatchObject([text])
})
