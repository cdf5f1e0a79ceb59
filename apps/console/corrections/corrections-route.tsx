import { createLazyRoute } from '@tanstack/react-router'
import { CorrectionRoom } from './correction-room.tsx'
import { CorrectionsRoom } from './corrections-room.tsx'

export const correctionsRoute = createLazyRoute('/corrections')({ component: CorrectionsRoom })
export const correctionRoute = createLazyRoute('/corrections/$correction')({ component: CorrectionRoom })
