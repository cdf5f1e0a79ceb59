/** Tells on stderr what goes on, each line with the seconds since this was called. */
export function sayWithSeconds(): (text: string) => void {
  const startedAt = performance.now()
  return (text) => {
    process.stderr.write(`${((performance.now() - startedAt) / 1000).toFixed(0).padStart(5)} s  ${text}\n`)
  }
}
