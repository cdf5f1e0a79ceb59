import { createLazyRoute } from '@tanstack/react-router'
import { SandboxesRoom } from './sandboxes-room.tsx'

export const sandboxesRoute = createLazyRoute('/sandboxes')({ component: SandboxesRoom })
