import { QueryClientProvider } from '@tanstack/react-query'
import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { Boundary } from './frame/boundary.tsx'
import { Portal } from './frame/portal.tsx'
import { showTheme } from './frame/theme.ts'
import { queryClient, rememberAnswers } from './session/client.ts'
import { keepWithoutLine } from './session/without-line.ts'
// After the colours that it speaks in, which come with the parts.
import './frame/portal.css'

const place = document.getElementById('portal')
if (place === null) throw new Error('the page has no place for the portal')

showTheme()
keepWithoutLine()
rememberAnswers()
createRoot(place).render(
  <StrictMode>
    <Boundary>
      <QueryClientProvider client={queryClient}>
        <Portal />
      </QueryClientProvider>
    </Boundary>
  </StrictMode>,
)
