import { createClient, RequestProblem } from '@laurel/contract'
import { QueryClient } from '@tanstack/react-query'

/** Asks in the name of whoever is signed in: the browser adds the session, which no script can read. */
export const client = createClient({ url: location.origin, key: null })

export const queryClient = new QueryClient({
  defaultOptions: {
    queries: {
      staleTime: 15_000,
      // An answer that says no says it again; a line that broke off may hold the next time.
      retry: (failures, error) => failures < 2 && !(error instanceof RequestProblem && error.body.status < 500),
    },
  },
})

/** Names one act, so that it happens once however often it is sent. (`randomUUID` is missing where a shop serves plain HTTP.) */
export const newActName = (): string =>
  `console-${Array.from(crypto.getRandomValues(new Uint8Array(12)), (byte) => byte.toString(16).padStart(2, '0')).join('')}`
