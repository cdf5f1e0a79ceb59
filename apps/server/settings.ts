import { isAbsolute, join, relative, resolve } from 'node:path'
import { blockedPortWords, isBlockedPort } from '@laurel/contract'
import { z } from 'zod'
import { logLevels } from './http/log.ts'

/** Everything that a server must be told, each thing by an environment variable or a flag of `laurel start`. */
export interface Settings {
  /** 0: any free port. */
  readonly port: number
  readonly host: string
  /** Folder of the embedded PostgreSQL; not touched where `databaseUrl` is said. */
  readonly dataFolder: string
  readonly databaseUrl: string | undefined
  /** File with the secret of voucher codes; in the data folder where nothing is said. All servers of one database share it. */
  readonly secretFile: string | undefined
  readonly logLevel: (typeof logLevels)[number]
  /** True behind a proxy that sets X-Forwarded-For and X-Forwarded-Proto. */
  readonly trustProxy: boolean
  /** Requests per second that one key may make of one server; a stream of events is one request. */
  readonly keyRequestsPerSecondMax: number
  /** File outside the data folder to which the root of each closed day is added (LED-7); undefined: none. */
  readonly rootsFile: string | undefined
  /** The address under which people reach it, as `https://loyalty.example.com`; undefined: this machine's own. */
  readonly url: string | undefined
  /** `smtp://…` or `smtps://…`; `box`: mail is shown on a page of this machine; undefined: none is sent. */
  readonly mail: string | undefined
  /** `https://TOKEN@gateway/…`, which takes messages to phones; `box`, as with mail; undefined: none are sent. */
  readonly texts: string | undefined
  /** From whom it comes. */
  readonly mailFrom: string
  /** A company's own sign-in (OpenID Connect); undefined: none. */
  readonly company: Company | undefined
}

export interface Company {
  /** What stands on the button. */
  readonly name: string
  readonly url: string
  readonly clientId: string
  readonly clientSecret: string
}

/** As they come: the company's sign-in is said in four settings, all or none but for its name. */
type Read = Omit<Settings, 'company'> & {
  readonly companyUrl: string | undefined
  readonly companyClient: string | undefined
  readonly companySecret: string | undefined
  readonly companyName: string
}

/** One entry for each setting: where it comes from and what it is when nobody says. */
const sources: { readonly [Name in keyof Read]: Source<Read[Name]> } = {
  port: { variable: 'PORT', flag: '--port', schema: port(), fallback: '3000' },
  host: { variable: 'HOST', flag: '--host', schema: z.string().min(1, 'must not be empty'), fallback: '127.0.0.1' },
  dataFolder: {
    variable: 'LAUREL_DATA',
    flag: '--data',
    schema: z.string().min(1, 'must not be empty'),
    fallback: '.laurel',
  },
  databaseUrl: { variable: 'DATABASE_URL', flag: '--database-url', schema: postgresUrl(), fallback: '' },
  secretFile: { variable: 'LAUREL_SECRET_FILE', flag: '--secret-file', schema: textOrNothing(), fallback: '' },
  logLevel: {
    variable: 'LAUREL_LOG',
    flag: '--log',
    schema: z.enum(logLevels, `must be one of ${logLevels.join(', ')}`),
    fallback: 'info',
  },
  trustProxy: { variable: 'LAUREL_TRUST_PROXY', flag: '--trust-proxy', schema: yesOrNo(), fallback: 'false' },
  keyRequestsPerSecondMax: {
    variable: 'LAUREL_KEY_REQUESTS',
    flag: '--key-requests',
    schema: wholeNumber(1, 1_000_000),
    // More than one server decides: it stops a runaway client, not a busy one.
    fallback: '20000',
  },
  rootsFile: { variable: 'LAUREL_ROOTS', flag: '--roots', schema: rootsFile(), fallback: '' },
  url: { variable: 'LAUREL_URL', flag: '--public-url', schema: ownAddress(), fallback: '' },
  mail: { variable: 'LAUREL_MAIL', flag: '--mail', schema: mailServer(), fallback: '' },
  texts: { variable: 'LAUREL_SMS', flag: '', schema: gateway(), fallback: '' },
  mailFrom: {
    variable: 'LAUREL_MAIL_FROM',
    flag: '--mail-from',
    schema: z.string().regex(/^[^\r\n]*[^\s@<>]+@[^\s@<>]+>?$/, 'must be an address, as Laurel <laurel@example.com>'),
    fallback: 'Laurel <laurel@localhost>',
  },
  companyUrl: { variable: 'LAUREL_OIDC_URL', flag: '--oidc-url', schema: issuer(), fallback: '' },
  companyClient: { variable: 'LAUREL_OIDC_CLIENT', flag: '--oidc-client', schema: textOrNothing(), fallback: '' },
  // No flag of a command: whoever lists the processes of the machine would read it.
  companySecret: { variable: 'LAUREL_OIDC_SECRET', flag: '', schema: textOrNothing(), fallback: '' },
  companyName: {
    variable: 'LAUREL_OIDC_NAME',
    flag: '--oidc-name',
    schema: z.string().max(60, 'must have at most 60 characters'),
    fallback: 'your company',
  },
}

