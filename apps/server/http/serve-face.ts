import { hash, randomBytes } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { Problem } from '@laurel/contract'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'

/** A web app that was built into a folder: its pages, and where they stand. */
export interface Face {
  /** Such as `/console`. */
  readonly at: string
  readonly folder: string
  /** Where whoever is not signed in is sent first; absent: everybody gets the page. */
  readonly door?: string
  /** What is behind the door and open to everybody nevertheless. */
  readonly open?: readonly string[]
}

/** What the page says where the word of leave for its styles comes; another with each answer. */
const noncePlace = 'made-by-the-server'

const typeByEnding: Readonly<Record<string, string>> = {
  '.css': 'text/css; charset=utf-8',
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.png': 'image/png',
  '.svg': 'image/svg+xml',
  '.webmanifest': 'application/manifest+json; charset=utf-8',
  '.woff2': 'font/woff2',
}

interface ServedFile {
  readonly type: string
  readonly bytes: Buffer
  /** The same by Brotli, where the build has made it. */
  readonly packed: Buffer | null
  readonly tag: string
  /** Its name bears a hash of what is in it. */
  readonly isForEver: boolean
}

/**
 * Serves an app that was built into a folder, from memory: the files are few and read once, so no address can lead outside and what is
 * built anew meanwhile breaks no page that is open. Whatever is no file is the app's own page, which knows its addresses itself.
 */
export function serveFace(
  server: FastifyInstance,
  { at, folder, door, open = [] }: Face,
  isSignedIn: (request: FastifyRequest) => Promise<boolean>,
): void {
  const files = filesIn(folder)
  const index = files.get('index.html')?.bytes.toString('utf8')
  if (index === undefined) throw new Error(`invariant: ${folder} has no index.html; only a finished build is served`)

  const sendPage = async (request: FastifyRequest, reply: FastifyReply) => {
    // Here and not by the page, which would have to be refused something first to know.
    if (door !== undefined && !open.includes(request.url) && !(await isSignedIn(request))) {
      return reply.header('cache-control', 'no-store').redirect(`${door}?${new URLSearchParams({ next: request.url })}`)
    }
    const nonce = randomBytes(18).toString('base64')
    return reply
      .headers({ ...headersOfFaces, 'content-security-policy': policyWith(nonce) })
      .type(typeByEnding['.html'] ?? '')
      .send(index.replaceAll(noncePlace, nonce))
  }
  server.get(at, { config: { route: `face${at}` } }, sendPage)
  server.get(`${at}/*`, { config: { route: `face${at}/*` } }, (request, reply) => {
    const name = nameOf(request)
    const file = name === 'index.html' ? undefined : files.get(name)
    if (file !== undefined) return sendFile(request, reply, file)
    // What is asked for by an old page after a new build must not be answered with a page.
    if (name.startsWith('assets/')) throw new Problem('unknown-route')
    return sendPage(request, reply)
  })
}

const nameOf = ({ params }: FastifyRequest): string =>
  typeof params === 'object' && params !== null && '*' in params ? String(params['*']) : ''

function filesIn(folder: string): ReadonlyMap<string, ServedFile> {
  const names = readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => path.relative(folder, path.join(entry.parentPath, entry.name)).split(path.sep).join('/'))
  const bytesOf = (name: string) => readFileSync(path.join(folder, name))
  return new Map(
    names
      .filter((name) => !name.endsWith('.br'))
      .map((name) => {
        const bytes = bytesOf(name)
        return [
          name,
          {
            type: typeByEnding[path.extname(name)] ?? 'application/octet-stream',
            bytes,
            packed: names.includes(`${name}.br`) ? bytesOf(`${name}.br`) : null,
            tag: `"${hash('sha256', bytes, 'base64url').slice(0, 22)}"`,
            isForEver: name.startsWith('assets/'),
          },
        ]
      }),
  )
}

function sendFile({ headers }: FastifyRequest, reply: FastifyReply, file: ServedFile): FastifyReply {
  const { type, bytes, packed, tag, isForEver } = file
  reply.headers({
    ...headersOfFaces,
    'cache-control': isForEver ? 'public, max-age=31536000, immutable' : 'public, max-age=3600',
    etag: tag,
    vary: 'accept-encoding',
  })
  if (headers['if-none-match'] === tag) return reply.code(304).send()
  const isPacked = packed !== null && /\bbr\b/.test(String(headers['accept-encoding'] ?? ''))
  if (isPacked) reply.header('content-encoding', 'br')
  return reply.type(type).send(isPacked ? packed : bytes)
}

const headersOfFaces = {
  'referrer-policy': 'same-origin',
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'x-frame-options': 'DENY',
}

/** Everything comes from here; the one style that is made in the browser bears the nonce. */
const policyWith = (nonce: string): string =>
  [
    `default-src 'none'`,
    `script-src 'self'`,
    `style-src 'self' 'nonce-${nonce}'`,
    `img-src 'self'`,
    `font-src 'self'`,
    `connect-src 'self'`,
    `worker-src 'self'`,
    `manifest-src 'self'`,
    `form-action 'self'`,
    `base-uri 'none'`,
    `frame-ancestors 'none'`,
  ].join('; ')
