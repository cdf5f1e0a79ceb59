import { expect, test } from 'vitest'
import { openTestServer } from '../server.fixture.ts'
import { pngOf } from './pictures.fixture.ts'

const server = await openTestServer()
await server.publish()
const { call } = server

const audit = async () =>
  (await call('GET', '/v1/audit?act=settings.changed')).body.entries.map(
    ({ detail }: { detail: { changed: string[] } }) => detail.changed,
  )

test('until something is said, the shop is called as its program and wears Laurel’s green', async () => {
  expect((await call('GET', '/v1/settings')).body).toMatchObject({
    ...{ program: 'club', shop: 'Club', colours: { colour: '#1b6b49' }, logo: null },
    ...{ currency: { code: 'GBP', exponent: 2 }, zone: 'Europe/London', changedAt: null, changedBy: null },
  })
})

test('what is said is kept, what is left out stays, and each change is written down once', async () => {
  expect((await call('POST', '/v1/settings', { shop: 'Pip & Kettle', colour: '#FFCC00' })).body).toMatchObject({
    ...{ shop: 'Pip & Kettle', colours: { colour: '#ffcc00', onColour: '#000000', onDark: '#ffcc00' } },
    ...{ changedAt: '2026-03-14T12:00:00.000Z', changedBy: expect.stringMatching(/^key\//) },
  })
  expect((await call('POST', '/v1/settings', { colour: '#ffcc00' })).body).toMatchObject({ shop: 'Pip & Kettle' })
  expect((await call('POST', '/v1/settings', { colour: '#003366' })).body).toMatchObject({ shop: 'Pip & Kettle' })
  expect(await audit()).toEqual([['colour'], ['shop', 'colour']])
})

test('wrong inputs are named together, and nothing is changed', async () => {
  const answer = await call('POST', '/v1/settings', { shop: '', colour: 'red', logo: 'x' })
  expect(answer.body.errors).toEqual(
    expect.arrayContaining([
      { path: '/shop', message: 'must not be empty' },
      { path: '/colour', message: 'must be a colour such as #1b6b49' },
      { path: '/logo', message: 'is no known field' },
    ]),
  )
  const files: [string, string][] = [
    [Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"/>').toString('base64'), 'is no PNG, JPEG or WebP picture'],
    [pngOf(32, 32).toString('base64'), 'has 32 × 32 pixels: each side must have from 64 to 2048'],
    [Buffer.alloc(200_001).toString('base64'), 'has 200001 bytes, and 200000 are the most'],
    ['no base64!', 'must be the file in Base64'],
  ]
  for (const [data, message] of files) {
    const { status, body } = await call('POST', '/v1/settings/logo', { data })
    expect([status, body.errors[0].path]).toEqual([400, '/data'])
    expect(body.errors[0].message).toContain(message)
  }
  expect((await call('GET', '/v1/settings')).body.logo).toBeNull()
})

test('a logo is shown to anybody at an address that changes with it, and taken away again', async () => {
  const png = pngOf(128, 96)
  const { body } = await call('POST', '/v1/settings/logo', { data: png.toString('base64') })
  expect(body).toMatchObject({ shop: 'Pip & Kettle', colours: { colour: '#003366' } })
  expect(body.logo).toMatch(/^\/v1\/brands\/club\/logo\?[0-9a-f]{16}$/)
  const shown = await server.inject({ method: 'GET', url: body.logo })
  expect(shown.rawPayload.equals(png)).toBe(true)
  expect(shown.headers).toMatchObject({
    ...{ 'content-type': 'image/png', 'x-content-type-options': 'nosniff' },
    ...{
      'cache-control': expect.stringContaining('immutable'),
      'content-security-policy': expect.stringContaining("'none'"),
    },
  })
  const etag = String(shown.headers.etag)
  const known = await server.inject({ method: 'GET', url: body.logo, headers: { 'if-none-match': etag } })
  expect(known.statusCode).toBe(304)

  const brand = await server.inject({ method: 'GET', url: '/v1/brands/club' })
  expect(brand.json()).toEqual({
    ...{ program: 'club', shop: 'Pip & Kettle', logo: body.logo },
    colours: expect.objectContaining({ colour: '#003366', onColour: '#ffffff', onLight: '#003366' }),
  })
  expect((await call('DELETE', '/v1/settings/logo')).body.logo).toBeNull()
  expect((await server.inject({ method: 'GET', url: '/v1/brands/club/logo' })).statusCode).toBe(404)
  expect((await call('GET', '/v1/settings')).body.shop).toBe('Pip & Kettle')
})

test('of a program that is not there nobody is shown anything', async () => {
  expect((await server.inject({ method: 'GET', url: '/v1/brands/nowhere' })).statusCode).toBe(404)
  const nowhere = { authorization: `Bearer ${await server.keyFor('nowhere')}` }
  expect((await call('GET', '/v1/settings', undefined, nowhere)).body.code).toBe('no-program')
  expect((await call('POST', '/v1/settings', { shop: 'X' }, nowhere)).body.code).toBe('no-program')
})
