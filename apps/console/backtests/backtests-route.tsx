import { createLazyRoute } from '@tanstack/react-router'
import { BacktestRoom } from './backtest-room.tsx'
import { BacktestsRoom } from './backtests-room.tsx'

export const backtestsRoute = createLazyRoute('/backtests')({ component: BacktestsRoom })
export const backtestRoute = createLazyRoute('/backtests/$backtest')({ component: BacktestRoom })