interface Source<Value> {
  readonly variable: string
  readonly flag: string
  readonly schema: z.ZodType<Value, string>
  readonly fallback: string
}

export interface SettingError {
  /** As whoever set it knows it: `PORT` or `--port`. */
  readonly setting: string
  readonly message: string
}

export class SettingsInvalid extends Error {
  override readonly name = 'SettingsInvalid'
  readonly errors: readonly SettingError[]

  constructor(errors: readonly SettingError[]) {
    super(errors.map(({ setting, message }) => `${setting} ${message}`).join('; '))
    this.errors = errors
  }
}

/** Flags as they were given: text, however short. */
export type Flags = { readonly [Name in keyof Read]?: string | undefined }

/** Reads and checks all settings at once. Flags win over the environment. Throws `SettingsInvalid` with everything wrong. */
export function readSettings(environment: Readonly<Record<string, string | undefined>>, flags: Flags = {}): Settings {
  const errors: SettingError[] = []
  const read = <Name extends keyof Read>(name: Name): Read[Name] | undefined => {
    const { variable, flag, schema, fallback }: Source<Read[Name]> = sources[name]
    const byFlag = flags[name]
    const text = byFlag ?? (environment[variable] || fallback)
    const parsed = schema.safeParse(text)
    if (parsed.success) return parsed.data
    const setting = byFlag === undefined ? variable : flag
    errors.push(...parsed.error.issues.map(({ message }) => ({ setting, message })))
    return undefined
  }
  const found = {
    port: read('port'),
    host: read('host'),
    dataFolder: read('dataFolder'),
    logLevel: read('logLevel'),
    trustProxy: read('trustProxy'),
    keyRequestsPerSecondMax: read('keyRequestsPerSecondMax'),
    mailFrom: read('mailFrom'),
  }
  const databaseUrl = read('databaseUrl')
  const secretFile = read('secretFile')
  const rootsFile = read('rootsFile')
  if (rootsFile !== undefined && found.dataFolder !== undefined && isInside(rootsFile, found.dataFolder)) {
    const setting = flags.rootsFile === undefined ? sources.rootsFile.variable : sources.rootsFile.flag
    errors.push({ setting, message: 'must lie outside the data folder: who can change the books could change it, too' })
  }
  const mail = read('mail')
  if (mail === 'box' && found.host !== undefined && !isThisMachine(found.host)) {
    const setting = flags.mail === undefined ? sources.mail.variable : sources.mail.flag
    errors.push({
      setting,
      message: 'must not be box where others reach this machine: anybody could read the links in it',
    })
  }
  const texts = read('texts')
  if (texts === 'box' && mail !== 'box') {
    const message = 'must be box only where LAUREL_MAIL is: both are shown on one page'
    errors.push({ setting: sources.texts.variable, message })
  }
  const url = read('url')
  const company = companyOf(
    read('companyUrl'),
    read('companyClient'),
    read('companySecret'),
    read('companyName'),
    errors,
  )
  if (!isComplete(found)) throw new SettingsInvalid(errors)
  if (errors.length > 0) throw new SettingsInvalid(errors)
  return { ...found, databaseUrl, rootsFile, secretFile, url, mail, texts, company }
}

