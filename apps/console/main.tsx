import { Face } from '@laurel/ui'
import { QueryClientProvider } from '@tanstack/react-query'
import { RouterProvider } from '@tanstack/react-router'
import { lazy, StrictMode, Suspense } from 'react'
import { createRoot } from 'react-dom/client'
import { Boundary } from './frame/boundary.tsx'
import { router } from './router.tsx'
import { queryClient } from './session/client.ts'

const place = document.getElementById('console')
if (place === null) throw new Error('the page has no place for the console')

/** Seen once in the life of a shop, and before anybody can be signed in: it has no place among the rooms. */
const FirstRun = lazy(async () => ({ default: (await import('./first-run/first-run-page.tsx')).FirstRunPage }))
const isFirstRun = location.pathname === '/console/first-run'

createRoot(place).render(
  <StrictMode>
    <Face>
      <Boundary>
        <QueryClientProvider client={queryClient}>
          {isFirstRun ? (
            <Suspense>
              <FirstRun />
            </Suspense>
          ) : (
            <RouterProvider router={router} />
          )}
        </QueryClientProvider>
      </Boundary>
    </Face>
  </StrictMode>,
)
