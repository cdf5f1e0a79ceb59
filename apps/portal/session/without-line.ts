import { program } from './place.ts'

/** From now on this device has the pages without a line. Nothing waits for it, and without it all works as before. */
export function keepWithoutLine(): void {
  if (!('serviceWorker' in navigator) || !import.meta.env.PROD) return
  const { serviceWorker } = navigator
  serviceWorker
    .register('/portal/worker.js')
    .then(() => serviceWorker.ready)
    .then(({ active }) => {
      // What came before the worker was there is kept, too: else a first visit would leave nothing.
      const files = performance.getEntriesByType('resource').map(({ name }) => name)
      const urlsToCache = [location.pathname, ...files.filter((name) => name.includes('/portal/assets/'))]
      active?.postMessage({ type: 'CACHE_URLS', payload: { urlsToCache } })
    })
    .catch(() => {
      // Not allowed here, as in a private window.
    })
}

/** The shop's name, sign and colour, for a phone that puts the portal among its apps. */
export function offerAsApp(colour: string): void {
  const say = (selector: string, made: () => HTMLElement): HTMLElement =>
    document.head.querySelector<HTMLElement>(selector) ?? document.head.appendChild(made())
  const link = say('link[rel=manifest]', () => Object.assign(document.createElement('link'), { rel: 'manifest' }))
  link.setAttribute('href', `/portal/${program}/manifest.webmanifest`)
  const theme = say('meta[name=theme-color]', () =>
    Object.assign(document.createElement('meta'), { name: 'theme-color' }),
  )
  theme.setAttribute('content', colour)
}
