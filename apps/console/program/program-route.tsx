import { createLazyRoute } from '@tanstack/react-router'
import { ProgramRoom } from './program-room.tsx'

export const programRoute = createLazyRoute('/program')({ component: ProgramRoom })
