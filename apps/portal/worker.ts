import { registerRoute } from 'workbox-routing'
import { CacheFirst, NetworkFirst, StaleWhileRevalidate } from 'workbox-strategies'

// Between the portal and the line: pages and files are there without one. Answers about members are none of its business, the
// portal keeps the last ones itself and says how old they are.

declare const self: EventTarget & {
  skipWaiting(): Promise<void>
  readonly clients: { claim(): Promise<void> }
}

/** A line that is that slow is shown what was there last. */
const patienceSeconds = 3

const isFile = (path: string): boolean => path.startsWith('/portal/assets/')
const isPage = (path: string): boolean => path.startsWith('/portal/') && !/\.[a-z]+$/.test(path)

const shopOf = (url: string): string => new URL(url).pathname.split('/').slice(0, 3).join('/')

// Their names bear a hash of what is in them: what is there never changes.
registerRoute(({ url }) => isFile(url.pathname), new CacheFirst({ cacheName: 'portal-files' }))
registerRoute(
  ({ url }) => isPage(url.pathname),
  new NetworkFirst({
    ...{ cacheName: 'portal-pages', networkTimeoutSeconds: patienceSeconds },
    // All pages of one shop are one file, which reads the address by itself.
    plugins: [{ cacheKeyWillBeUsed: async ({ request }) => shopOf(request.url) }],
  }),
)
registerRoute(
  ({ url }) =>
    /^\/(portal\/(icon-\d+\.png|mark\.svg|[^/]+\/manifest\.webmanifest)|v1\/brands\/[^/]+\/logo)$/.test(url.pathname),
  new StaleWhileRevalidate({ cacheName: 'portal-signs' }),
)

self.addEventListener('install', () => void self.skipWaiting())
self.addEventListener('activate', () => void self.clients.claim())
