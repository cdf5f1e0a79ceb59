import { Face } from '@laurel/ui'
import { QueryClientProvider } from '@tanstack/react-query'
import { RouterProvider } from '@tanstack/react-router'
import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { Boundary } from './frame/boundary.tsx'
import { router } from './router.tsx'
import { queryClient } from './session/client.ts'

const place = document.getElementById('console')
if (place === null) throw new Error('the page has no place for the console')

createRoot(place).render(
  <StrictMode>
    <Face>
      <Boundary>
        <QueryClientProvider client={queryClient}>
          <RouterProvider router={router} />
        </QueryClientProvider>
      </Boundary>
    </Face>
  </StrictMode>,
)
