import { generateKeyPairSync, hash, randomUUID, sign } from 'node:crypto'
import { once } from 'node:events'
import { createServer, type IncomingMessage } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll } from 'vitest'

/** Whom the company knows, as its tokens say it. */
export interface Known {
  readonly sub: string
  readonly email: string
  readonly email_verified: boolean
  readonly name: string
}

export interface TestCompany {
  readonly url: string
  /** Who signs in there next; null: nobody does. */
  who: Known | null
  /** Whether tokens are signed by somebody else. */
  isForged: boolean
}

const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 })
const other = generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey
const encoded = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url')

/** A company's own sign-in: OpenID Connect with a code, PKCE and a signed token, as its parts are specified. */
export async function openCompany(): Promise<TestCompany> {
  const codes = new Map<string, { known: Known; nonce: string; challenge: string; redirect: string }>()
  const server = createServer(async (request, response) => {
    const at = new URL(request.url ?? '/', company.url)
    const answer = (body: object, status = 200) =>
      response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body))
    switch (at.pathname) {
      case '/.well-known/openid-configuration':
        return answer({
          issuer: company.url,
          authorization_endpoint: `${company.url}/authorize`,
          token_endpoint: `${company.url}/token`,
          jwks_uri: `${company.url}/keys`,
          id_token_signing_alg_values_supported: ['RS256'],
        })
      case '/keys':
        return answer({ keys: [{ ...publicKey.export({ format: 'jwk' }), kid: 'one', alg: 'RS256', use: 'sig' }] })
      case '/authorize': {
        const redirect = at.searchParams.get('redirect_uri') ?? ''
        const back = new URL(redirect)
        back.searchParams.set('state', at.searchParams.get('state') ?? '')
        if (company.who === null) back.searchParams.set('error', 'access_denied')
        else {
          const code = randomUUID()
          const [nonce, challenge] = [at.searchParams.get('nonce') ?? '', at.searchParams.get('code_challenge') ?? '']
          codes.set(code, { known: company.who, nonce, challenge, redirect })
          back.searchParams.set('code', code)
        }
        return response.writeHead(302, { location: back.toString() }).end()
      }
      case '/token': {
        const sent = new URLSearchParams(await textOf(request))
        const found = codes.get(sent.get('code') ?? '')
        codes.delete(sent.get('code') ?? '')
        const proof = hash('sha256', sent.get('code_verifier') ?? '', 'base64url')
        if (found === undefined || proof !== found.challenge || sent.get('redirect_uri') !== found.redirect) {
          return answer({ error: 'invalid_grant' }, 400)
        }
        const seconds = Math.floor(Date.now() / 1000)
        const claims = {
          iss: company.url,
          aud: 'laurel',
          iat: seconds,
          exp: seconds + 300,
          nonce: found.nonce,
          ...found.known,
        }
        const signed = `${encoded({ alg: 'RS256', kid: 'one' })}.${encoded(claims)}`
        const signature = sign('sha256', Buffer.from(signed), company.isForged ? other : privateKey)
        const id_token = `${signed}.${signature.toString('base64url')}`
        return answer({ access_token: randomUUID(), token_type: 'Bearer', expires_in: 300, id_token })
      }
      default:
        return answer({}, 404)
    }
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  afterAll(() => server.close())
  const company: TestCompany = {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    who: null,
    isForged: false,
  }
  return company
}

async function textOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = []
  for await (const chunk of request) chunks.push(chunk)
  return Buffer.concat(chunks).toString()
}
