import { createClient, RequestProblem } from '@laurel/contract'
import { MutationCache, QueryClient } from '@tanstack/react-query'

/** Asks in the name of this device: the browser adds its key, which no script can read. */
export const client = createClient({ url: location.origin, key: null })

export const isProblem = (error: unknown, code: string): boolean =>
  error instanceof RequestProblem && error.body.code === code

/** The shop could not be reached, or not for now. */
export const isWithoutLine = (error: unknown): boolean =>
  error instanceof TypeError || (error instanceof RequestProblem && error.body.status >= 502)

/** What the page goes by: which till this is, and who stands at it. */
export const stateKey = ['till']

export const queryClient = new QueryClient({
  mutationCache: new MutationCache({
    onError: (error) => {
      // Revoked, locked, or gone: whatever was asked, the page shows what is so now.
      if (isProblem(error, 'pin-first') || isProblem(error, 'unauthenticated'))
        void queryClient.invalidateQueries({ queryKey: stateKey })
    },
  }),
  defaultOptions: {
    queries: {
      networkMode: 'always',
      retry: (failures, error) => failures < 1 && isWithoutLine(error),
      retryDelay: 800,
    },
    // What is asked at a counter bears a name, so that it can be sent again.
    mutations: {
      networkMode: 'always',
      retry: (failures, error) => failures < 1 && isWithoutLine(error),
      retryDelay: 800,
    },
  },
})

/** Names one act, so that it happens once however often it is sent. (`randomUUID` is missing where a shop serves plain HTTP.) */
export const newActName = (): string =>
  Array.from(crypto.getRandomValues(new Uint8Array(12)), (byte) => byte.toString(16).padStart(2, '0')).join('')

/** Whose till it is to be, where the address says so: `/till/<program>`. */
export const programInAddress = /^\/till\/([a-z0-9]+(?:-[a-z0-9]+)*)$/.exec(location.pathname)?.[1] ?? ''

/** From now on this device has the page without a line. Nothing waits for it, and without it all works as before. */
export function keepWithoutLine(): void {
  if (!('serviceWorker' in navigator) || !import.meta.env.PROD) return
  const { serviceWorker } = navigator
  serviceWorker
    .register('/till/worker.js')
    .then(() => serviceWorker.ready)
    .then(({ active }) => {
      // What came before the worker was there is kept, too: else a first visit would leave nothing.
      const files = performance.getEntriesByType('resource').map(({ name }) => name)
      const urlsToCache = [location.pathname, ...files.filter((name) => name.includes('/till/assets/'))]
      active?.postMessage({ type: 'CACHE_URLS', payload: { urlsToCache } })
    })
    .catch(() => {
      // Not allowed here, as in a private window.
    })
}
