import { QueryClientProvider } from '@tanstack/react-query'
import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { Boundary } from './frame/boundary.tsx'
import { Till } from './frame/till.tsx'
import { keepWithoutLine, queryClient } from './session/client.ts'
import { tellFromNowOn } from './session/outbox.ts'
// After the colours that it speaks in, which come with the parts.
import './frame/till.css'

const place = document.getElementById('till')
if (place === null) throw new Error('the page has no place for the till')

// A worker reigns below its folder, and this address lies beside it.
if (location.pathname === '/till') location.replace('/till/')
keepWithoutLine()
tellFromNowOn()
createRoot(place).render(
  <StrictMode>
    <Boundary>
      <QueryClientProvider client={queryClient}>
        <Till />
      </QueryClientProvider>
    </Boundary>
  </StrictMode>,
)
