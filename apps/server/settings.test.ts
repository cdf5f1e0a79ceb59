import { expect, test } from 'vitest'
import { readSettings, SettingsInvalid } from './settings.ts'

test('every setting has a default', () => {
  expect(readSettings({})).toEqual({
    port: 3000,
    host: '127.0.0.1',
    dataFolder: '.laurel',
    databaseUrl: undefined,
    secretFile: undefined,
    logLevel: 'info',
    trustProxy: false,
    keyRequestsPerSecondMax: 20_000,
    rootsFile: undefined,
    url: undefined,
    mail: undefined,
    texts: undefined,
    mailFrom: 'Laurel <laurel@localhost>',
    company: undefined,
  })
})

test('a flag wins over the environment', () => {
  const environment = { PORT: '4000', LAUREL_DATA: '/data', DATABASE_URL: 'postgres://u:p@host/db' }
  expect(readSettings(environment)).toMatchObject({
    port: 4000,
    dataFolder: '/data',
    databaseUrl: 'postgres://u:p@host/db',
  })
  expect(readSettings(environment, { port: '5000', databaseUrl: '' })).toMatchObject({
    port: 5000,
    databaseUrl: undefined,
  })
})

test('an empty variable says nothing', () => {
  expect(readSettings({ PORT: '', DATABASE_URL: '' })).toMatchObject({ port: 3000, databaseUrl: undefined })
})

test('everything that is wrong is said at once, by the name it was set with, without the value', () => {
  const read = () =>
    readSettings(
      { PORT: '70000', DATABASE_URL: 'mysql://root:secret@host', LAUREL_TRUST_PROXY: 'yes' },
      { logLevel: 'loud', keyRequestsPerSecondMax: '0' },
    )
  expect(read).toThrow(SettingsInvalid)
  const thrown = (() => {
    try {
      return read()
    } catch (error) {
      return error
    }
  })()
  if (!(thrown instanceof SettingsInvalid)) throw thrown
  expect(thrown.errors.map(({ setting }) => setting).sort()).toEqual([
    '--key-requests',
    '--log',
    'DATABASE_URL',
    'LAUREL_TRUST_PROXY',
    'PORT',
  ])
  expect(thrown.message).not.toContain('secret')
})

test('a port at which nobody could ask is refused', () => {
  for (const read of [() => readSettings({ PORT: '6000' }), () => readSettings({}, { port: '4190' })]) {
    expect(read).toThrow(/is a port that browsers and Node refuse/)
  }
})

test('roots go to a file or into a folder, and never into the data folder', () => {
  const rootsFile = (path: string) => readSettings({ LAUREL_ROOTS: path, LAUREL_DATA: '/srv/laurel' }).rootsFile
  expect(rootsFile('/mnt/usb')).toBe('/mnt/usb/roots.ndjson')
  expect(rootsFile('/mnt/usb/club.ndjson')).toBe('/mnt/usb/club.ndjson')
  expect(rootsFile('/srv/laurel-roots')).toBe('/srv/laurel-roots/roots.ndjson')
  for (const inside of ['/srv/laurel', '/srv/laurel/roots', '/srv/other/../laurel/r.ndjson']) {
    expect(() => rootsFile(inside)).toThrow(/^LAUREL_ROOTS must lie outside the data folder/)
  }
  expect(() => readSettings({}, { rootsFile: '.laurel/roots' })).toThrow(/^--roots must lie outside/)
})

test('mail is shown on this machine only where nobody else reaches it', () => {
  expect(readSettings({ LAUREL_MAIL: 'box' }).mail).toBe('box')
  expect(() => readSettings({ LAUREL_MAIL: 'box', HOST: '0.0.0.0' })).toThrow(/^LAUREL_MAIL must not be box/)
  expect(() => readSettings({ LAUREL_MAIL: 'https://root:secret@mail' })).toThrow(
    /^LAUREL_MAIL must be a URL like smtp/,
  )
  expect(() => readSettings({ LAUREL_SMS: 'box' })).toThrow(/^LAUREL_SMS must be box only where LAUREL_MAIL is/)
  expect(() => readSettings({ LAUREL_SMS: 'http://root:secret@gateway.example' })).toThrow(
    /^LAUREL_SMS must be an https/,
  )
  expect(readSettings({ LAUREL_MAIL: 'smtps://u:p@mail.example.com' }).mail).toBe('smtps://u:p@mail.example.com')
  expect(() => readSettings({ LAUREL_MAIL_FROM: 'Laurel\r\nBcc: a@b.c' })).toThrow(
    /^LAUREL_MAIL_FROM must be an address/,
  )
})

test('the address of Laurel is an origin and nothing behind it', () => {
  expect(readSettings({ LAUREL_URL: 'https://Loyalty.example.com/' }).url).toBe('https://loyalty.example.com')
  for (const wrong of ['loyalty.example.com', 'https://example.com/loyalty', 'ftp://example.com']) {
    expect(() => readSettings({ LAUREL_URL: wrong })).toThrow(/^LAUREL_URL must be an address/)
  }
})

test('a company’s sign-in is said whole, over TLS', () => {
  const whole = {
    LAUREL_OIDC_URL: 'https://login.example.com',
    LAUREL_OIDC_CLIENT: 'laurel',
    LAUREL_OIDC_SECRET: 'hush',
  }
  expect(readSettings(whole).company).toEqual({
    ...{ name: 'your company', url: 'https://login.example.com', clientId: 'laurel', clientSecret: 'hush' },
  })
  expect(() => readSettings({ LAUREL_OIDC_CLIENT: 'laurel' })).toThrow(
    /LAUREL_OIDC_URL must be said.*LAUREL_OIDC_SECRET/,
  )
  expect(() => readSettings({ ...whole, LAUREL_OIDC_URL: 'http://login.example.com' })).toThrow(
    /must be the https address/,
  )
})
