import { RequestProblem, type Scope } from '@laurel/contract'
import { useSuspenseQuery } from '@tanstack/react-query'
import { client, queryClient } from './client.ts'

const meQuery = {
  queryKey: ['me'],
  queryFn: () => client.call('readMe', {}),
  staleTime: 300_000,
}

/** Before anything is shown: whoever is not signed in goes to the door, and comes back to where they wanted to be. */
export async function requireSession(): Promise<void> {
  try {
    await queryClient.ensureQueryData(meQuery)
  } catch (error) {
    if (!(error instanceof RequestProblem && error.body.code === 'unauthenticated')) throw error
    location.assign(`/sign-in?${new URLSearchParams({ next: location.pathname + location.search })}`)
    // The browser is on its way; nothing is to be shown meanwhile.
    await new Promise(() => undefined)
  }
}

export function useMe() {
  const { data: me } = useSuspenseQuery(meQuery)
  return { ...me, may: (scope: Scope): boolean => me.scopes.includes(scope) }
}
