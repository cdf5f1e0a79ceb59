import { createRoute, lazyRouteComponent } from '@tanstack/react-router'
import { root } from '../frame/root-route.tsx'

/** Rooms that few go to, and seldom: loaded when somebody does. */
const getParentRoute = () => root

const settings = createRoute({
  getParentRoute,
  path: '/settings',
  component: lazyRouteComponent(() => import('../settings/settings-room.tsx'), 'SettingsRoom'),
})

export const staffRoutes = [settings] as const
