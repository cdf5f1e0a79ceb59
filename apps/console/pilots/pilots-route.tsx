import { createLazyRoute } from '@tanstack/react-router'
import { PilotRoom } from './pilot-room.tsx'
import { PilotsRoom } from './pilots-room.tsx'

export const pilotsRoute = createLazyRoute('/pilots')({ component: PilotsRoom })
export const pilotRoute = createLazyRoute('/pilots/$pilot')({ component: PilotRoom })
