import { createClient, RequestProblem } from '@laurel/contract'
import { dehydrate, hydrate, QueryClient } from '@tanstack/react-query'
import { program } from './place.ts'

/** Asks in the name of whoever is signed in: the browser adds the session, which no script can read. */
export const client = createClient({ url: location.origin, key: null })

export const isProblem = (error: unknown, code: string): boolean =>
  error instanceof RequestProblem && error.body.code === code

export const queryClient = new QueryClient({
  defaultOptions: {
    queries: {
      staleTime: 10_000,
      gcTime: Number.POSITIVE_INFINITY,
      // A phone that says it has no line is often wrong, and what fails is shown as it was last.
      networkMode: 'always',
      retry: (failures, error) => failures < 1 && !(error instanceof RequestProblem && error.body.status < 500),
      retryDelay: 800,
    },
    mutations: { networkMode: 'always' },
  },
})

/** Names one act, so that it happens once however often it is sent. (`randomUUID` is missing where a shop serves plain HTTP.) */
export const newActName = (): string =>
  Array.from(crypto.getRandomValues(new Uint8Array(12)), (byte) => byte.toString(16).padStart(2, '0')).join('')

// ---- what this device remembers --------------------------------------------------------------------------------------------

const place = `laurel-portal/${program}`
/** What is worth showing without a line; what is asked about single lines is not. */
const kept = new Set(['brand', 'door', 'card', 'vocabulary', 'rewards', 'vouchers', 'statement'])
/** A phone writes it down at rest, not with each answer of a page that asks for five things. */
const waitMs = 300

let waiting: ReturnType<typeof setTimeout> | undefined

/** From now on the last known answers are there at the next start, whether there is a line then or not. */
export function rememberAnswers(): void {
  try {
    hydrate(queryClient, JSON.parse(localStorage.getItem(place) ?? 'null'))
  } catch {
    // Written by another version, or cut off: it comes again from the shop.
    localStorage.removeItem(place)
  }
  queryClient.getQueryCache().subscribe(() => {
    waiting ??= setTimeout(writeDown, waitMs)
  })
  // Whoever leaves does not wait for that.
  addEventListener('pagehide', writeDown)
}

function writeDown(): void {
  waiting = undefined
  const state = dehydrate(queryClient, {
    shouldDehydrateQuery: ({ queryKey, state: { data } }) => data !== undefined && kept.has(String(queryKey[0])),
    shouldDehydrateMutation: () => false,
  })
  try {
    localStorage.setItem(place, JSON.stringify(state))
  } catch {
    // Full, or not allowed in a private window: then nothing is remembered.
  }
}

/** Where nobody is signed in, nothing is left of whoever was. */
export function forgetAnswers(): void {
  queryClient.removeQueries({ predicate: ({ queryKey }) => queryKey[0] !== 'brand' && queryKey[0] !== 'door' })
  clearTimeout(waiting)
  writeDown()
}
