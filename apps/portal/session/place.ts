import { useSyncExternalStore } from 'react'

/** Where somebody is: `/portal/<program>/<page>`. Four pages need no router: the address says all there is to say. */

export const pages = ['card', 'rewards', 'history', 'me'] as const
export type Page = (typeof pages)[number]

const partsOf = (path: string): readonly string[] => path.split('/').filter((part) => part !== '')

const [, found = ''] = partsOf(location.pathname)
/** Whose portal it is; empty: the address names none. It does not change without a new page. */
export const program = /^[a-z0-9]+(-[a-z0-9]+)*$/.test(found) ? found : ''

export const hrefOf = (page: Page): string => `/portal/${program}${page === 'card' ? '' : `/${page}`}`

const tell = new Set<() => void>()
const subscribe = (listen: () => void) => {
  tell.add(listen)
  addEventListener('popstate', listen)
  return () => {
    tell.delete(listen)
    removeEventListener('popstate', listen)
  }
}

/** Null: there is no such page. */
export function usePage(): Page | null {
  const path = useSyncExternalStore(subscribe, () => location.pathname)
  const [, , name = 'card', ...more] = partsOf(path)
  return more.length > 0 ? null : (pages.find((page) => page === name) ?? null)
}

export function goTo(page: Page): void {
  history.pushState(null, '', hrefOf(page))
  scrollTo(0, 0)
  for (const listen of tell) listen()
}
