import { createHash, createSign, generateKeyPairSync } from 'node:crypto'
import type { TestServer } from '../server.fixture.ts'
import { browserOf } from '../team/staff.fixture.ts'
import { firstLink } from './tell-outbox.ts'

// A till as its device is without a line: it numbers, chains and signs what it sells.

export interface Signed {
  readonly text: string
  readonly signature: string
}

export interface SaleWithoutLine {
  readonly at: string
  readonly seen?: string
  readonly guest: { readonly phone: string } | { readonly card: string } | { readonly visit: string }
  readonly total: number
  readonly copies?: readonly Signed[]
  readonly sale?: string
}

export interface DeviceWithoutLine {
  readonly till: string
  /** The next entry of its outbox. */
  entry(sale: SaleWithoutLine): Signed
  tell(entries: readonly Signed[]): Promise<{ status: number; body: Told }>
  ask(route: string, body: object): Promise<{ status: number; body: Told }>
  sign(text: string): string
}

// biome-ignore lint/suspicious/noExplicitAny: an answer as it came, which each test says more about
type Told = any

let made = 0

export async function deviceOf(server: TestServer): Promise<DeviceWithoutLine> {
  made += 1
  const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  const { x = '', y = '' } = publicKey.export({ format: 'jwk' })
  const point = Buffer.concat([Buffer.of(4), Buffer.from(x, 'base64url'), Buffer.from(y, 'base64url')])
  const added = (await server.call('POST', '/v1/tills', { name: `offline ${made}` })).body
  const browser = browserOf(server)
  const key = point.toString('base64url')
  await browser.post('/v1/till/enrol', { program: 'club', code: added.code, publicKey: key })
  const { id } = (await server.call('POST', '/v1/cashiers', { name: `Offline ${made}`, pin: '4711' })).body
  await browser.post('/v1/till/shift', { cashier: id, pin: '4711' })
  const sign = (text: string) =>
    createSign('sha256').update(text).sign({ key: privateKey, dsaEncoding: 'ieee-p1363' }).toString('base64url')
  let [number, previous] = [0, firstLink(added.id)]
  let keys = 0
  const ask: DeviceWithoutLine['ask'] = async (route, body) => {
    const headers = { 'sec-fetch-site': 'same-origin', 'idempotency-key': `offline-${++keys}` }
    const response = await browser.post(`/v1/till/${route}`, body, headers)
    return { status: response.statusCode, body: response.json() }
  }
  return {
    till: added.id,
    entry: ({ at, seen = at, guest, total, copies = [], sale }) => {
      number += 1
      const text = JSON.stringify({
        ...{ number, previous, at, seen, sale: sale ?? `offline-${made}-${number}`, guest, copies },
        lines: [{ sku: 'sale', quantity: 1, total }],
      })
      previous = createHash('sha256').update(text).digest('hex')
      return { text, signature: sign(text) }
    },
    tell: (entries) => ask('outbox', { entries }),
    ask,
    sign,
  }
}
