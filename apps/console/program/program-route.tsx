import { createLazyRoute } from '@tanstack/react-router'
import { words } from '../words/words.ts'

export const programRoute = createLazyRoute('/program')({ component: () => <h1>{words.program}</h1> })
