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
