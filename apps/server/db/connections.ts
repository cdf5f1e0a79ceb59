import { availableParallelism } from 'node:os'

/** Members are served first: one core stays theirs, and four threads are as many as a database likes beside them. */
export const readingWorkersMax = Math.max(1, Math.min(4, availableParallelism() - 1))

/** At most so many at once, by what they are for. Signing in is seldom: a few of its own are enough. */
export const connectionsMax = { application: 10, migrator: 3, signIn: 4, memberSignIn: 4 } as const

/** Backtests, corrections and insights, which may all be at work. */
const readersMax = 3

/** What one server comes to, with one that looks whether a database that went silent lets anybody in: 25 on two cores, 34 from five on. */
export const connectionsNeeded =
  Object.values(connectionsMax).reduce((sum, each) => sum + each, 1) + readersMax * readingWorkersMax
