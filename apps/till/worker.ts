import { registerRoute } from 'workbox-routing'
import { CacheFirst, NetworkFirst } from 'workbox-strategies'

// Between the till and the line: the page and its files are there without one. What is asked and answered is none of its business.

declare const self: EventTarget & {
  skipWaiting(): Promise<void>
  readonly clients: { claim(): Promise<void> }
}

/** A line that is that slow is shown what was there last. */
const patienceSeconds = 3

const isPage = (path: string): boolean => /^\/till\/[a-z0-9-]*$/.test(path)

// Their names bear a hash of what is in them: what is there never changes.
registerRoute(({ url }) => url.pathname.startsWith('/till/assets/'), new CacheFirst({ cacheName: 'till-files' }))
registerRoute(
  ({ url }) => isPage(url.pathname),
  new NetworkFirst({
    ...{ cacheName: 'till-pages', networkTimeoutSeconds: patienceSeconds },
    // Every address of the till is one file.
    plugins: [{ cacheKeyWillBeUsed: async ({ request }) => new URL('/till/', request.url).href }],
  }),
)

self.addEventListener('install', () => void self.skipWaiting())
self.addEventListener('activate', () => void self.clients.claim())
