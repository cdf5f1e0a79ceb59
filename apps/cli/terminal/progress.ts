import { SingleBar } from 'cli-progress'
import { countText } from './terminal.ts'

/** How far something long has come, on stderr. */
export interface Progress {
  /** So many are done now. */
  reach(done: number): void
  finish(): void
}

/** Without a terminal a line at each tenth: enough for a log, and no bar made of control characters. */
export function openProgress(title: string, total: number, unit: string): Progress {
  const startedAt = performance.now()
  const figures = (done: number) => {
    const seconds = (performance.now() - startedAt) / 1000
    const rate = seconds > 0 ? done / seconds : 0
    const left = rate > 0 ? durationText((total - done) / rate) : '?'
    return { rate: countText(Math.round(rate)), left, done: countText(done), all: countText(total) }
  }
  if (process.stderr.isTTY) {
    const format = `${title} {bar} {percentage}%  {done} of {all} ${unit}  {rate}/s  {left} left`
    const bar = new SingleBar({ format, stream: process.stderr, barsize: 24, hideCursor: true, fps: 8 })
    bar.start(total, 0, figures(0))
    return { reach: (done) => bar.update(done, figures(done)), finish: () => bar.stop() }
  }
  let tenth = 0
  return {
    reach: (done) => {
      const reached = total === 0 ? 10 : Math.floor((done * 10) / total)
      if (reached <= tenth) return
      tenth = reached
      const { rate, left, all } = figures(done)
      process.stderr.write(`${title}: ${tenth}0% of ${all} ${unit}, ${rate}/s, ${left} left\n`)
    },
    finish: () => {},
  }
}

function durationText(seconds: number): string {
  if (!Number.isFinite(seconds)) return '?'
  const whole = Math.max(0, Math.round(seconds))
  if (whole < 60) return `${whole} s`
  if (whole < 3600) return `${Math.floor(whole / 60)} min ${String(whole % 60).padStart(2, '0')} s`
  return `${Math.floor(whole / 3600)} h ${String(Math.floor((whole % 3600) / 60)).padStart(2, '0')} min`
}
