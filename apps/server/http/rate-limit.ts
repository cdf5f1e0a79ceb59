/**
 * Token buckets by name: each fills at a steady rate up to a burst. Kept in memory, per server: the limit guards a server, it
 * does not meter a customer.
 */
export interface RateLimit {
  /** Takes one; answers the seconds to wait where there is none, else 0. */
  take(name: string, nowMs: number): number
  /** As `take`, and takes none. */
  wait(name: string, nowMs: number): number
}

export interface RateLimitOptions {
  readonly perSecond: number
  readonly burst: number
  /** Names remembered; beyond it the longest unused are forgotten, which can only be too kind. */
  readonly namesMax?: number
}

interface Bucket {
  tokens: number
  filledAtMs: number
}

export function createRateLimit({ perSecond, burst, namesMax = 10_000 }: RateLimitOptions): RateLimit {
  const bucketByName = new Map<string, Bucket>()
  const filled = (name: string, nowMs: number): Bucket => {
    const bucket = bucketByName.get(name) ?? { tokens: burst, filledAtMs: nowMs }
    // A clock that is set back must not take tokens away.
    const seconds = Math.max(0, nowMs - bucket.filledAtMs) / 1000
    bucket.tokens = Math.min(burst, bucket.tokens + seconds * perSecond)
    bucket.filledAtMs = nowMs
    return bucket
  }
  const waitOf = (bucket: Bucket) => (bucket.tokens >= 1 ? 0 : Math.ceil((1 - bucket.tokens) / perSecond))
  return {
    wait: (name, nowMs) => (bucketByName.has(name) ? waitOf(filled(name, nowMs)) : 0),
    take: (name, nowMs) => {
      const bucket = filled(name, nowMs)
      const seconds = waitOf(bucket)
      if (seconds === 0) bucket.tokens -= 1
      if (!bucketByName.has(name)) {
        const oldest = bucketByName.keys().next()
        if (bucketByName.size >= namesMax && !oldest.done) bucketByName.delete(oldest.value)
        bucketByName.set(name, bucket)
      }
      return seconds
    },
  }
}
