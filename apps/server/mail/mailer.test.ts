import { once } from 'node:events'
import { type AddressInfo, createServer, type Socket } from 'node:net'
import { afterEach, expect, test } from 'vitest'
import { createMailer } from './mailer.ts'

const open: { close(): void }[] = []
afterEach(() => {
  for (const each of open.splice(0)) each.close()
})

/** As much of RFC 5321 as it takes to be given a mail, or to refuse it. */
async function mailServer(answerToData = '250 taken') {
  const mails: { to: string[]; data: string }[] = []
  const server = createServer((socket: Socket) => {
    let [isData, text, to] = [false, '', [] as string[]]
    socket.setEncoding('utf8').write('220 test\r\n')
    socket.on('data', (chunk: string) => {
      text += chunk
      if (isData) {
        if (!text.includes('\r\n.\r\n')) return
        mails.push({ to, data: text })
        ;[isData, text, to] = [false, '', []]
        socket.write(`${answerToData}\r\n`)
        return
      }
      for (const line of text.split('\r\n').slice(0, -1)) {
        if (/^RCPT TO:/i.test(line)) to.push(line.replace(/^RCPT TO:<(.*)>.*$/i, '$1'))
        isData = /^DATA$/i.test(line)
        socket.write(isData ? '354 go on\r\n' : /^QUIT/i.test(line) ? '221 bye\r\n' : '250 ok\r\n')
      }
      text = ''
    })
    socket.on('error', () => undefined)
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  open.push(server)
  return { url: `smtp://127.0.0.1:${(server.address() as AddressInfo).port}`, mails }
}

function mailerFor(url: string | undefined) {
  const log: string[] = []
  const note = (fields: object, message: string) => log.push(JSON.stringify({ ...fields, message }))
  const mailer = createMailer(url, 'Laurel <laurel@example.com>', { info: note, warn: note, error: note }, () => 0)
  open.push(mailer)
  return { mailer, log }
}

const mail = { to: 'ada@example.com', subject: 'You are invited', text: 'https://laurel.example.com/invitation/abc\n' }

test('a mail leaves over SMTP, to one address and with what was said', async () => {
  const { url, mails } = await mailServer()
  const { mailer } = mailerFor(url)
  expect(await mailer.send(mail)).toBe(true)
  expect(mails).toHaveLength(1)
  expect(mails[0]?.to).toEqual(['ada@example.com'])
  expect(mails[0]?.data).toMatch(/^From: Laurel <laurel@example\.com>\r$/m)
  expect(mails[0]?.data).toMatch(/^Subject: You are invited\r$/m)
  expect(mails[0]?.data).toContain('https://laurel.example.com/invitation/abc')
})

test('nothing that somebody typed becomes a second receiver or a header', async () => {
  const { url, mails } = await mailServer()
  const { mailer } = mailerFor(url)
  await mailer.send({ ...mail, to: 'ada@example.com, eve@example.com' })
  await mailer.send({ ...mail, subject: 'Hello\r\nBcc: eve@example.com' })
  expect(mails.flatMap(({ to }) => to)).not.toContain('eve@example.com')
  for (const { data } of mails) expect(data).not.toMatch(/^Bcc:/im)
})

test('a mail that is not taken is said to be so, and the log holds nothing of it', async () => {
  const { url } = await mailServer('550 no such user ada@example.com')
  const { mailer, log } = mailerFor(url)
  expect(await mailer.send(mail)).toBe(false)
  expect(log).toHaveLength(1)
  expect(log.join()).toContain('550')
  expect(log.join()).not.toMatch(/ada@|invitation|invited/)
})

test('where nobody listens, it is not sent, and nothing is thrown', async () => {
  const { mailer, log } = mailerFor('smtp://127.0.0.1:1')
  expect(await mailer.send(mail)).toBe(false)
  expect(log).toHaveLength(1)
})

test('without a server none is sent; in a box the latest fifty are shown', async () => {
  expect(await mailerFor(undefined).mailer.send(mail)).toBe(false)
  const { mailer, log } = mailerFor('box')
  for (let count = 0; count < 60; count++) expect(await mailer.send({ ...mail, subject: `${count}` })).toBe(true)
  expect(mailer.box).toHaveLength(50)
  expect(mailer.box?.[0]).toEqual({ ...mail, subject: '59', at: '1970-01-01T00:00:00.000Z' })
  expect(log).toEqual([])
})