type Complete<Parts> = { readonly [Name in keyof Parts]: Exclude<Parts[Name], undefined> }
const isComplete = <Parts extends object>(parts: Parts): parts is Parts & Complete<Parts> =>
  Object.values(parts).every((part) => part !== undefined)

function companyOf(
  url: string | undefined,
  clientId: string | undefined,
  clientSecret: string | undefined,
  name: string | undefined,
  errors: SettingError[],
): Company | undefined {
  if (url === undefined && clientId === undefined && clientSecret === undefined) return undefined
  if (url !== undefined && clientId !== undefined && clientSecret !== undefined) {
    return { url, clientId, clientSecret, name: name ?? sources.companyName.fallback }
  }
  const missing = { companyUrl: url, companyClient: clientId, companySecret: clientSecret }
  for (const each of ['companyUrl', 'companyClient', 'companySecret'] as const) {
    const message = 'must be said, too: a company’s sign-in needs its address, a client and its secret'
    if (missing[each] === undefined) errors.push({ setting: sources[each].variable, message })
  }
  return undefined
}

const isThisMachine = (host: string): boolean => host === 'localhost' || host === '::1' || host.startsWith('127.')

/** Its origin alone: pages begin at its root. */
function ownAddress() {
  return z
    .string()
    .refine((text) => text === '' || (/^https?:\/\/[^/]+\/?$/.test(text) && URL.canParse(text)), {
      error: 'must be an address with nothing behind the host, as https://loyalty.example.com',
    })
    .transform((text): string | undefined => (text === '' ? undefined : new URL(text).origin))
}

/** Says nothing of what it was given: the URL holds a password. */
function mailServer() {
  return z
    .string()
    .refine((text) => text === '' || text === 'box' || (/^smtps?:\/\/./.test(text) && URL.canParse(text)), {
      error: 'must be a URL like smtp://user:password@host:587, or box',
    })
    .transform((text): string | undefined => (text === '' ? undefined : text))
}

/** Says nothing of what it was given: the URL holds a token. */
function gateway() {
  return z
    .string()
    .refine((text) => text === '' || text === 'box' || (URL.canParse(text) && isSafeToTell(new URL(text))), {
      error: 'must be an https address like https://TOKEN@gateway.example.com/messages, or box',
    })
    .transform((text): string | undefined => (text === '' ? undefined : text))
}

/** Codes and tokens of people go there: TLS, but for a test on this machine. */
function issuer() {
  return z
    .string()
    .refine((text) => text === '' || (URL.canParse(text) && isSafeToTell(new URL(text))), {
      error: 'must be the https address of the issuer, as https://login.example.com/realms/shop',
    })
    .transform((text): string | undefined => (text === '' ? undefined : text))
}

const isSafeToTell = ({ protocol, hostname }: URL): boolean =>
  protocol === 'https:' || (protocol === 'http:' && isThisMachine(hostname))

function textOrNothing() {
  return z.string().transform((text): string | undefined => (text === '' ? undefined : text))
}

function wholeNumber(least: number, most: number) {
  return z
    .string()
    .regex(/^\d{1,9}$/, `must be a whole number from ${least} to ${most}`)
    .transform(Number)
    .pipe(z.number().min(least, `must be at least ${least}`).max(most, `must be at most ${most}`))
}

function port() {
  return wholeNumber(0, 65_535).refine((number) => !isBlockedPort(number), blockedPortWords)
}

/** A file of lines as it is named, or the folder in which it shall be. */
function rootsFile() {
  return z.string().transform((text): string | undefined => {
    if (text === '') return undefined
    return text.endsWith('.ndjson') ? text : join(text, 'roots.ndjson')
  })
}

function isInside(path: string, folder: string): boolean {
  const way = relative(resolve(folder), resolve(path))
  return way !== '' && !way.startsWith('..') && !isAbsolute(way)
}

function yesOrNo() {
  return z.enum(['true', 'false'], 'must be true or false').transform((text) => text === 'true')
}

/** Says nothing of what it was given: the URL holds a password. */
function postgresUrl() {
  return z
    .string()
    .refine((text) => text === '' || (/^postgres(ql)?:\/\//.test(text) && URL.canParse(text)), {
      error: 'must be a URL like postgres://user:password@host:5432/database',
    })
    .transform((text): string | undefined => (text === '' ? undefined : text))
}
