import { createLazyRoute } from '@tanstack/react-router'
import { ReportRoom } from './report-room.tsx'
import { ReportsRoom } from './reports-room.tsx'

export const reportsRoute = createLazyRoute('/reports')({ component: ReportsRoom })
export const reportRoute = createLazyRoute('/reports/$report')({ component: ReportRoom })
